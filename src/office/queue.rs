//! What a list by urgency needs besides its rows: where today, tomorrow and the week end, how much
//! working time is left, and the day a dossier would be promised.

use chrono::{Datelike, Days, NaiveDate};

use crate::domain::calendar::WorkingCalendar;
use crate::domain::channel::Channel;
use crate::domain::time::{Instant, civil_day, day_begins};

use super::rules::{ProcedureVersion, Rules};
use super::terms::{Agreed, Terms};

/// The moments at which the days that matter end, in Vietnam.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Horizon {
    pub now: Instant,
    /// Midnight after today.
    pub today_ends: Instant,
    /// Midnight after tomorrow.
    pub tomorrow_ends: Instant,
    /// Midnight after the Sunday of this week.
    pub week_ends: Instant,
}

impl Horizon {
    /// The days around `now`.
    #[must_use]
    pub fn of(now: Instant) -> Self {
        let today = civil_day(now);
        let to_monday = u64::from(7 - today.weekday().num_days_from_monday());
        Self {
            now,
            today_ends: midnight_before(today, 1),
            tomorrow_ends: midnight_before(today, 2),
            week_ends: midnight_before(today, to_monday),
        }
    }
}

/// The midnight at which the day `days` after `day` begins.
fn midnight_before(day: NaiveDate, days: u64) -> Instant {
    day_begins(day.checked_add_days(Days::new(days)).unwrap_or(day))
}

/// Office minutes between two moments, and the minutes of a full working day to tell them in days.
#[must_use]
pub fn office_minutes(calendar: &WorkingCalendar, from: Instant, to: Instant) -> (u32, u32) {
    let minutes = |seconds: i64| u32::try_from(seconds / 60).unwrap_or(0);
    let day = calendar.next_working_day_from(civil_day(from));
    let whole = day.and_then(|day| Some(calendar.office_seconds_between(calendar.opens(day)?, calendar.closes(day)?)));
    (minutes(calendar.office_seconds_between(from, to).max(0)), minutes(whole.unwrap_or(0)))
}

/// The limits of a dossier of this procedure received at `at`, and what it would be promised; nothing
/// is written. No promise without a limit, or when the calendar does not reach that far.
#[must_use]
pub fn would_promise(
    version: &ProcedureVersion,
    channel: Channel,
    at: Instant,
    rules: &Rules,
) -> (Terms, Option<Agreed>) {
    let terms = rules.terms(version, channel, at);
    let agreed = terms.agree(at, None, &[], &rules.calendar).ok().flatten();
    (terms, agreed)
}

/// Whole minutes, at least one, until a locked account may try again.
#[must_use]
pub fn minutes_until(now: Instant, until: Instant) -> u32 {
    u32::try_from((until - now).num_minutes()).unwrap_or(0).saturating_add(1)
}

/// Working days of a calendar year.
#[must_use]
pub fn working_days_of(calendar: &WorkingCalendar, year: i32) -> u32 {
    let last = |year| NaiveDate::from_ymd_opt(year, 12, 31);
    last(year - 1).zip(last(year)).map_or(0, |(before, end)| calendar.working_days_between(before, end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::time::{parse_instant, rfc3339};

    #[test]
    fn the_week_ends_with_its_sunday_also_on_a_sunday() {
        for (now, week_ends) in [
            ("2026-11-17 15:20", "2026-11-23T00:00:00+07:00"),
            ("2026-11-22 23:59", "2026-11-23T00:00:00+07:00"),
            ("2026-11-23 00:00", "2026-11-30T00:00:00+07:00"),
        ] {
            assert_eq!(rfc3339(Horizon::of(parse_instant(now).unwrap()).week_ends), week_ends, "{now}");
        }
        let horizon = Horizon::of(parse_instant("2026-12-31 08:00").unwrap());
        assert_eq!(rfc3339(horizon.today_ends), "2027-01-01T00:00:00+07:00");
        assert_eq!(rfc3339(horizon.tomorrow_ends), "2027-01-02T00:00:00+07:00");
    }
}
