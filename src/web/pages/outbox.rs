//! `/hop-di`: every message that left, waits or failed.

use actix_web::http::StatusCode;
use actix_web::web;
use serde::Deserialize;

use crate::render::pages::Lang;
use crate::render::pages::form::Chip;
use crate::render::pages::outbox::{OutboxPage, OutboxRow};
use crate::render::pages::phrases::{self, Done};
use crate::render::pages::words::SendState;
use crate::store::outbox::{self, Delivery, Message, OutboxState};
use crate::web::posted::Posted;

use super::front::Front;
use super::{Nothing, PageResult, encoded, given, shown};

const PAGE: i64 = 60;

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
    let from = query.cursor.unwrap_or(0).max(0);
    let page = front
        .work(move |office, _| {
            let (mut found, counts) = office.store().read(|conn| {
                let found = outbox::newest(conn, state, from, PAGE + 1)?;
                Ok::<_, crate::store::StoreError>((found, outbox::count_by_state(conn)?))
            })?;
            let page = usize::try_from(PAGE).unwrap_or(usize::MAX);
            let more = found.len() > page;
            found.truncate(page);
            let href = |state: Option<OutboxState>| {
                state.map_or("/hop-di".to_owned(), |state| format!("/hop-di?state={state}"))
            };
            let chip = |key: Option<OutboxState>| Chip {
                key: key.map(shown::outbox_state),
                count: total(&counts, key),
                href: href(key),
                current: key == state,
            };
            let join = if state.is_some() { '&' } else { '?' };
            Ok(OutboxPage {
                chips: std::iter::once(None).chain(OutboxState::ALL.iter().copied().map(Some)).map(chip).collect(),
                rows: found.iter().map(|message| row(message, c.lang)).collect(),
                next: more.then(|| format!("{}{join}cursor={}", href(state), from.saturating_add(PAGE))),
                c,
            })
        })
        .await?;
    front.page(StatusCode::OK, &page)
}

/// Messages of one state, or of all.
pub fn total(counts: &[(OutboxState, i64)], wanted: Option<OutboxState>) -> u64 {
    let of_state = counts.iter().filter(|(state, _)| wanted.is_none_or(|wanted| wanted == *state));
    u64::try_from(of_state.map(|(_, count)| count).sum::<i64>()).unwrap_or(0)
}

fn row(message: &Message, lang: Lang) -> OutboxRow {
    let state = shown::send_state(message);
    let next_try = matches!(state, SendState::Ready | SendState::Retry).then_some(message.ready_at);
    OutboxRow {
        id: message.id.clone(),
        kind: shown::message_kind(message.kind),
        code: message.about.clone(),
        href: href(message),
        recipient: recipient(message),
        channel: channel(message.delivery, lang),
        state,
        attempts: u32::try_from(message.attempts).unwrap_or(0),
        created: shown::at(message.created_at),
        moment: message.settled_at.or(next_try).map(shown::at),
        last_error: message.last_error.clone(),
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
