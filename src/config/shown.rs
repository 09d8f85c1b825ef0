//! What figures are held against, and what everybody may read.

use chrono::{Datelike, NaiveDate};
use serde::Deserialize;

use crate::domain::cut::Aims;
use crate::domain::indicator::Indicator;
use crate::domain::rates::Percent;
use crate::domain::reporting_period::PeriodShape;
use crate::domain::text_enum;

/// What everybody may read without signing in, besides the page behind a receipt.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Public {
    /// The board for the screen in the hall.
    pub board: bool,
    /// Lines of a part of the board that the screen shows at once.
    pub board_lines: usize,
    pub board_turn_seconds: u32,
    /// How long a result that nobody collected stays on the board.
    pub board_ready_days: i64,
    pub statistics: bool,
    /// With fewer files a procedure's figures are not published.
    pub statistics_min_cases: u64,
    /// How long what was read for a public page serves everybody.
    pub cache_seconds: i64,
}

/// Closed months as data for everybody.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpenData {
    pub published: bool,
    /// Smaller counts are left out.
    pub min_cases: u64,
    pub licence: String,
}

/// Which days the periods of the reports hold.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reports {
    pub periods: PeriodShape,
}

text_enum! {
    /// Which online ratio is held against the target.
    OnlineMeasure {
        EntirelyOnline = "entirely_online",
        OnlineSubmission = "online_submission",
        FullOnline = "full_online",
    }
}

impl OnlineMeasure {
    /// The rate that it is.
    #[must_use]
    pub const fn indicator(self) -> Indicator {
        match self {
            Self::EntirelyOnline => Indicator::EntirelyOnline,
            Self::OnlineSubmission => Indicator::OnlineSubmission,
            Self::FullOnline => Indicator::FullOnline,
        }
    }
}

/// On what the chance of being late rests.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Risk {
    pub history_months: u32,
    /// With fewer finished files that took as long, no chance is said.
    pub min_finished: u64,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Targets {
    pub on_time_percent: u64,
    pub online_percent: u64,
    pub online_measure: OnlineMeasure,
    /// By which year it has to be reached, and who asks for it.
    pub online_year: u16,
    pub online_source: String,
    /// Other targets for years of their own.
    #[serde(default)]
    pub online_by_year: Vec<YearTarget>,
    /// A limit counts as cut when it is shorter by so much.
    pub cut_percent: u64,
    /// So much of the procedures should be cut.
    pub cut_procedures_percent: u64,
    /// So much of the files may a shorter limit make late.
    pub cut_late_share_percent: u64,
    /// With fewer files that have a result no cut is proposed.
    pub cut_min_cases: u64,
}

/// An online target from a year on.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct YearTarget {
    pub year: u16,
    pub percent: u64,
    pub source: String,
}

/// The online target that holds on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OnlineGoal<'a> {
    pub percent: Percent,
    /// By which year it has to be reached.
    pub year: u16,
    pub source: &'a str,
}

impl Targets {
    #[must_use]
    pub const fn on_time(&self) -> Percent {
        Percent::from_hundredths(self.on_time_percent * 100)
    }

    /// The online target of the year of `day`: the latest of the years up to it, or the plan's.
    #[must_use]
    pub fn online_on(&self, day: NaiveDate) -> OnlineGoal<'_> {
        let begun = |one: &&YearTarget| i32::from(one.year) <= day.year();
        let of_year = self.online_by_year.iter().filter(begun).max_by_key(|one| one.year);
        let (percent, year, source) = of_year.map_or_else(
            || (self.online_percent, self.online_year, &self.online_source),
            |one| (one.percent, one.year, &one.source),
        );
        OnlineGoal { percent: Percent::from_hundredths(percent * 100), year, source }
    }

    /// What the report on time limits is held against; `late_share` for another than the setting's.
    #[must_use]
    pub fn cut_aims(&self, late_share: Option<Percent>) -> Aims {
        let percent = |whole: u64| Percent::from_hundredths(whole * 100);
        Aims {
            cut: percent(self.cut_percent),
            procedures: percent(self.cut_procedures_percent),
            late_share: late_share.unwrap_or_else(|| percent(self.cut_late_share_percent)),
            min_cases: self.cut_min_cases,
        }
    }
}
