//! `/thu/ky`: letters that wait for a signature; `/thu/so`: the register of those that were issued.

use askama::Template;

use super::ctx::Ctx;
use super::form::{FieldError, error_at};
use super::pager::Pager;
use super::words::{LetterName, LetterWay, SendState};

/// A letter in the tray, most urgent first.
#[derive(Debug, Clone)]
pub struct TrayRow {
    pub id: String,
    pub kind: LetterName,
    pub code: String,
    pub applicant: String,
    pub unit: String,
    pub original_due: String,
    /// The one new day that is proposed.
    pub proposed: Option<String>,
    pub reason: String,
    /// Until when it has to be signed.
    pub decide_by: String,
    /// How much working time is left, or how long that moment is over.
    pub left: String,
    pub overdue: bool,
}

/// What became of one letter that was to be signed.
#[derive(Debug, Clone)]
pub struct TrayResult {
    pub code: String,
    /// The number it got; `None`: why not is in `text`.
    pub number: Option<String>,
    pub text: String,
}

/// POST `/thu/ky` with `csrf` and `id` for each box that is ticked.
#[derive(Debug, Clone, Template)]
#[template(config = "src/render/pages/askama.toml", path = "tray.html")]
pub struct TrayPage {
    pub c: Ctx,
    pub rows: Vec<TrayRow>,
    pub pager: Pager,
    pub results: Vec<TrayResult>,
}

impl TrayPage {
    #[must_use]
    pub fn signed(&self) -> usize {
        self.results.iter().filter(|result| result.number.is_some()).count()
    }
}

/// Where a letter stands that was drafted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    Waits,
    Signed,
    Refused,
    Dropped,
}

/// POST `/thu/ky/{id}/ky` with `csrf`, `reason`, `what_happened` (loss), `new_due_on` (dated letters);
/// `/thu/ky/{id}/tu-choi` with `why`.
#[derive(Debug, Clone, Template)]
#[template(config = "src/render/pages/askama.toml", path = "letter_to_sign.html")]
pub struct SignPage {
    pub c: Ctx,
    pub id: String,
    pub kind: LetterName,
    pub decision: Decision,
    pub code: String,
    pub applicant: String,
    pub procedure: String,
    pub original_due: String,
    pub decide_by: String,
    pub asked_by: String,
    pub asked_at: String,
    /// Why it was refused or dropped.
    pub note: String,
    pub number: String,
    /// The sentence; of a loss what is done about it.
    pub reason: String,
    /// `None`: no letter about a loss.
    pub what_happened: Option<String>,
    /// `2026-03-09`; `None`: a letter that gives no date.
    pub new_due_on: Option<String>,
    pub why: String,
    pub may_sign: bool,
    pub errors: Vec<FieldError>,
}

impl SignPage {
    #[must_use]
    pub fn error(&self, field: &str) -> Option<&str> {
        error_at(&self.errors, field)
    }

    #[must_use]
    pub fn waits(&self) -> bool {
        self.decision == Decision::Waits
    }

    /// What became of it, in words.
    #[must_use]
    pub fn standing(&self) -> &str {
        match self.decision {
            Decision::Waits => self.c.t("Chờ ký", "Waits for a signature"),
            Decision::Signed => self.c.t("Đã ký, phát hành", "Signed and issued"),
            Decision::Refused => self.c.t("Không ký, đã trả lại", "Refused"),
            Decision::Dropped => self.c.t("Không phát hành: hồ sơ đã thay đổi", "Never issued: the dossier moved on"),
        }
    }
}

/// A line of the register.
#[derive(Debug, Clone)]
pub struct OutgoingRow {
    pub id: String,
    pub number: String,
    pub issued: String,
    pub kind: LetterName,
    pub recipient: String,
    pub code: String,
    /// In whose name, and who signed.
    pub signer: String,
    pub signed_by: String,
    /// Each way it was sent, with how far it came.
    pub sent: Vec<(LetterWay, SendState)>,
}

/// `/thu/so?nam=2026`.
#[derive(Debug, Clone, Template)]
#[template(config = "src/render/pages/askama.toml", path = "outgoing.html")]
pub struct OutgoingPage {
    pub c: Ctx,
    pub year: i32,
    pub years: Vec<i32>,
    pub rows: Vec<OutgoingRow>,
    pub pager: Pager,
    /// Numbers without a letter, `3, 7`; empty as it must be.
    pub missing: String,
}
