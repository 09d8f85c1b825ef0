//! `/tra-cuu/{token}`: the page behind the receipt's QR code. No personal data beyond initials.

use askama::Template;

use super::ctx::Ctx;
use super::form::{FieldError, error_at};
use super::ledger::PromiseView;
use super::month::DayMark;
use super::phrases;
use super::words::{EventKind, MessageKind};

mod note;
mod saying;
mod state;

pub use note::{CitizenNotePage, Note};
pub use saying::{SaidBefore, Saying, SayingDraft};
pub use state::CitizenState;

/// A letter of the office about this dossier.
#[derive(Debug, Clone)]
pub struct CitizenLetter {
    pub kind: MessageKind,
    pub number: String,
    pub issued: String,
    /// Its PDF, behind the same secret.
    pub href: String,
}

/// Who answers for the dossier once the new day was missed too.
#[derive(Debug, Clone)]
pub struct InCharge {
    pub name: String,
    /// How to reach them.
    pub contact: String,
}

/// Forms post `csrf` and: `phone`, `email`, `note` (contact), `text` (cost).
#[derive(Debug, Clone, Template)]
#[template(config = "src/render/pages/askama.toml", path = "citizen.html")]
pub struct CitizenPage {
    pub c: Ctx,
    pub initials: String,
    pub code: String,
    pub procedure: String,
    pub state: CitizenState,
    pub received: String,
    pub due: Option<String>,
    pub new_due: Option<String>,
    /// By when a supplement has to come, while it is awaited.
    pub supplement_by: Option<String>,
    /// The date in force rests on days that nobody published or confirmed yet.
    pub provisional: bool,
    /// Reason of the delay as written in the letter.
    pub reason: Option<String>,
    /// Moment and kind of each event the applicant may know of, oldest first.
    pub history: Vec<(String, EventKind)>,
    /// The issued letters, newest first.
    pub letters: Vec<CitizenLetter>,
    /// The unit it lies with.
    pub unit: String,
    /// Named only once the new day was missed too.
    pub in_charge: Option<InCharge>,
    /// Whether the dossier is or was late: only then a delay can have cost anything.
    pub late: bool,
    pub said: Vec<SaidBefore>,
    /// `/tra-cuu/{token}`
    pub here: String,
    /// The form that was refused; shown open with its errors and draft.
    pub open: Option<Saying>,
    pub draft: SayingDraft,
    pub errors: Vec<FieldError>,
    /// Why the judged promise is that day.
    pub ledger: Option<PromiseView>,
    pub centre_phone: String,
    pub centre_address: String,
    pub office_hours: String,
}

impl CitizenPage {
    #[must_use]
    pub fn is_open(&self, saying: Saying) -> bool {
        self.open == Some(saying)
    }

    #[must_use]
    pub fn error(&self, field: &str) -> Option<&str> {
        error_at(&self.errors, field)
    }

    /// How the promised day came about, in a sentence; `None` where no days were counted.
    #[must_use]
    pub fn account(&self) -> Option<String> {
        let days = &self.ledger.as_ref()?.days;
        let counted = days.iter().filter(|day| !day.number.is_empty()).count();
        // The day of receipt is never counted by anyone.
        let skipped = days.iter().filter(|day| day.number.is_empty() && day.mark != DayMark::Received).count();
        (counted > 0).then(|| phrases::counted_days(self.c.lang, counted, skipped))
    }

    #[must_use]
    pub fn contact(&self) -> Saying {
        Saying::Contact
    }

    #[must_use]
    pub fn cost(&self) -> Saying {
        Saying::Cost
    }
}
