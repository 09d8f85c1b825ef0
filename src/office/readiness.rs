//! "Will it be ready?" A yes is an event of the dossier, once for a promise; a no is the declaration of
//! a delay (NĐ 118/2025 Art. 19(6): at the latest one day before the time is over).

use crate::domain::dossier::{StageName, Step, StepKind};
use crate::domain::notice::NoticeKind;
use crate::domain::reschedule;
use crate::domain::time::Instant;
use crate::store::dossiers::DossierRow;
use crate::store::{Conn, StoreResult, alerts, journal};

use super::Office;
use super::error::{OfficeResult, Refusal};

/// Whether a dossier is asked for, and what was said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Readiness {
    /// Nobody asks: it is closed, waits, has no promise, or its time is not near.
    Unasked,
    Asked,
    /// The user name of who said that it will be ready, and when.
    Confirmed {
        by: String,
        at: Instant,
    },
}

/// The number of the promise in force.
pub(super) const fn promise_in_force(row: &DossierRow) -> i32 {
    if row.reschedule_number == 0 { row.promise_number } else { row.reschedule_number }
}

/// Refuses to confirm what was never promised, or was confirmed for this promise before.
pub(super) fn check(conn: &mut Conn, row: &DossierRow, step: &Step) -> OfficeResult<()> {
    if *step != Step::ConfirmReady {
        return Ok(());
    }
    if row.due_at.is_none() {
        return Err(Refusal::NoPromise.into());
    }
    match confirmed(conn, row)? {
        Some(_) => Err(Refusal::AlreadyAnswered.into()),
        None => Ok(()),
    }
}

/// Who said for the promise in force that it will be kept, and when.
fn confirmed(conn: &mut Conn, row: &DossierRow) -> StoreResult<Option<(String, Instant)>> {
    let said = journal::of_dossier_and_kind(conn, &row.id, StepKind::ReadyConfirmed.as_str())?;
    let of_promise = |body: &str| {
        let body: serde_json::Value = serde_json::from_str(body).unwrap_or_default();
        body.get("for_promise").and_then(serde_json::Value::as_i64) == Some(i64::from(promise_in_force(row)))
    };
    Ok(said.into_iter().rev().find(|line| of_promise(&line.body)).map(|line| (line.actor, line.at)))
}

/// What was said for the promise in force, or whether somebody asks.
pub(super) fn said(conn: &mut Conn, row: &DossierRow) -> StoreResult<Readiness> {
    if let Some((by, at)) = confirmed(conn, row)? {
        return Ok(Readiness::Confirmed { by, at });
    }
    let asks = |kind| matches!(kind, NoticeKind::DueSoon | NoticeKind::ApologyDue);
    let told = alerts::of_dossier(conn, &row.id)?;
    let asked = told.iter().any(|alert| asks(alert.kind) && alert.promise_number == promise_in_force(row));
    Ok(if asked { Readiness::Asked } else { Readiness::Unasked })
}

impl Office {
    /// Whether the page of a dossier asks, and what was answered for the promise in force.
    ///
    /// # Errors
    /// The database.
    pub fn readiness(&self, row: &DossierRow) -> OfficeResult<Readiness> {
        if row.stage != StageName::Processing || row.due_at.is_none() {
            return Ok(Readiness::Unasked);
        }
        Ok(self.store().read(|conn| said(conn, row))?)
    }

    /// The new day that the policy would give a delay declared now; `None`: none within the calendar.
    ///
    /// # Errors
    /// The database.
    pub fn proposed_day(&self, now: Instant, row: &DossierRow) -> OfficeResult<Option<chrono::NaiveDate>> {
        self.reading(|_, rules| {
            let day = |due_at| reschedule::propose(now, row.received_at, due_at, rules.new_date, &rules.calendar).ok();
            Ok(row.due_at.and_then(day))
        })
    }
}
