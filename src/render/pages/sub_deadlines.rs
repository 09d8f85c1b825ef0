//! Words for the dates inside the limit, on the dossier's page.

use super::ctx::{Ctx, Lang};

/// What is waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SubKind {
    CompletionNotice,
    Supplement,
    HandOver,
    Consultation,
}

impl SubKind {
    #[must_use]
    pub fn word<'a>(&self, c: &'a Ctx) -> &'a str {
        match self {
            Self::CompletionNotice => c.t("Yêu cầu bổ sung, nếu hồ sơ thiếu", "Ask for completion, if needed"),
            Self::Supplement => c.t("Người nộp bổ sung hồ sơ", "Applicant completes the dossier"),
            Self::HandOver => c.t("Bàn giao hồ sơ giấy", "Hand over the paper"),
            Self::Consultation => c.t("Cơ quan khác cho ý kiến", "Another body's opinion"),
        }
    }
}

/// How it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SubState {
    Running,
    /// Open after its time.
    Past,
    /// The time to ask for completion is over and nothing was asked, as for most dossiers.
    NothingAsked,
    Met,
    Late,
    Lapsed,
    Moot,
}

impl SubState {
    #[must_use]
    pub fn word<'a>(&self, c: &'a Ctx) -> &'a str {
        match self {
            Self::Running => c.t("Trong hạn", "In time"),
            Self::Past => c.t("Quá hạn", "Overdue"),
            Self::NothingAsked => c.t("Đã qua, không yêu cầu", "Over, nothing asked"),
            Self::Met => c.t("Đúng hạn", "Done on time"),
            Self::Late => c.t("Muộn", "Done late"),
            Self::Lapsed => c.t("Không được trả lời", "Not answered"),
            Self::Moot => c.t("Không còn cần", "No longer needed"),
        }
    }

    #[must_use]
    pub fn tone(&self) -> &'static str {
        match self {
            Self::Running => "calm",
            Self::Past => "bad",
            Self::Met => "good",
            Self::Late => "warn",
            Self::NothingAsked | Self::Lapsed | Self::Moot => "none",
        }
    }

    #[must_use]
    pub fn icon(&self) -> &'static str {
        match self {
            Self::Running => "clock",
            Self::Past => "alarm",
            Self::Met => "check",
            Self::Late => "check-late",
            Self::NothingAsked | Self::Lapsed | Self::Moot => "stop",
        }
    }
}

/// A date inside the limit; moments are texts.
#[derive(Debug, Clone)]
pub struct SubDeadlineView {
    pub kind: SubKind,
    pub state: SubState,
    /// `lần 2`, `số 1`; empty when there is only one.
    pub number: String,
    pub started: String,
    pub due: String,
    pub ended: Option<String>,
    /// Working time left or over, while it is open.
    pub remaining: Option<String>,
    /// The consulted body; empty for the other kinds.
    pub body: String,
    pub content: String,
    pub basis: String,
}

/// `lần 2` / `request 2`.
#[must_use]
pub fn request_number(lang: Lang, number: i64) -> String {
    match lang {
        Lang::Vi => format!("lần {number}"),
        Lang::En => format!("request {number}"),
    }
}

/// `số 2` / `no. 2`.
#[must_use]
pub fn consultation_number(lang: Lang, number: i32) -> String {
    match lang {
        Lang::Vi => format!("số {number}"),
        Lang::En => format!("no. {number}"),
    }
}

/// `hạn 17:00 thứ Ba 24/11/2026`.
#[must_use]
pub fn by_when(lang: Lang, when: &str) -> String {
    match lang {
        Lang::Vi => format!("hạn {when}"),
        Lang::En => format!("by {when}"),
    }
}

/// What happened after its time.
#[must_use]
pub fn late(lang: Lang) -> String {
    match lang {
        Lang::Vi => "muộn".to_owned(),
        Lang::En => "late".to_owned(),
    }
}
