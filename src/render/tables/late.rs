//! Late files as a table, with what became of their apologies.

use serde_json::Value;

use super::{Cell, Table, period};

/// Where a column stands in the report's JSON, and what it is called.
const COLUMNS: [(&str, &str); 22] = [
    ("code", "Mã hồ sơ"),
    ("procedure_code", "Thủ tục"),
    ("unit", "Phòng, ban"),
    ("officer", "Công chức"),
    ("received_at", "Tiếp nhận"),
    ("due_at", "Hẹn trả"),
    ("working_days_late", "Số ngày làm việc quá hẹn"),
    ("statutory_due_at", "Hạn theo quy định"),
    ("working_days_late_by_statute", "Số ngày làm việc quá hạn quy định"),
    ("new_due_at", "Hẹn lại"),
    ("working_days_late_by_new_date", "Số ngày làm việc quá hẹn lại"),
    ("closed_at", "Kết thúc"),
    ("reason_code", "Mã lý do"),
    ("reason_name", "Lý do"),
    ("reason_group", "Nhóm lý do"),
    ("reason", "Lý do ghi trong thư"),
    ("apology_number", "Số thư xin lỗi"),
    ("apology_issued_at", "Ngày phát hành thư"),
    ("apology", "Tình trạng xin lỗi"),
    ("message_state", "Tình trạng gửi"),
    ("delivered_at", "Đến tay lúc"),
    ("exception", "Lý do chưa có thư"),
];

/// The words of the codes, for people; another text stays as it is.
const WORDS: [(&str, &str); 23] = [
    ("rules", "quy định hành chính"),
    ("officials", "cán bộ, công chức"),
    ("other", "lý do khác"),
    ("in_hand", "đã đến tay"),
    ("on_the_way", "đã phát hành, chưa đến tay"),
    ("excused", "chưa có thư, có lý do"),
    ("missing", "PHẢI XỬ LÝ"),
    ("sent", "đã gửi"),
    ("ready", "chờ gửi"),
    ("retry", "sẽ gửi lại"),
    ("failed", "không gửi được"),
    ("waiting_for_signature", "chờ ký"),
    ("waiting_for_citizen", "chờ người dân"),
    ("withdrawn", "người nộp rút"),
    ("stopped", "đã dừng giải quyết"),
    ("finished_elsewhere", "nhập khi đã xong"),
    ("no_date_possible", "lịch chưa có đến ngày hẹn được"),
    ("sweep_due", "chưa rà từ khi quá hẹn"),
    ("unsigned", "quá lúc phải ký"),
    ("refused", "bị từ chối ký"),
    ("never_left", "thư bị bỏ trước khi gửi"),
    ("finished_without_letter", "xong trễ không xin lỗi"),
    ("unexplained", "không rõ"),
];

/// The report on late files, given as its JSON: a line a file.
#[must_use]
pub fn late(report: &Value) -> Table {
    let coded = ["reason_group", "apology", "message_state", "exception"];
    let cell = |item: &Value, key: &str| match Cell::from_json(item.get(key)) {
        Cell::Text(code) if coded.contains(&key) => {
            let word = WORDS.iter().find(|(known, _)| *known == code).map(|(_, word)| (*word).to_owned());
            Cell::Text(word.unwrap_or(code))
        }
        other @ (Cell::Text(_) | Cell::Number(_) | Cell::Empty) => other,
    };
    let items = report.get("items").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    Table {
        title: format!("Hồ sơ quá hạn {}", period(report)),
        head: COLUMNS.iter().map(|(_, name)| *name).collect(),
        rows: items.iter().map(|item| COLUMNS.iter().map(|(key, _)| cell(item, key)).collect()).collect(),
        ..Table::default()
    }
}
