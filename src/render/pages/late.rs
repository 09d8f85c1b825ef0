//! `/tre-chua-xin-loi`: every late file by what became of its apology, with its reason.

use askama::Template;

use super::ctx::Ctx;
use super::pager::Pager;
use super::words::{NoLetter, SendState};

/// What every row of both lists says of the file.
#[derive(Debug, Clone)]
pub struct LateFileView {
    pub code: String,
    pub procedure: String,
    pub unit: String,
    pub officer: Option<String>,
    pub due: String,
    pub new_due: Option<String>,
    /// `quá 3 ngày làm việc`
    pub late: String,
    pub late_again: Option<String>,
    pub reason: Option<LateReason>,
}

/// Why it is late, as far as somebody said.
#[derive(Debug, Clone)]
pub struct LateReason {
    pub name: String,
    /// One of the three official groups, in words.
    pub group: String,
    /// Of the letter.
    pub sentence: Option<String>,
}

/// A late file without a letter.
#[derive(Debug, Clone)]
pub struct NoLetterRow {
    pub file: LateFileView,
    pub why: NoLetter,
    /// Since when, until when, with whom: `17:00 24/11/2026`, a name, a note.
    pub detail: String,
}

/// A letter that reached the citizen.
#[derive(Debug, Clone)]
pub struct InHandRow {
    pub file: LateFileView,
    pub number: String,
    pub issued: String,
    pub at: Option<String>,
    pub pdf_href: String,
}

/// A letter that was issued and did not arrive yet.
#[derive(Debug, Clone)]
pub struct OnTheWayRow {
    pub file: LateFileView,
    pub number: String,
    pub issued: String,
    /// `None`: no message carries it.
    pub state: Option<SendState>,
    pub detail: String,
    pub pdf_href: String,
}

/// Query parameters: `from`, `to` (civil days), `as_of`.
#[derive(Debug, Clone, Template)]
#[template(config = "src/render/pages/askama.toml", path = "late.html")]
pub struct LatePage {
    pub c: Ctx,
    pub from: String,
    pub to: String,
    /// As the field of the form has it; empty: now.
    pub as_of: String,
    pub period: String,
    pub error: Option<String>,
    /// Every late file of the period.
    pub late: u64,
    /// The question of this page as query parameters, for the files to take away.
    pub asked: String,
    /// Nothing excuses these: the list that has to be empty.
    pub missing: Part<NoLetterRow>,
    pub excused: Part<NoLetterRow>,
    pub on_the_way: Part<OnTheWayRow>,
    pub in_hand: Part<InHandRow>,
}

/// A page of one of the four lists.
#[derive(Debug, Clone)]
pub struct Part<R> {
    pub rows: Vec<R>,
    pub pager: Pager,
}

impl LatePage {
    /// Late files without a letter: the number that the report shows.
    #[must_use]
    pub fn without(&self) -> String {
        self.c.n(&(self.missing.pager.total + self.excused.pager.total))
    }
}
