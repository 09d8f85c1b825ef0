//! A wrong moment put right by two people: when the result of a dossier was ready. One proposes it with a reason,
//! another approves. What was recorded first stays in the journal, a closed period stays as it was signed, and a
//! report asked as of before the correction does not know it.

use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::domain::dossier::{Stage, StepKind};
use crate::domain::problem::MomentProblem;
use crate::domain::time::{Instant, local, parse_instant, rfc3339};
use crate::render::dates::visit_moment;
use crate::store::dossiers::{self, DossierRow};
use crate::store::journal::Entry;
use crate::store::{Conn, Tx, promises};

use super::at_hand::AtHand;
use super::error::{FieldError, OfficeError, OfficeResult, Problem, Refusal};
use super::finished::closed_late;
use super::progress::{Moment, finish, stage_of};
use super::proposals::{Change, Difference, put_forward};
use super::rules::Rules;
use super::seen::{Need, one_line, seen};
use super::{Actor, Office};

/// A correction as it was typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct CorrectionForm {
    /// When the result was ready: `2026-11-24T16:30`, in Vietnam.
    pub at: String,
    /// How it is known, for who approves and for the journal.
    pub reason: String,
    /// The dossier as the person saw it.
    pub version: i32,
}

/// When the result was ready, against when it was recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    pub code: String,
    pub was: Instant,
    pub becomes: Instant,
    pub reason: String,
}

/// What the journal's line of a correction says.
#[derive(Debug, Clone, Copy, Deserialize)]
pub(crate) struct Corrected {
    pub was: Instant,
    pub becomes: Instant,
}

impl Corrected {
    /// # Errors
    /// When the body says something else.
    pub(crate) fn of(line: &Entry) -> serde_json::Result<Self> {
        serde_json::from_str(&line.body)
    }
}

impl Correction {
    /// One line for lists.
    pub(super) fn title(&self) -> String {
        format!("{}: {}", self.code, visit_moment(local(self.becomes)))
    }

    /// What it was proposed against.
    pub(super) fn base(&self) -> String {
        rfc3339(self.was)
    }

    pub(super) fn differences(&self) -> Vec<Difference> {
        let at = |moment| visit_moment(local(moment));
        vec![Difference { what: self.code.clone(), before: at(self.was), after: at(self.becomes) }]
    }

    /// Moves the end of the dossier. A file that turns out late is owed its letter as any other.
    pub(super) fn apply(
        &self,
        tx: &mut Tx<'_>,
        rules: &Rules,
        now: Instant,
        actor: &Actor,
        proposed_by: &str,
    ) -> OfficeResult<()> {
        let mut row = dossiers::by_code(tx, &self.code)?.ok_or(OfficeError::NotFound)?;
        if ready_at(&row)? != self.was {
            return Err(Refusal::ProposalOutdated.into());
        }
        possible(tx, &row, self.was, self.becomes, now)?;
        row.closed_at = Some(self.becomes);
        row.stage_since = self.becomes;
        let body = json!({
            "was": rfc3339(self.was),
            "becomes": rfc3339(self.becomes),
            "note": self.reason,
            "entered_by": proposed_by,
            "approved_by": actor.journal_name(),
        });
        let mut dossier = AtHand::one(tx, row)?;
        // Reports read lines by when they took effect: from the earlier moment on the figures are others.
        let moment = Moment { now, at: self.was.min(self.becomes) };
        finish(rules, moment, actor, &mut dossier, StepKind::ResultCorrected.as_str(), &body);
        if closed_late(&dossier.row) {
            dossier.look_again(Some(now));
        }
        dossier.write(tx)?;
        Ok(())
    }
}

impl Office {
    /// Puts a correction of the moment forward at which the result was ready; answers the proposal's id. Somebody
    /// else approves it ([`Office::approve`]), also in an office that changes its rules with one person.
    ///
    /// # Errors
    /// Not found; refused to a dossier without a result; every field that is wrong; a conflict when somebody
    /// changed the dossier since it was seen.
    pub fn propose_correction(
        &self,
        now: Instant,
        actor: &Actor,
        code: &str,
        form: &CorrectionForm,
    ) -> OfficeResult<String> {
        self.writing(|tx, rules| {
            let row = seen(tx, code, form.version)?;
            let was = ready_at(&row)?;
            let mut wrong = Vec::new();
            let becomes = match parse_instant(&form.at) {
                Some(at) => note_wrong(&mut wrong, possible(tx, &row, was, at, now).map(|()| at))?,
                None => {
                    let problem = if form.at.trim().is_empty() { Problem::Required } else { Problem::NotAnInstant };
                    wrong.push(FieldError::new("at", &form.at, problem));
                    None
                }
            };
            let reason = note_wrong(&mut wrong, one_line("reason", &form.reason, Need::Required))?;
            let (Some(becomes), Some(reason)) = (becomes, reason) else { return Err(OfficeError::Invalid(wrong)) };
            let correction = Correction { code: row.code, was, becomes, reason };
            put_forward(tx, rules, now, actor, &Change::Correction(correction))
        })
    }
}

/// Holds a moment against the dossier: between what came before the result and what came after.
fn possible(conn: &mut Conn, row: &DossierRow, was: Instant, becomes: Instant, now: Instant) -> OfficeResult<()> {
    let wrong = |problem: Problem| Err(FieldError::new("at", rfc3339(becomes), problem).into());
    let minute = |at: Instant| at.timestamp().div_euclid(60);
    let resumed = promises::pauses_of(conn, &row.id)?.into_iter().filter_map(|pause| pause.to_at).max();
    match becomes {
        // It is typed to the minute.
        at if minute(at) == minute(was) => wrong(MomentProblem::Recorded.into()),
        at if at > now => wrong(Problem::InTheFuture),
        at if at < row.received_at => wrong(Problem::BeforeReceipt),
        at if resumed.is_some_and(|resumed| at < resumed) => wrong(MomentProblem::BeforeResumed.into()),
        at if row.returned_at.is_some_and(|returned| at > returned) => wrong(MomentProblem::AfterReturn.into()),
        _ => Ok(()),
    }
}

/// The value, or `None` with what is wrong with its field noted.
fn note_wrong<T>(wrong: &mut Vec<FieldError>, value: OfficeResult<T>) -> OfficeResult<Option<T>> {
    match value {
        Ok(value) => Ok(Some(value)),
        Err(OfficeError::Invalid(errors)) => {
            wrong.extend(errors);
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

/// When the result is recorded as ready.
///
/// # Errors
/// Refused without a result.
fn ready_at(row: &DossierRow) -> OfficeResult<Instant> {
    use crate::domain::dossier::{InvalidTransition, Outcome};
    match stage_of(row)? {
        Stage::Closed { at, outcome: Outcome::Granted | Outcome::Refused, .. } => Ok(at),
        stage @ (Stage::Processing
        | Stage::AwaitingSupplement { .. }
        | Stage::AwaitingObligation { .. }
        | Stage::Closed { .. }) => {
            let step = StepKind::ResultCorrected;
            Err(Refusal::Transition(InvalidTransition { stage: stage.name(), step }).into())
        }
    }
}
