//! A table of the office as a file to take away.

use crate::domain::time::Instant;
use crate::office::{Office, OfficeError, OfficeResult};
use crate::render::sheets;
use crate::render::tables::{self, Table};

use super::front::Front;
use super::{PageResult, papers};

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// The table as `csv`, `xlsx` or `pdf`.
///
/// # Errors
/// Not found for another ending; what making the table answers.
pub(super) async fn table_file(
    front: &Front,
    name: &str,
    ending: &str,
    make: impl FnOnce(&Office, Instant) -> OfficeResult<Table> + Send + 'static,
) -> PageResult {
    let (media, how) = match ending {
        "csv" => ("text/csv; charset=utf-8", "attachment"),
        "xlsx" => (XLSX, "attachment"),
        "pdf" => ("application/pdf", "inline"),
        _ => return Err(front.refused(OfficeError::NotFound)),
    };
    let form = ending.to_owned();
    let bytes = front
        .work(move |office, now| {
            let table = make(office, now)?;
            match form.as_str() {
                "pdf" => office.printed_table(now, &table),
                "xlsx" => Ok(sheets::xlsx(&table, now.timestamp())?),
                _ => {
                    let mut bytes = Vec::new();
                    tables::csv(&table, &mut bytes).map_err(|error| OfficeError::Broken(error.to_string()))?;
                    Ok(bytes)
                }
            }
        })
        .await?;
    Ok(papers::file(media, how, name, ending, bytes))
}
