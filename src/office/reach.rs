//! Telling a citizen: the way a message takes, and to where. Nobody else chooses a way for a citizen.

use crate::delivery::Mobile;
use crate::domain::notice::{Audience, NoticeKind};
use crate::domain::time::Instant;
use crate::store::contacts::Contact;
use crate::store::outbox::{Delivery, Message, Raised};
use crate::store::submissions::Submission;

use super::Office;
use super::at_hand::AtHand;
use super::error::OfficeResult;
use super::fallback::{joined, usual};
use super::intake_form::{IntakeForm, wished};
use super::messages::Addressed;
use super::rules::Rules;

/// What a citizen is told about a dossier.
#[derive(Debug, Clone, Copy)]
pub(super) struct Told<'a> {
    pub kind: NoticeKind,
    /// Number of the promise it speaks of.
    pub promise: i32,
    pub reason: &'a str,
    /// The letter that goes with it.
    pub letter_id: Option<&'a str>,
}

/// Where somebody can be reached, as they said.
#[derive(Debug, Clone, Copy)]
pub(super) struct Addresses<'a> {
    pub email: Option<&'a str>,
    pub phone: Option<&'a str>,
    pub address: Option<&'a str>,
}

impl<'a> From<&'a Submission> for Addresses<'a> {
    fn from(submission: &'a Submission) -> Self {
        let (email, phone) = (submission.applicant_email.as_deref(), submission.applicant_phone.as_deref());
        Self { email, phone, address: None }
    }
}

/// The ways named in a list parted by spaces.
pub(super) fn named(ways: &str) -> Vec<Delivery> {
    ways.split_whitespace().filter_map(|way| way.parse().ok()).collect()
}

/// How the applicant of an online file wishes to be reached: it stands in what was handed in.
pub(super) fn wish_of(submission: &Submission, now: Instant) -> Contact {
    let form: IntakeForm = serde_json::from_str(&submission.form).unwrap_or_default();
    let ways = wished(&form.contact_ways).unwrap_or_default();
    Contact { ways: joined(&ways), ..usual(&submission.id, now) }
}

impl Office {
    /// Every way that leads to somebody, best first, with its address; the tray ends the list. What a
    /// dossier prefers comes before the order of the settings; what failed for good is left out.
    pub(super) fn ways_of(&self, to: Addresses<'_>, contact: Option<&Contact>) -> Vec<(Delivery, String)> {
        let preferred = contact.map(|contact| named(&contact.ways)).unwrap_or_default();
        let dead = contact.map(|contact| named(&contact.dead)).unwrap_or_default();
        let mut ways: Vec<(Delivery, String)> = Vec::new();
        for way in preferred.into_iter().chain(self.settings().delivery.order()) {
            if dead.contains(&way) || ways.iter().any(|(known, _)| *known == way) {
                continue;
            }
            ways.extend(self.address(way, to).map(|address| (way, address)));
            if way == Delivery::Tray {
                break;
            }
        }
        ways
    }

    /// Where a way leads; `None` when it is not set up, or there is no address for it.
    pub(super) fn address(&self, way: Delivery, to: Addresses<'_>) -> Option<String> {
        let mobile = || to.phone.and_then(Mobile::parse).map(|mobile| mobile.local());
        match way {
            Delivery::Mail => to.email.map(str::to_owned),
            Delivery::Sms => self.couriers.sms.as_ref().and_then(|_| mobile()),
            Delivery::Zalo => self.couriers.zalo.as_ref().and_then(|_| mobile()),
            Delivery::Tray => Some(to.phone.or(to.address).unwrap_or_default().to_owned()),
        }
    }

    /// The best way to the applicant of a dossier.
    pub(super) fn way_to(&self, dossier: &AtHand) -> (Delivery, String) {
        let best = self.ways_of(dossier.addressee().into(), dossier.contact.as_ref()).into_iter().next();
        best.unwrap_or((Delivery::Tray, String::new()))
    }

    /// Puts a message to the applicant on its way, once.
    pub(super) fn tell_citizen(
        &self,
        rules: &Rules,
        now: Instant,
        dossier: &mut AtHand,
        told: &Told<'_>,
    ) -> OfficeResult<Raised> {
        let (delivery, recipient) = self.way_to(dossier);
        let addressed = Addressed {
            kind: told.kind,
            audience: Audience::Applicant,
            promise: told.promise,
            delivery,
            recipient: &recipient,
            recipient_name: dossier.addressee().name,
            reason: told.reason,
        };
        let message = self.message(rules, now, dossier, &addressed)?;
        let message = Message { letter_id: told.letter_id.map(str::to_owned), ..message };
        self.deliver(rules, now, dossier, message)
    }

    /// Decides a message to the applicant, once, whatever way an earlier one took; what the desk has to
    /// tell becomes its task.
    pub(super) fn deliver(
        &self,
        rules: &Rules,
        now: Instant,
        dossier: &mut AtHand,
        message: Message,
    ) -> OfficeResult<Raised> {
        let told = dossier.was_told(message.kind, message.audience, message.promise_number);
        if told || dossier.has_message(&message.notice_key) {
            return Ok(Raised::AlreadyThere);
        }
        if message.delivery == Delivery::Tray {
            dossier.open_task(self.tray_task(rules, now, &dossier.about(), &message, "")?);
        }
        Ok(dossier.raise(message))
    }
}
