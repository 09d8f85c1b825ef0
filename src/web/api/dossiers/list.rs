//! The list of dossiers: what it is narrowed to, and where its next page begins.

use actix_web::{HttpResponse, web};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};

use super::{Answer, FieldTrouble};
use crate::domain::dossier::StageName;
use crate::domain::time::{Instant, parse_instant};
use crate::office::{FieldError, OfficeError, OfficeResult, Rules};
use crate::store::dossiers::{After, DossierRow, Filter, Order, Part};
use crate::web::api::shapes::{self, Dossier};
use crate::web::site::Site;

/// What a list can be asked for.
#[derive(Debug, Deserialize)]
pub struct ListQuery {
    /// a stage, or `open`, `closed`, `overdue`, `waiting`, `no_promise`
    state: Option<String>,
    unit: Option<String>,
    officer: Option<String>,
    due_before: Option<String>,
    q: Option<String>,
    sort: Option<String>,
    cursor: Option<String>,
    limit: Option<i64>,
}

#[derive(Debug, Serialize)]
struct Page {
    items: Vec<Dossier>,
    next: Option<String>,
}

fn wrong(field: &'static str, value: &str, problem: FieldTrouble) -> OfficeError {
    FieldError::new(field, value, problem).into()
}

/// What the query narrows the list to.
fn filter_of(query: &ListQuery, rules: &Rules, now: Instant) -> OfficeResult<Filter> {
    let mut filter = Filter { q: query.q.clone(), ..Filter::default() };
    match query.state.as_deref().filter(|text| !text.is_empty()) {
        None => {}
        Some("open") => filter.part = Part::Open,
        Some("closed") => filter.part = Part::Closed,
        Some("overdue") => filter.part = Part::Overdue(now),
        Some("waiting") => filter.part = Part::Waiting,
        Some("no_promise") => filter.part = Part::WithoutPromise,
        Some(text) => {
            let stage = text.parse::<StageName>().map_err(|_| wrong("state", text, FieldTrouble::UnknownOutcome))?;
            filter.stage = Some(stage);
        }
    }
    if let Some(text) = query.unit.as_deref().filter(|text| !text.is_empty()) {
        let unit = rules.unit_named(text).ok_or_else(|| wrong("unit", text, FieldTrouble::UnknownUnit))?;
        filter.unit_id = Some(unit.id.clone());
    }
    if let Some(text) = query.officer.as_deref().filter(|text| !text.is_empty()) {
        let officer = rules.person_named(text).ok_or_else(|| wrong("officer", text, FieldTrouble::UnknownOfficer))?;
        filter.officer_id = Some(officer.id.clone());
    }
    if let Some(text) = query.due_before.as_deref().filter(|text| !text.is_empty()) {
        filter.due_before =
            Some(parse_instant(text).ok_or_else(|| wrong("due_before", text, FieldTrouble::NotAnInstant))?);
    }
    Ok(filter)
}

/// `GET /api/v1/dossiers`
///
/// # Errors
/// 422 when a filter is not understood.
pub async fn list(site: Site, query: web::Query<ListQuery>) -> Answer {
    let query = query.into_inner();
    let page = site
        .work(move |office, now| {
            let rules = office.store().read(|conn| office.rules(conn))?;
            let filter = filter_of(&query, &rules, now)?;
            let order = match query.sort.as_deref() {
                Some("-received_at") => Order::NewestFirst,
                Some("received_at") => Order::OldestFirst,
                Some("-due_at") => Order::DueLast,
                _ => Order::DueFirst,
            };
            let limit = query.limit.unwrap_or(50).clamp(1, 200);
            let after = query
                .cursor
                .as_deref()
                .map(|text| read_cursor(text).ok_or_else(|| wrong("cursor", text, FieldTrouble::NotACursor)));
            let rows = office.list(&filter, order, after.transpose()?.as_ref(), limit + 1)?;
            let more = i64::try_from(rows.len()).unwrap_or(0) > limit;
            let shown: Vec<_> = rows.into_iter().take(usize::try_from(limit).unwrap_or(50)).collect();
            let next = shown.last().filter(|_| more).map(|row| write_cursor(&After::row(row, order)));
            let provisional = office.provisional(&rules, &shown)?;
            let item = |row: &DossierRow| Dossier {
                provisional: provisional.contains(&row.id),
                ..shapes::dossier(row, &rules, now)
            };
            Ok(Page { items: shown.iter().map(item).collect(), next })
        })
        .await?;
    Ok(HttpResponse::Ok().json(page))
}

pub(in crate::web) fn write_cursor(after: &After) -> String {
    let at = after.at.map_or_else(|| "-".to_owned(), |at| at.timestamp().to_string());
    URL_SAFE_NO_PAD.encode(format!("{at}/{}", after.id))
}

pub(in crate::web) fn read_cursor(text: &str) -> Option<After> {
    let text = String::from_utf8(URL_SAFE_NO_PAD.decode(text).ok()?).ok()?;
    let (at, id) = text.split_once('/')?;
    let at = match at {
        "-" => None,
        seconds => Some(chrono::DateTime::from_timestamp(seconds.parse().ok()?, 0)?),
    };
    Some(After { at, id: id.to_owned() })
}
