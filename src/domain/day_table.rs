//! One row a day from 1990 to 2100 with running sums, so that counting and adding
//! working days or office time never walks.
//!
//! A [`Day`] is a row number; a [`LocalSeconds`] counts from the table's first
//! midnight on Vietnam's wall clock. `None` everywhere means "outside the table".

mod build;

use chrono::{DateTime, Months, NaiveDate};

use super::{
    calendar::DayKind,
    ledger::Note,
    time::{Instant, OFFSET_SECONDS},
};

/// Days since 1990-01-01.
pub(super) type Day = u32;
/// Seconds since 1990-01-01T00:00+07:00.
pub(super) type LocalSeconds = i64;

pub(super) const DAY_SECONDS: i64 = 86_400;
/// 1990-01-01 in days since 1970-01-01.
const FIRST_EPOCH_DAY: i32 = 7_305;
/// 1990-01-01 to 2100-12-31.
pub(super) const DAYS: u32 = 40_542;
/// 1990-01-01T00:00+07:00 in seconds since 1970-01-01T00:00Z; both fit an `i64`.
#[expect(clippy::as_conversions, reason = "i64::from is not const")]
const ORIGIN: i64 = FIRST_EPOCH_DAY as i64 * DAY_SECONDS - OFFSET_SECONDS as i64;

/// What a day is by the calendar; the text is name and basis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Mark {
    Working,
    RestDay,
    Noted(DayKind, Note),
}

/// Sessions of a day in seconds after midnight.
#[derive(Debug, Default)]
struct Shape {
    sessions: Vec<(i64, i64)>,
    seconds: i64,
}

#[derive(Debug)]
pub(super) struct DayTable {
    /// Working days before the day; one row more than days.
    working_before: Vec<u32>,
    /// The working days in order.
    working: Vec<Day>,
    /// When the office closes on each of them.
    closings: Vec<LocalSeconds>,
    /// Office seconds before the day; one row more than days.
    seconds_before: Vec<i64>,
    /// Days before the day on whose status one should not rely; one row more.
    doubtful_before: Vec<u32>,
    shape_of: Vec<u32>,
    shapes: Vec<Shape>,
    mark_of: Vec<u32>,
    marks: Vec<Mark>,
    /// Last day of the run of equal marks the day belongs to.
    run_end: Vec<Day>,
    /// Rows of `seconds_before` below each multiple of [`STEP`], so that looking a
    /// moment up by its office seconds searches the few days of one step.
    step_rows: Vec<u32>,
}

/// Office seconds of a step: some days, whatever the office hours.
const STEP: i64 = 16 * 3600;

#[inline]
fn at<T: Copy>(column: &[T], row: u32) -> Option<T> {
    column.get(usize::try_from(row).ok()?).copied()
}

/// The row of a civil day.
pub(super) fn day_of(date: NaiveDate) -> Option<Day> {
    let day = Day::try_from(date.to_epoch_days() - FIRST_EPOCH_DAY).ok()?;
    (day < DAYS).then_some(day)
}

/// The row of a civil day, the nearest one for days outside.
pub(super) fn clamped_day_of(date: NaiveDate) -> Day {
    Day::try_from(date.to_epoch_days() - FIRST_EPOCH_DAY).map_or(0, |day| day.min(DAYS - 1))
}

/// The same day number `months` on, or that month's last day.
pub(super) fn months_after(day: Day, months: u32) -> Option<Day> {
    day_of(date_of(day).checked_add_months(Months::new(months))?)
}

/// The civil day of a row.
pub(super) fn date_of(day: Day) -> NaiveDate {
    let since_epoch = i32::try_from(day).unwrap_or(i32::MAX).saturating_add(FIRST_EPOCH_DAY);
    NaiveDate::from_epoch_days(since_epoch).unwrap_or(NaiveDate::MAX)
}

#[inline]
pub(super) fn seconds_of(at: Instant) -> LocalSeconds {
    at.timestamp() - ORIGIN
}

/// The same for seconds since 1970-01-01T00:00Z; `None` where time overflows.
#[inline]
pub(super) fn seconds_since_first(timestamp: i64) -> Option<LocalSeconds> {
    timestamp.checked_sub(ORIGIN)
}

/// Seconds since 1970-01-01T00:00Z.
#[inline]
pub(super) fn timestamp_of(at: LocalSeconds) -> i64 {
    at + ORIGIN
}

/// Like [`seconds_of`], the table's first or last second for moments outside.
pub(super) fn clamped_seconds_of(at: Instant) -> LocalSeconds {
    seconds_of(at).clamp(0, midnight(DAYS) - 1)
}

#[inline]
pub(super) fn instant_of(at: LocalSeconds) -> Option<Instant> {
    instant_at(timestamp_of(at))
}

/// The moment with this many seconds since 1970-01-01T00:00Z.
#[inline]
pub(super) fn instant_at(timestamp: i64) -> Option<Instant> {
    DateTime::from_timestamp(timestamp, 0)
}

/// Row and seconds after midnight.
#[inline]
pub(super) fn split(at: LocalSeconds) -> Option<(Day, i64)> {
    let day = Day::try_from(at.div_euclid(DAY_SECONDS)).ok()?;
    (day < DAYS).then_some((day, at.rem_euclid(DAY_SECONDS)))
}

#[inline]
pub(super) fn midnight(day: Day) -> LocalSeconds {
    i64::from(day) * DAY_SECONDS
}

impl DayTable {
    pub(super) fn is_working(&self, day: Day) -> bool {
        self.working_before(day + 1) != self.working_before(day)
    }

    /// Working days before `day`; `day` may be one past the last row.
    #[inline]
    pub(super) fn working_before(&self, day: Day) -> Option<u32> {
        at(&self.working_before, day)
    }

    /// The working day with `rank` working days before it.
    pub(super) fn working_day(&self, rank: u32) -> Option<Day> {
        at(&self.working, rank)
    }

    /// When the office closes on the working day with `rank` working days before it.
    #[inline]
    pub(super) fn working_closing(&self, rank: u32) -> Option<LocalSeconds> {
        at(&self.closings, rank)
    }

    /// The first working day at or after `day`.
    pub(super) fn working_from(&self, day: Day) -> Option<Day> {
        self.working_day(self.working_before(day)?)
    }

    /// Whether any of the days `from..=to` rests on an unpublished or unconfirmed
    /// calendar.
    pub(super) fn is_doubtful(&self, from: Day, to: Day) -> bool {
        at(&self.doubtful_before, to.saturating_add(1)) > at(&self.doubtful_before, from)
    }

    pub(super) fn mark(&self, day: Day) -> Option<&Mark> {
        self.marks.get(usize::try_from(at(&self.mark_of, day)?).ok()?)
    }

    pub(super) fn run_end(&self, day: Day) -> Option<Day> {
        at(&self.run_end, day)
    }

    fn shape(&self, day: Day) -> Option<&Shape> {
        self.shapes.get(usize::try_from(at(&self.shape_of, day)?).ok()?)
    }

    /// When the day's first session begins; `None` if the office stays closed.
    pub(super) fn opening(&self, day: Day) -> Option<LocalSeconds> {
        let (opens, _) = self.shape(day)?.sessions.first()?;
        Some(midnight(day) + opens)
    }

    /// When the day's last session ends; `None` if the office stays closed.
    pub(super) fn closing(&self, day: Day) -> Option<LocalSeconds> {
        let (_, closes) = self.shape(day)?.sessions.last()?;
        Some(midnight(day) + closes)
    }

    /// Office seconds before a moment.
    pub(super) fn office_before(&self, moment: LocalSeconds) -> Option<i64> {
        let (day, clock) = split(moment)?;
        let sessions = self.shape(day)?.sessions.iter();
        let today: i64 = sessions.map(|(opens, closes)| clock.clamp(*opens, *closes) - opens).sum();
        Some(at(&self.seconds_before, day)? + today)
    }

    /// The earliest moment with `office` seconds before it: the end of a session,
    /// not the start of the next.
    pub(super) fn moment_after(&self, office: i64) -> Option<LocalSeconds> {
        self.moment_in(self.rows_below(office)?, office, |left, length| left <= length)
    }

    /// The latest moment with `office` seconds before it: where office time goes on.
    pub(super) fn moment_resuming(&self, office: i64) -> Option<LocalSeconds> {
        self.moment_in(self.rows_below(office + 1)?, office, |left, length| left < length)
    }

    /// The moment with `office` seconds before it on the day before row `next`, in
    /// the first session that holds what is left of them.
    fn moment_in(&self, next: u32, office: i64, holds: impl Fn(i64, i64) -> bool) -> Option<LocalSeconds> {
        let day = next.checked_sub(1)?;
        let mut left = office - at(&self.seconds_before, day)?;
        for (opens, closes) in &self.shape(day)?.sessions {
            let length = closes - opens;
            if holds(left, length) {
                return Some(midnight(day) + opens + left);
            }
            left -= length;
        }
        None
    }

    /// Rows that have fewer than `office` seconds before them.
    fn rows_below(&self, office: i64) -> Option<u32> {
        let step = u32::try_from(office.div_euclid(STEP)).ok()?;
        let (first, last) = (at(&self.step_rows, step)?, at(&self.step_rows, step + 1)?);
        let rows = self.seconds_before.get(usize::try_from(first).ok()?..usize::try_from(last).ok()?)?;
        let below = rows.partition_point(|before| *before < office);
        Some(first + u32::try_from(below).ok()?)
    }
}
