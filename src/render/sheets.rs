//! Tables as XLSX workbooks.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, XlsxError};

use super::RenderError;
use super::tables::{Cell, Table};

/// Widest column in characters.
const WIDEST: usize = 60;

/// The table as a workbook of one sheet: title, head line, rows, then notes and
/// definitions after an empty line. Text is written as text, whatever it
/// begins with. `made_at` (seconds since 1970, UTC) is the date of the document.
///
/// # Errors
/// [`RenderError::Page`] when the table is larger than a sheet can be.
pub fn xlsx(table: &Table, made_at: i64) -> Result<Vec<u8>, RenderError> {
    workbook(table, made_at).map_err(|error| RenderError::Page(error.to_string()))
}

fn workbook(table: &Table, made_at: i64) -> Result<Vec<u8>, XlsxError> {
    let bold = Format::new().set_bold();
    let mut book = Workbook::new();
    let made = ExcelDateTime::from_timestamp(made_at)?;
    book.set_properties(&DocProperties::new().set_title(&table.title).set_creation_datetime(&made));
    let sheet = book.add_worksheet();
    sheet.write_string_with_format(0, 0, &table.title, &bold)?;
    for (column, name) in (0_u16..).zip(&table.head) {
        sheet.write_string_with_format(2, column, *name, &bold)?;
        let cells = table.rows.iter().filter_map(|row| row.get(usize::from(column)));
        let longest = cells.map(length).chain([name.chars().count()]).max().unwrap_or(0).min(WIDEST);
        sheet.set_column_width(column, f64::from(u32::try_from(longest + 2).unwrap_or(10)))?;
    }
    for (line, row) in (3_u32..).zip(&table.rows) {
        for (column, cell) in (0_u16..).zip(row) {
            match cell {
                Cell::Text(text) => sheet.write_string(line, column, text)?,
                Cell::Number(number) => sheet.write_number(line, column, exact(*number))?,
                Cell::Empty => continue,
            };
        }
    }
    let below = 4 + u32::try_from(table.rows.len()).unwrap_or(u32::MAX - 4);
    for (line, text) in (below..).zip(table.notes.iter().chain(&table.definitions)) {
        sheet.write_string(line, 0, text)?;
    }
    sheet.set_freeze_panes(3, 0)?;
    book.save_to_buffer()
}

/// Counts stay far below 2^53, where a spreadsheet's numbers are exact; a larger one is shown as none.
fn exact(number: u64) -> f64 {
    number.to_string().parse().unwrap_or(f64::NAN)
}

fn length(cell: &Cell) -> usize {
    match cell {
        Cell::Text(text) => text.chars().count(),
        Cell::Number(number) => number.to_string().len(),
        Cell::Empty => 0,
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use calamine::{Data, Reader as _, Xlsx};

    use super::xlsx;
    use crate::render::tables::{Cell, Table};

    #[test]
    fn text_stays_text_and_numbers_numbers() {
        let cells = vec![Cell::Text("=HYPERLINK(\"http://x\")".into()), Cell::Number(12_345), Cell::Empty];
        let table = Table {
            title: "Báo cáo".into(),
            head: vec!["Đầu", "Số", "Trống"],
            rows: vec![cells],
            notes: vec!["=1".into()],
            ..Table::default()
        };
        let bytes = xlsx(&table, 1_795_000_000).unwrap();
        let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).unwrap();
        let sheet = book.worksheet_range_at(0).unwrap().unwrap();
        assert_eq!(sheet.get_value((0, 0)), Some(&Data::String("Báo cáo".into())));
        assert_eq!(sheet.get_value((2, 1)), Some(&Data::String("Số".into())));
        assert_eq!(sheet.get_value((3, 0)), Some(&Data::String("=HYPERLINK(\"http://x\")".into())));
        assert_eq!(sheet.get_value((3, 1)), Some(&Data::Float(12_345.0)));
        assert_eq!(sheet.get_value((5, 0)), Some(&Data::String("=1".into())), "a note, after an empty line");
        let formulas = book.worksheet_formula("Sheet1").unwrap();
        assert!(formulas.used_cells().next().is_none(), "{formulas:?}");
    }
}
