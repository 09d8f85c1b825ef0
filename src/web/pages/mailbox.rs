//! `/thu-mau`: what the demonstration would have sent.

use actix_web::http::StatusCode;
use actix_web::web;
use serde::Deserialize;

use crate::domain::notice::NoticeKind;
use crate::office::letters::file_name;
use crate::office::{OfficeError, OfficeResult};
use crate::render::mail::{self, MailFacts};
use crate::render::pages::mailbox::{MailPage, MailRow, MailboxPage};
use crate::store::letters;
use crate::store::outbox::{self, Delivery, Message, OutboxState};
use crate::store::search_key::search_key;

use super::front::Front;
use super::outbox::{recipient, total};
use super::{PageResult, encoded, given, only_in_demo, shown};

const PAGE: usize = 60;
/// The newest messages that a search looks through.
const SEARCHED: i64 = 5_000;

#[derive(Debug, Deserialize)]
pub struct MailQuery {
    q: Option<String>,
    cursor: Option<usize>,
}

/// `GET /thu-mau`
///
/// # Errors
/// 404 outside the demonstration.
pub async fn page(front: Front, query: web::Query<MailQuery>) -> PageResult {
    only_in_demo(&front)?;
    let c = front.ctx();
    let MailQuery { q, cursor } = query.into_inner();
    let page = front
        .work(move |office, _| {
            let q = given(q.as_deref()).unwrap_or_default().to_owned();
            let from = cursor.unwrap_or(0);
            let upto = from.saturating_add(PAGE);
            let (skip, limit) = if q.is_empty() {
                (i64::try_from(from).unwrap_or(0), i64::try_from(PAGE + 1).unwrap_or(i64::MAX))
            } else {
                (0, SEARCHED)
            };
            let (found, counts) = office.store().read(|conn| {
                let found = outbox::newest(conn, Some(OutboxState::Sent), skip, limit)?;
                Ok::<_, OfficeError>((found, outbox::count_by_state(conn)?))
            })?;
            let mut rows = Vec::new();
            for message in found.into_iter().filter(|message| message.delivery == Delivery::Mail) {
                let row = row(&message)?;
                let text = search_key(&format!("{} {} {}", row.to, row.subject, row.code));
                if q.is_empty() || text.contains(&search_key(&q)) {
                    rows.push(row);
                }
            }
            let all = if q.is_empty() {
                total(&counts, Some(OutboxState::Sent))
            } else {
                u64::try_from(rows.len()).unwrap_or(0)
            };
            if !q.is_empty() {
                rows.drain(..from.min(rows.len()));
            }
            let more = rows.len() > PAGE;
            rows.truncate(PAGE);
            let next = more.then(|| format!("/thu-mau?q={}&cursor={upto}", encoded(&q)));
            Ok(MailboxPage { c, q, total: all, rows, next })
        })
        .await?;
    front.page(StatusCode::OK, &page)
}

/// The text as sent; composed again from its frozen facts where only these were kept.
///
/// # Errors
/// When the facts cannot be read.
pub fn text_of(message: &Message) -> OfficeResult<(String, String)> {
    if let (Some(subject), Some(body)) = (&message.subject, &message.body) {
        return Ok((subject.clone(), body.clone()));
    }
    if message.kind == NoticeKind::Digest {
        return Ok(mail::unsent_digest(&message.about));
    }
    let facts: MailFacts = serde_json::from_str(&message.facts)?;
    let text = mail::compose(&facts)?;
    Ok((text.subject, text.text))
}

fn row(message: &Message) -> OfficeResult<MailRow> {
    Ok(MailRow {
        id: message.id.clone(),
        at: shown::at(message.settled_at.unwrap_or(message.created_at)),
        to: recipient(message),
        subject: match &message.subject {
            Some(subject) => subject.clone(),
            None => text_of(message)?.0,
        },
        kind: shown::message_kind(message.kind),
        code: message.about.clone(),
        has_pdf: message.letter_id.is_some(),
    })
}

/// `GET /thu-mau/{id}`
///
/// # Errors
/// 404, also outside the demonstration.
pub async fn message(front: Front, id: web::Path<String>) -> PageResult {
    only_in_demo(&front)?;
    let c = front.ctx();
    let page = front
        .work(move |office, _| {
            let (message, number) = office.store().read(|conn| {
                let message = outbox::find(conn, &id)?.ok_or(OfficeError::NotFound)?;
                let letter = match &message.letter_id {
                    Some(id) => letters::find(conn, id)?,
                    None => None,
                };
                Ok::<_, OfficeError>((message, letter.map(|letter| letter.number)))
            })?;
            let (subject, text) = text_of(&message)?;
            let settings = &office.settings().mail;
            let file = |number: String| file_name(&number);
            Ok(MailPage {
                from: format!("{} <{}>", settings.from_name, settings.from),
                to: recipient(&message),
                subject,
                at: shown::at(message.settled_at.unwrap_or(message.created_at)),
                kind: shown::message_kind(message.kind),
                headers: vec![
                    ("Message-ID".to_owned(), message.message_id.clone()),
                    ("X-Dunghen-Kind".to_owned(), message.kind.to_string()),
                    ("X-Dunghen-Dossier".to_owned(), message.about.clone()),
                ],
                code: message.about.clone(),
                text,
                pdf: message.letter_id.zip(number).map(|(id, number)| (format!("/thu/{id}.pdf"), file(number))),
                c,
            })
        })
        .await?;
    front.page(StatusCode::OK, &page)
}
