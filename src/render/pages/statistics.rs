//! `/thong-ke`: what everybody may know of promised and real time, by procedure.

use askama::Template;

use super::ctx::Ctx;
use super::phrases;
use super::words::Channel;
use crate::domain::limit::LimitUnit;

/// A procedure, or one channel of it.
#[derive(Debug, Clone)]
pub struct PublicRow {
    pub code: String,
    pub name: String,
    pub channel: Option<Channel>,
    pub statutory: (u32, LimitUnit),
    pub commitment: Option<(u32, LimitUnit)>,
    pub cases: u64,
    /// In the unit of the law's limit; `None`: too many are not finished.
    pub median: Option<u32>,
    pub p90: Option<u32>,
    /// `None`: too few are finished.
    pub on_time: Option<String>,
}

#[derive(Debug, Clone, Template)]
#[template(config = "src/render/pages/askama.toml", path = "statistics.html")]
pub struct StatisticsPage {
    pub c: Ctx,
    /// `None` while nothing was computed.
    pub figures: Option<PublicFigures>,
    pub board: bool,
}

#[derive(Debug, Clone, Default)]
pub struct PublicFigures {
    /// `29/11/2025 – 28/11/2026`.
    pub period: String,
    pub as_of: String,
    pub rows: Vec<PublicRow>,
    /// Procedures with too few files.
    pub withheld: u64,
    pub min_cases: u64,
}

impl StatisticsPage {
    /// `3 ngày làm việc`.
    #[must_use]
    pub fn limit(&self, (value, unit): &(u32, LimitUnit)) -> String {
        phrases::limit(self.c.lang, i64::from(*value), *unit)
    }

    /// What was needed, in the unit of the limit; zero working days are the same day.
    #[must_use]
    pub fn needed(&self, needed: &Option<u32>, row: &PublicRow) -> String {
        let Some(needed) = needed else { return "–".to_owned() };
        let unit = match row.statutory.1 {
            LimitUnit::SameDay => LimitUnit::WorkingDay,
            unit @ (LimitUnit::WorkingDay
            | LimitUnit::CalendarDay
            | LimitUnit::Month
            | LimitUnit::WorkingHour
            | LimitUnit::Hour) => unit,
        };
        match (*needed, unit) {
            (0, LimitUnit::WorkingDay) => self.c.t("trong ngày", "the same day").to_owned(),
            (needed, unit) => phrases::limit(self.c.lang, i64::from(needed), unit),
        }
    }
}
