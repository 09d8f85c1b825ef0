//! The summary report: immutable instants, counted as they stood at the cut. Reports never write.

use chrono::{Duration, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::config::OnlineMeasure;
use crate::domain::forecast::Forecast;
use crate::domain::rates::{Percent, Rate};
use crate::domain::summary::{Bucket, Counted, Period, Summary, rate};
use crate::domain::time::{Instant, day_begins, rfc3339};
use crate::render::report_words::{Definition, summary_definitions};
use crate::store::people::Agency;

use super::error::{FieldError, OfficeResult, Problem};
use super::report_procedures::calendar_at;
use super::report_time::{Ageing, WorkingTime};
use super::{Office, OfficeError, Rules};

pub use super::report_behind::{Filer, Narrow};
pub use super::report_figures::{InProgress, RateFigure, Rates, Received, Resolved, Statutory, SummaryFigures};
pub use super::report_waiting::WaitingForReception;

/// Days of the trend that a forecast continues.
const RECENT_DAYS: i64 = 30;

/// The summary as interfaces.md gives it.
#[derive(Debug, Clone, Serialize)]
pub struct SummaryReport {
    #[serde(flatten)]
    pub head: Head,
    pub received: Received,
    pub resolved: Resolved,
    pub in_progress: InProgress,
    pub rates: Rates,
    pub statutory: Statutory,
    pub online_target: OnlineTarget,
    pub waiting_for_reception: WaitingForReception,
    pub ageing: Ageing,
    pub working_time: WorkingTime,
    pub definitions: Vec<Definition>,
}

/// What a report answers: its days, the moment it looks from, the agency's code.
#[derive(Debug, Clone, Serialize)]
pub struct Head {
    pub period: Days,
    pub as_of: String,
    pub agency: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct Days {
    pub from: NaiveDate,
    pub to: NaiveDate,
}

#[derive(Debug, Clone, Serialize)]
pub struct OnlineTarget {
    pub percent: String,
    /// `None` without data.
    pub met: Option<bool>,
    /// Further files, all of them online, until the target is met.
    pub more_needed: Option<u64>,
    /// At the period's end, with its bounds (95 %); `None` while the history is too short.
    pub forecast: Option<String>,
    pub forecast_low: Option<String>,
    pub forecast_high: Option<String>,
    /// Which of the rates is held against the target.
    pub measure: OnlineMeasure,
}

impl SummaryReport {
    /// The rate that the settings hold against the target.
    #[must_use]
    pub fn measured(&self) -> &RateFigure {
        self.rates.measured(self.online_target.measure)
    }
}

impl OnlineTarget {
    /// One of the online rates against a target, of a whole.
    pub(super) fn of(measure: OnlineMeasure, target: Percent, counted: &[Counted], period: &Period) -> Self {
        let pace = Pace::of(measure, counted, period);
        let rate = pace.so_far;
        let forecast = Forecast::of(rate, pace.recent, pace.recent_days, pace.days_left);
        Self {
            percent: target.to_string(),
            met: rate.percent().map(|percent| percent >= target),
            more_needed: rate.percent().and_then(|_| rate.more_needed(target)),
            forecast: forecast.map(|found| found.likely.to_string()),
            forecast_low: forecast.map(|found| found.low.to_string()),
            forecast_high: forecast.map(|found| found.high.to_string()),
            measure,
        }
    }
}

/// What a report is asked for.
#[derive(Debug, Clone, Default)]
pub struct Question {
    pub from: NaiveDate,
    pub to: NaiveDate,
    pub as_of: Option<Instant>,
    /// Code of the agency; `None`: all.
    pub agency: Option<String>,
}

impl Question {
    /// The period with its cut; asked without "as of", everything up to `now` is seen.
    ///
    /// # Errors
    /// When it ends before it begins.
    pub fn period(&self, now: Instant) -> OfficeResult<Period> {
        if self.to < self.from {
            return Err(FieldError::new("to", self.to.to_string(), Problem::Contradicts { other: "from" }).into());
        }
        let ends = day_begins(self.to + Duration::days(1));
        let seen = self.as_of.unwrap_or(now + Duration::seconds(1));
        Ok(Period { from: self.from, to: self.to, begins: day_begins(self.from), cut: seen.min(ends), known: seen })
    }
}

impl Question {
    /// What the report on it begins with; `agency` is a code.
    pub(super) fn head(&self, now: Instant, agency: String) -> Head {
        Head { period: Days { from: self.from, to: self.to }, as_of: rfc3339(self.as_of.unwrap_or(now)), agency }
    }

    /// The agency asked for; the first one when none was named.
    ///
    /// # Errors
    /// When there is none of this code.
    pub(super) fn agency_of<'a>(&self, rules: &'a Rules) -> OfficeResult<&'a Agency> {
        match self.agency.as_deref().filter(|code| !code.is_empty()) {
            None => rules.agency(),
            Some(code) => {
                let found = rules.agencies.iter().find(|agency| agency.code == code);
                Ok(found.ok_or_else(|| FieldError::new("agency", code, Problem::UnknownUnit))?)
            }
        }
    }
}

impl Office {
    /// The summary of a period.
    ///
    /// # Errors
    /// A wrong period or agency; or the database.
    pub fn summary(&self, now: Instant, question: &Question) -> OfficeResult<SummaryReport> {
        let period = question.period(now)?;
        let (agency, counted) = self.counted(question, &period)?;
        let summary = Summary::of(counted.iter(), &period);
        if !summary.is_consistent() {
            return Err(OfficeError::Broken("the buckets of the summary do not add up".to_owned()));
        }
        let SummaryFigures { received, resolved, in_progress, rates, statutory } = SummaryFigures::of(&summary);
        let (ageing, working_time) = self.reading(|conn, rules| {
            let older = calendar_at(conn, rules, period.cut)?;
            let calendar = older.as_ref().unwrap_or(&rules.calendar);
            let agency_id = &question.agency_of(rules)?.id;
            Ok((Ageing::of(&counted, &period, calendar), WorkingTime::of(conn, agency_id, &period, calendar)?))
        })?;
        if !ageing.adds_up(in_progress.total) {
            return Err(OfficeError::Broken("the ages of the open files do not add up".to_owned()));
        }
        let targets = &self.settings().targets;
        Ok(SummaryReport {
            head: question.head(now, agency),
            received,
            resolved,
            in_progress,
            rates,
            statutory,
            online_target: OnlineTarget::of(
                targets.online_measure,
                targets.online_on(question.to).percent,
                &counted,
                &period,
            ),
            waiting_for_reception: WaitingForReception::of(&self.waiting(question, &period)?, &period),
            ageing,
            working_time,
            definitions: summary_definitions(),
        })
    }
}

/// The online rate that is held against the target: the files that have the quality, of these.
#[must_use]
pub const fn measured(measure: OnlineMeasure) -> (Bucket, Bucket) {
    measure.indicator().buckets()
}

/// How the online rate moves: so far, in the last days, and how many of the period are left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pace {
    pub so_far: Rate,
    pub recent: Rate,
    pub recent_days: u64,
    pub days_left: u64,
}

impl Pace {
    pub(super) fn of(measure: OnlineMeasure, counted: &[Counted], period: &Period) -> Self {
        let buckets = measured(measure);
        let recent_since = period.begins.max(period.cut - Duration::days(RECENT_DAYS));
        let at = |one: &Counted| match measure {
            OnlineMeasure::EntirelyOnline => one.closed_at,
            OnlineMeasure::OnlineSubmission | OnlineMeasure::FullOnline => Some(one.received_at),
        };
        let fresh = |one: &&Counted| at(one).is_some_and(|at| at >= recent_since);
        let days = |from: Instant, to: Instant| u64::try_from((to - from).num_days()).unwrap_or(0);
        let ends = day_begins(period.to + Duration::days(1));
        Self {
            so_far: rate(counted, buckets, period),
            recent: rate(counted.iter().filter(fresh), buckets, period),
            recent_days: days(recent_since, period.cut),
            days_left: days(period.cut, ends),
        }
    }
}
