//! What may be done with a dossier, in words, and what its forms hold.

use crate::render::pages::ctx::Ctx;
use crate::render::pages::form::Choice;

/// An action on a dossier; `web` lists those that stage and role allow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verb {
    SupplementRequest,
    Supplement,
    ObligationRequest,
    Obligation,
    Delay,
    Result,
    Return,
    Withdrawal,
    Stop,
    HandOver,
    Consultation,
    ConsultationAnswer,
    /// "Will it be ready?" "Yes."
    Ready,
    Loss,
    /// Another unit or officer goes on with it.
    Reassign,
}

impl Verb {
    pub const ALL: [Self; 15] = [
        Self::Ready,
        Self::Result,
        Self::Return,
        Self::Supplement,
        Self::Obligation,
        Self::HandOver,
        Self::ConsultationAnswer,
        Self::SupplementRequest,
        Self::ObligationRequest,
        Self::Consultation,
        Self::Reassign,
        Self::Delay,
        Self::Loss,
        Self::Withdrawal,
        Self::Stop,
    ];

    /// Last part of the address posted to: `/ho-so/{code}/{slug}`.
    #[must_use]
    pub fn slug(&self) -> &'static str {
        match self {
            Self::SupplementRequest => "bo-sung-yeu-cau",
            Self::Supplement => "bo-sung",
            Self::ObligationRequest => "nghia-vu-yeu-cau",
            Self::Obligation => "nghia-vu",
            Self::Delay => "tre-hen",
            Self::Result => "ket-qua",
            Self::Return => "tra",
            Self::Withdrawal => "rut",
            Self::Stop => "dung",
            Self::HandOver => "ban-giao",
            Self::Consultation => "lay-y-kien",
            Self::ConsultationAnswer => "y-kien-tra-loi",
            Self::Ready => "kip-han",
            Self::Loss => "mat-sai-sot",
            Self::Reassign => "chuyen",
        }
    }

    #[must_use]
    pub fn icon(&self) -> &'static str {
        match self {
            Self::SupplementRequest => "pause",
            Self::Supplement => "again",
            Self::ObligationRequest | Self::Obligation => "coin",
            Self::Delay | Self::Loss => "alarm",
            Self::Result | Self::Return | Self::Ready => "check",
            Self::Withdrawal => "back",
            Self::Stop => "stop",
            Self::HandOver => "file",
            Self::Consultation | Self::ConsultationAnswer => "people",
            Self::Reassign => "forward",
        }
    }

    #[must_use]
    pub fn word<'a>(&self, c: &'a Ctx) -> &'a str {
        match self {
            Self::SupplementRequest => c.t("Yêu cầu bổ sung", "Ask for a supplement"),
            Self::Supplement => c.t("Nhận bổ sung đầy đủ", "Supplement is complete"),
            Self::ObligationRequest => c.t("Yêu cầu nghĩa vụ tài chính", "Ask for a payment"),
            Self::Obligation => c.t("Đã nộp nghĩa vụ tài chính", "Payment is made"),
            Self::Delay => c.t("Báo trễ hẹn", "Declare a delay"),
            Self::Result => c.t("Có kết quả", "Result is ready"),
            Self::Return => c.t("Trả kết quả", "Return the result"),
            Self::Withdrawal => c.t("Người nộp rút hồ sơ", "Applicant withdraws"),
            Self::Stop => c.t("Dừng giải quyết", "Stop handling"),
            Self::HandOver => c.t("Bàn giao hồ sơ giấy", "Hand over the paper"),
            Self::Consultation => c.t("Lấy ý kiến cơ quan khác", "Ask another body"),
            Self::ConsultationAnswer => c.t("Đã nhận ý kiến", "Opinion received"),
            Self::Ready => c.t("Kịp", "Yes, in time"),
            Self::Loss => c.t("Báo mất, hỏng hoặc sai sót", "Declare a loss or an error"),
            Self::Reassign => c.t("Chuyển đơn vị, cán bộ khác", "Pass on to another unit or officer"),
        }
    }

    /// What the action does to the clock, said before it is done.
    #[must_use]
    pub fn effect<'a>(&self, c: &'a Ctx) -> &'a str {
        match self {
            Self::SupplementRequest => c.t(
                "Hồ sơ chuyển sang chờ người nộp. Khi nhận đủ, thời hạn tính lại từ đầu. Chỉ hướng dẫn một lần, đầy đủ.",
                "The dossier waits for the applicant. Once complete, the time starts afresh. Ask once, and for everything.",
            ),
            Self::Supplement => c.t("Thời hạn tính lại từ đầu, có ngày hẹn mới.", "Time starts afresh with a new promise."),
            Self::ObligationRequest => c.t(
                "Thời gian chờ nộp tiền không tính vào thời hạn.",
                "Time spent waiting for the payment is not counted.",
            ),
            Self::Obligation => c.t("Thời hạn chạy tiếp từ hôm nay.", "Time runs on from today."),
            Self::Delay => c.t(
                "Người nộp nhận phiếu xin lỗi với lý do và ngày hẹn mới. Mỗi hồ sơ chỉ được hẹn lại một lần.",
                "The applicant receives a letter of apology with the reason and one new day. A dossier may be rescheduled only once.",
            ),
            Self::Result => c.t("Thời hạn dừng tại thời điểm này.", "The time stops at this moment."),
            Self::Return => c.t("Ghi nhận đã giao kết quả cho người nộp.", "Records that the applicant has the result."),
            Self::Withdrawal => c.t("Kết thúc theo đề nghị của người nộp.", "Ends at the applicant's request."),
            Self::Stop => c.t("Kết thúc hồ sơ; người nộp được biết lý do.", "Ends the dossier; the applicant is told why."),
            Self::HandOver => c.t(
                "Ghi nhận bản giấy đã đến đơn vị xử lý.",
                "Records that the paper has reached the handling unit.",
            ),
            Self::Consultation => c.t(
                "Thời hạn giải quyết vẫn chạy trong khi chờ ý kiến.",
                "The time runs on while the opinion is awaited.",
            ),
            Self::Loss => c.t(
                "Người nộp nhận phiếu xin lỗi nêu sự việc và cách khắc phục. Chỉ hẹn ngày mới nếu hồ sơ chưa từng hẹn lại.",
                "The applicant receives a letter of apology with what happened and what is done about it. A new day only if none was given before.",
            ),
            Self::ConsultationAnswer => c.t(
                "Ghi nhận cơ quan được hỏi đã trả lời.",
                "Records that the body that was asked has answered.",
            ),
            Self::Ready => c.t("Ghi nhận sẽ kịp ngày hẹn.", "Records that the date will be kept."),
            Self::Reassign => c.t(
                "Ngày hẹn và các hạn bên trong không đổi. Cảnh báo và thông báo chưa gửi chuyển sang người nhận; việc chuyển được ghi vào phiếu kiểm soát (mẫu 06).",
                "The promise and the dates inside it stay. Alerts and notices not yet sent follow to who takes over; the control slip (form 06) keeps the hand-over.",
            ),
        }
    }
}

/// What was typed into an action form that was refused.
#[derive(Debug, Clone, Default)]
pub struct ActionDraft {
    pub note: String,
    pub reason: String,
    /// `2026-11-30`.
    pub new_due_on: String,
    pub body: String,
    pub content: String,
    /// `2026-11-30`.
    pub due_on: String,
    pub what_happened: String,
    pub remedy: String,
    /// All that was written by hand, when its form is no longer offered.
    pub typed: Vec<String>,
}

/// Who can go on with the dossier; who has it is chosen.
#[derive(Debug, Clone, Default)]
pub struct Holders {
    pub units: Vec<Choice>,
    pub officers: Vec<Choice>,
}

impl Holders {
    /// What was chosen in a form that was refused.
    pub fn choose(&mut self, unit: &str, officer: &str) {
        for (choices, chosen) in [(&mut self.units, unit), (&mut self.officers, officer)] {
            for choice in choices {
                choice.selected = choice.value == chosen;
            }
        }
    }
}
