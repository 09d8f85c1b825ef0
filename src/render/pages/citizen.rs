//! `/tra-cuu/{token}`: the page behind the receipt's QR code. No personal data beyond initials.

use askama::Template;

use super::ctx::Ctx;
use super::ledger::PromiseView;
use super::words::EventKind;

/// What the applicant is told, one sentence each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CitizenState {
    InProgress,
    NoPromise,
    WaitingForYou,
    WaitingForPayment,
    Overdue,
    Rescheduled,
    Ready,
    Returned,
    Refused,
    Withdrawn,
    Stopped,
}

impl CitizenState {
    #[must_use]
    pub fn tone(&self) -> &'static str {
        match self {
            Self::InProgress => "calm",
            Self::NoPromise | Self::Withdrawn | Self::Stopped | Self::Refused => "none",
            Self::WaitingForYou | Self::WaitingForPayment => "wait",
            Self::Overdue => "bad",
            Self::Rescheduled => "warn",
            Self::Ready | Self::Returned => "good",
        }
    }

    #[must_use]
    pub fn icon(&self) -> &'static str {
        match self {
            Self::InProgress => "clock",
            Self::NoPromise => "question",
            Self::WaitingForYou => "pause",
            Self::WaitingForPayment => "coin",
            Self::Overdue => "alarm",
            Self::Rescheduled => "again",
            Self::Ready | Self::Returned => "check",
            Self::Refused | Self::Withdrawn | Self::Stopped => "stop",
        }
    }

    #[must_use]
    pub fn word<'a>(&self, c: &'a Ctx) -> &'a str {
        match self {
            Self::InProgress => c.t("Đang giải quyết", "In progress"),
            Self::NoPromise => c.t("Đang giải quyết, chưa có ngày hẹn", "In progress, no day promised yet"),
            Self::WaitingForYou => c.t("Chờ ông/bà bổ sung hồ sơ", "Waiting for your supplement"),
            Self::WaitingForPayment => c.t("Chờ ông/bà nộp nghĩa vụ tài chính", "Waiting for your payment"),
            Self::Overdue => c.t("Đã quá ngày hẹn", "Past the promised day"),
            Self::Rescheduled => c.t("Đã hẹn lại ngày trả", "A new day is promised"),
            Self::Ready => c.t("Đã có kết quả", "The result is ready"),
            Self::Returned => c.t("Đã trả kết quả", "The result was returned"),
            Self::Refused => c.t("Không đủ điều kiện giải quyết", "Refused"),
            Self::Withdrawn => c.t("Đã rút hồ sơ", "Withdrawn"),
            Self::Stopped => c.t("Đã dừng giải quyết", "Stopped"),
        }
    }

    #[must_use]
    pub fn sentence<'a>(&self, c: &'a Ctx) -> &'a str {
        match self {
            Self::InProgress => c.t(
                "Hồ sơ đang được giải quyết. Mời ông/bà đến nhận kết quả theo ngày hẹn dưới đây.",
                "Your dossier is being handled. Please come for the result on the day below.",
            ),
            Self::NoPromise => c.t(
                "Hồ sơ đang được giải quyết. Cơ quan sẽ báo ngày hẹn trả kết quả.",
                "Your dossier is being handled. The office will tell you the day.",
            ),
            Self::WaitingForYou => c.t(
                "Cơ quan đã gửi yêu cầu bổ sung. Thời hạn được tính lại khi hồ sơ đầy đủ.",
                "The office asked for a supplement. Time starts afresh once the dossier is complete.",
            ),
            Self::WaitingForPayment => c.t(
                "Thời gian chờ nộp nghĩa vụ tài chính không tính vào thời hạn giải quyết.",
                "The time until your payment does not count.",
            ),
            Self::Overdue => c.t(
                "Cơ quan xin lỗi vì chưa trả được kết quả đúng hẹn và sẽ báo ngày hẹn mới.",
                "We apologise: the result is not ready as promised. You will be told a new day.",
            ),
            Self::Rescheduled => c.t(
                "Cơ quan xin lỗi vì chưa trả được kết quả đúng hẹn. Mời ông/bà đến nhận theo ngày hẹn mới.",
                "We apologise: the result is not ready as promised. Please come on the new day.",
            ),
            Self::Ready => c.t(
                "Mời ông/bà đến nhận kết quả trong giờ làm việc, mang theo giấy tiếp nhận.",
                "Please collect it during office hours and bring the receipt.",
            ),
            Self::Returned => c.t("Kết quả đã được giao cho người nộp.", "The result has been handed over."),
            Self::Refused => {
                c.t("Văn bản nêu rõ lý do đã được gửi cho ông/bà.", "A letter with the reasons has been sent to you.")
            }
            Self::Withdrawn => c.t("Hồ sơ kết thúc theo đề nghị của người nộp.", "Ended at the applicant's request."),
            Self::Stopped => c.t("Cơ quan đã thông báo lý do dừng giải quyết.", "The office has told you why."),
        }
    }
}

#[derive(Debug, Clone, Template)]
#[template(config = "src/render/pages/askama.toml", path = "citizen.html")]
pub struct CitizenPage {
    pub c: Ctx,
    pub initials: String,
    pub code: String,
    pub procedure: String,
    pub state: CitizenState,
    pub received: String,
    pub due: Option<String>,
    pub new_due: Option<String>,
    /// By when a supplement has to come, while it is awaited.
    pub supplement_by: Option<String>,
    /// The date in force rests on days that nobody published or confirmed yet.
    pub provisional: bool,
    /// Reason of the delay as written in the letter.
    pub reason: Option<String>,
    /// Moment and kind of each event the applicant may know of, oldest first.
    pub history: Vec<(String, EventKind)>,
    pub letter_href: Option<String>,
    /// Why the judged promise is that day.
    pub ledger: Option<PromiseView>,
    pub centre_phone: String,
    pub centre_address: String,
    pub office_hours: String,
}
