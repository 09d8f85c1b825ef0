//! Telling officials: one alert on the screen of the person, and a message by each other way.

pub mod answered;
pub(super) mod passed_on;
pub(super) mod recipients;
mod unanswered;

use crate::domain::ladder::{Bundling, Urgency, Way};
use crate::domain::notice::{Audience, NoticeKind};
use crate::domain::time::Instant;
use crate::render::mail::MailFacts;
use crate::store::alerts::Alert;
use crate::store::dossiers::DossierRow;
use crate::store::outbox::{Delivery, Message, OutboxState, Raised};
use crate::store::people::Account;

use super::at_hand::AtHand;
use super::error::OfficeResult;
use super::messages::{Addressed, Place, holder, person};
use super::rules::Rules;
use super::{Office, ids};

/// What is told to one audience about a dossier.
#[derive(Debug, Clone, Copy)]
pub(super) struct Alarm<'a> {
    pub kind: NoticeKind,
    /// The rung of its kind; 0: it belongs to none.
    pub level: i32,
    pub audience: Audience,
    /// Number of the promise it speaks of.
    pub promise: i32,
    pub ways: &'a [Way],
    pub bundling: Bundling,
    pub urgency: Urgency,
    /// Until when the recipient has to acknowledge it.
    pub acknowledge_by: Option<Instant>,
    pub reason: &'a str,
}

impl Alarm<'_> {
    /// The key under which it exists once, whoever holds the post.
    pub(super) fn key(&self, id: &str) -> String {
        let Self { kind, level, audience, promise, .. } = self;
        format!("{id}/{promise}/{kind}/{level}/{audience}")
    }
}

/// What it is about: a dossier, or an online file that is none yet.
#[derive(Debug, Clone, Copy)]
pub(super) struct Subject<'a> {
    pub agency_id: &'a str,
    pub dossier_id: Option<&'a str>,
    pub code: &'a str,
}

impl<'a> From<&'a DossierRow> for Subject<'a> {
    fn from(row: &'a DossierRow) -> Self {
        Self { agency_id: &row.agency_id, dossier_id: Some(&row.id), code: &row.code }
    }
}

impl Office {
    /// Puts the alert on the screen of who holds the post (or stands in) and its messages on their way;
    /// `None` when nobody can be found, or a mail has to leave and nobody has an address.
    pub(super) fn alarm(
        &self,
        rules: &Rules,
        now: Instant,
        dossier: &mut AtHand,
        alarm: &Alarm<'_>,
    ) -> OfficeResult<Option<Raised>> {
        let Some(who) = holder(rules, Place::of(rules, &dossier.row), alarm.audience, now) else { return Ok(None) };
        let key = alarm.key(&dossier.row.id);
        self.alarm_to(rules, now, dossier, alarm, (who, key))
    }

    /// [`Office::alarm`] for this very person, once under this key.
    fn alarm_to(
        &self,
        rules: &Rules,
        now: Instant,
        dossier: &mut AtHand,
        alarm: &Alarm<'_>,
        (who, key): (&Account, String),
    ) -> OfficeResult<Option<Raised>> {
        let facts = self.mail_facts(rules, now, dossier, &addressed(alarm, who))?;
        let facts = MailFacts { accountable: accountable(rules, &dossier.row, alarm, now), ..facts };
        let (alert_id, raised) = match dossier.alert(&key) {
            None => {
                let subject = Subject::from(&dossier.row);
                let alert = alert_of(now, subject, alarm, who, key.clone(), serde_json::to_string(&facts)?)?;
                let id = alert.id.clone();
                dossier.put_alert(alert);
                (id, Raised::New)
            }
            // What could not be mailed then may be now; what was answered needs no mail any more.
            Some(known) if known.ended_at.is_none() => (known.id.clone(), Raised::AlreadyThere),
            Some(_) => return Ok(Some(Raised::AlreadyThere)),
        };
        let mut told = Told { alert_id, key, raised, unreached: false };
        // Who has no address hears of it on the screen, and the next one with an address by mail.
        let mailed = if who.email.is_some() {
            Some(who)
        } else {
            person(rules, Place::of(rules, &dossier.row), alarm.audience, now)
        };
        for way in alarm.ways {
            let reached = match way {
                Way::Screen => continue,
                Way::Mail => mailed.and_then(|who| Some((who, Delivery::Mail, who.email.as_deref()?))),
                Way::Message => who.phone.as_deref().map(|phone| (who, Delivery::Sms, phone)),
            };
            match reached {
                Some(reached) => self.send_alarm(now, dossier, alarm, &facts, &mut told, reached)?,
                None => told.unreached |= *way == Way::Mail,
            }
        }
        Ok((!told.unreached).then_some(told.raised))
    }

    /// The message of one way, once.
    fn send_alarm(
        &self,
        now: Instant,
        dossier: &mut AtHand,
        alarm: &Alarm<'_>,
        facts: &MailFacts,
        told: &mut Told,
        (who, delivery, recipient): (&Account, Delivery, &str),
    ) -> OfficeResult<()> {
        let notice_key = format!("{}/{delivery}", told.key);
        if dossier.has_message(&notice_key) {
            return Ok(());
        }
        let facts = MailFacts { recipient_name: who.name.clone(), ..facts.clone() };
        let addressed = Addressed { delivery, recipient, ..addressed(alarm, who) };
        let message = Message {
            notice_key,
            alert_id: Some(told.alert_id.clone()),
            urgent: alarm.urgency == Urgency::Urgent,
            state: waits_in(alarm.bundling, delivery),
            ..self.message_of(now, &dossier.row, &addressed, &facts)?
        };
        dossier.raise(message);
        told.raised = Raised::New;
        Ok(())
    }
}

/// How far an alarm came.
struct Told {
    alert_id: String,
    key: String,
    raised: Raised,
    /// A mail should have left, and nobody has an address.
    unreached: bool,
}

fn addressed<'a>(alarm: &Alarm<'a>, who: &'a Account) -> Addressed<'a> {
    Addressed {
        kind: alarm.kind,
        audience: alarm.audience,
        promise: alarm.promise,
        delivery: Delivery::Mail,
        recipient: who.email.as_deref().unwrap_or_default(),
        recipient_name: &who.name,
        reason: alarm.reason,
    }
}

pub(super) fn alert_of(
    now: Instant,
    subject: Subject<'_>,
    alarm: &Alarm<'_>,
    who: &Account,
    alert_key: String,
    facts: String,
) -> OfficeResult<Alert> {
    Ok(Alert {
        id: ids::id(now)?,
        agency_id: subject.agency_id.to_owned(),
        dossier_id: subject.dossier_id.map(str::to_owned),
        about: subject.code.to_owned(),
        alert_key,
        kind: alarm.kind,
        level: alarm.level,
        audience: alarm.audience,
        promise_number: alarm.promise,
        account_id: who.id.clone(),
        facts,
        raised_at: now,
        acknowledge_by: alarm.acknowledge_by,
        acknowledged_at: None,
        acknowledged_by: String::new(),
        answer: String::new(),
        ended_at: None,
    })
}

/// Who answers for what a rung of the ladder tells; empty: it tells one person only, or is no rung.
fn accountable(rules: &Rules, row: &DossierRow, alarm: &Alarm<'_>, now: Instant) -> String {
    let rung = rules.ladder(row).rung(alarm.kind, alarm.level).filter(|rung| rung.audiences.len() > 1);
    rung.and_then(|rung| person(rules, Place::of(rules, row), rung.accountable, now))
        .map(|who| who.name.clone())
        .unwrap_or_default()
}

/// A digest bundles mails; a message to the telephone always leaves by itself.
const fn waits_in(bundling: Bundling, delivery: Delivery) -> OutboxState {
    match (bundling, delivery) {
        (Bundling::Digest, Delivery::Mail) => OutboxState::Collected,
        (Bundling::Digest, Delivery::Sms | Delivery::Zalo | Delivery::Tray) | (Bundling::Single, _) => {
            OutboxState::Ready
        }
    }
}
