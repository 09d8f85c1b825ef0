//! Versions of the calendar: which decision made each, who answered for it, and the office hours that
//! belong to it. The rows themselves are in [`super::calendar_days`].

use diesel::prelude::*;

use crate::domain::time::Instant;

use super::columns::At;
use super::connection::{Conn, Tx};
use super::error::StoreResult;
use super::schema::calendar_versions;

#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = calendar_versions, treat_none_as_default_value = false)]
pub struct CalendarVersion {
    pub version: i32,
    #[diesel(deserialize_as = At, serialize_as = At)]
    pub made_at: Instant,
    /// Who entered it, and who let it take effect (empty: nobody had to).
    pub entered_by: String,
    pub approved_by: String,
    /// Number of the decision, or what was done.
    pub decision: String,
    /// [`crate::domain::office_hours::OfficeHours`] as JSON.
    pub office_hours: String,
    /// `HH:MM:SS`.
    pub same_day_cutoff: String,
}

/// The newest version; 0 before anything was entered.
///
/// # Errors
/// When the database cannot be read.
pub fn newest(conn: &mut Conn) -> StoreResult<i32> {
    let newest: Option<i32> =
        calendar_versions::table.select(diesel::dsl::max(calendar_versions::version)).first(conn)?;
    Ok(newest.unwrap_or(0))
}

/// # Errors
/// When the database cannot be read.
pub fn find(conn: &mut Conn, version: i32) -> StoreResult<Option<CalendarVersion>> {
    Ok(calendar_versions::table
        .filter(calendar_versions::version.eq(version))
        .select(CalendarVersion::as_select())
        .first(conn)
        .optional()?)
}

/// Every version, newest first.
///
/// # Errors
/// When the database cannot be read.
pub fn all(conn: &mut Conn) -> StoreResult<Vec<CalendarVersion>> {
    Ok(calendar_versions::table
        .order(calendar_versions::version.desc())
        .select(CalendarVersion::as_select())
        .load(conn)?)
}

/// # Errors
/// When the database cannot be written, or the version is there.
pub fn insert(tx: &mut Tx<'_>, version: CalendarVersion) -> StoreResult<()> {
    diesel::insert_into(calendar_versions::table).values(version).execute(&mut **tx)?;
    Ok(())
}
