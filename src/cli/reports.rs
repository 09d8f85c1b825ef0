//! `report`: the figures of a period, for people, machines and spreadsheets.

use serde_json::json;

use crate::domain::time::Instant;
use crate::office::Office;
use crate::office::report::Question;
use crate::render::{sheets, tables};
use crate::web::api::late;

use super::args::{ReportFormat, ReportKind, ReportWords};
use super::output::{Failure, Shape, Streams};

/// Answers `report`.
///
/// # Errors
/// A wrong period or agency, a report or format that is not there yet, or the output.
pub fn run(office: &Office, now: Instant, words: &ReportWords, streams: &mut Streams<'_>) -> Result<(), Failure> {
    let question = Question { from: words.from, to: words.to, as_of: words.as_of, agency: words.agency.clone() };
    let (json, table) = match words.kind {
        ReportKind::Summary => {
            let report = json!(office.summary(now, &question)?);
            let table = tables::summary(&report);
            (report, table)
        }
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
        // Turned away before the database was opened.
        ReportKind::Form06a | ReportKind::Online | ReportKind::Units => {
            return Err(Failure::Usage("báo cáo này chưa có".to_owned()));
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

/// Turns away what is not there yet, before anything is opened.
///
/// # Errors
/// [`Failure::Usage`] for a report, a reason for the format.
pub fn is_there(words: &ReportWords) -> Result<(), Failure> {
    match words.kind {
        ReportKind::Summary | ReportKind::Late | ReportKind::Procedures => {}
        ReportKind::Form06a | ReportKind::Online | ReportKind::Units => {
            let why = "báo cáo này chưa có trong phiên bản này; hiện có: summary, late, procedures";
            return Err(Failure::Usage(why.to_owned()));
        }
    }
    if words.late_share.is_some() && words.kind != ReportKind::Procedures {
        return Err(Failure::Usage("--late-share chỉ dùng với report procedures".to_owned()));
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
