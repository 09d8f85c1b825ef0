//! Rates as integers: nothing is rounded up, no data is no figure.

use serde::{Deserialize, Serialize};

/// A share of a whole, both counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
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

impl std::str::FromStr for Percent {
    type Err = NotAPercent;

    /// Reads `5`, `2.5` and `2,50`; three decimals would promise a precision that is not kept.
    fn from_str(text: &str) -> Result<Self, NotAPercent> {
        let (whole, part) = text.split_once(['.', ',']).unwrap_or((text, "0"));
        let digits = |text: &str, most| (1..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        if !digits(whole, 6) || !digits(part, 2) {
            return Err(NotAPercent);
        }
        let number = |text: &str| text.parse::<u64>().map_err(|_| NotAPercent);
        Ok(Self(number(whole)? * 100 + number(&format!("{part:0<2}"))?))
    }
}

/// The text is no percentage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotAPercent;

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

#[cfg(test)]
mod tests {
    use super::{NotAPercent, Percent};

    #[test]
    fn a_percentage_is_read_with_point_or_comma_and_nothing_else() {
        for (text, hundredths) in [("5", 500), ("0", 0), ("2.5", 250), ("2,05", 205), ("100", 10_000)] {
            assert_eq!(text.parse(), Ok(Percent::from_hundredths(hundredths)), "{text}");
        }
        for text in ["", "5%", "-1", "+1", "1.", ".5", "1.234", "1e3", " 5", "٥", "99999999999999999999"] {
            assert_eq!(text.parse::<Percent>(), Err(NotAPercent), "{text}");
        }
    }
}
