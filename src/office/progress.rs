//! The steps that move a dossier: each an event that is never taken back; the row is their fold.

use serde_json::{Value, json};

use crate::domain::dossier::{ElectronicResult, Outcome, Stage, StageName, Step};
use crate::domain::notice::notices_due;
use crate::domain::pause::Pause;
use crate::domain::time::{Instant, rfc3339};
use crate::store::dossiers::{self, DossierRow};
use crate::store::promises::{self, PauseRow, PromiseKind, PromiseRow};
use crate::store::sub_deadlines::SubDeadline;
use crate::store::{StoreError, Tx};

use super::alarm::answered;
use super::at_hand::AtHand;
use super::error::{FieldError, OfficeError, OfficeResult, Problem, Refusal};
use super::intake::facts_of;
use super::look::law_date;
use super::rules::Rules;
use super::sub_deadlines::{self, Change};
use super::terms::{Agreed, Terms};
use super::{Actor, Office, delay, ids, readiness};

impl Office {
    /// Takes a step on the dossier with this code.
    ///
    /// # Errors
    /// Not found; refused when the stage forbids the step; or the database.
    pub fn step(&self, now: Instant, actor: &Actor, code: &str, step: &Step) -> OfficeResult<DossierRow> {
        self.writing(|tx, rules| {
            let row = dossiers::by_code(tx, code)?.ok_or(OfficeError::NotFound)?;
            self.act(tx, rules, Moment { now, at: now }, actor, row, step)
        })
    }
}

/// When a step is written down, and when it took effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    pub now: Instant,
    pub at: Instant,
}

/// Takes a step inside a transaction and answers the row as it stands after, with what became of its
/// sub-deadlines; nobody is told ([`Office::act`] tells).
pub(super) fn moved(
    tx: &mut Tx<'_>,
    rules: &Rules,
    moment: Moment,
    actor: &Actor,
    mut row: DossierRow,
    step: &Step,
) -> OfficeResult<(DossierRow, Vec<Change>)> {
    let (before, after) = fold(&mut row, moment.at, step)?;
    readiness::check(tx, &row, step)?;
    match (before, after) {
        (Stage::Processing, Stage::AwaitingSupplement { since } | Stage::AwaitingObligation { since }) => {
            row.paused_since = Some(since);
            let pause = PauseRow {
                id: ids::id(moment.now)?,
                dossier_id: row.id.clone(),
                kind: row.stage,
                from_at: since,
                to_at: None,
            };
            promises::open_pause(tx, pause)?;
        }
        (Stage::AwaitingSupplement { since } | Stage::AwaitingObligation { since }, Stage::Processing) => {
            promises::close_pause(tx, &row.id, moment.at)?;
            row.paused_since = None;
            promise_again(tx, rules, moment, &mut row, &before, since)?;
            delay::new_date_moves_on(tx, rules, moment, &mut row, since)?;
        }
        (
            Stage::Processing
            | Stage::Closed { .. }
            | Stage::AwaitingSupplement { .. }
            | Stage::AwaitingObligation { .. },
            _,
        ) => {}
    }
    let changes = sub_deadlines::follow(tx, rules, moment, &row, step)?;
    let mut body = body_of(&row, step);
    if let (Some(body), Value::Object(more)) = (body.as_object_mut(), sub_deadlines::body_of(tx, &row, step, &changes)?)
    {
        body.extend(more);
    }
    let mut dossier = AtHand::to_move(tx, row)?;
    finish(rules, moment, actor, &mut dossier, step.kind().as_str(), &body);
    Ok((dossier.write(tx)?, changes))
}

/// The row with one more event folded in; promises and pauses are the caller's, nothing is written.
pub(super) fn fold(row: &mut DossierRow, at: Instant, step: &Step) -> OfficeResult<(Stage, Stage)> {
    let before = stage_of(row)?;
    let after = before.after(step, at).map_err(Refusal::Transition)?;
    if at < row.stage_since {
        return Err(FieldError::new("at", rfc3339(at), Problem::BeforeReceipt).into());
    }
    row.stage = after.name();
    if before.name() != after.name() {
        row.stage_since = at;
    }
    if let Stage::Closed { at, returned_at, .. } = after {
        row.closed_at = Some(at);
        row.returned_at = returned_at;
    }
    if let Step::Reassign { to, .. } = step {
        row.unit_id.clone_from(&to.unit_id);
        row.officer_id.clone_from(&to.officer_id);
        row.officer_label = None;
    }
    if let Step::Resolve { electronic, .. } = step {
        row.e_result = *electronic == ElectronicResult::Issued;
    }
    Ok((before, after))
}

/// The body of a step's journal line: how the dossier stands after it.
pub(super) fn body_of(row: &DossierRow, step: &Step) -> serde_json::Value {
    let mut body = json!({
        "due_at": row.due_at.map(rfc3339),
        "new_due_at": row.new_due_at.map(rfc3339),
        "new_promise": row.reschedule_number,
        "statutory_due_at": row.statutory_due_at.map(rfc3339),
        "promise": row.promise_number,
        "stage": row.stage,
        "note": note_of(step),
    });
    if let (Step::ConfirmReady, Some(body)) = (step, body.as_object_mut()) {
        body.insert("for_promise".to_owned(), readiness::promise_in_force(row).into());
    }
    if let (Step::Reassign { from, to, .. }, Some(body)) = (step, body.as_object_mut()) {
        let names =
            [("from_unit", &from.unit), ("from_officer", &from.officer), ("unit", &to.unit), ("officer", &to.officer)];
        body.extend(names.map(|(name, value)| (name.to_owned(), value.clone().into())));
    }
    body
}

/// The event of a dossier, and when the sweep has to look again.
pub(super) fn finish(
    rules: &Rules,
    moment: Moment,
    actor: &Actor,
    dossier: &mut AtHand,
    kind: &str,
    body: &serde_json::Value,
) {
    let next = next_check(&dossier.row, &dossier.promises, &dossier.subs, rules, moment.now);
    dossier.look_again(next);
    dossier.happened(moment, actor, kind, body.to_string());
    answered::moved_on(rules, moment.now, actor, dossier, kind);
}

/// When the sweep must look at the dossier: at once when something is owed already.
pub(super) fn next_check(
    row: &DossierRow,
    promises: &[PromiseRow],
    subs: &[SubDeadline],
    rules: &Rules,
    now: Instant,
) -> Option<Instant> {
    let owed = !notices_due(&facts_of(row, promises), rules.ladder(row), now, &rules.calendar).is_empty();
    if owed || sub_deadlines::owes(row, subs, rules, now) {
        return Some(now);
    }
    sub_deadlines::next_change(row, promises, subs, rules, now)
}

/// After a pause the law gives a new promise: counted afresh after a supplement (NĐ 118/2025
/// Art. 19(5)), moved by the pause after an obligation. A promise that had passed before the pause
/// began stays the judged one, so that a late file cannot be made timely by asking for a paper; when
/// only the office's commitment had passed, the date of the law moves on beside it.
fn promise_again(
    tx: &mut Tx<'_>,
    rules: &Rules,
    moment: Moment,
    row: &mut DossierRow,
    before: &Stage,
    since: Instant,
) -> OfficeResult<()> {
    let Some(due_at) = row.due_at else { return Ok(()) };
    let broken = due_at < since;
    if broken && law_date(row).is_none_or(|law| law < since) {
        return Ok(());
    }
    let known = promises::of_dossier(tx, &row.id)?;
    let (kind, restarted) = restart_of(&known, before, moment.at);
    let Some((terms, agreed)) = agree_again(tx, rules, row, restarted)? else { return Ok(()) };
    let counted = if broken { agreed.statutory() } else { Some(&agreed.promise) };
    let Some(counted) = counted else { return Ok(()) };
    // A promise already made never moves earlier (an imported one may have been later than ours), and
    // a broken one does not move at all.
    let promised = if broken { due_at } else { counted.due_at.max(due_at) };
    let limit = counted.ledger.limit;
    let number = known.iter().map(|promise| promise.number).max().unwrap_or(0) + 1;
    let again = PromiseRow {
        id: ids::id(moment.now)?,
        dossier_id: row.id.clone(),
        number,
        kind,
        due_at: promised,
        made_at: moment.at,
        counted_from: restarted.unwrap_or(row.received_at),
        superseded_at: None,
        limit_value: i32::try_from(limit.value()).ok(),
        limit_unit: Some(limit.unit()),
        computed_due_at: (promised != counted.due_at).then_some(counted.due_at),
        calendar_version: rules.calendar_version,
        provisional: counted.provisional,
        basis: terms.basis,
        ledger: serde_json::to_string(&counted.ledger)?,
        statutory_due_at: agreed.statutory_due_at(),
        statutory_ledger: if broken { String::new() } else { agreed.statutory_ledger()? },
    };
    if !broken {
        promises::supersede(tx, &row.id, row.promise_number, moment.at)?;
        row.promise_number = number;
        row.due_at = Some(promised);
    }
    row.statutory_due_at = again.statutory_due_at;
    Ok(promises::insert(tx, again)?)
}

/// Why the count goes on, and the moment it starts afresh from: now, or at the last supplement.
fn restart_of(known: &[PromiseRow], before: &Stage, at: Instant) -> (PromiseKind, Option<Instant>) {
    match before.name() {
        StageName::AwaitingSupplement => (PromiseKind::Restarted, Some(at)),
        StageName::Processing
        | StageName::AwaitingObligation
        | StageName::Granted
        | StageName::Refused
        | StageName::Withdrawn
        | StageName::Stopped => {
            let restarts = known.iter().filter(|promise| promise.kind == PromiseKind::Restarted);
            (PromiseKind::Resumed, restarts.map(|promise| promise.counted_from).max())
        }
    }
}

/// Both limits counted with what happened since; `None` without any.
fn agree_again(
    tx: &mut Tx<'_>,
    rules: &Rules,
    row: &DossierRow,
    restarted: Option<Instant>,
) -> OfficeResult<Option<(Terms, Agreed)>> {
    let version = rules
        .procedure_version(&row.procedure_id)
        .ok_or_else(|| StoreError::Corrupt(format!("dossier {}: its procedure version is gone", row.code)))?;
    let terms = rules.terms(version, row.channel, row.received_at);
    let pauses: Vec<Pause> = promises::pauses_of(tx, &row.id)?
        .into_iter()
        .filter(|pause| pause.kind == StageName::AwaitingObligation)
        .filter_map(|pause| Some(Pause { from: pause.from_at, to: pause.to_at? }))
        .collect();
    let agreed = terms
        .agree(row.received_at, restarted, &pauses, &rules.calendar)
        .map_err(|error| FieldError::new("received_at", rfc3339(row.received_at), Problem::Deadline(error)))?;
    Ok(agreed.map(|agreed| (terms, agreed)))
}

/// The stage with its data, from the columns.
///
/// # Errors
/// When the columns contradict each other.
pub fn stage_of(row: &DossierRow) -> Result<Stage, StoreError> {
    let closed = |outcome| {
        let at =
            row.closed_at.ok_or_else(|| StoreError::Corrupt(format!("dossier {}: closed without a time", row.code)))?;
        Ok(Stage::Closed { at, outcome, returned_at: row.returned_at })
    };
    let since = row.paused_since.unwrap_or(row.stage_since);
    match row.stage {
        StageName::Processing => Ok(Stage::Processing),
        StageName::AwaitingSupplement => Ok(Stage::AwaitingSupplement { since }),
        StageName::AwaitingObligation => Ok(Stage::AwaitingObligation { since }),
        StageName::Granted => closed(Outcome::Granted),
        StageName::Refused => closed(Outcome::Refused),
        StageName::Withdrawn => closed(Outcome::Withdrawn),
        StageName::Stopped => closed(Outcome::Stopped),
    }
}

fn note_of(step: &Step) -> &str {
    match step {
        Step::RequestSupplement { note } | Step::RequestObligation { note } => note,
        Step::Withdraw { reason } | Step::Stop { reason } | Step::Reassign { reason, .. } => reason,
        Step::ReceiveSupplement
        | Step::MeetObligation
        | Step::Resolve { .. }
        | Step::Return
        | Step::HandOver
        | Step::Consult { .. }
        | Step::AnswerConsultation { .. }
        | Step::ConfirmReady => "",
    }
}
