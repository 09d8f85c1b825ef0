//! The register of outgoing letters as a table.

use super::{Cell, Table};

/// A letter of the register, in words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OutgoingLine {
    pub number: String,
    pub issued: String,
    pub kind: &'static str,
    pub recipient: String,
    pub code: String,
    pub signer: String,
    pub signed_by: String,
    pub sent: String,
}

/// A line for each letter, in the order of the numbers.
#[must_use]
pub fn outgoing(year: i32, lines: Vec<OutgoingLine>) -> Table {
    let row = |line: OutgoingLine| {
        let texts = [
            line.number,
            line.issued,
            line.kind.to_owned(),
            line.recipient,
            line.code,
            line.signer,
            line.signed_by,
            line.sent,
        ];
        texts.into_iter().map(Cell::Text).collect()
    };
    Table {
        title: format!("Sổ đăng ký phiếu đi năm {year}"),
        head: vec!["Số", "Ngày", "Loại", "Nơi nhận", "Mã hồ sơ", "Người ký", "Tài khoản ký", "Cách gửi"],
        rows: lines.into_iter().map(row).collect(),
        ..Table::default()
    }
}
