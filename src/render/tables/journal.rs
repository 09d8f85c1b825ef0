//! Lines of the journal as a table.

use super::{Cell, Table};
use crate::render::pages::audit::AuditRow;

/// A line for each, in the order they come; with each the user name that the journal keeps.
#[must_use]
pub fn journal(lines: Vec<(String, AuditRow)>) -> Table {
    let row = |(actor, line): (String, AuditRow)| {
        let effect = line.effect.unwrap_or_default();
        let texts = [line.seq.to_string(), line.at, effect, actor, line.by, line.kind, line.says];
        let code = line.code.unwrap_or_default();
        texts.into_iter().chain([code, line.body, line.hash]).map(Cell::Text).collect()
    };
    Table {
        title: "Nhật ký".to_owned(),
        head: vec![
            "Số",
            "Ghi lúc",
            "Hiệu lực",
            "Tài khoản",
            "Người thực hiện",
            "Loại",
            "Việc",
            "Mã hồ sơ",
            "Nội dung gốc",
            "Mã băm",
        ],
        rows: lines.into_iter().map(row).collect(),
        ..Table::default()
    }
}
