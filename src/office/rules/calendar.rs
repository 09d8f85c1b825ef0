//! The calendar of a version: its rows with the office hours that belonged to them.

use chrono::NaiveTime;

use crate::domain::calendar::{CalendarDay, WorkingCalendar};
use crate::domain::office_hours::OfficeHours;
use crate::office::error::{OfficeError, OfficeResult};
use crate::store::calendar_days::{self, StoredDay};
use crate::store::calendar_versions::{self, CalendarVersion};
use crate::store::{Conn, StoreError, StoreResult};

/// The calendar as version `version` had it.
///
/// # Errors
/// When the database cannot be read, or the rows contradict each other.
pub fn calendar_of(conn: &mut Conn, version: i32) -> OfficeResult<WorkingCalendar> {
    let (days, made) = rows_of(conn, version)?;
    calendar_made(&made, days)
}

pub(super) fn rows_of(conn: &mut Conn, version: i32) -> OfficeResult<(Vec<StoredDay>, CalendarVersion)> {
    let made = calendar_versions::find(conn, version)?
        .ok_or_else(|| OfficeError::Broken(format!("calendar version {version} is gone: run `dunghen migrate`")))?;
    Ok((calendar_days::of_version(conn, version)?, made))
}

/// The calendar of these rows with the hours of a version.
///
/// # Errors
/// When the rows contradict each other.
pub fn calendar_made(made: &CalendarVersion, days: Vec<StoredDay>) -> OfficeResult<WorkingCalendar> {
    calendar_with(made.version, days, &serde_json::from_str(&made.office_hours)?, made.same_day_cutoff.parse().ok())
}

/// The calendar that rows and hours make; `cutoff` is the same-day cut-off.
///
/// # Errors
/// When the rows contradict each other, or there is no cut-off.
pub fn calendar_with(
    version: i32,
    days: Vec<StoredDay>,
    hours: &OfficeHours,
    cutoff: Option<NaiveTime>,
) -> OfficeResult<WorkingCalendar> {
    let days = days.into_iter().map(calendar_day).collect::<StoreResult<Vec<_>>>()?;
    let cutoff = cutoff.ok_or_else(|| OfficeError::Broken(format!("calendar version {version}: no cut-off")))?;
    WorkingCalendar::new(version, &days, hours, cutoff)
        .map_err(|error| OfficeError::Broken(format!("calendar: {error}")))
}

fn calendar_day(row: StoredDay) -> StoreResult<CalendarDay> {
    let corrupt = |what: &str| StoreError::Corrupt(format!("calendar_days.{what} on {}", row.day));
    Ok(CalendarDay {
        date: row.day,
        kind: row.kind.parse().map_err(|_| corrupt("kind"))?,
        confidence: row.confidence.parse().map_err(|_| corrupt("confidence"))?,
        basis: Some(row.basis).filter(|basis| !basis.is_empty()),
        name: row.name,
    })
}
