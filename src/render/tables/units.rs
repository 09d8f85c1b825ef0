//! The summary of each unit as a table: a line a unit, and the whole.

use serde_json::Value;

use super::{Cell, Table, definition_lines, moment, period};

/// Where a column stands in the JSON of a line, and what it is called.
const COLUMNS: [(&str, &str); 27] = [
    ("/no", "TT"),
    ("/code", "Mã"),
    ("/name", "Đơn vị"),
    ("/received/total", "Tiếp nhận: tổng số"),
    ("/received/online", "Mới, trực tuyến"),
    ("/received/counter", "Mới, trực tiếp"),
    ("/received/post", "Mới, bưu chính"),
    ("/received/carried_over", "Từ kỳ trước"),
    ("/resolved/total", "Đã giải quyết: tổng số"),
    ("/resolved/early", "Trước hạn"),
    ("/resolved/on_time", "Đúng hạn"),
    ("/resolved/late", "Quá hạn"),
    ("/resolved/late_with_apology", "Quá hạn có xin lỗi"),
    ("/resolved/late_without_apology", "Quá hạn không xin lỗi"),
    ("/resolved/no_promise", "Đã xong, không ngày hẹn"),
    ("/in_progress/total", "Đang giải quyết: tổng số"),
    ("/in_progress/in_time", "Đang, trong hạn"),
    ("/in_progress/overdue", "Đang, quá hạn"),
    ("/in_progress/paused", "Đang tạm dừng"),
    ("/in_progress/no_promise", "Đang, không ngày hẹn"),
    ("/statutory/late", "Quá hạn theo quy định"),
    ("/rates/on_time/percent", "Trước và đúng hạn (%)"),
    ("/rates/online_submission/percent", "Nộp trực tuyến (%)"),
    ("/rates/full_online/percent", "Toàn trình (%)"),
    ("/rates/entirely_online/percent", "Hoàn toàn trực tuyến (%)"),
    ("/rates/apology/percent", "Có phiếu xin lỗi (%)"),
    ("/statutory/on_time_rate/percent", "Đúng hạn theo quy định (%)"),
];

/// The report, given as its JSON.
#[must_use]
pub fn units(report: &Value) -> Table {
    let row = |line: &Value| COLUMNS.iter().map(|(place, _)| Cell::from_json(line.pointer(place))).collect::<Vec<_>>();
    let lines = report.get("units").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let mut rows: Vec<_> = lines.iter().map(row).collect();
    if let Some(total) = report.get("total") {
        let mut whole = row(total);
        if let Some(name) = whole.get_mut(2) {
            *name = Cell::Text("Tổng cộng".to_owned());
        }
        rows.push(whole);
    }
    Table {
        title: format!("Tổng hợp theo đơn vị {}, nhìn lúc {}", period(report), moment(report.pointer("/as_of"))),
        head: COLUMNS.iter().map(|(_, name)| *name).collect(),
        rows,
        definitions: definition_lines(report),
        ..Table::default()
    }
}
