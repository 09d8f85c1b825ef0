//! How a message travels, and what it waits for.

use super::{pick, since};
use crate::render::pages::ctx::Lang;

/// A way to a citizen, as its choice reads; empty: as usual.
#[must_use]
pub fn way_choice(lang: Lang, way: &str) -> String {
    match way {
        "mail" => pick(lang, "Thư điện tử", "E-mail"),
        "sms" => pick(lang, "Tin nhắn SMS", "SMS"),
        "zalo" => pick(lang, "Zalo", "Zalo"),
        "tray" => pick(lang, "Giấy, hoặc điện thoại", "Paper, or telephone"),
        _ => pick(lang, "Theo thứ tự chung của cơ quan", "As the office usually does"),
    }
}

/// Where a draft waits, since when, until when, and whether the citizen was told without it.
#[must_use]
pub fn in_tray(lang: Lang, whose: &str, from: &str, by: Option<String>, told: Option<String>) -> String {
    let by = by.map(|by| format!("{} {by}", pick(lang, "phải ký trước", "to be signed by")));
    let told = told.map(|at| format!("{} {at}", pick(lang, "đã báo chậm cho dân lúc", "the citizen was told at")));
    let parts = [Some(whose.to_owned()).filter(|whose| !whose.is_empty()), Some(since(lang, from)), by, told];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// How a message travels.
#[must_use]
pub fn by_mail(lang: Lang) -> String {
    pick(lang, "thư điện tử", "e-mail")
}

/// A way of delivery by its word in the database: `mail`, `sms`, `zalo`, `tray`.
#[must_use]
pub fn way(lang: Lang, way: &str) -> String {
    match way {
        "mail" => by_mail(lang),
        "sms" => "SMS".to_owned(),
        "zalo" => "Zalo".to_owned(),
        _ => on_paper(lang),
    }
}

/// For the banner: `Không gửi được thư điện tử từ 08:12 24/11/2026.`
#[must_use]
pub fn way_is_down(lang: Lang, way: &str, since: &str) -> String {
    match lang {
        Lang::Vi => format!("Không gửi được {way} từ {since}."),
        Lang::En => format!("No {way} could be sent since {since}."),
    }
}

/// Why a message waits, with the moment where there is one.
#[must_use]
pub fn waits(lang: Lang, why: MessageWaits, moment: &str) -> String {
    match (lang, why) {
        (Lang::Vi, MessageWaits::ForDigest) => "chờ bản tin buổi sáng".to_owned(),
        (Lang::En, MessageWaits::ForDigest) => "for the digest of the morning".to_owned(),
        (Lang::Vi, MessageWaits::AtTheDesk) => "chờ in, giao tay".to_owned(),
        (Lang::En, MessageWaits::AtTheDesk) => "to be printed and handed over".to_owned(),
        (Lang::Vi, MessageWaits::Quiet) => format!("ngoài giờ gửi, gửi lúc {moment}"),
        (Lang::En, MessageWaits::Quiet) => format!("quiet hours, leaves at {moment}"),
        (Lang::Vi, MessageWaits::Until) => format!("gửi lúc {moment}"),
        (Lang::En, MessageWaits::Until) => format!("leaves at {moment}"),
        (Lang::Vi, MessageWaits::WayDown) => format!("kênh gửi hỏng từ {moment}"),
        (Lang::En, MessageWaits::WayDown) => format!("the way is down since {moment}"),
        (Lang::Vi, MessageWaits::Next) => "gửi ở lượt kế tiếp".to_owned(),
        (Lang::En, MessageWaits::Next) => "leaves with the next round".to_owned(),
        (Lang::Vi, MessageWaits::OnItsWay) => "đang được gửi".to_owned(),
        (Lang::En, MessageWaits::OnItsWay) => "being sent".to_owned(),
        (Lang::Vi, MessageWaits::Stuck) => "bị kẹt: đang gửi quá lâu".to_owned(),
        (Lang::En, MessageWaits::Stuck) => "stuck: on its way for too long".to_owned(),
    }
}

/// What a message waits for, for its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MessageWaits {
    ForDigest,
    AtTheDesk,
    Quiet,
    Until,
    WayDown,
    Next,
    OnItsWay,
    Stuck,
}

#[must_use]
pub fn on_paper(lang: Lang) -> String {
    pick(lang, "in giấy, giao tay", "on paper")
}
