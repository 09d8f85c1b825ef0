//! `/bao-cao/cho-tiep-nhan`: the online files behind a number of a report, which were no dossiers.

use actix_web::http::StatusCode;
use actix_web::web;
use serde::Deserialize;

use crate::domain::reception::Standing;
use crate::domain::time::day_begins;
use crate::office::queue::Horizon;
use crate::office::report_groups::Grouping;
use crate::office::{FieldError, Problem as Trouble};
use crate::render::pages::submissions::SubmissionsPage;
use crate::render::pages::{phrases, time};
use crate::render::report_words::NO_FIELD;
use crate::web::api::reports::ReportQuery;

use super::front::Front;
use super::number::word;
use super::paging::Place;
use super::submissions::row;
use super::summary::parameters;
use super::{PageResult, encoded};

pub(super) const WAITING: &str = "/bao-cao/cho-tiep-nhan";

/// How the files stood, and whose they are; a field or unit that is given and empty means none.
#[derive(Debug, Deserialize)]
pub struct WaitingQuery {
    standing: Option<String>,
    from: Option<String>,
    to: Option<String>,
    as_of: Option<String>,
    #[serde(rename = "co-quan")]
    agency: Option<String>,
    field: Option<String>,
    unit: Option<String>,
    cursor: Option<i64>,
}

/// `GET /bao-cao/cho-tiep-nhan`: exactly as many files as the number says.
///
/// # Errors
/// 422 when the number or the dates are not understood.
pub async fn page(front: Front, query: web::Query<WaitingQuery>) -> PageResult {
    let c = front.ctx();
    let WaitingQuery { standing, from, to, as_of, agency, field, unit, cursor } = query.into_inner();
    let page = front
        .work(move |office, now| {
            let standing: Standing = word("standing", standing.as_deref())?
                .ok_or_else(|| FieldError::new("standing", "", Trouble::Required))?;
            let question = ReportQuery { from, to, as_of, agency }.question()?;
            let field = field.as_deref().map(|name| (Grouping::Field, "field", name));
            let part = field.or_else(|| unit.as_deref().map(|code| (Grouping::Unit, "unit", code)));
            let found = office.waiting_behind(now, &question, standing, part.map(|(by, _, code)| (by, code)))?;
            let rules = office.store().read(|conn| office.rules(conn))?;
            let total = u64::try_from(found.len()).unwrap_or(0);
            let place = Place::of(cursor, total);
            let only = part.map(|(_, name, code)| format!("&{name}={}", encoded(code))).unwrap_or_default();
            let here = format!("{WAITING}?{}&standing={standing}{only}", parameters(&question));
            let named = part.map(|(by, _, code)| match by {
                Grouping::Unit => {
                    let unit = rules.unit_named(code).filter(|_| !code.is_empty());
                    unit.map_or_else(|| phrases::no_unit(c.lang), |unit| unit.name.clone())
                }
                Grouping::Field | Grouping::Procedure if code.is_empty() => NO_FIELD.to_owned(),
                Grouping::Field | Grouping::Procedure => code.to_owned(),
            });
            let days = format!("{} – {}", time::date(question.from), time::date(question.to));
            let words = [Some(phrases::waiting(c.lang, standing)), named, Some(days)];
            // As it stood then: "left" and "over" are told against the moment of the report.
            let ends = day_begins(question.to + chrono::Duration::days(1));
            let horizon = Horizon::of(question.as_of.unwrap_or(now).min(now).min(ends));
            let rows = place.cut(found.iter().map(|one| row(one, &rules, &horizon, c.lang, false)));
            Ok(SubmissionsPage {
                chips: Vec::new(),
                state: String::new(),
                q: String::new(),
                narrowed: Some(words.into_iter().flatten().collect::<Vec<_>>().join(", ")),
                total,
                late: 0,
                rows,
                pager: place.pager(&here),
                c,
            })
        })
        .await?;
    front.page(StatusCode::OK, &page)
}
