//! When the office is open: sessions by weekday, from a date on.
//!
//! Hours are set by the province and differ between lowland and mountain, summer
//! and winter, so all of them are settings; [`OfficeHours::standard`] is the usual
//! 07:30-11:30 and 13:30-17:00, Monday to Friday.

use std::{fmt, str::FromStr};

use chrono::{NaiveDate, NaiveTime, TimeDelta, Weekday};
use serde::{Deserialize, Serialize};

/// One stretch of office time within a day, `07:30-11:30`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Session {
    opens: NaiveTime,
    closes: NaiveTime,
}

impl Session {
    /// A session that ends after it began.
    ///
    /// # Errors
    /// [`OfficeHoursError::Backwards`].
    pub fn new(opens: NaiveTime, closes: NaiveTime) -> Result<Self, OfficeHoursError> {
        if opens < closes { Ok(Self { opens, closes }) } else { Err(OfficeHoursError::Backwards) }
    }

    /// First moment of office time.
    #[must_use]
    pub const fn opens(&self) -> NaiveTime {
        self.opens
    }

    /// End of office time.
    #[must_use]
    pub const fn closes(&self) -> NaiveTime {
        self.closes
    }
}

impl FromStr for Session {
    type Err = OfficeHoursError;

    fn from_str(text: &str) -> Result<Self, OfficeHoursError> {
        let unreadable = OfficeHoursError::Unreadable;
        let (opens, closes) = text.split_once('-').ok_or(unreadable)?;
        let read = |part: &str| NaiveTime::parse_from_str(part.trim(), "%H:%M").map_err(|_| unreadable);
        Self::new(read(opens)?, read(closes)?)
    }
}

impl fmt::Display for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.opens.format("%H:%M"), self.closes.format("%H:%M"))
    }
}

impl TryFrom<String> for Session {
    type Error = OfficeHoursError;

    fn try_from(text: String) -> Result<Self, OfficeHoursError> {
        text.parse()
    }
}

impl From<Session> for String {
    fn from(session: Session) -> Self {
        session.to_string()
    }
}

/// Why a text or table gives no office hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OfficeHoursError {
    /// Not of the form `07:30-11:30`.
    Unreadable,
    /// A session that ends before it begins.
    Backwards,
    /// Two sessions of one day overlap or stand in the wrong order.
    Overlap,
    /// A working weekday on which the office never opens.
    ClosedWorkingDay,
    /// No period at all, or no working weekday.
    Empty,
    /// Two periods that begin on the same day.
    PeriodTwice,
}

impl fmt::Display for OfficeHoursError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unreadable => "office hours read like \"07:30-11:30\"",
            Self::Backwards => "a session ends before it begins",
            Self::Overlap => "sessions of a day overlap or are out of order",
            Self::ClosedWorkingDay => "a working weekday without office hours",
            Self::Empty => "office hours without a period or without a working weekday",
            Self::PeriodTwice => "two periods begin on the same day",
        })
    }
}

impl std::error::Error for OfficeHoursError {}

/// The week's sessions from `valid_from` until the next period begins.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Period {
    /// First day; `None` for "as far back as anyone asks".
    pub valid_from: Option<NaiveDate>,
    /// Sessions by weekday, Monday first; an empty list is a closed day.
    pub week: [Vec<Session>; 7],
}

impl Period {
    /// The week that `monday_to_friday` and `saturday` describe; Sunday is closed.
    #[must_use]
    pub fn weekly(valid_from: Option<NaiveDate>, monday_to_friday: &[Session], saturday: &[Session]) -> Self {
        let day = || monday_to_friday.to_vec();
        let week = [day(), day(), day(), day(), day(), saturday.to_vec(), Vec::new()];
        Self { valid_from, week }
    }

    /// Sessions of a weekday.
    #[must_use]
    pub fn on(&self, weekday: Weekday) -> &[Session] {
        let [monday, tuesday, wednesday, thursday, friday, saturday, sunday] = &self.week;
        match weekday {
            Weekday::Mon => monday,
            Weekday::Tue => tuesday,
            Weekday::Wed => wednesday,
            Weekday::Thu => thursday,
            Weekday::Fri => friday,
            Weekday::Sat => saturday,
            Weekday::Sun => sunday,
        }
    }

    fn check(&self, working_weekdays: &[Weekday]) -> Result<(), OfficeHoursError> {
        let ordered = |day: &Vec<Session>| {
            day.windows(2).all(|pair| match pair {
                [earlier, later] => earlier.closes <= later.opens,
                _ => true,
            })
        };
        if !self.week.iter().all(ordered) {
            return Err(OfficeHoursError::Overlap);
        }
        if working_weekdays.iter().any(|weekday| self.on(*weekday).is_empty()) {
            return Err(OfficeHoursError::ClosedWorkingDay);
        }
        Ok(())
    }
}

/// Office hours for all time: at least one period, in order of `valid_from`, and
/// the weekdays that count as working days. A weekday may have sessions without
/// being a working day: a half Saturday counts for hours, never as a day.
///
/// ```
/// use dunghen::domain::office_hours::{OfficeHours, Period};
/// let morning = ["07:00-11:30".parse().unwrap(), "13:30-17:00".parse().unwrap()];
/// let half = ["07:00-11:00".parse().unwrap()];
/// let hours = OfficeHours::new(vec![Period::weekly(None, &morning, &half)], OfficeHours::MONDAY_TO_FRIDAY.to_vec());
/// assert!(hours.is_ok());
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "OfficeHoursText")]
pub struct OfficeHours {
    periods: Vec<Period>,
    working_weekdays: Vec<Weekday>,
}

#[derive(Deserialize)]
struct OfficeHoursText {
    periods: Vec<Period>,
    working_weekdays: Vec<Weekday>,
}

impl TryFrom<OfficeHoursText> for OfficeHours {
    type Error = OfficeHoursError;

    fn try_from(text: OfficeHoursText) -> Result<Self, OfficeHoursError> {
        Self::new(text.periods, text.working_weekdays)
    }
}

impl OfficeHours {
    /// The working week of the Labour Code's administrative offices.
    pub const MONDAY_TO_FRIDAY: [Weekday; 5] = [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri];

    /// Hours from periods in any order. Days before the first period have the
    /// first period's hours.
    ///
    /// # Errors
    /// Any [`OfficeHoursError`] but `Unreadable` and `Backwards`.
    pub fn new(mut periods: Vec<Period>, working_weekdays: Vec<Weekday>) -> Result<Self, OfficeHoursError> {
        if periods.is_empty() || working_weekdays.is_empty() {
            return Err(OfficeHoursError::Empty);
        }
        periods.sort_by_key(|period| period.valid_from);
        let same_start = |pair: &[Period]| matches!(pair, [a, b] if a.valid_from == b.valid_from);
        if periods.windows(2).any(same_start) {
            return Err(OfficeHoursError::PeriodTwice);
        }
        periods.iter().try_for_each(|period| period.check(&working_weekdays))?;
        Ok(Self { periods, working_weekdays })
    }

    /// 07:30-11:30 and 13:30-17:00, Monday to Friday.
    #[must_use]
    pub fn standard() -> Self {
        let session = |opens: (i64, i64), closes: (i64, i64)| {
            let clock = |(h, m): (i64, i64)| NaiveTime::MIN + TimeDelta::minutes(h * 60 + m);
            Session { opens: clock(opens), closes: clock(closes) }
        };
        let day = [session((7, 30), (11, 30)), session((13, 30), (17, 0))];
        Self { periods: vec![Period::weekly(None, &day, &[])], working_weekdays: Self::MONDAY_TO_FRIDAY.to_vec() }
    }

    /// The periods by `valid_from`; never empty.
    #[must_use]
    pub fn periods(&self) -> &[Period] {
        &self.periods
    }

    /// Whether files are counted on this weekday, holidays aside.
    #[must_use]
    pub fn is_working_weekday(&self, weekday: Weekday) -> bool {
        self.working_weekdays.contains(&weekday)
    }

    /// The sessions of a make-up day within `period`: those of its longest working
    /// weekday, because a make-up day stands for a whole day off.
    #[must_use]
    pub(super) fn full_day<'a>(&self, period: &'a Period) -> &'a [Session] {
        let length = |day: &[Session]| day.iter().map(|s| (s.closes - s.opens).num_seconds()).sum::<i64>();
        self.working_weekdays
            .iter()
            .map(|weekday| period.on(*weekday))
            .max_by_key(|day| length(day))
            .unwrap_or_default()
    }
}
