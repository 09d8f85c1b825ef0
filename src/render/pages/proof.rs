//! `/ho-so/{code}/bang-chung`: what was told about a late file, when, by whom, and how it was answered.

use askama::Template;

use super::ctx::Ctx;
use super::words::{Label, Status, ToldWord};

/// How one attempt ended.
#[derive(Debug, Clone)]
pub struct AttemptView {
    pub number: i32,
    pub at: String,
    pub word: super::words::AttemptWord,
    /// In the words of the other side.
    pub answer: String,
}

/// A coloured mark: tone, icon, word.
#[derive(Debug, Clone)]
pub struct Mark {
    pub tone: &'static str,
    pub icon: &'static str,
    pub word: String,
}

/// How a text stands to what was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextOf {
    /// It left like that.
    Left,
    /// So much of a digest that left.
    DigestItem,
    /// It has not left; it would say that.
    Unsent,
}

/// A text as it left, or as it would leave.
#[derive(Debug, Clone)]
pub struct SentText {
    pub subject: String,
    pub body: String,
    pub of: TextOf,
}

impl SentText {
    /// What stands before it; nothing where it is the message itself.
    #[must_use]
    pub fn before<'a>(&self, c: &'a Ctx) -> &'a str {
        match self.of {
            TextOf::Left => "",
            TextOf::DigestItem => c.t("Trong bản tin, về hồ sơ này:", "In the digest, about this dossier:"),
            TextOf::Unsent => c.t("Chưa gửi; nội dung sẽ là:", "Not sent; it would say:"),
        }
    }
}

/// The digest of the morning that a notice left with.
#[derive(Debug, Clone)]
pub struct DigestView {
    pub message_id: String,
    pub subject: String,
    pub body: String,
}

/// What a citizen wrote and nobody saw yet: it can be ticked off.
#[derive(Debug, Clone)]
pub struct ToSee {
    /// The address posted to.
    pub action: String,
}

/// One thing that was decided, with all that followed from it.
#[derive(Debug, Clone)]
pub struct ProofItem {
    pub at: String,
    pub icon: &'static str,
    pub title: String,
    pub mark: Option<Mark>,
    pub facts: Vec<(Label, String)>,
    pub text: Option<SentText>,
    /// Its attempts are among the attempts.
    pub digest: Option<DigestView>,
    pub attempts: Vec<AttemptView>,
    pub pdf_href: Option<String>,
    pub to_see: Option<ToSee>,
}

/// The verdict above everything.
#[derive(Debug, Clone)]
pub struct VerdictView {
    pub status: Status,
    pub received: String,
    pub due: Option<String>,
    pub new_due: Option<String>,
    pub closed: Option<String>,
    /// `quá 3 ngày làm việc` against the original promise; `None`: not late.
    pub late: Option<String>,
    /// The same against the new one.
    pub late_again: Option<String>,
    pub told: ToldWord,
    /// When it was issued, and how long after.
    pub told_at: Option<String>,
    /// When the letter reached the citizen, as far as known.
    pub reached: Option<String>,
}

#[derive(Debug, Clone, Template)]
#[template(config = "src/render/pages/askama.toml", path = "proof.html")]
pub struct ProofPage {
    pub c: Ctx,
    pub code: String,
    pub procedure: String,
    pub unit: String,
    pub officer: Option<String>,
    pub verdict: VerdictView,
    pub items: Vec<ProofItem>,
    /// When the page was made.
    pub made: String,
}
