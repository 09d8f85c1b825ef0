//! The log of imports: which file was read, by whom, what came of its rows, and why some stayed out.

use diesel::prelude::*;

use crate::domain::text_enum;
use crate::domain::time::Instant;

use super::columns::At;
use super::connection::{Conn, Tx};
use super::error::StoreResult;
use super::schema::{import_rejections, imports};

text_enum! {
    /// What a file holds.
    ImportKind {
        Dossiers = "dossiers",
        Procedures = "procedures",
        Calendar = "calendar",
        Rules = "rules",
        Ladder = "ladder",
    }
}

text_enum! {
    /// What became of a file.
    ImportOutcome {
        Taken = "taken",
        /// it waits for somebody else's approval
        Proposed = "proposed",
        /// only looked at: nothing was written
        Looked = "looked",
        /// it could not be read as what it should be, or the database refused
        Failed = "failed",
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = imports, treat_none_as_default_value = false)]
pub struct ImportRow {
    pub id: String,
    pub kind: ImportKind,
    pub outcome: ImportOutcome,
    pub actor: String,
    #[diesel(deserialize_as = At, serialize_as = At)]
    pub at: Instant,
    pub file_name: String,
    pub bytes: i64,
    pub sha256: String,
    pub read_rows: i64,
    pub added: i64,
    pub changed: i64,
    pub unchanged: i64,
    pub removed: i64,
    pub rejected: i64,
    /// Why the file could not be taken at all; empty: it could.
    pub error: String,
}

/// A field that kept a row out: where and why, never its value.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = import_rejections)]
pub struct Rejection {
    pub import_id: String,
    pub place: i32,
    pub row_number: i64,
    pub field: String,
    pub reason: String,
}

/// # Errors
/// When the database cannot be written.
pub fn insert(tx: &mut Tx<'_>, import: ImportRow, rejections: &[Rejection]) -> StoreResult<()> {
    diesel::insert_into(imports::table).values(import).execute(&mut **tx)?;
    for row in rejections {
        diesel::insert_into(import_rejections::table).values(row).execute(&mut **tx)?;
    }
    Ok(())
}

/// The newest imports, before the id `before` when one is given.
///
/// # Errors
/// When the database cannot be read.
pub fn newest(
    conn: &mut Conn,
    kind: Option<ImportKind>,
    before: Option<&str>,
    limit: i64,
) -> StoreResult<Vec<ImportRow>> {
    let mut query = imports::table.into_boxed();
    if let Some(kind) = kind {
        query = query.filter(imports::kind.eq(kind));
    }
    if let Some(before) = before {
        query = query.filter(imports::id.lt(before));
    }
    Ok(query.order(imports::id.desc()).limit(limit).select(ImportRow::as_select()).load(conn)?)
}

/// # Errors
/// When the database cannot be read.
pub fn find(conn: &mut Conn, id: &str) -> StoreResult<Option<ImportRow>> {
    Ok(imports::table.filter(imports::id.eq(id)).select(ImportRow::as_select()).first(conn).optional()?)
}

/// What kept rows of an import out, in the order of the file.
///
/// # Errors
/// When the database cannot be read.
pub fn rejections(conn: &mut Conn, id: &str) -> StoreResult<Vec<Rejection>> {
    Ok(import_rejections::table
        .filter(import_rejections::import_id.eq(id))
        .order(import_rejections::place.asc())
        .select(Rejection::as_select())
        .load(conn)?)
}
