//! A short answer instead of the page: thanks, nothing found, too many look-ups.

use askama::Template;

use super::saying::Saying;
use crate::render::pages::ctx::{Ctx, Lang};

/// A short answer to somebody who is not signed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Note {
    Thanks(Saying),
    /// The address leads nowhere; nothing is said of what exists.
    NotFound,
    /// Too many look-ups; again in so many seconds.
    TooMany(u32),
}

impl Note {
    #[must_use]
    pub fn title<'a>(&self, c: &'a Ctx) -> &'a str {
        match self {
            Self::Thanks(_) => c.t("Cảm ơn ông/bà", "Thank you"),
            Self::NotFound => c.t("Không tìm thấy hồ sơ", "No dossier found"),
            Self::TooMany(_) => c.t("Tra cứu quá nhiều lần", "Too many look-ups"),
        }
    }

    #[must_use]
    pub fn text(&self, c: &Ctx) -> String {
        match self {
            Self::Thanks(saying) => saying.thanks(c).to_owned(),
            Self::NotFound => c
                .t(
                    "Địa chỉ này không dẫn đến hồ sơ nào. Hãy quét lại mã QR trên giấy tiếp nhận, hoặc gọi cho cơ quan và đọc mã hồ sơ.",
                    "This address leads to no dossier. Scan the QR code of your receipt again, or call us with the code of your dossier.",
                )
                .to_owned(),
            Self::TooMany(seconds) => match c.lang {
                Lang::Vi => format!("Từ địa chỉ của ông/bà có quá nhiều lượt tra cứu trong một phút. Vui lòng thử lại sau {seconds} giây."),
                Lang::En => format!("Too many look-ups came from your address in one minute. Please try again in {seconds} seconds."),
            },
        }
    }

    #[must_use]
    pub fn tone(&self) -> &'static str {
        match self {
            Self::Thanks(_) => "good",
            Self::NotFound => "none",
            Self::TooMany(_) => "warn",
        }
    }

    #[must_use]
    pub fn icon(&self) -> &'static str {
        match self {
            Self::Thanks(_) => "check",
            Self::NotFound => "question",
            Self::TooMany(_) => "clock",
        }
    }
}

#[derive(Debug, Clone, Template)]
#[template(config = "src/render/pages/askama.toml", path = "citizen_note.html")]
pub struct CitizenNotePage {
    pub c: Ctx,
    pub note: Note,
    /// Back to the dossier.
    pub back: Option<String>,
    pub centre_phone: String,
    pub centre_address: String,
}
