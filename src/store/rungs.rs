//! The rungs of the ladder as versions.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::domain::ladder::{Bundling, Urgency};
use crate::domain::notice::NoticeKind;
use crate::domain::time::Instant;

use super::columns::At;
use super::connection::{Conn, Tx};
use super::error::StoreResult;
use super::schema::rungs;

#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = rungs, treat_none_as_default_value = false)]
pub struct RungRow {
    pub id: String,
    /// Empty: every agency.
    pub agency_code: String,
    /// Empty: every procedure.
    pub procedure_code: String,
    pub kind: NoticeKind,
    pub level: i32,
    pub version: i32,
    pub share_percent: i32,
    pub working_days: i32,
    /// Parted by spaces; empty: from `valid_from` on the rung is off.
    pub audiences: String,
    pub accountable: String,
    /// Parted by spaces.
    pub ways: String,
    pub bundling: Bundling,
    pub urgency: Urgency,
    pub acknowledge_hours: i32,
    pub basis: String,
    /// The first civil day it holds.
    pub valid_from: NaiveDate,
    pub entered_by: String,
    /// Empty: nobody had to.
    pub approved_by: String,
    #[diesel(deserialize_as = At, serialize_as = At)]
    pub entered_at: Instant,
}

/// Every version of every rung, oldest first.
///
/// # Errors
/// When the database cannot be read.
pub fn all(conn: &mut Conn) -> StoreResult<Vec<RungRow>> {
    Ok(rungs::table
        .order((
            rungs::agency_code.asc(),
            rungs::procedure_code.asc(),
            rungs::kind.asc(),
            rungs::level.asc(),
            rungs::version.asc(),
        ))
        .select(RungRow::as_select())
        .load(conn)?)
}

/// # Errors
/// When the database cannot be written, or the version is there.
pub fn insert(tx: &mut Tx<'_>, rung: RungRow) -> StoreResult<()> {
    diesel::insert_into(rungs::table).values(rung).execute(&mut **tx)?;
    Ok(())
}
