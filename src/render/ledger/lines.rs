//! What a promise was counted from, a line each: text and page show the same.

use crate::domain::ledger::Ledger;
use crate::domain::time::{Instant, local};
use crate::render::pages::{Lang, phrases, time};

use super::{LedgerFacts, Made, PromiseFacts, basis, pick};

/// A name and what stands beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub name: &'static str,
    pub value: String,
}

/// Limit, rule, basis, calendar, receipt, restart and pauses of a promise, and what is special about it.
#[must_use]
pub fn lines(facts: &LedgerFacts, promise: &PromiseFacts, lang: Lang) -> Vec<Line> {
    let at = |at: Instant| time::long_instant(lang, local(at));
    let mut lines = Vec::new();
    let mut add = |vi, en, value: String| lines.push(Line { name: pick(lang, vi, en), value });
    if let Some(ledger) = &promise.ledger {
        add("Thời hạn", "Limit", limit(ledger, lang));
    }
    if let Some(version) = facts.rule_version {
        let version_word = pick(lang, "phiên bản", "version");
        add(
            "Quy tắc",
            "Rule",
            format!("{} {}, {version_word} {version}", pick(lang, "thủ tục", "procedure"), facts.procedure_code),
        );
    }
    let basis = basis::in_words(&promise.basis, &facts.procedure_code, lang);
    if !basis.is_empty() {
        add("Căn cứ", "Basis", basis);
    }
    add("Lịch làm việc", "Calendar", format!("{} {}", pick(lang, "phiên bản", "version"), promise.calendar_version));
    if let Some(ledger) = &promise.ledger {
        add("Tiếp nhận", "Received", at(ledger.received_at));
        if let Some(restarted) = ledger.restarted_at {
            add("Tính lại từ", "Counted afresh from", at(restarted));
        }
        for pause in &ledger.pauses {
            let to = pick(lang, "đến", "to");
            add("Tạm dừng", "Paused", format!("{} {to} {}", at(pause.from), at(pause.to)));
        }
    }
    if let Some(computed) = promise.computed_due_at.filter(|computed| *computed != promise.due_at) {
        // A pause gives no new promise for a broken one; only the law's own date goes on.
        let broken = computed > promise.due_at && matches!(promise.made, Made::Restarted | Made::Resumed);
        let (vi, en) = match broken {
            true => ("Luật định, khi lời hẹn đã quá", "By law, the promise being broken"),
            false => ("Theo quy định tính ra", "The rules give"),
        };
        add(vi, en, at(computed));
    }
    if let Some((due_at, ledger)) = &promise.statutory {
        add("Theo thời hạn luật định", "By the statutory limit", format!("{} ({})", at(*due_at), limit(ledger, lang)));
    }
    if promise.provisional {
        let why = pick(lang, "lịch nghỉ của năm ấy chưa được công bố", "the calendar of that year is not published");
        add("Tạm tính", "Provisional", why.to_owned());
    }
    if let Some(superseded) = promise.superseded_at {
        add("Được thay từ", "Replaced from", at(superseded));
    }
    lines
}

fn limit(ledger: &Ledger, lang: Lang) -> String {
    phrases::limit(lang, i64::from(ledger.limit.value()), ledger.limit.unit())
}
