//! The commune of the simulated year: when it is open, who comes, and what the office will do.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Duration, NaiveDate, Timelike, Weekday};
use dunghen::domain::time::{Instant, local};

/// A repeatable source of chance (SplitMix64): the same seed is the same year.
pub struct Dice(pub u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// `0..n`
    pub fn below(&mut self, n: u64) -> u64 {
        self.next() % n.max(1)
    }

    pub fn hours(&mut self, most: u64) -> Duration {
        Duration::hours(i64::try_from(self.below(most)).unwrap())
    }

    pub fn happens(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }
}

/// The days off and the worked Saturdays, read from the published list and not through the program.
pub struct Almanac {
    off: BTreeSet<NaiveDate>,
    worked: BTreeSet<NaiveDate>,
}

impl Almanac {
    pub fn published() -> Self {
        let (mut off, mut worked) = (BTreeSet::new(), BTreeSet::new());
        for line in include_str!("../../../config/calendar.csv").lines().skip(1) {
            let mut fields = line.split(',');
            let day: NaiveDate = fields.next().unwrap().parse().expect("a day");
            match fields.next().unwrap() {
                "swapped_working" => worked.insert(day),
                _ => off.insert(day),
            };
        }
        Self { off, worked }
    }

    pub fn is_working(&self, day: NaiveDate) -> bool {
        let weekend = matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
        self.worked.contains(&day) || (!weekend && !self.off.contains(&day))
    }

    /// Somebody sits at the counter.
    pub fn is_open(&self, at: Instant) -> bool {
        let at = local(at);
        self.is_working(at.date()) && matches!(at.hour(), 8..=10 | 14..=16)
    }

    /// Neither night nor a day off.
    pub fn may_disturb(&self, at: Instant) -> bool {
        let at = local(at);
        self.is_working(at.date()) && (7..19).contains(&at.hour())
    }
}

/// What somebody at the office does with a dossier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    AskSupplement,
    ReceiveSupplement,
    AskObligation,
    MeetObligation,
    DeclareDelay,
    Resolve,
    Return,
    Withdraw,
}

/// What will be done, by the moment it is meant to be done.
#[derive(Default)]
pub struct Plan(BTreeMap<Instant, Vec<(String, Deed)>>);

impl Plan {
    pub fn add(&mut self, at: Instant, code: &str, deed: Deed) {
        self.0.entry(at).or_default().push((code.to_owned(), deed));
    }

    /// Everything meant for `now` or earlier.
    pub fn take(&mut self, now: Instant) -> Vec<(String, Deed)> {
        let later = self.0.split_off(&(now + Duration::seconds(1)));
        std::mem::replace(&mut self.0, later).into_values().flatten().collect()
    }

    /// The fate of a dossier: most are done in time, some late, a few very late, a few never.
    pub fn fate(&mut self, dice: &mut Dice, code: &str, received_at: Instant, due_at: Instant) {
        let whole = due_at - received_at;
        let days = Duration::days;
        let done = match dice.below(100) {
            0..60 => received_at + whole * i32::try_from(dice.below(90)).unwrap() / 100,
            60..66 => due_at - Duration::hours(1),
            66..80 => due_at + days(1) + dice.hours(24 * 6),
            80..86 => due_at + days(18) + dice.hours(24 * 14),
            86..90 => {
                self.add(due_at - days(1), code, Deed::DeclareDelay);
                due_at + days(2) + dice.hours(24 * 3)
            }
            90..94 => {
                self.add(received_at + whole / 4, code, Deed::AskSupplement);
                if dice.happens(25) {
                    return;
                }
                let again = received_at + whole / 4 + days(1) + dice.hours(24 * 9);
                self.add(again, code, Deed::ReceiveSupplement);
                again + whole
            }
            94..96 => {
                // Asked after the promise as well: a late file stays late while it waits.
                let asked = if dice.happens(50) { received_at + whole / 2 } else { due_at + days(2) };
                self.add(asked, code, Deed::AskObligation);
                let met = asked + days(1) + dice.hours(24 * 5);
                self.add(met, code, Deed::MeetObligation);
                met + whole
            }
            96..99 => {
                self.add(received_at + whole * 3 / 2, code, Deed::Withdraw);
                return;
            }
            _ => return,
        };
        self.add(done, code, Deed::Resolve);
        if dice.happens(80) {
            self.add(done + dice.hours(72), code, Deed::Return);
        }
    }
}
