//! Changing the calendar: what was typed or uploaded is shown with its effect on every open dossier; a
//! second form puts it forward.

use actix_web::http::StatusCode;
use actix_web::web;
use chrono::Datelike;
use serde::Deserialize;

use crate::domain::time::{Instant, civil_day};
use crate::office::calendar_change::{CalendarChange, ChangeWarning};
use crate::office::calendar_form::{DayForm, SwapForm};
use crate::office::calendar_preview::{CalendarPreview, PreviewRow};
use crate::office::import::Rejected;
use crate::office::import_log::{ReadFile, RowCounts};
use crate::office::proposals::{Change, Proposed};
use crate::office::redate::plan::Fate;
use crate::office::{Actor, FieldError, Office, OfficeError, OfficeResult, Problem};
use crate::render::pages::calendar::{
    CalendarChangePage, CalendarPage, ChangedDay, EditForms, Effect, EffectRow, OpenForm,
};
use crate::render::pages::phrases::{self, Done};
use crate::render::pages::{Ctx, Lang, time};
use crate::store::imports::{ImportKind, ImportOutcome};
use crate::web::posted::Posted;
use crate::web::problem::Problem as WebProblem;
use crate::web::upload::Upload;

use super::front::Front;
use super::{PageResult, calendar, see_other, shown};

/// Dossiers shown at once.
const PAGE: usize = 50;
/// Wrong rows of a file that are shown.
const WRONG_ROWS: usize = 30;

/// What is shown after a form: the effect of what it asks for, or the form with what is wrong.
enum Answer {
    Effect(Box<CalendarChangePage>),
    Wrong(Box<CalendarPage>),
}

fn answer(front: &Front, answer: &Answer) -> PageResult {
    match answer {
        Answer::Effect(page) => front.page(StatusCode::OK, page.as_ref()),
        Answer::Wrong(page) => front.page(StatusCode::UNPROCESSABLE_ENTITY, page.as_ref()),
    }
}

/// `POST /lich/ngay`: one day.
///
/// # Errors
/// The database.
pub async fn day(front: Front, form: Posted<DayForm>) -> PageResult {
    let c = front.ctx();
    let shown = front
        .work(move |office, now| {
            let form = form.0;
            let change = form.change().map_err(OfficeError::Invalid);
            let year = form.date.parse().ok().map(|day: chrono::NaiveDate| day.year());
            let forms = |c: &Ctx| calendar::forms(office, c, OpenForm::Day, &form, &SwapForm::default());
            effect_or_form(office, now, c, change, year, forms)
        })
        .await?;
    answer(&front, &shown)
}

/// `POST /lich/hoan-doi`: a swap of two days.
///
/// # Errors
/// The database.
pub async fn swap(front: Front, form: Posted<SwapForm>) -> PageResult {
    let c = front.ctx();
    let shown = front
        .work(move |office, now| {
            let form = form.0;
            let change = form.change().map_err(OfficeError::Invalid);
            let year = form.off.parse().ok().map(|day: chrono::NaiveDate| day.year());
            let forms = |c: &Ctx| calendar::forms(office, c, OpenForm::Swap, &DayForm::default(), &form);
            effect_or_form(office, now, c, change, year, forms)
        })
        .await?;
    answer(&front, &shown)
}

/// `POST /lich/tep`: whole years from a file. One wrong row and nothing is taken.
///
/// # Errors
/// The database.
pub async fn file(front: Front, upload: Upload) -> PageResult {
    let (c, actor) = (front.ctx(), front.caller()?.actor());
    let shown = front
        .work(move |office, now| {
            let decision = crate::office::intake::nfc(upload.text("decision").trim());
            let mut rejected = Vec::new();
            let change = match upload.file("file") {
                None => Err(FieldError::new("file", "", Problem::Required).into()),
                Some(_) if decision.is_empty() => Err(FieldError::new("decision", "", Problem::Required).into()),
                Some(data) => looked_at(office, now, &actor, &upload, data, &decision).and_then(|(change, wrong)| {
                    rejected = wrong;
                    if rejected.is_empty() { Ok(change) } else { Err(OfficeError::Invalid(Vec::new())) }
                }),
            };
            let year = change.as_ref().ok().and_then(|change| change.edits.first()).map(|edit| edit.date.year());
            let forms = |c: &Ctx| {
                let empty = calendar::forms(office, c, OpenForm::File, &DayForm::default(), &SwapForm::default());
                let line = |one: &Rejected| phrases::wrong_row(c.lang, one.row, one.field, &one.value, &one.reason);
                let rejected = rejected.iter().take(WRONG_ROWS).map(line).collect();
                EditForms { file_decision: decision.clone(), rejected, ..empty }
            };
            effect_or_form(office, now, c, change, year, forms)
        })
        .await?;
    answer(&front, &shown)
}

/// The change that a file asks for, noted in the log of imports.
fn looked_at(
    office: &Office,
    now: Instant,
    actor: &Actor,
    upload: &Upload,
    data: &[u8],
    decision: &str,
) -> OfficeResult<(CalendarChange, Vec<Rejected>)> {
    let file = ReadFile::of(ImportKind::Calendar, upload.file_name("file").unwrap_or_default(), data)?;
    let told = |(change, rejected): &(CalendarChange, Vec<Rejected>)| {
        let count = |length: usize| u64::try_from(length).unwrap_or(u64::MAX);
        let (changed, rejected_rows) = (count(change.edits.len()), count(rejected.len()));
        let read = changed + rejected_rows;
        (RowCounts { read, changed, rejected: rejected_rows, ..RowCounts::default() }, rejected.clone())
    };
    office.logged(now, actor, &file, ImportOutcome::Looked, office.calendar_file(data, decision), told)
}

fn effect_or_form(
    office: &Office,
    now: Instant,
    c: Ctx,
    change: OfficeResult<CalendarChange>,
    year: Option<i32>,
    forms: impl Fn(&Ctx) -> EditForms,
) -> OfficeResult<Answer> {
    let preview = change.and_then(|change| Ok((office.preview_calendar(now, &change, 0, PAGE)?, change)));
    match preview {
        Ok((preview, change)) => {
            let body = serde_json::to_string(&change)?;
            Ok(Answer::Effect(Box::new(effect_page(office, c, &change, preview, Some(body), None))))
        }
        Err(OfficeError::Invalid(errors)) => {
            let year = year.filter(|year| (1990..=2100).contains(year)).unwrap_or_else(|| civil_day(now).year());
            let page = calendar::assemble(office, year, c, |_, c| {
                Some(EditForms { errors: shown::errors(&errors, c.lang), ..forms(c) })
            })?;
            Ok(Answer::Wrong(Box::new(page)))
        }
        Err(error) => Err(error),
    }
}

/// A change that was shown before.
#[derive(Debug, Deserialize)]
pub struct ShownChange {
    change: String,
    #[serde(default)]
    tu: usize,
}

impl ShownChange {
    fn read(&self) -> Result<CalendarChange, WebProblem> {
        serde_json::from_str(&self.change).map_err(|error| WebProblem::bad_request(&error.to_string()))
    }
}

/// `POST /lich/xem-truoc`: another page of the dossiers that a change touches.
///
/// # Errors
/// 400 for a change that was not ours; 422 when it no longer fits; or the database.
pub async fn again(front: Front, form: Posted<ShownChange>) -> PageResult {
    let c = front.ctx();
    let (change, from) = (form.0.read()?, form.0.tu);
    let page = front
        .work(move |office, now| {
            let preview = office.preview_calendar(now, &change, from, PAGE)?;
            let body = serde_json::to_string(&change)?;
            Ok(effect_page(office, c, &change, preview, Some(body), None))
        })
        .await?;
    front.page(StatusCode::OK, &page)
}

/// `POST /lich/thay-doi`: puts the change forward; in an office without four eyes it holds at once.
///
/// # Errors
/// 400, 422; or the database.
pub async fn propose(front: Front, form: Posted<ShownChange>) -> PageResult {
    let actor = front.caller()?.actor();
    let change = form.0.read()?;
    let year = change.edits.first().map(|edit| edit.date.year());
    let done = front.work(move |office, now| office.propose(now, &actor, &Change::Calendar(change))).await?;
    match (done, year) {
        (Proposed::Waits(id), _) => front.done(Done::Proposed, &format!("/de-xuat/{id}")),
        (Proposed::Applied, Some(year)) => front.done(Done::Applied, &format!("/lich?nam={year}")),
        (Proposed::Applied, None) => Ok(see_other("/lich")),
    }
}

#[derive(Debug, Deserialize)]
pub struct PageQuery {
    #[serde(default)]
    tu: usize,
}

/// `GET /lich/de-xuat/{id}`: what a proposed change would do now.
///
/// # Errors
/// 404; 422 when it no longer fits the calendar; or the database.
pub async fn proposed(front: Front, id: web::Path<String>, query: web::Query<PageQuery>) -> PageResult {
    let c = front.ctx();
    let page = front
        .work(move |office, now| {
            let change = office.proposed_calendar(&id)?;
            let preview = office.preview_calendar(now, &change, query.tu, PAGE)?;
            Ok(effect_page(office, c, &change, preview, None, Some(id.into_inner())))
        })
        .await?;
    front.page(StatusCode::OK, &page)
}

fn effect_page(
    office: &Office,
    c: Ctx,
    change: &CalendarChange,
    preview: CalendarPreview,
    body: Option<String>,
    proposal: Option<String>,
) -> CalendarChangePage {
    let n = |count: usize| u64::try_from(count).unwrap_or(0);
    let lang = c.lang;
    let touched = preview.touched();
    let to = preview.from + preview.rows.len();
    CalendarChangePage {
        decision: change.decision.clone(),
        year: change.edits.first().map_or(2000, |edit| edit.date.year()),
        days: preview
            .differences
            .into_iter()
            .map(|day| ChangedDay { date: day.what, before: day.before, after: day.after })
            .collect(),
        warnings: preview.warnings.into_iter().map(|warning| warning_text(warning, lang)).collect(),
        open: n(preview.open),
        later: n(preview.later),
        stays: n(preview.stays),
        waits: n(preview.waits),
        new_dates: n(preview.new_dates),
        touched: n(touched),
        rows: preview.rows.into_iter().map(|row| effect_row(row, lang)).collect(),
        from: n(preview.from + 1),
        to: n(to),
        previous: (preview.from > 0).then(|| n(preview.from.saturating_sub(PAGE))),
        next: (to < touched).then(|| n(to)),
        change: body,
        proposal,
        four_eyes: office.settings().rules.four_eyes,
        c,
    }
}

fn warning_text(warning: ChangeWarning, lang: Lang) -> String {
    match warning {
        ChangeWarning::Past(day) => phrases::past_day(lang, &time::date(day)),
        ChangeWarning::YearEmptied(year) => phrases::year_emptied(lang, year),
    }
}

fn effect_row(row: PreviewRow, lang: Lang) -> EffectRow {
    let at = |at| shown::long_at(lang, at);
    EffectRow {
        code: row.code,
        procedure: row.procedure,
        was: at(row.was),
        effect: match row.fate {
            Fate::Later(due_at) => Effect::Later(at(due_at)),
            Fate::Stays => Effect::Stays,
            Fate::Waits => Effect::Waits,
            Fate::Unchanged => Effect::Unchanged,
        },
        new_date: row.new_date.map(|(was, is)| (at(was), at(is))),
    }
}
