//! How an agency writes: names, titles, signature; each change is a version.

use diesel::prelude::*;

use crate::domain::time::Instant;

use super::columns::At;
use super::connection::{Conn, Tx};
use super::error::StoreResult;
use super::schema::letterheads;

#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = letterheads, treat_none_as_default_value = false)]
pub struct LetterheadRow {
    pub id: String,
    pub agency_id: String,
    pub version: i32,
    /// As JSON.
    pub body: String,
    /// An image of the signature, kept under its hash among the documents.
    pub signature_hash: Option<String>,
    pub seal_hash: Option<String>,
    pub entered_by: String,
    #[diesel(deserialize_as = At, serialize_as = At)]
    pub entered_at: Instant,
}

/// The version in force.
///
/// # Errors
/// When the database cannot be read.
pub fn newest(conn: &mut Conn, agency_id: &str) -> StoreResult<Option<LetterheadRow>> {
    Ok(letterheads::table
        .filter(letterheads::agency_id.eq(agency_id))
        .order(letterheads::version.desc())
        .select(LetterheadRow::as_select())
        .first(conn)
        .optional()?)
}

/// # Errors
/// When the database cannot be written, or the version is there.
pub fn insert(tx: &mut Tx<'_>, letterhead: LetterheadRow) -> StoreResult<()> {
    diesel::insert_into(letterheads::table).values(letterhead).execute(&mut **tx)?;
    Ok(())
}
