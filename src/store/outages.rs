//! Ways of delivery that do not work, from the first failure until something went through again.

use diesel::prelude::*;

use crate::domain::time::Instant;

use super::columns::{At, MaybeAt, stored};
use super::connection::{Conn, Tx, on_backend};
use super::error::StoreResult;
use super::outbox::{Delivery, Raised};
use super::schema::outages;

#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = outages, treat_none_as_default_value = false)]
pub struct Outage {
    pub id: String,
    pub delivery: Delivery,
    #[diesel(deserialize_as = At, serialize_as = At)]
    pub since: Instant,
    pub failures: i32,
    pub last_error: String,
    /// When the operator was told.
    #[diesel(deserialize_as = MaybeAt, serialize_as = MaybeAt)]
    pub alarmed_at: Option<Instant>,
    #[diesel(deserialize_as = MaybeAt, serialize_as = MaybeAt)]
    pub ended_at: Option<Instant>,
}

/// Opens an outage unless its id is there; what its id is, says [`next_id`].
///
/// # Errors
/// When the database cannot be written.
pub fn begin(tx: &mut Tx<'_>, outage: Outage) -> StoreResult<Raised> {
    let inserted = on_backend!(tx, conn => diesel::insert_into(outages::table)
        .values(outage)
        .on_conflict(outages::id)
        .do_nothing()
        .execute(conn))?;
    Ok(if inserted == 1 { Raised::New } else { Raised::AlreadyThere })
}

/// `mail-3` for the third outage of mail: two processes that see the same failure name the same outage.
///
/// # Errors
/// When the database cannot be read.
pub fn next_id(conn: &mut Conn, way: Delivery) -> StoreResult<String> {
    let before: i64 = outages::table.filter(outages::delivery.eq(way)).count().get_result(conn)?;
    Ok(format!("{way}-{}", before.saturating_add(1)))
}

/// One more failure of an outage that lasts.
///
/// # Errors
/// When the database cannot be written.
pub fn count_failure(tx: &mut Tx<'_>, id: &str, error: &str) -> StoreResult<()> {
    diesel::update(outages::table.filter(outages::id.eq(id)).filter(outages::ended_at.is_null()))
        .set((outages::failures.eq(outages::failures + 1), outages::last_error.eq(error)))
        .execute(&mut **tx)?;
    Ok(())
}

/// Takes the telling of an outage, once: whoever gets 1 tells it.
///
/// # Errors
/// When the database cannot be written.
pub fn claim_alarm(tx: &mut Tx<'_>, id: &str, now: Instant) -> StoreResult<usize> {
    let untold = outages::table
        .filter(outages::id.eq(id))
        .filter(outages::alarmed_at.is_null())
        .filter(outages::ended_at.is_null());
    Ok(diesel::update(untold).set(outages::alarmed_at.eq(stored(now))).execute(&mut **tx)?)
}

/// The way works again.
///
/// # Errors
/// When the database cannot be written.
pub fn end(tx: &mut Tx<'_>, id: &str, now: Instant) -> StoreResult<usize> {
    let lasting = outages::table.filter(outages::id.eq(id)).filter(outages::ended_at.is_null());
    Ok(diesel::update(lasting).set(outages::ended_at.eq(stored(now))).execute(&mut **tx)?)
}

/// # Errors
/// When the database cannot be read.
pub fn find(conn: &mut Conn, id: &str) -> StoreResult<Option<Outage>> {
    Ok(outages::table.filter(outages::id.eq(id)).select(Outage::as_select()).first(conn).optional()?)
}

/// The outages that were told and ended after `since`, newest first.
///
/// # Errors
/// When the database cannot be read.
pub fn ended_since(conn: &mut Conn, since: Instant) -> StoreResult<Vec<Outage>> {
    Ok(outages::table
        .filter(outages::alarmed_at.is_not_null())
        .filter(outages::ended_at.gt(stored(since)).assume_not_null())
        .order(outages::ended_at.desc())
        .select(Outage::as_select())
        .load(conn)?)
}

/// The outages that last, told or not yet.
///
/// # Errors
/// When the database cannot be read.
pub fn open(conn: &mut Conn) -> StoreResult<Vec<Outage>> {
    Ok(outages::table
        .filter(outages::ended_at.is_null())
        .order(outages::since.asc())
        .select(Outage::as_select())
        .load(conn)?)
}
