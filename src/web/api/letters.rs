//! Letters: the list and the bytes as issued.

use actix_web::{HttpRequest, HttpResponse, web};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::domain::time::Instant;
use crate::office::signing::ToSign;
use crate::office::{FieldError, Office, OfficeError, OfficeResult, Problem as Trouble, grouped};
use crate::store::dossiers::After;
use crate::store::letters as stored;
use crate::store::letters::LetterRow;
use crate::store::outbox::{self, OutboxState};
use crate::web::caller::Caller;
use crate::web::problem::Problem;
use crate::web::site::Site;

use super::dossiers::{once, read_cursor, read_json, write_cursor};
use super::shapes;

#[derive(Debug, Deserialize)]
pub struct LettersQuery {
    /// of the newest message with the letter: `ready`, `sending`, `retry`, `sent`, `delivered`, `bounced`,
    /// `failed`, `void`; `issued`: all of them, as without; `draft`: what waits for a signature
    state: Option<String>,
    cursor: Option<String>,
    limit: Option<i64>,
}

#[derive(Debug, Serialize)]
struct Page {
    items: Vec<shapes::Letter>,
    next: Option<String>,
}

/// `GET /api/v1/letters`
///
/// # Errors
/// 422 for a state or cursor that is none; the database.
pub async fn list(site: Site, query: web::Query<LettersQuery>) -> Result<HttpResponse, Problem> {
    let query = query.into_inner();
    let page = site
        .work(move |office, _| {
            let limit = query.limit.unwrap_or(50).clamp(1, 500);
            let given = query.cursor.as_deref().filter(|text| !text.is_empty());
            let after = given.map(after_of).transpose()?;
            match query.state.as_deref().filter(|text| !text.is_empty()) {
                Some("draft") => drafts(office, after.as_ref(), limit),
                None | Some("issued") => issued(office, None, after.as_ref(), limit),
                Some(text) => {
                    let expected = STATES;
                    let state = text.parse().ok().filter(|_| expected.contains(&text));
                    let wrong = || FieldError::new("state", text, Trouble::NotOneOf { expected });
                    issued(office, Some(state.ok_or_else(wrong)?), after.as_ref(), limit)
                }
            }
        })
        .await?;
    Ok(HttpResponse::Ok().json(page))
}

/// What a list can be narrowed to.
const STATES: &[&str] =
    &["ready", "sending", "retry", "sent", "delivered", "bounced", "failed", "void", "issued", "draft"];

/// Where a page goes on: the moment and id of the last letter before it.
fn after_of(text: &str) -> OfficeResult<(Instant, String)> {
    let after = read_cursor(text).and_then(|after| Some((after.at?, after.id)));
    after.ok_or_else(|| FieldError::new("cursor", text, Trouble::NotACursor).into())
}

fn issued(
    office: &Office,
    state: Option<OutboxState>,
    after: Option<&(Instant, String)>,
    limit: i64,
) -> OfficeResult<Page> {
    office.store().read(|conn| {
        let after = after.map(|(at, id)| (*at, id.as_str()));
        let rows = stored::issued_page(conn, state, after, limit + 1)?;
        let ids: Vec<String> = rows.iter().map(|(letter, _)| letter.id.clone()).collect();
        let messages = grouped(outbox::of_letters(conn, &ids)?, |one| one.letter_id.clone().unwrap_or_default());
        let state = |id: &str| messages.get(id)?.last().map(|message| message.state.as_str());
        Ok(page_of(&rows, limit, state))
    })
}

fn drafts(office: &Office, after: Option<&(Instant, String)>, limit: i64) -> OfficeResult<Page> {
    let waiting = office.store().read(|conn| stored::waiting(conn, None, 0, i64::MAX))?;
    let place = |letter: &LetterRow| (dated(letter), letter.id.clone());
    let rest = waiting.into_iter().filter(|(letter, _)| after.is_none_or(|after| place(letter) > *after));
    let rows: Vec<_> = rest.map(|(letter, row)| (letter, row.code)).collect();
    Ok(page_of(&rows, limit, |_| None))
}

/// By what a list is in order.
fn dated(letter: &LetterRow) -> Instant {
    letter.decide_by.filter(|_| letter.issued_at.is_none()).unwrap_or_else(|| letter.dated_at())
}

fn page_of(rows: &[(LetterRow, String)], limit: i64, state: impl Fn(&str) -> Option<&'static str>) -> Page {
    let limit = usize::try_from(limit).unwrap_or(50);
    let shown: Vec<_> = rows.iter().take(limit).collect();
    let last = shown.last().filter(|_| rows.len() > limit);
    let next = last.map(|(letter, _)| write_cursor(&After { at: Some(dated(letter)), id: letter.id.clone() }));
    let items = shown.iter().map(|(letter, code)| shapes::letter(letter, code, state(&letter.id))).collect();
    Page { items, next }
}

/// `GET /api/v1/letters/{id}.pdf`
///
/// # Errors
/// 404.
pub async fn pdf(site: Site, id: web::Path<String>) -> Result<HttpResponse, Problem> {
    let (letter, bytes) = site.work(move |office, now| office.letter_pdf(now, &id)).await?;
    Ok(pdf_response(&letter.number, bytes))
}

/// What is decided about a letter that waits.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Signature {
    /// `true`: it is signed, numbered and sent
    pub sign: Option<bool>,
    /// why it is not signed: it goes back to the handling officer
    pub refuse: Option<String>,
    /// sign: another sentence than the drafted one
    pub reason: Option<String>,
    /// sign, of a loss: another account of what happened
    pub what_happened: Option<String>,
    /// sign: another new day, `YYYY-MM-DD`; empty: by the policy, of a loss none
    pub new_due_on: Option<String>,
}

/// `POST /api/v1/letters/{id}/signature`: signs a letter that waits, or refuses it.
///
/// # Errors
/// 400 unreadable, 404, 409 when it does not wait (any more) or for somebody else, 422 wrong fields.
pub async fn sign(
    site: Site,
    caller: Caller,
    id: web::Path<String>,
    request: HttpRequest,
    body: web::Bytes,
) -> Result<HttpResponse, Problem> {
    let told: Signature = read_json(&body)?;
    let once = once(&request, &caller, &body);
    let actor = caller.actor();
    let id = id.into_inner();
    let letter = site
        .work(move |office, now| {
            let letter = match (told.sign, told.refuse) {
                (Some(true), None) => {
                    let Signature { reason, what_happened, new_due_on, .. } = told;
                    let wanted = ToSign { id: id.clone(), reason, what_happened, new_due_on };
                    office.sign_letter_once(now, &actor, &wanted, once.as_ref())?
                }
                (None | Some(false), Some(why)) => {
                    office.refuse_letter_once(now, &actor, (&id, &why), once.as_ref()).map_err(about_refuse)?
                }
                (Some(true), Some(_)) => {
                    return Err(FieldError::new("refuse", "", Trouble::Contradicts { other: "sign" }).into());
                }
                (None | Some(false), None) => return Err(FieldError::new("sign", "", Trouble::Required).into()),
            };
            let code = office.dossier_code_of_letter(&letter.id)?;
            Ok(shapes::letter(&letter, &code, None))
        })
        .await?;
    Ok(HttpResponse::Ok().json(letter))
}

/// The page calls `why` what is `refuse` here.
fn about_refuse(error: OfficeError) -> OfficeError {
    match error {
        OfficeError::Invalid(errors) => {
            OfficeError::Invalid(errors.into_iter().map(|error| FieldError { field: "refuse", ..error }).collect())
        }
        other @ (OfficeError::NotFound | OfficeError::Refused(_) | OfficeError::Store(_) | OfficeError::Broken(_)) => {
            other
        }
    }
}

/// A PDF shown in the browser, named by the letter's number.
#[must_use]
pub fn pdf_response(number: &str, bytes: Vec<u8>) -> HttpResponse {
    let name: String = number.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    HttpResponse::Ok()
        .content_type("application/pdf")
        .insert_header(("Content-Disposition", format!("inline; filename=\"phieu-xin-loi-{name}.pdf\"")))
        .body(bytes)
}
