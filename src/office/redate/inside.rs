//! The dates inside limits and before acceptance under a new calendar: later only, like promises.

use crate::domain::calendar::WorkingCalendar;
use crate::domain::deadline::due_at;
use crate::domain::sub_deadline::SubDeadlineKind;
use crate::domain::time::{Instant, civil_day};
use crate::domain::time_rule::RuleKind;
use crate::office::OfficeResult;
use crate::office::rules::Rules;
use crate::office::submissions::clock;
use crate::store::sub_deadlines::SubDeadline;
use crate::store::submissions::{self, Submission, SubmissionState};
use crate::store::{Tx, redating};

use super::plan;

/// Moves the time for acceptance of the online files that wait and are not late yet.
pub(super) fn submissions(tx: &mut Tx<'_>, rules: &Rules, now: Instant) -> OfficeResult<u64> {
    let mut moved = 0;
    let waiting = submissions::in_state(tx, SubmissionState::Waiting, None, 0, i64::MAX)?;
    for one in waiting.into_iter().filter(|one| one.due_at >= now) {
        let due_at = clock(rules, &one.procedure_code, one.counted_from)?.due_at;
        if due_at <= one.due_at {
            continue;
        }
        let first_due_at = if one.first_due_at == one.due_at { due_at } else { one.first_due_at };
        let next_check_at = one.next_check_at.map(|_| now);
        let calendar_version = rules.calendar_version;
        submissions::save(tx, Submission { first_due_at, due_at, calendar_version, next_check_at, ..one })?;
        moved += 1;
    }
    Ok(moved)
}

/// Moves the open sub-deadlines that the new calendar makes later.
pub(super) fn sub_deadlines(tx: &mut Tx<'_>, rules: &Rules, now: Instant, old: &WorkingCalendar) -> OfficeResult<u64> {
    let mut moved = 0;
    for (row, sector) in redating::sub_deadlines(tx, now)? {
        let date = sub_date(&row, &sector, rules, old);
        if let Some(date) = date.filter(|date| *date > row.due_at) {
            redating::move_sub_deadline(tx, &row.id, date, rules.calendar_version)?;
            moved += 1;
        }
    }
    Ok(moved)
}

/// By its rule when that gave the date, else (a date that was agreed, or a rule that changed since)
/// carried over a day off.
fn sub_date(row: &SubDeadline, sector: &str, rules: &Rules, old: &WorkingCalendar) -> Option<Instant> {
    let kind = match row.kind {
        SubDeadlineKind::CompletionNotice => Some(RuleKind::CompletionNotice),
        SubDeadlineKind::Supplement => Some(RuleKind::Supplement),
        SubDeadlineKind::HandOver => Some(RuleKind::HandOver),
        SubDeadlineKind::Consultation => None,
    };
    let rule = kind.and_then(|kind| rules.time_rule(kind, sector, civil_day(row.started_at)));
    let counted = |calendar: &WorkingCalendar| {
        let limit = rule?.limit()?;
        due_at(row.started_at, None, &limit, &[], calendar).ok()
    };
    match counted(old) {
        Some(date) if date == row.due_at => counted(&rules.calendar),
        Some(_) | None => plan::carried(row.due_at, old, &rules.calendar),
    }
}
