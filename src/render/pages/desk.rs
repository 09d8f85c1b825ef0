//! `/viec`: what the desk has to do for people whom no message reaches; and putting a contact right.

use askama::Template;

use super::ctx::Ctx;
use super::form::{Choice, FieldError, error_at};
use super::pager::Pager;
use super::words::{MessageKind, TaskEndWord};

/// What is to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeskKind {
    Phone,
    Print,
    Contact,
}

impl DeskKind {
    pub const ALL: [Self; 3] = [Self::Phone, Self::Print, Self::Contact];

    #[must_use]
    pub fn word<'a>(&self, c: &'a Ctx) -> &'a str {
        match self {
            Self::Phone => c.t("Gọi điện báo", "Telephone"),
            Self::Print => c.t("In, giao hoặc gửi", "Print, hand over or post"),
            Self::Contact => c.t("Tìm cách liên hệ", "Find a contact"),
        }
    }

    #[must_use]
    pub fn icon(&self) -> &'static str {
        match self {
            Self::Phone => "clock",
            Self::Print => "print",
            Self::Contact => "people",
        }
    }

    /// The ways it can end: the word that is sent, and its caption.
    #[must_use]
    pub fn ends<'a>(&self, c: &'a Ctx) -> Vec<(&'static str, &'a str)> {
        let end = |end: TaskEndWord| (end.code(), end.word(c));
        let [reached, left, handed] = [TaskEndWord::Reached, TaskEndWord::LeftWord, TaskEndWord::HandedOver].map(end);
        match self {
            Self::Phone => vec![reached, left, handed],
            Self::Print => vec![handed, reached],
            Self::Contact => vec![end(TaskEndWord::Mended), reached],
        }
    }
}

/// Something that waits at the desk.
#[derive(Debug, Clone)]
pub struct DeskRow {
    pub id: String,
    pub kind: DeskKind,
    pub late: bool,
    pub due: String,
    pub opened: String,
    pub code: String,
    pub href: String,
    /// `None` for a file that is no dossier yet.
    pub contact_href: Option<String>,
    pub name: String,
    pub phone: String,
    pub address: String,
    pub reason: String,
    pub message: Option<MessageKind>,
    /// What to say; empty when there is nothing but to find a contact.
    pub text: String,
    pub pdf_href: Option<String>,
}

/// A tick that can still be taken back: POST `/viec/{id}/hoan-tac` with `csrf` and `back`.
#[derive(Debug, Clone)]
pub struct TickedRow {
    pub id: String,
    pub code: String,
    pub href: String,
    pub name: String,
    /// How it ended, with what was noted.
    pub note: String,
    pub at: String,
    /// The page that the answer leads to: `viec` or `thu`.
    pub back: &'static str,
}

/// POST `/viec/{id}/xong` with `csrf`, `end` and `note`.
#[derive(Debug, Clone, Template)]
#[template(config = "src/render/pages/askama.toml", path = "desk.html")]
pub struct DeskPage {
    pub c: Ctx,
    /// The soonest due first.
    pub rows: Vec<DeskRow>,
    pub pager: Pager,
    pub late: u64,
    /// Letters that wait on paper: printed together.
    pub papers: u64,
    pub ticked: Vec<TickedRow>,
}

/// Who handed a file in for its applicant.
#[derive(Debug, Clone)]
pub struct Representative {
    pub name: String,
    pub phone: String,
    /// Told in the applicant's place.
    pub told: bool,
}

/// POST `/ho-so/{code}/dinh-chinh`: another moment, and why.
#[derive(Debug, Clone, Template)]
#[template(config = "src/render/pages/askama.toml", path = "correction.html")]
pub struct CorrectionPage {
    pub c: Ctx,
    pub code: String,
    pub version: i32,
    /// When the result is recorded as ready.
    pub recorded: String,
    pub due: Option<String>,
    pub at: String,
    pub reason: String,
    pub errors: Vec<FieldError>,
}

impl CorrectionPage {
    #[must_use]
    pub fn error(&self, field: &str) -> Option<&str> {
        error_at(&self.errors, field)
    }
}

/// POST `/ho-so/{code}/lien-he`: telephone, mail, address, and the way that comes first.
#[derive(Debug, Clone, Template)]
#[template(config = "src/render/pages/askama.toml", path = "contact.html")]
pub struct ContactPage {
    pub c: Ctx,
    pub code: String,
    pub name: String,
    pub version: i32,
    pub phone: String,
    pub email: String,
    pub address: String,
    pub representative: Option<Representative>,
    pub ways: Vec<Choice>,
    /// Ways that failed for good, in words.
    pub dead: Vec<String>,
    /// Done by others since the form was opened.
    pub since: Vec<super::dossier::EventView>,
    pub errors: Vec<FieldError>,
}

impl ContactPage {
    #[must_use]
    pub fn error(&self, field: &str) -> Option<&str> {
        error_at(&self.errors, field)
    }
}
