//! Closed periods for programs: list, close, the signed bytes, the differences since.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::domain::time::rfc3339;
use crate::office::OfficeError;
use crate::office::closing::{PeriodAsked, PeriodStanding, PeriodState};
use crate::store::closed_periods::ClosedPeriod;
use crate::web::caller::Caller;
use crate::web::problem::Problem;
use crate::web::site::Site;

use super::dossiers::read_json;

/// A period and how it stands.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PeriodLine {
    /// `2026-11`, `2026-Q4`, `2026-H2`, `2026`
    pub period: String,
    /// `month`, `quarter`, `half-year`, `year`
    pub kind: &'static str,
    /// `calendar`, `official`
    pub shape: &'static str,
    pub from: String,
    pub to: String,
    /// `open`, `ended`, `closed`
    pub state: &'static str,
    pub closed_at: Option<String>,
    pub signer: Option<String>,
    pub signer_role: Option<&'static str>,
    /// Of the signed bytes.
    pub sha256: Option<String>,
}

/// Which period is to be closed.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ClosePeriod {
    pub period: String,
    /// `calendar` or `official`; without it as the settings say.
    pub shape: Option<String>,
    pub agency: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
pub struct PeriodQuery {
    pub shape: Option<String>,
    pub agency: Option<String>,
}

impl PeriodQuery {
    /// The period with this name.
    ///
    /// # Errors
    /// The fields that are wrong.
    pub fn asked(&self, period: &str) -> Result<PeriodAsked, OfficeError> {
        PeriodAsked::read(period, self.shape.as_deref(), self.agency.as_deref())
    }
}

/// The periods as both interfaces give them.
#[must_use]
pub fn period_lines(periods: &[PeriodStanding]) -> Vec<PeriodLine> {
    periods.iter().map(line).collect()
}

/// A closed period as both interfaces give it.
#[must_use]
pub fn signed(closed: &ClosedPeriod) -> Option<PeriodLine> {
    let standing = PeriodStanding {
        period: closed.period.parse().ok()?,
        shape: closed.shape,
        from: closed.from_day,
        to: closed.to_day,
        state: PeriodState::Closed(Box::new(closed.clone())),
    };
    Some(line(&standing))
}

fn line(standing: &PeriodStanding) -> PeriodLine {
    let (state, closed) = match &standing.state {
        PeriodState::Open => ("open", None),
        PeriodState::Ended => ("ended", None),
        PeriodState::Closed(closed) => ("closed", Some(closed)),
    };
    PeriodLine {
        period: standing.period.to_string(),
        kind: standing.period.kind().as_str(),
        shape: standing.shape.as_str(),
        from: standing.from.to_string(),
        to: standing.to.to_string(),
        state,
        closed_at: closed.map(|closed| rfc3339(closed.closed_at)),
        signer: closed.map(|closed| closed.signer.clone()),
        signer_role: closed.map(|closed| closed.signer_role.as_str()),
        sha256: closed.map(|closed| closed.sha256.clone()),
    }
}

#[derive(Debug, Serialize)]
struct List {
    items: Vec<PeriodLine>,
}

/// `GET /api/v1/periods`
///
/// # Errors
/// 422 for an agency that nobody knows.
pub async fn list(site: Site, query: web::Query<PeriodQuery>) -> Result<HttpResponse, Problem> {
    let agency = query.into_inner().agency.filter(|code| !code.is_empty());
    let items = site.work(move |office, now| Ok(period_lines(&office.periods(now, agency.as_deref())?))).await?;
    Ok(HttpResponse::Ok().json(List { items }))
}

/// `POST /api/v1/periods`
///
/// # Errors
/// 409 while it runs, when it is closed, to who may not sign; 422.
pub async fn close(site: Site, caller: Caller, body: web::Bytes) -> Result<HttpResponse, Problem> {
    let ClosePeriod { period, shape, agency } = read_json(&body)?;
    let actor = caller.actor();
    let closed = site
        .work(move |office, now| {
            let asked = PeriodAsked::read(&period, shape.as_deref(), agency.as_deref())?;
            office.close_period(now, &actor, &asked, None)
        })
        .await?;
    Ok(HttpResponse::build(StatusCode::CREATED).json(signed(&closed)))
}

/// `GET /api/v1/periods/{id}`: the signed bytes.
///
/// # Errors
/// 404 while it is not closed; 422.
pub async fn frozen(
    site: Site,
    id: web::Path<String>,
    query: web::Query<PeriodQuery>,
) -> Result<HttpResponse, Problem> {
    let asked = query.asked(&id)?;
    let (closed, bytes) = site.work(move |office, _| office.closed_period(&asked)).await?;
    Ok(bytes_of(&closed, bytes))
}

/// The bytes as they were signed, named by their hash.
#[must_use]
pub fn bytes_of(closed: &ClosedPeriod, bytes: Vec<u8>) -> HttpResponse {
    HttpResponse::Ok()
        .content_type("application/json")
        .insert_header(("ETag", format!("\"{}\"", closed.sha256)))
        .insert_header(("Content-Disposition", format!("attachment; filename=\"{}.json\"", closed.period)))
        .body(bytes)
}

/// `GET /api/v1/periods/{id}/delta`
///
/// # Errors
/// 404 while it is not closed; 422.
pub async fn delta(site: Site, id: web::Path<String>, query: web::Query<PeriodQuery>) -> Result<HttpResponse, Problem> {
    let asked = query.asked(&id)?;
    let delta = site.work(move |office, now| office.period_delta(now, &asked)).await?;
    Ok(HttpResponse::Ok().json(delta))
}
