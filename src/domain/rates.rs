//! Rates as integers: nothing is rounded up, no data is no figure.

/// A share of a whole, both counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Rate {
    pub of: u64,
    pub total: u64,
}

/// Hundredths of a percent, rounded down: 100 % is reached only when nothing is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Percent(u64);

impl Percent {
    #[must_use]
    pub const fn from_hundredths(hundredths: u64) -> Self {
        Self(hundredths)
    }

    #[must_use]
    pub const fn hundredths(self) -> u64 {
        self.0
    }
}

impl std::fmt::Display for Percent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{:02}", self.0 / 100, self.0 % 100)
    }
}

impl Rate {
    /// `None` without data, since nothing finished is not 100 %.
    ///
    /// ```
    /// use dunghen::domain::rates::Rate;
    /// let rate = Rate { of: 9_999, total: 10_001 };
    /// assert_eq!(rate.percent().unwrap().to_string(), "99.98");
    /// assert_eq!(Rate { of: 0, total: 0 }.percent(), None);
    /// ```
    #[must_use]
    pub fn percent(self) -> Option<Percent> {
        let scaled = u128::from(self.of) * 10_000;
        let share = scaled.checked_div(u128::from(self.total))?;
        u64::try_from(share).ok().map(Percent)
    }

    /// How many more counted dossiers, all of them with the quality, lift the rate to `target`.
    ///
    /// ```
    /// use dunghen::domain::rates::{Percent, Rate};
    /// let target = Percent::from_hundredths(80_00);
    /// assert_eq!(Rate { of: 5, total: 10 }.more_needed(target), Some(15));
    /// assert_eq!(Rate { of: 8, total: 10 }.more_needed(target), Some(0));
    /// ```
    #[must_use]
    pub fn more_needed(self, target: Percent) -> Option<u64> {
        // (of + x) / (total + x) >= t / 10000  =>  x >= (t·total − 10000·of) / (10000 − t)
        let wanted = u128::from(target.0) * u128::from(self.total);
        let have = 10_000 * u128::from(self.of);
        if have >= wanted {
            return Some(0);
        }
        let per_file = 10_000_u128.checked_sub(u128::from(target.0)).filter(|share| *share > 0)?;
        u64::try_from((wanted - have).div_ceil(per_file)).ok()
    }
}
