//! What is known of a dossier, as its page shows it: who, when, what happened, what was sent and said.

use crate::render::pages::citizen::Saying;
use crate::render::pages::words::{EventKind, MessageKind, SendState};

/// "Will it be ready?" on the page of a dossier.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum ReadinessView {
    #[default]
    Unasked,
    Asked,
    /// For the one new date: it cannot be moved again.
    AskedAgain,
    /// `Lê Văn Thử xác nhận sẽ kịp hạn, 01/12/2026 08:10`.
    Confirmed(String),
}

/// Person who filed; empty texts are shown as a dash.
#[derive(Debug, Clone, Default)]
pub struct ApplicantView {
    pub name: String,
    pub phone: String,
    pub email: String,
    pub address: String,
}

/// The promised days, as texts; see [`crate::render::pages::time::long_instant`].
#[derive(Debug, Clone, Default)]
pub struct DatesView {
    pub received: String,
    pub due: Option<String>,
    pub new_due: Option<String>,
    /// Numbers of the judged promise and of the new one: where the ledger tells of them.
    pub promise: i32,
    pub reschedule: i32,
    /// The later date of the statutory limit, where the promise is shorter.
    pub by_law: Option<String>,
    /// The promise is by the office's own shorter commitment.
    pub committed: bool,
    pub resolved: Option<String>,
    pub returned: Option<String>,
    /// The date rests on a year whose calendar is not published.
    pub provisional: bool,
    /// The same of the new date of the apology.
    pub new_provisional: bool,
}

#[derive(Debug, Clone)]
pub struct EventView {
    pub at: String,
    pub kind: EventKind,
    /// Name of the person, or of the program for what it did by itself.
    pub by: String,
    pub note: Option<String>,
}

/// A notice or letter about this dossier.
#[derive(Debug, Clone)]
pub struct MessageView {
    pub kind: MessageKind,
    pub to: String,
    pub at: String,
    pub state: SendState,
    /// `/thu/{id}.pdf` when a letter goes with it.
    pub pdf_href: Option<String>,
}

/// What a citizen wrote on their page.
#[derive(Debug, Clone)]
pub struct SaidView {
    pub what: Saying,
    pub at: String,
    pub text: String,
    /// Who read it, and when.
    pub seen: Option<String>,
    /// The address at which it is ticked off as read.
    pub action: Option<String>,
}
