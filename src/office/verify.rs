//! Proof: the journal's chain is whole, and every promise follows again from its ledger.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use serde::Serialize;

use crate::domain::calendar::WorkingCalendar;
use crate::domain::ledger::Ledger;
use crate::domain::time::rfc3339;
use crate::store::promises::{PromiseKind, PromiseRow};
use crate::store::{Conn, dossiers, journal, promises};

use super::error::OfficeResult;
use super::{Office, rules};

const PAGE: i64 = 2_000;

/// What `verify` found; anything in `broken` or `dates_differ` is a fault.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct VerifyReport {
    pub entries: u64,
    pub broken: Vec<BrokenLine>,
    pub dates_replayed: u64,
    pub dates_differ: Vec<DifferentDate>,
}

/// A journal line whose seal does not fit, or that is missing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BrokenLine {
    pub seq: i64,
    pub why: &'static str,
}

/// A promise that its ledger does not give again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DifferentDate {
    pub code: String,
    pub promise: i32,
    pub kept: String,
    pub replayed: String,
}

impl VerifyReport {
    /// Whether nothing is off.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.broken.is_empty() && self.dates_differ.is_empty()
    }
}

impl Office {
    /// Walks the journal and replays every ledger. `progress` hears how many lines and dates are done.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn verify(&self, progress: &mut dyn FnMut(u64)) -> OfficeResult<VerifyReport> {
        self.store().read(|conn| {
            let mut report = VerifyReport::default();
            walk_chain(conn, &mut report, progress)?;
            Self::replay_all(conn, &mut report, progress)?;
            Ok(report)
        })
    }

    fn replay_all(conn: &mut Conn, report: &mut VerifyReport, progress: &mut dyn FnMut(u64)) -> OfficeResult<()> {
        let mut calendars: HashMap<i32, WorkingCalendar> = HashMap::new();
        let mut after = String::new();
        loop {
            let page = promises::after(conn, &after, PAGE)?;
            let Some(last) = page.last() else { return Ok(()) };
            after.clone_from(&last.id);
            for promise in page.iter().filter(|promise| promise.ledger != "{}") {
                let calendar = match calendars.entry(promise.calendar_version) {
                    Entry::Occupied(kept) => kept.into_mut(),
                    Entry::Vacant(free) => free.insert(rules::calendar_of(conn, promise.calendar_version)?),
                };
                report.dates_replayed += 1;
                if let Some(replayed) = difference(promise, calendar) {
                    let code = dossiers::find(conn, &promise.dossier_id)?.map(|row| row.code).unwrap_or_default();
                    let kept = rfc3339(promise.due_at);
                    report.dates_differ.push(DifferentDate { code, promise: promise.number, kept, replayed });
                }
            }
            progress(report.entries + report.dates_replayed);
        }
    }
}

/// What the ledger gives instead of the kept date; `None` when it gives the same.
fn difference(promise: &PromiseRow, calendar: &WorkingCalendar) -> Option<String> {
    let ledger: Ledger = match serde_json::from_str(&promise.ledger) {
        Ok(ledger) => ledger,
        Err(error) => return Some(error.to_string()),
    };
    match ledger.replay(calendar) {
        // An imported promise, and one kept later than ours, are proven by the date beside them.
        Ok(again) if again.due_at == promise.computed_due_at.unwrap_or(promise.due_at) && again.ledger == ledger => {
            None
        }
        Ok(again) if promise.kind == PromiseKind::Imported && promise.computed_due_at == Some(again.due_at) => None,
        Ok(again) => Some(rfc3339(again.due_at)),
        Err(error) => Some(error.to_string()),
    }
}

fn walk_chain(conn: &mut Conn, report: &mut VerifyReport, progress: &mut dyn FnMut(u64)) -> OfficeResult<()> {
    let (mut seq, mut hash) = (0_i64, String::new());
    loop {
        let page = journal::after(conn, seq, PAGE)?;
        if page.is_empty() {
            break;
        }
        for entry in page {
            if entry.seq != seq + 1 {
                report.broken.push(BrokenLine { seq: seq + 1, why: "missing" });
            }
            if entry.hash != entry.expected_hash(&hash) {
                report.broken.push(BrokenLine { seq: entry.seq, why: "changed" });
            }
            report.entries += 1;
            seq = entry.seq;
            hash = entry.hash;
        }
        progress(report.entries);
    }
    if journal::head(conn)? != (seq, hash) {
        report.broken.push(BrokenLine { seq, why: "end cut off" });
    }
    Ok(())
}
