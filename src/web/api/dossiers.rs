//! Dossiers: log, list, look, and the verbs that move one.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};

use crate::domain::dossier::{ElectronicResult, ResultOutcome, Step};
use crate::domain::time::rfc3339;
use crate::office::delay::DelayForm;
use crate::office::loss::LossForm;
use crate::office::once::Once;
use crate::office::reassign::ReassignForm;
use crate::office::sub_deadlines::consultation;
use crate::office::{FieldError, Office, OfficeError, OfficeResult, Problem as FieldTrouble};
use crate::render::pages::Lang;
use crate::store::dossiers::DossierRow;

use super::ledger::ledger_days;
use super::shapes::{self, Dossier, Event, Logged, NewDossier, StepBody};
use crate::web::caller::Caller;
use crate::web::problem::Problem;
use crate::web::site::Site;

mod list;

pub use list::list;
pub(in crate::web) use list::{read_cursor, write_cursor};

type Answer = Result<HttpResponse, Problem>;

/// `POST /api/v1/dossiers`
///
/// # Errors
/// 400 unreadable, 409 key reused, 422 fields.
pub async fn create(site: Site, caller: Caller, request: HttpRequest, body: web::Bytes) -> Answer {
    let new: NewDossier = read_json(&body)?;
    let once = once(&request, &caller, &body);
    let actor = caller.actor();
    let logged = site
        .work(move |office, now| {
            let row = office.log_dossier_once(now, &actor, &new.into(), once.as_ref())?;
            logged(office, row)
        })
        .await?;
    Ok(HttpResponse::Created().insert_header(("Location", format!("/api/v1/dossiers/{}", logged.code))).json(logged))
}

/// A dossier just received, with its promise.
///
/// # Errors
/// The database.
pub(super) fn logged(office: &Office, row: DossierRow) -> OfficeResult<Logged> {
    let promises = office.promises(&row)?;
    Ok(Logged {
        receipt_url: format!("{}/bien-nhan", office.dossier_url(&row)),
        status_url: office.status_url(&row),
        received_at: rfc3339(row.received_at),
        due_at: promises.first().map(|promise| rfc3339(promise.due_at)),
        statutory_due_at: promises.first().and_then(|promise| promise.statutory_due_at).map(rfc3339),
        ledger: promises.first().map(|promise| ledger_days(&promise.ledger, Lang::Vi)).unwrap_or_default(),
        code: row.code,
    })
}

/// `GET /api/v1/dossiers/{code}`
///
/// # Errors
/// 404.
pub async fn one(site: Site, code: web::Path<String>) -> Answer {
    let dossier = site
        .work(move |office, now| {
            let rules = office.store().read(|conn| office.rules(conn))?;
            let whole = office.whole(&code)?;
            let provisional = whole.is_provisional(&rules);
            let dossier = Dossier { provisional, ..shapes::dossier(&whole.row, &rules, now) };
            Ok(shapes::in_detail(dossier, &whole.sub_deadlines, office.filing(&whole.row)?.as_ref()))
        })
        .await?;
    Ok(HttpResponse::Ok().json(dossier))
}

/// `GET /api/v1/dossiers/{code}/events`
///
/// # Errors
/// 404.
pub async fn events(site: Site, code: web::Path<String>) -> Answer {
    let events: Vec<Event> =
        site.work(move |office, _| Ok(office.whole(&code)?.events.iter().map(shapes::event).collect())).await?;
    Ok(HttpResponse::Ok().json(serde_json::json!({ "items": events })))
}

/// `GET /api/v1/dossiers/{code}/letters`
///
/// # Errors
/// 404.
pub async fn letters(site: Site, code: web::Path<String>) -> Answer {
    let letters: Vec<_> = site
        .work(move |office, _| {
            let whole = office.whole(&code)?;
            let state = |id: &str| {
                whole
                    .messages
                    .iter()
                    .rfind(|message| message.letter_id.as_deref() == Some(id))
                    .map(|message| message.state.as_str())
            };
            Ok(whole.letters.iter().map(|letter| shapes::letter(letter, &whole.row.code, state(&letter.id))).collect())
        })
        .await?;
    Ok(HttpResponse::Ok().json(serde_json::json!({ "items": letters })))
}

/// `POST /api/v1/dossiers/{code}/{verb}`
///
/// # Errors
/// 400, 404, 409 with the reason when the stage forbids it, 422.
pub async fn step(
    site: Site,
    caller: Caller,
    path: web::Path<(String, String)>,
    request: HttpRequest,
    body: web::Bytes,
) -> Answer {
    let (code, verb) = path.into_inner();
    let told: StepBody = if body.is_empty() { StepBody::default() } else { read_json(&body)? };
    let once = once(&request, &caller, &body);
    let actor = caller.actor();
    let dossier = site
        .work(move |office, now| {
            let ready = (verb == "readiness").then_some(told.ready);
            if ready == Some(None) {
                return Err(FieldError::new("ready", "", FieldTrouble::Required).into());
            }
            // "It will not be ready" is the declaration of a delay: with its reason, for the applicant.
            let row = if verb == "delay" || ready == Some(Some(false)) {
                let form = DelayForm {
                    reason_code: told.reason_code.unwrap_or_default(),
                    reason: told.reason.unwrap_or_default(),
                    new_due_on: told.new_due_on,
                };
                office.declare_delay_once(now, &actor, &code, &form, once.as_ref())?
            } else if verb == "loss" {
                let text = |text: Option<String>| text.unwrap_or_default();
                let form = LossForm {
                    kind: text(told.kind),
                    what_happened: text(told.what_happened),
                    remedy: text(told.remedy),
                    new_due_on: text(told.new_due_on),
                    seen: None,
                };
                office.apologise_for_loss(now, &actor, &code, &form, once.as_ref())?
            } else if verb == "reassign" {
                let text = |text: Option<String>| text.unwrap_or_default();
                let form =
                    ReassignForm { unit: text(told.unit), officer: text(told.officer), reason: text(told.reason) };
                office.reassign_once(now, &actor, &code, &form, once.as_ref())?
            } else {
                office.step_once(now, &actor, &code, &step_named(&verb, told)?, once.as_ref())?
            };
            let rules = office.store().read(|conn| office.rules(conn))?;
            let subs = office.sub_deadlines(&row)?;
            let provisional = office.provisional(&rules, std::slice::from_ref(&row))?.contains(&row.id);
            let dossier = Dossier { provisional, ..shapes::dossier(&row, &rules, now) };
            Ok(shapes::in_detail(dossier, &subs, office.filing(&row)?.as_ref()))
        })
        .await?;
    Ok(HttpResponse::build(StatusCode::OK).json(dossier))
}

/// The step that a verb of the interface means.
fn step_named(verb: &str, told: StepBody) -> OfficeResult<Step> {
    let note = told.note.or(told.reason).unwrap_or_default();
    Ok(match verb {
        "supplement-request" => Step::RequestSupplement { note },
        "supplement" => Step::ReceiveSupplement,
        "obligation-request" => Step::RequestObligation { note },
        "obligation" => Step::MeetObligation,
        "result" => {
            let text = told.outcome.unwrap_or_else(|| ResultOutcome::Granted.to_string());
            let outcome = text.parse().map_err(|_| FieldError::new("outcome", &text, FieldTrouble::UnknownOutcome))?;
            let electronic = match told.e_result {
                Some(true) => ElectronicResult::Issued,
                Some(false) | None => ElectronicResult::PaperOnly,
            };
            Step::Resolve { outcome, electronic }
        }
        "readiness" => Step::ConfirmReady,
        "return" => Step::Return,
        "withdrawal" => Step::Withdraw { reason: note },
        "stop" => Step::Stop { reason: note },
        "hand-over" => Step::HandOver,
        "consultation" => {
            let text = |text: Option<String>| text.unwrap_or_default();
            consultation(&text(told.body), &text(told.content), &text(told.due_on))?
        }
        "consultation-answer" => Step::AnswerConsultation {
            number: told.number.ok_or_else(|| FieldError::new("number", "", FieldTrouble::Required))?,
        },
        _ => return Err(OfficeError::NotFound),
    })
}

pub(super) fn read_json<T: serde::de::DeserializeOwned>(body: &[u8]) -> Result<T, Problem> {
    serde_json::from_slice(body).map_err(|error| Problem::bad_request(&error.to_string()))
}

pub(super) fn once(request: &HttpRequest, caller: &Caller, body: &[u8]) -> Option<Once> {
    let key = request.headers().get("idempotency-key")?.to_str().ok()?;
    let asked = format!("{} {}\n{}", request.method(), request.path(), String::from_utf8_lossy(body));
    Some(Once::new(&caller.account.id, key, &asked))
}
