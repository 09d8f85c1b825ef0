//! Open dossiers under a new calendar: a promise moves later when the calendar does, never earlier,
//! and never silently: an event says which decision moved it, and the citizen is told.

mod inside;
pub mod plan;
mod tell;

use std::collections::HashMap;

use serde::Serialize;
use serde_json::json;

use crate::domain::dossier::StepKind;
use crate::domain::notice::NoticeKind;
use crate::domain::time::{Instant, civil_day, rfc3339};
use crate::store::dossiers::{self, DossierRow};
use crate::store::journal::{self, Line};
use crate::store::promises::{self, PromiseKind, PromiseRow};
use crate::store::{Conn, StoreResult, Tx, calendar_versions, kept, outbox, redating};

use self::plan::{Fate, Touched};
use self::tell::Changes;
use super::error::{OfficeError, OfficeResult};
use super::rules::{self, Rules};
use super::stale::ANOTHER_DATE;
use super::terms::Terms;
use super::{Actor, Office, grouped, ids};

/// The calendar version that open dossiers are dated by.
const DATED_BY: &str = "dossiers_dated_by";

/// Dossiers read and written together.
const BATCH: usize = 500;

/// What a new calendar did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct RedateReport {
    /// Dossiers whose promise or new date moved later.
    pub redated: u64,
    /// Promises that would be earlier and stay.
    pub stayed: u64,
    /// Dossiers that wait for the citizen; counted again when work goes on.
    pub waiting: u64,
    pub sub_deadlines: u64,
    /// Online files that wait for acceptance.
    pub submissions: u64,
    /// Messages to citizens.
    pub told: u64,
}

/// Before the first change: open dossiers are dated by the calendar that is there.
///
/// # Errors
/// When the database cannot be read or written.
pub(super) fn begin(tx: &mut Tx<'_>, version: i32) -> StoreResult<()> {
    match kept::get(tx, DATED_BY)? {
        Some(_) => Ok(()),
        None => kept::put(tx, DATED_BY, &version.to_string()),
    }
}

/// The version that open dossiers are dated by; the newest when nothing was kept.
fn dated_by(conn: &mut Conn) -> StoreResult<i32> {
    let kept = kept::get(conn, DATED_BY)?.and_then(|version| version.parse().ok());
    kept.map_or_else(|| calendar_versions::newest(conn), Ok)
}

impl Office {
    /// Brings open dossiers to the newest calendar, if they are not dated by it yet: after the office
    /// hours of the settings changed.
    ///
    /// # Errors
    /// When the database cannot be read or written; nothing is moved then.
    pub fn redate_pending(&self, now: Instant) -> OfficeResult<RedateReport> {
        self.store().write(|tx| self.redate_open(tx, now, Actor::System.journal_name()))
    }

    /// Brings open dossiers from the calendar they are dated by to the newest one. Doing it again
    /// moves nothing.
    pub(super) fn redate_open(&self, tx: &mut Tx<'_>, now: Instant, by: &str) -> OfficeResult<RedateReport> {
        let (from, to) = (dated_by(tx)?, calendar_versions::newest(tx)?);
        if from == to {
            return Ok(RedateReport::default());
        }
        // Read afresh: the shared snapshot must not hold what this transaction may yet undo.
        let rules = Rules::load(tx, &self.given)?;
        let old = rules::calendar_of(tx, from)?;
        let changes = Changes::between(tx, from, to, &old, &rules.calendar)?;
        let touched = plan::plan(redating::running(tx, now)?, redating::pauses(tx)?, now, &old, &rules.calendar);
        let mut report = RedateReport::default();
        let mut moved = Vec::new();
        for one in touched {
            match one.fate {
                Fate::Stays => report.stayed += 1,
                Fate::Waits => report.waiting += 1,
                Fate::Later(_) | Fate::Unchanged => {}
            }
            if matches!(one.fate, Fate::Later(_)) || one.new_due_at.is_some() {
                moved.push(one);
            }
        }
        let offices = self.redating_offices(&rules)?;
        for batch in moved.chunks(BATCH) {
            self.redate_batch(tx, (&rules, &offices), now, by, batch, &changes, &mut report)?;
        }
        report.sub_deadlines = inside::sub_deadlines(tx, &rules, now, &old)?;
        report.submissions = inside::submissions(tx, &rules, now)?;
        // Warnings count working days back from the date: the sweep looks again at every open dossier.
        redating::check_all_again(tx, now)?;
        kept::put(tx, DATED_BY, &to.to_string())?;
        Ok(report)
    }

    /// In whose name the citizens of each agency are told, with the rules that this transaction will leave behind;
    /// empty where there is only one.
    fn redating_offices(&self, rules: &Rules) -> OfficeResult<HashMap<String, (Self, Rules)>> {
        if rules.agencies.len() < 2 {
            return Ok(HashMap::new());
        }
        let own = |id: &String| Ok((id.clone(), (self.of_agency(id)?, rules.narrowed_to(id)?)));
        rules.agencies.iter().map(|agency| own(&agency.id)).collect()
    }

    #[expect(clippy::too_many_arguments, reason = "the parts of one step, all read before")]
    fn redate_batch(
        &self,
        tx: &mut Tx<'_>,
        (rules, offices): (&Rules, &HashMap<String, (Self, Rules)>),
        now: Instant,
        by: &str,
        batch: &[Touched],
        changes: &Changes,
        report: &mut RedateReport,
    ) -> OfficeResult<()> {
        let ids: Vec<&str> = batch.iter().map(|one| one.row.dossier_id.as_str()).collect();
        let rows = dossiers::by_ids(tx, &ids)?.into_iter().map(|row| (row.id.clone(), row));
        let mut rows: HashMap<String, DossierRow> = rows.collect();
        let owned: Vec<String> = ids.iter().map(|id| (*id).to_owned()).collect();
        let mut known = grouped(promises::of_dossiers(tx, &owned)?, |promise| promise.dossier_id.clone());
        // Nobody is told a date that is not the promised one any more.
        outbox::void_waiting(tx, &owned, NoticeKind::Redated, now, ANOTHER_DATE)?;
        let mut lines = Vec::with_capacity(batch.len());
        for one in batch {
            let row = rows.remove(&one.row.dossier_id).ok_or(OfficeError::NotFound)?;
            let promises = known.remove(&row.id).unwrap_or_default();
            let step = Redating { rules, now, changes, before: (row.due_at, row.new_due_at) };
            let (row, promise) = step.take(tx, one, row, &promises)?;
            let reason = changes.reason(civil_day(row.received_at), row.new_due_at.or(row.due_at));
            let (office, rules) = offices.get(&row.agency_id).map_or((self, rules), |(own, rules)| (own, rules));
            report.told += office.tell_redated(tx, rules, now, &row, step.before, &promise, &reason)?;
            report.redated += 1;
            lines.push((row.id.clone(), step.body(&row, &promise, &reason).to_string()));
        }
        let kind = StepKind::Redated.as_str();
        let (recorded_at, at, actor) = (now, now, by);
        let lines: Vec<Line<'_>> = lines
            .iter()
            .map(|(id, body)| Line { recorded_at, at, actor, kind, dossier_id: Some(id), body: body.clone() })
            .collect();
        Ok(journal::append(tx, &lines)?)
    }
}

/// The move of one dossier.
struct Redating<'a> {
    rules: &'a Rules,
    now: Instant,
    changes: &'a Changes,
    /// Promise and new date before.
    before: (Option<Instant>, Option<Instant>),
}

impl Redating<'_> {
    /// Writes the new promises and the row; answers them as they stand after, with the promise that is
    /// told to the citizen.
    fn take(
        &self,
        tx: &mut Tx<'_>,
        one: &Touched,
        mut row: DossierRow,
        known: &[PromiseRow],
    ) -> OfficeResult<(DossierRow, PromiseRow)> {
        let mut number = known.iter().map(|promise| promise.number).max().unwrap_or(0);
        let find = |number: i32| known.iter().find(|promise| promise.number == number);
        let mut told = None;
        if let Fate::Later(due_at) = one.fate {
            number += 1;
            let before = find(row.promise_number).ok_or(OfficeError::NotFound)?;
            let promise = self.judged(one, before, number, due_at)?;
            promises::supersede(tx, &row.id, row.promise_number, self.now)?;
            row.promise_number = number;
            row.due_at = Some(promise.due_at);
            row.statutory_due_at = promise.statutory_due_at;
            told = Some(promise.clone());
            promises::insert(tx, promise)?;
        }
        if let Some(due_at) = one.new_due_at {
            number += 1;
            let before = find(row.reschedule_number).ok_or(OfficeError::NotFound)?;
            let day = civil_day(due_at);
            let promise = PromiseRow {
                id: ids::id(self.now)?,
                number,
                due_at,
                made_at: self.now,
                superseded_at: None,
                calendar_version: self.rules.calendar_version,
                provisional: self.rules.calendar.is_doubtful(day, day),
                basis: self.basis(before),
                ..before.clone()
            };
            promises::supersede(tx, &row.id, row.reschedule_number, self.now)?;
            row.reschedule_number = number;
            row.new_due_at = Some(due_at);
            told = Some(promise.clone());
            promises::insert(tx, promise)?;
        }
        dossiers::save(tx, &row)?;
        row.revision += 1;
        Ok((row, told.ok_or(OfficeError::NotFound)?))
    }

    /// The judged promise under the new calendar, with its ledger.
    fn judged(&self, one: &Touched, before: &PromiseRow, number: i32, due_at: Instant) -> OfficeResult<PromiseRow> {
        let (limit, statutory) = (plan::limit_of(&one.row), plan::statutory_limit(&one.row));
        // Without the law's number the promise is the office's alone.
        let committed = statutory.is_some() || before.statutory_due_at.is_none();
        let (statutory, commitment) = if committed { (statutory, limit) } else { (limit, None) };
        let terms = Terms { statutory, commitment, basis: String::new() };
        let calendar = &self.rules.calendar;
        let agreed = terms.agree(one.row.received_at, plan::restarted(&one.row), &one.pauses, calendar).ok().flatten();
        let day = civil_day(due_at);
        let promise = PromiseRow {
            id: ids::id(self.now)?,
            number,
            kind: PromiseKind::Redated,
            due_at,
            made_at: self.now,
            superseded_at: None,
            calendar_version: self.rules.calendar_version,
            provisional: calendar.is_doubtful(day, day),
            computed_due_at: None,
            basis: self.basis(before),
            ledger: "{}".to_owned(),
            statutory_due_at: before.statutory_due_at.map(|_| due_at),
            statutory_ledger: String::new(),
            ..before.clone()
        };
        let Some(agreed) = agreed else { return Ok(promise) };
        let used = agreed.promise.ledger.limit;
        Ok(PromiseRow {
            // A date that is not by our count is proven by ours beside it.
            computed_due_at: Some(agreed.promise.due_at).filter(|ours| *ours != due_at),
            provisional: agreed.promise.provisional || promise.provisional,
            limit_value: i32::try_from(used.value()).ok(),
            limit_unit: Some(used.unit()),
            ledger: serde_json::to_string(&agreed.promise.ledger)?,
            statutory_due_at: agreed.statutory_due_at(),
            statutory_ledger: agreed.statutory_ledger()?,
            ..promise
        })
    }

    /// What the promise rested on before, and the decision that moved it.
    fn basis(&self, before: &PromiseRow) -> String {
        let made_by = before.basis.split("; lịch v").next().unwrap_or_default();
        format!("{made_by}; lịch v{}: {}", self.rules.calendar_version, self.changes.decision)
    }

    fn body(&self, row: &DossierRow, told: &PromiseRow, reason: &str) -> serde_json::Value {
        // The line names every promise that it makes: the journal proves them.
        let promise = if row.due_at == self.before.0 { told.number } else { row.promise_number };
        json!({
            "due_at": row.due_at.map(rfc3339),
            "was": self.before.0.map(rfc3339),
            "new_due_at": row.new_due_at.map(rfc3339),
            "new_due_was": self.before.1.map(rfc3339),
            "promise": promise,
            "new_promise": row.reschedule_number,
            "calendar_version": self.rules.calendar_version,
            "decision": self.changes.decision,
            "reason": reason,
        })
    }
}
