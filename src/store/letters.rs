//! Letters to citizens: numbered once, their facts frozen, their issued bytes kept by hash.

use diesel::prelude::*;

use crate::domain::text_enum;
use crate::domain::time::Instant;

use super::columns::{At, stored};
use super::connection::{Conn, Tx, on_backend};
use super::error::StoreResult;
use super::schema::{documents, dossiers, letters};

text_enum! {
    /// What a letter is.
    LetterKind {
        Apology = "apology",
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
    pub year: i32,
    pub serial: i64,
    pub number: String,
    #[diesel(deserialize_as = At, serialize_as = At)]
    pub issued_at: Instant,
    pub signer: String,
    /// The facts of the letter as JSON, frozen when it was decided.
    pub facts: String,
    /// SHA-256 of the issued PDF, once rendered.
    pub document_hash: Option<String>,
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

/// The letters of a dossier, oldest first.
///
/// # Errors
/// When the database cannot be read.
pub fn of_dossier(conn: &mut Conn, dossier_id: &str) -> StoreResult<Vec<LetterRow>> {
    Ok(letters::table
        .filter(letters::dossier_id.eq(dossier_id))
        .order(letters::issued_at.asc())
        .select(LetterRow::as_select())
        .load(conn)?)
}

/// Letters with the code and applicant of their dossier, newest first, from `offset`.
///
/// # Errors
/// When the database cannot be read.
pub fn newest(conn: &mut Conn, offset: i64, limit: i64) -> StoreResult<Vec<(LetterRow, String, String)>> {
    Ok(letters::table
        .inner_join(dossiers::table)
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
