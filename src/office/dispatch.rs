//! Dispatch: claim by lease, look again whether the message still holds, make the text, send outside
//! any transaction, settle. A crash between sending and settling sends the same Message-ID again
//! once the lease is over; a crash anywhere else loses and doubles nothing.

use chrono::Duration;
use serde::Serialize;

use crate::delivery::{Attachment, DeliveryError, Outgoing, Taken};
use crate::domain::dossier::StageName;
use crate::domain::notice::NoticeKind;
use crate::domain::time::Instant;
use crate::render::mail::{self, MailFacts};
use crate::render::message::{self as short, Diacritics};
use crate::store::Conn;
use crate::store::dossiers::{self, DossierRow};
use crate::store::outbox::{self, Delivery, Message, Settled};
use crate::store::submissions::{self, Submission, SubmissionState};

use super::error::{OfficeError, OfficeResult};
use super::{Office, ids, sub_deadlines};

/// How many threads talk to the mail server at once: most of the time is spent waiting for it.
const SENDERS: usize = 4;

/// What a dispatch did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct DispatchReport {
    pub sent: u64,
    pub retry: u64,
    pub failed: u64,
    pub void: u64,
}

/// A batch of messages that this process may send until the lease is over.
#[derive(Debug)]
pub struct Claimed {
    pub lease: String,
    pub messages: Vec<Message>,
}

impl Office {
    /// Sends everything that is ready.
    ///
    /// # Errors
    /// When the database cannot be read or written; claimed messages come back after their lease.
    pub fn dispatch(&self, now: Instant) -> OfficeResult<DispatchReport> {
        let mut report = DispatchReport::default();
        loop {
            let claimed = self.claim(now)?;
            if claimed.messages.is_empty() {
                return Ok(report);
            }
            for (message, outcome) in self.send_all(now, claimed.messages) {
                self.settle(now, &claimed.lease, &message, outcome, &mut report)?;
            }
        }
    }

    /// Step one: takes a batch under a fresh lease.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn claim(&self, now: Instant) -> OfficeResult<Claimed> {
        let settings = &self.settings().dispatch;
        let lease = ids::id(now)?;
        let hold = Duration::seconds(settings.lease_seconds);
        let messages = self.store().write(|tx| outbox::claim(tx, now, &lease, hold, settings.batch))?;
        Ok(Claimed { lease, messages })
    }

    /// Step two: makes the texts and hands them over, outside any transaction.
    #[must_use]
    pub fn send_all(&self, now: Instant, messages: Vec<Message>) -> Vec<(Message, Settled)> {
        let queue = std::sync::Mutex::new(messages.into_iter());
        let done = std::sync::Mutex::new(Vec::new());
        let take = || queue.lock().ok().and_then(|mut queue| queue.next());
        std::thread::scope(|scope| {
            for _ in 0..SENDERS {
                scope.spawn(|| {
                    while let Some(message) = take() {
                        let outcome = self
                            .send_one(now, &message)
                            .unwrap_or_else(|error| self.again(now, &message, &error.to_string()));
                        if let Ok(mut done) = done.lock() {
                            done.push((message, outcome));
                        }
                    }
                });
            }
        });
        done.into_inner().unwrap_or_default()
    }

    /// Step three: writes down how it ended; a lease that was lost meanwhile settles nothing.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn settle(
        &self,
        now: Instant,
        lease: &str,
        message: &Message,
        outcome: Settled,
        report: &mut DispatchReport,
    ) -> OfficeResult<()> {
        let settled = self.store().write(|tx| {
            let settled = outbox::settle(tx, &message.id, lease, now, &outcome)?;
            if let (1, Settled::Failed { error }) = (settled, &outcome) {
                self.fall_back(tx, now, message, error)?;
            }
            Ok::<_, OfficeError>(settled)
        })?;
        if settled == 0 {
            tracing::warn!(message = %message.id, "the lease was over before the message was settled");
            return Ok(());
        }
        match outcome {
            Settled::Sent { .. } => report.sent += 1,
            Settled::Retry { .. } => report.retry += 1,
            Settled::Failed { error } => {
                tracing::error!(message = %message.id, kind = %message.kind, %error, "dead letter");
                report.failed += 1;
            }
            Settled::Void { .. } => report.void += 1,
        }
        Ok(())
    }

    fn send_one(&self, now: Instant, message: &Message) -> OfficeResult<Settled> {
        let void = self
            .store()
            .read(|conn| Ok::<_, OfficeError>(void_reason(conn, message)?.or(sub_deadlines::stale(conn, message)?)))?;
        if let Some(reason) = void {
            return Ok(Settled::Void { reason: reason.to_owned() });
        }
        if let Some(reason) = self.calendar_is_there(message)? {
            return Ok(Settled::Void { reason: reason.to_owned() });
        }
        let courier = match message.delivery {
            Delivery::Mail => Some(&self.couriers.mail),
            Delivery::Sms => self.couriers.sms.as_ref(),
            Delivery::Zalo => self.couriers.zalo.as_ref(),
            Delivery::Tray => None,
        };
        let Some(courier) = courier else {
            return Ok(Settled::Failed { error: format!("no provider is set up for {}", message.delivery) });
        };
        let outgoing = self.outgoing(now, message)?;
        Ok(match courier.send(&outgoing) {
            Ok(Taken { provider_id, .. }) => {
                Settled::Sent { subject: outgoing.subject, body: outgoing.text, provider_id }
            }
            Err(DeliveryError::Permanent(error)) => Settled::Failed { error },
            Err(DeliveryError::Temporary(error) | DeliveryError::Unreachable(error)) => {
                self.again(now, message, &error)
            }
        })
    }

    /// What the courier is handed: a mail with its letter, or one short text.
    fn outgoing(&self, now: Instant, message: &Message) -> OfficeResult<Outgoing> {
        let facts: MailFacts = serde_json::from_str(&message.facts)?;
        let text = mail::compose(&facts)?;
        let is_mail = message.delivery == Delivery::Mail;
        let attachment = match &message.letter_id {
            Some(id) if is_mail => {
                let (letter, bytes) = self.letter_pdf(now, id)?;
                let file_name = format!("phieu-xin-loi-{}.pdf", letter.number.replace('/', "-"));
                Some(Attachment { file_name, media_type: "application/pdf", bytes })
            }
            Some(_) | None => None,
        };
        let settings = self.settings();
        let diacritics = if settings.delivery.diacritics { Diacritics::Written } else { Diacritics::Dropped };
        let (body, html) =
            if is_mail { (text.text, text.html) } else { (short::compose(&facts, diacritics)?, String::new()) };
        Ok(Outgoing {
            message_id: message.message_id.clone(),
            at: now,
            from: settings.mail.from.clone(),
            from_name: settings.mail.from_name.clone(),
            to: message.recipient.clone(),
            to_name: message.recipient_name.clone(),
            subject: text.subject,
            text: body,
            html,
            kind: message.kind.to_string(),
            dossier_code: message.about.clone(),
            attachment,
        })
    }

    /// Another try later, twice as late each time; a dead letter after the last.
    fn again(&self, now: Instant, message: &Message, error: &str) -> Settled {
        let settings = &self.settings().dispatch;
        if message.attempts >= settings.max_attempts {
            return Settled::Failed { error: error.to_owned() };
        }
        let doublings = u32::try_from(message.attempts.saturating_sub(1)).unwrap_or(0).min(30);
        let wait = settings.first_retry_seconds.saturating_mul(1_i64 << doublings).min(settings.longest_retry_seconds);
        Settled::Retry { at: now + Duration::seconds(wait), error: error.to_owned() }
    }

    /// A person asks for another try of a dead letter.
    ///
    /// # Errors
    /// Not found when there is none to retry.
    pub fn retry_message(&self, now: Instant, id: &str) -> OfficeResult<()> {
        match self.store().write(|tx| outbox::retry(tx, id, now))? {
            0 => Err(OfficeError::NotFound),
            _ => Ok(()),
        }
    }
}

/// Why a message no longer holds: what it speaks of moved on between the decision and the sending.
pub(super) fn void_reason(conn: &mut Conn, message: &Message) -> OfficeResult<Option<&'static str>> {
    if let Some(id) = &message.dossier_id {
        let row = dossiers::find(conn, id)?.ok_or(OfficeError::NotFound)?;
        return Ok(stale(message, &row));
    }
    if let Some(id) = &message.submission_id {
        let submission = submissions::find(conn, id)?.ok_or(OfficeError::NotFound)?;
        return Ok(stale_about(message, &submission));
    }
    Ok(None)
}

/// The desk and its supervisor hear only of a file that still waits, the same wait; the request to
/// complete a file only while it is open. What else an applicant is told stays true.
/// Why a message about an earlier date is not sent.
pub(super) const ANOTHER_DATE: &str = "another date was promised meanwhile";

fn stale_about(message: &Message, submission: &Submission) -> Option<&'static str> {
    let waits = submission.state == SubmissionState::Waiting && submission.round() == message.promise_number;
    let is_alarm = matches!(message.kind, NoticeKind::AcceptanceDue | NoticeKind::AcceptanceLate);
    if is_alarm && !waits {
        return Some("the online file was answered meanwhile");
    }
    let is_request = message.kind == NoticeKind::SubmissionReturned;
    (is_request && submission.state != SubmissionState::Returned).then_some("the file was completed meanwhile")
}

fn stale(message: &Message, row: &DossierRow) -> Option<&'static str> {
    if row.closed_at.is_some() && !message.kind.outlives_the_dossier() {
        return Some("the dossier was finished meanwhile");
    }
    if !matches!(message.kind, NoticeKind::DueSoon | NoticeKind::Redated) {
        return None;
    }
    if message.kind == NoticeKind::DueSoon && row.stage != StageName::Processing {
        return Some("the dossier waits for the applicant");
    }
    let promises = [row.promise_number, row.reschedule_number];
    (!promises.contains(&message.promise_number)).then_some(ANOTHER_DATE)
}
