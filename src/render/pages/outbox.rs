//! `/hop-di`: every message that left, waits or failed.

use askama::Template;

use super::ctx::Ctx;
use super::form::Chip;
use super::words::{MessageKind, SendState};

#[derive(Debug, Clone)]
pub struct OutboxRow {
    pub id: String,
    pub kind: MessageKind,
    pub code: String,
    /// The page of what it speaks of; `None`: there is none.
    pub href: Option<String>,
    pub recipient: String,
    /// `thư điện tử`, `in giấy` …
    pub channel: String,
    pub state: SendState,
    pub attempts: u32,
    pub created: String,
    /// When it was sent, or when it will be tried next.
    pub moment: Option<String>,
    pub last_error: Option<String>,
}

/// POST `/hop-di/{id}/gui-lai` with `csrf`.
#[derive(Debug, Clone, Template)]
#[template(config = "src/render/pages/askama.toml", path = "outbox.html")]
pub struct OutboxPage {
    pub c: Ctx,
    pub chips: Vec<Chip<Option<SendState>>>,
    pub rows: Vec<OutboxRow>,
    pub next: Option<String>,
}
