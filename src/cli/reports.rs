//! `report`: the figures of a period, for people, machines and spreadsheets.

use std::path::Path;

use serde_json::{Value, json};

use crate::domain::time::Instant;
use crate::office::Office;
use crate::office::at_risk::Whose;
use crate::office::printed::TableFormat;
use crate::office::report::Question;
use crate::office::report_groups::Grouping;
use crate::office::reports::ReportKind as Named;
use crate::render::tables::{self, Table};
use crate::web::api::late;

use super::args::reports::{ByWord, ReconcileWords, ReportFormat, ReportKind, ReportWords};
use super::output::{Failure, Shape, Streams};

/// Answers `report`.
///
/// # Errors
/// A wrong period or agency; figures that do not add up; the database, or the output.
pub fn run(office: &Office, now: Instant, words: &ReportWords, streams: &mut Streams<'_>) -> Result<(), Failure> {
    let question = question(words);
    let by = words.by.map_or(Grouping::Field, ByWord::grouping);
    let named = |kind| office.report(now, &question, kind, by);
    let (json, table) = match words.kind {
        ReportKind::Summary => named(Named::Summary)?,
        ReportKind::Form06a => named(Named::Form06a)?,
        ReportKind::Reasons => named(Named::Reasons)?,
        ReportKind::Form07a => named(Named::Form07a)?,
        ReportKind::Units => named(Named::Units)?,
        ReportKind::Online => named(Named::Online)?,
        ReportKind::Late => {
            let report = json!(late::report(office, now, &question)?);
            let table = tables::late(&report);
            (report, table)
        }
        ReportKind::AtRisk => {
            let units = words.unit.clone().map(|code| vec![code]);
            let report = json!(office.at_risk(now, &Whose { units, agency: None, as_of: question.as_of })?);
            let table = tables::at_risk(&report);
            (report, table)
        }
        ReportKind::Procedures => {
            let report = json!(office.procedures_report(now, &question, words.late_share)?);
            let table = tables::procedures(&report);
            (report, table)
        }
        ReportKind::Index => {
            let report = json!(office.index_report(now, &question)?);
            let table = tables::index(&report);
            (report, table)
        }
        ReportKind::Province => {
            let report = json!(office.province_report(now, &question)?);
            let table = tables::province(&report);
            (report, table)
        }
        ReportKind::SelfScore => {
            let report = json!(office.self_score(now, &question)?);
            let table = tables::self_score(&report);
            (report, table)
        }
    };
    written(office, now, (&json, &table), (words.format, words.out.as_deref()), streams)
}

/// Answers `reconcile`.
///
/// # Errors
/// A wrong period or agency; a file or mapping that cannot be read; the database, or the output.
pub fn reconcile(
    office: &Office,
    now: Instant,
    words: &ReconcileWords,
    streams: &mut Streams<'_>,
) -> Result<(), Failure> {
    let question = Question { from: words.from, to: words.to, as_of: None, agency: None };
    let mapping = super::imports::mapping_of(words.mapping.as_deref())?;
    let report = office.reconcile(now, &question, super::imports::open(&words.file)?, &mapping)?;
    let report = json!(report);
    let table = tables::reconciliation(&report);
    written(office, now, (&report, &table), (words.format, words.out.as_deref()), streams)
}

/// The answer in the format that was asked for.
fn written(
    office: &Office,
    now: Instant,
    (json, table): (&Value, &Table),
    (format, file): (Option<ReportFormat>, Option<&Path>),
    streams: &mut Streams<'_>,
) -> Result<(), Failure> {
    let format = format.or((streams.shape == Shape::Json).then_some(ReportFormat::Json));
    let (format, readable) = match format {
        None => return text(format!("{}\n", tables::lines(table)).as_bytes(), file, streams),
        Some(ReportFormat::Json) => return text(format!("{json:#}\n").as_bytes(), file, streams),
        Some(ReportFormat::Csv) => (TableFormat::Csv, true),
        Some(ReportFormat::Xlsx) => (TableFormat::Xlsx, false),
        Some(ReportFormat::Pdf) => (TableFormat::Pdf, false),
    };
    let bytes = office.table_as(now, table, format)?;
    if readable { text(&bytes, file, streams) } else { streams.document(&bytes, file) }
}

/// The period asked for; the report without one has none.
fn question(words: &ReportWords) -> Question {
    let (from, to) = (words.from.unwrap_or_default(), words.to.unwrap_or_default());
    Question { from, to, as_of: words.as_of, agency: None }
}

/// Turns away an option that would be without effect, before anything is opened.
///
/// # Errors
/// [`Failure::Usage`].
pub fn check(words: &ReportWords) -> Result<(), Failure> {
    if words.late_share.is_some() && words.kind != ReportKind::Procedures {
        return Err(Failure::Usage("--late-share chỉ dùng với report procedures".to_owned()));
    }
    let of_a_moment = words.kind == ReportKind::AtRisk;
    if !of_a_moment && (words.from.is_none() || words.to.is_none()) {
        return Err(Failure::Usage("hãy ghi kỳ báo cáo: --from NGÀY --to NGÀY".to_owned()));
    }
    if of_a_moment && (words.from.is_some() || words.to.is_some()) {
        let trouble = "report at-risk nhìn từ một thời điểm (--as-of, hoặc lúc này): không dùng --from, --to";
        return Err(Failure::Usage(trouble.to_owned()));
    }
    if words.unit.is_some() && !of_a_moment {
        return Err(Failure::Usage("--unit chỉ dùng với report at-risk".to_owned()));
    }
    let grouped = [ReportKind::Form06a, ReportKind::Reasons, ReportKind::Form07a];
    if words.by.is_some() && !grouped.contains(&words.kind) {
        return Err(Failure::Usage("--by chỉ dùng với report 06a, reasons và 07a".to_owned()));
    }
    Ok(())
}

/// Text may go to a screen.
fn text(bytes: &[u8], file: Option<&Path>, streams: &mut Streams<'_>) -> Result<(), Failure> {
    match file {
        Some(_) => streams.document(bytes, file),
        None => Ok(streams.out.write_all(bytes)?),
    }
}
