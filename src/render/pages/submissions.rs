//! `/truc-tuyen`: online files that wait for acceptance, most urgent first.

use askama::Template;

use super::ctx::Ctx;
use super::form::Chip;
use super::pager::Pager;
use super::submission::SubmissionVerb;
use super::words::Status;

/// Filter chips of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SubmissionFilter {
    Waiting,
    Returned,
    Declined,
}

impl SubmissionFilter {
    pub const ALL: [Self; 3] = [Self::Waiting, Self::Returned, Self::Declined];

    /// Value of the `state` parameter.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Returned => "returned",
            Self::Declined => "declined",
        }
    }

    #[must_use]
    pub fn word<'a>(&self, c: &'a Ctx) -> &'a str {
        match self {
            Self::Waiting => c.t("Chờ tiếp nhận", "Waiting"),
            Self::Returned => c.t("Chờ dân bổ sung", "Sent back"),
            Self::Declined => c.t("Không tiếp nhận", "Declined"),
        }
    }

    #[must_use]
    pub fn tone(&self) -> &'static str {
        match self {
            Self::Waiting => "warn",
            Self::Returned => "wait",
            Self::Declined => "none",
        }
    }
}

/// One file of the list; instants are formatted texts.
#[derive(Debug, Clone)]
pub struct SubmissionRow {
    pub code: String,
    pub procedure: String,
    pub applicant: String,
    pub submitted: String,
    pub due: String,
    pub status: Status,
    /// What can be done; each leads to the file's page with its form open.
    pub verbs: Vec<SubmissionVerb>,
}

/// Query parameters: `state`, `q`, `cursor`.
#[derive(Debug, Clone, Template)]
#[template(config = "src/render/pages/askama.toml", path = "submissions.html")]
pub struct SubmissionsPage {
    pub c: Ctx,
    pub chips: Vec<Chip<SubmissionFilter>>,
    /// Code of the chosen chip.
    pub state: String,
    pub q: String,
    /// The number of a report that these files are behind: no chips and no search then.
    pub narrowed: Option<String>,
    /// Number of files that match, on all pages together.
    pub total: u64,
    /// How many of the files that wait are late.
    pub late: u64,
    pub rows: Vec<SubmissionRow>,
    pub pager: Pager,
}
