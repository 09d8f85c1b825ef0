//! The manager's figures: computed as of a moment by a job or at somebody's wish, and kept, so that the
//! page answers at once and says of when its numbers are. Lists asked with that moment have their length.
//!
//! A closed month is counted once. It is counted again only when the journal has since got a line that
//! took effect before its end (a history taken over by import).

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::config::OnlineMeasure;
use crate::domain::indicator::Indicator;
use crate::domain::rates::Rate;
use crate::domain::summary::{Bucket, Counted, Period, Summary, rate};
use crate::domain::time::{Instant, rfc3339};
use crate::store::{Conn, counts, journal, kept};

use super::error::{OfficeError, OfficeResult};
use super::report::{Pace, Question, measured};
use super::report_groups::{self, Grouping};
use super::trend::{ends_at, months_before, pinned, this_month, whole_month};
use super::{Office, Rules};

/// Closed months of the trend: eleven, and the one a year ago to compare with.
const CLOSED_MONTHS: u32 = 12;
/// On time, and those that count for it.
const ON_TIME: (Bucket, Bucket) = Indicator::OnTime.buckets();
const FIGURES: &str = "figures";
const MONTHS: &str = "figures_months";

/// What the manager reads, as of a moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figures {
    /// The moment up to which everything is seen; lists behind the numbers are asked with it.
    pub as_of: Instant,
    /// The month, its first and last day.
    pub from: NaiveDate,
    pub to: NaiveDate,
    /// Which online rate is held against the target.
    pub measure: OnlineMeasure,
    pub counts: BTreeMap<Bucket, u64>,
    pub pace: Pace,
    /// Thirteen months, the current one last.
    pub months: Vec<Month>,
    pub procedures: Vec<Group>,
    pub units: Vec<Group>,
}

/// Both rates of a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Month {
    pub first: NaiveDate,
    pub on_time: Rate,
    pub online: Rate,
}

/// Both rates of a procedure or a unit, by its code; empty: no unit handles the files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    pub code: String,
    pub on_time: Rate,
    pub online: Rate,
}

/// How a calculation went, for the page of the jobs.
#[derive(Debug, Clone, Default, Serialize)]
pub struct FiguresReport {
    pub as_of: String,
    /// Closed months that had to be counted.
    pub months_counted: u32,
}

/// The closed months that were counted, by their first day.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Closed {
    /// Last line of the journal that was seen.
    seq: i64,
    months: BTreeMap<NaiveDate, BTreeMap<Bucket, u64>>,
}

impl Closed {
    fn rates(&self, measure: OnlineMeasure) -> Vec<Month> {
        self.months.iter().map(|(first, counts)| Month::of(measure, *first, counts)).collect()
    }
}

impl Month {
    /// The rates by the counts of a month.
    pub(super) fn of(measure: OnlineMeasure, first: NaiveDate, counts: &BTreeMap<Bucket, u64>) -> Self {
        let count = |bucket| counts.get(&bucket).copied().unwrap_or(0);
        let rate = |(of, total)| Rate { of: count(of), total: count(total) };
        Self { first, on_time: rate(ON_TIME), online: rate(measured(measure)) }
    }
}

impl Figures {
    #[must_use]
    pub fn count(&self, bucket: Bucket) -> u64 {
        self.counts.get(&bucket).copied().unwrap_or(0)
    }

    /// The question whose answers they are.
    #[must_use]
    pub fn question(&self) -> Question {
        Question { from: self.from, to: self.to, as_of: Some(self.as_of), agency: None }
    }

    /// Whether they speak of the month of `now`, by the measure of the settings.
    #[must_use]
    pub fn are_of(&self, now: Instant, measure: OnlineMeasure) -> bool {
        self.from == this_month(now).from && self.measure == measure
    }
}

impl Office {
    /// The figures as they were last computed; `None`: never.
    ///
    /// # Errors
    /// The database.
    pub fn figures(&self) -> OfficeResult<Option<Figures>> {
        self.reading(|conn, rules| read(conn, &name(FIGURES, rules)?))
    }

    /// Computes the figures as of `now` and keeps them. `told` hears how many of how many months are done.
    ///
    /// # Errors
    /// The database.
    pub fn refresh_figures(&self, now: Instant, told: &dyn Fn(u32, u32)) -> OfficeResult<FiguresReport> {
        self.for_each(
            |office| office.refresh_own_figures(now, told),
            |sum: &mut FiguresReport, part| {
                sum.as_of = part.as_of;
                sum.months_counted += part.months_counted;
            },
        )
    }

    fn refresh_own_figures(&self, now: Instant, told: &dyn Fn(u32, u32)) -> OfficeResult<FiguresReport> {
        let question = pinned(&this_month(now), now);
        let (closed, months_counted) = self.closed_months(&question, told)?;
        let period = question.period(now)?;
        let (_, files) = self.counted(&question, &period)?;
        let summary = Summary::of(files.iter(), &period);
        if !summary.is_consistent() {
            return Err(OfficeError::Broken("the buckets of the summary do not add up".to_owned()));
        }
        let measure = self.settings().targets.online_measure;
        let counts = summary.counts();
        let mut months = closed.rates(measure);
        months.push(Month::of(measure, question.from, &counts));
        let (procedures, units) = self.reading(|_, rules| {
            let by = |grouping| groups(measure, grouping, rules, &period, &files);
            Ok((by(Grouping::Procedure), by(Grouping::Unit)))
        })?;
        let as_of = question.as_of.unwrap_or(now);
        let pace = Pace::of(measure, &files, &period);
        let figures =
            Figures { as_of, from: question.from, to: question.to, measure, counts, pace, months, procedures, units };
        told(CLOSED_MONTHS + 1, CLOSED_MONTHS + 1);
        let (figures, closed) = (serde_json::to_string(&figures)?, serde_json::to_string(&closed)?);
        self.writing(|tx, rules| {
            kept::put(tx, &name(FIGURES, rules)?, &figures)?;
            Ok(kept::put(tx, &name(MONTHS, rules)?, &closed)?)
        })?;
        Ok(FiguresReport { as_of: rfc3339(as_of), months_counted })
    }

    /// Both rates of the closed months before the one asked for, the last one last.
    ///
    /// # Errors
    /// The database.
    pub(super) fn months_before(&self, current: &Question) -> OfficeResult<Vec<Month>> {
        Ok(self.closed_months(current, &|_, _| {})?.0.rates(self.settings().targets.online_measure))
    }

    /// The closed months, those that are not known counted now, and how many these were.
    fn closed_months(&self, current: &Question, told: &dyn Fn(u32, u32)) -> OfficeResult<(Closed, u32)> {
        let (mut closed, agency_id) = self.reading(|conn, rules| {
            let known: Option<Closed> = read(conn, &name(MONTHS, rules)?)?;
            let mut closed = known.unwrap_or_default();
            // Seen before anything is counted: what comes meanwhile is looked at the next time.
            let (seq, _) = journal::head(conn)?;
            if !closed.months.is_empty()
                && let Some(earliest) = journal::earliest_effect_after(conn, closed.seq)?
            {
                closed.months.retain(|first, _| ends_at(*first) <= earliest);
            }
            closed.seq = seq;
            Ok((closed, rules.agency()?.id.clone()))
        })?;
        let wanted: Vec<NaiveDate> =
            (1..=CLOSED_MONTHS).rev().filter_map(|back| months_before(current.from, back)).collect();
        closed.months.retain(|first, _| wanted.contains(first));
        let mut counted = 0;
        for (done, first) in (0..).zip(wanted) {
            told(done, CLOSED_MONTHS + 1);
            if closed.months.contains_key(&first) {
                continue;
            }
            let period = whole_month(first).period(ends_at(first))?;
            let files = self.store().read(|conn| counts::at_cut(conn, &agency_id, period.begins, period.cut))?;
            closed.months.insert(first, Summary::of(&files, &period).counts());
            counted += 1;
        }
        Ok((closed, counted))
    }
}

/// Where the figures of the agency are kept.
fn name(what: &str, rules: &Rules) -> OfficeResult<String> {
    Ok(format!("{what}:{}", rules.agency()?.code))
}

/// What is kept; what an older program kept in another shape counts as nothing.
fn read<T: serde::de::DeserializeOwned>(conn: &mut Conn, name: &str) -> OfficeResult<Option<T>> {
    Ok(kept::get(conn, name)?.and_then(|text| serde_json::from_str(&text).ok()))
}

/// Both rates of each group of the files.
fn groups(measure: OnlineMeasure, grouping: Grouping, rules: &Rules, period: &Period, files: &[Counted]) -> Vec<Group> {
    let group = |group: report_groups::Group<'_>| Group {
        code: group.code.to_owned(),
        on_time: rate(group.files.iter().copied(), ON_TIME, period),
        online: rate(group.files.iter().copied(), measured(measure), period),
    };
    grouping.of(rules, period, files).into_iter().map(group).collect()
}
