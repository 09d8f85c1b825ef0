//! The summary of each agency of a province as a table: a line an agency, ranked, and the whole.

use serde_json::Value;

use super::{Cell, Table, definition_lines, moment, period};

/// Where a column stands in the JSON of a line, and what it is called.
const COLUMNS: [(&str, &str); 22] = [
    ("/rank", "Hạng"),
    ("/code", "Mã"),
    ("/name", "Cơ quan"),
    ("/received/total", "Tiếp nhận: tổng số"),
    ("/received/online", "Mới, trực tuyến"),
    ("/received/counter", "Mới, trực tiếp"),
    ("/received/post", "Mới, bưu chính"),
    ("/received/carried_over", "Từ kỳ trước"),
    ("/resolved/total", "Đã giải quyết: tổng số"),
    ("/resolved/early", "Trước hạn"),
    ("/resolved/on_time", "Đúng hạn"),
    ("/resolved/late", "Quá hạn"),
    ("/resolved/no_promise", "Đã xong, không ngày hẹn"),
    ("/in_progress/total", "Đang giải quyết: tổng số"),
    ("/in_progress/in_time", "Đang, trong hạn"),
    ("/in_progress/overdue", "Đang, quá hạn"),
    ("/in_progress/paused", "Đang tạm dừng"),
    ("/in_progress/no_promise", "Đang, không ngày hẹn"),
    ("/unapologised", "Quá hạn chưa xin lỗi"),
    ("/rates/on_time/percent", "Trước và đúng hạn (%)"),
    ("/rates/online_submission/percent", "Nộp trực tuyến (%)"),
    ("/rates/entirely_online/percent", "Hoàn toàn trực tuyến (%)"),
];

/// The report, given as its JSON.
#[must_use]
pub fn province(report: &Value) -> Table {
    let row = |line: &Value| COLUMNS.iter().map(|(place, _)| Cell::from_json(line.pointer(place))).collect::<Vec<_>>();
    let lines = report.get("agencies").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let mut rows: Vec<_> = lines.iter().map(row).collect();
    if let Some(total) = report.get("total") {
        let mut whole = row(total);
        let place = |wanted: &str| COLUMNS.iter().position(|(place, _)| *place == wanted);
        let mut put = |wanted: &str, cell: Cell| {
            if let Some(at) = place(wanted).and_then(|at| whole.get_mut(at)) {
                *at = cell;
            }
        };
        put("/name", Cell::Text("Toàn tỉnh".to_owned()));
        put("/unapologised", Cell::from_json(report.get("unapologised")));
        rows.push(whole);
    }
    Table {
        title: format!("Tổng hợp theo cơ quan {}, nhìn lúc {}", period(report), moment(report.pointer("/as_of"))),
        head: COLUMNS.iter().map(|(_, name)| *name).collect(),
        rows,
        definitions: definition_lines(report),
        ..Table::default()
    }
}
