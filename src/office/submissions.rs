//! Online files before they are dossiers: handed in, accepted, sent back once, completed, declined.
//! The desk has eight office hours for its answer (NĐ 118/2025 Art. 17(2)(c)); the limit of the
//! procedure begins with acceptance only (Art. 17(3)), so nothing here is promised or counted as received.

mod draft;

use serde_json::json;

use crate::domain::channel::Channel;
use crate::domain::code::DossierCode;
use crate::domain::notice::NoticeKind;
use crate::domain::time::{Instant, rfc3339};
use crate::store::dossiers::DossierRow;
use crate::store::journal::{self, Line};
use crate::store::submissions::{self, Submission, SubmissionState};
use crate::store::{Conn, StoreError, Tx};

use super::error::{OfficeError, OfficeResult, Refusal};
use super::intake::{Identity, IntakeForm, OldReceipt, check, enter};
use super::once::{Once, act_once};
use super::rules::Rules;
use super::seen::{Need, one_line};
use super::{Actor, Office};

pub(super) use draft::clock;
use draft::drafted;

/// The journal's word, among the events of a dossier, for when it was handed in online.
pub const SUBMITTED: &str = "submitted_online";

/// What the desk or the applicant does with a file that is not accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// What has to be completed: in full and once (Art. 17(2)).
    SendBack {
        note: String,
    },
    /// The applicant completed the file.
    Complete,
    Decline {
        reason: String,
    },
}

impl Answer {
    const fn journal_kind(&self) -> &'static str {
        match self {
            Self::SendBack { .. } => "submission_returned",
            Self::Complete => "submission_completed",
            Self::Decline { .. } => "submission_declined",
        }
    }
}

/// What the file looked like to who decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seen {
    /// A program: as it stands.
    Any,
    /// A person before a page.
    At { revision: i32 },
}

impl Office {
    /// Takes an online file in, once for each key: a code at once, an acknowledgement, and a clock.
    ///
    /// # Errors
    /// Every field that is wrong, at once; refused when the key came with another request.
    pub fn submit_once(
        &self,
        now: Instant,
        actor: &Actor,
        form: &IntakeForm,
        once: Option<&Once>,
    ) -> OfficeResult<Submission> {
        self.writing(|tx, rules| act_once(tx, now, once, |tx| self.submit(tx, rules, now, actor, form)))
    }

    /// Accepts a file: it becomes a dossier received now, with the code and the page it has.
    ///
    /// # Errors
    /// Not found; refused when it does not wait; the fields that the rules no longer take.
    pub fn accept_submission(
        &self,
        now: Instant,
        actor: &Actor,
        code: &str,
        seen: Seen,
        once: Option<&Once>,
    ) -> OfficeResult<DossierRow> {
        self.writing(|tx, rules| act_once(tx, now, once, |tx| self.accept(tx, rules, now, actor, code, seen)))
    }

    /// Sends a file back, takes the applicant's answer, or declines it.
    ///
    /// # Errors
    /// Not found; refused when its state forbids it; a note that is missing or too long.
    pub fn answer_submission(
        &self,
        now: Instant,
        actor: &Actor,
        code: &str,
        seen: Seen,
        answer: &Answer,
        once: Option<&Once>,
    ) -> OfficeResult<Submission> {
        self.writing(|tx, rules| act_once(tx, now, once, |tx| self.answer(tx, rules, now, actor, (code, seen), answer)))
    }

    /// The online file with this code.
    ///
    /// # Errors
    /// Not found; or the database.
    pub fn submission(&self, code: &str) -> OfficeResult<Submission> {
        self.store().read(|conn| found(conn, code, Seen::Any))
    }

    /// The online file behind the secret of a citizen's page, unless it is a dossier by now.
    ///
    /// # Errors
    /// The database.
    pub fn submission_by_status_token(&self, token: &str) -> OfficeResult<Option<Submission>> {
        let found = self.store().read(|conn| submissions::by_status_token(conn, token))?;
        Ok(found.filter(|submission| submission.dossier_id.is_none()))
    }

    pub(super) fn submit(
        &self,
        tx: &mut Tx<'_>,
        rules: &Rules,
        now: Instant,
        actor: &Actor,
        form: &IntakeForm,
    ) -> OfficeResult<Submission> {
        let form = IntakeForm { channel: Channel::Online.to_string(), ..form.clone() };
        let checked = check(&form, rules, now, OldReceipt::Refused).map_err(OfficeError::Invalid)?;
        let code = self.code_for(tx, rules, &checked)?;
        let submission = drafted(rules, now, &code, &form, &checked)?;
        submissions::insert(tx, submission.clone())?;
        let body = json!({
            "code": submission.code,
            "procedure": submission.procedure_code,
            "due_at": rfc3339(submission.due_at),
        });
        write_down(tx, (now, submission.submitted_at), actor, "submission_received", None, &body)?;
        self.tell_applicant(tx, rules, now, &submission, NoticeKind::SubmissionReceived)?;
        Ok(submission)
    }

    pub(super) fn accept(
        &self,
        tx: &mut Tx<'_>,
        rules: &Rules,
        now: Instant,
        actor: &Actor,
        code: &str,
        seen: Seen,
    ) -> OfficeResult<DossierRow> {
        let submission = found(tx, code, seen)?;
        if submission.state != SubmissionState::Waiting {
            return Err(Refusal::NotWaiting.into());
        }
        // Held against the rules of now: the dossier is received now, under the version in force.
        let form: IntakeForm = serde_json::from_str(&submission.form)?;
        let checked = check(&form, rules, now, OldReceipt::Refused).map_err(OfficeError::Invalid)?;
        let code = DossierCode::parse(&submission.code)
            .map_err(|_| StoreError::Corrupt(format!("submission {}: its code", submission.id)))?;
        let identity = Identity { code, status_token: submission.status_token.clone() };
        let row = enter(tx, rules, now, actor, &checked, identity)?;
        let body = json!({
            "code": submission.code,
            "accept_by": rfc3339(submission.due_at),
        });
        write_down(tx, (now, submission.submitted_at), actor, SUBMITTED, Some(&row.id), &body)?;
        submissions::save(
            tx,
            Submission {
                state: SubmissionState::Accepted,
                decided_at: Some(now),
                dossier_id: Some(row.id.clone()),
                next_check_at: None,
                ..submission
            },
        )?;
        self.send_receipt(tx, rules, now, &row)?;
        Ok(row)
    }

    pub(super) fn answer(
        &self,
        tx: &mut Tx<'_>,
        rules: &Rules,
        now: Instant,
        actor: &Actor,
        (code, seen): (&str, Seen),
        answer: &Answer,
    ) -> OfficeResult<Submission> {
        let (after, told) = answered(rules, now, found(tx, code, seen)?, answer)?;
        let body = json!({
            "code": after.code,
            "due_at": (after.state == SubmissionState::Waiting).then(|| rfc3339(after.due_at)),
            "note": if told.is_some() { after.note.as_str() } else { "" },
        });
        write_down(tx, (now, now), actor, answer.journal_kind(), None, &body)?;
        submissions::save(tx, after.clone())?;
        Self::take_from_desk(tx, now, &after)?;
        if let Some(kind) = told {
            self.tell_applicant(tx, rules, now, &after, kind)?;
        }
        Ok(Submission { revision: after.revision + 1, ..after })
    }
}

/// The file as it stands after an answer, and what the applicant is told.
fn answered(
    rules: &Rules,
    now: Instant,
    before: Submission,
    answer: &Answer,
) -> OfficeResult<(Submission, Option<NoticeKind>)> {
    Ok(match (before.state, answer) {
        (SubmissionState::Waiting, Answer::SendBack { .. }) if before.returned_at.is_some() => {
            return Err(Refusal::SentBackBefore.into());
        }
        (SubmissionState::Waiting, Answer::SendBack { note }) => {
            let note = one_line("note", note, Need::Required)?;
            let state = SubmissionState::Returned;
            let after = Submission { state, note, returned_at: Some(now), next_check_at: None, ..before };
            (after, Some(NoticeKind::SubmissionReturned))
        }
        (SubmissionState::Returned, Answer::Complete) => {
            let clock = clock(rules, &before.procedure_code, now)?;
            let after = Submission {
                state: SubmissionState::Waiting,
                counted_from: now,
                due_at: clock.due_at,
                basis: clock.basis,
                calendar_version: rules.calendar_version,
                next_check_at: clock.next_check_at,
                ..before
            };
            (after, None)
        }
        (SubmissionState::Waiting | SubmissionState::Returned, Answer::Decline { reason }) => {
            let note = one_line("reason", reason, Need::Required)?;
            let state = SubmissionState::Declined;
            let after = Submission { state, note, decided_at: Some(now), next_check_at: None, ..before };
            (after, Some(NoticeKind::SubmissionDeclined))
        }
        (SubmissionState::Waiting, Answer::Complete) => return Err(Refusal::NotSentBack.into()),
        (SubmissionState::Returned, Answer::SendBack { .. }) => return Err(Refusal::SentBackBefore.into()),
        (SubmissionState::Accepted | SubmissionState::Declined, _) => return Err(Refusal::NotWaiting.into()),
    })
}

fn found(conn: &mut Conn, code: &str, seen: Seen) -> OfficeResult<Submission> {
    let submission = submissions::by_code(conn, code)?.ok_or(OfficeError::NotFound)?;
    match seen {
        Seen::At { revision } if revision != submission.revision => {
            let was = submission.revision;
            Err(StoreError::Conflict(format!("submission {code} was at revision {was}")).into())
        }
        Seen::Any | Seen::At { .. } => Ok(submission),
    }
}

/// A line of the journal, (written down at, took effect at); no personal data in its body.
fn write_down(
    tx: &mut Tx<'_>,
    (recorded_at, at): (Instant, Instant),
    actor: &Actor,
    kind: &str,
    dossier_id: Option<&str>,
    body: &serde_json::Value,
) -> OfficeResult<()> {
    let line = Line { recorded_at, at, actor: actor.journal_name(), kind, dossier_id, body: body.to_string() };
    Ok(journal::append(tx, &[line])?)
}
