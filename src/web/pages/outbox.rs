//! `/hop-di`: every message that left, waits or failed.

use actix_web::http::StatusCode;
use actix_web::web;
use serde::Deserialize;

use crate::office::OfficeError;
use crate::office::proof_of::item_of;
use crate::office::waiting::Waits;
use crate::render::pages::form::Chip;
use crate::render::pages::outbox::{AttemptRow, MessagePage, OutageRow, OutboxPage, OutboxRow};
use crate::render::pages::phrases::{self, Done, MessageWaits};
use crate::render::pages::words::SendState;
use crate::render::pages::{Lang, records};
use crate::store::attempts::{Attempt, AttemptOutcome};
use crate::store::outages::Outage;
use crate::store::outbox::{self, Delivery, Gate, Message, OutboxState};
use crate::web::posted::Posted;

use super::front::Front;
use super::mailbox::text_of;
use super::paging::{PAGE, Place};
use super::{Nothing, PageResult, encoded, given, shown};

#[derive(Debug, Deserialize)]
pub struct OutboxQuery {
    state: Option<String>,
    cursor: Option<i64>,
}

/// `GET /hop-di`
///
/// # Errors
/// The database.
pub async fn page(front: Front, query: web::Query<OutboxQuery>) -> PageResult {
    let c = front.ctx();
    let state = given(query.state.as_deref()).and_then(|code| code.parse::<OutboxState>().ok());
    let page = front
        .work(move |office, now| {
            let lines = office.lines(now)?;
            let (found, counts, place, rules) = office.store().read(|conn| {
                let counts = outbox::count_by_state(conn)?;
                let place = Place::of(query.cursor, total(&counts, state));
                let found = outbox::newest(conn, state, place.offset, PAGE)?;
                Ok::<_, OfficeError>((found, counts, place, office.rules(conn)?))
            })?;
            let href = |state: Option<OutboxState>| {
                state.map_or("/hop-di".to_owned(), |state| format!("/hop-di?state={state}"))
            };
            let chip = |key: Option<OutboxState>| Chip {
                key: key.map(shown::outbox_state),
                count: total(&counts, key),
                href: href(key),
                current: key == state,
            };
            let waits = |message: &Message| waits(office.waits(&rules, now, &lines.lasting, message), c.lang);
            let outages = lines.lasting.iter().chain(&lines.ended);
            Ok(OutboxPage {
                quiet_until: (lines.sending.gate == Gate::UrgentOnly).then(|| shown::at(lines.sending.next)),
                outages: outages.map(|outage| outage_row(outage, c.lang)).collect(),
                stuck: u64::try_from(lines.stuck).unwrap_or(0),
                chips: std::iter::once(None).chain(OutboxState::ALL.iter().copied().map(Some)).map(chip).collect(),
                rows: found.iter().map(|message| row(message, waits(message), c.lang)).collect(),
                pager: place.pager(&href(state)),
                c,
            })
        })
        .await?;
    front.page(StatusCode::OK, &page)
}

/// `GET /hop-di/{id}`: one message with every attempt.
///
/// # Errors
/// 404; the database.
pub async fn message(front: Front, id: web::Path<String>) -> PageResult {
    let c = front.ctx();
    let page = front
        .work(move |office, now| {
            let (message, attempts) = office.message_with_attempts(&id)?;
            let lines = office.lines(now)?;
            let rules = office.store().read(|conn| office.rules(conn))?;
            let digest = match &message.bundle_id {
                Some(id) => office.store().read(|conn| outbox::find(conn, id))?,
                None => None,
            };
            // What left in a digest says what the digest says.
            let item = digest.as_ref().filter(|_| message.state.has_left()).and_then(|one| item_of(one, &message));
            let (subject, text) = item.map_or_else(|| text_of(&message), Ok)?;
            let waits = waits(office.waits(&rules, now, &lines.lasting, &message), c.lang);
            Ok(MessagePage {
                row: row(&message, waits, c.lang),
                urgent: message.urgent,
                message_id: message.message_id.clone(),
                attempts: attempts.iter().map(|attempt| attempt_row(attempt, c.lang)).collect(),
                subject,
                text,
                digest: digest.map(|digest| format!("/hop-di/{}", encoded(&digest.id))),
                letter: message.letter_id.as_ref().map(|id| format!("/thu/{id}.pdf")),
                c,
            })
        })
        .await?;
    front.page(StatusCode::OK, &page)
}

fn attempt_row(attempt: &Attempt, lang: Lang) -> AttemptRow {
    AttemptRow {
        number: u32::try_from(attempt.number).unwrap_or(0),
        at: shown::at(attempt.at),
        outcome: match attempt.outcome {
            AttemptOutcome::Sent => SendState::Sent,
            AttemptOutcome::Retry => SendState::Retry,
            AttemptOutcome::Failed => SendState::Failed,
            AttemptOutcome::Delivered => SendState::Delivered,
            AttemptOutcome::Bounced => SendState::Bounced,
        },
        answer: records::cause(lang, &attempt.answer),
    }
}

fn outage_row(outage: &Outage, lang: Lang) -> OutageRow {
    OutageRow {
        way: phrases::way(lang, outage.delivery.as_str()),
        since: shown::at(outage.since),
        ended: outage.ended_at.map(shown::at),
        failures: u32::try_from(outage.failures).unwrap_or(0),
        last_error: outage.last_error.clone(),
    }
}

fn waits(waits: Option<Waits>, lang: Lang) -> Option<String> {
    let (why, at) = match waits? {
        Waits::ForDigest => (MessageWaits::ForDigest, None),
        Waits::AtTheDesk => (MessageWaits::AtTheDesk, None),
        Waits::Quiet { until } => (MessageWaits::Quiet, Some(until)),
        Waits::Until(at) => (MessageWaits::Until, Some(at)),
        Waits::WayDown { since } => (MessageWaits::WayDown, Some(since)),
        Waits::Next => (MessageWaits::Next, None),
        Waits::OnItsWay => (MessageWaits::OnItsWay, None),
        Waits::Stuck => (MessageWaits::Stuck, None),
    };
    Some(phrases::waits(lang, why, &at.map(shown::at).unwrap_or_default()))
}

/// Messages of one state, or of all.
pub fn total(counts: &[(OutboxState, i64)], wanted: Option<OutboxState>) -> u64 {
    let of_state = counts.iter().filter(|(state, _)| wanted.is_none_or(|wanted| wanted == *state));
    u64::try_from(of_state.map(|(_, count)| count).sum::<i64>()).unwrap_or(0)
}

fn row(message: &Message, waits: Option<String>, lang: Lang) -> OutboxRow {
    let state = shown::send_state(message);
    OutboxRow {
        id: message.id.clone(),
        kind: shown::message_kind(message.kind),
        code: shown::about(message.kind, &message.about, lang),
        href: href(message),
        recipient: recipient(message),
        channel: phrases::way(lang, message.delivery.as_str()),
        state,
        attempts: u32::try_from(message.attempts).unwrap_or(0),
        created: shown::at(message.created_at),
        moment: message.settled_at.map(shown::at),
        waits,
        last_error: message.last_error.as_deref().map(|text| records::cause(lang, text)),
    }
}

/// The page of what a message speaks of.
fn href(message: &Message) -> Option<String> {
    let place = match (&message.dossier_id, &message.submission_id) {
        (Some(_), _) => "/ho-so",
        (None, Some(_)) => "/truc-tuyen",
        (None, None) => return None,
    };
    Some(format!("{place}/{}", encoded(&message.about)))
}

/// Name and address, as far as there are any.
pub fn recipient(message: &Message) -> String {
    named(&message.recipient_name, &message.recipient)
}

/// The way a message takes.
pub fn channel(delivery: Delivery, lang: Lang) -> String {
    match delivery {
        Delivery::Mail => phrases::by_mail(lang),
        Delivery::Sms => "SMS".to_owned(),
        Delivery::Zalo => "Zalo".to_owned(),
        Delivery::Tray => phrases::on_paper(lang),
    }
}

/// A name with its address.
pub fn named(name: &str, address: &str) -> String {
    match (name, address) {
        ("", address) => address.to_owned(),
        (name, "") => name.to_owned(),
        (name, address) if name == address => name.to_owned(),
        (name, address) => format!("{name} <{address}>"),
    }
}

/// `POST /hop-di/{id}/gui-lai`
///
/// # Errors
/// 404 when there is nothing to send again.
pub async fn retry(front: Front, id: web::Path<String>, _: Posted<Nothing>) -> PageResult {
    front.work(move |office, now| office.retry_message(now, &id)).await?;
    front.done(Done::Retried, "/hop-di")
}
