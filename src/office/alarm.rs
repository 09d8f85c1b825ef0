//! Telling officials: one alert on the screen of the person, and a message by each other way.

use crate::domain::ladder::{Bundling, Urgency, Way};
use crate::domain::notice::{Audience, NoticeKind};
use crate::domain::time::Instant;
use crate::render::mail::MailFacts;
use crate::store::Tx;
use crate::store::alerts::{self, Alert};
use crate::store::dossiers::DossierRow;
use crate::store::outbox::{self, Delivery, Message, OutboxState, Raised};
use crate::store::people::Account;

use super::error::OfficeResult;
use super::messages::{Addressed, person};
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
    fn key(&self, row: &DossierRow) -> String {
        let Self { kind, level, audience, promise, .. } = self;
        format!("{}/{promise}/{kind}/{level}/{audience}", row.id)
    }
}

impl Office {
    /// Puts the alert on the screen of who holds the post (or stands in) and its messages on their way;
    /// `None` when nobody can be found.
    pub(super) fn alarm(
        &self,
        tx: &mut Tx<'_>,
        rules: &Rules,
        now: Instant,
        row: &DossierRow,
        alarm: &Alarm<'_>,
    ) -> OfficeResult<Option<Raised>> {
        let Some(who) = person(rules, row, alarm.audience, now) else { return Ok(None) };
        let addressed = Addressed {
            kind: alarm.kind,
            audience: alarm.audience,
            promise: alarm.promise,
            delivery: Delivery::Mail,
            recipient: who.email.as_deref().unwrap_or_default(),
            recipient_name: &who.name,
            reason: alarm.reason,
        };
        let facts = self.mail_facts(tx, rules, now, row, &addressed)?;
        let facts = MailFacts { accountable: accountable(rules, row, alarm, now), ..facts };
        let alert = Alert {
            id: ids::id(now)?,
            agency_id: row.agency_id.clone(),
            dossier_id: Some(row.id.clone()),
            about: row.code.clone(),
            alert_key: alarm.key(row),
            kind: alarm.kind,
            level: alarm.level,
            audience: alarm.audience,
            promise_number: alarm.promise,
            account_id: who.id.clone(),
            facts: serde_json::to_string(&facts)?,
            raised_at: now,
            acknowledge_by: alarm.acknowledge_by,
            acknowledged_at: None,
            acknowledged_by: String::new(),
            answer: String::new(),
            ended_at: None,
        };
        let alert_id = alert.id.clone();
        if alerts::raise(tx, alert)? == Raised::AlreadyThere {
            return Ok(Some(Raised::AlreadyThere));
        }
        let mut raised = None;
        for way in alarm.ways {
            let Some((delivery, recipient)) = reached(who, *way) else { continue };
            let message = self.message_of(now, row, &Addressed { delivery, recipient, ..addressed }, &facts)?;
            let state = if alarm.bundling == Bundling::Digest { OutboxState::Collected } else { OutboxState::Ready };
            let message = Message {
                notice_key: format!("{}/{delivery}", alarm.key(row)),
                alert_id: Some(alert_id.clone()),
                urgent: alarm.urgency == Urgency::Urgent,
                state,
                ..message
            };
            let one = outbox::raise(tx, message)?;
            raised = if raised == Some(Raised::New) { raised } else { Some(one) };
        }
        Ok(Some(raised.unwrap_or(Raised::New)))
    }
}

/// Who answers for what a rung of the ladder tells; empty: it tells one person only, or is no rung.
fn accountable(rules: &Rules, row: &DossierRow, alarm: &Alarm<'_>, now: Instant) -> String {
    let rung = rules.ladder(row).rung(alarm.kind, alarm.level).filter(|rung| rung.audiences.len() > 1);
    rung.and_then(|rung| person(rules, row, rung.accountable, now)).map(|who| who.name.clone()).unwrap_or_default()
}

/// The address of a person for a way; `None`: the screen, or no address.
fn reached(who: &Account, way: Way) -> Option<(Delivery, &str)> {
    match way {
        Way::Screen => None,
        Way::Mail => who.email.as_deref().map(|email| (Delivery::Mail, email)),
        Way::Message => who.phone.as_deref().map(|phone| (Delivery::Sms, phone)),
    }
}
