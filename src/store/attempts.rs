//! Every attempt to bring a message, with the answer of the other side and what it reported later.

use diesel::prelude::*;

use crate::domain::text_enum;
use crate::domain::time::Instant;

use super::columns::At;
use super::connection::{Conn, Tx};
use super::error::StoreResult;
use super::schema::attempts;

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
