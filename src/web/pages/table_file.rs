//! A table of the office as a file to take away.

use actix_web::HttpResponse;

use crate::domain::time::Instant;
use crate::office::printed::TableFormat;
use crate::office::{Office, OfficeError, OfficeResult};
use crate::render::tables::Table;

use super::front::Front;
use super::{PageResult, papers};

/// A table under the name of its file, as of the moment that stands on it.
pub(super) struct TableFile {
    pub name: String,
    pub made: Instant,
    pub table: Table,
}

impl TableFile {
    pub fn new(name: impl Into<String>, made: Instant, table: Table) -> Self {
        Self { name: name.into(), made, table }
    }
}

/// The table as `csv`, `xlsx` or `pdf`.
///
/// # Errors
/// Not found for another ending; what making the table answers.
pub(super) async fn table_file(
    front: &Front,
    ending: &str,
    make: impl FnOnce(&Office, Instant) -> OfficeResult<TableFile> + Send + 'static,
) -> PageResult {
    let format = TableFormat::of_ending(ending).ok_or_else(|| front.refused(OfficeError::NotFound))?;
    let (name, bytes) = front
        .work(move |office, now| {
            let TableFile { name, made, table } = make(office, now)?;
            Ok((name, office.table_as(made, &table, format)?))
        })
        .await?;
    Ok(as_file(&name, format, bytes))
}

/// The bytes under that name.
pub(super) fn as_file(name: &str, format: TableFormat, bytes: Vec<u8>) -> HttpResponse {
    // Paper is looked at first.
    let how = if format == TableFormat::Pdf { "inline" } else { "attachment" };
    papers::file(format.media_type(), how, name, format.ending(), bytes)
}
