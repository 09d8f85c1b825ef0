//! What a new calendar makes of every open promise. Nothing is read or written here.

use std::collections::HashMap;

use crate::domain::calendar::WorkingCalendar;
use crate::domain::deadline::due_at;
use crate::domain::ledger::Ledger;
use crate::domain::limit::Limit;
use crate::domain::pause::Pause;
use crate::domain::time::{Instant, civil_day};
use crate::store::redating::Running;

/// What becomes of the judged promise of a dossier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// The new calendar gives a later date: that is promised.
    Later(Instant),
    /// It would give an earlier date: what was promised stays.
    Stays,
    /// The citizen is waited for: counted again when work goes on.
    Waits,
    /// Only the one new date of the apology moves.
    Unchanged,
}

/// A dossier that the new calendar touches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Touched {
    pub row: Running,
    pub pauses: Vec<Pause>,
    pub fate: Fate,
    /// Where the one new date of the apology moves to.
    pub new_due_at: Option<Instant>,
}

/// Every dossier that the change from `old` to `new` touches, in the order given.
#[must_use]
pub fn plan(
    rows: Vec<Running>,
    pauses: Vec<(String, Instant, Instant)>,
    now: Instant,
    old: &WorkingCalendar,
    new: &WorkingCalendar,
) -> Vec<Touched> {
    let mut by_dossier: HashMap<String, Vec<Pause>> = HashMap::new();
    for (dossier, from, to) in pauses {
        by_dossier.entry(dossier).or_default().push(Pause { from, to });
    }
    let touched = |row: Running| {
        let pauses = by_dossier.remove(&row.dossier_id).unwrap_or_default();
        let fate = fate(&row, &pauses, now, old, new);
        let new_due_at = new_date(&row, fate, now, old, new);
        let touches = fate != Fate::Unchanged || new_due_at.is_some();
        touches.then_some(Touched { row, pauses, fate, new_due_at })
    };
    rows.into_iter().filter_map(touched).collect()
}

fn fate(row: &Running, pauses: &[Pause], now: Instant, old: &WorkingCalendar, new: &WorkingCalendar) -> Fate {
    // A promise that has passed stays judged.
    if row.due_at < now {
        return Fate::Unchanged;
    }
    let date = match counted(row, pauses, new) {
        Some(date) if is_ours(row) => Some(date),
        Some(_) | None => carried(row.due_at, old, new),
    };
    match date {
        Some(date) if date != row.due_at && row.paused_since.is_some() => Fate::Waits,
        Some(date) if date > row.due_at => Fate::Later(date),
        // A promise kept later than ours before stays so without being told again.
        Some(date) if date < row.due_at && row.computed_due_at.is_none() => Fate::Stays,
        Some(_) | None => Fate::Unchanged,
    }
}

/// Whether the date is by our count, or a later one kept beside it. A date promised elsewhere that is
/// earlier than ours was never by that count, so that a new count says nothing about it.
fn is_ours(row: &Running) -> bool {
    row.computed_due_at.is_none_or(|computed| computed <= row.due_at)
}

/// The date that the facts of the promise give under a calendar; `None` without a limit, or beyond it.
#[must_use]
pub fn counted(row: &Running, pauses: &[Pause], calendar: &WorkingCalendar) -> Option<Instant> {
    let limit = limit_of(row)?;
    let restarted = restarted(row);
    let count = |limit: &Limit| due_at(row.received_at, restarted, limit, pauses, calendar).ok();
    match statutory_limit(row) {
        Some(statutory) => Some(count(&limit)?.min(count(&statutory)?)),
        None => count(&limit),
    }
}

/// The limit that gave the promise.
#[must_use]
pub fn limit_of(row: &Running) -> Option<Limit> {
    Limit::new(u32::try_from(row.limit_value?).ok()?, row.limit_unit?).ok()
}

/// The statutory limit, when the promise is by the office's shorter one.
#[must_use]
pub fn statutory_limit(row: &Running) -> Option<Limit> {
    if row.statutory_ledger.is_empty() {
        return None;
    }
    serde_json::from_str::<Ledger>(&row.statutory_ledger).ok().map(|ledger| ledger.limit)
}

/// When the count began afresh.
#[must_use]
pub fn restarted(row: &Running) -> Option<Instant> {
    (row.counted_from != row.received_at).then_some(row.counted_from)
}

/// Civil Code 2015, Art. 148: a last day that became a day off ends with the next working day. `None`
/// when the day is still one, or never was.
#[must_use]
pub fn carried(at: Instant, old: &WorkingCalendar, new: &WorkingCalendar) -> Option<Instant> {
    let day = civil_day(at);
    if new.is_working_day(day) || !old.is_working_day(day) {
        return None;
    }
    new.closes(new.next_working_day_from(day)?)
}

/// The one new date of the apology: carried over a day off, and never before the promise itself.
fn new_date(row: &Running, fate: Fate, now: Instant, old: &WorkingCalendar, new: &WorkingCalendar) -> Option<Instant> {
    let at = row.new_due_at.filter(|at| *at >= now)?;
    let carried = carried(at, old, new).unwrap_or(at);
    let moved = match fate {
        Fate::Later(promise) => carried.max(promise),
        Fate::Stays | Fate::Waits | Fate::Unchanged => carried,
    };
    (moved > at).then_some(moved)
}
