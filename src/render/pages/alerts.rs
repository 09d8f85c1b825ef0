//! `/bao-dong`: what stands on a person's screen until they have received it.

use askama::Template;

use super::ctx::Ctx;
use super::pager::Pager;
use super::words::MessageKind;

/// Whether the reader can answer the question of an alert at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ask {
    Nothing,
    /// "Will it be ready?": yes or no.
    Ready,
    /// Yes only: the date cannot be moved again.
    ReadyOnly,
}

#[derive(Debug, Clone)]
pub struct AlertRow {
    pub id: String,
    pub kind: MessageKind,
    /// Code of what it speaks of.
    pub about: String,
    /// The page of it; `None`: there is none.
    pub href: Option<String>,
    pub procedure: String,
    /// The date in force and how it stands, e.g. `17:00 02/12/2026 · quá 1 ngày làm việc`.
    pub due: String,
    /// What it says besides; empty: nothing.
    pub note: String,
    pub since: String,
    /// Until when it has to be acknowledged; `None`: nobody has to, or it was passed on.
    pub until: Option<String>,
    /// The time to acknowledge it is over.
    pub late: bool,
    /// For whom the reader stands in.
    pub for_whom: Option<String>,
    pub ask: Ask,
    /// Revision of the dossier, for the answer.
    pub version: i32,
}

impl AlertRow {
    #[must_use]
    pub fn asks(&self) -> bool {
        self.ask != Ask::Nothing
    }

    #[must_use]
    pub fn may_delay(&self) -> bool {
        self.ask == Ask::Ready
    }
}

/// POST `/bao-dong/da-nhan` with `csrf` and `id`, once for each alert; `/ho-so/{code}/kip-han` with
/// `csrf`, `version`.
#[derive(Debug, Clone, Template)]
#[template(config = "src/render/pages/askama.toml", path = "alerts.html")]
pub struct AlertsPage {
    pub c: Ctx,
    pub rows: Vec<AlertRow>,
    pub pager: Pager,
}
