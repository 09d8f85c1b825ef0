//! What the forms say, without their wording.

use chrono::{NaiveDate, NaiveDateTime};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::render::dates::{official_date, official_moment};
use crate::render::letter::registry::FormKind;
use crate::render::letter::{Dressing, Signer};

/// A kind of form: its facts are frozen as JSON when it is first made, and read again for each print.
///
/// Dates and times are civil values in Vietnam. An empty string means "not known"; every text is set
/// as plain text on one line, whatever it contains.
pub trait Form: Serialize + DeserializeOwned {
    const KIND: FormKind;

    fn frame(&self) -> &Frame;

    /// The dates of the form in words, by the names its template reads.
    fn words(&self) -> Value;

    /// Complete and likely. Nobody real.
    fn sample() -> Self;

    /// As bad as facts can be, by what stands in every text.
    fn hostile(text: &str) -> Self;
}

/// What stands above and below every form.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Frame {
    pub dressing: Dressing,
    pub superior_body: String,
    /// One entry a printed line.
    pub issuing_body: Vec<String>,
    /// The body as it stands in a sentence.
    pub issuer_name: String,
    /// Number and symbol: `12/TNHS`; empty where the form has none.
    pub number: String,
    pub place: String,
    /// Day of issue; also the PDF's date.
    pub issued_on: NaiveDate,
    /// Empty in the register.
    pub dossier_code: String,
    /// Name, telephone and address of the centre.
    pub contact: String,
    /// The citizen's own page about the dossier; drawn as a QR code too.
    pub status_url: Option<String>,
}

/// The applicant.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Party {
    /// `Ông/Bà`
    pub salutation: String,
    pub name: String,
    pub address: String,
    pub phone: String,
    pub email: String,
}

/// 01: Giấy tiếp nhận hồ sơ và hẹn trả kết quả.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiptFacts {
    pub frame: Frame,
    pub applicant: Party,
    pub procedure_name: String,
    pub procedure_code: String,
    /// The papers handed in; empty: listed by hand.
    pub documents: Vec<String>,
    /// How the file was received: `Trực tiếp`.
    pub channel: String,
    /// The limit in words: `3 ngày làm việc`.
    pub limit: String,
    pub received_at: NaiveDateTime,
    /// The first promise; `None` when none was made.
    pub due_at: Option<NaiveDateTime>,
    /// Whether it rests on a year whose calendar is not yet published.
    pub provisional: bool,
    /// Where the result is given.
    pub return_place: String,
    /// Book and line of the register: the year and the number of this receipt.
    pub book: String,
    pub line: String,
    pub received_by: String,
}

/// 02: Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SupplementFacts {
    pub frame: Frame,
    pub applicant: Party,
    pub procedure_name: String,
    /// What to add, as asked.
    pub items: Vec<String>,
    /// The n-th request in this dossier.
    pub request: i32,
    pub asked_at: NaiveDateTime,
    /// When the file is closed if nothing came; `None`: by no rule.
    pub answer_by: Option<NaiveDateTime>,
    pub officer: String,
    pub legal_basis: String,
}

/// 03: Phiếu từ chối tiếp nhận, giải quyết hồ sơ.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefusalFacts {
    pub frame: Frame,
    pub applicant: Party,
    pub procedure_name: String,
    pub received_at: NaiveDateTime,
    pub refused_at: NaiveDateTime,
    pub reason: String,
    pub officer: String,
}

/// 05: Thông báo dừng giải quyết hồ sơ.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StopFacts {
    pub frame: Frame,
    pub applicant: Party,
    pub procedure_name: String,
    pub received_at: NaiveDateTime,
    pub stopped_at: NaiveDateTime,
    pub reason: String,
    pub legal_basis: String,
    pub signature: Signature,
}

/// Who signs in the name of the agency, and who gets a copy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    pub signer: Signer,
    /// The list "Nơi nhận", without final punctuation.
    pub recipients: Vec<String>,
}

fn in_words(at: Option<NaiveDateTime>) -> String {
    at.map(official_moment).unwrap_or_default()
}

impl Form for ReceiptFacts {
    const KIND: FormKind = FormKind::Receipt;

    fn frame(&self) -> &Frame {
        &self.frame
    }

    fn words(&self) -> Value {
        json!({ "received": official_moment(self.received_at), "due": in_words(self.due_at) })
    }

    fn sample() -> Self {
        super::samples::receipt()
    }

    fn hostile(text: &str) -> Self {
        super::samples::hostile_receipt(text)
    }
}

impl Form for SupplementFacts {
    const KIND: FormKind = FormKind::SupplementRequest;

    fn frame(&self) -> &Frame {
        &self.frame
    }

    fn words(&self) -> Value {
        json!({ "asked": official_moment(self.asked_at), "answer_by": in_words(self.answer_by) })
    }

    fn sample() -> Self {
        super::samples::supplement()
    }

    fn hostile(text: &str) -> Self {
        super::samples::hostile_supplement(text)
    }
}

impl Form for RefusalFacts {
    const KIND: FormKind = FormKind::Refusal;

    fn frame(&self) -> &Frame {
        &self.frame
    }

    fn words(&self) -> Value {
        json!({ "received": official_moment(self.received_at), "refused": official_date(self.refused_at.date()) })
    }

    fn sample() -> Self {
        super::samples::refusal()
    }

    fn hostile(text: &str) -> Self {
        super::samples::hostile_refusal(text)
    }
}

impl Form for StopFacts {
    const KIND: FormKind = FormKind::Stop;

    fn frame(&self) -> &Frame {
        &self.frame
    }

    fn words(&self) -> Value {
        json!({ "received": official_moment(self.received_at), "stopped": official_date(self.stopped_at.date()) })
    }

    fn sample() -> Self {
        super::samples::stop()
    }

    fn hostile(text: &str) -> Self {
        super::samples::hostile_stop(text)
    }
}
