//! The calendar for counting without an office: the database's where there is one, else the shipped.

use crate::config::Settings;
use crate::domain::calendar::{CalendarDay, WorkingCalendar};
use crate::office::{OfficeResult, rules};
use crate::store::{DatabaseUrl, Durability, Store, calendar_versions};

use super::output::{Failure, Streams};

/// The shipped calendar, the same that an empty database gets as its first version.
const SHIPPED: &str = include_str!("../../config/calendar.csv");

/// The calendar in force. A SQLite file that is not there is not made.
///
/// # Errors
/// When a database that is there cannot be read.
pub fn at_hand(settings: &Settings, streams: &mut Streams<'_>) -> Result<WorkingCalendar, Failure> {
    let url = settings.database_url().map_err(Failure::reason)?;
    if let DatabaseUrl::Sqlite(path) = &url
        && !path.exists()
    {
        return shipped(settings);
    }
    if let Some(calendar) = kept(&url)? {
        return Ok(calendar);
    }
    streams.note("cơ sở dữ liệu chưa có lịch nghỉ: tính theo lịch kèm chương trình");
    shipped(settings)
}

/// The newest calendar of the database; `None` before it was set up.
fn kept(url: &DatabaseUrl) -> OfficeResult<Option<WorkingCalendar>> {
    let store = Store::open(url, Durability::Full)?;
    if !store.pending_migrations()?.is_empty() {
        return Ok(None);
    }
    store.read(|conn| match calendar_versions::newest(conn)? {
        0 => Ok(None),
        version => rules::calendar_of(conn, version).map(Some),
    })
}

fn shipped(settings: &Settings) -> Result<WorkingCalendar, Failure> {
    let days = csv::Reader::from_reader(SHIPPED.as_bytes())
        .deserialize()
        .collect::<Result<Vec<CalendarDay>, _>>()
        .map_err(|error| Failure::reason(format!("lịch kèm chương trình: {error}")))?;
    let hours = settings.office_hours().map_err(Failure::reason)?;
    let cutoff = settings.same_day_cutoff().map_err(Failure::reason)?;
    WorkingCalendar::new(1, &days, &hours, cutoff).map_err(|error| Failure::reason(error.to_string()))
}
