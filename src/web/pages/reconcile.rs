//! `/nhap/{id}/doi-chieu`: a file of the wizard against the records. Reads only.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};

use crate::domain::reconcile::{Cause, Compared};
use crate::domain::time::{Instant, parse_instant};
use crate::office::reconcile::{DifferenceLine, Reconciliation, TotalLine};
use crate::office::trend::this_month;
use crate::office::{Office, OfficeError, OfficeResult};
use crate::render::pages::Ctx;
use crate::render::pages::reconcile::{BothSides, DifferenceRow, ReconcilePage, TotalRow};
use crate::render::tables;
use crate::web::api::reports::ReportQuery;

use super::front::Front;
use super::paging::{Cursor, Place, at};
use super::table_file::{TableFile, table_file};
use super::{PageResult, shown};

/// `GET /nhap/{id}/doi-chieu?from&to&cursor`
///
/// # Errors
/// 404; a wrong period, mapping or file is told on the page, 422.
pub async fn page(
    front: Front,
    id: web::Path<String>,
    query: web::Query<ReportQuery>,
    cursor: web::Query<Cursor>,
) -> PageResult {
    let c = front.ctx();
    let (id, query, cursor) = (id.into_inner(), query.into_inner(), cursor.into_inner());
    let (status, page) = front
        .work(move |office, now| {
            let run = office.import_run(&id)?;
            let usual = this_month(now);
            let typed = |text: &Option<String>, usual: chrono::NaiveDate| text.clone().unwrap_or(usual.to_string());
            let mut page = ReconcilePage {
                from: typed(&query.from, usual.from),
                to: typed(&query.to, usual.to),
                file_name: run.file_name,
                errors: Vec::new(),
                sides: None,
                id,
                c,
            };
            match compared(office, now, &page.id, &query) {
                Ok(found) => {
                    page.sides = Some(sides(&page, found, cursor));
                    Ok((StatusCode::OK, page))
                }
                Err(OfficeError::Invalid(errors)) => {
                    let errors = shown::errors(&errors, page.c.lang);
                    page.errors = errors.into_iter().map(|error| error.message).collect();
                    Ok((StatusCode::UNPROCESSABLE_ENTITY, page))
                }
                Err(error) => Err(error),
            }
        })
        .await?;
    front.page(status, &page)
}

/// `GET /nhap/{id}/doi-chieu.csv`, `.xlsx`, `.pdf` and `.json`
///
/// # Errors
/// As [`page`]; 404 for another format.
pub async fn download(front: Front, place: web::Path<(String, String)>, query: web::Query<ReportQuery>) -> PageResult {
    let ((id, ending), query) = (place.into_inner(), query.into_inner());
    if ending == "json" {
        let found = front.work(move |office, now| compared(office, now, &id, &query)).await?;
        return Ok(HttpResponse::Ok().insert_header(("Cache-Control", "no-store")).json(found));
    }
    table_file(&front, &ending, move |office: &Office, now| {
        let table = tables::reconciliation(&serde_json::json!(compared(office, now, &id, &query)?));
        Ok(TableFile::new("doi-chieu", now, table))
    })
    .await
}

fn compared(office: &Office, now: Instant, id: &str, query: &ReportQuery) -> OfficeResult<Reconciliation> {
    office.reconcile_brought(now, &query.question_or(this_month(now))?, id)
}

fn sides(page: &ReconcilePage, found: Reconciliation, cursor: Cursor) -> BothSides {
    let place = Place::of(cursor.cursor, u64::try_from(found.differences.len()).unwrap_or(u64::MAX));
    let here = format!("/nhap/{}/doi-chieu?from={}&to={}", page.id, page.from, page.to);
    BothSides {
        rows: found.rows,
        without_code: found.without_code,
        both: found.both,
        same: found.same,
        totals: found.totals.into_iter().map(total).collect(),
        causes: found.causes.into_iter().map(|line| (line.what, line.cause, line.count)).collect(),
        differences: place.cut(found.differences.into_iter()).into_iter().map(|line| row(line, &page.c)).collect(),
        pager: place.linked(|offset| at(&here, offset)),
        more: found.more,
    }
}

fn total(line: TotalLine) -> TotalRow {
    TotalRow {
        total: line.key,
        ours: line.ours,
        theirs: line.theirs,
        difference: line.difference,
        causes: line.causes.into_iter().map(|moved| (moved.cause, moved.files)).collect(),
    }
}

fn row(line: DifferenceLine, c: &Ctx) -> DifferenceRow {
    let what = line.what;
    let shown = |text: Option<String>| match (what, text) {
        (_, None) => "–".to_owned(),
        (Compared::Channel, Some(code)) => match code.parse() {
            Ok(channel) => shown::channel(channel).word(c).to_owned(),
            Err(_) => code,
        },
        (_, Some(text)) => parse_instant(&text).map_or(text, shown::at),
    };
    DifferenceRow {
        is_here: line.cause != Cause::MissingHere,
        ours: shown(line.ours),
        theirs: shown(line.theirs),
        code: line.code,
        row: line.row,
        what,
        cause: line.cause,
    }
}
