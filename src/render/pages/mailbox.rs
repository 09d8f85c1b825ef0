//! `/thu-mau` and `/thu-mau/{id}`: what the demonstration would have sent.

use askama::Template;

use super::ctx::Ctx;
use super::words::MessageKind;

#[derive(Debug, Clone)]
pub struct MailRow {
    pub id: String,
    pub at: String,
    pub to: String,
    pub subject: String,
    pub kind: MessageKind,
    pub code: String,
    pub has_pdf: bool,
}

#[derive(Debug, Clone, Template)]
#[template(config = "src/render/pages/askama.toml", path = "mailbox.html")]
pub struct MailboxPage {
    pub c: Ctx,
    pub q: String,
    pub total: u64,
    pub rows: Vec<MailRow>,
    pub next: Option<String>,
}

/// One message, as its plain-text part reads.
#[derive(Debug, Clone, Template)]
#[template(config = "src/render/pages/askama.toml", path = "mail.html")]
pub struct MailPage {
    pub c: Ctx,
    pub from: String,
    pub to: String,
    pub subject: String,
    pub at: String,
    pub kind: MessageKind,
    pub code: String,
    /// Technical header lines worth seeing, e.g. `Message-ID`.
    pub headers: Vec<(String, String)>,
    pub text: String,
    /// Address and file name of the attached letter.
    pub pdf: Option<(String, String)>,
}
