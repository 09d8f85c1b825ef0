//! Closed periods. There is no way to change one: what stands here stays.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::domain::reporting_period::PeriodShape;
use crate::domain::role::Role;
use crate::domain::time::Instant;

use super::columns::{At, stored};
use super::connection::{Conn, Tx};
use super::error::StoreResult;
use super::schema::{closed_periods, documents, dossiers};

#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = closed_periods)]
pub struct ClosedPeriod {
    pub id: String,
    pub agency_id: String,
    /// Its name, such as `2026-11`.
    pub period: String,
    pub shape: PeriodShape,
    pub from_day: NaiveDate,
    pub to_day: NaiveDate,
    /// Also the moment as of which the reports were computed.
    #[diesel(deserialize_as = At, serialize_as = At)]
    pub closed_at: Instant,
    /// User name.
    pub closed_by: String,
    /// The person as they were called then.
    pub signer: String,
    pub signer_role: Role,
    /// Of the kept bytes, by which they are found.
    pub sha256: String,
    /// The line of the journal that proves it.
    pub journal_seq: i64,
}

/// # Errors
/// When the database cannot be written; a conflict when the period is closed already.
pub fn insert(tx: &mut Tx<'_>, closed: ClosedPeriod) -> StoreResult<()> {
    diesel::insert_into(closed_periods::table).values(closed).execute(&mut **tx)?;
    Ok(())
}

/// The closed period of an agency with this name, by this shape.
///
/// # Errors
/// When the database cannot be read.
pub fn find(conn: &mut Conn, agency_id: &str, period: &str, shape: PeriodShape) -> StoreResult<Option<ClosedPeriod>> {
    Ok(closed_periods::table
        .filter(closed_periods::agency_id.eq(agency_id))
        .filter(closed_periods::period.eq(period))
        .filter(closed_periods::shape.eq(shape))
        .select(ClosedPeriod::as_select())
        .first(conn)
        .optional()?)
}

/// The closed periods of an agency, the one that ended last first.
///
/// # Errors
/// When the database cannot be read.
pub fn of_agency(conn: &mut Conn, agency_id: &str) -> StoreResult<Vec<ClosedPeriod>> {
    Ok(closed_periods::table
        .filter(closed_periods::agency_id.eq(agency_id))
        .order((closed_periods::to_day.desc(), closed_periods::from_day.desc(), closed_periods::shape.asc()))
        .select(ClosedPeriod::as_select())
        .load(conn)?)
}

/// Every closed period, by the line of the journal that proves it.
///
/// # Errors
/// When the database cannot be read.
pub fn all(conn: &mut Conn) -> StoreResult<Vec<ClosedPeriod>> {
    Ok(closed_periods::table.order(closed_periods::journal_seq.asc()).select(ClosedPeriod::as_select()).load(conn)?)
}

/// The frozen bytes of a closed period.
///
/// # Errors
/// When the database cannot be read.
pub fn bytes(conn: &mut Conn, closed: &ClosedPeriod) -> StoreResult<Option<Vec<u8>>> {
    let kept = documents::table.filter(documents::hash.eq(&closed.sha256));
    Ok(kept.select(documents::bytes).first(conn).optional()?)
}

/// When the first dossier of an agency that was received before `until` was.
///
/// # Errors
/// When the database cannot be read.
pub fn first_receipt(conn: &mut Conn, agency_id: &str, until: Instant) -> StoreResult<Option<Instant>> {
    let first: Option<chrono::NaiveDateTime> = dossiers::table
        .filter(dossiers::agency_id.eq(agency_id))
        .filter(dossiers::received_at.lt(stored(until)))
        .order(dossiers::received_at.asc())
        .select(dossiers::received_at)
        .first(conn)
        .optional()?;
    Ok(first.map(|at| at.and_utc()))
}
