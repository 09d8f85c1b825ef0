//! What helps who types the form of `/ho-so/moi`: earlier applicants, the usual papers, the draft.

use actix_web::http::{StatusCode, header};
use actix_web::{HttpResponse, web};
use serde::Deserialize;

use crate::office::once::Once;
use crate::office::{Office, OfficeResult};
use crate::render::pages::intake::{ApplicantOptions, EarlierApplicant};
use crate::render::pages::phrases::Done;
use crate::render::paper_lines;
use crate::store::dossiers::DossierRow;
use crate::web::posted::Posted;

use super::front::Front;
use super::intake::Typed;
use super::{Nothing, PageResult};

/// What is looked for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    q: String,
    procedure: String,
}

/// `GET /ho-so/moi/nguoi-nop`: options of the search box; 429 when asked too often.
///
/// # Errors
/// The database.
pub async fn people(front: Front, asked: web::Query<Asked>) -> PageResult {
    let who = front.caller()?.account.clone();
    if let Err(wait) = front.site.lookups.ask(&who.id, front.site.now()) {
        let mut answer = HttpResponse::TooManyRequests();
        return Ok(answer.insert_header((header::RETRY_AFTER, wait.0.to_string())).finish());
    }
    let options = front.work(move |office, _| earlier(office, &who.username, &asked.q)).await?;
    front.page(StatusCode::OK, &ApplicantOptions { options })
}

/// Who fits; that somebody looked is logged, for whom they looked is not.
///
/// # Errors
/// The database.
pub fn earlier(office: &Office, username: &str, asked: &str) -> OfficeResult<Vec<EarlierApplicant>> {
    let found = office.earlier_applicants(asked)?;
    tracing::info!(%username, found = found.len(), "earlier applicants looked up");
    Ok(found.into_iter().map(applicant).collect())
}

fn applicant(row: DossierRow) -> EarlierApplicant {
    EarlierApplicant {
        name: row.applicant_name,
        phone: row.applicant_phone.unwrap_or_default(),
        email: row.applicant_email.unwrap_or_default(),
        address: row.applicant_address.unwrap_or_default(),
        code: row.code,
    }
}

/// `GET /ho-so/moi/giay-to`: the papers of the last dossier of a procedure, one a line.
///
/// # Errors
/// The database.
pub async fn papers(front: Front, asked: web::Query<Asked>) -> PageResult {
    let lines = front.work(move |office, _| office.usual_papers(asked.procedure.trim())).await?;
    let mut answer = HttpResponse::Ok();
    answer.content_type("text/plain; charset=utf-8").insert_header((header::CACHE_CONTROL, "no-store"));
    Ok(answer.body(paper_lines::write(&lines)))
}

/// `POST /ho-so/moi/nhap`: keeps the form as it is now.
///
/// # Errors
/// The database.
pub async fn keep(front: Front, Posted(typed): Posted<Typed>) -> PageResult {
    let account = front.caller()?.account.id.clone();
    front
        .work(move |office, now| {
            let once = Once::new(&account, typed.key(), "");
            office.keep_draft(now, &account, &once, serde_json::to_string(&typed)?)
        })
        .await?;
    Ok(HttpResponse::NoContent().finish())
}

/// `POST /ho-so/moi/bo-nhap`: throws the draft away.
///
/// # Errors
/// The database.
pub async fn drop(front: Front, Posted(Nothing {}): Posted<Nothing>) -> PageResult {
    let account = front.caller()?.account.id.clone();
    front.work(move |office, _| office.drop_draft(&account)).await?;
    front.done(Done::DraftDropped, "/ho-so/moi")
}
