//! Logging a dossier: facts checked, rules pinned, the promise made with its ledger, all in one transaction.

use serde_json::json;

use crate::domain::code::DossierCode;
use crate::domain::deadline::DeadlineError;
use crate::domain::dossier::{StageName, StepKind};
use crate::domain::limit::Limit;
use crate::domain::notice::{NoticeFacts, Promised};
use crate::domain::time::{Instant, civil_day, rfc3339};
use crate::store::contacts::{self, Contact};
use crate::store::dossiers::{self, DossierRow};
use crate::store::journal::{self, Line};
use crate::store::promises::{self, PromiseKind, PromiseRow};
use crate::store::search_key::dossier_key;
use crate::store::{self, Tx, counters, submissions};

use super::error::{FieldError, OfficeError, OfficeResult, Problem};
use super::fallback::{joined, usual};
use super::ids;
pub use super::intake_form::{Checked, IntakeForm, OldReceipt, check, nfc};
use super::progress::next_check;
use super::rules::Rules;
use super::terms::{Agreed, Terms};
use super::{Actor, Office, sub_deadlines};

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

/// A dossier with its first promise and the body of its journal line: nothing is written yet.
pub(super) struct Draft {
    pub row: DossierRow,
    pub promise: Option<PromiseRow>,
    pub body: String,
    /// What the limits give; `None` when the procedure has none.
    pub counted: Option<(Limit, Result<Agreed, DeadlineError>)>,
}

/// Where a dossier was received.
#[derive(Debug, Clone, Copy)]
pub(super) enum Source {
    Office,
    /// Another register, with the promise it made.
    Register {
        promised: Option<Instant>,
    },
}

/// The key in the body of the line `logged` that tells that another register received the dossier.
pub(super) const FROM_REGISTER: &str = "from_register";

/// Drafts a dossier. A promise made elsewhere is kept as it was, ours beside it.
pub(super) fn draft(
    rules: &Rules,
    now: Instant,
    agency_id: &str,
    code: &DossierCode,
    checked: &Checked,
    source: Source,
) -> OfficeResult<Draft> {
    let taken_over = match source {
        Source::Office => None,
        Source::Register { promised } => promised,
    };
    let version = rules
        .procedure_version(&checked.procedure_id)
        .ok_or_else(|| OfficeError::Broken(format!("procedure version {} is gone", checked.procedure_id)))?;
    let terms = rules.terms(version, checked.channel, checked.received_at);
    let counted = terms.agree(checked.received_at, None, &[], &rules.calendar).transpose();
    let counted = terms.statutory.or(terms.commitment).zip(counted);
    let mut row = new_row(now, agency_id, code, checked)?;
    let promise = match (&counted, taken_over) {
        (None, None) => None,
        (Some((_, Err(error))), None) => {
            let received_at = rfc3339(checked.received_at);
            return Err(FieldError::new("received_at", received_at, Problem::Deadline(*error)).into());
        }
        (Some((_, Ok(ours))), None) => {
            let initial = (PromiseKind::Initial, ours.promise.due_at);
            Some(first_promise(rules, now, &row, &terms, Some(ours), initial)?)
        }
        (counted, Some(due_at)) => {
            let ours = counted.as_ref().and_then(|(_, ours)| ours.as_ref().ok());
            Some(first_promise(rules, now, &row, &terms, ours, (PromiseKind::Imported, due_at))?)
        }
    };
    if let Some(promise) = &promise {
        row.promise_number = promise.number;
        row.due_at = Some(promise.due_at);
        row.statutory_due_at = promise.statutory_due_at;
    }
    row.next_check_at = next_check(&row, promise.as_slice(), &[], rules, now);
    let mut body = json!({
        "procedure": (&version.row.code, version.row.version),
        "channel": checked.channel,
        "received_at": rfc3339(checked.received_at),
        "due_at": row.due_at.map(rfc3339),
        "statutory_due_at": row.statutory_due_at.map(rfc3339),
        "promise": row.promise_number,
        "promise_kind": promise.as_ref().map(|promise| promise.kind.as_str()),
    });
    if let (Source::Register { .. }, Some(body)) = (source, body.as_object_mut()) {
        body.insert(FROM_REGISTER.to_owned(), true.into());
    }
    Ok(Draft { row, promise, body: body.to_string(), counted })
}

/// How the applicant wishes to be reached, where it is not as usual.
pub(super) fn wish(row: &DossierRow, checked: &Checked, now: Instant) -> Option<Contact> {
    let ways = joined(&checked.contact_ways);
    (!ways.is_empty()).then(|| Contact { ways, ..usual(&row.id, now) })
}

/// The first promise of a dossier, with our account of it when there is one.
fn first_promise(
    rules: &Rules,
    now: Instant,
    row: &DossierRow,
    terms: &Terms,
    ours: Option<&Agreed>,
    (kind, due_at): (PromiseKind, Instant),
) -> OfficeResult<PromiseRow> {
    let promise = ours.map(|ours| &ours.promise);
    let limit = promise.map(|promise| promise.ledger.limit);
    Ok(PromiseRow {
        id: ids::id(now)?,
        dossier_id: row.id.clone(),
        number: 1,
        kind,
        due_at,
        made_at: row.received_at,
        counted_from: row.received_at,
        superseded_at: None,
        limit_value: limit.and_then(|limit| i32::try_from(limit.value()).ok()),
        limit_unit: limit.map(|limit| limit.unit()),
        computed_due_at: promise.map(|promise| promise.due_at).filter(|_| kind == PromiseKind::Imported),
        calendar_version: rules.calendar_version,
        provisional: kind == PromiseKind::Initial && promise.is_some_and(|promise| promise.provisional),
        basis: terms.basis.clone(),
        ledger: promise.map_or_else(|| Ok("{}".to_owned()), |promise| serde_json::to_string(&promise.ledger))?,
        statutory_due_at: ours.and_then(Agreed::statutory_due_at),
        statutory_ledger: ours.map_or_else(|| Ok(String::new()), Agreed::statutory_ledger)?,
    })
}

fn new_row(now: Instant, agency_id: &str, code: &DossierCode, checked: &Checked) -> OfficeResult<DossierRow> {
    let (phone, email) = (checked.applicant_phone.as_deref(), checked.applicant_email.as_deref());
    Ok(DossierRow {
        id: ids::id(now)?,
        agency_id: agency_id.to_owned(),
        code: code.as_str().to_owned(),
        procedure_id: checked.procedure_id.clone(),
        applicant_name: checked.applicant_name.clone(),
        applicant_phone: checked.applicant_phone.clone(),
        applicant_email: checked.applicant_email.clone(),
        applicant_address: checked.applicant_address.clone(),
        search_key: dossier_key(code.as_str(), &checked.applicant_name, phone, email),
        channel: checked.channel,
        unit_id: checked.unit_id.clone(),
        officer_id: checked.officer_id.clone(),
        officer_label: checked.officer_label.clone(),
        received_at: checked.received_at,
        stage: StageName::Processing,
        stage_since: checked.received_at,
        paused_since: None,
        promise_number: 0,
        due_at: None,
        reschedule_number: 0,
        new_due_at: None,
        closed_at: None,
        returned_at: None,
        paper_supplement: checked.paper_supplement,
        presence_required: checked.presence_required,
        fee_due: checked.fee_due,
        paid_online: checked.paid_online,
        e_result: false,
        status_token: ids::page_secret()?,
        next_check_at: None,
        revision: 0,
        statutory_due_at: None,
    })
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
