//! Procedures and their limits, as versions: a dossier keeps the version it was received under.

use diesel::prelude::*;

use crate::domain::channel::{Channel, ServiceLevel};
use crate::domain::limit::{LimitKind, LimitUnit};
use crate::domain::time::Instant;

use super::columns::{At, MaybeAt, stored};
use super::connection::{Conn, Tx};
use super::error::StoreResult;
use super::schema::{procedure_limits, procedures};

#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = procedures, treat_none_as_default_value = false)]
pub struct Procedure {
    pub id: String,
    pub code: String,
    pub version: i32,
    pub name: String,
    pub sector: String,
    pub service_level: ServiceLevel,
    /// The decision that published it.
    pub basis: String,
    /// `confirmed`, or why the office should check it.
    pub confidence: String,
    #[diesel(deserialize_as = At, serialize_as = At)]
    pub valid_from: Instant,
    #[diesel(deserialize_as = MaybeAt, serialize_as = MaybeAt)]
    pub valid_to: Option<Instant>,
    pub search_key: String,
    /// Who entered this version, and who let it take effect (empty: nobody had to).
    pub entered_by: String,
    pub approved_by: String,
}

/// A limit of a procedure; without a channel it holds for every channel, without a value no date
/// can be promised.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = procedure_limits, treat_none_as_default_value = false)]
pub struct ProcedureLimit {
    pub id: String,
    pub procedure_id: String,
    pub channel: Option<Channel>,
    pub limit_value: Option<i32>,
    pub limit_unit: Option<LimitUnit>,
    pub basis: String,
    pub confidence: String,
    pub kind: LimitKind,
}

/// Every version of every procedure, oldest first.
///
/// # Errors
/// When the database cannot be read.
pub fn all(conn: &mut Conn) -> StoreResult<Vec<Procedure>> {
    Ok(procedures::table
        .order((procedures::code.asc(), procedures::version.asc()))
        .select(Procedure::as_select())
        .load(conn)?)
}

/// # Errors
/// When the database cannot be read.
pub fn all_limits(conn: &mut Conn) -> StoreResult<Vec<ProcedureLimit>> {
    Ok(procedure_limits::table.order(procedure_limits::id.asc()).select(ProcedureLimit::as_select()).load(conn)?)
}

/// Adds a version with its limits.
///
/// # Errors
/// When the database cannot be written, or the version is there already.
pub fn insert(tx: &mut Tx<'_>, procedure: Procedure, limits: Vec<ProcedureLimit>) -> StoreResult<()> {
    diesel::insert_into(procedures::table).values(procedure).execute(&mut **tx)?;
    for limit in limits {
        diesel::insert_into(procedure_limits::table).values(limit).execute(&mut **tx)?;
    }
    Ok(())
}

/// Ends the validity of a version.
///
/// # Errors
/// When the database cannot be written.
pub fn end(tx: &mut Tx<'_>, id: &str, at: Instant) -> StoreResult<()> {
    diesel::update(procedures::table.filter(procedures::id.eq(id)))
        .set(procedures::valid_to.eq(stored(at)))
        .execute(&mut **tx)?;
    Ok(())
}
