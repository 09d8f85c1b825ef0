//! The open files that may become late, the likeliest first: how likely, and on how many files of the same
//! procedure, kind of limit and stage that rests. Never writes.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{Duration, Months};
use serde::Serialize;

use crate::domain::calendar::WorkingCalendar;
use crate::domain::limit::LimitUnit;
use crate::domain::risk::{Estimate, Handling, History, Life, Stretch};
use crate::domain::summary::Period;
use crate::domain::survival::Observed;
use crate::domain::text_enum;
use crate::domain::time::{Instant, civil_day, rfc3339};
use crate::domain::timeliness::{Facts, Timeliness, timeliness};
use crate::store::dossiers::{self, DossierRow};
use crate::store::risks::{self, RiskRow};
use crate::store::{Conn, at_one_moment};

use super::error::{FieldError, OfficeResult, Problem};
use super::known::Unknown;
use super::reassign::{give_back, held_at};
use super::report::{Days, Question};
use super::report_procedures::calendar_at;
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
    /// What was known then, and the files that were open; `None`: now.
    pub as_of: Option<Instant>,
}

/// Files that take comparable time.
type Kind = (String, Option<LimitUnit>, Handling);

impl Office {
    /// The open files by how likely they become late. Asked as of a moment, nothing that came after it is seen; how many
    /// months are the history, and how few files are silent, is what the settings say today.
    ///
    /// # Errors
    /// A unit or an agency that nobody knows; or the database.
    pub fn at_risk(&self, now: Instant, whose: &Whose) -> OfficeResult<AtRiskReport> {
        let settings = self.settings().risk;
        let to = civil_day(whose.as_of.unwrap_or(now));
        let from = to.checked_sub_months(Months::new(settings.history_months)).unwrap_or(to);
        let question = Question { from, to, as_of: whose.as_of, agency: whose.agency.clone() };
        let period = question.period(now)?;
        // What happens at the cut is not seen.
        let seen_at = period.cut - Duration::seconds(1);
        self.reading(|conn, rules| {
            let agency = question.agency_of(rules)?;
            let units = whose.units.as_ref().map(|codes| unit_ids(rules, codes)).transpose()?;
            let seen = at_one_moment(conn, |conn| Seen::of(conn, rules, &agency.id, &period))?;
            let asked = |unit_id: Option<&String>| {
                units.as_ref().is_none_or(|ids| unit_id.is_some_and(|unit_id| ids.contains(unit_id)))
            };
            let mut report = AtRiskReport {
                history: Days { from, to },
                as_of: rfc3339(whose.as_of.unwrap_or(now)),
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
            for open in seen.open.iter().filter(|open| asked(open.row.unit_id.as_ref())) {
                let facts = Facts { due_at: open.known.due_at, closed_at: None, paused_since: open.paused_since };
                match (timeliness(&facts, seen_at), &open.stretch, open.known.due_at) {
                    (Timeliness::Overdue, _, _) => report.late += 1,
                    (Timeliness::Running, Some(stretch), Some(due_at)) => {
                        let estimate = seen.estimate(&open.known, stretch, due_at, settings.min_finished);
                        let line = line(rules, open, (stretch.handling, due_at), &estimate, settings.min_finished);
                        lines.push((line, due_at));
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

/// The files that were open, and what all of them tell.
struct Seen {
    open: Vec<Open>,
    histories: HashMap<Kind, History>,
    /// The one known then.
    calendar: Arc<WorkingCalendar>,
}

/// An open file.
struct Open {
    known: RiskRow,
    /// With the unit and the officer who had it.
    row: DossierRow,
    paused_since: Option<Instant>,
    /// The count that runs, if one does.
    stretch: Option<Stretch>,
}

impl Seen {
    /// Files received before the period are open files, but no history: of those of that time only the slow
    /// ones are still there.
    fn of(conn: &mut Conn, rules: &Rules, agency_id: &str, period: &Period) -> OfficeResult<Self> {
        let (mut rows, mut pauses) = risks::since(conn, agency_id, (period.begins, period.cut))?;
        Unknown::of(conn, period)?.forget_risks(conn, agency_id, period, (&mut rows, &mut pauses))?;
        let calendar = calendar_at(conn, rules, period.cut)?.map_or_else(|| Arc::clone(&rules.calendar), Arc::new);
        let seen_at = period.cut - Duration::seconds(1);
        let mut pauses = grouped(pauses, |pause| pause.dossier_id.clone());
        let mut observed: HashMap<Kind, Vec<Observed>> = HashMap::new();
        let mut open = Vec::new();
        for known in rows {
            let stood = pauses.remove(&known.id).unwrap_or_default();
            let paused_since = stood.iter().rfind(|pause| pause.to.is_none()).map(|pause| pause.from);
            let life = Life {
                received_at: known.received_at,
                closed: known.closed_at.map(|at| (at, known.stage)),
                due_at: known.due_at,
                pauses: stood.into_iter().map(|pause| (pause.waits_for, pause.from, pause.to)).collect(),
            };
            let mut stretches = life.stretches(seen_at);
            if known.received_at >= period.begins {
                for stretch in &stretches {
                    let kind = (known.procedure_code.clone(), known.limit_unit, stretch.handling);
                    observed.entry(kind).or_default().push(stretch.observed(&calendar));
                }
            }
            if known.closed_at.is_none() {
                open.push((known, paused_since, stretches.pop().filter(|stretch| stretch.runs)));
            }
        }
        let ids: Vec<&str> = open.iter().map(|(known, ..)| known.id.as_str()).collect();
        let held = held_at(conn, rules, period.cut)?;
        let mut rows = dossiers::by_ids(conn, &ids)?;
        for row in &mut rows {
            give_back(row, &held);
        }
        let mut of_then: HashMap<String, DossierRow> = rows.into_iter().map(|row| (row.id.clone(), row)).collect();
        let open = open.into_iter().filter_map(|(known, paused_since, stretch)| {
            let row = of_then.remove(&known.id)?;
            Some(Open { known, row, paused_since, stretch })
        });
        let histories = observed.into_iter().map(|(kind, files)| (kind, History::of(files))).collect();
        Ok(Self { open: open.collect(), histories, calendar })
    }

    fn estimate(&self, known: &RiskRow, stretch: &Stretch, due_at: Instant, min_finished: u64) -> Estimate {
        let kind = (known.procedure_code.clone(), known.limit_unit, stretch.handling);
        let (used, until) = (stretch.used(&self.calendar), stretch.minutes_to(due_at, &self.calendar));
        let nothing = Estimate { at_risk: 0, finished: 0, chance: None };
        self.histories.get(&kind).map_or(nothing, |history| history.estimate(used, until, min_finished))
    }
}

/// A line, and its chance to be sorted by; what is not said comes last.
fn line(
    rules: &Rules,
    open: &Open,
    (stage, due_at): (Handling, Instant),
    estimate: &Estimate,
    min_finished: u64,
) -> (Option<u64>, RiskLine) {
    let Open { known, row, .. } = open;
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
        due_at: rfc3339(due_at),
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
