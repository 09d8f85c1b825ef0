//! Logging a dossier: facts checked, rules pinned, the promise made with its ledger, all in one transaction.

use crate::domain::code::DossierCode;
use crate::domain::dossier::StepKind;
use crate::domain::notice::{NoticeFacts, Promised};
use crate::domain::time::{Instant, civil_day};
use crate::store::contacts::{self};
use crate::store::dossiers::{self, DossierRow};
use crate::store::journal::{self, Line};
use crate::store::promises::{self, PromiseRow};
use crate::store::{self, Tx, counters, submissions};

use super::error::{FieldError, OfficeError, OfficeResult, Problem};
use super::ids;
pub use super::intake_form::{Checked, IntakeForm, OldReceipt, check, nfc};
use super::progress::next_check;
use super::rules::Rules;
use super::{Actor, Office, sub_deadlines};

mod draft;

pub(super) use draft::{Draft, FROM_REGISTER, Source, draft, wish};

impl Office {
    /// Logs a dossier received now, or at the time the form names.
    ///
    /// # Errors
    /// Every field that is wrong, at once; or the database.
    pub fn log_dossier(&self, now: Instant, actor: &Actor, form: &IntakeForm) -> OfficeResult<DossierRow> {
        self.writing(|tx, rules| {
            let checked = check(form, rules, now, OldReceipt::Refused).map_err(OfficeError::Invalid)?;
            self.log(tx, rules, now, actor, &checked)
        })
    }

    /// Logs a checked form inside a transaction.
    pub(crate) fn log(
        &self,
        tx: &mut Tx<'_>,
        rules: &Rules,
        now: Instant,
        actor: &Actor,
        checked: &Checked,
    ) -> OfficeResult<DossierRow> {
        let code = self.code_for(tx, rules, checked)?;
        enter(tx, rules, now, actor, checked, Identity { code, status_token: ids::page_secret()? })
    }

    /// The code a checked form names, or our next: no dossier and no online file has it.
    pub(super) fn code_for(&self, tx: &mut Tx<'_>, rules: &Rules, checked: &Checked) -> OfficeResult<DossierCode> {
        match &checked.code {
            None => self.next_code(tx, &rules.agency()?.code, checked.received_at),
            Some(code) if is_taken(tx, code)? => Err(FieldError::new("code", code.as_str(), Problem::CodeTaken).into()),
            Some(code) => Ok(code.clone()),
        }
    }

    /// The next code of the day of receipt; a foreign code that looks like ours is stepped over.
    fn next_code(&self, tx: &mut Tx<'_>, agency: &str, received_at: Instant) -> OfficeResult<DossierCode> {
        let day = civil_day(received_at);
        loop {
            let serial = counters::next(tx, &format!("dossier/{agency}/{day}"))?;
            let code = self.pattern.fill(agency, day, serial);
            if !is_taken(tx, &code)? {
                return Ok(code);
            }
        }
    }
}

/// Writes a checked dossier down under the code and page secret it has.
pub(super) fn enter(
    tx: &mut Tx<'_>,
    rules: &Rules,
    now: Instant,
    actor: &Actor,
    checked: &Checked,
    identity: Identity,
) -> OfficeResult<DossierRow> {
    let Identity { code, status_token } = identity;
    if dossiers::is_taken(tx, code.as_str())? {
        return Err(FieldError::new("code", code.as_str(), Problem::CodeTaken).into());
    }
    let agency = rules.agency()?;
    let Draft { mut row, promise, body, .. } = draft(rules, now, &agency.id, &code, checked, Source::Office)?;
    row.status_token = status_token;
    let subs = sub_deadlines::at_receipt(rules, &row, now)?;
    row.next_check_at = next_check(&row, promise.as_slice(), &subs, rules, now);
    dossiers::insert(tx, row.clone())?;
    if let Some(wish) = wish(&row, checked, now) {
        contacts::put(tx, wish)?;
    }
    let procedure = rules.procedure_version(&row.procedure_id).map_or("", |version| version.row.code.as_str());
    checked.filing.keep(tx, &row, procedure)?;
    // How often it is used: what comes first in the search of the counter.
    counters::next(tx, &rules.own_name(&used(procedure)))?;
    if let Some(promise) = promise {
        promises::insert(tx, promise)?;
    }
    for sub in subs {
        store::sub_deadlines::insert(tx, sub)?;
    }
    let line = Line {
        recorded_at: now,
        at: checked.received_at,
        actor: actor.journal_name(),
        kind: StepKind::Logged.as_str(),
        dossier_id: Some(&row.id),
        body,
    };
    journal::append(tx, &[line])?;
    Ok(row)
}

/// The series that counts the dossiers of a procedure.
pub(super) fn used(procedure_code: &str) -> String {
    format!("{USED}{procedure_code}")
}

/// What their names begin with.
pub(super) const USED: &str = "used/";

fn is_taken(tx: &mut Tx<'_>, code: &DossierCode) -> OfficeResult<bool> {
    Ok(dossiers::is_taken(tx, code.as_str())? || submissions::is_taken(tx, code.as_str())?)
}

/// What a dossier is known by outside; an online file had both before it was one.
pub(super) struct Identity {
    pub code: DossierCode,
    pub status_token: String,
}

/// What the notices of a dossier rest on, from its row and its promises.
#[must_use]
pub fn facts_of(row: &DossierRow, promises: &[PromiseRow]) -> NoticeFacts {
    let promised = |number: i32| {
        promises.iter().find(|promise| promise.number == number).map(|promise| Promised {
            number,
            due_at: promise.due_at,
            made_at: promise.made_at,
            counted_from: promise.counted_from,
        })
    };
    NoticeFacts {
        promise: promised(row.promise_number),
        // It may have moved since; it was told when it was first promised.
        reschedule: promised(row.reschedule_number)
            .map(|promise| Promised { made_at: promise.counted_from, ..promise }),
        paused_since: row.paused_since,
        closed_at: row.closed_at,
    }
}
