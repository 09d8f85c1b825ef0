//! Many dates at once: one limit on one calendar, without pauses and without account.

use crate::domain::{
    calendar::WorkingCalendar,
    day_table::{self, Day, LocalSeconds},
    limit::{Limit, LimitUnit},
};

/// A limit made ready for any number of receipts; moments are whole seconds since
/// 1970-01-01T00:00Z. Gives exactly the dates of [`due_at`](super::due_at) without
/// restart and pauses; a dossier that was restarted and not paused since has its
/// restart for its receipt.
///
/// ```
/// # use dunghen::domain::{calendar::*, office_hours::OfficeHours, time::parse_instant};
/// # let calendar = WorkingCalendar::new(1, &[], &OfficeHours::standard(), SAME_DAY_CUTOFF).unwrap();
/// let seconds = |text| parse_instant(text).unwrap().timestamp();
/// let schedule = calendar.schedule("5 working_day".parse().unwrap());
/// assert_eq!(schedule.due(seconds("2026-11-13 10:00")), Some(seconds("2026-11-20 17:00")));
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Schedule<'a> {
    calendar: &'a WorkingCalendar,
    rule: Rule,
}

#[derive(Debug, Clone, Copy)]
enum Rule {
    /// Closing time of the working day that has `more` working days between it and
    /// the day `days` after the receipt, that day included.
    Days {
        days: Day,
        more: u32,
    },
    SameDay,
    Months(u32),
    OfficeTime(i64),
    ClockTime(i64),
}

impl WorkingCalendar {
    /// The dates of `limit` for many receipts.
    #[must_use]
    pub fn schedule(&self, limit: Limit) -> Schedule<'_> {
        let n = limit.value();
        let rule = match limit.unit() {
            LimitUnit::WorkingDay => Rule::Days { days: 1, more: n.saturating_sub(1) },
            LimitUnit::CalendarDay => Rule::Days { days: n, more: 0 },
            LimitUnit::SameDay => Rule::SameDay,
            LimitUnit::Month => Rule::Months(n),
            LimitUnit::WorkingHour => Rule::OfficeTime(i64::from(n) * 3600),
            LimitUnit::Hour => Rule::ClockTime(i64::from(n) * 3600),
        };
        Schedule { calendar: self, rule }
    }
}

impl Schedule<'_> {
    /// When the answer to what was received at `received` is due; `None` where
    /// [`due_at`](super::due_at) has an error.
    #[must_use]
    #[inline]
    pub fn due(&self, received: i64) -> Option<i64> {
        match self.rule {
            Rule::Days { days, more } => self.after_days(received, days, more),
            Rule::SameDay => self.same_day(received),
            Rule::Months(n) => self.after_months(received, n),
            Rule::OfficeTime(seconds) => self.after_office_time(received, seconds),
            Rule::ClockTime(seconds) => self.after_clock_time(received, seconds),
        }
    }

    /// [`Self::due`] of each receipt, in the same order; what `due` held is gone.
    pub fn due_each(&self, received: &[i64], due: &mut Vec<Option<i64>>) {
        due.clear();
        // The rule of most limits is looked at once, not for each receipt.
        if let Rule::Days { days, more } = self.rule {
            due.extend(received.iter().map(|at| self.after_days(*at, days, more)));
        } else {
            due.extend(received.iter().map(|at| self.due(*at)));
        }
    }

    /// The receipt on the day table: its moment and its day.
    #[inline]
    fn start(&self, received: i64) -> Option<(LocalSeconds, Day)> {
        let start = day_table::seconds_since_first(received)?;
        if start < day_table::midnight(self.calendar.begins()) {
            return None;
        }
        let (day, _) = day_table::split(start)?;
        Some((start, day))
    }

    /// When the office closes on the first working day from `day` on, or `more` later.
    #[inline]
    fn closing(&self, day: Day, more: u32) -> Option<i64> {
        let table = &self.calendar.table;
        let rank = table.working_before(day)? + more;
        table.working_closing(rank).map(day_table::timestamp_of)
    }

    #[inline]
    fn after_days(&self, received: i64, days: Day, more: u32) -> Option<i64> {
        let (_, day) = self.start(received)?;
        self.closing(day + days, more)
    }

    fn same_day(&self, received: i64) -> Option<i64> {
        let (start, day) = self.start(received)?;
        let cutoff = day_table::midnight(day) + self.calendar.cutoff();
        let closing = self.calendar.table.closing(day);
        // A day off gives the next working day either way.
        let today = closing.is_some_and(|closing| start < closing.min(cutoff));
        self.closing(day + u32::from(!today), 0)
    }

    fn after_months(&self, received: i64, n: u32) -> Option<i64> {
        let (_, day) = self.start(received)?;
        self.closing(day_table::months_after(day, n)?, 0)
    }

    fn after_office_time(&self, received: i64, seconds: i64) -> Option<i64> {
        let (start, _) = self.start(received)?;
        let table = &self.calendar.table;
        table.moment_after(table.office_before(start)? + seconds).map(day_table::timestamp_of)
    }

    fn after_clock_time(&self, received: i64, seconds: i64) -> Option<i64> {
        let (start, _) = self.start(received)?;
        let due = start + seconds;
        day_table::split(due).map(|_| day_table::timestamp_of(due))
    }
}
