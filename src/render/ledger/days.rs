//! The days of a ledger, the counted ones numbered.

use chrono::NaiveDate;

use crate::domain::ledger::{Ledger, SpanKind};
use crate::render::pages::Lang;
use crate::render::pages::month::DayMark;

/// One civil day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayLine {
    pub date: NaiveDate,
    /// The how many-th counted day it is, from 1; `None` when it does not count.
    pub number: Option<u32>,
    pub mark: DayMark,
    pub why: String,
}

/// Every day from receipt to due day.
#[must_use]
pub fn day_lines(ledger: &Ledger, lang: Lang) -> Vec<DayLine> {
    let kinds = ledger.spans.iter().flat_map(|span| {
        span.from.iter_days().take_while(|day| *day <= span.to).map(|_| (mark_of(&span.kind), span.kind.is_counted()))
    });
    let mut counted = 0;
    let mut line = |(day, (mark, counts)): (crate::domain::ledger::LedgerDay, (DayMark, bool))| {
        counted += u32::from(counts);
        DayLine { date: day.date, number: counts.then_some(counted), mark, why: day.why }
    };
    ledger.days(super::language(lang)).zip(kinds).map(&mut line).collect()
}

const fn mark_of(kind: &SpanKind) -> DayMark {
    match kind {
        SpanKind::Received | SpanKind::Restarted => DayMark::Received,
        SpanKind::Paused => DayMark::Paused,
        SpanKind::RestDay => DayMark::Weekend,
        SpanKind::Holiday(_) | SpanKind::Compensatory(_) | SpanKind::SwappedOff(_) => DayMark::Holiday,
        SpanKind::Superseded | SpanKind::OutsideHours => DayMark::Skipped,
        SpanKind::Moved => DayMark::Due,
        SpanKind::MakeUp(_) => DayMark::MakeUp,
        SpanKind::SameDay
        | SpanKind::Working
        | SpanKind::CalendarDay
        | SpanKind::EndsOnDayOff(_)
        | SpanKind::OfficeTime(_)
        | SpanKind::ClockTime(_) => DayMark::Counted,
    }
}
