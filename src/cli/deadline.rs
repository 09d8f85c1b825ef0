//! `deadline`: one date with its account, or a whole file of them.

use serde_json::json;

use crate::config::Settings;
use crate::domain::deadline::{Promise, due};
use crate::domain::ledger::{Language, LedgerDay};
use crate::domain::limit::Limit;
use crate::domain::time::{Instant, rfc3339};
use crate::render::dates::{short_date, weekday};
use crate::render::differs::limit_text;

use super::args::DeadlineWords;
use super::output::{Failure, Streams, moment};
use super::{batch, calendar, reasons};

/// Answers `deadline`.
///
/// # Errors
/// When no date can be promised, or a file cannot be read.
pub fn run(settings: &Settings, words: &DeadlineWords, streams: &mut Streams<'_>) -> Result<(), Failure> {
    let calendar = calendar::at_hand(settings, streams)?;
    if let Some(file) = &words.batch {
        return batch::run(file, &calendar, streams);
    }
    let (Some(received), Some(limit)) = (words.received, words.limit) else {
        return Err(Failure::Usage("cần --received và --limit".to_owned()));
    };
    let promise = due(received, words.restart, &limit, &words.pause, &calendar)
        .map_err(|error| Failure::reason(reasons::deadline(error)))?;
    let days: Vec<LedgerDay> = promise.ledger.days(Language::Vietnamese).collect();
    let answer = json!({
        "received_at": rfc3339(received),
        "due_at": rfc3339(promise.due_at),
        "ledger": days,
        "provisional": promise.provisional,
    });
    streams.answer(&answer, || {
        let mut lines = vec![headline(received, limit, &promise)];
        if words.explain {
            lines.extend(days.iter().map(day_line));
        }
        lines.join("\n")
    })
}

fn headline(received: Instant, limit: Limit, promise: &Promise) -> String {
    let provisional = if promise.provisional {
        "\nTạm tính: lịch nghỉ của thời gian này chưa được công bố chính thức"
    } else {
        ""
    };
    format!(
        "Tiếp nhận: {}\nThời hạn: {}\nHẹn trả: {}{provisional}",
        moment(received),
        limit_text(limit),
        moment(promise.due_at)
    )
}

/// `✓ 25/11/2026 thứ Tư: ngày làm việc`
#[must_use]
pub fn day_line(day: &LedgerDay) -> String {
    use chrono::Datelike as _;
    let mark = if day.counted { '✓' } else { '·' };
    format!("  {mark} {} {}: {}", short_date(day.date), weekday(day.date.weekday()), day.why)
}
