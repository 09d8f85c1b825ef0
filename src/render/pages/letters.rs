//! `/thu`: letters of apology.

use askama::Template;

use super::ctx::Ctx;
use super::desk::TickedRow;
use super::form::Chip;
use super::pager::Pager;
use super::words::SendState;

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

/// POST `/thu/{id}/da-giao` with `csrf`; `/thu/da-giao` with `letter` once for each that is ticked.
#[derive(Debug, Clone, Template)]
#[template(config = "src/render/pages/askama.toml", path = "letters.html")]
pub struct LettersPage {
    pub c: Ctx,
    /// Letters that wait for the signature of who looks; `None`: they sign none.
    pub to_sign: Option<u64>,
    /// `None` is the chip of all letters.
    pub chips: Vec<Chip<Option<SendState>>>,
    pub rows: Vec<LetterRow>,
    pub pager: Pager,
    pub ticked: Vec<TickedRow>,
}

impl LettersPage {
    /// Whether a letter shown here waits on paper.
    #[must_use]
    pub fn has_papers(&self) -> bool {
        self.rows.iter().any(LetterRow::waits_for_hand_over)
    }
}
