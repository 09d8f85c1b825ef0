//! The rows of a calendar.

use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::text_enum;

text_enum! {
    /// What a calendar row makes of its day.
    DayKind {
        /// Ngày lễ, tết.
        Holiday = "holiday",
        /// Nghỉ bù: a day off because a holiday fell on a weekly rest day.
        Compensatory = "compensatory",
        /// Nghỉ hoán đổi: a day off that is worked on another day.
        SwappedOff = "swapped_off",
        /// Làm bù: a rest day that is worked, with full office hours.
        SwappedWorking = "swapped_working",
    }
}

text_enum! {
    /// Whether a row rests on a published decision.
    Confidence {
        /// Announced or fixed by law.
        Confirmed = "confirmed",
        /// Computed or expected; promises that rest on it are provisional.
        Unconfirmed = "unconfirmed",
    }
}

/// One row of the calendar: a day that is not what its weekday says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarDay {
    /// The civil day.
    pub date: NaiveDate,
    /// What becomes of it.
    pub kind: DayKind,
    /// What people call it, Vietnamese.
    pub name: String,
    /// Number of the decision it rests on.
    pub basis: Option<String>,
    /// Whether that decision is out.
    pub confidence: Confidence,
}

/// Why rows and hours make no calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CalendarError {
    /// Two rows for one day.
    Twice(NaiveDate),
    /// A row before 1990 or after 2100.
    OutOfRange(NaiveDate),
}

impl fmt::Display for CalendarError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Twice(date) => write!(f, "the calendar has two rows for {date}"),
            Self::OutOfRange(date) => write!(f, "{date} is outside 1990 to 2100"),
        }
    }
}

impl std::error::Error for CalendarError {}
