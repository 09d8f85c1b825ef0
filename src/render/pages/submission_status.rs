//! `/tra-cuu/{token}` while an online file is no dossier yet. No personal data beyond initials.

use askama::Template;

use super::ctx::Ctx;
use super::words::EventKind;

/// What the applicant is told, one sentence each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SubmissionStatus {
    Waiting,
    Late,
    SentBack,
    NotAccepted,
}

impl SubmissionStatus {
    pub const ALL: [Self; 4] = [Self::Waiting, Self::Late, Self::SentBack, Self::NotAccepted];

    #[must_use]
    pub fn tone(&self) -> &'static str {
        match self {
            Self::Waiting => "calm",
            Self::Late => "bad",
            Self::SentBack => "wait",
            Self::NotAccepted => "none",
        }
    }

    #[must_use]
    pub fn icon(&self) -> &'static str {
        match self {
            Self::Waiting => "clock",
            Self::Late => "alarm",
            Self::SentBack => "pause",
            Self::NotAccepted => "stop",
        }
    }

    #[must_use]
    pub fn word<'a>(&self, c: &'a Ctx) -> &'a str {
        match self {
            Self::Waiting => c.t("Chờ tiếp nhận", "Waiting for acceptance"),
            Self::Late => c.t("Chậm tiếp nhận", "Acceptance is late"),
            Self::SentBack => c.t("Chờ ông/bà bổ sung hồ sơ", "Waiting for you to complete it"),
            Self::NotAccepted => c.t("Không được tiếp nhận", "Not accepted"),
        }
    }

    #[must_use]
    pub fn sentence<'a>(&self, c: &'a Ctx) -> &'a str {
        match self {
            Self::Waiting => c.t(
                "Hệ thống đã nhận hồ sơ. Cơ quan sẽ tiếp nhận hoặc báo nội dung cần bổ sung chậm nhất vào thời điểm dưới đây; thời hạn giải quyết tính từ khi tiếp nhận.",
                "Your file is here. It will be accepted, or you will be told what to complete, by the moment below; the limit begins with acceptance.",
            ),
            Self::Late => c.t(
                "Cơ quan xin lỗi vì chưa trả lời việc tiếp nhận hồ sơ đúng thời gian và sẽ trả lời ngay.",
                "We apologise: your file should have been answered by now. You will hear from us at once.",
            ),
            Self::SentBack => c.t(
                "Mời ông/bà bổ sung đầy đủ các nội dung dưới đây; sau đó hồ sơ trở lại chờ tiếp nhận.",
                "Please complete what is named below; the file then waits for acceptance again.",
            ),
            Self::NotAccepted => c.t(
                "Hồ sơ không được tiếp nhận vì lý do dưới đây. Ông/bà có thể nộp lại khi đủ điều kiện.",
                "The file was not accepted, for the reason below. You may hand it in again.",
            ),
        }
    }
}

#[derive(Debug, Clone, Template)]
#[template(config = "src/render/pages/askama.toml", path = "submission_status.html")]
pub struct SubmissionStatusPage {
    pub c: Ctx,
    pub initials: String,
    pub code: String,
    pub procedure: String,
    pub state: SubmissionStatus,
    pub submitted: String,
    /// By when the office answers, while it owes an answer.
    pub due: Option<String>,
    /// What has to be completed, or why it was declined.
    pub note: Option<String>,
    pub history: Vec<(String, EventKind)>,
    pub centre_phone: String,
    pub centre_address: String,
    pub office_hours: String,
}
