//! `/don-vi/moi`, `/don-vi/{code}`: a unit, its sectors, and who answers for it.

use actix_web::http::StatusCode;
use actix_web::web;

use crate::office::units::UnitForm;
use crate::office::{FieldError, Office, OfficeError, OfficeResult};
use crate::render::pages::Ctx;
use crate::render::pages::phrases::Done;
use crate::render::pages::unit::{SectorView, UnitPage};
use crate::store::people::Unit;
use crate::web::posted::Posted;

use super::absence::everybody;
use super::front::Front;
use super::{PageResult, encoded, shown};

/// `GET /don-vi/moi`
///
/// # Errors
/// The database.
pub async fn fresh(front: Front) -> PageResult {
    let c = front.ctx();
    let page = front.work(move |office, _| assemble(office, c, None, None, &[])).await?;
    front.page(StatusCode::OK, &page)
}

/// `GET /don-vi/{code}`
///
/// # Errors
/// 404.
pub async fn one(front: Front, code: web::Path<String>) -> PageResult {
    let c = front.ctx();
    let page = front.work(move |office, _| assemble(office, c, Some(&code), None, &[])).await?;
    front.page(StatusCode::OK, &page)
}

/// `POST /don-vi`
///
/// # Errors
/// Wrong fields are the form again (422); the database.
pub async fn add(front: Front, Posted(fields): Posted<Vec<(String, String)>>) -> PageResult {
    save(front, None, form(fields, None)).await
}

/// `POST /don-vi/{code}`
///
/// # Errors
/// 404; wrong fields are the form again (422).
pub async fn change(
    front: Front,
    code: web::Path<String>,
    Posted(fields): Posted<Vec<(String, String)>>,
) -> PageResult {
    let code = code.into_inner();
    let form = form(fields, Some(code.clone()));
    save(front, Some(code), form).await
}

fn form(fields: Vec<(String, String)>, code: Option<String>) -> UnitForm {
    let mut form = UnitForm::default();
    for (name, value) in fields {
        match name.as_str() {
            "code" => value.trim().clone_into(&mut form.code),
            "name" => form.name = value,
            "sectors" => form.sectors.push(value),
            "supervisor" => form.supervisor = value,
            "officer" => form.officer = value,
            _ => {}
        }
    }
    UnitForm { code: code.unwrap_or(form.code), ..form }
}

async fn save(front: Front, known: Option<String>, form: UnitForm) -> PageResult {
    let (c, actor) = (front.ctx(), front.caller()?.actor());
    let wrong = front
        .work(move |office, now| {
            let outcome = match &known {
                Some(_) => office.change_unit(now, &actor, &form),
                None => office.add_unit(now, &actor, &form),
            };
            match outcome {
                Ok(()) => Ok(None),
                Err(OfficeError::Invalid(errors)) => {
                    assemble(office, c, known.as_deref(), Some(&form), &errors).map(Some)
                }
                Err(error) => Err(error),
            }
        })
        .await?;
    match wrong {
        None => front.done(Done::Saved, "/don-vi"),
        Some(page) => front.page(StatusCode::UNPROCESSABLE_ENTITY, &page),
    }
}

fn assemble(
    office: &Office,
    c: Ctx,
    known: Option<&str>,
    typed: Option<&UnitForm>,
    errors: &[FieldError],
) -> OfficeResult<UnitPage> {
    let rules = office.store().read(|conn| office.rules(conn))?;
    let unit = match known {
        None => None,
        Some(code) => Some(rules.units.iter().find(|unit| unit.code == code).ok_or(OfficeError::NotFound)?),
    };
    let username = |id: &Option<String>| {
        let who = id.as_deref().and_then(|id| rules.accounts.get(id));
        who.map(|who| who.username.clone()).unwrap_or_default()
    };
    let as_it_is = |unit: &Unit| UnitForm {
        code: unit.code.clone(),
        name: unit.name.clone(),
        sectors: unit.sectors.lines().map(str::to_owned).collect(),
        supervisor: username(&unit.supervisor_id),
        officer: username(&unit.officer_id),
    };
    let form = typed.cloned().or_else(|| unit.map(as_it_is)).unwrap_or_default();
    let mut sectors: Vec<&str> = rules.every_version().map(|version| version.row.sector.as_str()).collect();
    sectors.extend(rules.units.iter().flat_map(|unit| unit.sectors.lines()));
    sectors.sort_unstable();
    sectors.dedup();
    let view = |name: &str| {
        let other = rules.units.iter().find(|other| {
            unit.is_none_or(|unit| unit.id != other.id) && other.sectors.lines().any(|sector| sector == name)
        });
        SectorView {
            name: name.to_owned(),
            checked: form.sectors.iter().any(|sector| sector == name),
            other: other.map(|other| other.name.clone()),
        }
    };
    let action = known.map_or("/don-vi".to_owned(), |code| format!("/don-vi/{}", encoded(code)));
    let path = known.map_or("/don-vi/moi".to_owned(), |_| action.clone());
    Ok(UnitPage {
        known: known.map(str::to_owned),
        action,
        sectors: sectors.into_iter().filter(|name| !name.is_empty()).map(view).collect(),
        supervisors: everybody(&rules, &c, &form.supervisor, None),
        officers: everybody(&rules, &c, &form.officer, None),
        code: form.code,
        name: form.name,
        errors: shown::errors(errors, c.lang),
        c: Ctx { path, ..c },
    })
}
