//! Why each promised day of a dossier is that day: facts, and the account of them in plain text.
//!
//! Pages show the same lines (`pages/ledger.rs`). Nothing here names a person.

mod basis;
mod days;
mod lines;

use crate::domain::ledger::{Language, Ledger};
use crate::domain::time::{Instant, local};

use super::pages::{Lang, time};
pub use days::{DayLine, day_lines};
pub use lines::lines;

/// What is told of one dossier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerFacts {
    pub code: String,
    pub procedure_code: String,
    pub procedure: String,
    /// Version of the procedure that the dossier keeps; `None` when it is not known any more.
    pub rule_version: Option<i32>,
    pub received_at: Instant,
    /// Oldest first.
    pub promises: Vec<PromiseFacts>,
}

/// What is told of one promise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PromiseFacts {
    pub number: i32,
    pub made: Made,
    pub due_at: Instant,
    /// Ours, when another date was kept.
    pub computed_due_at: Option<Instant>,
    /// When a later promise took its place.
    pub superseded_at: Option<Instant>,
    pub provisional: bool,
    /// Procedure, decision, additions and doubts in one line, as kept.
    pub basis: String,
    pub calendar_version: i32,
    /// `None` where nothing was counted: a date of another system, or the new date of an apology.
    pub ledger: Option<Ledger>,
    /// The later date of the statutory limit, when the office committed to less.
    pub statutory: Option<(Instant, Ledger)>,
}

/// Why a promise was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Made {
    Initial,
    Imported,
    Restarted,
    Resumed,
    Rescheduled,
    Redated,
}

impl Made {
    /// What the date is called, with the reason for it.
    #[must_use]
    pub const fn word(self, lang: Lang) -> &'static str {
        let (vi, en) = match self {
            Self::Initial => ("Hẹn trả khi tiếp nhận", "Promised at receipt"),
            Self::Imported => ("Hẹn trả theo hệ thống cũ", "Promised by an earlier system"),
            Self::Restarted => {
                ("Hẹn trả tính lại từ khi nhận đủ hồ sơ bổ sung", "Counted afresh from the complete supplement")
            }
            Self::Resumed => ("Hẹn trả sau thời gian tạm dừng", "Moved by the time it was paused"),
            Self::Rescheduled => ("Hẹn lại theo phiếu xin lỗi", "The new date of the letter of apology"),
            Self::Redated => ("Hẹn trả dời theo lịch nghỉ mới", "Moved later by a change of the calendar"),
        };
        match lang {
            Lang::Vi => vi,
            Lang::En => en,
        }
    }

    /// Why there are no days to show.
    #[must_use]
    pub const fn uncounted(self, lang: Lang) -> &'static str {
        let (vi, en) = match self {
            Self::Rescheduled => (
                "Ngày hẹn lại do cơ quan ấn định một lần, không đếm từ thời hạn.",
                "The new date is set once by the office; it is not counted from the limit.",
            ),
            Self::Initial | Self::Imported | Self::Restarted | Self::Resumed | Self::Redated => (
                "Ngày hẹn này được giữ nguyên từ hệ thống cũ; chưa có thời hạn để đếm lại.",
                "This date was taken over as it was; there is no limit to count it again.",
            ),
        };
        match lang {
            Lang::Vi => vi,
            Lang::En => en,
        }
    }
}

/// The domain's language of a page's.
#[must_use]
pub const fn language(lang: Lang) -> Language {
    match lang {
        Lang::Vi => Language::Vietnamese,
        Lang::En => Language::English,
    }
}

pub(super) const fn pick(lang: Lang, vi: &'static str, en: &'static str) -> &'static str {
    match lang {
        Lang::Vi => vi,
        Lang::En => en,
    }
}

/// The whole account as plain text, without a last line end.
#[must_use]
pub fn text(facts: &LedgerFacts, lang: Lang) -> String {
    let at = |at: Instant| time::long_instant(lang, local(at));
    let mut out = vec![
        format!("{} {}", pick(lang, "SỔ TÍNH NGÀY, HỒ SƠ", "LEDGER OF DAYS, DOSSIER"), facts.code),
        format!("{}: {}", pick(lang, "Thủ tục", "Procedure"), facts.procedure),
        format!("{}: {}", pick(lang, "Tiếp nhận", "Received"), at(facts.received_at)),
    ];
    if facts.promises.is_empty() {
        let none =
            pick(lang, "Không có ngày hẹn: thủ tục chưa có thời hạn.", "Nothing promised: the procedure has no limit.");
        out.extend([String::new(), none.to_owned()]);
    }
    for promise in &facts.promises {
        out.push(String::new());
        out.push(format!("{}. {}: {}", promise.number, promise.made.word(lang), at(promise.due_at)));
        out.extend(lines(facts, promise, lang).iter().map(|line| format!("   {}: {}", line.name, line.value)));
        match &promise.ledger {
            Some(ledger) => out.extend(day_lines(ledger, lang).iter().map(|day| day_text(day, lang))),
            None => out.push(format!("   {}", promise.made.uncounted(lang))),
        }
    }
    out.join("\n")
}

/// `     3  thứ Tư 25/11/2026: ngày làm việc`; a day that does not count has a dash for its number.
fn day_text(day: &DayLine, lang: Lang) -> String {
    let number = day.number.map_or_else(|| "–".to_owned(), |number| number.to_string());
    format!("   {number:>4}  {}: {}", time::long_date(lang, day.date), day.why)
}

#[cfg(test)]
pub(crate) mod tests;
