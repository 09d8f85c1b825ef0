//! Why a promise taken over differs from the one the rules give, in one Vietnamese sentence.

use crate::domain::deadline::DeadlineError;
use crate::domain::ledger::{Ledger, SpanKind};
use crate::domain::limit::{Limit, LimitUnit};
use crate::domain::time::{Instant, civil_day};

use super::dates::short_date;

/// `5 ngày làm việc`, `2 tháng`, `trong ngày`.
#[must_use]
pub fn limit_text(limit: Limit) -> String {
    let unit = match limit.unit() {
        LimitUnit::SameDay => return "trong ngày".to_owned(),
        LimitUnit::WorkingDay => "ngày làm việc",
        LimitUnit::CalendarDay => "ngày",
        LimitUnit::Month => "tháng",
        LimitUnit::WorkingHour => "giờ làm việc",
        LimitUnit::Hour => "giờ",
    };
    format!("{} {unit}", limit.value())
}

/// The limit, the day it runs from, and how many days of each sort were not counted.
#[must_use]
pub fn counted_otherwise(ledger: &Ledger) -> String {
    let mut rest = 0;
    let mut off = 0;
    for span in &ledger.spans {
        let days = (span.to - span.from).num_days() + 1;
        match &span.kind {
            SpanKind::RestDay => rest += days,
            SpanKind::Holiday(_) | SpanKind::Compensatory(_) | SpanKind::SwappedOff(_) => off += days,
            SpanKind::Received
            | SpanKind::Superseded
            | SpanKind::Restarted
            | SpanKind::SameDay
            | SpanKind::Working
            | SpanKind::MakeUp(_)
            | SpanKind::CalendarDay
            | SpanKind::EndsOnDayOff(_)
            | SpanKind::Moved
            | SpanKind::Paused
            | SpanKind::OfficeTime(_)
            | SpanKind::ClockTime(_)
            | SpanKind::OutsideHours => {}
        }
    }
    let mut text = by_rule(ledger.limit, ledger.received_at);
    let left_out: Vec<String> = [(rest, "ngày nghỉ hằng tuần"), (off, "ngày nghỉ lễ, nghỉ bù")]
        .into_iter()
        .filter(|(days, _)| *days > 0)
        .map(|(days, what)| format!("{days} {what}"))
        .collect();
    if !left_out.is_empty() {
        text.push_str("; không tính ");
        text.push_str(&left_out.join(", "));
    }
    text
}

/// Why there is no date of ours to hold the promise against.
#[must_use]
pub fn not_countable(limit: Limit, received_at: Instant, error: DeadlineError) -> String {
    let rule = by_rule(limit, received_at);
    match error {
        DeadlineError::BeforeCalendar { .. } => {
            format!("{rule}; lịch làm việc năm {} chưa công bố", civil_day(received_at).format("%Y"))
        }
        DeadlineError::BeyondCalendar { last_day } => format!("{rule}; vượt quá ngày {}", short_date(last_day)),
        DeadlineError::RestartBeforeReceipt | DeadlineError::PauseBackwards => {
            format!("{rule}; các mốc thời gian mâu thuẫn")
        }
    }
}

/// The procedure's limit is not known.
#[must_use]
pub fn no_limit(procedure_code: &str) -> String {
    format!("thủ tục {procedure_code} chưa có thời hạn giải quyết trong danh mục")
}

fn by_rule(limit: Limit, received_at: Instant) -> String {
    format!("theo quy định: {} từ {}", limit_text(limit), short_date(civil_day(received_at)))
}
