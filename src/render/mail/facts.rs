//! What a mail says, without its wording.

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

use crate::domain::notice::Audience;
use crate::render::plain::one_line;

/// One line of a dossier's history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HistoryLine {
    /// Civil time in Vietnam.
    pub at: NaiveDateTime,
    /// What happened: `Tiếp nhận hồ sơ`, `Gửi phiếu xin lỗi, hẹn lại 17:00 ngày 09/12/2026`.
    pub what: String,
}

/// What a message about a date inside the limit says besides. Times are civil values in Vietnam.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubDeadlineFacts {
    /// The n-th of its kind, from 1.
    pub number: i32,
    /// What is missing, or what a body was asked.
    pub asked: String,
    /// The consulted body.
    pub body: String,
    pub started_at: NaiveDateTime,
    /// `None`: no rule sets a date.
    pub due_at: Option<NaiveDateTime>,
    /// When it was done, if it was.
    pub ended_at: Option<NaiveDateTime>,
    /// The rule as it is cited.
    pub basis: String,
    /// Whether the file is closed when `due_at` passes.
    pub closes: bool,
}

impl SubDeadlineFacts {
    /// Facts for the kinds that speak of one.
    fn sample(kind: &str) -> Option<Self> {
        let moment = |day, hour| {
            NaiveDate::from_ymd_opt(2026, 12, day).unwrap_or_default().and_hms_opt(hour, 0, 0).unwrap_or_default()
        };
        let (asked, body, rule) = match kind {
            "supplement-request" | "supplement-reminder" | "closed-unanswered" => {
                ("Bản sao giấy chứng tử của vợ hoặc chồng đã mất", "", "khoản 5 Điều 19")
            }
            "completion-late" => ("", "", "khoản 5 Điều 19"),
            "consultation-due" | "consultation-late" => {
                ("Xác minh nơi thường trú trước đây", "Công an xã Mẫu", "khoản 4 Điều 19")
            }
            "hand-over-late" => ("", "", "Điều 18"),
            _ => return None,
        };
        Some(Self {
            number: 1,
            asked: asked.to_owned(),
            body: body.to_owned(),
            started_at: moment(1, 9),
            due_at: Some(moment(16, 17)),
            ended_at: (kind == "completion-late").then(|| moment(17, 9)),
            basis: format!("{rule} Nghị định số 118/2025/NĐ-CP"),
            closes: kind.starts_with("supplement"),
        })
    }

    fn clean(&self) -> Self {
        Self { asked: one_line(&self.asked), body: one_line(&self.body), basis: one_line(&self.basis), ..self.clone() }
    }
}

/// What a message that carries a letter says besides. Times are civil values in Vietnam.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LetterNews {
    /// When a late result was ready.
    pub result_at: Option<NaiveDateTime>,
    /// Of a loss: what happened, and what is done about it.
    pub what_happened: String,
    pub person_in_charge: String,
    pub person_contact: String,
}

impl LetterNews {
    fn sample(kind: &str) -> Option<Self> {
        let news = Self::default();
        let at = NaiveDate::from_ymd_opt(2026, 12, 4).unwrap_or_default().and_hms_opt(9, 30, 0);
        match kind {
            "late-result" => Some(Self { result_at: at, ..news }),
            "loss" => Some(Self {
                what_happened:
                    "Bản gốc giấy khai sinh bị ướt khi lưu kho. Cơ quan khắc phục: Xin trích lục mới và trả \
                                tận nhà, không thu phí."
                        .to_owned(),
                ..news
            }),
            "second-miss" => Some(Self {
                person_in_charge: "Phạm Thị Mẫu, Phòng Văn hóa - Xã hội".to_owned(),
                person_contact: "điện thoại 0900 000 002, thư điện tử mau@example.vn".to_owned(),
                ..news
            }),
            _ => None,
        }
    }

    fn clean(&self) -> Self {
        Self {
            result_at: self.result_at,
            what_happened: one_line(&self.what_happened),
            person_in_charge: one_line(&self.person_in_charge),
            person_contact: one_line(&self.person_contact),
        }
    }
}

/// All facts of one mail, frozen as JSON. Times are civil values in Vietnam; an empty string means
/// "not known" and its line is left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailFacts {
    /// A `NoticeKind` by its key.
    pub kind: String,
    /// The same event is told differently to each.
    pub audience: Audience,
    pub recipient_name: String,
    /// How an applicant is addressed: `Ông/Bà`. Officials are always `đồng chí`.
    pub salutation: String,
    pub dossier_code: String,
    pub procedure_name: String,
    pub applicant_name: String,
    /// The handling unit.
    pub unit: String,
    /// The handling officer.
    pub officer_name: String,
    pub received_at: NaiveDateTime,
    /// The original promise; `None` for a dossier without a limit.
    pub due_at: Option<NaiveDateTime>,
    /// The new promise, once rescheduled.
    pub new_due_at: Option<NaiveDateTime>,
    /// Office time left, in words: [`working_span`](crate::render::dates::working_span).
    pub time_left: String,
    /// Time late, in words.
    pub time_late: String,
    /// Why it is late.
    pub reason: String,
    /// The rule that allows one new date only, as it is cited: `khoản 6 Điều 19 Nghị định số
    /// 118/2025/NĐ-CP`.
    pub legal_basis: String,
    /// What happened so far, oldest first.
    pub history: Vec<HistoryLine>,
    /// File name of the attached letter, when one is attached.
    pub attachment: Option<String>,
    /// Whether the promise in force rests on a year whose calendar is not yet published.
    pub provisional: bool,
    pub agency_name: String,
    pub agency_phone: String,
    /// Absolute address of the dossier: its page for officials, the public one for applicants.
    pub link: Option<String>,
    /// The one person who answers for it; empty: nobody is named.
    #[serde(default)]
    pub accountable: String,
    /// The date inside the limit that it is about.
    #[serde(default)]
    pub sub_deadline: Option<SubDeadlineFacts>,
    /// The letter that goes with it, where its message says more than an apology.
    #[serde(default)]
    pub letter: Option<LetterNews>,
}

impl MailFacts {
    /// Complete facts of the given kind for tests and previews. Nobody real.
    #[must_use]
    pub fn sample(kind: &str, audience: Audience) -> Self {
        let moment = |month, day, hour| {
            NaiveDate::from_ymd_opt(2026, month, day).unwrap_or_default().and_hms_opt(hour, 0, 0).unwrap_or_default()
        };
        let text = str::to_owned;
        let inside = "https://hoso.example.vn/ho-so/000.00.15.H00-261127-0012";
        let (recipient_name, link) = match audience {
            Audience::Officer => ("Lê Văn Thử", inside),
            Audience::Supervisor => ("Phạm Thị Mẫu", inside),
            Audience::Manager | Audience::Desk | Audience::Admin => ("Trần Văn Minh Họa", inside),
            Audience::Applicant => ("Nguyễn Thị Ví Dụ", "https://hoso.example.vn/tra-cuu/k7Qm2Xw9"),
        };
        Self {
            kind: text(kind),
            audience,
            recipient_name: text(recipient_name),
            salutation: text("Ông/Bà"),
            dossier_code: text("000.00.15.H00-261127-0012"),
            procedure_name: text("Cấp Giấy xác nhận tình trạng hôn nhân"),
            applicant_name: text("Nguyễn Thị Ví Dụ"),
            unit: text("Phòng Văn hóa - Xã hội"),
            officer_name: text("Lê Văn Thử"),
            received_at: moment(11, 27, 8),
            due_at: Some(moment(12, 2, 17)),
            new_due_at: Some(moment(12, 9, 17)),
            time_left: text("6 giờ 30 phút làm việc"),
            time_late: text("2 ngày làm việc"),
            reason: text("Cơ quan được hỏi chưa trả lời trong thời hạn đề nghị."),
            legal_basis: text("khoản 6 Điều 19 Nghị định số 118/2025/NĐ-CP"),
            history: vec![
                HistoryLine { at: moment(11, 27, 8), what: text("Tiếp nhận hồ sơ") },
                HistoryLine {
                    at: moment(12, 2, 17), what: text("Gửi phiếu xin lỗi, hẹn lại 17:00 ngày 09/12/2026")
                },
            ],
            attachment: Some(text("phieu-xin-loi.pdf")),
            provisional: false,
            agency_name: text("Trung tâm Phục vụ hành chính công xã Mẫu"),
            agency_phone: text("0214 000 0000"),
            link: Some(text(link)),
            accountable: String::new(),
            sub_deadline: SubDeadlineFacts::sample(kind),
            letter: LetterNews::sample(kind),
        }
    }

    /// The same facts with every text on one line and free of control characters.
    pub(in crate::render) fn clean(&self) -> Self {
        Self {
            kind: one_line(&self.kind),
            audience: self.audience,
            recipient_name: one_line(&self.recipient_name),
            salutation: one_line(&self.salutation),
            dossier_code: one_line(&self.dossier_code),
            procedure_name: one_line(&self.procedure_name),
            applicant_name: one_line(&self.applicant_name),
            unit: one_line(&self.unit),
            officer_name: one_line(&self.officer_name),
            received_at: self.received_at,
            due_at: self.due_at,
            new_due_at: self.new_due_at,
            time_left: one_line(&self.time_left),
            time_late: one_line(&self.time_late),
            reason: one_line(&self.reason),
            legal_basis: one_line(&self.legal_basis),
            history: self.history.iter().map(|line| HistoryLine { at: line.at, what: one_line(&line.what) }).collect(),
            attachment: self.attachment.as_deref().map(one_line),
            provisional: self.provisional,
            agency_name: one_line(&self.agency_name),
            agency_phone: one_line(&self.agency_phone),
            link: self.link.as_deref().map(one_line).filter(|link| is_web_address(link)),
            accountable: one_line(&self.accountable),
            sub_deadline: self.sub_deadline.as_ref().map(SubDeadlineFacts::clean),
            letter: self.letter.as_ref().map(LetterNews::clean),
        }
    }
}

/// Only these become links: a mail must never carry a `javascript:` address.
fn is_web_address(link: &str) -> bool {
    (link.starts_with("https://") || link.starts_with("http://")) && !link.contains(' ')
}
