//! How much of the office's time is left, or how late an answer is.

use serde::Serialize;

use super::{
    calendar::WorkingCalendar,
    day_table::{self, LocalSeconds},
    time::{Instant, civil_day},
};

/// Working time in the words people use: `còn 2 ngày 3 giờ làm việc`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, PartialOrd, Ord, Serialize)]
pub struct WorkingTime {
    /// Whole working days.
    pub days: u32,
    /// Office hours besides, of the first and last day; may exceed one day's hours.
    pub hours: u32,
    /// Minutes besides, rounded down.
    pub minutes: u32,
}

/// The working time from `now` to `due_at`: working days that lie in between from
/// opening to closing, and the office time of the days in which `now` and `due_at`
/// fall. A half Saturday in between is no working day and is left out. Zero once
/// the due moment has come.
///
/// ```
/// # use dunghen::domain::{calendar::*, office_hours::OfficeHours, time::parse_instant, working_time::*};
/// # let calendar = WorkingCalendar::new(1, &[], &OfficeHours::standard(), SAME_DAY_CUTOFF).unwrap();
/// let at = |text| parse_instant(text).unwrap();
/// let left = working_time_left(at("2026-11-17 14:00"), at("2026-11-19 17:00"), &calendar);
/// assert_eq!(left, WorkingTime { days: 2, hours: 3, minutes: 0 });
/// ```
#[must_use]
pub fn working_time_left(now: Instant, due_at: Instant, calendar: &WorkingCalendar) -> WorkingTime {
    if due_at <= now {
        return WorkingTime::default();
    }
    let (from, to) = (day_table::clamped_seconds_of(now), day_table::clamped_seconds_of(due_at));
    parts(from, to, calendar).unwrap_or_default()
}

fn parts(from: LocalSeconds, to: LocalSeconds, calendar: &WorkingCalendar) -> Option<WorkingTime> {
    let table = &calendar.table;
    let seconds = |from, to| Some(table.office_before(to)? - table.office_before(from)?);
    let ((first, _), (last, _)) = (day_table::split(from)?, day_table::split(to)?);
    let first_is_whole = table.is_working(first) && from <= table.opening(first)?;
    let last_is_whole = table.is_working(last) && table.closing(last)? <= to;
    if first == last && !(first_is_whole && last_is_whole) {
        return Some(WorkingTime::of(0, seconds(from, to)?));
    }
    let whole_from = if first_is_whole { first } else { first + 1 };
    let whole_to = if last_is_whole { last + 1 } else { last };
    let days = table.working_before(whole_to)?.saturating_sub(table.working_before(whole_from)?);
    let before = if first_is_whole { 0 } else { seconds(from, day_table::midnight(first + 1))? };
    let after = if last_is_whole { 0 } else { seconds(day_table::midnight(last), to)? };
    Some(WorkingTime::of(days, before + after))
}

impl WorkingTime {
    fn of(days: u32, seconds: i64) -> Self {
        let minutes = u32::try_from(seconds / 60).unwrap_or_default();
        Self { days, hours: minutes / 60, minutes: minutes % 60 }
    }
}

/// How many working days after the due day the answer came or `at` is: 0 on the
/// due day itself, late or not, and while there is time left.
///
/// ```
/// # use dunghen::domain::{calendar::*, office_hours::OfficeHours, time::parse_instant, working_time::*};
/// # let calendar = WorkingCalendar::new(1, &[], &OfficeHours::standard(), SAME_DAY_CUTOFF).unwrap();
/// let at = |text| parse_instant(text).unwrap();
/// // Due on Friday, answered on Tuesday.
/// assert_eq!(working_days_late(at("2026-11-20 17:00"), at("2026-11-24 08:00"), &calendar), 2);
/// ```
#[must_use]
pub fn working_days_late(due_at: Instant, at: Instant, calendar: &WorkingCalendar) -> u32 {
    calendar.working_days_between(civil_day(due_at), civil_day(at))
}
