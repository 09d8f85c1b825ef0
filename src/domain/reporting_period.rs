//! Month, quarter, half-year and year: the days they hold by the calendar and by the official cut-off.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, Days, Months, NaiveDate};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::text_enum;

text_enum! {
    /// Which days a period of reports holds.
    PeriodShape {
        /// Whole months of the calendar.
        Calendar = "calendar",
        /// From the 15th of the month before to the 14th of the last month, as the regular reports of offices are
        /// closed (NĐ 09/2019/NĐ-CP Art. 12; TT 01/2020/TT-VPCP).
        Official = "official",
    }
}

text_enum! {
    PeriodKind {
        Month = "month",
        Quarter = "quarter",
        HalfYear = "half-year",
        Year = "year",
    }
}

/// Years that reports are made of.
const YEARS: std::ops::RangeInclusive<i32> = 2000..=2999;
/// The first day of an official period, in the month before it.
const FIRST_DAY: u64 = 15;

/// One period by its name: `2026-11`, `2026-Q4`, `2026-H2` or `2026`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ReportingPeriod {
    kind: PeriodKind,
    /// First day of its first month.
    first: NaiveDate,
}

/// A text that names no period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoPeriod;

impl fmt::Display for NoPeriod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("expected a period like 2026-11, 2026-Q4, 2026-H2 or 2026")
    }
}

impl std::error::Error for NoPeriod {}

impl PeriodKind {
    const fn months(self) -> u32 {
        match self {
            Self::Month => 1,
            Self::Quarter => 3,
            Self::HalfYear => 6,
            Self::Year => 12,
        }
    }
}

impl ReportingPeriod {
    /// The `number`-th period of its kind in a year, from 1.
    #[must_use]
    pub fn new(kind: PeriodKind, year: i32, number: u32) -> Option<Self> {
        let month = number.checked_sub(1)?.checked_mul(kind.months())?.checked_add(1)?;
        let first = YEARS.contains(&year).then(|| NaiveDate::from_ymd_opt(year, month, 1))??;
        Some(Self { kind, first })
    }

    #[must_use]
    pub const fn kind(self) -> PeriodKind {
        self.kind
    }

    #[must_use]
    pub fn year(self) -> i32 {
        self.first.year()
    }

    /// Which one of its year it is, from 1.
    #[must_use]
    pub fn number(self) -> u32 {
        self.first.month0() / self.kind.months() + 1
    }

    /// Its first and its last day.
    #[must_use]
    pub fn days(self, shape: PeriodShape) -> (NaiveDate, NaiveDate) {
        let next = self.first + Months::new(self.kind.months());
        match shape {
            PeriodShape::Calendar => (self.first, next - Days::new(1)),
            PeriodShape::Official => {
                let from = |first: NaiveDate| first - Months::new(1) + Days::new(FIRST_DAY - 1);
                (from(self.first), from(next) - Days::new(1))
            }
        }
    }

    /// The period of a kind that holds the day; `None` outside the years that reports are made of.
    #[must_use]
    pub fn holding(kind: PeriodKind, day: NaiveDate, shape: PeriodShape) -> Option<Self> {
        let late = shape == PeriodShape::Official && u64::from(day.day()) >= FIRST_DAY;
        let month = if late { day.checked_add_months(Months::new(1))? } else { day };
        Self::new(kind, month.year(), month.month0() / kind.months() + 1)
    }

    /// The one before it.
    #[must_use]
    pub fn before(self) -> Option<Self> {
        let first = self.first.checked_sub_months(Months::new(self.kind.months()))?;
        YEARS.contains(&first.year()).then_some(Self { kind: self.kind, first })
    }
}

impl fmt::Display for ReportingPeriod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, number) = (self.year(), self.number());
        match self.kind {
            PeriodKind::Month => write!(f, "{year}-{number:02}"),
            PeriodKind::Quarter => write!(f, "{year}-Q{number}"),
            PeriodKind::HalfYear => write!(f, "{year}-H{number}"),
            PeriodKind::Year => write!(f, "{year}"),
        }
    }
}

impl FromStr for ReportingPeriod {
    type Err = NoPeriod;

    fn from_str(text: &str) -> Result<Self, NoPeriod> {
        let number = |text: &str, digits: usize| {
            let plain = text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit());
            plain.then(|| text.parse::<u32>().ok()).flatten().ok_or(NoPeriod)
        };
        let (year, rest) = text.split_once('-').map_or((text, None), |(year, rest)| (year, Some(rest)));
        let (kind, of_year) = match rest {
            None => (PeriodKind::Year, 1),
            Some(rest) => match (rest.strip_prefix(['Q', 'q']), rest.strip_prefix(['H', 'h'])) {
                (Some(quarter), _) => (PeriodKind::Quarter, number(quarter, 1)?),
                (_, Some(half)) => (PeriodKind::HalfYear, number(half, 1)?),
                (None, None) => (PeriodKind::Month, number(rest, 2)?),
            },
        };
        let year = i32::try_from(number(year, 4)?).map_err(|_| NoPeriod)?;
        Self::new(kind, year, of_year).ok_or(NoPeriod)
    }
}

impl Serialize for ReportingPeriod {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for ReportingPeriod {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn period(text: &str) -> ReportingPeriod {
        text.parse().unwrap()
    }

    fn days(text: &str, shape: PeriodShape) -> String {
        let (from, to) = period(text).days(shape);
        format!("{from} {to}")
    }

    #[test]
    fn a_period_of_the_calendar_ends_with_its_last_month() {
        for (text, expected) in [
            ("2026-11", "2026-11-01 2026-11-30"),
            ("2026-12", "2026-12-01 2026-12-31"),
            ("2026-02", "2026-02-01 2026-02-28"),
            ("2028-02", "2028-02-01 2028-02-29"),
            ("2026-Q1", "2026-01-01 2026-03-31"),
            ("2026-Q4", "2026-10-01 2026-12-31"),
            ("2026-H1", "2026-01-01 2026-06-30"),
            ("2026-H2", "2026-07-01 2026-12-31"),
            ("2026", "2026-01-01 2026-12-31"),
        ] {
            assert_eq!(days(text, PeriodShape::Calendar), expected, "{text}");
        }
    }

    #[test]
    fn an_official_period_runs_from_the_15th_before_it_to_the_14th_of_its_last_month() {
        for (text, expected) in [
            ("2026-11", "2026-10-15 2026-11-14"),
            ("2026-01", "2025-12-15 2026-01-14"),
            ("2028-03", "2028-02-15 2028-03-14"),
            ("2026-Q1", "2025-12-15 2026-03-14"),
            ("2026-Q4", "2026-09-15 2026-12-14"),
            ("2026-H1", "2025-12-15 2026-06-14"),
            ("2026-H2", "2026-06-15 2026-12-14"),
            ("2026", "2025-12-15 2026-12-14"),
        ] {
            assert_eq!(days(text, PeriodShape::Official), expected, "{text}");
        }
    }

    #[test]
    fn periods_of_a_kind_follow_each_other_without_gap_or_overlap() {
        for shape in PeriodShape::ALL {
            for kind in PeriodKind::ALL {
                let mut at = ReportingPeriod::new(*kind, 2033, 1).unwrap();
                for _ in 0..(96 / kind.months()) {
                    let before = at.before().unwrap();
                    assert_eq!(before.days(*shape).1 + Days::new(1), at.days(*shape).0, "{before} {at} {shape}");
                    at = before;
                }
                assert_eq!((at.year(), at.number()), (2025, 1));
            }
        }
    }

    #[test]
    fn every_day_lies_in_the_period_that_holds_it() {
        let mut day: NaiveDate = "2027-11-25".parse().unwrap();
        while day.year() < 2029 {
            for shape in PeriodShape::ALL {
                for kind in PeriodKind::ALL {
                    let found = ReportingPeriod::holding(*kind, day, *shape).unwrap();
                    let (from, to) = found.days(*shape);
                    assert!(from <= day && day <= to, "{day} {found} {shape}");
                }
            }
            day = day + Days::new(1);
        }
    }

    #[test]
    fn a_period_is_written_as_it_is_read() {
        for text in ["2026-01", "2026-12", "2026-Q1", "2026-Q4", "2026-H1", "2026-H2", "2026", "2000", "2999-12"] {
            assert_eq!(period(text).to_string(), text);
            assert_eq!(serde_json::to_string(&period(text)).unwrap(), format!("\"{text}\""));
        }
        assert_eq!(period("2026-q3").to_string(), "2026-Q3");
        assert_eq!(serde_json::from_str::<ReportingPeriod>("\"2026-H2\"").unwrap(), period("2026-H2"));
        assert!(serde_json::from_str::<ReportingPeriod>("\"2026-H3\"").is_err());
    }

    #[test]
    fn what_is_no_period_is_refused() {
        for text in [
            "",
            "26",
            "2026-",
            "2026-0",
            "2026-00",
            "2026-13",
            "2026-1",
            "2026-Q0",
            "2026-Q5",
            "2026-H3",
            "2026-H",
            "2026-Q11",
            "2026-11-01",
            "1999",
            "3000",
            "+026",
            "2026-+1",
            "2026-Q+",
            "२०२६",
            " 2026",
            "2026-é",
        ] {
            assert_eq!(text.parse::<ReportingPeriod>(), Err(NoPeriod), "{text}");
        }
    }
}
