//! Every attempt to bring a message, with the answer of the other side and what it reported later.

use diesel::prelude::*;

use crate::domain::text_enum;
use crate::domain::time::Instant;

use super::columns::{At, stored};
use super::connection::{Conn, Tx};
use super::error::StoreResult;
use super::outbox::Delivery;
use super::schema::{attempts, outbox};

text_enum! {
    /// How an attempt ended, or what was reported of it.
    AttemptOutcome {
        Sent = "sent",
        Retry = "retry",
        Failed = "failed",
        Delivered = "delivered",
        Bounced = "bounced",
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = attempts, treat_none_as_default_value = false)]
pub struct Attempt {
    pub id: String,
    pub outbox_id: String,
    /// From 1; a report has the number of the attempt it is about.
    pub number: i32,
    #[diesel(deserialize_as = At, serialize_as = At)]
    pub at: Instant,
    pub outcome: AttemptOutcome,
    /// In the words of the server or provider.
    pub answer: String,
}

/// # Errors
/// When the database cannot be written.
pub fn insert(tx: &mut Tx<'_>, attempt: Attempt) -> StoreResult<()> {
    diesel::insert_into(attempts::table).values(attempt).execute(&mut **tx)?;
    Ok(())
}

/// The attempts of these messages, oldest first.
///
/// # Errors
/// When the database cannot be read.
pub fn of_messages(conn: &mut Conn, outbox_ids: &[String]) -> StoreResult<Vec<Attempt>> {
    Ok(attempts::table
        .filter(attempts::outbox_id.eq_any(outbox_ids))
        .order((attempts::at.asc(), attempts::id.asc()))
        .select(Attempt::as_select())
        .load(conn)?)
}

/// How many tries of a message are written down; reports of the other side are no tries.
///
/// # Errors
/// When the database cannot be read.
pub fn tries(conn: &mut Conn, outbox_id: &str) -> StoreResult<i32> {
    let tried = [AttemptOutcome::Sent.as_str(), AttemptOutcome::Retry.as_str(), AttemptOutcome::Failed.as_str()];
    let count: i64 = attempts::table
        .filter(attempts::outbox_id.eq(outbox_id))
        .filter(attempts::outcome.eq_any(tried))
        .count()
        .get_result(conn)?;
    Ok(i32::try_from(count).unwrap_or(i32::MAX))
}

/// Different messages of a way that were refused for now since a moment, no more than `limit`.
///
/// # Errors
/// When the database cannot be read.
pub fn refused_since(conn: &mut Conn, way: Delivery, since: Instant, limit: i64) -> StoreResult<Vec<String>> {
    Ok(attempts::table
        .inner_join(outbox::table)
        .filter(outbox::delivery.eq(way))
        .filter(attempts::outcome.eq(AttemptOutcome::Retry))
        .filter(attempts::at.ge(stored(since)))
        .select(attempts::outbox_id)
        .distinct()
        .limit(limit)
        .load(conn)?)
}
