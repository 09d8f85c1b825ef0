//! Writing down a count: from runs of equal days, not from single ones.

use super::{Span, SpanKind};
use crate::domain::{
    calendar::DayKind,
    day_table::{self, DAY_SECONDS, Day, LocalSeconds, Mark},
    deadline::{Count, Landing},
    limit::LimitUnit,
};

/// How long one holiday-free stretch of a ledger usually is.
const SPANS_A_LIMIT: usize = 8;

impl Count<'_> {
    /// Every day from receipt to the due day.
    pub(in crate::domain) fn spans(&self, landing: &Landing) -> Vec<Span> {
        let mut writer = Writer { spans: Vec::with_capacity(SPANS_A_LIMIT) };
        if self.received_day < self.start_day {
            writer.push(self.received_day, self.start_day - 1, SpanKind::Superseded);
        }
        match self.limit.unit() {
            LimitUnit::WorkingDay | LimitUnit::SameDay => {
                self.write_start(landing, &mut writer);
                self.write_working_days(landing, &mut writer);
            }
            LimitUnit::CalendarDay | LimitUnit::Month => {
                self.write_start(landing, &mut writer);
                self.write_days(landing, &mut writer);
            }
            LimitUnit::WorkingHour | LimitUnit::Hour => self.write_hours(landing, &mut writer),
        }
        writer.spans
    }

    fn write_start(&self, landing: &Landing, writer: &mut Writer) {
        let kind = if landing.first == self.start_day {
            SpanKind::SameDay
        } else if self.received_day < self.start_day {
            SpanKind::Restarted
        } else {
            SpanKind::Received
        };
        writer.push(self.start_day, self.start_day, kind);
    }

    fn write_working_days(&self, landing: &Landing, writer: &mut Writer) {
        let mut day = self.start_day + 1;
        for (from, to) in self.days_out() {
            if from > landing.due_day {
                break;
            }
            self.write_runs(day, from.saturating_sub(1), writer);
            writer.push(from, to, SpanKind::Paused);
            day = to + 1;
        }
        self.write_runs(day, landing.due_day, writer);
    }

    fn write_days(&self, landing: &Landing, writer: &mut Writer) {
        let mut day = self.start_day + 1;
        for (from, to) in self.days_out() {
            if from > landing.last {
                break;
            }
            writer.push(day, from.saturating_sub(1), SpanKind::CalendarDay);
            writer.push(from, to, SpanKind::Paused);
            day = to + 1;
        }
        if landing.due_day == landing.last {
            return writer.push(day, landing.last, SpanKind::CalendarDay);
        }
        writer.push(day, landing.last.saturating_sub(1), SpanKind::CalendarDay);
        let note = match self.calendar.table.mark(landing.last) {
            Some(Mark::Noted(_, note)) => Some(note.clone()),
            Some(Mark::Working | Mark::RestDay) | None => None,
        };
        writer.push(landing.last, landing.last, SpanKind::EndsOnDayOff(note));
        self.write_runs(landing.last + 1, landing.due_day - 1, writer);
        writer.push(landing.due_day, landing.due_day, SpanKind::Moved);
    }

    /// Days `from..=to` as the calendar has them.
    fn write_runs(&self, from: Day, to: Day, writer: &mut Writer) {
        let mut day = from;
        while day <= to {
            let end = self.calendar.table.run_end(day).unwrap_or(day).min(to);
            writer.push(day, end, self.kind_by_calendar(day));
            day = end + 1;
        }
    }

    fn kind_by_calendar(&self, day: Day) -> SpanKind {
        match self.calendar.table.mark(day) {
            Some(Mark::Working) => SpanKind::Working,
            Some(Mark::RestDay) | None => SpanKind::RestDay,
            Some(Mark::Noted(kind, note)) => match kind {
                DayKind::Holiday => SpanKind::Holiday(note.clone()),
                DayKind::Compensatory => SpanKind::Compensatory(note.clone()),
                DayKind::SwappedOff => SpanKind::SwappedOff(note.clone()),
                DayKind::SwappedWorking => SpanKind::MakeUp(note.clone()),
            },
        }
    }

    fn write_hours(&self, landing: &Landing, writer: &mut Writer) {
        let out = self.seconds_out();
        for day in self.start_day..=landing.due_day {
            let from = day_table::midnight(day).max(self.start);
            let to = (day_table::midnight(day) + DAY_SECONDS).min(landing.due);
            let paused = |(pause_from, pause_to): &(LocalSeconds, LocalSeconds)| {
                self.seconds_between((*pause_from).max(from), (*pause_to).min(to))
            };
            let taken: i64 = out.iter().map(paused).sum();
            let counted = u32::try_from(self.seconds_between(from, to) - taken).unwrap_or_default();
            writer.push(day, day, self.kind_of_hours(day, counted, taken > 0));
        }
    }

    fn kind_of_hours(&self, day: Day, counted: u32, paused: bool) -> SpanKind {
        if counted > 0 && self.limit.unit() == LimitUnit::Hour {
            SpanKind::ClockTime(counted)
        } else if counted > 0 {
            SpanKind::OfficeTime(counted)
        } else if paused {
            SpanKind::Paused
        } else if self.calendar.table.is_working(day) {
            SpanKind::OutsideHours
        } else {
            self.kind_by_calendar(day)
        }
    }

    /// Countable seconds between two moments: office time or clock time.
    fn seconds_between(&self, from: LocalSeconds, to: LocalSeconds) -> i64 {
        if to <= from {
            return 0;
        }
        if self.limit.unit() == LimitUnit::Hour {
            return to - from;
        }
        let before = |moment| self.calendar.table.office_before(moment).unwrap_or_default();
        before(to) - before(from)
    }
}

struct Writer {
    spans: Vec<Span>,
}

impl Writer {
    /// Adds days `from..=to`, joining them to the last span if the reason is the same.
    fn push(&mut self, from: Day, to: Day, kind: SpanKind) {
        if to < from {
            return;
        }
        match self.spans.last_mut() {
            Some(last) if last.kind == kind => last.to = day_table::date_of(to),
            Some(_) | None => {
                let (from, to) = (day_table::date_of(from), day_table::date_of(to));
                self.spans.push(Span { from, to, kind });
            }
        }
    }
}
