//! A reconciliation as a table: the totals with what moves each, then a line for each difference of a file.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{Cell, Table, moment, period};
use crate::render::index_words::Pair;
use crate::render::reconcile_words::{cause, compared, total};

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn word<T: std::str::FromStr>(value: &Value, key: &str, words: fn(T) -> Pair) -> String {
    let code = value.get(key).and_then(Value::as_str).unwrap_or_default();
    code.parse().map_or_else(|_| code.to_owned(), |known| words(known).0.to_owned())
}

/// `tăng 3` or `giảm 3`: no sign, which a spreadsheet could take for a formula.
fn by(number: i64) -> String {
    format!("{} {}", if number < 0 { "giảm" } else { "tăng" }, number.unsigned_abs())
}

/// The reconciliation, given as its JSON.
#[must_use]
pub fn reconciliation(report: &Value) -> Table {
    let number = |value: &Value, key: &str| value.get(key).and_then(Value::as_i64).unwrap_or_default();
    let mut rows = Vec::new();
    for line in list(report, "totals") {
        let causes = list(line, "causes")
            .iter()
            .map(|moved| format!("{}: {}", word(moved, "cause", cause), by(number(moved, "files"))));
        let causes: Vec<String> = causes.collect();
        rows.push(vec![
            Cell::Text("tổng số".to_owned()),
            Cell::Text(word(line, "key", total)),
            Cell::Empty,
            Cell::from_json(line.get("ours")),
            Cell::from_json(line.get("theirs")),
            Cell::maybe(Some(causes.join("; ")).filter(|text| !text.is_empty())),
        ]);
    }
    for line in list(report, "differences") {
        let cell = |key: &str| Cell::from_json(line.get(key));
        rows.push(vec![
            cell("code"),
            Cell::Text(word(line, "what", compared)),
            cell("row"),
            cell("ours"),
            cell("theirs"),
            Cell::Text(word(line, "cause", cause)),
        ]);
    }
    let mut notes = vec![format!(
        "Tệp có {} dòng ({} dòng không có mã); {} hồ sơ có ở cả hai bên, {} hồ sơ không khác gì.",
        number(report, "rows"),
        number(report, "without_code"),
        number(report, "both"),
        number(report, "same")
    )];
    notes.push("Mỗi hồ sơ làm một tổng khác đi chỉ theo một nguyên nhân: các nguyên nhân cộng lại bằng phần chênh (bên kia so với ở đây).".to_owned());
    if number(report, "more") > 0 {
        notes.push(format!("Còn {} chỗ khác không liệt kê.", number(report, "more")));
    }
    Table {
        behind: BTreeMap::new(),
        title: format!("Đối chiếu {}, nhìn lúc {}", period(report), moment(report.get("as_of"))),
        head: vec!["Mã hồ sơ", "Khác ở", "Dòng trong tệp", "Ở đây", "Bên kia", "Nguyên nhân"],
        rows,
        notes,
        definitions: Vec::new(),
    }
}
