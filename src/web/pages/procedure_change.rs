//! The form that proposes a change of a procedure: shown, previewed, sent.

use std::collections::{BTreeSet, HashMap};

use actix_web::http::StatusCode;
use actix_web::web;

use crate::domain::channel::ServiceLevel;
use crate::domain::limit::LimitUnit;
use crate::domain::time::{Instant, civil_day};
use crate::office::procedure_form::{LIMIT_ROWS, LimitTyped, ProcedureForm, Subject};
use crate::office::proposals::{Change, Proposed};
use crate::office::{FieldError, Office, OfficeError, OfficeResult, Rules};
use crate::render::pages::form::Choice;
use crate::render::pages::procedures::{ChangePreview, LimitInput, ProcedureFormPage, ProcedureInput};
use crate::render::pages::{Ctx, Lang, phrases, rule_words};
use crate::web::posted::Posted;

use super::front::Front;
use super::{PageResult, changes, encoded, shown};

/// How sure an entered number can be.
pub const CONFIDENCES: [&str; 4] = ["confirmed", "unconfirmed", "doubtful", "unit_unconfirmed"];

type Fields = HashMap<String, String>;

/// `GET /thu-tuc/moi`
///
/// # Errors
/// The database.
pub async fn fresh(front: Front) -> PageResult {
    let c = front.ctx();
    let page = front
        .work(move |office, now| {
            let form = ProcedureForm { valid_from: civil_day(now).to_string(), ..ProcedureForm::default() };
            let rules = office.store().read(|conn| office.rules(conn))?;
            Ok(assemble(office, &rules, c, Subject::New, form, Ok(None)))
        })
        .await?;
    front.page(StatusCode::OK, &page)
}

/// `GET /thu-tuc/{code}/sua`
///
/// # Errors
/// 404; or the database.
pub async fn form(front: Front, code: web::Path<String>) -> PageResult {
    let c = front.ctx();
    let page = front
        .work(move |office, now| {
            let rules = office.store().read(|conn| office.rules(conn))?;
            let version = rules.procedure_at(&code, now).ok_or(OfficeError::NotFound)?;
            Ok(assemble(office, &rules, c, Subject::Known, ProcedureForm::of(version, now), Ok(None)))
        })
        .await?;
    front.page(StatusCode::OK, &page)
}

/// `POST /thu-tuc`: a new procedure.
///
/// # Errors
/// The database; wrong fields are the form again, 422.
pub async fn submit_new(front: Front, Posted(fields): Posted<Fields>) -> PageResult {
    let form = typed(&fields, None);
    submit(front, Subject::New, form, &fields).await
}

/// `POST /thu-tuc/{code}`: a change.
///
/// # Errors
/// 404; the database; wrong fields are the form again, 422.
pub async fn submit_known(front: Front, code: web::Path<String>, Posted(fields): Posted<Fields>) -> PageResult {
    let form = typed(&fields, Some(code.into_inner()));
    submit(front, Subject::Known, form, &fields).await
}

/// What a sent form became.
enum Answer {
    Again(StatusCode, Box<ProcedureFormPage>),
    Sent(Proposed),
}

async fn submit(front: Front, subject: Subject, form: ProcedureForm, fields: &Fields) -> PageResult {
    let c = front.ctx();
    let actor = front.caller()?.actor();
    let proposes = fields.get("step").is_some_and(|step| step == "propose");
    let code = form.code.clone();
    let answer = front
        .work(move |office, now| {
            let rules = office.store().read(|conn| office.rules(conn))?;
            if subject == Subject::Known && rules.versions_of(&form.code).is_empty() {
                return Err(OfficeError::NotFound);
            }
            let again = |status, c, form, outcome| {
                Answer::Again(status, Box::new(assemble(office, &rules, c, subject, form, outcome)))
            };
            match form.change(&rules, now, subject) {
                Err(errors) => Ok(again(StatusCode::UNPROCESSABLE_ENTITY, c, form, Err(errors))),
                Ok(change) if proposes => Ok(Answer::Sent(office.propose(now, &actor, &Change::Procedures(change))?)),
                Ok(change) => {
                    let preview = changes::procedures(c.lang, &change, &rules, now);
                    Ok(again(StatusCode::OK, c, form, Ok(Some(preview))))
                }
            }
        })
        .await?;
    match answer {
        Answer::Again(status, page) => front.page(status, page.as_ref()),
        Answer::Sent(proposed) => changes::sent(&front, &proposed, &format!("/thu-tuc/{}", encoded(&code))),
    }
}

fn typed(fields: &Fields, code: Option<String>) -> ProcedureForm {
    let text = |name: &str| fields.get(name).cloned().unwrap_or_default();
    ProcedureForm {
        code: code.unwrap_or_else(|| text("code")),
        name: text("name"),
        sector: text("sector"),
        service_level: text("service_level"),
        basis: text("basis"),
        confidence: text("confidence"),
        commitment_basis: text("commitment_basis"),
        valid_from: text("valid_from"),
        limits: LIMIT_ROWS.map(|(_, [value, unit, commitment])| LimitTyped {
            value: text(value),
            unit: text(unit),
            commitment: text(commitment),
        }),
    }
}

fn assemble(
    office: &Office,
    rules: &Rules,
    c: Ctx,
    subject: Subject,
    form: ProcedureForm,
    outcome: Result<Option<ChangePreview>, Vec<FieldError>>,
) -> ProcedureFormPage {
    let (preview, errors) = match outcome {
        Ok(preview) => (preview, Vec::new()),
        Err(errors) => (None, shown::errors(&errors, c.lang)),
    };
    let limits = LIMIT_ROWS.into_iter().zip(form.limits).map(|((channel, names), typed)| LimitInput {
        label: rule_words::channel(c.lang, channel).to_owned(),
        names,
        value: typed.value,
        units: units(c.lang, &typed.unit),
        commitment: typed.commitment,
    });
    let level = |level: &ServiceLevel| Choice::new(level.as_str(), phrases::level(c.lang, *level), &form.service_level);
    ProcedureFormPage {
        known: (subject == Subject::Known).then(|| form.code.clone()),
        sectors: sectors(rules),
        levels: ServiceLevel::ALL.iter().map(level).collect(),
        confidences: confidences(c.lang, &form.confidence),
        limits: limits.collect(),
        errors,
        preview,
        four_eyes: office.settings().rules.four_eyes,
        input: ProcedureInput {
            code: form.code,
            name: form.name,
            sector: form.sector,
            basis: form.basis,
            commitment_basis: form.commitment_basis,
            valid_from: form.valid_from,
        },
        c,
    }
}

/// Every unit to choose from, and none.
pub fn units(lang: Lang, chosen: &str) -> Vec<Choice> {
    let unit = |unit: &LimitUnit| Choice::new(unit.as_str(), rule_words::unit(lang, *unit), chosen);
    std::iter::once(Choice::new("", "–", chosen)).chain(LimitUnit::ALL.iter().map(unit)).collect()
}

pub fn confidences(lang: Lang, chosen: &str) -> Vec<Choice> {
    CONFIDENCES.iter().map(|code| Choice::new(*code, rule_words::confidence(lang, code), chosen)).collect()
}

/// Every sector that a procedure or a unit has.
pub fn sectors(rules: &Rules) -> Vec<String> {
    let mut all: BTreeSet<&str> = rules.units.iter().flat_map(|unit| unit.sectors.lines()).collect();
    all.extend(rules.every_version().map(|version| version.row.sector.as_str()));
    all.into_iter().filter(|sector| !sector.is_empty()).map(str::to_owned).collect()
}

/// The rules at `now`, for a page that proposes.
///
/// # Errors
/// The database.
pub fn rules_at(office: &Office) -> OfficeResult<std::sync::Arc<Rules>> {
    office.store().read(|conn| office.rules(conn))
}

/// Today as a date field holds it.
pub fn today(now: Instant) -> String {
    civil_day(now).to_string()
}
