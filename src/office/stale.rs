//! Why a message no longer holds: what it speaks of moved on between the decision and the sending.

use crate::domain::dossier::StageName;
use crate::domain::notice::NoticeKind;
use crate::domain::reception::SubmissionState;
use crate::store::dossiers::{self, DossierRow};
use crate::store::letters::{self, LetterState};
use crate::store::outbox::Message;
use crate::store::submissions::{self, Submission};
use crate::store::{Conn, alerts, outages, tasks};

use super::error::{OfficeError, OfficeResult};
use super::sub_deadlines;

/// Why a message about an earlier date is not sent.
pub(super) const ANOTHER_DATE: &str = "another date was promised meanwhile";

/// Why what asks for work, or apologises for a delay, is not sent while the citizen is waited for.
pub(super) const WAITS: &str = "the dossier waits for the applicant";

const TASK_DONE: &str = "the task was done meanwhile";

/// The reason not to send it, `None` while it holds.
pub(super) fn void_reason(conn: &mut Conn, message: &Message) -> OfficeResult<Option<&'static str>> {
    if let Some(reason) = answered(conn, message)? {
        return Ok(Some(reason));
    }
    if let Some(id) = &message.dossier_id {
        let row = dossiers::find(conn, id)?.ok_or(OfficeError::NotFound)?;
        let reason = stale(message, &row).or(letter_gone(conn, message, &row)?).or(tasks_done(conn, message, &row)?);
        return Ok(reason.or(sub_deadlines::stale(conn, message)?));
    }
    if let Some(id) = &message.submission_id {
        let submission = submissions::find(conn, id)?.ok_or(OfficeError::NotFound)?;
        if message.kind == NoticeKind::TaskLate {
            let open = tasks::of_submission(conn, id)?.iter().any(|task| task.done_at.is_none());
            return Ok((!open).then_some(TASK_DONE));
        }
        return Ok(stale_about(message, &submission));
    }
    Ok(None)
}

/// An alert was acknowledged on the screen, or a way works again: no mail about it.
fn answered(conn: &mut Conn, message: &Message) -> OfficeResult<Option<&'static str>> {
    if message.kind == NoticeKind::DeliveryAlarm {
        let over = outages::find(conn, &message.about)?.is_none_or(|outage| outage.ended_at.is_some());
        return Ok(over.then_some("the way works again"));
    }
    let Some(id) = &message.alert_id else { return Ok(None) };
    let over = alerts::find(conn, id)?.is_some_and(|alert| alert.acknowledged_at.is_some() || alert.ended_at.is_some());
    Ok(over.then_some("it was acknowledged meanwhile"))
}

/// The desk and its supervisor hear only of a file that still waits, the same wait; the request to
/// complete a file only while it is open. What else an applicant is told stays true.
pub(super) fn stale_about(message: &Message, submission: &Submission) -> Option<&'static str> {
    let waits = submission.state == SubmissionState::Waiting && submission.round() == message.promise_number;
    let is_alarm = matches!(message.kind, NoticeKind::AcceptanceDue | NoticeKind::AcceptanceLate);
    if is_alarm && !waits {
        return Some("the online file was answered meanwhile");
    }
    let is_request = message.kind == NoticeKind::SubmissionReturned;
    (is_request && submission.state != SubmissionState::Returned).then_some("the file was completed meanwhile")
}

fn stale(message: &Message, row: &DossierRow) -> Option<&'static str> {
    // A letter of a finished file still has to be signed; whether it does, `letter_gone` says.
    let about_a_letter =
        matches!(message.kind, NoticeKind::SignatureDue | NoticeKind::Unsigned | NoticeKind::LetterRefused);
    if row.closed_at.is_some() && !message.kind.outlives_the_dossier() && !about_a_letter {
        return Some("the dossier was finished meanwhile");
    }
    let asks = matches!(message.kind, NoticeKind::DueSoon | NoticeKind::ApologyDue);
    if asks && row.stage != StageName::Processing {
        return Some(WAITS);
    }
    // The question was whether an apology is needed: it was answered.
    if message.kind == NoticeKind::ApologyDue && row.new_due_at.is_some() {
        return Some("a new date was promised meanwhile");
    }
    let of_a_date = asks || matches!(message.kind, NoticeKind::StillOverdue | NoticeKind::Redated);
    let promises = [row.promise_number, row.reschedule_number];
    (of_a_date && !promises.contains(&message.promise_number)).then_some(ANOTHER_DATE)
}

/// A letter is sent only when it is issued; a request to sign one only while one waits.
fn letter_gone(conn: &mut Conn, message: &Message, row: &DossierRow) -> OfficeResult<Option<&'static str>> {
    if let Some(id) = message.letter_id.as_ref().filter(|_| message.kind.is_for_the_citizen()) {
        let letter = letters::find(conn, id)?;
        let stands = letter.is_some_and(|letter| letter.state == LetterState::Issued && !letter.is_taken_back());
        return Ok((!stands).then_some("the letter was not issued, or was taken back"));
    }
    if !matches!(message.kind, NoticeKind::SignatureDue | NoticeKind::Unsigned) {
        return Ok(None);
    }
    let waits = match &message.letter_id {
        Some(id) => letters::find(conn, id)?.is_some_and(|letter| letter.state == LetterState::Draft),
        None => letters::has_draft(conn, &row.id)?,
    };
    Ok((!waits).then_some("the letter was decided on meanwhile"))
}

fn tasks_done(conn: &mut Conn, message: &Message, row: &DossierRow) -> OfficeResult<Option<&'static str>> {
    if message.kind != NoticeKind::TaskLate {
        return Ok(None);
    }
    let open = tasks::of_dossier(conn, &row.id)?.iter().any(|task| task.done_at.is_none());
    Ok((!open).then_some(TASK_DONE))
}
