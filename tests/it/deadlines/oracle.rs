//! A second counter, naive on purpose: it walks day by day and minute by minute
//! and shares nothing with the engine but the words.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, Months, NaiveDate, NaiveDateTime, TimeDelta, Weekday};
use dunghen::domain::{
    calendar::{DayKind, SAME_DAY_CUTOFF, WorkingCalendar},
    deadline::{DeadlineError, due_at},
    limit::{Limit, LimitUnit},
    office_hours::{OfficeHours, Session},
    pause::Pause,
    time::{Instant, instant},
};
use proptest::prelude::*;

use super::{day, hours_of, row};

/// A small world that both counters look at.
#[derive(Debug, Clone)]
pub(super) struct World {
    pub(super) days: BTreeMap<NaiveDate, DayKind>,
    pub(super) hours: OfficeHours,
}

#[derive(Debug, Clone)]
pub(super) struct Question {
    pub(super) received: NaiveDateTime,
    pub(super) restarted: Option<NaiveDateTime>,
    pub(super) limit: Limit,
    pub(super) pauses: Vec<(NaiveDateTime, NaiveDateTime)>,
}

impl World {
    pub(super) fn calendar(&self) -> WorkingCalendar {
        let days: Vec<_> = self.days.iter().map(|(date, kind)| row(*date, *kind)).collect();
        WorkingCalendar::new(7, &days, &self.hours, SAME_DAY_CUTOFF).unwrap()
    }

    fn works(&self, date: NaiveDate) -> bool {
        match self.days.get(&date) {
            Some(DayKind::SwappedWorking) => true,
            Some(_) => false,
            None => date.weekday().num_days_from_monday() < 5,
        }
    }

    fn sessions(&self, date: NaiveDate) -> Vec<Session> {
        let period = self.hours.periods().iter().rev().find(|period| period.valid_from.is_none_or(|from| from <= date));
        let period = period.unwrap();
        match self.days.get(&date) {
            // All weekdays of the test offices are alike.
            Some(DayKind::SwappedWorking) => period.on(Weekday::Wed).to_vec(),
            Some(_) => Vec::new(),
            None => period.on(date.weekday()).to_vec(),
        }
    }

    fn closing(&self, date: NaiveDate) -> NaiveDateTime {
        date.and_time(self.sessions(date).last().unwrap().closes())
    }

    pub(super) fn due(&self, question: &Question) -> NaiveDateTime {
        let start = question.restarted.unwrap_or(question.received);
        let paused = |date: NaiveDate| {
            question.pauses.iter().any(|(from, to)| from.date() < date && date <= to.date()) && date > start.date()
        };
        let n = question.limit.value();
        match question.limit.unit() {
            LimitUnit::WorkingDay => self.count_working(start.date().succ_opt().unwrap(), n, paused),
            LimitUnit::SameDay => {
                let today =
                    self.works(start.date()) && start.time() < SAME_DAY_CUTOFF && start < self.closing(start.date());
                let first = start.date() + Days::new(u64::from(!today));
                self.count_working(first, 1, paused)
            }
            LimitUnit::CalendarDay => self.rolled(start.date(), start.date() + Days::new(u64::from(n)), paused),
            LimitUnit::Month => self.rolled(start.date(), start.date() + Months::new(n), paused),
            LimitUnit::WorkingHour | LimitUnit::Hour => self.count_minutes(start, question),
        }
    }

    fn count_working(&self, first: NaiveDate, n: u32, paused: impl Fn(NaiveDate) -> bool) -> NaiveDateTime {
        let mut counted = 0;
        let mut date = first;
        loop {
            if self.works(date) && !paused(date) {
                counted += 1;
            }
            if counted == n {
                return self.closing(date);
            }
            date = date.succ_opt().unwrap();
        }
    }

    fn rolled(&self, start: NaiveDate, unpaused_end: NaiveDate, paused: impl Fn(NaiveDate) -> bool) -> NaiveDateTime {
        let wanted = (unpaused_end - start).num_days();
        let mut counted = 0;
        let mut date = start;
        while counted < wanted {
            date = date.succ_opt().unwrap();
            counted += i64::from(!paused(date));
        }
        while !self.works(date) {
            date = date.succ_opt().unwrap();
        }
        self.closing(date)
    }

    fn count_minutes(&self, start: NaiveDateTime, question: &Question) -> NaiveDateTime {
        let everything = question.limit.unit() == LimitUnit::Hour;
        let wanted = question.limit.value() * 60;
        let mut counted = 0;
        let mut minute = start;
        let (mut date, mut open) = (start.date(), self.sessions(start.date()));
        while counted < wanted {
            if minute.date() != date {
                (date, open) = (minute.date(), self.sessions(minute.date()));
            }
            let time = minute.time();
            let in_office = everything || open.iter().any(|s| s.opens() <= time && time < s.closes());
            let in_pause = question.pauses.iter().any(|(from, to)| *from <= minute && minute < *to);
            counted += u32::from(in_office && !in_pause);
            minute += TimeDelta::minutes(1);
        }
        minute
    }
}

pub(super) fn minute_between(first: &str, days: i64) -> impl Strategy<Value = NaiveDateTime> + use<> {
    let first = day(first).and_hms_opt(0, 0, 0).unwrap();
    (0..days * 24 * 60).prop_map(move |minutes| first + TimeDelta::minutes(minutes))
}

pub(super) fn worlds() -> impl Strategy<Value = World> {
    let kind = prop::sample::select(DayKind::ALL.to_vec());
    // Often enough several days in a row, as at Tết.
    let stretch = (0..730_u64, 1..8_u64, kind);
    let offices = prop::sample::select(&["standard", "nine_hours", "saturday_morning", "one_session", "seasons"][..]);
    (prop::collection::vec(stretch, 1..25), offices).prop_map(|(stretches, office)| {
        let first = day("2025-01-01");
        let mut days = BTreeMap::from([(first, DayKind::Holiday)]);
        for (offset, length, kind) in stretches {
            days.extend((offset..offset + length).map(|offset| (first + Days::new(offset), kind)));
        }
        World { days, hours: hours_of(office) }
    })
}

pub(super) fn limits() -> impl Strategy<Value = Limit> {
    prop_oneof![
        (1..60_u32).prop_map(|n| Limit::new(n, LimitUnit::WorkingDay).unwrap()),
        (1..90_u32).prop_map(|n| Limit::new(n, LimitUnit::CalendarDay).unwrap()),
        (1..9_u32).prop_map(|n| Limit::new(n, LimitUnit::Month).unwrap()),
        (1..40_u32).prop_map(|n| Limit::new(n, LimitUnit::WorkingHour).unwrap()),
        (1..100_u32).prop_map(|n| Limit::new(n, LimitUnit::Hour).unwrap()),
        Just(Limit::SAME_DAY),
    ]
}

pub(super) fn questions() -> impl Strategy<Value = Question> {
    let received = minute_between("2025-01-01", 500);
    let restart_after = prop::option::weighted(0.2, 0..30_000_i64);
    let pauses = prop::collection::vec((-3_000..60_000_i64, 0..20_000_i64), 0..4);
    (received, restart_after, limits(), pauses).prop_map(|(received, restart_after, limit, pauses)| {
        let after = |minutes| received + TimeDelta::minutes(minutes);
        let restarted = restart_after.map(after);
        let pauses = pauses.into_iter().map(|(from, length)| (after(from), after(from + length))).collect();
        Question { received, restarted, limit, pauses }
    })
}

impl Question {
    pub(super) fn pauses(&self) -> Vec<Pause> {
        self.pauses.iter().map(|(from, to)| Pause { from: instant(*from), to: instant(*to) }).collect()
    }

    pub(super) fn ask(&self, calendar: &WorkingCalendar) -> Result<Instant, DeadlineError> {
        due_at(instant(self.received), self.restarted.map(instant), &self.limit, &self.pauses(), calendar)
    }
}
