//! Tables as people take them into their own spreadsheets: one shape, written as CSV here and as
//! XLSX in `sheets`. Whatever a cell holds, no spreadsheet takes it for a formula.

use std::collections::BTreeMap;

use serde_json::Value;

use super::dates;
use super::report_words::definition_line;
use crate::domain::time::{local, parse_instant};

mod ageing;
mod at_risk;
mod behind;
mod closed;
mod forms;
mod index;
mod journal;
mod late;
mod online;
mod open_data;
mod outgoing;
mod periods;
mod procedures;
mod proof;
mod province;
mod reconciliation;
mod rejected;
mod units;

pub use ageing::{age_words, due_words};
pub use at_risk::at_risk;
pub use behind::{Behind, List};
pub use closed::ClosedReport;
pub use forms::{form_06a, form_07a, reasons};
pub use index::{index, self_score};
pub use journal::journal;
pub use late::late;
pub use online::online;
pub use open_data::open_data;
pub use outgoing::{OutgoingLine, outgoing};
pub use periods::{period_delta, periods};
pub use procedures::procedures;
pub use proof::proof;
pub use province::province;
pub use reconciliation::reconciliation;
pub use rejected::rejected;
pub use units::units;

/// A table with a head line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Table {
    pub title: String,
    pub head: Vec<&'static str>,
    pub rows: Vec<Vec<Cell>>,
    /// Without these the figures would be misread: they stand under the rows in every format.
    pub notes: Vec<String>,
    /// What the figures count, a line each: under the table where it is read by people (XLSX, PDF).
    pub definitions: Vec<String>,
    /// The files behind a number, by its row and column.
    pub behind: BTreeMap<(usize, usize), Behind>,
}

/// The name of the line that adds up the others.
pub const TOTAL: &str = "Tổng cộng";

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    Text(String),
    Number(u64),
    /// No data: not the same as zero.
    Empty,
}

impl Cell {
    /// Text, or nothing.
    #[must_use]
    pub fn maybe(text: Option<String>) -> Self {
        text.map_or(Self::Empty, Self::Text)
    }

    fn from_json(value: Option<&Value>) -> Self {
        match value {
            Some(Value::String(text)) => Self::Text(text.clone()),
            Some(Value::Number(number)) => number.as_u64().map_or(Self::Empty, Self::Number),
            Some(Value::Bool(true)) => Self::Text("đạt".to_owned()),
            Some(Value::Bool(false)) => Self::Text("chưa đạt".to_owned()),
            Some(Value::Null | Value::Array(_) | Value::Object(_)) | None => Self::Empty,
        }
    }
}

/// The figures of the summary, where they stand in its JSON, and what they are called.
const SUMMARY: [(&str, &str); 43] = [
    ("/received/total", "Hồ sơ tiếp nhận, tổng số"),
    ("/received/online", "– mới, trực tuyến"),
    ("/received/counter", "– mới, trực tiếp"),
    ("/received/post", "– mới, bưu chính"),
    ("/received/carried_over", "– từ kỳ trước chuyển qua"),
    ("/resolved/total", "Đã giải quyết, tổng số"),
    ("/resolved/early", "– trước hạn"),
    ("/resolved/on_time", "– đúng hạn"),
    ("/resolved/late", "– quá hạn"),
    ("/resolved/late_with_apology", "  · có phiếu xin lỗi"),
    ("/resolved/late_without_apology", "  · không có phiếu xin lỗi"),
    ("/resolved/no_promise", "– không có ngày hẹn"),
    ("/in_progress/total", "Đang giải quyết, tổng số"),
    ("/in_progress/in_time", "– trong hạn"),
    ("/in_progress/overdue", "– quá hạn"),
    ("/in_progress/paused", "– tạm dừng"),
    ("/in_progress/no_promise", "– không có ngày hẹn"),
    ("/rates/on_time", "Tỷ lệ trước và đúng hạn"),
    ("/rates/online_submission", "Tỷ lệ nộp trực tuyến"),
    ("/rates/full_online", "Tỷ lệ trực tuyến toàn trình"),
    ("/rates/entirely_online", "Tỷ lệ xử lý hoàn toàn trực tuyến"),
    ("/rates/apology", "Tỷ lệ hồ sơ quá hạn có phiếu xin lỗi"),
    ("/rates/on_time_resolved", "Tỷ lệ trước và đúng hạn trên đã giải quyết"),
    ("/rates/on_time_received", "Tỷ lệ trước và đúng hạn trên tiếp nhận"),
    ("/rates/commitment_on_time", "Tỷ lệ đúng cam kết rút ngắn"),
    ("/rates/new_date_on_time", "Tỷ lệ đúng ngày hẹn lại"),
    ("/rates/early", "Tỷ lệ trước hạn"),
    ("/rates/on_day", "Tỷ lệ đúng ngày hẹn"),
    ("/rates/late", "Tỷ lệ quá hạn"),
    ("/rates/electronic_result", "Tỷ lệ kết quả được số hóa"),
    ("/rates/online_payment", "Tỷ lệ thanh toán trực tuyến"),
    ("/statutory/late", "Quá hạn theo quy định, đã và đang giải quyết"),
    ("/statutory/on_time_rate", "Tỷ lệ trước và đúng hạn theo quy định"),
    ("/online_target/percent", "Chỉ tiêu trực tuyến"),
    ("/online_target/met", "– so với chỉ tiêu"),
    ("/online_target/more_needed", "– số hồ sơ trực tuyến còn cần"),
    ("/online_target/forecast", "– dự báo cuối kỳ"),
    ("/online_target/forecast_low", "– dự báo, cận dưới"),
    ("/online_target/forecast_high", "– dự báo, cận trên"),
    ("/working_time/cases", "Thời gian giải quyết: số hồ sơ tiếp nhận trong kỳ"),
    ("/working_time/censored", "– trong đó chưa có kết quả"),
    ("/working_time/median", "– trung vị (ngày làm việc; trống: chưa tới)"),
    ("/working_time/p90", "– phân vị 90 (ngày làm việc; trống: chưa tới)"),
];

/// The summary, given as its JSON: a line a figure.
#[must_use]
pub fn summary(report: &Value) -> Table {
    let rows = SUMMARY.iter().map(|(place, name)| {
        let figure = report.pointer(place);
        let part = |key: &str| Cell::from_json(figure.and_then(|figure| figure.get(key)));
        let (count, total, percent) = match figure {
            Some(Value::Object(_)) => (part("of"), part("total"), part("percent")),
            Some(Value::String(_)) => (Cell::Empty, Cell::Empty, Cell::from_json(figure)),
            figure => (Cell::from_json(figure), Cell::Empty, Cell::Empty),
        };
        let key = place.trim_start_matches('/').replace('/', ".");
        vec![Cell::Text(key), Cell::Text((*name).to_owned()), count, total, percent]
    });
    Table {
        title: format!("Tổng hợp {}, nhìn lúc {}", period(report), moment(report.pointer("/as_of"))),
        head: vec!["Mã", "Chỉ tiêu", "Số lượng", "Trên tổng số", "Tỷ lệ (%)"],
        rows: rows.chain(ageing::rows(report)).collect(),
        definitions: definition_lines(report),
        ..Table::default()
    }
}

/// The texts of the report's notes.
fn note_lines(report: &Value) -> Vec<String> {
    let notes = report.get("notes").and_then(Value::as_array);
    let text = |note: &Value| note.get("text").and_then(Value::as_str).map(str::to_owned);
    notes.into_iter().flatten().filter_map(text).collect()
}

/// The definitions of the report, a line each.
fn definition_lines(report: &Value) -> Vec<String> {
    let known = report.get("definitions").and_then(Value::as_array);
    known.into_iter().flatten().map(definition_line).collect()
}

/// `từ 01/11/2026 đến 30/11/2026`: what a report covers, for its title.
fn period(report: &Value) -> String {
    let day = |place: &str| {
        let text = report.pointer(place).and_then(Value::as_str).unwrap_or_default();
        text.parse().map_or_else(|_| text.to_owned(), dates::short_date)
    };
    format!("từ {} đến {}", day("/period/from"), day("/period/to"))
}

/// `17:00 ngày 24/11/2026`.
fn moment(at: Option<&Value>) -> String {
    let text = at.and_then(Value::as_str).unwrap_or_default();
    parse_instant(text).map_or_else(|| text.to_owned(), |at| dates::short_moment(local(at)))
}

/// CSV for a spreadsheet, written line by line: UTF-8 with a byte order mark, CRLF. Text that a spreadsheet would run
/// as a formula gets an apostrophe before it.
pub struct CsvLines<W: std::io::Write>(csv::Writer<W>);

impl<W: std::io::Write> CsvLines<W> {
    /// # Errors
    /// When the output cannot be written.
    pub fn begin(head: &[&str], mut out: W) -> std::io::Result<Self> {
        out.write_all("\u{feff}".as_bytes())?;
        let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
        writer.write_record(head)?;
        Ok(Self(writer))
    }

    /// # Errors
    /// When the output cannot be written.
    pub fn line(&mut self, cells: &[Cell]) -> std::io::Result<()> {
        Ok(self.0.write_record(cells.iter().map(|cell| match cell {
            Cell::Text(text) => harmless(text),
            Cell::Number(number) => number.to_string(),
            Cell::Empty => String::new(),
        }))?)
    }

    /// # Errors
    /// When the output cannot be written.
    pub fn end(mut self) -> std::io::Result<()> {
        self.0.flush()
    }
}

/// The table as CSV, see [`CsvLines`]. A note is a row with the text in its first cell.
///
/// # Errors
/// When the output cannot be written.
pub fn csv(table: &Table, out: &mut dyn std::io::Write) -> std::io::Result<()> {
    let mut lines = CsvLines::begin(&table.head, out)?;
    for row in &table.rows {
        lines.line(row)?;
    }
    for note in &table.notes {
        let empty = std::iter::repeat_n(Cell::Empty, table.head.len().saturating_sub(1));
        lines.line(&std::iter::once(Cell::Text(note.clone())).chain(empty).collect::<Vec<_>>())?;
    }
    lines.end()
}

/// Lines with the columns under each other, for a screen.
#[must_use]
pub fn lines(table: &Table) -> String {
    let text = |cell: &Cell| match cell {
        Cell::Text(text) => text.clone(),
        Cell::Number(number) => number.to_string(),
        Cell::Empty => "–".to_owned(),
    };
    let mut rows = vec![table.head.iter().map(ToString::to_string).collect::<Vec<_>>()];
    rows.extend(table.rows.iter().map(|row| row.iter().map(text).collect()));
    let width = |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max();
    let widths: Vec<usize> = (0..table.head.len()).map(|column| width(column).unwrap_or(0)).collect();
    let mut lines = vec![table.title.clone()];
    for row in &rows {
        let cells: Vec<String> = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}")).collect();
        lines.push(cells.join("  ").trim_end().to_owned());
    }
    lines.extend(table.notes.iter().cloned());
    lines.join("\n")
}

/// Spreadsheets take text that begins so for a formula, also behind spaces or a tab.
fn harmless(text: &str) -> String {
    let begins = text.trim_start().starts_with(['=', '+', '-', '@']) || text.starts_with(['\t', '\r']);
    if begins { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Cell, Table, csv, lines, summary};

    fn written(cells: &[&str]) -> String {
        let cells = cells.iter().map(|cell| Cell::Text((*cell).to_owned())).collect();
        let table = Table { head: vec!["a"; 3], rows: vec![cells], ..Table::default() };
        let mut out = Vec::new();
        csv(&table, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn no_text_becomes_a_formula() {
        assert_eq!(written(&["=1+1", "+84", "x"]), "\u{feff}a,a,a\r\n'=1+1,'+84,x\r\n");
        assert_eq!(written(&["-2", "@SUM(A1)", " =1"]), "\u{feff}a,a,a\r\n'-2,'@SUM(A1),' =1\r\n");
        assert_eq!(written(&["\t=1", "a=b", "5-3"]), "\u{feff}a,a,a\r\n'\t=1,a=b,5-3\r\n");
    }

    #[test]
    fn the_summary_has_a_line_for_each_figure_and_a_rate_keeps_its_parts() {
        let report = json!({
            "period": {"from": "2026-01-01", "to": "2026-01-31"}, "as_of": "2026-02-01T00:00:00+07:00",
            "received": {"total": 7},
            "rates": {"on_time": {"of": 3, "total": 4, "percent": "75.00"}, "apology": {"of": 0, "total": 0, "percent": null}},
            "online_target": {"percent": "80.00", "met": false, "more_needed": 9},
        });
        let table = summary(&report);
        let row = |key: &str| table.rows.iter().find(|row| row[0] == Cell::Text(key.to_owned())).unwrap()[2..].to_vec();
        assert_eq!(row("received.total"), [Cell::Number(7), Cell::Empty, Cell::Empty]);
        assert_eq!(row("rates.on_time"), [Cell::Number(3), Cell::Number(4), Cell::Text("75.00".into())]);
        assert_eq!(row("rates.apology"), [Cell::Number(0), Cell::Number(0), Cell::Empty]);
        assert_eq!(row("online_target.percent"), [Cell::Empty, Cell::Empty, Cell::Text("80.00".into())]);
        assert_eq!(row("online_target.met")[0], Cell::Text("chưa đạt".into()));
        assert_eq!(row("online_target.more_needed")[0], Cell::Number(9));
        assert!(lines(&table).starts_with("Tổng hợp từ 01/01/2026 đến 31/01/2026, nhìn lúc 00:00 ngày 01/02/2026"));
    }
}
