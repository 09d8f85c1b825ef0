//! `/du-lieu-mo`: closed months for everybody, counted like every public page. What is published was kept with the
//! signed reports and never changes.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use serde_json::json;

use crate::office::closing::OpenFile;
use crate::office::{OfficeError, OfficeResult};
use crate::render::pages::open_data::{OpenDataPage, OpenDataRow};
use crate::render::pages::periods::period_name;
use crate::render::tables;

use super::citizen::door::Door;
use super::front::Front;
use super::{PageResult, encoded};

/// What the published JSON looks like.
const SCHEMA: &str = include_str!("../../../config/open-data.schema.json");
const CSV: &str = "text/csv; charset=utf-8";
const JSON: &str = "application/json";

/// `GET /du-lieu-mo`
///
/// # Errors
/// 404 when it is switched off; 429 for a visitor who asks too often.
pub async fn page(front: Front, request: HttpRequest) -> PageResult {
    let (door, asked) = Door::open(front, &request);
    if let Err(wait) = asked {
        return door.too_many(wait);
    }
    let front = door.front;
    let c = front.ctx();
    let settings = front.site.office.settings().open_data.clone();
    if !settings.published {
        return Err(front.refused(OfficeError::NotFound));
    }
    let files = front.work(|office, _| office.open_months()).await?;
    let row = |one: &OpenFile| OpenDataRow {
        name: period_name(c.lang, one.month.period),
        agency: one.month.agency_name.clone(),
        href: address(one),
        sha256: one.sha256.clone(),
    };
    let rows = files.iter().map(row).collect();
    front.page(StatusCode::OK, &OpenDataPage { rows, licence: settings.licence, least: settings.min_cases, c })
}

/// `GET /du-lieu-mo/index.json`
///
/// # Errors
/// As [`page`].
pub async fn index(front: Front, request: HttpRequest) -> PageResult {
    open(front, &request, JSON, |office| {
        let line = |one: &OpenFile| {
            json!({
                "agency": one.month.agency,
                "period": one.month.period,
                "shape": one.month.shape,
                "from": one.month.from,
                "to": one.month.to,
                "json": format!("{}.json", address(one)),
                "csv": format!("{}.csv", address(one)),
                "sha256": one.sha256,
                "closed_sha256": one.closed_sha256,
            })
        };
        let months: Vec<_> = office.open_months()?.iter().map(line).collect();
        let licence = &office.settings().open_data.licence;
        Ok(serde_json::to_vec(&json!({ "schema": "/du-lieu-mo/schema.json", "licence": licence, "months": months }))?)
    })
    .await
}

/// `GET /du-lieu-mo/schema.json`
///
/// # Errors
/// As [`page`].
pub async fn schema(front: Front, request: HttpRequest) -> PageResult {
    open(front, &request, "application/schema+json", |_| Ok(SCHEMA.as_bytes().to_vec())).await
}

/// `GET /du-lieu-mo/{agency}/{period}.json`
///
/// # Errors
/// As [`page`]; 404 for a month that is not closed.
pub async fn month_json(front: Front, request: HttpRequest, path: web::Path<(String, String)>) -> PageResult {
    let (agency, period) = path.into_inner();
    open(front, &request, JSON, move |office| office.open_month(&agency, &period)?.month.json()).await
}

/// `GET /du-lieu-mo/{agency}/{period}.csv`
///
/// # Errors
/// As [`month_json`].
pub async fn month_csv(front: Front, request: HttpRequest, path: web::Path<(String, String)>) -> PageResult {
    let (agency, period) = path.into_inner();
    open(front, &request, CSV, move |office| {
        let month = office.open_month(&agency, &period)?.month;
        let mut bytes = Vec::new();
        let written = tables::csv(&tables::open_data(&json!(month)), &mut bytes);
        written.map_err(|error| OfficeError::Broken(error.to_string()))?;
        Ok(bytes)
    })
    .await
}

fn address(one: &OpenFile) -> String {
    format!("/du-lieu-mo/{}/{}", encoded(&one.month.agency), one.month.period)
}

/// A file for everybody.
async fn open(
    front: Front,
    request: &HttpRequest,
    kind: &'static str,
    read: impl FnOnce(&crate::office::Office) -> OfficeResult<Vec<u8>> + Send + 'static,
) -> PageResult {
    let (door, asked) = Door::open(front, request);
    if let Err(wait) = asked {
        return door.too_many(wait);
    }
    let front = door.front;
    let settings = front.site.office.settings();
    if !settings.open_data.published {
        return Err(front.refused(OfficeError::NotFound));
    }
    let kept = format!("public, max-age={}", settings.public.cache_seconds);
    let bytes = front.work(move |office, _| read(office)).await?;
    Ok(HttpResponse::Ok()
        .content_type(kind)
        .insert_header(("Cache-Control", kept))
        .insert_header(("Access-Control-Allow-Origin", "*"))
        .body(bytes))
}
