//! Rows of the first sheet of an XLSX workbook, as it streams.

use std::io::{Read, Seek};

use calamine::{DataRef, ExcelDateTime, Reader, Xlsx};
use chrono::{Duration, NaiveDate, NaiveDateTime, Timelike};

use crate::domain::problem::{FieldError, Problem};
use crate::office::OfficeResult;

use super::source::{Cell, RawRow};

/// Columns that are looked at; a stray cell far to the right must not make the row long.
const COLUMNS_MAX: usize = 500;

/// Gives every row that has a cell to `each`; formulas count by the value the workbook kept.
pub fn rows<R: Read + Seek>(file: R, each: &mut dyn FnMut(RawRow) -> OfficeResult<()>) -> OfficeResult<()> {
    let unreadable =
        |error: calamine::XlsxError| FieldError::new("file", "", Problem::Unreadable { why: error.to_string() });
    let mut book: Xlsx<R> = Xlsx::new(file).map_err(unreadable)?;
    let Some(sheet) = book.sheet_names().first().cloned() else { return Ok(()) };
    let mut cells = book.worksheet_cells_reader(&sheet).map_err(unreadable)?;
    let mut row: Option<RawRow> = None;
    while let Some(cell) = cells.next_cell().map_err(unreadable)? {
        let (index, column) = cell.get_position();
        let number = u64::from(index) + 1;
        if row.as_ref().is_none_or(|row| row.number != number) {
            let next = RawRow { number, cells: Vec::new(), fault: None };
            if let Some(done) = row.replace(next) {
                each(done)?;
            }
        }
        let column = usize::try_from(column).unwrap_or(COLUMNS_MAX);
        if let Some(row) = row.as_mut().filter(|_| column < COLUMNS_MAX) {
            row.cells.resize(row.cells.len().max(column), Cell::Empty);
            row.cells.push(cell_of(cell.get_value()));
        }
    }
    row.map_or(Ok(()), each)
}

fn cell_of(value: &DataRef<'_>) -> Cell {
    let text = |text: &str| if text.trim().is_empty() { Cell::Empty } else { Cell::Text(text.to_owned()) };
    match value {
        DataRef::Empty => Cell::Empty,
        DataRef::String(value) | DataRef::DateTimeIso(value) | DataRef::DurationIso(value) => text(value),
        DataRef::SharedString(value) => text(value),
        DataRef::Int(value) => Cell::Text(value.to_string()),
        DataRef::Float(value) => Cell::Text(number_text(*value)),
        DataRef::Bool(value) => Cell::Text(value.to_string()),
        DataRef::Error(error) => Cell::Wrong(error.to_string()),
        DataRef::DateTime(at) => moment(at).map_or_else(|| Cell::Text(number_text(at.as_f64())), Cell::Moment),
    }
}

/// A number as a person typed it: phone numbers and codes have no fraction.
fn number_text(value: f64) -> String {
    // `{}` of a whole f64 has no fraction and no exponent.
    format!("{value}")
}

/// The civil time of a serial number, to the nearest second: fractions of a day are inexact.
fn moment(at: &ExcelDateTime) -> Option<NaiveDateTime> {
    let (year, month, day, hour, minute, second, milli) = at.to_ymd_hms_milli();
    let day = NaiveDate::from_ymd_opt(i32::from(year), u32::from(month), u32::from(day))?;
    let at = day.and_hms_milli_opt(hour.into(), minute.into(), second.into(), milli.into())?;
    (at + Duration::milliseconds(500)).with_nanosecond(0)
}
