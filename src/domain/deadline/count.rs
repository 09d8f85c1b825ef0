//! Counting on the day table: where a limit ends.

use super::{DeadlineError, beyond};
use crate::domain::{
    calendar::WorkingCalendar,
    day_table::{self, Day, LocalSeconds},
    limit::{Limit, LimitUnit},
    pause::{self, Pause, Range},
    time::Instant,
};

/// What is to be counted, on the day table.
pub(in crate::domain) struct Count<'a> {
    pub(in crate::domain) calendar: &'a WorkingCalendar,
    pub(in crate::domain) limit: Limit,
    /// Day of receipt, for the ledger when the count began later.
    pub(in crate::domain) received_day: Day,
    /// Where the count begins, and that moment's day.
    pub(in crate::domain) start: LocalSeconds,
    pub(in crate::domain) start_day: Day,
    pub(in crate::domain) pauses: &'a [Pause],
}

/// Where the count ends.
pub(in crate::domain) struct Landing {
    /// The first day that could count.
    pub(in crate::domain) first: Day,
    /// The last day that counted, before any move to a working day.
    pub(in crate::domain) last: Day,
    pub(in crate::domain) due_day: Day,
    pub(in crate::domain) due: LocalSeconds,
    /// From here to the due day the calendar decided; after it, if nowhere.
    pub(super) relied_from: Day,
}

impl<'a> Count<'a> {
    pub(in crate::domain) fn new(
        received: Instant,
        restarted: Option<Instant>,
        limit: Limit,
        pauses: &'a [Pause],
        calendar: &'a WorkingCalendar,
    ) -> Result<Self, DeadlineError> {
        let received_at = day_table::seconds_of(received);
        if received_at < day_table::midnight(calendar.begins()) {
            return Err(DeadlineError::BeforeCalendar { first_day: day_table::date_of(calendar.begins()) });
        }
        let start = restarted.map_or(received_at, day_table::seconds_of);
        if start < received_at {
            return Err(DeadlineError::RestartBeforeReceipt);
        }
        if pauses.iter().any(|pause| pause.to < pause.from) {
            return Err(DeadlineError::PauseBackwards);
        }
        let (received_day, _) = day_table::split(received_at).ok_or(beyond())?;
        let (start_day, _) = day_table::split(start).ok_or(beyond())?;
        Ok(Self { calendar, limit, received_day, start, start_day, pauses })
    }

    pub(super) fn land(&self) -> Option<Landing> {
        let n = self.limit.value();
        match self.limit.unit() {
            LimitUnit::WorkingDay => self.land_working_days(self.start_day + 1, n),
            LimitUnit::SameDay => self.land_working_days(self.same_day_from(), 1),
            LimitUnit::CalendarDay => self.land_days(self.start_day + n),
            LimitUnit::Month => self.land_days(day_table::months_after(self.start_day, n)?),
            LimitUnit::WorkingHour => self.land_office_time(i64::from(n) * 3600),
            LimitUnit::Hour => self.land_clock_time(i64::from(n) * 3600),
        }
    }

    /// Days that pauses take out, for day units.
    pub(in crate::domain) fn days_out(&self) -> Vec<Range<Day>> {
        pause::days_out(self.pauses, self.start_day)
    }

    /// Time that pauses take out, for hour units.
    pub(in crate::domain) fn seconds_out(&self) -> Vec<Range<LocalSeconds>> {
        pause::seconds_out(self.pauses, self.start)
    }

    /// The first day on which a same-day answer may fall: today before the cut-off
    /// on a working day that is not over, else tomorrow.
    fn same_day_from(&self) -> Day {
        let table = &self.calendar.table;
        let cutoff = day_table::midnight(self.start_day) + self.calendar.cutoff();
        let open = table.closing(self.start_day).is_some_and(|closing| self.start < closing);
        let today = table.is_working(self.start_day) && open && self.start < cutoff;
        if today { self.start_day } else { self.start_day + 1 }
    }

    /// The `n`-th working day from `first` on that no pause takes out.
    fn land_working_days(&self, first: Day, n: u32) -> Option<Landing> {
        let table = &self.calendar.table;
        let mut rank = table.working_before(first)? + n.checked_sub(1)?;
        for (from, to) in self.days_out() {
            if table.working_day(rank)? < from {
                break;
            }
            rank += table.working_before(to + 1)? - table.working_before(from)?;
        }
        let due_day = table.working_day(rank)?;
        let due = table.closing(due_day)?;
        // A same-day answer asked whether the day of receipt is a working day.
        let relied_from = if self.limit.unit() == LimitUnit::SameDay { self.start_day } else { first };
        Some(Landing { first, last: due_day, due_day, due, relied_from })
    }

    /// The day `last`, later by each day that pauses take out, moved to a working day.
    fn land_days(&self, mut last: Day) -> Option<Landing> {
        let table = &self.calendar.table;
        for (from, to) in self.days_out() {
            if last < from {
                break;
            }
            last += to - from + 1;
        }
        let due_day = table.working_from(last)?;
        let due = table.closing(due_day)?;
        // Only the move asked the calendar.
        Some(Landing { first: self.start_day + 1, last, due_day, due, relied_from: last })
    }

    fn land_office_time(&self, seconds: i64) -> Option<Landing> {
        let table = &self.calendar.table;
        let mut target = table.office_before(self.start)? + seconds;
        for (from, to) in self.seconds_out() {
            let from = table.office_before(from)?;
            if target <= from {
                break;
            }
            target += table.office_before(to)? - from;
        }
        let due = table.moment_after(target)?;
        self.landing_at(due)
    }

    fn land_clock_time(&self, seconds: i64) -> Option<Landing> {
        let mut due = self.start + seconds;
        for (from, to) in self.seconds_out() {
            if due <= from {
                break;
            }
            due += to - from;
        }
        let landing = self.landing_at(due)?;
        // No calendar was asked at all: nothing up to the due day was relied on.
        Some(Landing { relied_from: landing.due_day + 1, ..landing })
    }

    fn landing_at(&self, due: LocalSeconds) -> Option<Landing> {
        let (due_day, _) = day_table::split(due)?;
        Some(Landing { first: self.start_day, last: due_day, due_day, due, relied_from: self.start_day })
    }
}
