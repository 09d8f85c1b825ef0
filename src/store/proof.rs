//! What `verify` reads: where the pages of journal and promises begin, and of each row only what proves it.
//!
//! A page runs from its first key up to the first of the next. Pages do not know each other, so that
//! several connections can read at the same time.

use diesel::prelude::*;

use crate::domain::time::Instant;

use super::columns::{At, MaybeAt};
use super::connection::Conn;
use super::error::StoreResult;
use super::journal::Entry;
use super::promises::PromiseKind;
use super::schema::{dossiers, journal, journal_head, promises};

/// The end of the journal as it is kept beside it, and as the lines have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JournalEnd {
    /// Number and seal of the newest line, as kept.
    pub head: (i64, String),
    /// Number of the last line there is; 0 without any.
    pub last: i64,
}

/// A promise with what proves its date.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = promises)]
pub struct Proof {
    pub dossier_id: String,
    pub number: i32,
    pub kind: PromiseKind,
    #[diesel(deserialize_as = At)]
    pub due_at: Instant,
    #[diesel(deserialize_as = MaybeAt)]
    pub computed_due_at: Option<Instant>,
    pub calendar_version: i32,
    pub ledger: String,
    #[diesel(deserialize_as = MaybeAt)]
    pub statutory_due_at: Option<Instant>,
    pub statutory_ledger: String,
}

/// Where the journal ends, in one statement: a line written meanwhile is in both or in none.
///
/// # Errors
/// When the database cannot be read.
pub fn journal_end(conn: &mut Conn) -> StoreResult<JournalEnd> {
    let last = journal::table.select(diesel::dsl::max(journal::seq)).single_value();
    let (seq, hash, last): (i64, String, Option<i64>) =
        journal_head::table.select((journal_head::seq, journal_head::hash, last)).first(conn)?;
    Ok(JournalEnd { head: (seq, hash), last: last.unwrap_or(0) })
}

/// Lines and promises there are.
///
/// # Errors
/// When the database cannot be read.
pub fn counts(conn: &mut Conn) -> StoreResult<(i64, i64)> {
    Ok((journal::table.count().get_result(conn)?, promises::table.count().get_result(conn)?))
}

/// First numbers of the journal's pages of `page` lines each.
///
/// # Errors
/// When the database cannot be read.
pub fn journal_pages(conn: &mut Conn, page: i64) -> StoreResult<Vec<i64>> {
    let mut starts = vec![i64::MIN];
    while let Some(start) = starts.last() {
        let next = journal::table
            .filter(journal::seq.ge(start))
            .order(journal::seq.asc())
            .offset(page)
            .select(journal::seq)
            .first(conn)
            .optional()?;
        match next {
            Some(next) => starts.push(next),
            None => break,
        }
    }
    Ok(starts)
}

/// First ids of the pages of `page` promises each.
///
/// # Errors
/// When the database cannot be read.
pub fn promise_pages(conn: &mut Conn, page: i64) -> StoreResult<Vec<String>> {
    let mut starts = vec![String::new()];
    while let Some(start) = starts.last() {
        let next = promises::table
            .filter(promises::id.ge(start))
            .order(promises::id.asc())
            .offset(page)
            .select(promises::id)
            .first(conn)
            .optional()?;
        match next {
            Some(next) => starts.push(next),
            None => break,
        }
    }
    Ok(starts)
}

/// The line before `seq`, as number and seal.
///
/// # Errors
/// When the database cannot be read.
pub fn line_before(conn: &mut Conn, seq: i64) -> StoreResult<Option<(i64, String)>> {
    Ok(journal::table
        .filter(journal::seq.lt(seq))
        .order(journal::seq.desc())
        .select((journal::seq, journal::hash))
        .first(conn)
        .optional()?)
}

/// The lines `from..=to` in their order.
///
/// # Errors
/// When the database cannot be read.
pub fn lines(conn: &mut Conn, from: i64, to: i64) -> StoreResult<Vec<Entry>> {
    Ok(journal::table
        .filter(journal::seq.between(from, to))
        .order(journal::seq.asc())
        .select(Entry::as_select())
        .load(conn)?)
}

/// The promises from the id `from` up to, and without, the id `until`; to the end without one.
///
/// # Errors
/// When the database cannot be read.
pub fn proofs(conn: &mut Conn, from: &str, until: Option<&str>) -> StoreResult<Vec<Proof>> {
    let from = promises::table.filter(promises::id.ge(from)).select(Proof::as_select());
    Ok(match until {
        Some(until) => from.filter(promises::id.lt(until)).load(conn)?,
        None => from.load(conn)?,
    })
}

/// Dossier and body of every line about these dossiers, in the journal's order.
///
/// # Errors
/// When the database cannot be read.
pub fn bodies(conn: &mut Conn, ids: &[&str]) -> StoreResult<Vec<(String, String)>> {
    Ok(journal::table
        .filter(journal::dossier_id.eq_any(ids.iter().copied()))
        .order(journal::seq.asc())
        .select((journal::dossier_id.assume_not_null(), journal::body))
        .load(conn)?)
}

/// Ids and codes of these dossiers.
///
/// # Errors
/// When the database cannot be read.
pub fn codes(conn: &mut Conn, ids: &[&str]) -> StoreResult<Vec<(String, String)>> {
    Ok(dossiers::table
        .filter(dossiers::id.eq_any(ids.iter().copied()))
        .select((dossiers::id, dossiers::code))
        .load(conn)?)
}
