//! Gap-free series: the number is taken in the transaction that uses it, so an undone one leaves no hole.

use diesel::prelude::*;

use super::connection::{Tx, on_backend};
use super::error::StoreResult;
use super::schema::counters;

/// The next number of the series `name`, from 1. Others wait for this transaction to end.
///
/// # Errors
/// When the database cannot be written.
pub fn next(tx: &mut Tx<'_>, name: &str) -> StoreResult<i64> {
    advance(tx, name, 1)
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
