//! Where a rate will stand at the end of its period, and how sure that is.

use super::interval::wilson;
use super::rates::{Percent, Rate};

/// With fewer recent files nothing is foretold: chance alone would move the rate by tens of points.
const ENOUGH_FILES: u64 = 30;
/// A week, so that no day of it weighs more than the others.
const ENOUGH_DAYS: u64 = 7;
/// 100 % in hundredths.
const WHOLE: u64 = 10_000;

/// Where the rate would stand, and between what it will most likely be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Forecast {
    pub likely: Percent,
    pub low: Percent,
    pub high: Percent,
}

impl Forecast {
    /// If the rest of the period went on as its last `recent_days` days did. The bounds take the share of
    /// recent files for a sample (Wilson's interval at 95 %) and the number of files to come for known.
    /// `None` when nothing is left or too little is known.
    ///
    /// ```
    /// use dunghen::domain::{forecast::Forecast, rates::Rate};
    /// let (so_far, recent) = (Rate { of: 60, total: 100 }, Rate { of: 30, total: 50 });
    /// let found = Forecast::of(so_far, recent, 15, 15).unwrap();
    /// assert_eq!(found.likely.to_string(), "60.00");
    /// assert_eq!((found.low.to_string(), found.high.to_string()), ("55.39".into(), "64.14".into()));
    /// assert_eq!(Forecast::of(so_far, Rate { of: 15, total: 29 }, 15, 15), None, "too few files");
    /// ```
    #[must_use]
    pub fn of(so_far: Rate, recent: Rate, recent_days: u64, days_left: u64) -> Option<Self> {
        if recent.total < ENOUGH_FILES || recent_days < ENOUGH_DAYS {
            return None;
        }
        let likely = super::summary::forecast(so_far, recent, recent_days, days_left)?;
        let coming = u128::from(recent.total) * u128::from(days_left) / u128::from(recent_days);
        let (of, total) = (u128::from(so_far.of) * u128::from(WHOLE), u128::from(so_far.total) + coming);
        let (low, high) = wilson(recent.percent()?.hundredths(), recent.total);
        let with = |share: Percent| of + coming * u128::from(share.hundredths());
        let at = |hundredths: u128| u64::try_from(hundredths).ok().map(|of| Percent::from_hundredths(of.min(WHOLE)));
        Some(Self {
            likely,
            low: at(with(low) / total)?.min(likely),
            high: at(with(high).div_ceil(total))?.max(likely),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Forecast;
    use crate::domain::rates::Rate;

    #[test]
    fn what_is_likely_lies_between_the_bounds_and_little_history_says_nothing() {
        let mut seed: u64 = 11;
        let mut next = |below: u64| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) % below
        };
        for _ in 0..5_000 {
            let recent = next(400) + 1;
            let more = next(400);
            let recent = Rate { of: next(recent + 1), total: recent };
            let so_far = Rate { of: recent.of + next(more + 1), total: recent.total + more };
            let (days, left) = (next(31), next(200));
            let found = Forecast::of(so_far, recent, days, left);
            assert_eq!(
                found.is_some(),
                recent.total >= 30 && days >= 7 && left > 0,
                "{so_far:?} {recent:?} {days} {left}"
            );
            if let Some(found) = found {
                assert!(found.low <= found.likely && found.likely <= found.high, "{found:?}");
                assert!(found.high.hundredths() <= 10_000);
            }
        }
    }
}
