//! What a letter says, without its wording.

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

/// Title still used by civil-status procedures (Mẫu số 04, Thông tư 01/2018/TT-VPCP); the default.
pub const TITLE_APOLOGY_AND_NEW_DATE: &str = "Phiếu xin lỗi và hẹn lại ngày trả kết quả";

/// Title of Mẫu số 04, Thông tư 03/2025/TT-VPCP.
pub const TITLE_APOLOGY_AND_EXTENSION: &str = "Văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết";

/// Which letter it is: each has its own sentences.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LetterForm {
    /// The result will be late, or is: why, and the one new date.
    #[default]
    Apology,
    /// The result is there, later than promised.
    LateResult,
    /// The office lost or damaged the dossier, or made an error.
    Loss,
    /// The new date was missed too: no further date, but who answers for it.
    SecondMiss,
}

impl LetterForm {
    pub const ALL: [Self; 4] = [Self::Apology, Self::LateResult, Self::Loss, Self::SecondMiss];

    /// The title of the paper; only the apology has two in use, and a setting that chooses.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Apology => TITLE_APOLOGY_AND_NEW_DATE,
            Self::LateResult => "Phiếu xin lỗi về việc trả kết quả quá hạn",
            Self::Loss => "Phiếu xin lỗi về việc thất lạc, sai sót hồ sơ",
            Self::SecondMiss => "Phiếu xin lỗi về việc không giữ được ngày đã hẹn lại",
        }
    }
}

/// What a paper wears: the version of its template, and images of the signature and the seal.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Dressing {
    /// Version of the template; empty in facts kept before there were several: the one in force on
    /// the day of issue.
    pub template: String,
    /// SHA-256 of the image of the signature, kept among the documents.
    pub signature: Option<String>,
    /// Of the seal.
    pub seal: Option<String>,
}

/// All facts of one letter of apology, frozen as JSON in the transaction that decides the letter.
///
/// Dates and times are civil values in Vietnam. An empty string means "not known" and its words
/// are left out. Every text is set as plain text on one line, whatever it contains; the title,
/// the bodies' names and the signer's titles are set in capitals.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LetterFacts {
    /// Which letter it is; the apology in facts kept before there were others.
    #[serde(default)]
    pub kind: LetterForm,
    /// When the result was ready ([`LetterForm::LateResult`]).
    #[serde(default)]
    pub result_at: Option<NaiveDateTime>,
    /// Who answers for the dossier ([`LetterForm::SecondMiss`]): `Bà Trần Thị Ví Dụ, Trưởng phòng`.
    #[serde(default)]
    pub person_in_charge: String,
    /// How to reach that person: telephone, e-mail, room.
    #[serde(default)]
    pub person_contact: String,
    /// What the office lost or did wrong ([`LetterForm::Loss`]), as a sentence.
    #[serde(default)]
    pub what_happened: String,
    /// Which template sets it, and the images in its signature block.
    #[serde(default)]
    pub dressing: Dressing,
    /// Title of the paper; empty means [`TITLE_APOLOGY_AND_NEW_DATE`].
    pub title: String,
    /// Line above the issuing body: `Ủy ban nhân dân xã Mường Khương`.
    pub superior_body: String,
    /// The issuing body, one entry a printed line: `Trung tâm Phục vụ`, `hành chính công`.
    pub issuing_body: Vec<String>,
    /// The body that apologises, as it stands in a sentence.
    pub issuer_name: String,
    /// Number and symbol: `05/PXL-TTPVHCC`.
    pub number: String,
    /// Place before the date: `Mường Khương`.
    pub place: String,
    /// Day of issue; also the PDF's date.
    pub issued_on: NaiveDate,
    /// How the applicant is addressed: `Ông/Bà`, `Quý cơ quan`.
    pub salutation: String,
    pub applicant_name: String,
    pub applicant_address: String,
    pub applicant_phone: String,
    pub applicant_email: String,
    pub dossier_code: String,
    pub procedure_name: String,
    pub sector: String,
    /// When the complete dossier was received.
    pub received_at: NaiveDateTime,
    /// The body whose desk received the dossier.
    pub receiving_body: String,
    /// The unit the dossier was passed to.
    pub handling_unit: String,
    /// The moment promised on the receipt, never a later promise.
    pub due_at: NaiveDateTime,
    /// The one new promise; in a [`LetterForm::SecondMiss`] the one that was missed, since such a
    /// letter gives no further date.
    pub new_due_at: Option<NaiveDateTime>,
    /// Why the result is late, as a sentence.
    pub reason: String,
    /// Follows "Căn cứ" before the new date: `khoản 6 Điều 19 Nghị định số 118/2025/NĐ-CP`.
    pub legal_basis: String,
    pub signer: Signer,
    /// The list "Nơi nhận", without final punctuation: `Như trên`, `Lưu: VT, HS`.
    pub recipients: Vec<String>,
    /// Follows "vui lòng liên hệ": name, telephone and address of the centre.
    pub contact: String,
    /// The citizen's own page about the dossier.
    pub status_url: Option<String>,
    /// Whether the new date rests on a year whose calendar is not yet published.
    pub provisional: bool,
}

/// Who signs, and by which authority (Nghị định 30/2020/NĐ-CP, Điều 13).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signer {
    /// `TUQ. Chủ tịch`, `KT. Giám đốc`; empty when the head signs.
    pub authority: String,
    /// `Giám đốc Trung tâm Phục vụ hành chính công`.
    pub title: String,
    /// Name as signed.
    pub name: String,
}

impl LetterFacts {
    /// The letter of each kind, complete, for tests and previews. Nobody real.
    #[must_use]
    pub fn sample_of(kind: LetterForm) -> Self {
        let text = str::to_owned;
        let sample = Self { kind, ..Self::sample() };
        match kind {
            LetterForm::Apology => sample,
            LetterForm::LateResult => Self { result_at: sample.new_due_at, new_due_at: None, ..sample },
            LetterForm::Loss => Self {
                what_happened: text("bản chính Giấy khai sinh nộp kèm hồ sơ bị thất lạc khi chuyển giữa hai bộ phận."),
                reason: text("Giấy tờ được chuyển đi mà không lập phiếu giao nhận."),
                person_in_charge: text("Bà Lê Thị Minh Họa, Phó Giám đốc"),
                person_contact: text("điện thoại 0214 000 0001, phòng 102"),
                ..sample
            },
            LetterForm::SecondMiss => Self {
                person_in_charge: text("Bà Lê Thị Minh Họa, Phó Giám đốc"),
                person_contact: text("điện thoại 0214 000 0001, phòng 102"),
                ..sample
            },
        }
    }

    /// A complete letter for tests, previews and checks of an edited template. Nobody real.
    #[must_use]
    pub fn sample() -> Self {
        let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default();
        let moment = |date: NaiveDate, hour, minute| date.and_hms_opt(hour, minute, 0).unwrap_or_default();
        let text = str::to_owned;
        Self {
            kind: LetterForm::Apology,
            result_at: None,
            person_in_charge: String::new(),
            person_contact: String::new(),
            what_happened: String::new(),
            dressing: Dressing::default(),
            title: text(TITLE_APOLOGY_AND_NEW_DATE),
            superior_body: text("Ủy ban nhân dân xã Mẫu"),
            issuing_body: vec![text("Trung tâm Phục vụ"), text("hành chính công")],
            issuer_name: text("Trung tâm Phục vụ hành chính công xã Mẫu"),
            number: text("05/PXL-TTPVHCC"),
            place: text("Xã Mẫu"),
            issued_on: day(2026, 12, 4),
            salutation: text("Ông/Bà"),
            applicant_name: text("Nguyễn Thị Ví Dụ"),
            applicant_address: text("Thôn Thử Nghiệm, xã Mẫu, tỉnh Minh Họa"),
            applicant_phone: text("0900 000 000"),
            applicant_email: text("vidu@example.vn"),
            dossier_code: text("000.00.15.H00-261127-0012"),
            procedure_name: text("Cấp Giấy xác nhận tình trạng hôn nhân"),
            sector: text("Hộ tịch"),
            received_at: moment(day(2026, 11, 27), 8, 15),
            receiving_body: text("Trung tâm Phục vụ hành chính công xã Mẫu"),
            handling_unit: text("Phòng Văn hóa - Xã hội"),
            due_at: moment(day(2026, 12, 2), 17, 0),
            new_due_at: Some(moment(day(2026, 12, 9), 17, 0)),
            reason: text(
                "Cần xác minh tình trạng hôn nhân tại nơi cư trú trước đây; cơ quan được hỏi \
                 chưa trả lời trong thời hạn đề nghị.",
            ),
            legal_basis: text(
                "khoản 6 Điều 19 Nghị định số 118/2025/NĐ-CP ngày 09 tháng 6 năm 2025 của \
                 Chính phủ",
            ),
            signer: Signer {
                authority: text("TUQ. Chủ tịch"),
                title: text("Giám đốc Trung tâm Phục vụ hành chính công"),
                name: text("Trần Văn Minh Họa"),
            },
            recipients: vec![text("Như trên"), text("Phòng Văn hóa - Xã hội"), text("Lưu: VT, HS")],
            contact: text("Trung tâm Phục vụ hành chính công xã Mẫu, điện thoại 0214 000 0000"),
            status_url: Some(text("https://dichvucong.example.vn/tra-cuu/k7Qm2Xw9")),
            provisional: false,
        }
    }
}
