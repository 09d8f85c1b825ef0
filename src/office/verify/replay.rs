//! Every kept date follows again from its ledger, under the calendar version it was promised by.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::domain::calendar::WorkingCalendar;
use crate::domain::ledger::Ledger;
use crate::domain::time::{Instant, rfc3339};
use crate::office::error::{OfficeError, OfficeResult};
use crate::office::rules;
use crate::store::Conn;
use crate::store::promises::PromiseKind;
use crate::store::proof::{self, Proof};

use super::told;
use super::{DifferentDate, VerifyReport};

/// What stands for a ledger where no date was counted.
const NO_LEDGER: &str = "{}";

type Kept = Result<Arc<WorkingCalendar>, String>;

/// The calendar versions met so far, for all lanes.
#[derive(Default)]
pub(super) struct Calendars(Mutex<HashMap<i32, Kept>>);

impl Calendars {
    /// The calendar of `version`, or why there is none: a fault of the row that names it.
    fn of(&self, conn: &mut Conn, version: i32) -> OfficeResult<Kept> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(calendar) = kept.get(&version) {
            return Ok(calendar.clone());
        }
        let calendar = match rules::calendar_of(conn, version) {
            Ok(calendar) => Ok(Arc::new(calendar)),
            Err(error @ OfficeError::Store(_)) => return Err(error),
            Err(
                error @ (OfficeError::NotFound
                | OfficeError::Invalid(_)
                | OfficeError::Refused(_)
                | OfficeError::Broken(_)),
            ) => Err(format!("calendar version {version}: {error}")),
        };
        kept.insert(version, calendar.clone());
        Ok(calendar)
    }
}

/// Replays the promises of a page; answers how many there are.
pub(super) fn replay(
    conn: &mut Conn,
    (from, until): (&str, Option<&str>),
    calendars: &Calendars,
    report: &mut VerifyReport,
) -> OfficeResult<u64> {
    let page = proof::proofs(conn, from, until)?;
    let mut differ: Vec<(&Proof, Difference)> = Vec::new();
    for promise in &page {
        let found = if promise.ledger == NO_LEDGER {
            unaccounted(promise)
        } else {
            report.dates_replayed += 1;
            match calendars.of(conn, promise.calendar_version)? {
                Ok(calendar) => differences(promise, &calendar),
                Err(why) => vec![Difference { kept: promise.due_at, replayed: why }],
            }
        };
        differ.extend(found.into_iter().map(|difference| (promise, difference)));
    }
    differ.extend(told::otherwise(conn, &page)?);
    let ids: Vec<&str> = differ.iter().map(|(promise, _)| promise.dossier_id.as_str()).collect();
    let codes: HashMap<String, String> =
        if ids.is_empty() { HashMap::new() } else { proof::codes(conn, &ids)?.into_iter().collect() };
    report.dates_differ.extend(differ.into_iter().map(|(promise, difference)| DifferentDate {
        code: codes.get(&promise.dossier_id).cloned().unwrap_or_default(),
        promise: promise.number,
        kept: rfc3339(difference.kept),
        replayed: difference.replayed,
    }));
    Ok(u64::try_from(page.len()).unwrap_or(0))
}

/// A kept date, and what its ledger gives instead.
pub(super) struct Difference {
    pub kept: Instant,
    pub replayed: String,
}

/// Both dates of a promise against their ledgers: the one promised, and the statutory one beside it.
fn differences(promise: &Proof, calendar: &WorkingCalendar) -> Vec<Difference> {
    // An imported promise, and one kept later than ours, are proven by the date beside them.
    let proven = promise.computed_due_at.unwrap_or(promise.due_at);
    let again = count_again(&promise.ledger, calendar);
    let promised = otherwise(&again, |at| at == proven);
    let statutory_at = promise.statutory_due_at.unwrap_or(promise.due_at);
    let statutory = if promise.statutory_ledger.is_empty() {
        // The same limit: the date is the counted one, or the one kept in its place.
        otherwise(&again, |at| at == statutory_at || promise.due_at == statutory_at).filter(|_| again.is_ok())
    } else {
        // A changed calendar moves no date earlier, so that a redated one may lie behind its count.
        let later = promise.kind == PromiseKind::Redated;
        otherwise(&count_again(&promise.statutory_ledger, calendar), |at| {
            at == statutory_at || later && at < statutory_at
        })
    };
    let promised = promised.map(|replayed| Difference { kept: promise.due_at, replayed });
    let statutory = statutory.map(|replayed| Difference { kept: statutory_at, replayed });
    promised.into_iter().chain(statutory).collect()
}

/// The date that a kept ledger gives by the very days it tells of; else why it does not.
fn count_again(ledger: &str, calendar: &WorkingCalendar) -> Result<Instant, String> {
    let ledger: Ledger = serde_json::from_str(ledger).map_err(|error| error.to_string())?;
    let again = ledger.replay(calendar).map_err(|error| error.to_string())?;
    if again.ledger == ledger { Ok(again.due_at) } else { Err(format!("{}, by other days", rfc3339(again.due_at))) }
}

/// What was counted instead of a date that `fits`.
fn otherwise(again: &Result<Instant, String>, fits: impl Fn(Instant) -> bool) -> Option<String> {
    match again {
        Ok(at) if fits(*at) => None,
        Ok(at) => Some(rfc3339(*at)),
        Err(why) => Some(why.clone()),
    }
}

/// A date of ours is always counted: one without a ledger was tampered with.
fn unaccounted(promise: &Proof) -> Vec<Difference> {
    let ours = match promise.kind {
        PromiseKind::Initial | PromiseKind::Restarted | PromiseKind::Resumed => true,
        PromiseKind::Imported | PromiseKind::Redated => promise.computed_due_at.is_some(),
        PromiseKind::Rescheduled => false,
    };
    let missing = || Difference { kept: promise.due_at, replayed: "no ledger".to_owned() };
    ours.then(missing).into_iter().collect()
}
