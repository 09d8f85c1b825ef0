//! A second counter, naive on purpose: it walks day by day and minute by minute
//! and shares nothing with the engine but the words.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, Months, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike, Weekday};
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
}

/// The world written out: a flag for every day and for every minute from
/// [`FIRST_DAY`] on, and nothing summed up.
pub(super) struct Walker {
    works: Vec<bool>,
    /// Minutes after midnight.
    closing: Vec<usize>,
    open: Vec<bool>,
}

const FIRST_DAY: &str = "2025-01-01";
/// Further than any question of [`questions`] can lead.
const WALKABLE_DAYS: usize = 1_096;
const DAY_MINUTES: usize = 24 * 60;

fn minute_of_day(time: NaiveTime) -> usize {
    usize::try_from(time.num_seconds_from_midnight() / 60).unwrap()
}

/// Minutes from the first day's midnight; negative before it.
fn minute_number(at: NaiveDateTime) -> i64 {
    (at - day(FIRST_DAY).and_time(NaiveTime::MIN)).num_minutes()
}

impl Walker {
    pub(super) fn new(world: &World) -> Self {
        let mut walker = Self { works: Vec::new(), closing: Vec::new(), open: Vec::new() };
        for date in day(FIRST_DAY).iter_days().take(WALKABLE_DAYS) {
            let sessions = world.sessions(date);
            walker.works.push(world.works(date));
            walker.closing.push(sessions.last().map_or(0, |session| minute_of_day(session.closes())));
            let midnight = walker.open.len();
            walker.open.resize(midnight + DAY_MINUTES, false);
            for session in sessions {
                let (opens, closes) = (minute_of_day(session.opens()), minute_of_day(session.closes()));
                walker.open[midnight + opens..midnight + closes].fill(true);
            }
        }
        walker
    }

    pub(super) fn due(&self, question: &Question) -> NaiveDateTime {
        let start = question.restarted.unwrap_or(question.received);
        let minute = usize::try_from(minute_number(start)).unwrap();
        let (today, clock) = (minute / DAY_MINUTES, minute % DAY_MINUTES);
        let mut paused = vec![false; WALKABLE_DAYS];
        for (from, to) in &question.pauses {
            for date in from.date().iter_days().skip(1).take_while(|date| *date <= to.date()) {
                if date > start.date() {
                    paused[usize::try_from((date - day(FIRST_DAY)).num_days()).unwrap()] = true;
                }
            }
        }
        let n = question.limit.value();
        let due = match question.limit.unit() {
            LimitUnit::WorkingDay => self.count_working(today + 1, n, &paused),
            LimitUnit::SameDay => {
                let in_time = clock < minute_of_day(SAME_DAY_CUTOFF) && clock < self.closing[today];
                self.count_working(if self.works[today] && in_time { today } else { today + 1 }, 1, &paused)
            }
            LimitUnit::CalendarDay => self.rolled(today, i64::from(n), &paused),
            LimitUnit::Month => self.rolled(today, (start.date() + Months::new(n) - start.date()).num_days(), &paused),
            LimitUnit::WorkingHour | LimitUnit::Hour => self.count_minutes(minute, question),
        };
        day(FIRST_DAY).and_time(NaiveTime::MIN) + TimeDelta::minutes(i64::try_from(due).unwrap())
    }

    fn closing(&self, day: usize) -> usize {
        day * DAY_MINUTES + self.closing[day]
    }

    fn count_working(&self, first: usize, n: u32, paused: &[bool]) -> usize {
        let mut counted = 0;
        let mut day = first;
        loop {
            if self.works[day] && !paused[day] {
                counted += 1;
            }
            if counted == n {
                return self.closing(day);
            }
            day += 1;
        }
    }

    fn rolled(&self, today: usize, wanted: i64, paused: &[bool]) -> usize {
        let mut counted = 0;
        let mut day = today;
        while counted < wanted {
            day += 1;
            counted += i64::from(!paused[day]);
        }
        while !self.works[day] {
            day += 1;
        }
        self.closing(day)
    }

    fn count_minutes(&self, start: usize, question: &Question) -> usize {
        let everything = question.limit.unit() == LimitUnit::Hour;
        let mut paused = vec![false; self.open.len()];
        for (from, to) in &question.pauses {
            // The questions reach back a little before the first day.
            let [from, to] = [from, to].map(|end| usize::try_from(minute_number(*end)).unwrap_or(0));
            paused[from..to].fill(true);
        }
        let wanted = question.limit.value() * 60;
        let mut counted = 0;
        let mut minute = start;
        while counted < wanted {
            if (everything || self.open[minute]) && !paused[minute] {
                counted += 1;
            }
            minute += 1;
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
