//! The report on time limits: per procedure the law's limit, the office's commitment, and what was
//! really needed. Reports never write.

use std::collections::HashMap;

use chrono::{Duration, Months};
use serde::Serialize;

use crate::domain::calendar::WorkingCalendar;
use crate::domain::channel::Channel;
use crate::domain::cut::{Aims, Finding, Limits, is_met};
use crate::domain::dossier::StageName;
use crate::domain::limit::LimitUnit;
use crate::domain::needed::{Course, End, Standing, Start};
use crate::domain::rates::{Percent, Rate};
use crate::domain::time::{Instant, civil_day};
use crate::domain::timeliness::{Facts, timeliness};
use crate::store::needs::{self, Need};
use crate::store::{Conn, StoreError, calendar_versions};

use super::error::{FieldError, OfficeResult, Problem};
use super::known::Unknown;
use super::report::{Head, Question};
use super::rules::{ProcedureVersion, calendar_of};
use super::{Office, Rules};

/// The report as interfaces.md gives it.
#[derive(Debug, Clone, Serialize)]
pub struct ProceduresReport {
    #[serde(flatten)]
    pub head: Head,
    pub late_share_percent: String,
    /// Files with a result below which nothing is proposed.
    pub min_cases: u64,
    pub target: CutTarget,
    pub procedures: Vec<ProcedureLine>,
}

/// The plan's target: so many procedures cut by so much.
#[derive(Debug, Clone, Serialize)]
pub struct CutTarget {
    pub cut_percent: String,
    pub procedures_percent: String,
    /// Procedures of which every limit is cut by a commitment.
    pub cut: u64,
    /// Those and the procedures of which every other limit could be cut, by the figures.
    pub reachable: u64,
    /// Procedures with a limit.
    pub total: u64,
    pub percent: Option<String>,
    /// `None` without procedures.
    pub met: Option<bool>,
    /// Procedures whose limit is not published; they are not in the total.
    pub without_limit: u64,
}

/// A procedure, or one channel of it where the limits differ by channel.
#[derive(Debug, Clone, Serialize)]
pub struct ProcedureLine {
    pub code: String,
    pub name: String,
    pub sector: String,
    /// `None`: the same limits for every channel.
    pub channel: Option<Channel>,
    pub statutory: u32,
    pub commitment: Option<u32>,
    /// Of the statutory limit; what was needed is measured in it, `same_day` in working days.
    pub unit: LimitUnit,
    pub commitment_unit: Option<LimitUnit>,
    /// How much shorter the commitment is; `None` without one, and between units.
    pub commitment_cut_percent: Option<String>,
    pub cases: u64,
    pub censored: u64,
    pub median: Option<u32>,
    pub p90: Option<u32>,
    pub shortest: Option<u32>,
    pub shortest_late_percent: Option<String>,
    pub possible_cut_percent: Option<String>,
    pub could_cut: Option<bool>,
    pub cut: bool,
    /// Of the files that were closed, and those open past their promise.
    #[serde(skip)]
    pub on_time: Rate,
}

/// The twelve months up to today: enough files for most procedures, and every season once.
#[must_use]
pub fn last_year(now: Instant) -> Question {
    let to = civil_day(now);
    let from = to.checked_sub_months(Months::new(12)).unwrap_or(to) + Duration::days(1);
    Question { from, to, ..Question::default() }
}

/// The chosen share of late files: `5`, `2,5` or `2.5`; nothing for the setting's.
///
/// # Errors
/// [`Problem::NotAShare`].
pub fn late_share(text: Option<&str>) -> Result<Option<Percent>, FieldError> {
    let Some(text) = text.map(str::trim).filter(|text| !text.is_empty()) else { return Ok(None) };
    let wrong = || FieldError::new("late_share", text, Problem::NotAShare);
    let share: Percent = text.parse().map_err(|_| wrong())?;
    if share < Percent::from_hundredths(10_000) { Ok(Some(share)) } else { Err(wrong()) }
}

impl Office {
    /// What the files received in a period needed, by procedure. Files carried over are left out: of
    /// those of earlier periods only the slow ones are still there.
    ///
    /// # Errors
    /// A wrong period or agency; or the database.
    pub fn procedures_report(
        &self,
        now: Instant,
        question: &Question,
        late_share: Option<Percent>,
    ) -> OfficeResult<ProceduresReport> {
        let period = question.period(now)?;
        let aims = self.settings().targets.cut_aims(late_share);
        self.reading(|conn, rules| {
            let agency = question.agency_of(rules)?;
            let mut files: HashMap<(String, Channel), (Vec<Course>, Rate)> = HashMap::new();
            let mut needs = needs::at_cut(conn, &agency.id, period.begins, period.cut)?;
            Unknown::of(conn, &period)?.forget_needs(&mut needs, &period);
            for need in needs {
                let (courses, on_time) = files.entry((need.procedure_code.clone(), need.channel)).or_default();
                courses.push(course(&need, period.cut)?);
                count(on_time, &need, period.cut);
            }
            let older = calendar_at(conn, rules, period.cut)?;
            let calendar = older.as_ref().unwrap_or(&rules.calendar);
            let seen = period.cut - Duration::seconds(1);
            let (mut lines, mut reached, mut without_limit) = (Vec::new(), Reached::default(), 0);
            for version in rules.procedures_at(seen) {
                let every = limits_of(rules, version, seen);
                if every.is_empty() {
                    without_limit += 1;
                    continue;
                }
                let first = lines.len();
                for (channel, limits) in &every {
                    let channels = channel.as_ref().map_or(Channel::ALL, std::slice::from_ref);
                    let found: Vec<_> =
                        channels.iter().filter_map(|one| files.get(&(version.row.code.clone(), *one))).collect();
                    let unit = limits.statutory.unit();
                    let courses = found.iter().flat_map(|(courses, _)| courses);
                    let observed = courses.map(|course| course.observed(unit, calendar));
                    let mut line = line(version, *channel, limits, &limits.judge(observed, &aims), &aims);
                    for (_, on_time) in &found {
                        line.on_time.of += on_time.of;
                        line.on_time.total += on_time.total;
                    }
                    lines.push(line);
                }
                reached.count(lines.get(first..).unwrap_or_default());
            }
            Ok(ProceduresReport {
                head: question.head(now, agency.code.clone()),
                late_share_percent: aims.late_share.to_string(),
                min_cases: aims.min_cases,
                target: target(reached, without_limit, &aims),
                procedures: lines,
            })
        })
    }
}

/// The calendar that was known at the cut, when that is not today's: asked again later, the report
/// gives the same answer.
pub(super) fn calendar_at(conn: &mut Conn, rules: &Rules, cut: Instant) -> OfficeResult<Option<WorkingCalendar>> {
    let versions = calendar_versions::all(conn)?;
    let known = versions.iter().find(|version| version.made_at < cut).or_else(|| versions.last());
    let older = known.map(|known| known.version).filter(|version| *version != rules.calendar_version);
    older.map(|version| calendar_of(conn, version)).transpose()
}

/// The limits of a procedure: one line for all channels where they agree, else one for each channel.
fn limits_of(rules: &Rules, version: &ProcedureVersion, at: Instant) -> Vec<(Option<Channel>, Limits)> {
    let of = |channel: &Channel| {
        let terms = rules.terms(version, *channel, at);
        Some(Limits { statutory: terms.statutory?, commitment: terms.commitment })
    };
    let each: Vec<Option<Limits>> = Channel::ALL.iter().map(of).collect();
    match each.first() {
        Some(Some(limits)) if each.iter().all(|other| *other == Some(*limits)) => vec![(None, *limits)],
        _ => Channel::ALL.iter().zip(each).filter_map(|(channel, limits)| Some((Some(*channel), limits?))).collect(),
    }
}

/// The life of a dossier up to the cut.
pub(super) fn course(need: &Need, cut: Instant) -> OfficeResult<Course> {
    let start = match need.ledger.as_deref() {
        // What was promised elsewhere, and could not be counted here, has none.
        None | Some("{}") => Start { received_at: need.received_at, restarted_at: None, pauses: Vec::new() },
        Some(ledger) => serde_json::from_str(ledger)
            .map_err(|error| StoreError::Corrupt(format!("promises.ledger of {}: {error}", need.procedure_code)))?,
    };
    let end = match (need.closed_at, need.stage) {
        (Some(at), StageName::Granted | StageName::Refused) => End::Result(at),
        (
            Some(at),
            StageName::Withdrawn
            | StageName::Stopped
            | StageName::Processing
            | StageName::AwaitingSupplement
            | StageName::AwaitingObligation,
        ) => End::Unknown(at),
        // Seen until just before the cut: it needs what an answer at the cut would need, or more.
        (None, _) => End::Unknown(cut),
    };
    let standing = need.standing.map(|(since, waits_for)| Standing { since, waits_for });
    Ok(Course { start, due_at: need.due_at, standing, end })
}

fn line(
    version: &ProcedureVersion,
    channel: Option<Channel>,
    limits: &Limits,
    found: &Finding,
    aims: &Aims,
) -> ProcedureLine {
    let text = |percent: Option<Percent>| percent.map(|percent| percent.to_string());
    ProcedureLine {
        code: version.row.code.clone(),
        name: version.row.name.clone(),
        sector: version.row.sector.clone(),
        channel,
        statutory: limits.statutory.value(),
        commitment: limits.commitment.map(|limit| limit.value()),
        unit: limits.statutory.unit(),
        commitment_unit: limits.commitment.map(|limit| limit.unit()),
        commitment_cut_percent: text(limits.committed_cut()),
        cases: found.cases,
        censored: found.censored,
        median: found.median,
        p90: found.p90,
        shortest: found.shortest,
        shortest_late_percent: text(found.shortest_late),
        possible_cut_percent: text(found.possible),
        could_cut: found.could_cut,
        cut: limits.is_cut(aims.cut),
        on_time: Rate::default(),
    }
}

/// Counts a file as the summary does.
fn count(on_time: &mut Rate, need: &Need, cut: Instant) {
    let paused_since = need.standing.map(|(since, _)| since);
    let facts = Facts { due_at: need.due_at, closed_at: need.closed_at, paused_since };
    let verdict = timeliness(&facts, cut - Duration::seconds(1));
    on_time.of += u64::from(verdict.is_on_time());
    on_time.total += u64::from(verdict.is_rated());
}

/// How many procedures are cut, and how many could be.
#[derive(Debug, Clone, Copy, Default)]
struct Reached {
    cut: u64,
    reachable: u64,
    total: u64,
}

impl Reached {
    /// Counts a procedure, given as its lines.
    fn count(&mut self, lines: &[ProcedureLine]) {
        self.total += 1;
        self.cut += u64::from(lines.iter().all(|line| line.cut));
        self.reachable += u64::from(lines.iter().all(|line| line.cut || line.could_cut == Some(true)));
    }
}

fn target(reached: Reached, without_limit: u64, aims: &Aims) -> CutTarget {
    let rate = Rate { of: reached.cut, total: reached.total };
    CutTarget {
        cut_percent: aims.cut.to_string(),
        procedures_percent: aims.procedures.to_string(),
        cut: reached.cut,
        reachable: reached.reachable,
        total: reached.total,
        percent: rate.percent().map(|percent| percent.to_string()),
        met: is_met(rate, aims),
        without_limit,
    }
}
