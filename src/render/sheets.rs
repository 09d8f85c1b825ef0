//! Tables as XLSX workbooks.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, XlsxError};

use super::RenderError;
use super::tables::{Cell, Table};

/// Widest column in characters.
const WIDEST: usize = 60;

/// A workbook of one sheet that is written line by line: title, head line, rows, then what stands below after an empty
/// line. Text is written as text, whatever it begins with. A line that is written leaves memory for a file in the
/// folder for temporary files, so that a long register needs no more than a short one.
pub struct Sheet {
    book: Workbook,
    next: u32,
}

impl Sheet {
    /// `widths` in characters, one a column; `made_at` (seconds since 1970, UTC) is the date of the document.
    ///
    /// # Errors
    /// [`RenderError::Page`] when the temporary file cannot be made.
    pub fn begin(title: &str, head: &[&str], widths: &[usize], made_at: i64) -> Result<Self, RenderError> {
        Ok(Self { book: begun(title, head, widths, made_at)?, next: 3 })
    }

    /// # Errors
    /// [`RenderError::Page`] when the sheet is full or the temporary file cannot be written.
    pub fn line(&mut self, cells: &[Cell]) -> Result<(), RenderError> {
        Ok(self.written(cells)?)
    }

    /// The bytes, with the texts that stand below.
    ///
    /// # Errors
    /// As [`Sheet::line`].
    pub fn end<'a>(mut self, below: impl IntoIterator<Item = &'a String>) -> Result<Vec<u8>, RenderError> {
        self.next += 1;
        for text in below {
            self.line(&[Cell::Text(text.clone())])?;
        }
        Ok(self.book.save_to_buffer()?)
    }

    fn written(&mut self, cells: &[Cell]) -> Result<(), XlsxError> {
        let (line, sheet) = (self.next, self.book.worksheet_from_index(0)?);
        for (column, cell) in (0_u16..).zip(cells) {
            match cell {
                Cell::Text(text) => sheet.write_string(line, column, text)?,
                Cell::Number(number) => sheet.write_number(line, column, exact(*number))?,
                Cell::Empty => continue,
            };
        }
        self.next += 1;
        Ok(())
    }
}

/// The table as a workbook, see [`Sheet`].
///
/// # Errors
/// [`RenderError::Page`] when the table is larger than a sheet can be.
pub fn xlsx(table: &Table, made_at: i64) -> Result<Vec<u8>, RenderError> {
    let widths: Vec<usize> = (0..table.head.len())
        .map(|column| table.rows.iter().filter_map(|row| row.get(column)).map(length).max().unwrap_or(0))
        .collect();
    let mut sheet = Sheet::begin(&table.title, &table.head, &widths, made_at)?;
    for row in &table.rows {
        sheet.line(row)?;
    }
    sheet.end(table.notes.iter().chain(&table.definitions))
}

impl From<XlsxError> for RenderError {
    fn from(error: XlsxError) -> Self {
        Self::Page(error.to_string())
    }
}

fn begun(title: &str, head: &[&str], widths: &[usize], made_at: i64) -> Result<Workbook, XlsxError> {
    let bold = Format::new().set_bold();
    let mut book = Workbook::new();
    let made = ExcelDateTime::from_timestamp(made_at)?;
    book.set_properties(&DocProperties::new().set_title(title).set_creation_datetime(&made));
    let sheet = book.add_worksheet_with_constant_memory()?;
    for ((column, name), width) in (0_u16..).zip(head).zip(widths) {
        let longest = (*width).max(name.chars().count()).min(WIDEST);
        sheet.set_column_width(column, f64::from(u32::try_from(longest + 2).unwrap_or(10)))?;
    }
    sheet.set_freeze_panes(3, 0)?;
    sheet.write_string_with_format(0, 0, title, &bold)?;
    for (column, name) in (0_u16..).zip(head) {
        sheet.write_string_with_format(2, column, *name, &bold)?;
    }
    Ok(book)
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
