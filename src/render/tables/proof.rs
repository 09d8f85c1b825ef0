//! The proof of a dossier as lines for a screen.

use serde_json::Value;

use super::{Cell, Table};

/// What was told about a dossier, given as its JSON: a line for each thing, and one for each attempt.
#[must_use]
pub fn proof(report: &Value) -> Table {
    let text = |value: &Value, key: &str| value.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    let lines = report.get("lines").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let mut rows = Vec::new();
    for line in lines {
        let what = text(line, "what");
        let to = [text(line, "audience"), text(line, "recipient"), text(line, "account"), text(line, "by")];
        let state = [text(line, "state"), text(line, "answer"), text(line, "acknowledged_by"), text(line, "done_by")];
        let said = ["number", "subject", "reason", "text", "last_answer"].map(|key| text(line, key));
        rows.push(row(&text(line, "at"), &what, &text(line, "kind"), joined(&to), joined(&state), joined(&said)));
        for attempt in line.get("attempts").and_then(Value::as_array).map_or(&[][..], Vec::as_slice) {
            let number = attempt.get("number").and_then(Value::as_i64).unwrap_or_default();
            let (at, outcome, answer) = (text(attempt, "at"), text(attempt, "outcome"), text(attempt, "answer"));
            rows.push(row(&at, "attempt", &number.to_string(), String::new(), outcome, answer));
        }
    }
    let verdict = |key: &str| report.pointer(&format!("/verdict/{key}")).and_then(Value::as_str).unwrap_or("–");
    Table {
        title: format!(
            "Bằng chứng của hồ sơ {}: hẹn {}, hẹn lại {}, xong {}; xin lỗi: {} {}",
            report.get("code").and_then(Value::as_str).unwrap_or_default(),
            verdict("due_at"),
            verdict("new_due_at"),
            verdict("closed_at"),
            verdict("apology"),
            verdict("apology_issued_at"),
        ),
        head: vec!["Lúc", "Loại", "Việc", "Với ai", "Tình trạng", "Nội dung"],
        rows,
    }
}

fn joined(parts: &[String]) -> String {
    parts.iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(", ")
}

/// A row on one line: a citizen's text may have several.
fn row(at: &str, what: &str, kind: &str, to: String, state: String, said: String) -> Vec<Cell> {
    let flat = |text: String| Cell::Text(text.split_whitespace().collect::<Vec<_>>().join(" "));
    vec![flat(at.to_owned()), flat(what.to_owned()), flat(kind.to_owned()), flat(to), flat(state), flat(said)]
}
