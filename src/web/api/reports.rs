//! Reports as on the command line.

use actix_web::{HttpResponse, web};
use serde::Deserialize;

use crate::domain::time::{Instant, parse_instant};
use crate::office::at_risk::Whose;
use crate::office::report::Question;
use crate::office::report_groups::field_or_unit;
use crate::office::report_procedures::late_share;
use crate::office::{FieldError, OfficeError, Problem as FieldTrouble};
use crate::web::problem::Problem;
use crate::web::site::Site;

#[derive(Debug, Clone, Deserialize)]
pub struct ReportQuery {
    pub from: Option<String>,
    pub to: Option<String>,
    pub as_of: Option<String>,
    /// On pages it has their name.
    #[serde(alias = "co-quan")]
    pub agency: Option<String>,
}

/// The share of files that a shorter limit may make late, in percent.
#[derive(Debug, Clone, Deserialize)]
pub struct LateShare {
    pub late_share: Option<String>,
}

/// What a line is: `field` or `unit`.
#[derive(Debug, Clone, Deserialize)]
pub struct By {
    pub by: Option<String>,
}

impl ReportQuery {
    /// The question; asked for no day, the usual one.
    ///
    /// # Errors
    /// As [`ReportQuery::question`].
    pub fn question_or(&self, usual: Question) -> Result<Question, OfficeError> {
        if self.from.is_none() && self.to.is_none() { Ok(usual) } else { self.question() }
    }

    /// The question in values; both days are needed.
    ///
    /// # Errors
    /// The fields that are missing or wrong.
    pub fn question(&self) -> Result<Question, OfficeError> {
        let day = |field, text: &Option<String>| match text.as_deref().unwrap_or("") {
            "" => Err(FieldError::new(field, "", FieldTrouble::Required)),
            text => text.parse().map_err(|_| FieldError::new(field, text, FieldTrouble::NotADay)),
        };
        match (day("from", &self.from), day("to", &self.to), instant_of(self.as_of.as_deref())) {
            (Ok(from), Ok(to), Ok(as_of)) => Ok(Question { from, to, as_of, agency: self.agency.clone() }),
            (from, to, as_of) => {
                Err(OfficeError::Invalid([from.err(), to.err(), as_of.err()].into_iter().flatten().collect()))
            }
        }
    }
}

/// "As of" in a query; nothing, when it is not asked.
///
/// # Errors
/// What is no moment.
pub fn instant_of(as_of: Option<&str>) -> Result<Option<Instant>, FieldError> {
    let read = |text| parse_instant(text).ok_or_else(|| FieldError::new("as_of", text, FieldTrouble::NotAnInstant));
    as_of.filter(|text| !text.is_empty()).map(read).transpose()
}

/// `GET /api/v1/reports/summary`
///
/// # Errors
/// 422.
pub async fn summary(site: Site, query: web::Query<ReportQuery>) -> Result<HttpResponse, Problem> {
    let question = query.question()?;
    let report = site.work(move |office, now| office.summary(now, &question)).await?;
    Ok(HttpResponse::Ok().json(report))
}

/// `GET /api/v1/reports/procedures`
///
/// # Errors
/// 422.
pub async fn procedures(
    site: Site,
    query: web::Query<ReportQuery>,
    share: web::Query<LateShare>,
) -> Result<HttpResponse, Problem> {
    let question = query.question()?;
    let share = late_share(share.late_share.as_deref()).map_err(OfficeError::from)?;
    let report = site.work(move |office, now| office.procedures_report(now, &question, share)).await?;
    Ok(HttpResponse::Ok().json(report))
}

/// `GET /api/v1/reports/06a`
///
/// # Errors
/// 422.
pub async fn form_06a(site: Site, query: web::Query<ReportQuery>, by: web::Query<By>) -> Result<HttpResponse, Problem> {
    let question = query.question()?;
    let by = field_or_unit(by.by.as_deref()).map_err(OfficeError::from)?;
    let report = site.work(move |office, now| office.form_06a(now, &question, by)).await?;
    Ok(HttpResponse::Ok().json(report))
}

/// Of which unit; nothing for all.
#[derive(Debug, Clone, Deserialize)]
pub struct RiskQuery {
    pub unit: Option<String>,
    pub agency: Option<String>,
    pub as_of: Option<String>,
}

/// `GET /api/v1/reports/at-risk`
///
/// # Errors
/// 422.
pub async fn at_risk(site: Site, query: web::Query<RiskQuery>) -> Result<HttpResponse, Problem> {
    let RiskQuery { unit, agency, as_of } = query.into_inner();
    let as_of = instant_of(as_of.as_deref()).map_err(OfficeError::from)?;
    let units = unit.filter(|code| !code.is_empty()).map(|code| vec![code]);
    let report = site.work(move |office, now| office.at_risk(now, &Whose { units, agency, as_of })).await?;
    Ok(HttpResponse::Ok().json(report))
}

/// `GET /api/v1/reports/index`
///
/// # Errors
/// 422.
pub async fn index(site: Site, query: web::Query<ReportQuery>) -> Result<HttpResponse, Problem> {
    let question = query.question()?;
    let report = site.work(move |office, now| office.index_report(now, &question)).await?;
    Ok(HttpResponse::Ok().json(report))
}

/// `GET /api/v1/reports/self-score`
///
/// # Errors
/// 422.
pub async fn self_score(site: Site, query: web::Query<ReportQuery>) -> Result<HttpResponse, Problem> {
    let question = query.question()?;
    let report = site.work(move |office, now| office.self_score(now, &question)).await?;
    Ok(HttpResponse::Ok().json(report))
}

/// `GET /api/v1/reports/reasons`
///
/// # Errors
/// 422.
pub async fn reasons(site: Site, query: web::Query<ReportQuery>, by: web::Query<By>) -> Result<HttpResponse, Problem> {
    let question = query.question()?;
    let by = field_or_unit(by.by.as_deref()).map_err(OfficeError::from)?;
    let report = site.work(move |office, now| office.reasons_report(now, &question, by)).await?;
    Ok(HttpResponse::Ok().json(report))
}

/// `GET /api/v1/reports/07a`
///
/// # Errors
/// 422.
pub async fn form_07a(site: Site, query: web::Query<ReportQuery>, by: web::Query<By>) -> Result<HttpResponse, Problem> {
    let question = query.question()?;
    let by = field_or_unit(by.by.as_deref()).map_err(OfficeError::from)?;
    let report = site.work(move |office, now| office.form_07a(now, &question, by)).await?;
    Ok(HttpResponse::Ok().json(report))
}

/// `GET /api/v1/reports/units`
///
/// # Errors
/// 422.
pub async fn units(site: Site, query: web::Query<ReportQuery>) -> Result<HttpResponse, Problem> {
    let question = query.question()?;
    let report = site.work(move |office, now| office.units_report(now, &question)).await?;
    Ok(HttpResponse::Ok().json(report))
}

/// `GET /api/v1/reports/province`: for people of an agency that looks across all.
///
/// # Errors
/// 422.
pub async fn province(site: Site, query: web::Query<ReportQuery>) -> Result<HttpResponse, Problem> {
    let question = query.question()?;
    let report = site.work(move |office, now| office.province_report(now, &question)).await?;
    Ok(HttpResponse::Ok().json(report))
}

/// `GET /api/v1/reports/online`
///
/// # Errors
/// 422.
pub async fn online(site: Site, query: web::Query<ReportQuery>) -> Result<HttpResponse, Problem> {
    let question = query.question()?;
    let report = site.work(move |office, now| office.online_report(now, &question)).await?;
    Ok(HttpResponse::Ok().json(report))
}
