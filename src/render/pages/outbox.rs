//! `/hop-di`: every message that left, waits or failed; `/hop-di/{id}`: one of them with its attempts.

use askama::Template;

use super::ctx::Ctx;
use super::form::{Chip, Choice};
use super::pager::Pager;
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
    /// Why it has not left yet.
    pub waits: Option<String>,
    pub last_error: Option<String>,
}

/// A way of delivery that does not work, or did not.
#[derive(Debug, Clone)]
pub struct OutageRow {
    /// `thư điện tử` …
    pub way: String,
    pub since: String,
    /// `None`: it lasts.
    pub ended: Option<String>,
    pub failures: u32,
    pub last_error: String,
}

/// POST `/hop-di/{id}/gui-lai` with `csrf`.
#[derive(Debug, Clone, Template)]
#[template(config = "src/render/pages/askama.toml", path = "outbox.html")]
pub struct OutboxPage {
    pub c: Ctx,
    /// In quiet hours: when ordinary messages leave again.
    pub quiet_until: Option<String>,
    /// Those that last first, then what ended in the last days.
    pub outages: Vec<OutageRow>,
    /// Messages whose sender died.
    pub stuck: u64,
    pub chips: Vec<Chip<Option<SendState>>>,
    pub kinds: Vec<Choice>,
    pub ways: Vec<Choice>,
    /// The state that the filters keep; empty: all.
    pub state: String,
    /// Dead letters that fit the filters of kind and way: one button tries them all again.
    pub dead: u64,
    pub rows: Vec<OutboxRow>,
    pub pager: Pager,
}

impl OutboxPage {
    /// The choice that a filter holds; empty: all.
    #[must_use]
    pub fn chosen<'a>(&self, choices: &'a [Choice]) -> &'a str {
        choices.iter().find(|one| one.selected).map_or("", |one| one.value.as_str())
    }
}

/// A try, or what was reported afterwards.
#[derive(Debug, Clone)]
pub struct AttemptRow {
    pub number: u32,
    pub at: String,
    pub outcome: SendState,
    /// In the words of the other side.
    pub answer: String,
}

/// One message: what it says, why it waits, every attempt.
#[derive(Debug, Clone, Template)]
#[template(config = "src/render/pages/askama.toml", path = "outbox_message.html")]
pub struct MessagePage {
    pub c: Ctx,
    pub row: OutboxRow,
    pub urgent: bool,
    pub message_id: String,
    pub attempts: Vec<AttemptRow>,
    pub subject: String,
    pub text: String,
    /// The digest it belongs to; the attempts are there.
    pub digest: Option<String>,
    /// Address of the letter that goes with it.
    pub letter: Option<String>,
}
