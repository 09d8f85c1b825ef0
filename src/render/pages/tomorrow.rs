//! `/sang-mai`: who would get what at the next opening of the office, if nothing happened until then.

use askama::Template;

use super::ctx::Ctx;
use super::words::MessageKind;

#[derive(Debug, Clone)]
pub struct TomorrowRow {
    pub kind: MessageKind,
    pub code: String,
    /// The page of the dossier; `None`: a digest, an online file, the calendar.
    pub href: Option<String>,
    pub recipient: String,
    /// `thư điện tử`, `in giấy` …
    pub channel: String,
    /// The new date that a letter to a citizen would carry.
    pub new_due: Option<String>,
    /// It waits already; else it would be decided then.
    pub waits: bool,
    /// What a digest would bundle: kind and dossier.
    pub members: Vec<(MessageKind, String)>,
}

/// An alert that would appear on a screen.
#[derive(Debug, Clone)]
pub struct TomorrowAlert {
    pub kind: MessageKind,
    pub code: String,
    pub who: String,
}

#[derive(Debug, Clone, Template)]
#[template(config = "src/render/pages/askama.toml", path = "tomorrow.html")]
pub struct TomorrowPage {
    pub c: Ctx,
    /// The moment looked at, as shown.
    pub at: String,
    /// To officials.
    pub inside: Vec<TomorrowRow>,
    /// To citizens.
    pub citizens: Vec<TomorrowRow>,
    pub alerts: Vec<TomorrowAlert>,
    /// Owed, but nobody could be told or no date promised.
    pub failed: u64,
}
