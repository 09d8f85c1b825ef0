//! The open data of a month: names that stay the same in every language.

use serde_json::Value;

use super::{Cell, Table};

/// The columns, as in the JSON.
const COLUMNS: [&str; 12] = [
    "field",
    "received_online",
    "received_counter_post",
    "carried_over",
    "received",
    "resolved_early",
    "resolved_on_time",
    "resolved_late",
    "resolved",
    "open_in_time",
    "open_overdue",
    "open",
];

/// A line for each field and one, with an empty name, for all of them.
#[must_use]
pub fn open_data(month: &Value) -> Table {
    let lines = month.get("fields").and_then(Value::as_array).into_iter().flatten().chain(month.get("total"));
    let row = |line: &Value| COLUMNS.iter().map(|column| Cell::from_json(line.get(*column))).collect();
    Table {
        title: "Dữ liệu mở".to_owned(), head: COLUMNS.to_vec(), rows: lines.map(row).collect(), ..Table::default()
    }
}
