//! Procedures with their versions and limits.

use actix_web::{HttpResponse, web};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::domain::time::{Instant, rfc3339};
use crate::office::rules::ProcedureVersion;
use crate::office::{OfficeError, Rules};
use crate::web::pages::procedures::fits;
use crate::web::problem::Problem;
use crate::web::site::Site;

/// A procedure: the version in force, and all of them when one procedure is asked for.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Procedure {
    pub code: String,
    /// `null`: announced, not in force yet.
    pub current: Option<ProcedureTerms>,
    /// First moments of versions that are announced.
    pub coming: Vec<String>,
    /// Oldest first; only when one procedure is asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub versions: Vec<ProcedureTerms>,
}

/// A version of a procedure.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ProcedureTerms {
    pub version: i32,
    pub name: String,
    pub sector: String,
    /// `full`, `partial` or `none`
    pub service_level: String,
    pub basis: String,
    /// `confirmed`, or why it should be checked
    pub confidence: String,
    pub valid_from: String,
    /// `null`: until another version begins.
    pub valid_to: Option<String>,
    pub entered_by: String,
    /// Empty: nobody had to.
    pub approved_by: String,
    pub limits: Vec<ProcedureTerm>,
}

/// A limit of a version.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ProcedureTerm {
    /// `statutory` or `commitment`: a promise is made by whichever ends earlier
    pub kind: String,
    /// `null`: every channel that has no limit of its own
    pub channel: Option<String>,
    /// `null`: the number is missing, nothing can be promised
    pub value: Option<i32>,
    pub unit: Option<String>,
    pub basis: String,
    pub confidence: String,
}

#[derive(Debug, Deserialize)]
pub struct ProceduresQuery {
    q: Option<String>,
    sector: Option<String>,
}

#[derive(Debug, Serialize)]
struct Listed {
    items: Vec<Procedure>,
}

/// `GET /api/v1/procedures`
///
/// # Errors
/// 503.
pub async fn list(site: Site, query: web::Query<ProceduresQuery>) -> Result<HttpResponse, Problem> {
    let listed = site
        .work(move |office, now| {
            let rules = office.store().read(|conn| office.rules(conn))?;
            let q = query.q.as_deref().unwrap_or_default().trim();
            let sector = query.sector.as_deref().unwrap_or_default();
            let mut shown: Vec<&ProcedureVersion> = rules.current_procedures(now);
            let announced = rules.coming_procedures(now);
            shown.extend(announced.into_iter().filter(|version| {
                rules.versions_of(&version.row.code).first().is_some_and(|first| first.row.id == version.row.id)
            }));
            shown.retain(|version| fits(version, q) && (sector.is_empty() || version.row.sector == sector));
            shown.sort_by(|a, b| a.row.code.cmp(&b.row.code));
            Ok(Listed { items: shown.into_iter().map(|version| procedure(&version.row.code, &rules, now)).collect() })
        })
        .await?;
    Ok(HttpResponse::Ok().json(listed))
}

/// `GET /api/v1/procedures/{code}`
///
/// # Errors
/// 404.
pub async fn one(site: Site, code: web::Path<String>) -> Result<HttpResponse, Problem> {
    let procedure = site
        .work(move |office, now| {
            let rules = office.store().read(|conn| office.rules(conn))?;
            let versions = rules.versions_of(&code);
            if versions.is_empty() {
                return Err(OfficeError::NotFound);
            }
            Ok(Procedure { versions: versions.iter().map(terms).collect(), ..procedure(&code, &rules, now) })
        })
        .await?;
    Ok(HttpResponse::Ok().json(procedure))
}

fn procedure(code: &str, rules: &Rules, now: Instant) -> Procedure {
    let current = rules.procedure_at(code, now).filter(|version| version.row.valid_from <= now);
    let coming = rules.coming_procedures(now).into_iter().filter(|version| version.row.code == code);
    Procedure {
        code: code.to_owned(),
        current: current.map(terms),
        coming: coming.map(|version| rfc3339(version.row.valid_from)).collect(),
        versions: Vec::new(),
    }
}

fn terms(version: &ProcedureVersion) -> ProcedureTerms {
    let row = &version.row;
    let limits = version.limits.iter().map(|limit| ProcedureTerm {
        kind: limit.kind.to_string(),
        channel: limit.channel.map(|channel| channel.to_string()),
        value: limit.limit_value,
        unit: limit.limit_unit.map(|unit| unit.to_string()),
        basis: limit.basis.clone(),
        confidence: limit.confidence.clone(),
    });
    ProcedureTerms {
        version: row.version,
        name: row.name.clone(),
        sector: row.sector.clone(),
        service_level: row.service_level.to_string(),
        basis: row.basis.clone(),
        confidence: row.confidence.clone(),
        valid_from: rfc3339(row.valid_from),
        valid_to: row.valid_to.map(rfc3339),
        entered_by: row.entered_by.clone(),
        approved_by: row.approved_by.clone(),
        limits: limits.collect(),
    }
}
