//! The summary report: immutable instants, counted as they stood at the cut. Reports never write.

use chrono::{Duration, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::config::OnlineMeasure;
use crate::domain::channel::Channel;
use crate::domain::indicator::Indicator;
use crate::domain::rates::{Percent, Rate};
use crate::domain::reception::Standing;
use crate::domain::summary::{Bucket, Counted, Period, Summary, forecast, rate};
use crate::domain::time::{Instant, day_begins, rfc3339};
use crate::render::report_words::{Definition, definitions};
use crate::store::dossiers::{self, DossierRow};
use crate::store::people::Agency;
use crate::store::{counts, submissions};

use super::error::{FieldError, OfficeResult, Problem};
use super::known::{Unknown, unknown_submissions};
use super::reassign::units_at;
use super::{Office, OfficeError, Rules};

pub use super::report_figures::{InProgress, RateFigure, Rates, Received, Resolved, Statutory, SummaryFigures};

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

/// Online files that were not accepted as of the cut: no dossiers, in no other figure.
#[derive(Debug, Clone, Default, Serialize)]
pub struct WaitingForReception {
    pub in_time: u64,
    pub late: u64,
    /// Sent back, not completed yet.
    pub returned: u64,
    /// Declined in the period.
    pub not_accepted: u64,
}

#[derive(Debug, Clone, Serialize)]
pub struct OnlineTarget {
    pub percent: String,
    /// `None` without data.
    pub met: Option<bool>,
    /// Further files, all of them online, until the target is met.
    pub more_needed: Option<u64>,
    pub forecast: Option<String>,
    /// Which of the rates is held against the target.
    pub measure: &'static str,
}

impl SummaryReport {
    /// The rate that the settings hold against the target.
    #[must_use]
    pub fn measured(&self) -> &RateFigure {
        match self.online_target.measure {
            "online_submission" => &self.rates.online_submission,
            "full_online" => &self.rates.full_online,
            _ => &self.rates.entirely_online,
        }
    }
}

impl OnlineTarget {
    /// One of the online rates against a target, of a whole.
    pub(super) fn of(measure: OnlineMeasure, target: Percent, counted: &[Counted], period: &Period) -> Self {
        let pace = Pace::of(measure, counted, period);
        let rate = pace.so_far;
        let forecast = forecast(rate, pace.recent, pace.recent_days, pace.days_left);
        Self {
            percent: target.to_string(),
            met: rate.percent().map(|percent| percent >= target),
            more_needed: rate.percent().and_then(|_| rate.more_needed(target)),
            forecast: forecast.map(|percent| percent.to_string()),
            measure: measure.as_str(),
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

/// A narrower question about a number; what is not named is not asked.
#[derive(Debug, Clone, Copy, Default)]
pub struct Narrow<'a> {
    /// Its code.
    pub procedure: Option<&'a str>,
    pub channel: Option<Channel>,
    /// Code of the unit that handles the files; empty: no unit does.
    pub unit: Option<&'a str>,
}

impl Narrow<'_> {
    /// The id of the unit.
    fn check(&self, rules: &Rules, now: Instant) -> OfficeResult<Option<String>> {
        if let Some(code) = self.procedure.filter(|code| rules.procedure_at(code, now).is_none()) {
            return Err(FieldError::new("procedure", code, Problem::UnknownProcedure).into());
        }
        match self.unit.filter(|code| !code.is_empty()) {
            None => Ok(None),
            Some(code) => match rules.unit_named(code) {
                Some(unit) => Ok(Some(unit.id.clone())),
                None => Err(FieldError::new("unit", code, Problem::UnknownUnit).into()),
            },
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
        let summary = Summary::of(&counted, &period);
        if !summary.is_consistent() {
            return Err(OfficeError::Broken("the buckets of the summary do not add up".to_owned()));
        }
        let SummaryFigures { received, resolved, in_progress, rates, statutory } = SummaryFigures::of(&summary);
        let targets = &self.settings().targets;
        Ok(SummaryReport {
            head: question.head(now, agency),
            received,
            resolved,
            in_progress,
            rates,
            statutory,
            online_target: OnlineTarget::of(targets.online_measure, targets.online(), &counted, &period),
            waiting_for_reception: self.waiting_for_reception(question, &period)?,
            definitions: definitions(Indicator::ALL),
        })
    }

    /// The dossiers behind a number of the summary: exactly as many as it says.
    ///
    /// # Errors
    /// As [`Office::summary`].
    pub fn behind(&self, now: Instant, question: &Question, bucket: Bucket) -> OfficeResult<Vec<DossierRow>> {
        let period = question.period(now)?;
        let (_, counted) = self.counted(question, &period)?;
        let ids: Vec<&str> =
            counted.iter().filter(|one| one.is_in(bucket, &period)).map(|one| one.dossier_id.as_str()).collect();
        self.store().read(|conn| Ok(dossiers::by_ids(conn, &ids)?))
    }

    /// The dossiers behind a number, only those that the narrower question leaves.
    ///
    /// # Errors
    /// As [`Office::summary`]; a procedure or unit that nobody knows.
    pub fn behind_of(
        &self,
        now: Instant,
        question: &Question,
        bucket: Bucket,
        narrow: &Narrow<'_>,
    ) -> OfficeResult<Vec<DossierRow>> {
        let period = question.period(now)?;
        let (_, counted) = self.counted(question, &period)?;
        self.reading(|conn, rules| {
            let unit_id = narrow.check(rules, now)?;
            let fits = |one: &&Counted| {
                let of = |code| rules.procedure_version(&one.procedure_id).is_some_and(|known| known.row.code == code);
                one.is_in(bucket, &period)
                    && narrow.procedure.is_none_or(of)
                    && narrow.channel.is_none_or(|channel| one.channel == channel)
                    && (narrow.unit.is_none() || one.unit_id == unit_id)
            };
            let ids: Vec<&str> = counted.iter().filter(fits).map(|one| one.dossier_id.as_str()).collect();
            Ok(dossiers::by_ids(conn, &ids)?)
        })
    }

    pub(super) fn counted(&self, question: &Question, period: &Period) -> OfficeResult<(String, Vec<Counted>)> {
        self.reading(|conn, rules| {
            let agency = question.agency_of(rules)?;
            let mut files = counts::at_cut(conn, Some(&agency.id), period.begins, period.cut)?;
            Unknown::of(conn, period)?.forget(conn, &agency.id, period, &mut files)?;
            units_at(conn, rules, period.cut, &mut files)?;
            Ok((agency.code.clone(), files))
        })
    }

    fn waiting_for_reception(&self, question: &Question, period: &Period) -> OfficeResult<WaitingForReception> {
        let files = self.reading(|conn, rules| {
            let agency = question.agency_of(rules)?;
            let unknown = unknown_submissions(conn, period)?;
            Ok(submissions::at_cut(conn, &agency.id, period.begins, period.cut, &unknown)?)
        })?;
        let mut figures = WaitingForReception::default();
        for standing in files.iter().filter_map(|file| file.standing(period.cut)) {
            *match standing {
                Standing::InTime => &mut figures.in_time,
                Standing::Late => &mut figures.late,
                Standing::Returned => &mut figures.returned,
                Standing::NotAccepted => &mut figures.not_accepted,
            } += 1;
        }
        Ok(figures)
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
