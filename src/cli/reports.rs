//! `report`: the figures of a period, for people, machines and spreadsheets.

use serde_json::json;

use crate::domain::time::Instant;
use crate::office::Office;
use crate::office::report::Question;
use crate::office::report_groups::Grouping;
use crate::office::reports::ReportKind as Named;
use crate::render::{sheets, tables};
use crate::web::api::late;

use super::args::{ByWord, ReportFormat, ReportKind, ReportWords};
use super::output::{Failure, Shape, Streams};

/// Answers `report`.
///
/// # Errors
/// A wrong period or agency; figures that do not add up; the database, or the output.
pub fn run(office: &Office, now: Instant, words: &ReportWords, streams: &mut Streams<'_>) -> Result<(), Failure> {
    let question = Question { from: words.from, to: words.to, as_of: words.as_of, agency: words.agency.clone() };
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
        ReportKind::Procedures => {
            let report = json!(office.procedures_report(now, &question, words.late_share)?);
            let table = tables::procedures(&report);
            (report, table)
        }
    };
    let format = words.format.or((streams.shape == Shape::Json).then_some(ReportFormat::Json));
    let file = words.out.as_deref();
    match format {
        Some(ReportFormat::Xlsx) => {
            let bytes = sheets::xlsx(&table, now.timestamp()).map_err(|error| Failure::reason(error.to_string()))?;
            streams.document(&bytes, file)
        }
        Some(ReportFormat::Csv) => {
            let mut bytes = Vec::new();
            tables::csv(&table, &mut bytes)?;
            text(&bytes, file, streams)
        }
        Some(ReportFormat::Json) => text(format!("{json:#}\n").as_bytes(), file, streams),
        Some(ReportFormat::Pdf) => streams.document(&office.printed_table(now, &table)?, file),
        None => text(format!("{}\n", tables::lines(&table)).as_bytes(), file, streams),
    }
}

/// Turns away an option that would be without effect, before anything is opened.
///
/// # Errors
/// [`Failure::Usage`].
pub fn check(words: &ReportWords) -> Result<(), Failure> {
    if words.late_share.is_some() && words.kind != ReportKind::Procedures {
        return Err(Failure::Usage("--late-share chỉ dùng với report procedures".to_owned()));
    }
    let grouped = [ReportKind::Form06a, ReportKind::Reasons, ReportKind::Form07a];
    if words.by.is_some() && !grouped.contains(&words.kind) {
        return Err(Failure::Usage("--by chỉ dùng với report 06a, reasons và 07a".to_owned()));
    }
    Ok(())
}

/// Text may go to a screen.
fn text(bytes: &[u8], file: Option<&std::path::Path>, streams: &mut Streams<'_>) -> Result<(), Failure> {
    match file {
        Some(_) => streams.document(bytes, file),
        None => Ok(streams.out.write_all(bytes)?),
    }
}
