//! Rows that an import left out, to be put right in their own register.

use super::{Cell, Table};

/// Row, field, value and reason of each fault.
#[must_use]
pub fn rejected(faults: Vec<(u64, String, String, String)>) -> Table {
    let line =
        |(row, field, value, reason)| vec![Cell::Number(row), Cell::Text(field), Cell::Text(value), Cell::Text(reason)];
    Table {
        title: "Dòng bị loại khi nhập".to_owned(),
        head: vec!["Dòng", "Cột", "Giá trị", "Vì sao"],
        rows: faults.into_iter().map(line).collect(),
        ..Table::default()
    }
}
