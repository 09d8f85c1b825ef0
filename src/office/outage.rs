//! Ways of delivery that do not work: noticed from the failures of messages, told once to the operators by
//! every other way, over when a message goes through again.

use chrono::Duration;

use crate::domain::notice::{Audience, NoticeKind};
use crate::domain::role::Role;
use crate::domain::time::{Instant, local};
use crate::render::mail::MailFacts;
use crate::render::words::way_name;
use crate::store::alerts::{self, Alert};
use crate::store::outages::{self, Outage};
use crate::store::outbox::{self, Blame, Decided, Delivery, Message};
use crate::store::people::Account;
use crate::store::{Tx, attempts};

use super::error::OfficeResult;
use super::quiet::SendingTime;
use super::rules::Rules;
use super::{Office, ids};

/// Fewer failures are an accident, however far apart.
const LEAST_FAILURES: i32 = 3;

/// An outage that ended is shown for so many days.
const SHOWN_DAYS: i64 = 7;

/// How the ways of delivery are doing.
#[derive(Debug, Clone)]
pub struct Lines {
    pub sending: SendingTime,
    /// Outages that were told and last.
    pub lasting: Vec<Outage>,
    /// Outages that ended in the last days.
    pub ended: Vec<Outage>,
    /// Messages whose sender died and that nobody took over for another lease.
    pub stuck: i64,
}

impl Office {
    /// The outages that were told and last, oldest first.
    ///
    /// # Errors
    /// The database.
    pub fn outages(&self) -> OfficeResult<Vec<Outage>> {
        self.reading(|conn, rules| {
            let open = outages::open(conn)?;
            let told = open.into_iter().filter(|outage| outage.alarmed_at.is_some());
            Ok(told.map(|outage| worded(rules, outage)).collect())
        })
    }

    /// How the ways of delivery are doing.
    ///
    /// # Errors
    /// The database.
    pub fn lines(&self, now: Instant) -> OfficeResult<Lines> {
        let lease = Duration::seconds(self.settings().dispatch.lease_seconds);
        self.reading(|conn, rules| {
            Ok(Lines {
                sending: self.sending_time(rules, now),
                lasting: outages::open(conn)?
                    .into_iter()
                    .filter(|outage| outage.alarmed_at.is_some())
                    .map(|outage| worded(rules, outage))
                    .collect(),
                ended: outages::ended_since(conn, now - Duration::days(SHOWN_DAYS))?
                    .into_iter()
                    .map(|outage| worded(rules, outage))
                    .collect(),
                stuck: outbox::count_stuck(conn, now - lease)?,
            })
        })
    }

    /// Notes that a message did not leave; when the way has failed for long enough, tells it, once.
    pub(super) fn way_failed(
        &self,
        tx: &mut Tx<'_>,
        now: Instant,
        (way, blame, error): (Delivery, Blame, &str),
    ) -> OfficeResult<()> {
        let outage = match lasting(tx, way)? {
            Some(outage) => {
                outages::count_failure(tx, &outage.id, error)?;
                Outage { failures: outage.failures.saturating_add(1), last_error: error.to_owned(), ..outage }
            }
            None => {
                let outage = Outage {
                    id: outages::next_id(tx, way)?,
                    delivery: way,
                    since: now,
                    failures: 1,
                    last_error: error.to_owned(),
                    alarmed_at: None,
                    ended_at: None,
                };
                outages::begin(tx, outage.clone())?;
                outage
            }
        };
        let long = now - outage.since >= Duration::minutes(self.settings().dispatch.alarm_minutes);
        if outage.alarmed_at.is_some() || !long || outage.failures < LEAST_FAILURES {
            return Ok(());
        }
        // A single mailbox that is full for days is no outage: two messages have to be refused.
        let is_the_way = blame == Blame::Way || attempts::refused_since(tx, way, outage.since, 2)?.len() == 2;
        if is_the_way && outages::claim_alarm(tx, &outage.id, now)? == 1 {
            // Every agency sends by this way, whichever noticed.
            let all = self.everywhere();
            let everybody = all.rules(tx)?;
            all.tell_outage(tx, &everybody, now, &outage)?;
        }
        Ok(())
    }

    /// Notes that a message went through: whatever outage there was is over.
    pub(super) fn way_worked(tx: &mut Tx<'_>, now: Instant, way: Delivery) -> OfficeResult<()> {
        let Some(outage) = lasting(tx, way)? else { return Ok(()) };
        if outages::end(tx, &outage.id, now)? == 1 && outage.alarmed_at.is_some() {
            alerts::end_about(tx, NoticeKind::DeliveryAlarm, &outage.id, now)?;
            tracing::warn!(%way, outage = %outage.id, since = %outage.since, "the way of delivery works again");
        }
        Ok(())
    }

    fn tell_outage(&self, tx: &mut Tx<'_>, rules: &Rules, now: Instant, outage: &Outage) -> OfficeResult<()> {
        let Outage { id, delivery: way, since, failures, last_error: error, .. } = outage;
        tracing::error!(%way, outage = %id, %since, failures, %error, "a way of delivery does not work");
        for person in administrators(rules) {
            let alert = self.outage_alert(rules, now, outage, person)?;
            let (alert_id, facts) = (alert.id.clone(), alert.facts.clone());
            alerts::raise(tx, alert)?;
            for other in self.ways().into_iter().filter(|other| other != way) {
                let Some(recipient) = address(person, other) else { continue };
                let message_id = ids::id(now)?;
                let message = Message::decided(Decided {
                    message_id: self.message_id(&message_id),
                    id: message_id,
                    agency_id: person.agency_id.clone(),
                    about: id.clone(),
                    notice_key: format!("outage/{id}/{}/{}/{other}", NoticeKind::DeliveryAlarm, person.username),
                    kind: NoticeKind::DeliveryAlarm,
                    audience: Audience::Admin,
                    promise_number: 0,
                    delivery: other,
                    recipient: recipient.to_owned(),
                    recipient_name: person.name.clone(),
                    facts: facts.clone(),
                    at: now,
                });
                outbox::raise(tx, Message { alert_id: Some(alert_id.clone()), ..message })?;
            }
        }
        Ok(())
    }

    fn outage_alert(&self, rules: &Rules, now: Instant, outage: &Outage, person: &Account) -> OfficeResult<Alert> {
        let own = if rules.agencies.len() > 1 { self.of_row(&person.agency_id)? } else { self.clone() };
        let facts = MailFacts {
            kind: NoticeKind::DeliveryAlarm.as_str().to_owned(),
            audience: Audience::Admin,
            recipient_name: person.name.clone(),
            salutation: String::new(),
            dossier_code: outage.id.clone(),
            procedure_name: way_name(outage.delivery.as_str()).to_owned(),
            applicant_name: String::new(),
            unit: String::new(),
            officer_name: String::new(),
            received_at: local(outage.since),
            due_at: None,
            new_due_at: None,
            time_left: String::new(),
            time_late: outage.failures.to_string(),
            // An answer of a mail server may name somebody of another agency.
            reason: if rules.agencies.len() > 1 { String::new() } else { outage.last_error.clone() },
            legal_basis: String::new(),
            history: Vec::new(),
            attachment: None,
            provisional: false,
            agency_name: own.settings().agency.name.clone(),
            agency_phone: own.settings().agency.phone.clone(),
            link: Some(format!("{}/hop-di", self.settings().server.public_url.trim_end_matches('/'))),
            sub_deadline: None,
            accountable: String::new(),
            letter: None,
        };
        Ok(Alert {
            id: ids::id(now)?,
            agency_id: person.agency_id.clone(),
            dossier_id: None,
            about: outage.id.clone(),
            alert_key: format!("outage/{}/{}/0/{}", outage.id, NoticeKind::DeliveryAlarm, person.username),
            kind: NoticeKind::DeliveryAlarm,
            level: 0,
            audience: Audience::Admin,
            promise_number: 0,
            account_id: person.id.clone(),
            facts: serde_json::to_string(&facts)?,
            raised_at: now,
            acknowledge_by: None,
            acknowledged_at: None,
            acknowledged_by: String::new(),
            answer: String::new(),
            ended_at: None,
        })
    }
}

/// The outage of a way that lasts, told or not yet.
pub(super) fn lasting(conn: &mut crate::store::Conn, way: Delivery) -> OfficeResult<Option<Outage>> {
    Ok(outages::open(conn)?.into_iter().find(|outage| outage.delivery == way))
}

/// An outage concerns every agency; the answer of the other side may name somebody of another one.
fn worded(rules: &Rules, outage: Outage) -> Outage {
    if rules.leads { outage } else { Outage { last_error: String::new(), ..outage } }
}

/// By user name.
fn administrators(rules: &Rules) -> Vec<&Account> {
    let mut people: Vec<&Account> =
        rules.accounts.values().filter(|who| who.disabled_at.is_none() && who.role == Role::Admin).collect();
    people.sort_by(|a, b| a.username.cmp(&b.username));
    people
}

fn address(person: &Account, way: Delivery) -> Option<&str> {
    match way {
        Delivery::Mail => person.email.as_deref(),
        Delivery::Sms | Delivery::Zalo => person.phone.as_deref(),
        Delivery::Tray => None,
    }
}
