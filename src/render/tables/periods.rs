//! The periods and how they stand; a closed one against today.

use serde_json::Value;

use super::{Cell, Table, moment};

/// The periods of an agency.
#[must_use]
pub fn periods(answer: &Value) -> Table {
    let text = |line: &Value, key: &str| Cell::maybe(line.get(key).and_then(Value::as_str).map(str::to_owned));
    let row = |line: &Value| {
        let state = match line.get("state").and_then(Value::as_str) {
            Some("closed") => "đã chốt",
            Some("ended") => "đã hết, chưa chốt",
            _ => "đang chạy",
        };
        vec![
            text(line, "period"),
            text(line, "shape"),
            text(line, "from"),
            text(line, "to"),
            Cell::Text(state.to_owned()),
            text(line, "signer"),
            text(line, "sha256"),
        ]
    };
    Table {
        title: "Kỳ báo cáo".to_owned(),
        head: vec!["Kỳ", "Cách tính", "Từ ngày", "Đến ngày", "Tình trạng", "Người ký", "SHA-256"],
        rows: answer.get("items").and_then(Value::as_array).into_iter().flatten().map(row).collect(),
        ..Table::default()
    }
}

/// The numbers of a closed period that are others by now, and the dossiers behind them.
#[must_use]
pub fn period_delta(delta: &Value) -> Table {
    let items = |key: &str| delta.get(key).and_then(Value::as_array).into_iter().flatten();
    let word = |value: &Value, key: &str| value.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    let differs = |line: &&Value| line.get("difference").and_then(Value::as_i64) != Some(0);
    let row = |line: &Value| {
        let difference = line.get("difference").and_then(Value::as_i64).unwrap_or(0);
        vec![
            Cell::Text(word(line, "number")),
            Cell::from_json(line.get("frozen")),
            Cell::from_json(line.get("today")),
            Cell::Text(format!("{difference:+}")),
        ]
    };
    let note = |file: &Value| {
        let because = file.get("because").and_then(Value::as_array).into_iter().flatten();
        let lines: Vec<String> = because
            .map(|line| format!("{} {} {}", moment(line.get("recorded_at")), word(line, "actor"), word(line, "kind")))
            .collect();
        format!("{}: {}", word(file, "code"), lines.join("; "))
    };
    Table {
        title: format!("Chênh lệch kỳ {}, nhìn lúc {}", word(delta, "period"), moment(delta.get("as_of"))),
        head: vec!["Chỉ tiêu", "Đã chốt", "Hôm nay", "Chênh lệch"],
        rows: items("numbers").filter(differs).map(row).collect(),
        notes: items("dossiers").map(note).collect(),
        ..Table::default()
    }
}
