//! `/thu/ky`: what waits for the signature of who is signed in: sign many, or open, edit, refuse one.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use serde::Deserialize;

use crate::domain::time::Instant;
use crate::office::queue::office_minutes;
use crate::office::signing::{Opened, ToSign, Waits};
use crate::office::{FieldError, Office, OfficeError, OfficeResult, Rules};
use crate::render::pages::phrases::Done;
use crate::render::pages::signing::{Decision, SignPage, TrayPage, TrayResult, TrayRow};
use crate::render::pages::{Ctx, Lang, time};
use crate::store::letters::{LetterKind, LetterState};
use crate::web::api::letters::pdf_response;
use crate::web::posted::Posted;

use super::front::Front;
use super::paging::{self, Cursor, PAGE, Place};
use super::{PageResult, dossier_view, encoded, shown, why};

const TRAY: &str = "/thu/ky";

/// `GET /thu/ky`
///
/// # Errors
/// The database.
pub async fn page(front: Front, query: web::Query<Cursor>) -> PageResult {
    tray(&front, query.cursor, Vec::new()).await
}

async fn tray(front: &Front, cursor: Option<i64>, results: Vec<TrayResult>) -> PageResult {
    let (mut c, me) = (front.ctx(), front.caller()?.account.id.clone());
    let lang = front.lang;
    let (rows, place) = front
        .work(move |office, now| {
            let rules = office.store().read(|conn| office.rules(conn))?;
            let place = Place::of(cursor, office.count_letters_to_sign(now, &me)?);
            let waiting = office.letters_to_sign(now, &me, place.offset, PAGE)?;
            Ok((waiting.into_iter().map(|one| row(one, &rules, now, lang)).collect(), place))
        })
        .await?;
    c.path = paging::at(TRAY, place.offset);
    front.page(StatusCode::OK, &TrayPage { c, rows, pager: place.pager(TRAY), results })
}

fn row(waits: Waits, rules: &Rules, now: Instant, lang: Lang) -> TrayRow {
    let Waits { letter, row, facts, overdue } = waits;
    let by = letter.decide_by.unwrap_or(letter.drafted_at);
    let (from, to) = if overdue { (by, now) } else { (now, by) };
    let (minutes, a_day) = office_minutes(&rules.calendar, from, to);
    TrayRow {
        kind: shown::letter_name(letter.kind),
        code: row.code,
        applicant: row.applicant_name,
        unit: facts.handling_unit,
        original_due: time::instant(facts.due_at),
        proposed: facts.new_due_at.filter(|_| letter.kind != LetterKind::SecondMiss).map(time::instant),
        reason: facts.reason,
        decide_by: shown::at(by),
        left: if overdue { time::over(lang, minutes, a_day) } else { time::left(lang, minutes, a_day) },
        overdue,
        id: letter.id,
    }
}

/// `POST /thu/ky`: signs what is ticked; the tray again, with what became of each.
///
/// # Errors
/// The database.
pub async fn sign_many(front: Front, Posted(fields): Posted<Vec<(String, String)>>) -> PageResult {
    let actor = front.caller()?.actor();
    let c = front.ctx();
    let cursor = paging::cursor_of(&fields);
    let wanted: Vec<ToSign> =
        fields.into_iter().filter(|(name, _)| name == "id").map(|(_, id)| ToSign { id, ..ToSign::default() }).collect();
    let results = front
        .work(move |office, now| {
            let signed = office.sign_letters(now, &actor, &wanted);
            Ok(signed.into_iter().filter_map(|one| result(office, &one.id, one.outcome, &c)).collect())
        })
        .await?;
    tray(&front, cursor, results).await
}

/// How the signing of one ended; `None` for an id that no letter has.
fn result(
    office: &Office,
    id: &str,
    outcome: OfficeResult<crate::store::letters::LetterRow>,
    c: &Ctx,
) -> Option<TrayResult> {
    let code = office.dossier_code_of_letter(id).ok()?;
    Some(match outcome {
        Ok(letter) => TrayResult { code, number: Some(letter.number), text: String::new() },
        Err(error) => TrayResult { code, number: None, text: why(error, c) },
    })
}

/// `GET /thu/ky/{id}`
///
/// # Errors
/// 404.
pub async fn one(front: Front, id: web::Path<String>) -> PageResult {
    let page = opened(&front, id.into_inner()).await?;
    front.page(StatusCode::OK, &page)
}

async fn opened(front: &Front, id: String) -> Result<SignPage, super::PageError> {
    let (c, me) = (front.ctx(), front.caller()?.account.id.clone());
    front
        .work(move |office, now| {
            let rules = office.store().read(|conn| office.rules(conn))?;
            Ok(view(c, &rules, office.drafted_letter(now, &me, &id)?))
        })
        .await
}

fn view(c: Ctx, rules: &Rules, opened: Opened) -> SignPage {
    let Opened { letter, row, facts, may_sign } = opened;
    let day = facts.new_due_at.map(|at| at.date().to_string());
    SignPage {
        asked_by: dossier_view::actor(&letter.signed_by, rules, c.lang),
        c,
        kind: shown::letter_name(letter.kind),
        decision: match letter.state {
            LetterState::Draft => Decision::Waits,
            LetterState::Issued => Decision::Signed,
            LetterState::Refused => Decision::Refused,
            LetterState::Void => Decision::Dropped,
        },
        code: row.code,
        applicant: row.applicant_name,
        procedure: facts.procedure_name,
        original_due: time::instant(facts.due_at),
        decide_by: letter.decide_by.map(shown::at).unwrap_or_default(),
        asked_at: shown::at(letter.drafted_at),
        note: letter.note,
        number: letter.number,
        reason: facts.reason,
        what_happened: (letter.kind == LetterKind::Loss).then_some(facts.what_happened),
        new_due_on: match letter.kind {
            LetterKind::Apology | LetterKind::Loss => Some(day.unwrap_or_default()),
            LetterKind::LateResult | LetterKind::SecondMiss => None,
        },
        why: String::new(),
        may_sign,
        errors: Vec::new(),
        id: letter.id,
    }
}

/// `GET /thu/ky/{id}/xem-truoc.pdf`
///
/// # Errors
/// 404 unless it waits.
pub async fn preview(front: Front, id: web::Path<String>) -> PageResult {
    let bytes = front.work(move |office, _| office.draft_pdf(&id)).await?;
    Ok::<HttpResponse, _>(pdf_response("du-thao", bytes))
}

/// What the signer changed.
#[derive(Debug, Clone, Deserialize)]
#[serde(default)]
#[derive(Default)]
pub struct Edit {
    reason: Option<String>,
    what_happened: Option<String>,
    new_due_on: Option<String>,
}

/// `POST /thu/ky/{id}/ky`
///
/// # Errors
/// 404; the page again with what a field lacks (422); 409 when it does not wait any more, or for somebody else.
pub async fn sign(front: Front, id: web::Path<String>, Posted(edit): Posted<Edit>) -> PageResult {
    let (id, actor) = (id.into_inner(), front.caller()?.actor());
    let wanted = ToSign {
        id: id.clone(),
        reason: edit.reason.clone(),
        what_happened: edit.what_happened.clone(),
        new_due_on: edit.new_due_on.clone(),
    };
    let outcome = front.site.work(move |office, now| office.sign_letter(now, &actor, &wanted)).await;
    let errors = match outcome {
        Ok(_) => return front.done(Done::Signed, "/thu/ky"),
        Err(OfficeError::Invalid(errors)) => errors,
        Err(error) => return Err(front.refused(error).leading_to(format!("/thu/ky/{}", encoded(&id)))),
    };
    let page = opened(&front, id).await?;
    let new_due_on = page.new_due_on.map(|day| edit.new_due_on.unwrap_or(day));
    let what_happened = page.what_happened.map(|what| edit.what_happened.unwrap_or(what));
    let reason = edit.reason.unwrap_or(page.reason);
    again(&front, SignPage { reason, what_happened, new_due_on, ..page }, &errors)
}

#[derive(Debug, Deserialize)]
pub struct Refusal {
    #[serde(default)]
    why: String,
}

/// `POST /thu/ky/{id}/tu-choi`
///
/// # Errors
/// As [`sign`].
pub async fn refuse(front: Front, id: web::Path<String>, Posted(form): Posted<Refusal>) -> PageResult {
    let (id, actor) = (id.into_inner(), front.caller()?.actor());
    let (asked, why) = (id.clone(), form.why.clone());
    let outcome = front.site.work(move |office, now| office.refuse_letter(now, &actor, &asked, &why)).await;
    let errors = match outcome {
        Ok(_) => return front.done(Done::Refused, "/thu/ky"),
        Err(OfficeError::Invalid(errors)) => errors,
        Err(error) => return Err(front.refused(error).leading_to(format!("/thu/ky/{}", encoded(&id)))),
    };
    let page = opened(&front, id).await?;
    again(&front, SignPage { why: form.why, ..page }, &errors)
}

fn again(front: &Front, page: SignPage, errors: &[FieldError]) -> PageResult {
    let mut c = front.ctx();
    // A link in the page must not lead to an address that can only be posted to.
    c.path = format!("/thu/ky/{}", encoded(&page.id));
    let errors = shown::errors(errors, front.lang);
    front.page(StatusCode::UNPROCESSABLE_ENTITY, &SignPage { c, errors, ..page })
}
