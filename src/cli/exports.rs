//! `export`: the calendar as a file that other programs read.

use serde_json::json;

use crate::domain::time::local;
use crate::office::Office;
use crate::render::calendar_file;
use crate::render::pages::{Lang, phrases};

use super::args::files::{CalendarFormat, ExportWords};
use super::output::{Failure, Shape, Streams};

/// Answers `export`.
///
/// # Errors
/// The database, or the output.
pub fn run(office: &Office, words: &ExportWords, streams: &mut Streams<'_>) -> Result<(), Failure> {
    let ExportWords::Calendar { year, format, out } = words;
    let (year, days, made) = office.calendar_days(*year)?;
    let text = match (streams.shape, format) {
        (Shape::Json, _) => {
            let days = json!({ "year": year, "version": made.version, "days": days });
            return Ok(writeln!(streams.out, "{days:#}")?);
        }
        (_, CalendarFormat::Csv) => calendar_file::csv(&days),
        (_, CalendarFormat::Ics) => {
            calendar_file::ics(&days, local(made.made_at), &phrases::calendar_title(Lang::Vi, year))
        }
    };
    match out {
        Some(_) => streams.document(text.as_bytes(), out.as_deref()),
        None => Ok(streams.out.write_all(text.as_bytes())?),
    }
}
