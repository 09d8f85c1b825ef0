//! Gap-free series: the number is taken in the transaction that uses it, so an undone one leaves no hole.

use std::collections::HashMap;

use diesel::prelude::*;

use super::connection::{Conn, Tx, on_backend};
use super::error::StoreResult;
use super::schema::counters;

/// The next number of the series `name`, from 1. Others wait for this transaction to end.
///
/// # Errors
/// When the database cannot be written.
pub fn next(tx: &mut Tx<'_>, name: &str) -> StoreResult<i64> {
    advance(tx, name, 1)
}

/// How far the series `name` is; 0: nothing was taken of it.
///
/// # Errors
/// When the database cannot be read.
pub fn last(conn: &mut Conn, name: &str) -> StoreResult<i64> {
    let last = counters::table.find(name).select(counters::last).first(conn).optional()?;
    Ok(last.unwrap_or(0))
}

/// How far the series are whose names begin with `prefix`, by the rest of their names.
///
/// # Errors
/// When the database cannot be read.
pub fn under(conn: &mut Conn, prefix: &str) -> StoreResult<HashMap<String, i64>> {
    let all: Vec<(String, i64)> = counters::table
        .filter(counters::name.like(format!("{prefix}%")))
        .select((counters::name, counters::last))
        .load(conn)?;
    Ok(all.into_iter().filter_map(|(name, last)| Some((name.strip_prefix(prefix)?.to_owned(), last))).collect())
}

/// Takes `count` numbers at once and answers the last of them.
///
/// # Errors
/// When the database cannot be written.
pub fn advance(tx: &mut Tx<'_>, name: &str, count: i64) -> StoreResult<i64> {
    let last = on_backend!(tx, conn => diesel::insert_into(counters::table)
        .values((counters::name.eq(name), counters::last.eq(count)))
        .on_conflict(counters::name)
        .do_update()
        .set(counters::last.eq(counters::last + count))
        .returning(counters::last)
        .get_result::<i64>(conn))?;
    Ok(last)
}
