//! How likely an open file becomes late, from what files of its kind took: Kaplan and Meier's estimate
//! of those still open at its due moment among those still open now.
//!
//! Time is what the office worked: minutes of office hours since the count began, without pauses. What
//! rests on few files is not said, and nothing is said without the range in which the truth may lie.

use super::calendar::WorkingCalendar;
use super::day_table;
use super::dossier::StageName;
use super::fraction::Fraction;
use super::interval::wilson;
use super::pause::Pause;
use super::rates::Percent;
use super::survival::Observed;
use super::text_enum;
use super::time::Instant;

text_enum! {
    /// Which count of a file runs: they take different times.
    Handling {
        /// since the receipt
        First = "first",
        /// since the complete supplement came in (NĐ 118/2025 Art. 19(5))
        Again = "again",
    }
}

/// What is known of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Life {
    pub received_at: Instant,
    /// When it was closed, and as what.
    pub closed: Option<(Instant, StageName)>,
    /// The judged promise: a pause that began after it stops no clock.
    pub due_at: Option<Instant>,
    /// What it waited for, since when and until when; in the order of time.
    pub pauses: Vec<(StageName, Instant, Option<Instant>)>,
}

/// One count of a file, from its start to a result, to the next supplement, or as far as it was seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    pub handling: Handling,
    from: Instant,
    pauses: Vec<Pause>,
    until: Instant,
    /// It ended with a result; else nobody knows how long it would have taken.
    has_result: bool,
    /// It still runs, and its clock does not stand still.
    pub runs: bool,
}

impl Life {
    /// The counts of the file as seen at `now`, the last one last.
    #[must_use]
    pub fn stretches(&self, now: Instant) -> Vec<Stretch> {
        let closed = self.closed.filter(|(at, _)| *at <= now);
        let end = closed.map_or(now, |(at, _)| at);
        let (mut done, mut from, mut handling, mut pauses) =
            (Vec::new(), self.received_at, Handling::First, Vec::new());
        let in_time = |since: Instant| since < end && self.due_at.is_none_or(|due_at| since <= due_at);
        for (waits_for, since, over) in self.pauses.iter().filter(|(_, since, _)| in_time(*since)) {
            let over = over.filter(|at| *at < end);
            if *waits_for == StageName::AwaitingSupplement {
                let pauses = std::mem::take(&mut pauses);
                done.push(Stretch { handling, from, pauses, until: *since, has_result: false, runs: false });
                let Some(over) = over else { return done };
                (from, handling) = (over, Handling::Again);
            } else {
                pauses.push(Pause { from: *since, to: over.unwrap_or(end) });
                if over.is_none() {
                    done.push(Stretch { handling, from, pauses, until: *since, has_result: false, runs: false });
                    return done;
                }
            }
        }
        let has_result = closed.is_some_and(|(_, stage)| matches!(stage, StageName::Granted | StageName::Refused));
        done.push(Stretch { handling, from, pauses, until: end, has_result, runs: closed.is_none() });
        done
    }
}

impl Stretch {
    /// What it tells of the minutes that such a file takes.
    #[must_use]
    pub fn observed(&self, calendar: &WorkingCalendar) -> Observed {
        if self.has_result {
            Observed::Exactly(self.minutes_to(self.until, calendar))
        } else {
            // Seen open through this minute: it takes more.
            Observed::AtLeast(self.used(calendar) + 1)
        }
    }

    /// Full minutes that have gone.
    #[must_use]
    pub fn used(&self, calendar: &WorkingCalendar) -> u32 {
        minutes(self.seconds_to(self.until, calendar) / 60)
    }

    /// The minutes by which an answer at `at` would come. One outside office hours comes a minute after
    /// the hours before it, so that an evening's answer is not one of the afternoon.
    #[must_use]
    pub fn minutes_to(&self, at: Instant, calendar: &WorkingCalendar) -> u32 {
        let seconds = self.seconds_to(at, calendar);
        minutes((seconds + 59) / 60 + i64::from(is_outside(at, calendar)))
    }

    fn seconds_to(&self, at: Instant, calendar: &WorkingCalendar) -> i64 {
        let out = |pause: &Pause| calendar.office_seconds_between(pause.from, pause.to.min(at));
        let paused: i64 = self.pauses.iter().map(out).sum();
        (calendar.office_seconds_between(self.from, at) - paused).max(0)
    }
}

fn minutes(of: i64) -> u32 {
    u32::try_from(of).unwrap_or(u32::MAX - 1)
}

/// Neither in office time nor at its very end.
fn is_outside(at: Instant, calendar: &WorkingCalendar) -> bool {
    let moment = day_table::clamped_seconds_of(at);
    let table = &calendar.table;
    table.office_before(moment).is_some_and(|before| {
        let found = [table.moment_after(before), table.moment_resuming(before)];
        !found.contains(&Some(moment))
    })
}

/// What files of one kind took.
#[derive(Debug, Clone, Default)]
pub struct History {
    steps: Vec<Step>,
    /// Files seen open through so many minutes and no longer, in order.
    unseen: Vec<u32>,
    /// The longest that any of them was seen.
    seen_to: u32,
}

/// Files that ended in one minute.
#[derive(Debug, Clone, Copy)]
struct Step {
    at: u32,
    ended: u64,
    /// Those that were open when it began.
    at_risk: u64,
    /// Those that ended from here on.
    still_to_end: u64,
}

/// What the history says of an open file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Estimate {
    /// Files of its kind that were still open after as much time.
    pub at_risk: u64,
    /// Those of them that ended, so far as was seen.
    pub finished: u64,
    /// `None`: they are too few, or none was seen long enough.
    pub chance: Option<Chance>,
}

/// A chance, and the range that holds the true one in 95 of 100 cases.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Chance {
    /// Rounded down.
    pub late: Percent,
    /// Rounded down.
    pub low: Percent,
    /// Rounded up.
    pub high: Percent,
}

impl History {
    /// What these files tell.
    #[must_use]
    pub fn of(files: impl IntoIterator<Item = Observed>) -> Self {
        let (mut ended, mut unseen): (Vec<u32>, Vec<u32>) = (Vec::new(), Vec::new());
        for file in files {
            match file {
                Observed::Exactly(minutes) => ended.push(minutes),
                Observed::AtLeast(minutes) => unseen.push(minutes.saturating_sub(1)),
            }
        }
        ended.sort_unstable();
        unseen.sort_unstable();
        let seen_to = ended.last().copied().max(unseen.last().copied()).unwrap_or(0);
        let (mut left, mut steps) = (count(&ended), Vec::new());
        for same in ended.chunk_by(|a, b| a == b) {
            let (Some(at), number) = (same.first().copied(), count(same)) else { continue };
            // One seen open through this very minute was open when it began.
            let open = count(unseen.get(unseen.partition_point(|seen| *seen < at)..).unwrap_or_default());
            steps.push(Step { at, ended: number, at_risk: left + open, still_to_end: left });
            left -= number;
        }
        Self { steps, unseen, seen_to }
    }

    /// The chance that a file which has taken `used` minutes is not closed within `until`; nothing is said
    /// with fewer than `min_finished` files that ended later than that.
    ///
    /// ```
    /// use dunghen::domain::risk::History;
    /// use dunghen::domain::survival::Observed::{AtLeast, Exactly};
    /// let history = History::of([30, 60, 60, 90].map(Exactly).into_iter().chain([AtLeast(61)]));
    /// let found = history.estimate(30, 60, 2);
    /// // Of four that took more than 30 minutes two ended at 60.
    /// assert_eq!((found.at_risk, found.finished), (4, 3));
    /// assert_eq!(found.chance.unwrap().late.to_string(), "50.00");
    /// assert_eq!(history.estimate(30, 60, 4).chance, None, "too few");
    /// ```
    #[must_use]
    pub fn estimate(&self, used: u32, until: u32, min_finished: u64) -> Estimate {
        let first = self.steps.partition_point(|step| step.at <= used);
        let last = self.steps.partition_point(|step| step.at <= until).max(first);
        let (finished, after) = (self.to_end_from(first), self.to_end_from(last));
        let at_risk = finished + self.unseen_beyond(used);
        let left = Left::of(self.steps.get(first..last).unwrap_or_default());
        // Beyond the longest that was seen nothing is known of those that were still open then.
        let is_known = until <= self.seen_to || left.is_nothing;
        let chance = (finished >= min_finished.max(1) && is_known).then(|| {
            let cases = match () {
                () if left.is_nothing => finished - after,
                () if finished == after => after + self.unseen_beyond(until.saturating_sub(1)),
                () => left.worth(),
            };
            let late = left.share.hundredths();
            let (low, high) = wilson(late, cases.clamp(1, at_risk));
            Chance { late: Percent::from_hundredths(late), low, high }
        });
        Estimate { at_risk, finished, chance }
    }

    fn to_end_from(&self, step: usize) -> u64 {
        self.steps.get(step).map_or(0, |step| step.still_to_end)
    }

    /// Files seen open longer than this and not to their end.
    fn unseen_beyond(&self, minutes: u32) -> u64 {
        count(self.unseen.get(self.unseen.partition_point(|seen| *seen <= minutes)..).unwrap_or_default())
    }
}

fn count<T>(files: &[T]) -> u64 {
    u64::try_from(files.len()).unwrap_or(u64::MAX)
}

/// What some steps leave open.
struct Left {
    share: Fraction,
    is_nothing: bool,
    /// Greenwood's sum of ended / (at risk × left), in units of [`FINE`].
    spread: u128,
}

const FINE: u128 = 1_000_000_000_000;

impl Left {
    fn of(steps: &[Step]) -> Self {
        let mut all = Self { share: Fraction::whole(), is_nothing: false, spread: 0 };
        // Between two files lost from sight the factors shorten to one: (n - d) / n.
        let mut factor: Option<(u64, u64)> = None;
        for step in steps {
            let left = step.at_risk - step.ended;
            factor = match factor {
                Some((before, of)) if before == step.at_risk => Some((left, of)),
                before => {
                    all.times(before);
                    Some((left, step.at_risk))
                }
            };
        }
        all.times(factor);
        all
    }

    fn times(&mut self, factor: Option<(u64, u64)>) {
        let Some((left, of)) = factor else { return };
        self.share.times(left, of);
        match u128::from(left) * u128::from(of) {
            0 => self.is_nothing = true,
            both => self.spread += u128::from(of - left) * FINE / both,
        }
    }

    /// How many files, all seen to their end, would tell as much (Cutler and Ederer's effective size, from
    /// Greenwood's variance).
    fn worth(&self) -> u64 {
        let share = u128::from(self.share.hundredths().max(1));
        let worth = (10_000 - share.min(10_000)) * FINE;
        let by = share * self.spread.max(1);
        u64::try_from((worth + by / 2) / by).unwrap_or(u64::MAX)
    }
}

#[cfg(test)]
mod tests;
