//! The forms that are tables: the control slip (06) and the register (07).

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::facts::{Form, Frame};
use crate::render::dates::{official_moment, short_date, short_time};
use crate::render::letter::registry::FormKind;

/// 06: Phiếu kiểm soát quá trình giải quyết hồ sơ. It follows its dossier to the end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SlipFacts {
    pub frame: Frame,
    pub applicant_name: String,
    pub procedure_name: String,
    pub lead_body: String,
    /// Bodies that were asked, each once.
    pub other_bodies: Vec<String>,
    pub received_at: NaiveDateTime,
    pub due_at: Option<NaiveDateTime>,
    pub new_due_at: Option<NaiveDateTime>,
    pub rows: Vec<SlipRow>,
}

/// One hand-over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SlipRow {
    pub giver: String,
    pub receiver: String,
    pub at: NaiveDateTime,
    /// `Trước hạn`, `Đúng hạn`, `Quá hạn`; empty where nothing was due.
    pub result: String,
    pub note: String,
}

/// 07: Sổ theo dõi hồ sơ of a period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegisterFacts {
    pub frame: Frame,
    pub from: NaiveDate,
    pub to: NaiveDate,
    pub rows: Vec<RegisterRow>,
}

/// One dossier in the register; dates as they are printed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct RegisterRow {
    pub number: u64,
    pub code: String,
    pub procedure: String,
    pub applicant: String,
    pub address: String,
    pub phone: String,
    pub body: String,
    pub received: String,
    pub due: String,
    pub handed_over: String,
    pub resolved: String,
    pub returned: String,
    pub channel: String,
    pub note: String,
}

impl RegisterRow {
    /// The head of the register, in the order of [`RegisterRow::cells`].
    pub const HEAD: [&'static str; 14] = [
        "Số TT",
        "Mã hồ sơ",
        "Tên thủ tục hành chính",
        "Tên cá nhân, tổ chức",
        "Địa chỉ",
        "Số điện thoại",
        "Cơ quan chủ trì giải quyết",
        "Ngày nhận hồ sơ",
        "Ngày hẹn trả kết quả",
        "Ngày chuyển đến cơ quan giải quyết",
        "Ngày nhận kết quả từ cơ quan giải quyết",
        "Ngày trả kết quả",
        "Phương thức nhận hồ sơ",
        "Ghi chú",
    ];

    /// How wide the columns are in a spreadsheet, in characters.
    pub const WIDTHS: [usize; 14] = [6, 24, 60, 30, 40, 13, 36, 17, 17, 17, 17, 17, 16, 40];

    /// The row by its columns.
    #[must_use]
    pub fn cells(&self) -> [String; 14] {
        let text = String::clone;
        [
            self.number.to_string(),
            text(&self.code),
            text(&self.procedure),
            text(&self.applicant),
            text(&self.address),
            text(&self.phone),
            text(&self.body),
            text(&self.received),
            text(&self.due),
            text(&self.handed_over),
            text(&self.resolved),
            text(&self.returned),
            text(&self.channel),
            text(&self.note),
        ]
    }

    /// How a moment stands in a narrow column.
    #[must_use]
    pub fn moment(at: NaiveDateTime) -> String {
        format!("{} {}", short_time(at), short_date(at.date()))
    }
}

impl Form for SlipFacts {
    const KIND: FormKind = FormKind::ControlSlip;

    fn frame(&self) -> &Frame {
        &self.frame
    }

    fn words(&self) -> Value {
        let moment = |at: Option<NaiveDateTime>| at.map(official_moment).unwrap_or_default();
        let rows: Vec<String> = self.rows.iter().map(|row| RegisterRow::moment(row.at)).collect();
        json!({
            "received": official_moment(self.received_at),
            "due": moment(self.due_at),
            "new_due": moment(self.new_due_at),
            "rows": rows,
        })
    }

    fn sample() -> Self {
        super::samples::slip()
    }

    fn hostile(text: &str) -> Self {
        super::samples::hostile_slip(text)
    }
}

impl Form for RegisterFacts {
    const KIND: FormKind = FormKind::Register;

    fn frame(&self) -> &Frame {
        &self.frame
    }

    fn words(&self) -> Value {
        json!({
            "from": short_date(self.from),
            "to": short_date(self.to),
            "head": RegisterRow::HEAD,
        })
    }

    fn sample() -> Self {
        super::samples::register()
    }

    fn hostile(text: &str) -> Self {
        super::samples::hostile_register(text)
    }
}
