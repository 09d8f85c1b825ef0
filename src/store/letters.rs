//! Letters to citizens: numbered once, their facts frozen, their issued bytes kept by hash.

use diesel::prelude::*;

use crate::domain::text_enum;
use crate::domain::time::Instant;

use super::columns::{At, MaybeAt, stored};
use super::connection::{Conn, Tx, on_backend};
use super::error::StoreResult;
use super::schema::{documents, dossiers, letters};

text_enum! {
    /// What a letter is.
    LetterKind {
        Apology = "apology",
        /// of a file that was finished late before any apology left
        LateResult = "late-result",
        /// loss or error by the office
        Loss = "loss",
        /// the new date was missed too
        SecondMiss = "second-miss",
    }
}

text_enum! {
    /// Where a letter stands.
    LetterState {
        Draft = "draft",
        Issued = "issued",
        Refused = "refused",
        /// never issued: the dossier moved on
        Void = "void",
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = letters, treat_none_as_default_value = false)]
pub struct LetterRow {
    pub id: String,
    pub agency_id: String,
    pub dossier_id: String,
    pub kind: LetterKind,
    pub promise_number: i32,
    pub state: LetterState,
    /// Of the series; `None`, as `serial`: not signed.
    pub year: Option<i32>,
    pub serial: Option<i64>,
    /// Empty until it is signed.
    pub number: String,
    #[diesel(deserialize_as = At, serialize_as = At)]
    pub drafted_at: Instant,
    /// The legal moment: a draft that waits longer is told to the citizen without it.
    #[diesel(deserialize_as = MaybeAt, serialize_as = MaybeAt)]
    pub decide_by: Option<Instant>,
    #[diesel(deserialize_as = MaybeAt, serialize_as = MaybeAt)]
    pub issued_at: Option<Instant>,
    /// In whose name it is issued.
    pub signer: String,
    /// `system`, or the account that signed or refused.
    pub signed_by: String,
    /// Why it was refused or dropped.
    pub note: String,
    /// Of the settings; empty when no reason was chosen.
    pub reason_code: String,
    /// The facts of the letter as JSON, frozen when it was decided.
    pub facts: String,
    /// SHA-256 of the issued PDF, once rendered.
    pub document_hash: Option<String>,
}

impl LetterRow {
    /// When it was issued; a draft: when it was drafted.
    #[must_use]
    pub fn dated_at(&self) -> Instant {
        self.issued_at.unwrap_or(self.drafted_at)
    }
}

/// # Errors
/// When the database cannot be written, or the letter exists.
pub fn insert(tx: &mut Tx<'_>, letter: LetterRow) -> StoreResult<()> {
    diesel::insert_into(letters::table).values(letter).execute(&mut **tx)?;
    Ok(())
}

/// # Errors
/// When the database cannot be read.
pub fn find(conn: &mut Conn, id: &str) -> StoreResult<Option<LetterRow>> {
    Ok(letters::table.filter(letters::id.eq(id)).select(LetterRow::as_select()).first(conn).optional()?)
}

/// The issued letters of a dossier, oldest first.
///
/// # Errors
/// When the database cannot be read.
pub fn of_dossier(conn: &mut Conn, dossier_id: &str) -> StoreResult<Vec<LetterRow>> {
    Ok(letters::table
        .filter(letters::dossier_id.eq(dossier_id))
        .filter(letters::state.eq(LetterState::Issued))
        .order((letters::issued_at.asc(), letters::serial.asc()))
        .select(LetterRow::as_select())
        .load(conn)?)
}

/// Whether a letter of this dossier waits to be signed.
///
/// # Errors
/// When the database cannot be read.
pub fn has_draft(conn: &mut Conn, dossier_id: &str) -> StoreResult<bool> {
    let draft: Option<String> = letters::table
        .filter(letters::dossier_id.eq(dossier_id))
        .filter(letters::state.eq(LetterState::Draft))
        .select(letters::id)
        .first(conn)
        .optional()?;
    Ok(draft.is_some())
}

/// Issued letters with the code and applicant of their dossier, newest first, from `offset`.
///
/// # Errors
/// When the database cannot be read.
pub fn newest(conn: &mut Conn, offset: i64, limit: i64) -> StoreResult<Vec<(LetterRow, String, String)>> {
    Ok(letters::table
        .inner_join(dossiers::table)
        .filter(letters::state.eq(LetterState::Issued))
        .order((letters::issued_at.desc(), letters::serial.desc()))
        .offset(offset)
        .limit(limit)
        .select((LetterRow::as_select(), dossiers::code, dossiers::applicant_name))
        .load(conn)?)
}

/// Keeps the issued bytes under their hash and ties them to the letter, once.
///
/// # Errors
/// When the database cannot be written.
pub fn keep_document(tx: &mut Tx<'_>, letter_id: &str, hash: &str, bytes: &[u8], now: Instant) -> StoreResult<()> {
    on_backend!(tx, conn => diesel::insert_into(documents::table)
        .values((
            documents::hash.eq(hash),
            documents::media_type.eq("application/pdf"),
            documents::bytes.eq(bytes),
            documents::kept_at.eq(stored(now)),
        ))
        .on_conflict_do_nothing()
        .execute(conn))?;
    diesel::update(letters::table.filter(letters::id.eq(letter_id)).filter(letters::document_hash.is_null()))
        .set(letters::document_hash.eq(hash))
        .execute(&mut **tx)?;
    Ok(())
}

/// The bytes kept under `hash`.
///
/// # Errors
/// When the database cannot be read.
pub fn document(conn: &mut Conn, hash: &str) -> StoreResult<Option<Vec<u8>>> {
    Ok(documents::table.filter(documents::hash.eq(hash)).select(documents::bytes).first(conn).optional()?)
}
