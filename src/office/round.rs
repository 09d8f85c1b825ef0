//! One message of a dispatch: checked, made and handed over; and the round it belongs to, which ends early
//! when the way does not work.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use chrono::Duration;

use crate::delivery::{Attachment, Courier, DeliveryError, Outgoing};
use crate::domain::notice::NoticeKind;
use crate::domain::time::Instant;
use crate::render::mail::{self, MailFacts};
use crate::render::message::{self as short, Diacritics};
use crate::store::outbox::{Blame, Delivery, Message, Settled};

use super::error::OfficeResult;
use super::letters::file_name;
use super::{Office, digest, stale};

/// After so many different messages in a row that were not taken the way itself must be down.
const MOST_IN_A_ROW: u32 = 3;

/// What is known of a way while its messages are sent.
#[derive(Debug, Default)]
pub(super) struct Round {
    failed_in_a_row: AtomicU32,
    /// The outage was told: until it is over, refusals are the fault of the way.
    told: bool,
}

impl Round {
    pub(super) fn new(failed_in_a_row: u32, told: bool) -> Self {
        Self { failed_in_a_row: AtomicU32::new(failed_in_a_row), told }
    }

    pub(super) fn failed_in_a_row(&self) -> u32 {
        self.failed_in_a_row.load(Ordering::Relaxed)
    }

    /// The way does not work: the rest is left for later, as if it had not been claimed.
    pub(super) fn is_over(&self) -> bool {
        self.failed_in_a_row() >= MOST_IN_A_ROW
    }

    fn note(&self, outcome: &Settled) {
        match outcome {
            Settled::Retry { blame: Blame::Way, .. } => self.failed_in_a_row.store(MOST_IN_A_ROW, Ordering::Relaxed),
            Settled::Retry { blame: Blame::Message, .. } => {
                self.failed_in_a_row.fetch_add(1, Ordering::Relaxed);
            }
            // Refused for good is an answer too: somebody is there.
            Settled::Sent { .. } | Settled::Failed { .. } => self.failed_in_a_row.store(0, Ordering::Relaxed),
            Settled::Retry { blame: Blame::Office, .. } | Settled::Void { .. } | Settled::Untried { .. } => {}
        }
    }
}

impl Office {
    /// One try, unless the round is over or the message no longer holds.
    pub(super) fn attempt(&self, now: Instant, message: &Message, round: &Round) -> Settled {
        if round.is_over() {
            return Settled::Untried { not_before: None };
        }
        let outcome = self
            .send_one(now, message, round)
            .unwrap_or_else(|error| self.again(now, message, error.to_string(), Blame::Office));
        round.note(&outcome);
        outcome
    }

    fn send_one(&self, now: Instant, message: &Message, round: &Round) -> OfficeResult<Settled> {
        if let Some(reason) = self.holds_no_longer(message)? {
            return Ok(Settled::Void { reason: reason.to_owned() });
        }
        let Some(courier) = self.courier(message.delivery) else {
            return Ok(Settled::Failed { error: format!("no provider is set up for {}", message.delivery) });
        };
        let Some(text) = self.text_of(now, message)? else {
            return Ok(Settled::Void { reason: digest::EMPTY.to_owned() });
        };
        let outgoing = self.outgoing(now, message, text)?;
        // Making a letter takes a while: the dossier may have been finished in it.
        if message.letter_id.is_some()
            && let Some(reason) = self.holds_no_longer(message)?
        {
            return Ok(Settled::Void { reason: reason.to_owned() });
        }
        Ok(match courier.send(&outgoing) {
            Ok(taken) => Settled::Sent {
                subject: outgoing.subject,
                body: outgoing.text,
                answer: taken.answer,
                provider_id: taken.provider_id,
            },
            Err(DeliveryError::Permanent(error)) => Settled::Failed { error },
            Err(DeliveryError::Temporary(error)) => {
                let blame = if round.told { Blame::Way } else { Blame::Message };
                self.again(now, message, error, blame)
            }
            Err(DeliveryError::Unreachable(error)) => self.again(now, message, error, Blame::Way),
        })
    }

    /// What it says; `None`: a digest in which nothing holds any more.
    fn text_of(&self, now: Instant, message: &Message) -> OfficeResult<Option<mail::Mail>> {
        if message.kind == NoticeKind::Digest {
            return self.digest_mail(now, message);
        }
        let facts: MailFacts = serde_json::from_str(&message.facts)?;
        Ok(Some(mail::compose(&facts)?))
    }

    fn holds_no_longer(&self, message: &Message) -> OfficeResult<Option<&'static str>> {
        match self.store().read(|conn| stale::void_reason(conn, message))? {
            Some(reason) => Ok(Some(reason)),
            None => self.calendar_is_there(message),
        }
    }

    /// Whether messages can leave by this way.
    #[must_use]
    pub fn is_set_up(&self, way: Delivery) -> bool {
        self.courier(way).is_some()
    }

    pub(super) fn courier(&self, way: Delivery) -> Option<&Arc<dyn Courier>> {
        match way {
            Delivery::Mail => Some(&self.couriers.mail),
            Delivery::Sms => self.couriers.sms.as_ref(),
            Delivery::Zalo => self.couriers.zalo.as_ref(),
            Delivery::Tray => None,
        }
    }

    /// Lines that are kept open may be closed.
    pub(super) fn rest(&self) {
        for way in self.ways() {
            if let Some(courier) = self.courier(way) {
                courier.rest();
            }
        }
    }

    /// What the courier is handed: a mail with its letter, or one short text.
    fn outgoing(&self, now: Instant, message: &Message, text: mail::Mail) -> OfficeResult<Outgoing> {
        let is_mail = message.delivery == Delivery::Mail;
        let attachment = match &message.letter_id {
            Some(id) if is_mail => {
                let (letter, bytes) = self.letter_pdf(now, id)?;
                Some(Attachment { file_name: file_name(&letter.number), media_type: "application/pdf", bytes })
            }
            Some(_) | None => None,
        };
        let settings = self.settings();
        let diacritics = if settings.delivery.diacritics { Diacritics::Written } else { Diacritics::Dropped };
        let (body, html) = if is_mail {
            (text.text, text.html)
        } else {
            (short::compose(&serde_json::from_str(&message.facts)?, diacritics)?, String::new())
        };
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

    /// Another try later, twice as late each time; a dead letter after the last that counts.
    fn again(&self, now: Instant, message: &Message, error: String, blame: Blame) -> Settled {
        let settings = &self.settings().dispatch;
        if blame != Blame::Way && message.attempts >= settings.max_attempts {
            return Settled::Failed { error };
        }
        let doublings = u32::try_from(message.attempts.saturating_sub(1)).unwrap_or(0).min(30);
        let wait = settings.first_retry_seconds.saturating_mul(1_i64 << doublings).min(settings.longest_retry_seconds);
        Settled::Retry { at: now + Duration::seconds(wait), error, blame }
    }
}
