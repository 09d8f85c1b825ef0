//! `/ho-so/{code}/giay/{kind}`: making and printing the forms of a dossier; `/so-theo-doi`: the register.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use chrono::Datelike;
use serde::Deserialize;

use crate::domain::time::{Instant, civil_day};
use crate::office::look::Whole;
use crate::office::papers::Offer;
use crate::office::printed::TableFormat;
use crate::office::register::Period;
use crate::office::{Office, OfficeError, OfficeResult};
use crate::render::pages::papers::{PaperName, PaperView, RegisterPage};
use crate::store::papers::PaperKind;
use crate::web::posted::Posted;

use super::front::Front;
use super::table_file::as_file;
use super::{PageResult, encoded, given, see_other, shown};

/// What asks for a paper.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    occasion: Option<i32>,
    reason: String,
}

/// `POST /ho-so/{code}/giay/{kind}`: made if it is not there, then shown.
///
/// # Errors
/// 404, 409 when nothing happened that it would say, 422 for a refusal without reason.
pub async fn make(front: Front, path: web::Path<(String, String)>, Posted(asked): Posted<Asked>) -> PageResult {
    let (code, slug) = path.into_inner();
    let kind = kind_of(&slug).ok_or_else(|| front.refused(OfficeError::NotFound))?;
    let back = format!("/ho-so/{}", encoded(&code));
    let actor = front.caller()?.actor();
    // A slip that is made is the next one; those there are have addresses of their own.
    let occasion = asked.occasion.filter(|_| kind != PaperKind::ControlSlip);
    let made = front
        .site
        .work(move |office, now| office.paper(now, &actor, &code, kind, occasion, &asked.reason))
        .await
        .map_err(|error| front.refused(error).leading_to(back.clone()))?;
    Ok(see_other(&format!("{back}/giay/{slug}.pdf?lan={}", made.occasion)))
}

#[derive(Debug, Deserialize)]
pub struct Which {
    lan: Option<i32>,
}

/// `GET /ho-so/{code}/giay/{kind}.pdf?lan=`
///
/// # Errors
/// 404 when it was not made.
pub async fn pdf(front: Front, path: web::Path<(String, String)>, which: web::Query<Which>) -> PageResult {
    let (code, slug) = path.into_inner();
    let kind = kind_of(&slug).ok_or_else(|| front.refused(OfficeError::NotFound))?;
    let name = format!("{slug}-{code}");
    let (_, bytes) = front.work(move |office, now| office.paper_pdf(now, &code, kind, which.lan)).await?;
    Ok(file("application/pdf", "inline", &name, "pdf", bytes))
}

fn kind_of(slug: &str) -> Option<PaperKind> {
    let name = PaperName::ALL.into_iter().find(|name| name.slug() == slug)?;
    PaperKind::ALL.iter().copied().find(|kind| name_of(*kind) == name)
}

fn name_of(kind: PaperKind) -> PaperName {
    match kind {
        PaperKind::Receipt => PaperName::Receipt,
        PaperKind::SupplementRequest => PaperName::SupplementRequest,
        PaperKind::Refusal => PaperName::Refusal,
        PaperKind::Stop => PaperName::Stop,
        PaperKind::ControlSlip => PaperName::ControlSlip,
    }
}

/// The papers of a dossier for its page; `acts`: whether the person may make one.
///
/// # Errors
/// The database.
pub fn views(office: &Office, now: Instant, whole: &Whole, acts: bool) -> OfficeResult<Vec<PaperView>> {
    let view = |offer: Offer| PaperView {
        name: name_of(offer.kind),
        occasion: offer.occasion,
        may_make: acts && (offer.made.is_none() || offer.outdated),
        made: offer.made.as_ref().map(|paper| shown::at(paper.issued_at)).unwrap_or_default(),
        number: offer.made.map(|paper| paper.number),
    };
    Ok(office.papers_offered(now, whole)?.into_iter().map(view).collect())
}

#[derive(Debug, Deserialize)]
pub struct PeriodQuery {
    from: Option<String>,
    to: Option<String>,
}

impl PeriodQuery {
    /// The days asked for; this year up to today when nothing is.
    fn days(&self, now: Instant) -> (String, String) {
        let today = civil_day(now);
        match (given(self.from.as_deref()), given(self.to.as_deref())) {
            (None, None) => (format!("{}-01-01", today.year()), today.to_string()),
            (from, to) => (from.unwrap_or_default().to_owned(), to.unwrap_or_default().to_owned()),
        }
    }

    fn period(&self, now: Instant) -> OfficeResult<Period> {
        let (from, to) = self.days(now);
        Period::parse(&from, &to)
    }
}

/// `GET /so-theo-doi?from&to`
///
/// # Errors
/// The database; a wrong period is the page again, 422.
pub async fn register(front: Front, query: web::Query<PeriodQuery>) -> PageResult {
    let (c, lang) = (front.ctx(), front.lang);
    let (status, page) = front
        .work(move |office, now| {
            let (from, to) = query.days(now);
            let count = query.period(now).and_then(|period| office.register_count(period));
            Ok(match count {
                Ok(count) => (StatusCode::OK, RegisterPage { c, from, to, count: Some(count), errors: Vec::new() }),
                Err(OfficeError::Invalid(errors)) => {
                    let errors = shown::errors(&errors, lang);
                    (StatusCode::UNPROCESSABLE_ENTITY, RegisterPage { c, from, to, count: None, errors })
                }
                Err(error) => return Err(error),
            })
        })
        .await?;
    front.page(status, &page)
}

/// `GET /so-theo-doi.csv`, `.xlsx` and `.pdf`, `?from&to`
///
/// # Errors
/// 404 for another format; 422 for a wrong period, or one with more rows than paper is good for.
pub async fn register_file(front: Front, ending: web::Path<String>, query: web::Query<PeriodQuery>) -> PageResult {
    let format = TableFormat::of_ending(&ending).ok_or_else(|| front.refused(OfficeError::NotFound))?;
    let bytes = front.work(move |office, now| office.register_as(now, query.period(now)?, format)).await?;
    Ok(as_file("so-theo-doi", format, bytes))
}

/// A file for the person who asked, and for nobody's cache: it holds personal data.
pub fn file(media: &str, how: &str, name: &str, ending: &str, bytes: Vec<u8>) -> HttpResponse {
    let name: String = name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    HttpResponse::Ok()
        .content_type(media)
        .insert_header(("Content-Disposition", format!("{how}; filename=\"{name}.{ending}\"")))
        .insert_header(("Cache-Control", "no-store"))
        .body(bytes)
}
