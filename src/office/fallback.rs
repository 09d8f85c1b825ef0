//! What follows when a message to a citizen did not arrive: the next way, at the end the desk.

use crate::domain::notice::{Audience, NoticeKind};
use crate::domain::time::Instant;
use crate::store::contacts::{self, Contact};
use crate::store::outbox::{self, Decided, Delivery, Message};
use crate::store::{Conn, Tx, dossiers, filings, submissions};

use super::error::{OfficeError, OfficeResult};
use super::filing::Told;
use super::reach::{Addresses, named, wish_of};
use super::stale::void_reason;
use super::tasks::About;
use super::{Office, ids};

/// Parts a key from the way of a later attempt.
const MARK: &str = "/+";

/// The key without the ways tried after the first.
pub(super) fn base(key: &str) -> &str {
    key.split_once(MARK).map_or(key, |(base, _)| base)
}

impl Office {
    /// Sends what did not arrive by the next way, in the transaction that learns of it. Does nothing for
    /// officials, for what lies in the tray, and for what no longer holds.
    pub(super) fn fall_back(&self, tx: &mut Tx<'_>, now: Instant, message: &Message, why: &str) -> OfficeResult<()> {
        let for_a_citizen = message.audience == Audience::Applicant && message.delivery != Delivery::Tray;
        if !for_a_citizen || void_reason(tx, message)?.is_some() {
            return Ok(());
        }
        match (&message.dossier_id, &message.submission_id) {
            (Some(id), _) => self.fall_back_dossier(tx, now, message, id, why),
            (None, Some(id)) => {
                let submission = submissions::find(tx, id)?.ok_or(OfficeError::NotFound)?;
                let wish = wish_of(&submission, now);
                let next = self.next_way(tx, (&submission).into(), Some(&wish), message)?;
                // Its page says what the receipt said; the desk is not asked to read that out.
                if next.0 != Delivery::Tray || message.kind != NoticeKind::SubmissionReceived {
                    let again = self.again_by(now, message, next)?;
                    let raised = outbox::raise(tx, again.clone())?;
                    if again.delivery == Delivery::Tray && raised == outbox::Raised::New {
                        let rules = self.rules(tx)?;
                        self.open_tray_task(tx, &rules, now, &(&submission).into(), (&again, why))?;
                    }
                }
                Ok(())
            }
            (None, None) => Ok(()),
        }
    }

    fn fall_back_dossier(
        &self,
        tx: &mut Tx<'_>,
        now: Instant,
        message: &Message,
        dossier_id: &str,
        why: &str,
    ) -> OfficeResult<()> {
        let row = dossiers::find(tx, dossier_id)?.ok_or(OfficeError::NotFound)?;
        let mut contact = contacts::find(tx, &row.id)?.unwrap_or_else(|| usual(&row.id, now));
        let filing = filings::find(tx, &row.id)?;
        let told = Told::of(&row, filing.as_ref());
        // An address put right meanwhile is not dead.
        if self.address(message.delivery, told.into()).as_deref() == Some(message.recipient.as_str()) {
            let mut dead = named(&contact.dead);
            if !dead.contains(&message.delivery) {
                dead.push(message.delivery);
                contact.dead = joined(&dead);
                contact.changed_at = now;
                contacts::put(tx, contact.clone())?;
            }
        }
        // Who has the result in hand needs no message about it.
        if row.returned_at.is_some() {
            return Ok(());
        }
        let next = self.next_way(tx, told.into(), Some(&contact), message)?;
        if next.0 == Delivery::Tray && message.kind == NoticeKind::Receipt {
            return Ok(());
        }
        let again = self.again_by(now, message, next)?;
        let raised = outbox::raise(tx, again.clone())?;
        if again.delivery == Delivery::Tray && raised == outbox::Raised::New {
            let rules = self.rules(tx)?;
            self.open_tray_task(tx, &rules, now, &About::dossier(&row, filing.as_ref()), (&again, why))?;
        }
        Ok(())
    }

    /// The best way that this message did not take yet.
    fn next_way(
        &self,
        conn: &mut Conn,
        to: Addresses<'_>,
        contact: Option<&Contact>,
        message: &Message,
    ) -> OfficeResult<(Delivery, String)> {
        let mut taken = vec![(message.delivery, message.recipient.clone())];
        let mut before = message.fallback_of.clone();
        while let Some(id) = before {
            let Some(earlier) = outbox::find(conn, &id)? else { break };
            taken.push((earlier.delivery, earlier.recipient));
            before = earlier.fallback_of;
        }
        let next = self.ways_of(to, contact).into_iter().find(|way| !taken.contains(way));
        Ok(next.unwrap_or((Delivery::Tray, String::new())))
    }

    /// The same message by another way.
    pub(super) fn again_by(
        &self,
        now: Instant,
        message: &Message,
        (delivery, recipient): (Delivery, String),
    ) -> OfficeResult<Message> {
        let id = ids::id(now)?;
        let decided = Decided {
            message_id: self.message_id(&id),
            id,
            agency_id: message.agency_id.clone(),
            about: message.about.clone(),
            notice_key: format!("{}{MARK}{delivery}/{recipient}", base(&message.notice_key)),
            kind: message.kind,
            audience: message.audience,
            promise_number: message.promise_number,
            delivery,
            recipient,
            recipient_name: message.recipient_name.clone(),
            facts: message.facts.clone(),
            at: now,
        };
        Ok(Message {
            dossier_id: message.dossier_id.clone(),
            submission_id: message.submission_id.clone(),
            letter_id: message.letter_id.clone(),
            urgent: message.urgent,
            fallback_of: Some(message.id.clone()),
            ..Message::decided(decided)
        })
    }
}

/// The row of a dossier that nobody said anything special about.
pub(super) fn usual(dossier_id: &str, now: Instant) -> Contact {
    Contact { dossier_id: dossier_id.to_owned(), ways: String::new(), dead: String::new(), changed_at: now }
}

/// Ways as they are kept.
pub(super) fn joined(ways: &[Delivery]) -> String {
    ways.iter().map(|way| way.as_str()).collect::<Vec<_>>().join(" ")
}
