//! Whether a target can still be reached by the period's end, and what it takes.

use serde::{Deserialize, Serialize};

use super::rates::{Percent, Rate};

/// What the rest of a period brings if it goes on as its last days did, and what the target asks of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outlook {
    /// Files still to come.
    pub coming: u64,
    /// Those of them that will have the quality at the present pace.
    pub at_this_pace: u64,
    /// Those of them that must have it for the target; more than `coming`: out of reach.
    pub needed: u64,
}

impl Outlook {
    /// `None` without data, or when nothing of the period is left.
    ///
    /// ```
    /// use dunghen::domain::outlook::Outlook;
    /// use dunghen::domain::rates::{Percent, Rate};
    /// // 60 of 100; in the last 10 days 30 of 40; 10 days are left: 40 more files, 112 of 140 are 80 %.
    /// let target = Percent::from_hundredths(80_00);
    /// let outlook = Outlook::of(target, Rate { of: 60, total: 100 }, Rate { of: 30, total: 40 }, 10, 10).unwrap();
    /// assert_eq!((outlook.coming, outlook.at_this_pace, outlook.needed), (40, 30, 52));
    /// assert!(!outlook.gets_there() && !outlook.is_possible());
    /// ```
    #[must_use]
    pub fn of(target: Percent, so_far: Rate, recent: Rate, recent_days: u64, days_left: u64) -> Option<Self> {
        if days_left == 0 || recent_days == 0 || so_far.total == 0 {
            return None;
        }
        let more = |count: u64| count.saturating_mul(days_left) / recent_days;
        let coming = more(recent.total);
        let wanted = u128::from(target.hundredths()) * u128::from(so_far.total.saturating_add(coming));
        let wanted = u64::try_from(wanted.div_ceil(10_000)).unwrap_or(u64::MAX);
        Some(Self { coming, at_this_pace: more(recent.of), needed: wanted.saturating_sub(so_far.of) })
    }

    /// The trend gets there.
    #[must_use]
    pub const fn gets_there(&self) -> bool {
        self.at_this_pace >= self.needed
    }

    /// The target can be reached at all.
    #[must_use]
    pub const fn is_possible(&self) -> bool {
        self.needed <= self.coming
    }
}

#[cfg(test)]
mod tests {
    use super::{Outlook, Percent, Rate};
    use crate::domain::summary::forecast;

    #[test]
    fn it_gets_there_exactly_when_the_forecast_reaches_the_target() {
        let target = Percent::from_hundredths(80_00);
        for of in 0..40 {
            for (recent_of, recent_total, days, left) in [(3, 4, 7, 5), (9, 10, 10, 20), (0, 3, 2, 9), (8, 8, 3, 30)] {
                let (so_far, recent) = (Rate { of, total: 40 }, Rate { of: recent_of, total: recent_total });
                let outlook = Outlook::of(target, so_far, recent, days, left).unwrap();
                let reached = forecast(so_far, recent, days, left).unwrap() >= target;
                assert_eq!(outlook.gets_there(), reached, "{of} {recent_of}/{recent_total} {days}+{left}");
                assert!(outlook.is_possible() || !reached);
            }
        }
    }

    #[test]
    fn without_data_or_time_there_is_no_outlook() {
        let (target, some) = (Percent::from_hundredths(80_00), Rate { of: 1, total: 2 });
        assert_eq!(Outlook::of(target, Rate::default(), some, 5, 5), None);
        assert_eq!(Outlook::of(target, some, some, 5, 0), None);
        assert_eq!(Outlook::of(target, some, some, 0, 5), None);
    }
}
