//! Letters to citizens: numbered once, their facts frozen, their issued bytes kept by hash.

use diesel::prelude::*;

use crate::domain::text_enum;
use crate::domain::time::Instant;

use super::columns::{At, MaybeAt};
use super::connection::{Conn, Tx, insert_all};
use super::documents;
use super::error::StoreResult;
use super::schema::letters;
use super::scope::ours;

mod register;
mod signing;

pub use register::{issued_in, issued_page, newest, serials, years};
pub use signing::{count_waiting, has_draft, to_be_signed, unsigned, waiting};

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

#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = letters, treat_none_as_default_value = false, treat_none_as_null = true)]
pub struct LetterRow {
    pub id: String,
    pub agency_id: String,
    pub dossier_id: String,
    pub kind: LetterKind,
    /// Number of the promise it speaks of; of a loss: the n-th of the dossier, from 1.
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
    /// `system`, or the user name of who signed or refused; while it waits, of who asked for it.
    pub signed_by: String,
    /// Why it was refused or dropped, or taken back after it was issued.
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

    /// Issued, and taken back before it reached anybody: it keeps its number and says nothing any more.
    #[must_use]
    pub fn is_taken_back(&self) -> bool {
        self.state == LetterState::Issued && !self.note.is_empty()
    }
}

/// # Errors
/// When the database cannot be written, or a letter exists.
pub fn insert(tx: &mut Tx<'_>, letters: Vec<LetterRow>) -> StoreResult<()> {
    insert_all!(tx, letters::table, letters);
    Ok(())
}

/// # Errors
/// When the database cannot be read.
pub fn find(conn: &mut Conn, id: &str) -> StoreResult<Option<LetterRow>> {
    Ok(letters::table
        .filter(letters::id.eq(id))
        .filter(ours!(letters))
        .select(LetterRow::as_select())
        .first(conn)
        .optional()?)
}

/// Writes `letter` over the row as it stood in `was`; answers whether it still stood so.
///
/// # Errors
/// When the database cannot be written.
pub fn change(tx: &mut Tx<'_>, letter: LetterRow, was: LetterState) -> StoreResult<bool> {
    let row = letters::table.filter(letters::id.eq(letter.id.clone())).filter(letters::state.eq(was));
    Ok(diesel::update(row).set(letter).execute(&mut **tx)? == 1)
}

/// Every letter of a dossier, whatever became of it, in the order they were drafted.
///
/// # Errors
/// When the database cannot be read.
pub fn all_of_dossier(conn: &mut Conn, dossier_id: &str) -> StoreResult<Vec<LetterRow>> {
    Ok(letters::table
        .filter(letters::dossier_id.eq(dossier_id))
        .order((letters::drafted_at.asc(), letters::id.asc()))
        .select(LetterRow::as_select())
        .load(conn)?)
}

/// Every letter of several dossiers, in the order they were drafted.
///
/// # Errors
/// When the database cannot be read.
pub fn of_dossiers(conn: &mut Conn, dossier_ids: &[String]) -> StoreResult<Vec<LetterRow>> {
    Ok(letters::table
        .filter(letters::dossier_id.eq_any(dossier_ids))
        .order((letters::drafted_at.asc(), letters::id.asc()))
        .select(LetterRow::as_select())
        .load(conn)?)
}

/// Drops drafts, since the dossier moved on.
///
/// # Errors
/// When the database cannot be written.
pub fn void_drafts(tx: &mut Tx<'_>, ids: &[String], why: &str) -> StoreResult<usize> {
    let drafts = letters::table.filter(letters::id.eq_any(ids)).filter(letters::state.eq(LetterState::Draft));
    Ok(diesel::update(drafts).set((letters::state.eq(LetterState::Void), letters::note.eq(why))).execute(&mut **tx)?)
}

/// Takes an issued letter back. It is kept under `given`, the promise that it made, so that the one it
/// apologised for can have another letter.
///
/// # Errors
/// When the database cannot be written.
pub fn take_back(tx: &mut Tx<'_>, id: &str, given: i32, why: &str) -> StoreResult<usize> {
    let issued = letters::table.filter(letters::id.eq(id)).filter(letters::state.eq(LetterState::Issued));
    Ok(diesel::update(issued).set((letters::promise_number.eq(given), letters::note.eq(why))).execute(&mut **tx)?)
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

/// # Errors
/// When the database cannot be read.
pub fn of_ids(conn: &mut Conn, ids: &[&str]) -> StoreResult<Vec<LetterRow>> {
    Ok(letters::table.filter(letters::id.eq_any(ids)).select(LetterRow::as_select()).load(conn)?)
}

/// Keeps the issued bytes under their hash and ties them to the letter, once.
///
/// # Errors
/// When the database cannot be written.
pub fn keep_document(tx: &mut Tx<'_>, letter_id: &str, hash: &str, bytes: &[u8], now: Instant) -> StoreResult<()> {
    documents::keep(tx, hash, "application/pdf", bytes, now)?;
    diesel::update(letters::table.filter(letters::id.eq(letter_id)).filter(letters::document_hash.is_null()))
        .set(letters::document_hash.eq(hash))
        .execute(&mut **tx)?;
    Ok(())
}
