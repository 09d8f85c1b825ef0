//! `/tinh`: every agency of the province in figures, each number a link to the list of that agency.

use actix_web::web;
use serde_json::json;

use crate::config::OnlineMeasure;
use crate::domain::indicator::Indicator;
use crate::domain::summary::Bucket;
use crate::domain::time::Instant;
use crate::office::report::{Question, SummaryFigures, measured};
use crate::office::report_province::{AgencyLine, ProvinceReport};
use crate::office::trend::{pinned, this_month};
use crate::office::{Office, OfficeResult};
use crate::render::pages::province::{AgencyRow, ProvincePage};
use crate::render::pages::summary::Count;
use crate::render::pages::{Ctx, time};
use crate::render::tables;
use crate::web::api::reports::ReportQuery;
use crate::web::scope::AGENCY;

use super::asked::or_usual;
use super::front::Front;
use super::summary::{parameters, rate_kind, typed};
use super::table_file::{TableFile, table_file};
use super::{PageResult, encoded, shown};

/// `GET /tinh`
///
/// # Errors
/// The database; wrong dates are said on the page, 422.
pub async fn page(front: Front, query: web::Query<ReportQuery>) -> PageResult {
    let (c, query) = (front.ctx(), query.into_inner());
    let (status, page) = front
        .work(move |office, now| {
            let asked = query.question_or(this_month(now));
            let report = |question: Question| Ok((office.province_report(now, &question)?, question));
            let (status, error, (found, question)) = or_usual(c.lang, asked, || this_month(now), report)?;
            let measure = office.settings().targets.online_measure;
            Ok((status, ProvincePage { error, ..view(c, now, &question, found, measure)? }))
        })
        .await?;
    front.page(status, &page)
}

/// `GET /tinh.csv`, `.xlsx` and `.pdf`
///
/// # Errors
/// 404 for another format; wrong dates; the database.
pub async fn download(front: Front, ending: web::Path<String>, query: web::Query<ReportQuery>) -> PageResult {
    let query = query.into_inner();
    table_file(&front, &ending, move |office: &Office, now| {
        let table = tables::province(&json!(office.province_report(now, &query.question_or(this_month(now))?)?));
        Ok(TableFile::new("toan-tinh", now, table))
    })
    .await
}

fn view(
    c: Ctx,
    now: Instant,
    question: &Question,
    report: ProvinceReport,
    measure: OnlineMeasure,
) -> OfficeResult<ProvincePage> {
    let fixed = pinned(question, now);
    let query = parameters(&fixed);
    let total = AgencyLine {
        rank: None,
        code: String::new(),
        name: String::new(),
        figures: report.total,
        unapologised: report.unapologised,
    };
    Ok(ProvincePage {
        from: question.from.to_string(),
        to: question.to.to_string(),
        as_of: question.as_of.map(typed).unwrap_or_default(),
        period: format!("{} – {}", time::date(question.from), time::date(question.to)),
        cut: shown::at(question.period(now)?.cut),
        error: None,
        rows: report.agencies.into_iter().map(|line| row(line, &query, measure)).collect(),
        total: row(total, &query, measure),
        online: rate_kind(measure),
        query,
        c,
    })
}

fn row(line: AgencyLine, query: &str, measure: OnlineMeasure) -> AgencyRow {
    let AgencyLine { rank, code, name, figures, unapologised } = line;
    let SummaryFigures { received, resolved, in_progress, rates, statutory: _ } = figures;
    let of = format!("{query}&{AGENCY}={}", encoded(&code));
    let count = |n, bucket: Bucket| Count { n, href: format!("/bao-cao/ho-so?{of}&bucket={bucket}") };
    let (met, base) = Indicator::OnTime.buckets();
    let (handled, offered) = measured(measure);
    let online = rates.measured(measure).clone();
    AgencyRow {
        rank,
        received: count(received.total, Bucket::Received),
        resolved: count(resolved.total, Bucket::Resolved),
        on_time: (count(rates.on_time.of, met), count(rates.on_time.total, base)),
        on_time_percent: rates.on_time.percent,
        online: (count(online.of, handled), count(online.total, offered)),
        online_percent: online.percent,
        overdue: count(in_progress.overdue, Bucket::Overdue),
        unapologised: Count { n: unapologised, href: format!("/tre-chua-xin-loi?{of}") },
        code,
        name,
    }
}
