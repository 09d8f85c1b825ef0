//! Ways of delivery that do not work, from the first failure until something went through again.

use diesel::prelude::*;

use crate::domain::time::Instant;

use super::columns::{At, MaybeAt};
use super::connection::{Conn, Tx};
use super::error::StoreResult;
use super::outbox::Delivery;
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

/// # Errors
/// When the database cannot be written.
pub fn insert(tx: &mut Tx<'_>, outage: Outage) -> StoreResult<()> {
    diesel::insert_into(outages::table).values(outage).execute(&mut **tx)?;
    Ok(())
}

/// The outages that last.
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
