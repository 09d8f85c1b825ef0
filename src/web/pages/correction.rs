//! `/ho-so/{code}/dinh-chinh`: proposing that the result was ready at another moment than the recorded one.

use actix_web::http::StatusCode;
use actix_web::web;

use crate::domain::time::local;
use crate::office::correction::CorrectionForm;
use crate::office::{FieldError, Office, OfficeError, OfficeResult};
use crate::render::pages::Ctx;
use crate::render::pages::desk::CorrectionPage;
use crate::render::pages::phrases::Done;
use crate::web::posted::Posted;

use super::again::Again;
use super::dossier_view::may_correct;
use super::front::Front;
use super::{PageResult, encoded, shown};

/// `GET /ho-so/{code}/dinh-chinh`
///
/// # Errors
/// 404, also for a dossier without a result.
pub async fn page(front: Front, code: web::Path<String>) -> PageResult {
    let c = front.ctx();
    let page = front.work(move |office, _| assemble(office, c, &code, None, &[])).await?;
    front.page(StatusCode::OK, &page)
}

/// `POST /ho-so/{code}/dinh-chinh`
///
/// # Errors
/// 404; wrong fields (422) and a dossier that changed meanwhile (409) are the form again.
pub async fn submit(front: Front, code: web::Path<String>, Posted(form): Posted<CorrectionForm>) -> PageResult {
    let (actor, to) = (front.caller()?.actor(), format!("/ho-so/{}", encoded(&code)));
    let (known, asked) = (code.clone(), form.clone());
    let outcome = front.site.work(move |office, now| office.propose_correction(now, &actor, &known, &asked)).await;
    let Err(error) = outcome else { return front.done(Done::Proposed, &to) };
    let Again { status, errors, c, .. } = Again::of(&front, error, format!("{to}/dinh-chinh"), &to)?;
    let page = front.work(move |office, _| assemble(office, c, &code, Some(form), &errors)).await?;
    front.page(status, &page)
}

fn assemble(
    office: &Office,
    c: Ctx,
    code: &str,
    typed: Option<CorrectionForm>,
    errors: &[FieldError],
) -> OfficeResult<CorrectionPage> {
    let row = office.whole(code)?.row;
    let recorded = row.closed_at.filter(|_| may_correct(row.stage)).ok_or(OfficeError::NotFound)?;
    let typed = typed.unwrap_or_default();
    Ok(CorrectionPage {
        code: row.code,
        version: row.revision,
        recorded: shown::long_at(c.lang, recorded),
        due: row.due_at.map(|at| shown::long_at(c.lang, at)),
        at: if typed.at.is_empty() { local(recorded).format("%Y-%m-%dT%H:%M").to_string() } else { typed.at },
        reason: typed.reason,
        errors: shown::errors(errors, c.lang),
        c,
    })
}
