//! Files that may become late as a table, the likeliest first.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{Cell, Table, moment};
use crate::render::dates;

/// Where a column stands in the report's JSON, and what it is called.
const COLUMNS: [(&str, &str); 13] = [
    ("code", "Mã hồ sơ"),
    ("procedure_code", "Mã thủ tục"),
    ("procedure", "Thủ tục"),
    ("unit", "Phòng, ban"),
    ("officer", "Công chức"),
    ("received_at", "Tiếp nhận"),
    ("due_at", "Hẹn trả"),
    ("chance_percent", "Khả năng trễ (%)"),
    ("low_percent", "Từ (%)"),
    ("high_percent", "Đến (%)"),
    ("cases", "Số hồ sơ so sánh"),
    ("finished", "Trong đó đã xong"),
    ("silent", "Ghi chú"),
];

/// How the chances come about: below the table in every format.
const METHOD: &str = "Khả năng trễ: trong các hồ sơ cùng thủ tục, cùng loại thời hạn, cùng lần tính (từ tiếp nhận hoặc từ \
     khi bổ sung đủ) đã dùng chừng ấy giờ làm việc mà chưa xong, bao nhiêu phần vẫn chưa xong đến lúc hẹn (Kaplan–Meier; \
     hồ sơ còn mở, rút, dừng tính là chưa rõ). “Từ – đến”: khoảng tin cậy 95% (Wilson, cỡ mẫu theo phương sai Greenwood).";

/// The report on files at risk, given as its JSON: a line a file.
#[must_use]
pub fn at_risk(report: &Value) -> Table {
    let number = |place: &str| report.pointer(place).and_then(Value::as_u64).unwrap_or_default();
    let cell = |item: &Value, key: &str| match (key, Cell::from_json(item.get(key))) {
        ("silent", Cell::Text(code)) => Cell::Text(silence(&code, number("/min_finished"))),
        (_, cell) => cell,
    };
    let items = report.get("files").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let day = |place: &str| {
        let text = report.pointer(place).and_then(Value::as_str).unwrap_or_default();
        text.parse().map_or_else(|_| text.to_owned(), dates::short_date)
    };
    Table {
        behind: BTreeMap::new(),
        title: format!("Hồ sơ có nguy cơ trễ, nhìn lúc {}", moment(report.get("as_of"))),
        head: COLUMNS.iter().map(|(_, name)| *name).collect(),
        rows: items.iter().map(|item| COLUMNS.iter().map(|(key, _)| cell(item, key)).collect()).collect(),
        notes: vec![
            METHOD.to_owned(),
            format!("So với hồ sơ tiếp nhận từ {} đến {}.", day("/history/from"), day("/history/to")),
            format!(
                "Không có trong danh sách: {} hồ sơ đã quá hạn, {} hồ sơ đang tạm dừng, {} hồ sơ không có ngày hẹn.",
                number("/late"),
                number("/paused"),
                number("/no_promise")
            ),
        ],
        definitions: Vec::new(),
    }
}

/// Why no chance is said.
fn silence(code: &str, least: u64) -> String {
    match code {
        "few" => format!("chưa đủ hồ sơ để ước lượng (cần {least} hồ sơ đã xong)"),
        "short" => "chưa đủ hồ sơ để ước lượng (chưa có hồ sơ nào kéo dài đến lúc hẹn)".to_owned(),
        other => other.to_owned(),
    }
}
