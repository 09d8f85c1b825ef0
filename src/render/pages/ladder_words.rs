//! The rungs of the ladder in the words of the pages.

use crate::domain::ladder::{Bundling, Rung, Urgency, Way};
use crate::domain::notice::{Audience, NoticeKind};

use super::Lang;

const fn pick(lang: Lang, vi: &'static str, en: &'static str) -> &'static str {
    match lang {
        Lang::Vi => vi,
        Lang::En => en,
    }
}

/// The name of a kind of rung.
#[must_use]
pub fn kind(lang: Lang, kind: NoticeKind) -> &'static str {
    if kind == NoticeKind::DueSoon {
        pick(lang, "Sắp đến hạn", "Due soon")
    } else if kind == NoticeKind::ApologyDue {
        pick(lang, "Có kịp hạn không?", "Will it be ready?")
    } else if kind == NoticeKind::Overdue {
        pick(lang, "Quá hạn", "Overdue")
    } else if kind == NoticeKind::StillOverdue {
        pick(lang, "Vẫn quá hạn", "Still overdue")
    } else {
        pick(lang, "Quá cả ngày hẹn lại", "New date missed")
    }
}

/// When it is told.
#[must_use]
pub fn when(lang: Lang, rung: &Rung) -> String {
    let (days, share) = (rung.working_days, rung.share_percent);
    let gone = match lang {
        _ if share == 0 => String::new(),
        Lang::Vi => format!(", khi đã qua {share}% thời hạn"),
        Lang::En => format!(", once {share}% of the time has gone"),
    };
    if rung.kind == NoticeKind::DueSoon {
        match lang {
            Lang::Vi => format!("từ {days} ngày làm việc trước ngày hẹn{gone}"),
            Lang::En => format!("from {days} working days before the date{gone}"),
        }
    } else if rung.kind == NoticeKind::ApologyDue {
        match lang {
            Lang::Vi => format!("{days} ngày làm việc trước ngày hẹn lần đầu{gone}"),
            Lang::En => format!("{days} working days before the first date{gone}"),
        }
    } else if rung.kind == NoticeKind::Overdue {
        pick(lang, "ngay khi quá ngày hẹn lần đầu", "as the first date passes").to_owned()
    } else if rung.kind == NoticeKind::StillOverdue {
        match lang {
            Lang::Vi => format!("{days} ngày làm việc sau ngày hẹn cuối đã qua"),
            Lang::En => format!("{days} working days after the last date that passed"),
        }
    } else {
        pick(lang, "ngay khi quá ngày hẹn lại", "as the new date passes").to_owned()
    }
}

#[must_use]
pub const fn audience(lang: Lang, audience: Audience) -> &'static str {
    match audience {
        Audience::Officer => pick(lang, "công chức thụ lý", "handling officer"),
        Audience::Supervisor => pick(lang, "phụ trách đơn vị", "supervisor"),
        Audience::Manager => pick(lang, "lãnh đạo", "manager"),
        Audience::Desk => pick(lang, "bộ phận tiếp nhận", "front desk"),
        Audience::Applicant => pick(lang, "người nộp hồ sơ", "applicant"),
        Audience::Admin => pick(lang, "quản trị", "administrator"),
    }
}

/// Who hears of it.
#[must_use]
pub fn audiences(lang: Lang, rung: &Rung) -> String {
    if rung.is_off() {
        return pick(lang, "không ai (tắt)", "nobody (off)").to_owned();
    }
    rung.audiences.iter().map(|one| audience(lang, *one)).collect::<Vec<_>>().join(", ")
}

/// The one who answers for it; empty when it is off.
#[must_use]
pub fn accountable(lang: Lang, rung: &Rung) -> String {
    if rung.is_off() { String::new() } else { audience(lang, rung.accountable).to_owned() }
}

#[must_use]
pub const fn way(lang: Lang, way: Way) -> &'static str {
    match way {
        Way::Screen => pick(lang, "trên màn hình", "on screen"),
        Way::Mail => pick(lang, "thư điện tử", "mail"),
        Way::Message => pick(lang, "tin nhắn", "text message"),
    }
}

#[must_use]
pub const fn bundling(lang: Lang, bundling: Bundling) -> &'static str {
    match bundling {
        Bundling::Single => pick(lang, "gửi riêng", "by itself"),
        Bundling::Digest => pick(lang, "gộp vào bản tin buổi sáng", "in the morning digest"),
    }
}

#[must_use]
pub const fn urgency(lang: Lang, urgency: Urgency) -> &'static str {
    match urgency {
        Urgency::Normal => pick(lang, "chỉ trong giờ làm việc", "in office hours only"),
        Urgency::Urgent => pick(lang, "khẩn: gửi cả đêm và ngày nghỉ", "urgent: at night and on days off too"),
    }
}

/// Which ways it takes, how bundled and how urgent.
#[must_use]
pub fn how(lang: Lang, rung: &Rung) -> String {
    let mut parts: Vec<&str> = rung.ways.iter().map(|one| way(lang, *one)).collect();
    if rung.bundling == Bundling::Digest {
        parts.push(bundling(lang, rung.bundling));
    }
    if rung.urgency == Urgency::Urgent {
        parts.push(urgency(lang, rung.urgency));
    }
    parts.join(", ")
}

/// Until when it has to be acknowledged.
#[must_use]
pub fn acknowledge(lang: Lang, rung: &Rung) -> String {
    match (rung.acknowledge_hours, lang) {
        (0, _) => pick(lang, "không cần", "not needed").to_owned(),
        (hours, Lang::Vi) => format!("trong {hours} giờ làm việc"),
        (hours, Lang::En) => format!("within {hours} office hours"),
    }
}

/// For which files it is given.
#[must_use]
pub fn place(lang: Lang, agency: &str, procedure: &str) -> String {
    let procedure = match (procedure, lang) {
        ("", _) => pick(lang, "Mọi thủ tục", "Every procedure").to_owned(),
        (code, Lang::Vi) => format!("Thủ tục {code}"),
        (code, Lang::En) => format!("Procedure {code}"),
    };
    if agency.is_empty() { procedure } else { format!("{procedure}, {agency}") }
}
