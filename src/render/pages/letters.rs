//! `/thu`: letters of apology.

use askama::Template;

use super::ctx::Ctx;
use super::form::Chip;
use super::words::{MessageKind, SendState};

#[derive(Debug, Clone)]
pub struct LetterRow {
    pub id: String,
    /// `12/PXL`; `None` before it is issued.
    pub number: Option<String>,
    pub code: String,
    pub applicant: String,
    pub original_due: String,
    pub new_due: Option<String>,
    pub reason: String,
    pub issued: Option<String>,
    pub state: SendState,
}

impl LetterRow {
    /// Letters on paper are ticked off when handed over.
    #[must_use]
    pub fn waits_for_hand_over(&self) -> bool {
        self.state == SendState::PrintTray
    }
}

/// Something the desk has to tell a person who has no e-mail: by telephone, or printed.
#[derive(Debug, Clone)]
pub struct ToTell {
    pub id: String,
    pub kind: MessageKind,
    pub code: String,
    /// `None` for a file that is no dossier yet.
    pub href: Option<String>,
    pub name: String,
    /// Telephone, else address; may be empty.
    pub reached_by: String,
    pub since: String,
    pub subject: String,
    pub text: String,
}

/// POST `/thu/{id}/da-giao` with `csrf`; `/thu/tin/{id}/da-bao` for what is told.
#[derive(Debug, Clone, Template)]
#[template(config = "src/render/pages/askama.toml", path = "letters.html")]
pub struct LettersPage {
    pub c: Ctx,
    /// Letters that wait for the signature of who looks; `None`: they sign none.
    pub to_sign: Option<usize>,
    /// Oldest first.
    pub to_tell: Vec<ToTell>,
    /// `None` is the chip of all letters.
    pub chips: Vec<Chip<Option<SendState>>>,
    pub rows: Vec<LetterRow>,
    pub next: Option<String>,
}
