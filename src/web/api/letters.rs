//! Letters: the list and the bytes as issued.

use actix_web::{HttpResponse, web};
use serde::Deserialize;

use crate::office::grouped;
use crate::store::{letters as stored, outbox};
use crate::web::problem::Problem;
use crate::web::site::Site;

use super::shapes;

#[derive(Debug, Deserialize)]
pub struct LettersQuery {
    /// `ready`, `sending`, `retry`, `sent`, `failed`, `void`
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

/// `POST /api/v1/letters/{id}/signature`: letters are signed by delegation when they are issued
/// (`apology.mode = "automatic"`), so there is nothing left to sign.
///
/// # Errors
/// 404, and 409 for every letter there is.
pub async fn sign(site: web::Data<Site>, id: web::Path<String>) -> Result<HttpResponse, Problem> {
    let letter = site.work(move |office, _| office.letter(&id)).await?;
    let detail =
        format!("Phiếu {} đã được ký theo ủy quyền khi phát hành (apology.mode = \"automatic\").", letter.number);
    let conflict = actix_web::http::StatusCode::CONFLICT;
    Err(Problem { detail, ..Problem::new(conflict, "/problems/refused", "Phiếu không chờ ký.") })
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
