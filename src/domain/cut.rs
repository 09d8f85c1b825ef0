//! Cutting a procedure's time: what was needed against what the law allows and the office commits to.
//!
//! The reform plan asks to propose cutting at least 30 % of the time for at least 30 % of the
//! procedures. Shares and thresholds are settings.

use super::limit::{Limit, LimitUnit};
use super::rates::{Percent, Rate};
use super::survival::{Observed, Survival};

/// 100 % in hundredths.
const WHOLE: u64 = 10_000;

/// What is asked of the figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Aims {
    /// A limit is cut when it is shorter by at least so much of the statutory one.
    pub cut: Percent,
    /// So much of the procedures should be cut.
    pub procedures: Percent,
    /// The share of files that a shorter limit may make late.
    pub late_share: Percent,
    /// With fewer files that have a result nothing is proposed.
    pub min_cases: u64,
}

/// The two limits of a procedure, or of one of its channels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Limits {
    pub statutory: Limit,
    /// The office's own, shorter one, if it made one.
    pub commitment: Option<Limit>,
}

/// What the files of a period say about the limits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Files received in the period.
    pub cases: u64,
    /// Those without a result: open, withdrawn, stopped.
    pub censored: u64,
    /// So much of the unit was enough for half of the files.
    pub median: Option<u32>,
    /// So much was enough for nine tenths.
    pub p90: Option<u32>,
    /// The shortest limit that keeps the late share; `None` while the files are too few.
    pub shortest: Option<u32>,
    /// The share of files that the shortest limit would have made late.
    pub shortest_late: Option<Percent>,
    /// How much shorter than the statutory limit that is; 0 when it is not shorter.
    pub possible: Option<Percent>,
    /// Whether that is as much as is asked; `None` while nothing is proposed.
    pub could_cut: Option<bool>,
}

impl Limits {
    /// The commitment is shorter by at least `by` of the statutory limit, both in one unit. The same
    /// day is no working day, so it cuts any limit in working days by all of it; a limit that is the
    /// same day already cannot be cut.
    ///
    /// ```
    /// use dunghen::domain::{cut::Limits, rates::Percent};
    /// let cut = |statutory: &str, commitment: &str| {
    ///     let limits = Limits { statutory: statutory.parse().unwrap(), commitment: commitment.parse().ok() };
    ///     limits.is_cut(Percent::from_hundredths(30_00))
    /// };
    /// assert!(cut("10 working_day", "7 working_day"));
    /// assert!(!cut("10 working_day", "8 working_day"));
    /// assert!(cut("3 working_day", "same_day"));
    /// assert!(!cut("3 working_day", "8 working_hour"), "two units are not compared");
    /// assert!(!cut("10 working_day", ""), "no commitment");
    /// ```
    #[must_use]
    pub fn is_cut(&self, by: Percent) -> bool {
        self.comparable().is_some_and(|commitment| is_cut_to(self.statutory.value(), commitment, by))
    }

    /// How much of the statutory limit the commitment saves; `None` where they cannot be compared.
    #[must_use]
    pub fn committed_cut(&self) -> Option<Percent> {
        cut_to(self.statutory.value(), self.comparable()?)
    }

    /// The commitment's value if it counts in the unit of the statutory limit.
    fn comparable(&self) -> Option<u32> {
        let same = |limit: &Limit| counted_in(limit.unit()) == counted_in(self.statutory.unit());
        self.commitment.filter(same).map(|limit| limit.value())
    }

    /// What `files`, measured in the statutory unit, say.
    #[must_use]
    pub fn judge(&self, files: impl IntoIterator<Item = Observed>, aims: &Aims) -> Finding {
        let needed = Survival::of(files);
        let enough = needed.cases() - needed.censored() >= aims.min_cases;
        let shortest = needed.shortest(aims.late_share).filter(|_| enough);
        let statutory = self.statutory.value();
        Finding {
            cases: needed.cases(),
            censored: needed.censored(),
            median: needed.reached_by(Rate { of: 1, total: 2 }),
            p90: needed.reached_by(Rate { of: 9, total: 10 }),
            shortest,
            shortest_late: shortest.map(|shortest| needed.share_above(shortest)),
            possible: shortest.and_then(|shortest| cut_to(statutory, shortest)),
            could_cut: shortest.map(|shortest| is_cut_to(statutory, shortest, aims.cut)),
        }
    }
}

/// Same-day matters are measured in working days.
const fn counted_in(unit: LimitUnit) -> LimitUnit {
    match unit {
        LimitUnit::SameDay => LimitUnit::WorkingDay,
        LimitUnit::WorkingDay
        | LimitUnit::CalendarDay
        | LimitUnit::Month
        | LimitUnit::WorkingHour
        | LimitUnit::Hour => unit,
    }
}

/// How much of `statutory` a limit of `shorter` saves; `None` when there is nothing to save.
fn cut_to(statutory: u32, shorter: u32) -> Option<Percent> {
    Rate { of: statutory.saturating_sub(shorter).into(), total: statutory.into() }.percent()
}

fn is_cut_to(statutory: u32, shorter: u32, by: Percent) -> bool {
    let kept = WHOLE.saturating_sub(by.hundredths());
    statutory > 0 && u64::from(shorter) * WHOLE <= u64::from(statutory) * kept
}

/// How far the target is: procedures that are cut, of those with a limit.
#[must_use]
pub fn is_met(procedures: Rate, aims: &Aims) -> Option<bool> {
    (procedures.total > 0).then(|| {
        u128::from(procedures.of) * u128::from(WHOLE)
            >= u128::from(procedures.total) * u128::from(aims.procedures.hundredths())
    })
}

#[cfg(test)]
mod tests {
    use super::{Aims, Limits, Observed, Percent, Rate, is_met};

    const AIMS: Aims = Aims {
        cut: Percent::from_hundredths(30_00),
        procedures: Percent::from_hundredths(30_00),
        late_share: Percent::from_hundredths(5_00),
        min_cases: 30,
    };

    fn limits(statutory: &str) -> Limits {
        Limits { statutory: statutory.parse().unwrap(), commitment: None }
    }

    /// `count` files that needed `n`.
    fn files(parts: &[(u32, usize)]) -> Vec<Observed> {
        parts.iter().flat_map(|(n, count)| std::iter::repeat_n(Observed::Exactly(*n), *count)).collect()
    }

    #[test]
    fn the_shortest_limit_leaves_no_more_than_the_chosen_share_late() {
        // 40 files: two needed 9 days. 2 of 40 is exactly 5 %.
        let finding = limits("10 working_day").judge(files(&[(1, 20), (3, 16), (7, 2), (9, 2)]), &AIMS);
        assert_eq!((finding.median, finding.p90, finding.shortest), (Some(1), Some(3), Some(7)));
        assert_eq!(finding.shortest_late.unwrap().to_string(), "5.00");
        assert_eq!(finding.possible.unwrap().to_string(), "30.00");
        assert_eq!(finding.could_cut, Some(true), "7 of 10 is just 30 %");
        let stricter = Aims { late_share: Percent::from_hundredths(4_99), ..AIMS };
        let finding = limits("10 working_day").judge(files(&[(1, 20), (3, 16), (7, 2), (9, 2)]), &stricter);
        assert_eq!((finding.shortest, finding.could_cut), (Some(9), Some(false)));
        assert_eq!(finding.possible.unwrap().to_string(), "10.00");
    }

    #[test]
    fn thirty_files_without_a_result_propose_nothing() {
        let open = std::iter::repeat_n(Observed::AtLeast(1), 100);
        let finding = limits("10 working_day").judge(files(&[(2, 29)]).into_iter().chain(open), &AIMS);
        assert_eq!((finding.cases, finding.censored, finding.median), (129, 100, Some(2)));
        assert_eq!((finding.shortest, finding.possible, finding.could_cut), (None, None, None));
        let finding = limits("10 working_day").judge(files(&[(2, 30)]), &AIMS);
        assert_eq!((finding.shortest, finding.could_cut), (Some(2), Some(true)));
    }

    #[test]
    fn a_limit_that_is_not_kept_today_cannot_be_cut() {
        let finding = limits("3 working_day").judge(files(&[(2, 20), (8, 20)]), &AIMS);
        assert_eq!((finding.shortest, finding.could_cut), (Some(8), Some(false)));
        assert_eq!(finding.possible.unwrap().to_string(), "0.00");
    }

    #[test]
    fn the_same_day_cannot_become_shorter() {
        let finding = limits("same_day").judge(files(&[(0, 40)]), &AIMS);
        assert_eq!((finding.shortest, finding.possible, finding.could_cut), (Some(0), None, Some(false)));
    }

    #[test]
    fn the_target_is_met_at_the_share_itself_and_unknown_without_procedures() {
        assert_eq!(is_met(Rate { of: 3, total: 10 }, &AIMS), Some(true));
        assert_eq!(is_met(Rate { of: 2_999, total: 10_000 }, &AIMS), Some(false));
        assert_eq!(is_met(Rate { of: 0, total: 0 }, &AIMS), None);
    }
}
