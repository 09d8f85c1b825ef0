//! `/truc-tuyen/{code}`: one online file before it is a dossier, and the desk's answers.

use askama::Template;

use super::ctx::Ctx;
use super::dossier::{ApplicantView, MessageView};
use super::form::{FieldError, error_at};
use super::intake::Flag;
use super::words::{EventKind, Status};

/// What the desk does with an online file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SubmissionVerb {
    Accept,
    SendBack,
    Complete,
    Decline,
}

impl SubmissionVerb {
    pub const ALL: [Self; 4] = [Self::Accept, Self::SendBack, Self::Complete, Self::Decline];

    /// Last part of the address it is posted to.
    #[must_use]
    pub fn slug(&self) -> &'static str {
        match self {
            Self::Accept => "tiep-nhan",
            Self::SendBack => "yeu-cau-bo-sung",
            Self::Complete => "da-bo-sung",
            Self::Decline => "tu-choi",
        }
    }

    #[must_use]
    pub fn icon(&self) -> &'static str {
        match self {
            Self::Accept => "check",
            Self::SendBack => "pause",
            Self::Complete => "again",
            Self::Decline => "stop",
        }
    }

    #[must_use]
    pub fn word<'a>(&self, c: &'a Ctx) -> &'a str {
        match self {
            Self::Accept => c.t("Tiếp nhận", "Accept"),
            Self::SendBack => c.t("Yêu cầu bổ sung", "Send back"),
            Self::Complete => c.t("Đã bổ sung", "Completed"),
            Self::Decline => c.t("Không tiếp nhận", "Decline"),
        }
    }

    /// The same where three of them stand in a row of a list.
    #[must_use]
    pub fn short<'a>(&self, c: &'a Ctx) -> &'a str {
        match self {
            Self::SendBack => c.t("Bổ sung", "Send back"),
            Self::Decline => c.t("Từ chối", "Decline"),
            Self::Accept | Self::Complete => self.word(c),
        }
    }

    /// What will happen.
    #[must_use]
    pub fn effect<'a>(&self, c: &'a Ctx) -> &'a str {
        match self {
            Self::Accept => c.t(
                "Hồ sơ được tiếp nhận lúc này, giữ nguyên mã; thời hạn giải quyết bắt đầu tính và giấy tiếp nhận được gửi cho người nộp.",
                "The file is received now and keeps its code; its limit begins, and the receipt is sent to the applicant.",
            ),
            Self::SendBack => c.t(
                "Chỉ yêu cầu được một lần: ghi đầy đủ mọi nội dung còn thiếu. Thời gian tiếp nhận dừng đến khi người nộp bổ sung.",
                "Once only: name everything that is missing. The time for acceptance stands still until the applicant answers.",
            ),
            Self::Complete => c.t(
                "Người nộp đã bổ sung: hồ sơ trở lại chờ tiếp nhận, thời gian tiếp nhận tính lại từ đầu.",
                "The applicant answered: the file waits again, and the time for acceptance starts afresh.",
            ),
            Self::Decline => c.t(
                "Hồ sơ không được tiếp nhận; lý do được gửi cho người nộp.",
                "The file is not accepted; the reason is sent to the applicant.",
            ),
        }
    }

    /// Name of its text field, if it has one.
    #[must_use]
    pub fn field(&self) -> Option<&'static str> {
        match self {
            Self::Accept | Self::Complete => None,
            Self::SendBack => Some("note"),
            Self::Decline => Some("reason"),
        }
    }

    #[must_use]
    pub fn field_word<'a>(&self, c: &'a Ctx) -> &'a str {
        match self {
            Self::Accept | Self::Complete => "",
            Self::SendBack => {
                c.t("Cần bổ sung những gì (người nộp sẽ đọc)", "What to complete (the applicant will read it)")
            }
            Self::Decline => c.t("Lý do (người nộp sẽ đọc)", "Reason (the applicant will read it)"),
        }
    }
}

/// POST `/truc-tuyen/{code}/{verb}` with `csrf`, `version`, and `note` or `reason`.
#[derive(Debug, Clone, Template)]
#[template(config = "src/render/pages/askama.toml", path = "submission.html")]
pub struct SubmissionPage {
    pub c: Ctx,
    pub code: String,
    /// Sent back with every form: who answers an older state is told.
    pub version: i32,
    pub procedure_code: String,
    pub procedure: String,
    pub unit: String,
    pub applicant: ApplicantView,
    pub flags: Vec<Flag>,
    pub status: Status,
    pub submitted: String,
    /// From when acceptance counts, when that is not the submission.
    pub counted_from: Option<String>,
    pub due: String,
    /// `8 giờ làm việc` and what it rests on.
    pub basis: String,
    /// What has to be completed, or why it was declined.
    pub note: Option<String>,
    /// What would be promised if it were accepted now; `None` without a limit.
    pub promise: Option<String>,
    pub history: Vec<(String, EventKind)>,
    pub messages: Vec<MessageView>,
    pub actions: Vec<SubmissionVerb>,
    /// The action whose form stands open.
    pub open: Option<SubmissionVerb>,
    /// What was typed into the open form.
    pub draft: String,
    pub errors: Vec<FieldError>,
    /// Once accepted.
    pub dossier_href: Option<String>,
    pub citizen_href: String,
}

impl SubmissionPage {
    #[must_use]
    pub fn is_open(&self, verb: &SubmissionVerb) -> bool {
        self.open == Some(*verb)
    }

    /// The message for the text of an action's form.
    #[must_use]
    pub fn error(&self, verb: &SubmissionVerb) -> Option<&str> {
        verb.field().filter(|_| self.is_open(verb)).and_then(|field| error_at(&self.errors, field))
    }

    /// What stands in the text of an action's form.
    #[must_use]
    pub fn kept(&self, verb: &SubmissionVerb) -> &str {
        if self.is_open(verb) { &self.draft } else { "" }
    }
}
