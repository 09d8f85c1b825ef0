//! `/hop-di`: every message that left, waits or failed.

use std::str::FromStr;

use actix_web::http::StatusCode;
use actix_web::web;
use serde::Deserialize;

use crate::domain::UnknownWord;
use crate::domain::notice::NoticeKind;
use crate::domain::time::Instant;
use crate::office::proof_of::item_of;
use crate::office::waiting::Waits;
use crate::office::{FieldError, Office, OfficeError, OfficeResult, Problem as Trouble};
use crate::render::pages::form::{Chip, Choice};
use crate::render::pages::outbox::{AttemptRow, MessagePage, OutageRow, OutboxPage, OutboxRow};
use crate::render::pages::phrases::{self, Done, MessageWaits};
use crate::render::pages::words::SendState;
use crate::render::pages::{Ctx, Lang, records};
use crate::store::attempts::{Attempt, AttemptOutcome};
use crate::store::outages::Outage;
use crate::store::outbox::{self, Delivery, Gate, Message, Narrow, OutboxState};
use crate::web::posted::Posted;

use super::front::Front;
use super::mailbox::text_of;
use super::paging::{PAGE, Place};
use super::{Nothing, PageResult, encoded, given, shown};

#[derive(Debug, Deserialize)]
pub struct OutboxQuery {
    state: Option<String>,
    kind: Option<String>,
    way: Option<String>,
    cursor: Option<i64>,
}

impl OutboxQuery {
    fn narrow(&self) -> Narrow {
        Narrow {
            state: given(self.state.as_deref()).and_then(|word| word.parse().ok()),
            kind: given(self.kind.as_deref()).and_then(|word| word.parse().ok()),
            way: given(self.way.as_deref()).and_then(|word| word.parse().ok()),
        }
    }
}

/// The address of a list.
fn list(narrow: Narrow) -> String {
    let state = narrow.state.map(|state| format!("state={state}"));
    let kind = narrow.kind.map(|kind| format!("kind={kind}"));
    let way = narrow.way.map(|way| format!("way={way}"));
    let parts: Vec<String> = [state, kind, way].into_iter().flatten().collect();
    if parts.is_empty() { "/hop-di".to_owned() } else { format!("/hop-di?{}", parts.join("&")) }
}

/// `GET /hop-di`
///
/// # Errors
/// The database.
pub async fn page(front: Front, query: web::Query<OutboxQuery>) -> PageResult {
    let (c, narrow) = (front.ctx(), query.narrow());
    let page = front.work(move |office, now| assemble(office, c, now, narrow, query.cursor)).await?;
    front.page(StatusCode::OK, &page)
}

fn assemble(office: &Office, c: Ctx, now: Instant, narrow: Narrow, cursor: Option<i64>) -> OfficeResult<OutboxPage> {
    let lines = office.lines(now)?;
    let fits =
        |kind, way| narrow.kind.is_none_or(|wanted| wanted == kind) && narrow.way.is_none_or(|wanted| wanted == way);
    let (found, counts, place, rules) = office.store().read(|conn| {
        let each = outbox::count_each(conn)?;
        let of_filter = each.into_iter().filter(|(_, kind, way, _)| fits(*kind, *way));
        let counts: Vec<(OutboxState, i64)> = of_filter.map(|(state, _, _, count)| (state, count)).collect();
        let place = Place::of(cursor, total(&counts, narrow.state));
        let found = outbox::newest_of(conn, &narrow, place.offset, PAGE)?;
        Ok::<_, OfficeError>((found, counts, place, office.rules(conn)?))
    })?;
    let chip = |key: Option<OutboxState>| Chip {
        key: key.map(shown::outbox_state),
        count: total(&counts, key),
        href: list(Narrow { state: key, ..narrow }),
        current: key == narrow.state,
    };
    let waits = |message: &Message| waits(office.waits(&rules, now, &lines.lasting, message), c.lang);
    let outages = lines.lasting.iter().chain(&lines.ended);
    Ok(OutboxPage {
        quiet_until: (lines.sending.gate == Gate::UrgentOnly).then(|| shown::at(lines.sending.next)),
        outages: outages.map(|outage| outage_row(outage, c.lang)).collect(),
        stuck: u64::try_from(lines.stuck).unwrap_or(0),
        chips: std::iter::once(None).chain(OutboxState::ALL.iter().copied().map(Some)).map(chip).collect(),
        kinds: kinds(&c, narrow),
        ways: ways(&c, narrow),
        state: narrow.state.map(|state| state.to_string()).unwrap_or_default(),
        dead: total(&counts, Some(OutboxState::Failed)),
        rows: found.iter().map(|message| row(message, waits(message), c.lang)).collect(),
        pager: place.pager(&list(narrow)),
        c,
    })
}

fn kinds(c: &Ctx, narrow: Narrow) -> Vec<Choice> {
    let chosen = narrow.kind.map(NoticeKind::as_str).unwrap_or_default();
    let kind = |kind: &NoticeKind| Choice::new(kind.as_str(), shown::message_kind(*kind).word(c), chosen);
    let all = Choice::new("", c.t("Mọi loại", "Every kind"), chosen);
    std::iter::once(all).chain(NoticeKind::ALL.iter().map(kind)).collect()
}

fn ways(c: &Ctx, narrow: Narrow) -> Vec<Choice> {
    let chosen = narrow.way.map(Delivery::as_str).unwrap_or_default();
    let way = |way: &Delivery| Choice::new(way.as_str(), phrases::way(c.lang, way.as_str()), chosen);
    let all = Choice::new("", c.t("Mọi kênh", "Every way"), chosen);
    std::iter::once(all).chain(Delivery::ALL.iter().map(way)).collect()
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Dead {
    kind: String,
    way: String,
}

/// The word of a filter; empty: everything.
fn chosen<T: FromStr<Err = UnknownWord>>(field: &'static str, word: &str) -> Result<Option<T>, FieldError> {
    let wrong = |error: UnknownWord| FieldError::new(field, word, Trouble::NotOneOf { expected: error.expected });
    given(Some(word)).map(|word| word.parse::<T>().map_err(wrong)).transpose()
}

/// `POST /hop-di/gui-lai`: every dead letter of a kind and a way, or all.
///
/// # Errors
/// 422 for a kind or a way that nobody knows: nothing is sent.
pub async fn retry_dead(front: Front, Posted(dead): Posted<Dead>) -> PageResult {
    let actor = front.caller()?.actor();
    let (kind, way, count) = front
        .work(move |office, now| {
            let kind = chosen("kind", &dead.kind)?;
            let way = chosen("way", &dead.way)?;
            Ok((kind, way, office.retry_dead(now, &actor, kind, way)?))
        })
        .await?;
    let count = u64::try_from(count).unwrap_or(u64::MAX);
    front.done(Done::RetriedAll(count), &list(Narrow { state: None, kind, way }))
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
        last_error: records::cause(lang, &outage.last_error),
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
    let actor = front.caller()?.actor();
    front.work(move |office, now| office.retry_message(now, &actor, &id)).await?;
    front.done(Done::Retried, "/hop-di")
}
