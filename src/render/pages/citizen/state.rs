//! How a dossier stands, as its applicant is told.

use crate::render::pages::ctx::Ctx;

/// What the applicant is told, one sentence each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CitizenState {
    InProgress,
    NoPromise,
    WaitingForYou,
    WaitingForPayment,
    Overdue,
    Rescheduled,
    /// the new day passed too
    SecondMiss,
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
            Self::Overdue | Self::SecondMiss => "bad",
            Self::Rescheduled => "warn",
            Self::Ready | Self::Returned => "good",
        }
    }

    /// Whether the day in force lies ahead: only then somebody plans by it.
    #[must_use]
    pub fn awaits_its_day(&self) -> bool {
        match self {
            Self::InProgress | Self::NoPromise | Self::WaitingForYou | Self::WaitingForPayment | Self::Rescheduled => {
                true
            }
            Self::Overdue
            | Self::SecondMiss
            | Self::Ready
            | Self::Returned
            | Self::Refused
            | Self::Withdrawn
            | Self::Stopped => false,
        }
    }

    #[must_use]
    pub fn icon(&self) -> &'static str {
        match self {
            Self::InProgress => "clock",
            Self::NoPromise => "question",
            Self::WaitingForYou => "pause",
            Self::WaitingForPayment => "coin",
            Self::Overdue | Self::SecondMiss => "alarm",
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
            Self::SecondMiss => c.t("Đã quá cả ngày hẹn mới", "Past the new day too"),
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
            Self::SecondMiss => c.t(
                "Cơ quan xin lỗi vì lại chưa trả được kết quả. Ngày hẹn chỉ được hẹn lại một lần nên không có ngày hẹn thứ ba; ông/bà sẽ được báo ngay khi có kết quả.",
                "We apologise: the result is late again. A day may be moved only once, so there is no third one; you will be told as soon as it is ready.",
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
