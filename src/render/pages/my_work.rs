//! `/viec-cua-toi`: an officer's files by what each waits for.

use askama::Template;

use super::ctx::Ctx;
use super::form::{Chip, Choice};
use super::sub_deadlines::SubDeadlineView;
use super::words::Status;

/// What a file waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    Late,
    Answer,
    Signature,
    Opinion,
    Paper,
    Work,
    Citizen,
}

impl Group {
    pub const ALL: [Self; 7] =
        [Self::Late, Self::Answer, Self::Signature, Self::Opinion, Self::Paper, Self::Work, Self::Citizen];

    #[must_use]
    pub fn word<'a>(&self, c: &'a Ctx) -> &'a str {
        match self {
            Self::Late => c.t("Quá hạn", "Late"),
            Self::Answer => c.t("Sắp đến hẹn: có kịp không?", "Due soon: will it be ready?"),
            Self::Signature => c.t("Chờ ký phiếu", "Letter to be signed"),
            Self::Opinion => c.t("Chờ ý kiến cơ quan khác", "Waits for an opinion"),
            Self::Paper => c.t("Chờ bàn giao bản giấy", "Waits for its paper"),
            Self::Work => c.t("Đang làm", "In my hands"),
            Self::Citizen => c.t("Chờ người dân", "Waits for the citizen"),
        }
    }

    #[must_use]
    pub fn icon(&self) -> &'static str {
        match self {
            Self::Late => "alarm",
            Self::Answer => "question",
            Self::Signature => "letter",
            Self::Opinion => "people",
            Self::Paper => "file",
            Self::Work => "stack",
            Self::Citizen => "pause",
        }
    }

    #[must_use]
    pub fn tone(&self) -> &'static str {
        match self {
            Self::Late => "bad",
            Self::Answer => "warn",
            Self::Signature | Self::Opinion | Self::Paper => "soon",
            Self::Work => "none",
            Self::Citizen => "wait",
        }
    }
}

/// The last moment at which a delay is told early enough.
#[derive(Debug, Clone)]
pub struct TellBy {
    pub at: String,
    pub today: bool,
    pub over: bool,
}

#[derive(Debug, Clone)]
pub struct MyRow {
    pub code: String,
    pub procedure: String,
    pub applicant: String,
    pub status: Status,
    pub due: Option<String>,
    pub new_due: Option<String>,
    /// Waiting for what, by when.
    pub inside: Vec<SubDeadlineView>,
    pub tell_by: Option<TellBy>,
    /// Who said that it will be ready, and when.
    pub confirmed: Option<String>,
    /// "In time" can be said here.
    pub may_confirm: bool,
    /// "Not in time, because" can be said here.
    pub may_delay: bool,
    /// Whose file it is, when it is not the reader's.
    pub for_whom: Option<String>,
    /// Revision of the dossier, for the answer.
    pub version: i32,
}

/// The rows of one group.
#[derive(Debug, Clone)]
pub struct MyGroup {
    pub group: Group,
    pub rows: Vec<MyRow>,
    /// The whole group, when not all of it is shown.
    pub all_href: Option<String>,
    pub count: u64,
}

/// POST `/ho-so/{code}/kip-han` with `csrf`, `version`; `/ho-so/{code}/tre-hen` with `reason_code`,
/// `reason`, `new_due_on` besides.
#[derive(Debug, Clone, Template)]
#[template(config = "src/render/pages/askama.toml", path = "my_work.html")]
pub struct MyWorkPage {
    pub c: Ctx,
    pub chips: Vec<Chip<Group>>,
    pub groups: Vec<MyGroup>,
    /// All of them.
    pub count: u64,
    /// The next moment at which a delay has to be told, with the code of its file.
    pub next_tell: Option<(String, String)>,
    pub reasons: Vec<Choice>,
    /// Only one group is shown.
    pub narrowed: bool,
}
