//! Letters: the list and the bytes as issued.

use actix_web::{HttpResponse, web};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::office::signing::ToSign;
use crate::office::{FieldError, Problem as Trouble, grouped};
use crate::store::{letters as stored, outbox};
use crate::web::caller::Caller;
use crate::web::problem::Problem;
use crate::web::site::Site;

use super::dossiers::read_json;
use super::shapes;

#[derive(Debug, Deserialize)]
pub struct LettersQuery {
    /// `ready`, `sending`, `retry`, `sent`, `failed`, `void`; `draft`: what waits for a signature
    state: Option<String>,
    offset: Option<i64>,
    limit: Option<i64>,
}

/// `GET /api/v1/letters`
///
/// # Errors
/// The database.
pub async fn list(site: web::Data<Site>, query: web::Query<LettersQuery>) -> Result<HttpResponse, Problem> {
    let query = query.into_inner();
    let items: Vec<_> = site
        .work(move |office, _| {
            office.store().read(|conn| {
                let offset = query.offset.unwrap_or(0).max(0);
                if query.state.as_deref() == Some("draft") {
                    let page = stored::waiting(conn, None, offset, query.limit.unwrap_or(50).clamp(1, 500))?;
                    return Ok(page.iter().map(|(letter, row)| shapes::letter(letter, &row.code, None)).collect());
                }
                let rows = stored::newest(conn, offset, query.limit.unwrap_or(50).clamp(1, 500))?;
                let ids: Vec<String> = rows.iter().map(|(letter, _, _)| letter.id.clone()).collect();
                let messages =
                    grouped(outbox::of_letters(conn, &ids)?, |one| one.letter_id.clone().unwrap_or_default());
                let state = |id: &str| messages.get(id)?.first().map(|message| message.state.as_str());
                let shown = rows.iter().map(|(letter, code, _)| shapes::letter(letter, code, state(&letter.id)));
                let wanted =
                    |letter: &shapes::Letter| query.state.as_deref().is_none_or(|state| letter.state == Some(state));
                Ok(shown.filter(wanted).collect())
            })
        })
        .await?;
    Ok(HttpResponse::Ok().json(serde_json::json!({ "items": items })))
}

/// `GET /api/v1/letters/{id}.pdf`
///
/// # Errors
/// 404.
pub async fn pdf(site: web::Data<Site>, id: web::Path<String>) -> Result<HttpResponse, Problem> {
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
    site: web::Data<Site>,
    caller: Caller,
    id: web::Path<String>,
    body: web::Bytes,
) -> Result<HttpResponse, Problem> {
    let told: Signature = read_json(&body)?;
    let actor = caller.actor();
    let id = id.into_inner();
    let letter = site
        .work(move |office, now| {
            let letter = match (told.sign, told.refuse) {
                (Some(true), None) => {
                    let Signature { reason, what_happened, new_due_on, .. } = told;
                    office.sign_letter(now, &actor, &ToSign { id: id.clone(), reason, what_happened, new_due_on })?
                }
                (None | Some(false), Some(why)) => office.refuse_letter(now, &actor, &id, &why)?,
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

/// A PDF shown in the browser, named by the letter's number.
#[must_use]
pub fn pdf_response(number: &str, bytes: Vec<u8>) -> HttpResponse {
    let name: String = number.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    HttpResponse::Ok()
        .content_type("application/pdf")
        .insert_header(("Content-Disposition", format!("inline; filename=\"phieu-xin-loi-{name}.pdf\"")))
        .body(bytes)
}
