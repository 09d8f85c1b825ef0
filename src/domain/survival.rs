//! How many of a unit the office needs, when some files are not finished: Kaplan and Meier's
//! estimate (Journal of the American Statistical Association 53, 1958) over whole numbers.
//!
//! To leave open files out would count the quick ones only; to take them as finished now would make
//! the office look faster than it is. Every figure a person reads comes from exact fractions.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::fraction::{Fraction, WHOLE};
use super::rates::{Percent, Rate};

/// What one file tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Observed {
    /// It is finished and needed exactly so much.
    Exactly(u32),
    /// It needs so much or more; nobody knows yet how much (censored).
    AtLeast(u32),
}

/// What is left after a step: files needing more than `n`, as a fraction.
#[derive(Debug, Clone)]
struct Step {
    n: u32,
    above: Fraction,
}

/// The share of files that need more than `n`, for every `n`.
#[derive(Debug, Clone)]
pub struct Survival {
    cases: u64,
    censored: u64,
    steps: Vec<Step>,
}

impl Survival {
    /// The estimate from the files. A file known to need at least `n` was seen to need more than
    /// `n - 1`: it is among those that could have ended at anything below `n`, and at nothing from it on.
    ///
    /// ```
    /// use dunghen::domain::survival::{Observed::{AtLeast, Exactly}, Survival};
    /// use dunghen::domain::rates::Rate;
    /// let needed = Survival::of([Exactly(1), Exactly(2), Exactly(2), AtLeast(3), Exactly(5)]);
    /// assert_eq!(needed.reached_by(Rate { of: 1, total: 2 }), Some(2));
    /// // Of two files that need more than 2 one ended at 5, the other was not seen so far.
    /// assert_eq!(needed.share_above(2).to_string(), "40.00");
    /// assert_eq!(needed.share_above(5).to_string(), "0.00");
    /// ```
    #[must_use]
    pub fn of(files: impl IntoIterator<Item = Observed>) -> Self {
        // Ended at n; and out of sight from n on.
        let mut by_need: BTreeMap<u32, (u64, u64)> = BTreeMap::new();
        let (mut cases, mut censored) = (0, 0);
        for file in files {
            cases += 1;
            match file {
                Observed::Exactly(n) => by_need.entry(n).or_default().0 += 1,
                Observed::AtLeast(n) => {
                    by_need.entry(n).or_default().1 += 1;
                    censored += 1;
                }
            }
        }
        let (mut at_risk, mut above, mut steps) = (cases, Fraction::whole(), Vec::new());
        for (n, (ended, unseen)) in by_need {
            at_risk -= unseen;
            if ended > 0 {
                above.times(at_risk - ended, at_risk);
                steps.push(Step { n, above: above.clone() });
                at_risk -= ended;
            }
        }
        Self { cases, censored, steps }
    }

    /// Files, finished or not.
    #[must_use]
    pub const fn cases(&self) -> u64 {
        self.cases
    }

    /// Those of which only a lower bound is known.
    #[must_use]
    pub const fn censored(&self) -> u64 {
        self.censored
    }

    /// The smallest `n` by which at least `share` of the files is done; `None` when too many are
    /// open to say.
    #[must_use]
    pub fn reached_by(&self, share: Rate) -> Option<u32> {
        self.leaving(Rate { of: share.total.saturating_sub(share.of), total: share.total })
    }

    /// The smallest `n` that at most `late` of the files exceed; `None` when too many are open to say.
    #[must_use]
    pub fn shortest(&self, late: Percent) -> Option<u32> {
        self.leaving(Rate { of: late.hundredths(), total: WHOLE })
    }

    /// The smallest `n` that leaves no more than `share` of the files.
    fn leaving(&self, share: Rate) -> Option<u32> {
        let step = self.steps.iter().find(|step| step.above.against(share) != Ordering::Greater)?;
        Some(step.n)
    }

    /// The share of files that need more than `n`, rounded down.
    #[must_use]
    pub fn share_above(&self, n: u32) -> Percent {
        let step = self.steps.iter().rev().find(|step| step.n <= n);
        Percent::from_hundredths(step.map_or(WHOLE, |step| step.above.hundredths()))
    }
}

#[cfg(test)]
mod tests {
    use super::{
        Observed::{AtLeast, Exactly},
        Rate, Survival,
    };
    use crate::domain::rates::Percent;

    const MEDIAN: Rate = Rate { of: 1, total: 2 };
    const NINE_TENTHS: Rate = Rate { of: 9, total: 10 };

    fn share(percent: u64) -> Percent {
        Percent::from_hundredths(percent * 100)
    }

    /// Weeks of remission under 6-MP (Freireich and others, Blood 21, 1963), the example of most
    /// textbooks. A patient lost after 6 weeks was seen through week 6: at least 7.
    fn remission() -> Survival {
        let relapsed = [6, 6, 6, 7, 10, 13, 16, 22, 23].map(Exactly);
        let lost = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35].map(|weeks| AtLeast(weeks + 1));
        Survival::of(relapsed.into_iter().chain(lost))
    }

    #[test]
    fn the_estimate_is_that_of_the_textbooks() {
        let weeks = remission();
        assert_eq!((weeks.cases(), weeks.censored()), (21, 12));
        // 0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448
        let known = [
            (5, "100.00"),
            (6, "85.71"),
            (7, "80.67"),
            (10, "75.29"),
            (13, "69.01"),
            (16, "62.74"),
            (22, "53.78"),
            (23, "44.81"),
            (99, "44.81"),
        ];
        for (week, left) in known {
            assert_eq!(weeks.share_above(week).to_string(), left, "week {week}");
        }
        assert_eq!(weeks.reached_by(MEDIAN), Some(23));
        assert_eq!(weeks.reached_by(NINE_TENTHS), None, "too many were lost");
        assert_eq!(weeks.shortest(share(5)), None);
    }

    #[test]
    fn without_open_files_it_is_plain_counting() {
        // The placebo group of the same trial: the median is 8 weeks.
        let weeks = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23];
        let survival = Survival::of(weeks.map(Exactly));
        assert_eq!(survival.reached_by(MEDIAN), Some(8));
        assert_eq!(survival.reached_by(NINE_TENTHS), Some(17), "19 of 21");
        for n in 0..25 {
            let above = u64::try_from(weeks.iter().filter(|week| **week > n).count()).unwrap();
            assert_eq!(Some(survival.share_above(n)), Rate { of: above, total: 21 }.percent());
        }
    }

    #[test]
    fn twenty_files_may_have_one_late_at_five_percent_and_not_at_less() {
        let survival = Survival::of((1..=20).map(Exactly));
        assert_eq!(survival.shortest(share(5)), Some(19), "exactly one of twenty");
        assert_eq!(survival.shortest(Percent::from_hundredths(4_99)), Some(20));
        assert_eq!(survival.shortest(share(0)), Some(20));
        assert_eq!(survival.reached_by(NINE_TENTHS), Some(18));
    }

    #[test]
    fn an_open_file_that_may_still_end_at_n_says_nothing_about_n() {
        // Of two at risk at 3 one ended; the third file is only known to need 3 or more.
        let survival = Survival::of([Exactly(3), Exactly(4), AtLeast(3)]);
        assert_eq!(survival.share_above(3).to_string(), "50.00");
        let survival = Survival::of([Exactly(3), Exactly(4), AtLeast(4)]);
        assert_eq!(survival.share_above(3).to_string(), "66.66");
    }

    #[test]
    fn nothing_and_only_open_files_give_no_figure() {
        for files in [vec![], vec![AtLeast(1), AtLeast(9)]] {
            let survival = Survival::of(files);
            assert_eq!(survival.reached_by(MEDIAN), None);
            assert_eq!(survival.shortest(share(99)), None);
            assert_eq!(survival.share_above(100), share(100));
        }
    }

    #[test]
    fn a_thousand_steps_stay_exact() {
        // Each step ends one file and loses one: the fraction never shortens. 2000 at risk, then 1998.
        let files = (1..=1_000).flat_map(|n| [Exactly(n), AtLeast(n + 1)]);
        let survival = Survival::of(files);
        // The product of (r - 1) / r over even r from 2000 down, compared with its logarithm.
        let by_hand = |steps: u32| (0..steps).map(|k| f64::from(2_000 - 2 * k)).map(|r| (r - 1.0) / r).product::<f64>();
        for steps in [1, 10, 500, 999] {
            let exact = f64::from(u32::try_from(survival.share_above(steps).hundredths()).unwrap());
            assert!((exact - (by_hand(steps) * 1e4).floor()).abs() < 0.5, "{steps}: {exact}");
        }
        assert_eq!(survival.share_above(1_000).to_string(), "1.78", "the last of two at risk ended");
    }
}
