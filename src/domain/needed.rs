//! How much of a limit a dossier really needed, in the limit's own unit.
//!
//! A limit is proposed on what was needed (the plan's cut of 30 %), so the measure is the limit
//! itself: the smallest `n` with which "n of the unit", counted as the law counts it, would have
//! been kept. That takes a few look-ups in the day table and one step for each pause.

use chrono::{Datelike, Months};
use serde::Deserialize;

use super::{
    calendar::WorkingCalendar,
    day_table::{self, Day, LocalSeconds},
    deadline::{Count, DeadlineError, due_at},
    dossier::StageName,
    limit::{Limit, LimitUnit},
    pause::Pause,
    survival::Observed,
    time::{Instant, serde_instant},
};

/// From where a promise counts: what went into its ledger, read without the account of the days.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Start {
    /// When the dossier came in.
    #[serde(rename = "rec", with = "serde_instant")]
    pub received_at: Instant,
    /// When the complete supplement came in, if the count began afresh.
    #[serde(rename = "re", default, with = "serde_instant::option")]
    pub restarted_at: Option<Instant>,
    /// The pauses that the promise takes out.
    #[serde(rename = "out", default)]
    pub pauses: Vec<Pause>,
}

/// Since when, and for what, the clock stands still.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    pub since: Instant,
    /// [`StageName::AwaitingSupplement`] or [`StageName::AwaitingObligation`].
    pub waits_for: StageName,
}

/// How the office's work on a dossier stood when it was looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// A result, granted or refused, at this moment.
    Result(Instant),
    /// Nobody knows how long it would have taken: withdrawn or stopped at this moment, or open and
    /// looked at in this moment.
    Unknown(Instant),
}

/// One dossier as its judged promise saw it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Course {
    pub start: Start,
    /// The judged promise; a pause that began after it passed gives no time back.
    pub due_at: Option<Instant>,
    pub standing: Option<Standing>,
    pub end: End,
}

/// The least that can be needed of a unit: the same day is no working day, of everything else 1.
#[must_use]
pub const fn least(unit: LimitUnit) -> u32 {
    match unit {
        LimitUnit::SameDay => 0,
        LimitUnit::WorkingDay
        | LimitUnit::CalendarDay
        | LimitUnit::Month
        | LimitUnit::WorkingHour
        | LimitUnit::Hour => 1,
    }
}

/// The smallest `n` with which an answer at `at` would have kept "n `unit`". For
/// [`LimitUnit::SameDay`] working days, with 0 for the same day as the law counts it: by the next
/// working day when the dossier came after the cut-off.
///
/// # Errors
/// As [`due_at`]; the limit that this asks for may lie beyond what [`Limit`] takes.
///
/// ```
/// # use dunghen::domain::{calendar::*, limit::LimitUnit, needed::*, office_hours::OfficeHours, time::parse_instant};
/// # let calendar = WorkingCalendar::new(1, &[], &OfficeHours::standard(), SAME_DAY_CUTOFF).unwrap();
/// let at = |text| parse_instant(text).unwrap();
/// // Received on Friday, answered on Tuesday at 10:00.
/// let start = Start { received_at: at("2026-11-20 09:00"), restarted_at: None, pauses: vec![] };
/// let of = |unit| needed(&start, unit, at("2026-11-24 10:00"), &calendar);
/// assert_eq!(of(LimitUnit::WorkingDay), Ok(2), "Monday, Tuesday");
/// assert_eq!(of(LimitUnit::CalendarDay), Ok(4));
/// assert_eq!(of(LimitUnit::WorkingHour), Ok(16), "6 on Friday, 7.5 on Monday, 2.5 on Tuesday");
/// assert_eq!(of(LimitUnit::SameDay), Ok(2));
/// ```
pub fn needed(start: &Start, unit: LimitUnit, at: Instant, calendar: &WorkingCalendar) -> Result<u32, DeadlineError> {
    let (received, restarted, pauses) = (start.received_at, start.restarted_at, start.pauses.as_slice());
    if unit == LimitUnit::SameDay && at <= due_at(received, restarted, &Limit::SAME_DAY, pauses, calendar)? {
        return Ok(0);
    }
    // Only the start and the pauses of the count are asked, never its limit.
    let count = Count::new(received, restarted, Limit::SAME_DAY, pauses, calendar)?;
    let at = day_table::clamped_seconds_of(at);
    let n = match unit {
        LimitUnit::WorkingDay | LimitUnit::SameDay => count.working_days_to(at),
        LimitUnit::CalendarDay => count.days_to(at),
        LimitUnit::Month => count.months_to(at),
        LimitUnit::WorkingHour => count.hours_to(at, |moment| calendar.table.office_before(moment)),
        LimitUnit::Hour => count.hours_to(at, Some),
    };
    n.ok_or(super::deadline::beyond())
}

impl Course {
    /// What this dossier tells of the time needed, in `unit`. A dossier that cannot be counted, and
    /// one whose count will begin afresh when the supplement comes, tells nothing: at least the least.
    #[must_use]
    pub fn observed(&self, unit: LimitUnit, calendar: &WorkingCalendar) -> Observed {
        let nothing = Observed::AtLeast(least(unit));
        let mut start = self.start.clone();
        let (End::Result(at) | End::Unknown(at)) = self.end;
        let in_time = |standing: &Standing| self.due_at.is_none_or(|due_at| standing.since <= due_at);
        if let Some(standing) = self.standing.filter(in_time) {
            if standing.waits_for == StageName::AwaitingSupplement {
                return nothing;
            }
            start.pauses.push(Pause { from: standing.since, to: at.max(standing.since) });
        }
        match (needed(&start, unit, at, calendar), self.end) {
            (Ok(n), End::Result(_)) => Observed::Exactly(n),
            (Ok(n), End::Unknown(_)) => Observed::AtLeast(n),
            (Err(_), _) => nothing,
        }
    }
}

/// The counting of `deadline`, the other way round: from the answer to the limit.
impl Count<'_> {
    /// One more than the unpaused working days that were over before an answer at `at`.
    fn working_days_to(&self, at: LocalSeconds) -> Option<u32> {
        let table = &self.calendar.table;
        let due_from = self.due_from(at)?;
        let days = |from: Day, to: Day| Some(table.working_before(to)?.saturating_sub(table.working_before(from)?));
        let mut over = days(self.start_day + 1, due_from)?;
        for (from, to) in self.days_out() {
            over = over.saturating_sub(days(from, due_from.min(to + 1))?);
        }
        Some(over + 1)
    }

    /// One more than the unpaused days up to the last working day that was over.
    fn days_to(&self, at: LocalSeconds) -> Option<u32> {
        let table = &self.calendar.table;
        // A limit that ends on a day off ends on the next working day, so days off cost nothing.
        let rank = table.working_before(self.due_from(at)?)?;
        let over = match rank.checked_sub(1) {
            Some(rank) => table.working_day(rank)?,
            None => self.start_day,
        };
        let out = self.days_out().into_iter().map(|(from, to)| (to.min(over) + 1).saturating_sub(from)).sum();
        Some(over.saturating_sub(self.start_day).saturating_sub(out) + 1)
    }

    /// The first month whose day lies as far from the start as [`Self::days_to`] asks.
    fn months_to(&self, at: LocalSeconds) -> Option<u32> {
        let start = day_table::date_of(self.start_day);
        let wanted = day_table::date_of(self.start_day + self.days_to(at)?);
        let number = |date: chrono::NaiveDate| date.year() * 12 + i32::try_from(date.month0()).unwrap_or(0);
        let months = u32::try_from(number(wanted) - number(start)).ok()?;
        let reached = start.checked_add_months(Months::new(months))? >= wanted;
        Some(if reached { months.max(1) } else { months + 1 })
    }

    /// One more than the full hours that had passed a second before the answer: an answer at the
    /// very end of the n-th hour keeps n hours. `passed` is office or clock seconds before a moment.
    fn hours_to(&self, at: LocalSeconds, passed: impl Fn(LocalSeconds) -> Option<i64>) -> Option<u32> {
        let last = (at - 1).max(self.start);
        let mut seconds = passed(last)? - passed(self.start)?;
        for (from, to) in self.seconds_out() {
            if from < last {
                seconds -= passed(to.min(last))? - passed(from)?;
            }
        }
        u32::try_from(seconds / 3600 + 1).ok()
    }

    /// The first day on which a limit may end so that an answer at `at` keeps it.
    fn due_from(&self, at: LocalSeconds) -> Option<Day> {
        let (day, _) = day_table::split(at)?;
        let open = self.calendar.table.closing(day).is_some_and(|closing| at <= closing);
        Some(if open { day } else { day + 1 })
    }
}

#[cfg(test)]
mod tests {
    use super::{Course, End, Observed, Standing, Start, needed};
    use crate::domain::{
        calendar::{SAME_DAY_CUTOFF, WorkingCalendar},
        dossier::StageName,
        limit::LimitUnit,
        office_hours::OfficeHours,
        pause::Pause,
        time::{Instant, parse_instant},
    };

    fn at(text: &str) -> Instant {
        parse_instant(text).unwrap()
    }

    fn calendar() -> WorkingCalendar {
        WorkingCalendar::new(1, &[], &OfficeHours::standard(), SAME_DAY_CUTOFF).unwrap()
    }

    fn start(received: &str) -> Start {
        Start { received_at: at(received), restarted_at: None, pauses: Vec::new() }
    }

    /// Received on Monday 16 November 2026.
    fn course(end: End, due: &str, standing: Option<(&str, StageName)>) -> Observed {
        let standing = standing.map(|(since, waits_for)| Standing { since: at(since), waits_for });
        let course = Course { start: start("2026-11-16 08:00"), due_at: Some(at(due)), standing, end };
        course.observed(LimitUnit::WorkingDay, &calendar())
    }

    #[test]
    fn a_minute_after_closing_costs_another_day() {
        let of = |unit, text| needed(&start("2026-11-16 08:00"), unit, at(text), &calendar()).unwrap();
        assert_eq!(of(LimitUnit::WorkingDay, "2026-11-18 17:00"), 2);
        assert_eq!(of(LimitUnit::WorkingDay, "2026-11-18 17:00:01"), 3);
        assert_eq!(of(LimitUnit::CalendarDay, "2026-11-20 17:00"), 4);
        assert_eq!(of(LimitUnit::CalendarDay, "2026-11-20 17:01"), 5, "a limit that ends on Saturday ends on Monday");
        assert_eq!(of(LimitUnit::CalendarDay, "2026-11-23 17:00"), 5);
        assert_eq!(of(LimitUnit::Month, "2026-12-16 17:00"), 1);
        assert_eq!(of(LimitUnit::Month, "2026-12-16 17:01"), 2);
        assert_eq!(of(LimitUnit::WorkingHour, "2026-11-16 09:00"), 1);
        assert_eq!(of(LimitUnit::WorkingHour, "2026-11-16 09:00:01"), 2);
        assert_eq!(of(LimitUnit::Hour, "2026-11-17 08:00"), 24);
    }

    #[test]
    fn the_same_day_is_none_and_after_the_cut_off_it_is_the_next_day() {
        let of = |from: &str, to: &str| needed(&start(from), LimitUnit::SameDay, at(to), &calendar()).unwrap();
        assert_eq!(of("2026-11-16 14:59", "2026-11-16 17:00"), 0);
        assert_eq!(of("2026-11-16 14:59", "2026-11-17 07:30"), 1);
        assert_eq!(of("2026-11-16 15:00", "2026-11-17 17:00"), 0);
        assert_eq!(of("2026-11-16 15:00", "2026-11-18 07:30"), 2, "only a limit of 2 working days was kept");
        assert_eq!(of("2026-11-20 15:00", "2026-11-23 17:00"), 0, "Friday afternoon: Monday");
    }

    #[test]
    fn an_obligation_takes_time_out_and_a_restart_begins_afresh() {
        let pause = Pause { from: at("2026-11-17 09:00"), to: at("2026-11-19 09:00") };
        let paused = Start { pauses: vec![pause], ..start("2026-11-16 08:00") };
        // 17 counts, 18 and 19 do not, 20 does.
        assert_eq!(needed(&paused, LimitUnit::WorkingDay, at("2026-11-20 10:00"), &calendar()), Ok(2));
        let restarted = Start { restarted_at: Some(at("2026-11-19 09:00")), ..start("2026-11-16 08:00") };
        assert_eq!(needed(&restarted, LimitUnit::WorkingDay, at("2026-11-20 10:00"), &calendar()), Ok(1));
    }

    #[test]
    fn only_a_result_tells_how_much_was_needed() {
        let then = at("2026-11-19 10:00");
        assert_eq!(course(End::Result(then), "2026-11-20 17:00", None), Observed::Exactly(3));
        assert_eq!(course(End::Unknown(then), "2026-11-20 17:00", None), Observed::AtLeast(3));
    }

    #[test]
    fn the_clock_stands_still_only_for_a_pause_that_began_in_time() {
        let open = End::Unknown(at("2026-11-25 10:00"));
        let since = "2026-11-18 10:00";
        let supplement = Some((since, StageName::AwaitingSupplement));
        let obligation = Some((since, StageName::AwaitingObligation));
        assert_eq!(course(open, "2026-11-20 17:00", None), Observed::AtLeast(7));
        assert_eq!(course(open, "2026-11-20 17:00", obligation), Observed::AtLeast(3), "17, 18, and one more");
        assert_eq!(course(open, "2026-11-20 17:00", supplement), Observed::AtLeast(1), "it will begin afresh");
        assert_eq!(course(open, "2026-11-17 17:00", obligation), Observed::AtLeast(7), "it was late before");
        assert_eq!(course(open, "2026-11-17 17:00", supplement), Observed::AtLeast(7));
    }
}
