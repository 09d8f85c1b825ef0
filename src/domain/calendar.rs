//! The working calendar: which days count and when the office is open.
//!
//! Holidays come from Labour Code 2019, Art. 112 and the yearly announcements;
//! swapped days from the Prime Minister's directives for civil servants. All of
//! them are rows; nothing is computed from the moon.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate, NaiveTime, Timelike};

use super::{
    day_table::{self, Day, DayTable},
    office_hours::OfficeHours,
    time::Instant,
};

mod day;

pub use day::{CalendarDay, CalendarError, Confidence, DayKind};

/// Received at or after this moment of the day, a same-day matter is answered on
/// the next working day: 15:00 (Law on Civil Status 2014; Decree 23/2015, Art. 7).
pub const SAME_DAY_CUTOFF: NaiveTime = match NaiveTime::from_hms_opt(15, 0, 0) {
    Some(cutoff) => cutoff,
    None => panic!("15:00 is a time of day"),
};

/// A version of the calendar, ready to answer any question without walking.
///
/// Questions about days outside 1990 to 2100 answer `None` or count as if time
/// ended there; no error can come from them.
#[derive(Debug)]
pub struct WorkingCalendar {
    version: i32,
    published: BTreeSet<i32>,
    begins: Day,
    cutoff: i64,
    pub(super) table: DayTable,
}

impl WorkingCalendar {
    /// A calendar from its rows in any order. `version` is the store's number for
    /// exactly these rows and hours and goes into every ledger. Takes about a
    /// millisecond.
    ///
    /// # Errors
    /// [`CalendarError::Twice`] and [`CalendarError::OutOfRange`].
    pub fn new(
        version: i32,
        days: &[CalendarDay],
        hours: &OfficeHours,
        same_day_cutoff: NaiveTime,
    ) -> Result<Self, CalendarError> {
        let mut days = days.to_vec();
        days.sort_by_key(|day| day.date);
        for pair in days.windows(2) {
            if let [first, second] = pair
                && first.date == second.date
            {
                return Err(CalendarError::Twice(first.date));
            }
        }
        if let Some(outside) = days.iter().find(|day| day_table::day_of(day.date).is_none()) {
            return Err(CalendarError::OutOfRange(outside.date));
        }
        let published: BTreeSet<i32> = days.iter().map(|day| day.date.year()).collect();
        let table = DayTable::build(&days, hours, |year| published.contains(&year));
        let cutoff = i64::from(same_day_cutoff.num_seconds_from_midnight());
        let begins = published.first().and_then(|year| NaiveDate::from_ymd_opt(*year, 1, 1));
        let begins = begins.and_then(day_table::day_of).unwrap_or_default();
        Ok(Self { version, published, begins, cutoff, table })
    }

    /// The store's number of this version.
    #[must_use]
    pub const fn version(&self) -> i32 {
        self.version
    }

    /// Seconds after midnight from which a same-day matter waits for the next day.
    pub(super) const fn cutoff(&self) -> i64 {
        self.cutoff
    }

    /// The first day from which a receipt can be counted.
    pub(super) const fn begins(&self) -> Day {
        self.begins
    }

    /// Whether the holidays of `year` are known: any row lies in it.
    #[must_use]
    pub fn is_published(&self, year: i32) -> bool {
        self.published.contains(&year)
    }

    /// 1 January of the first published year; receipts before it are refused.
    #[must_use]
    pub fn first_day(&self) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(*self.published.first()?, 1, 1)
    }

    /// The last year with a row.
    #[must_use]
    pub fn last_published_year(&self) -> Option<i32> {
        self.published.last().copied()
    }

    /// Whether files are counted on `date`.
    ///
    /// ```
    /// # use dunghen::domain::{calendar::*, office_hours::OfficeHours};
    /// # use chrono::NaiveDate;
    /// # let d = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap();
    /// # let row = |date, kind| CalendarDay { date, kind, name: String::new(), basis: None, confidence: Confidence::Confirmed };
    /// let rows = [row(d(2026, 8, 22), DayKind::SwappedWorking), row(d(2026, 8, 31), DayKind::SwappedOff)];
    /// let calendar = WorkingCalendar::new(1, &rows, &OfficeHours::standard(), SAME_DAY_CUTOFF).unwrap();
    /// assert!(calendar.is_working_day(d(2026, 8, 22)), "a Saturday that is worked");
    /// assert!(!calendar.is_working_day(d(2026, 8, 31)), "the Monday it was swapped for");
    /// ```
    #[must_use]
    pub fn is_working_day(&self, date: NaiveDate) -> bool {
        day_table::day_of(date).is_some_and(|day| self.table.is_working(day))
    }

    /// Whether the status of any day from `from` to `to`, both included, rests on a year that is not
    /// published or on a row that nobody confirmed.
    ///
    /// ```
    /// # use dunghen::domain::{calendar::*, office_hours::OfficeHours};
    /// # use chrono::NaiveDate;
    /// # let d = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap();
    /// let new_year = CalendarDay { date: d(2026, 1, 1), kind: DayKind::Holiday, name: String::new(), basis: None, confidence: Confidence::Confirmed };
    /// let calendar = WorkingCalendar::new(1, &[new_year], &OfficeHours::standard(), SAME_DAY_CUTOFF).unwrap();
    /// assert!(!calendar.is_doubtful(d(2026, 12, 1), d(2026, 12, 31)), "2026 is published");
    /// assert!(calendar.is_doubtful(d(2026, 12, 31), d(2027, 1, 4)), "2027 is not");
    /// ```
    #[must_use]
    pub fn is_doubtful(&self, from: NaiveDate, to: NaiveDate) -> bool {
        self.table.is_doubtful(day_table::clamped_day_of(from), day_table::clamped_day_of(to))
    }

    /// Working days after `from` up to and including `to`; 0 if `to` is not later.
    ///
    /// ```
    /// # use dunghen::domain::{calendar::*, office_hours::OfficeHours};
    /// # use chrono::NaiveDate;
    /// # let d = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap();
    /// # let calendar = WorkingCalendar::new(1, &[], &OfficeHours::standard(), SAME_DAY_CUTOFF).unwrap();
    /// // Friday 20 to Monday 23 November 2026: Monday only.
    /// assert_eq!(calendar.working_days_between(d(2026, 11, 20), d(2026, 11, 23)), 1);
    /// ```
    #[must_use]
    pub fn working_days_between(&self, from: NaiveDate, to: NaiveDate) -> u32 {
        let through = |date| self.table.working_before(day_table::clamped_day_of(date) + 1).unwrap_or(0);
        through(to).saturating_sub(through(from))
    }

    /// The `n`-th working day after `date`, which itself is never counted; for
    /// `n = 0` the last working day up to and including `date`.
    ///
    /// ```
    /// # use dunghen::domain::{calendar::*, office_hours::OfficeHours};
    /// # use chrono::NaiveDate;
    /// # let d = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap();
    /// # let calendar = WorkingCalendar::new(1, &[], &OfficeHours::standard(), SAME_DAY_CUTOFF).unwrap();
    /// assert_eq!(calendar.nth_working_day_after(d(2026, 11, 20), 2), Some(d(2026, 11, 24)));
    /// ```
    #[must_use]
    pub fn nth_working_day_after(&self, date: NaiveDate, n: u32) -> Option<NaiveDate> {
        let rank = self.table.working_before(day_table::day_of(date)? + 1)?;
        let day = self.table.working_day(rank.checked_add(n)?.checked_sub(1)?)?;
        Some(day_table::date_of(day))
    }

    /// The `n`-th working day before `date`, which itself is never counted; for
    /// `n = 0` the first working day from `date` on.
    #[must_use]
    pub fn nth_working_day_before(&self, date: NaiveDate, n: u32) -> Option<NaiveDate> {
        let rank = self.table.working_before(day_table::day_of(date)?)?;
        let day = self.table.working_day(rank.checked_sub(n)?)?;
        Some(day_table::date_of(day))
    }

    /// `date` if it is a working day, else the next one.
    #[must_use]
    pub fn next_working_day_from(&self, date: NaiveDate) -> Option<NaiveDate> {
        let day = self.table.working_from(day_table::day_of(date)?)?;
        Some(day_table::date_of(day))
    }

    /// When the office first opens on `date`; `None` on a closed day.
    #[must_use]
    pub fn opens(&self, date: NaiveDate) -> Option<Instant> {
        day_table::instant_of(self.table.opening(day_table::day_of(date)?)?)
    }

    /// When the office last closes on `date`; `None` on a closed day.
    #[must_use]
    pub fn closes(&self, date: NaiveDate) -> Option<Instant> {
        day_table::instant_of(self.table.closing(day_table::day_of(date)?)?)
    }

    /// Whether `at` is office time; the closing moment itself is not.
    #[must_use]
    pub fn is_open_at(&self, at: Instant) -> bool {
        self.next_opening(at) == Some(at)
    }

    /// The earliest moment of office time at or after `at`.
    ///
    /// ```
    /// # use dunghen::domain::{calendar::*, office_hours::OfficeHours, time::parse_instant};
    /// # let calendar = WorkingCalendar::new(1, &[], &OfficeHours::standard(), SAME_DAY_CUTOFF).unwrap();
    /// // Friday's closing time: office time goes on on Monday.
    /// let at = |text| parse_instant(text).unwrap();
    /// assert_eq!(calendar.next_opening(at("2026-11-20 17:00")), Some(at("2026-11-23 07:30")));
    /// ```
    #[must_use]
    pub fn next_opening(&self, at: Instant) -> Option<Instant> {
        let before = self.table.office_before(day_table::seconds_of(at))?;
        day_table::instant_of(self.table.moment_resuming(before)?)
    }

    /// Office seconds from `from` to `to`; 0 if `to` is not later.
    #[must_use]
    pub fn office_seconds_between(&self, from: Instant, to: Instant) -> i64 {
        let before = |at| self.table.office_before(day_table::clamped_seconds_of(at)).unwrap_or(0);
        (before(to) - before(from)).max(0)
    }

    /// The moment at which `seconds` of office time have passed since `from`; an
    /// exact hit is the end of a session, not the start of the next. With 0 or
    /// less, where office time begins: [`Self::next_opening`].
    ///
    /// ```
    /// # use dunghen::domain::{calendar::*, office_hours::OfficeHours, time::parse_instant};
    /// # let calendar = WorkingCalendar::new(1, &[], &OfficeHours::standard(), SAME_DAY_CUTOFF).unwrap();
    /// // One hour from 10:45: 45 minutes before lunch, 15 after.
    /// let at = |text| parse_instant(text).unwrap();
    /// assert_eq!(calendar.add_office_seconds(at("2026-11-23 10:45"), 3600), Some(at("2026-11-23 13:45")));
    /// ```
    #[must_use]
    pub fn add_office_seconds(&self, from: Instant, seconds: i64) -> Option<Instant> {
        if seconds <= 0 {
            return self.next_opening(from);
        }
        let before = self.table.office_before(day_table::seconds_of(from))?;
        day_table::instant_of(self.table.moment_after(before.checked_add(seconds)?)?)
    }
}
