//! How long an office may take: a number and a unit.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use super::text_enum;

text_enum! {
    /// What a limit counts. Units are those of the national list of procedures;
    /// Civil Code 2015, Art. 146-148 says how each is counted.
    LimitUnit {
        /// Ngày làm việc.
        WorkingDay = "working_day",
        /// Ngày.
        CalendarDay = "calendar_day",
        /// Tháng.
        Month = "month",
        /// Giờ làm việc.
        WorkingHour = "working_hour",
        /// Giờ.
        Hour = "hour",
        /// Trong ngày.
        SameDay = "same_day",
    }
}

text_enum! {
    /// Whose limit it is. The promise is whichever ends earlier; lateness is shown against both.
    LimitKind {
        /// Of the law or the published decision.
        Statutory = "statutory",
        /// The office's own shorter one (cắt giảm thời hạn giải quyết).
        Commitment = "commitment",
    }
}

impl LimitUnit {
    /// The most that may be asked of this unit, each about 10 000 days. More is a
    /// typing error, and the day table must reach the answer.
    #[must_use]
    pub const fn most(self) -> u32 {
        match self {
            Self::WorkingDay | Self::CalendarDay => 10_000,
            Self::Month => 330,
            Self::WorkingHour => 80_000,
            Self::Hour => 240_000,
            Self::SameDay => 1,
        }
    }
}

/// Why a text or pair is no limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LimitError {
    /// Not of the form `5 working_day`.
    Unreadable,
    /// The number is no whole number.
    NotANumber,
    /// No such unit.
    UnknownUnit,
    /// Zero of a unit that needs at least one.
    Zero,
    /// More than the unit allows.
    TooLong {
        /// The largest value that is taken.
        most: u32,
    },
}

impl fmt::Display for LimitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable => f.write_str("a limit reads like \"5 working_day\""),
            Self::NotANumber => f.write_str("the limit's value is not a whole number"),
            Self::UnknownUnit => f.write_str("unknown unit of a limit"),
            Self::Zero => f.write_str("a limit of zero"),
            Self::TooLong { most } => write!(f, "a limit of more than {most}"),
        }
    }
}

impl std::error::Error for LimitError {}

/// Thời hạn giải quyết: at least one of a unit, or the same day (value 0).
///
/// ```
/// use dunghen::domain::limit::{Limit, LimitError, LimitUnit};
/// let five: Limit = "5 working_day".parse().unwrap();
/// assert_eq!((five.value(), five.unit()), (5, LimitUnit::WorkingDay));
/// assert_eq!("same_day".parse::<Limit>(), "0 same_day".parse());
/// assert_eq!("0 month".parse::<Limit>(), Err(LimitError::Zero));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Limit {
    value: u32,
    unit: LimitUnit,
}

impl Limit {
    /// The office answers on the day it receives.
    pub const SAME_DAY: Self = Self { value: 0, unit: LimitUnit::SameDay };

    /// A limit of `value` units. For [`LimitUnit::SameDay`] 0 and 1 both mean the
    /// same day and become 0.
    ///
    /// # Errors
    /// [`LimitError::Zero`] and [`LimitError::TooLong`].
    pub const fn new(value: u32, unit: LimitUnit) -> Result<Self, LimitError> {
        let most = unit.most();
        if value > most {
            return Err(LimitError::TooLong { most });
        }
        match (unit, value) {
            (LimitUnit::SameDay, _) => Ok(Self::SAME_DAY),
            (_, 0) => Err(LimitError::Zero),
            (_, _) => Ok(Self { value, unit }),
        }
    }

    /// How many; 0 for the same day.
    #[must_use]
    pub const fn value(&self) -> u32 {
        self.value
    }

    /// Of what.
    #[must_use]
    pub const fn unit(&self) -> LimitUnit {
        self.unit
    }
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.unit == LimitUnit::SameDay {
            return self.unit.fmt(f);
        }
        write!(f, "{} {}", self.value, self.unit)
    }
}

impl FromStr for Limit {
    type Err = LimitError;

    fn from_str(text: &str) -> Result<Self, LimitError> {
        let mut words = text.split_whitespace();
        match (words.next(), words.next(), words.next()) {
            (Some(unit), None, _) if unit == LimitUnit::SameDay.as_str() => Ok(Self::SAME_DAY),
            (Some(value), Some(unit), None) => {
                let value = value.parse().map_err(|_| LimitError::NotANumber)?;
                let unit = unit.parse().map_err(|_| LimitError::UnknownUnit)?;
                Self::new(value, unit)
            }
            (_, _, _) => Err(LimitError::Unreadable),
        }
    }
}

impl TryFrom<String> for Limit {
    type Error = LimitError;

    fn try_from(text: String) -> Result<Self, LimitError> {
        text.parse()
    }
}

impl From<Limit> for String {
    fn from(limit: Limit) -> Self {
        limit.to_string()
    }
}
