//! The open files that may become late, the likeliest first: how likely, and on how many files of the same
//! procedure, kind of limit and stage that rests. Never writes.

use std::collections::HashMap;

use chrono::Months;
use serde::Serialize;

use crate::domain::limit::LimitUnit;
use crate::domain::risk::{Estimate, Handling, History, Life, Stretch};
use crate::domain::survival::Observed;
use crate::domain::text_enum;
use crate::domain::time::{Instant, civil_day, day_begins, rfc3339};
use crate::domain::timeliness::{Facts, Timeliness, timeliness};
use crate::store::dossiers::{self, DossierRow};
use crate::store::risks::{self, RiskPause, RiskRow};

use super::error::{FieldError, OfficeResult, Problem};
use super::report::{Days, Question};
use super::{Office, Rules, grouped};

/// Files that could become late.
#[derive(Debug, Clone, Serialize)]
pub struct AtRiskReport {
    /// The days whose files are the history.
    pub history: Days,
    pub as_of: String,
    pub agency: String,
    /// Finished files below which nothing is said.
    pub min_finished: u64,
    /// Open files with a date that has not passed and a clock that runs: the lines, those with a chance first.
    pub total: u64,
    /// Of them those whose chance is not said.
    pub silent: u64,
    /// Open files that are no lines: late already, the clock stands still, nobody promised a date.
    pub late: u64,
    pub paused: u64,
    pub no_promise: u64,
    pub files: Vec<RiskLine>,
}

/// An open file.
#[derive(Debug, Clone, Serialize)]
pub struct RiskLine {
    pub code: String,
    pub procedure_code: String,
    pub procedure: String,
    pub unit: Option<String>,
    pub officer: Option<String>,
    pub received_at: String,
    pub due_at: String,
    /// Since when this stage runs, if not since the receipt.
    pub stage: Handling,
    /// Rounded down; `None`: nothing can be said.
    pub chance_percent: Option<String>,
    /// In 95 of 100 cases the true chance lies between these.
    pub low_percent: Option<String>,
    pub high_percent: Option<String>,
    /// Files of its kind that were still open after as much working time, and those of them that are finished.
    pub cases: u64,
    pub finished: u64,
    pub silent: Option<Silence>,
}

text_enum! {
    /// Why no chance is said.
    Silence {
        /// too few finished files
        Few = "few",
        /// none was seen as long as this one has until its date
        Short = "short",
    }
}

/// Whose files; what is not named is not asked.
#[derive(Debug, Clone, Default)]
pub struct Whose {
    /// Codes of units; a file of any of them.
    pub units: Option<Vec<String>>,
    /// Code of the agency; `None`: the first.
    pub agency: Option<String>,
}

/// Files that take comparable time.
type Kind = (String, Option<LimitUnit>, Handling);

impl Office {
    /// The open files by how likely they become late.
    ///
    /// # Errors
    /// A unit or an agency that nobody knows; or the database.
    pub fn at_risk(&self, now: Instant, whose: &Whose) -> OfficeResult<AtRiskReport> {
        let settings = self.settings().risk;
        let today = civil_day(now);
        let from = today.checked_sub_months(Months::new(settings.history_months)).unwrap_or(today);
        self.reading(|conn, rules| {
            let question = Question { agency: whose.agency.clone(), ..Question::default() };
            let agency = question.agency_of(rules)?;
            let units = whose.units.as_ref().map(|codes| unit_ids(rules, codes)).transpose()?;
            let (rows, pauses) = risks::since(conn, &agency.id, (day_begins(from), now))?;
            let seen = Seen::of(rules, now, day_begins(from), rows, pauses);
            let ids: Vec<&str> = seen.open.iter().map(|(row, _)| row.id.as_str()).collect();
            let rows = dossiers::by_ids(conn, &ids)?;
            let asked = |row: &DossierRow| {
                units.as_ref().is_none_or(|ids| row.unit_id.as_ref().is_some_and(|id| ids.contains(id)))
            };
            let rows: HashMap<String, DossierRow> =
                rows.into_iter().filter(asked).map(|row| (row.id.clone(), row)).collect();
            let mut report = AtRiskReport {
                history: Days { from, to: today },
                as_of: rfc3339(now),
                agency: agency.code.clone(),
                min_finished: settings.min_finished,
                total: 0,
                silent: 0,
                late: 0,
                paused: 0,
                no_promise: 0,
                files: Vec::new(),
            };
            let mut lines = Vec::new();
            for (known, stretch) in &seen.open {
                let Some(row) = rows.get(&known.id) else { continue };
                let facts = Facts { due_at: row.due_at, closed_at: None, paused_since: row.paused_since };
                match (timeliness(&facts, now), stretch, row.due_at) {
                    (Timeliness::Overdue, _, _) => report.late += 1,
                    (Timeliness::Running, Some(stretch), Some(due_at)) => {
                        let estimate = seen.estimate(known, stretch, due_at, settings.min_finished);
                        lines.push((
                            line(rules, row, known, stretch.handling, &estimate, settings.min_finished),
                            due_at,
                        ));
                    }
                    (_, _, None) => report.no_promise += 1,
                    (_, _, Some(_)) => report.paused += 1,
                }
            }
            lines.sort_by(|((chance, a), due_a), ((other, b), due_b)| {
                other.cmp(chance).then_with(|| due_a.cmp(due_b)).then_with(|| a.code.cmp(&b.code))
            });
            report.files = lines.into_iter().map(|((_, line), _)| line).collect();
            let count = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
            report.total = count(report.files.len());
            report.silent = count(report.files.iter().filter(|line| line.silent.is_some()).count());
            Ok(report)
        })
    }
}

fn unit_ids(rules: &Rules, codes: &[String]) -> OfficeResult<Vec<String>> {
    let id = |code: &String| {
        let unknown = || FieldError::new("unit", code, Problem::UnknownUnit);
        Ok(rules.unit_named(code).ok_or_else(unknown)?.id.clone())
    };
    codes.iter().map(id).collect()
}

/// The files that are open, and what all of them tell.
struct Seen<'a> {
    rules: &'a Rules,
    /// With the count that runs, if one does.
    open: Vec<(RiskRow, Option<Stretch>)>,
    histories: HashMap<Kind, History>,
}

impl<'a> Seen<'a> {
    /// Files received before `from` are open files, but no history: of those of that time only the slow
    /// ones are still there.
    fn of(rules: &'a Rules, now: Instant, from: Instant, rows: Vec<RiskRow>, pauses: Vec<RiskPause>) -> Self {
        let calendar = &rules.calendar;
        let mut pauses = grouped(pauses, |pause| pause.dossier_id.clone());
        let mut observed: HashMap<Kind, Vec<Observed>> = HashMap::new();
        let mut open = Vec::new();
        for row in rows {
            let stood = pauses.remove(&row.id).unwrap_or_default();
            let life = Life {
                received_at: row.received_at,
                closed: row.closed_at.map(|at| (at, row.stage)),
                due_at: row.due_at,
                pauses: stood.into_iter().map(|pause| (pause.waits_for, pause.from, pause.to)).collect(),
            };
            let mut stretches = life.stretches(now);
            if row.received_at >= from {
                for stretch in &stretches {
                    let kind = (row.procedure_code.clone(), row.limit_unit, stretch.handling);
                    observed.entry(kind).or_default().push(stretch.observed(calendar));
                }
            }
            if row.closed_at.is_none() {
                open.push((row, stretches.pop().filter(|stretch| stretch.runs)));
            }
        }
        let histories = observed.into_iter().map(|(kind, files)| (kind, History::of(files))).collect();
        Self { rules, open, histories }
    }

    fn estimate(&self, row: &RiskRow, stretch: &Stretch, due_at: Instant, min_finished: u64) -> Estimate {
        let calendar = &self.rules.calendar;
        let kind = (row.procedure_code.clone(), row.limit_unit, stretch.handling);
        let (used, until) = (stretch.used(calendar), stretch.minutes_to(due_at, calendar));
        let nothing = Estimate { at_risk: 0, finished: 0, chance: None };
        self.histories.get(&kind).map_or(nothing, |history| history.estimate(used, until, min_finished))
    }
}

/// A line, and its chance to be sorted by; what is not said comes last.
fn line(
    rules: &Rules,
    row: &DossierRow,
    known: &RiskRow,
    stage: Handling,
    estimate: &Estimate,
    min_finished: u64,
) -> (Option<u64>, RiskLine) {
    let unit = row.unit_id.as_deref().and_then(|id| rules.unit(id)).map(|unit| unit.name.clone());
    let officer = row.officer_id.as_deref().and_then(|id| rules.accounts.get(id)).map(|who| who.name.clone());
    let chance = estimate.chance;
    let silent = if estimate.finished < min_finished { Silence::Few } else { Silence::Short };
    let line = RiskLine {
        code: row.code.clone(),
        procedure_code: known.procedure_code.clone(),
        procedure: rules.procedure_version(&row.procedure_id).map(|known| known.row.name.clone()).unwrap_or_default(),
        unit,
        officer: officer.or_else(|| row.officer_label.clone()),
        received_at: rfc3339(row.received_at),
        due_at: row.due_at.map(rfc3339).unwrap_or_default(),
        stage,
        chance_percent: chance.map(|chance| chance.late.to_string()),
        low_percent: chance.map(|chance| chance.low.to_string()),
        high_percent: chance.map(|chance| chance.high.to_string()),
        cases: estimate.at_risk,
        finished: estimate.finished,
        silent: chance.is_none().then_some(silent),
    };
    (chance.map(|chance| chance.late.hundredths()), line)
}
