//! Online files before they are dossiers: hand in, list, look, and the desk's answers.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;

use crate::domain::reception::SubmissionState;
use crate::domain::time::rfc3339;
use crate::office::submissions::{Answer, Seen};
use crate::office::{FieldError, OfficeError, OfficeResult, Problem as FieldTrouble};
use crate::store::submissions;

use super::dossiers::{logged, once, read_json};
use super::shapes::StepBody;
use super::submission_shapes::{self as shapes, NewSubmission, Submitted};
use crate::web::caller::Caller;
use crate::web::problem::Problem;
use crate::web::site::Site;

type Reply = Result<HttpResponse, Problem>;

/// `POST /api/v1/submissions`
///
/// # Errors
/// 400 unreadable, 409 key reused, 422 fields.
pub async fn create(site: Site, caller: Caller, request: HttpRequest, body: web::Bytes) -> Reply {
    let new: NewSubmission = read_json(&body)?;
    let once = once(&request, &caller, &body);
    let actor = caller.actor();
    let submitted = site
        .work(move |office, now| {
            let submission = office.submit_once(now, &actor, &new.into(), once.as_ref())?;
            Ok(Submitted {
                status_url: office.submission_status_url(&submission),
                submitted_at: rfc3339(submission.submitted_at),
                due_at: rfc3339(submission.due_at),
                basis: submission.basis,
                code: submission.code,
            })
        })
        .await?;
    let place = format!("/api/v1/submissions/{}", submitted.code);
    Ok(HttpResponse::Created().insert_header(("Location", place)).json(submitted))
}

/// What a list can be asked for.
#[derive(Debug, Deserialize)]
pub struct ListQuery {
    /// `waiting` (default), `returned`, `accepted`, `declined`
    state: Option<String>,
    q: Option<String>,
    offset: Option<i64>,
    limit: Option<i64>,
}

/// `GET /api/v1/submissions`
///
/// # Errors
/// 422 for a state that does not exist.
pub async fn list(site: Site, query: web::Query<ListQuery>) -> Reply {
    let query = query.into_inner();
    let items: Vec<_> = site
        .work(move |office, now| {
            let state = match query.state.as_deref().filter(|text| !text.is_empty()) {
                None => SubmissionState::Waiting,
                Some(text) => text.parse().map_err(|_| {
                    let expected = &["waiting", "returned", "accepted", "declined"];
                    OfficeError::from(FieldError::new("state", text, FieldTrouble::NotOneOf { expected }))
                })?,
            };
            let (offset, limit) = (query.offset.unwrap_or(0).max(0), query.limit.unwrap_or(50).clamp(1, 200));
            let q = query.q.as_deref().filter(|q| !q.trim().is_empty());
            let rules = office.store().read(|conn| office.rules(conn))?;
            let found = office.store().read(|conn| submissions::in_state(conn, state, q, offset, limit))?;
            Ok(found.iter().map(|one| shapes::submission(one, &rules, now)).collect())
        })
        .await?;
    Ok(HttpResponse::Ok().json(serde_json::json!({ "items": items })))
}

/// `GET /api/v1/submissions/{code}`
///
/// # Errors
/// 404.
pub async fn one(site: Site, code: web::Path<String>) -> Reply {
    let submission = site
        .work(move |office, now| {
            let rules = office.store().read(|conn| office.rules(conn))?;
            Ok(shapes::submission(&office.submission(&code)?, &rules, now))
        })
        .await?;
    Ok(HttpResponse::Ok().json(submission))
}

/// `POST /api/v1/submissions/{code}/{verb}`: `acceptance` answers the dossier as it was logged, the
/// others the file as it stands.
///
/// # Errors
/// 400, 404, 409 with the reason when the state forbids it, 422.
pub async fn step(
    site: Site,
    caller: Caller,
    path: web::Path<(String, String)>,
    request: HttpRequest,
    body: web::Bytes,
) -> Reply {
    let (code, verb) = path.into_inner();
    let told: StepBody = if body.is_empty() { StepBody::default() } else { read_json(&body)? };
    let once = once(&request, &caller, &body);
    let actor = caller.actor();
    let answer = site
        .work(move |office, now| {
            if verb == "acceptance" {
                let row = office.accept_submission(now, &actor, &code, Seen::Any, once.as_ref())?;
                return Ok(serde_json::to_value(logged(office, row)?)?);
            }
            let answer = answer_named(&verb, told)?;
            let submission = office.answer_submission(now, &actor, &code, Seen::Any, &answer, once.as_ref())?;
            let rules = office.store().read(|conn| office.rules(conn))?;
            Ok(serde_json::to_value(shapes::submission(&submission, &rules, now))?)
        })
        .await?;
    Ok(HttpResponse::build(StatusCode::OK).json(answer))
}

/// The answer that a verb of the interface means.
fn answer_named(verb: &str, told: StepBody) -> OfficeResult<Answer> {
    let text = told.note.or(told.reason).unwrap_or_default();
    Ok(match verb {
        "return" => Answer::SendBack { note: text },
        "completion" => Answer::Complete,
        "refusal" => Answer::Decline { reason: text },
        _ => return Err(OfficeError::NotFound),
    })
}
