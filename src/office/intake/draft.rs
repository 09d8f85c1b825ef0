//! A dossier before it is written: its row, its first promise, the body of its line.

use serde_json::json;

use crate::domain::code::DossierCode;
use crate::domain::deadline::DeadlineError;
use crate::domain::dossier::StageName;
use crate::domain::limit::Limit;
use crate::domain::time::{Instant, rfc3339};
use crate::office::error::{FieldError, OfficeError, OfficeResult, Problem};
use crate::office::fallback::{joined, usual};
use crate::office::ids;
use crate::office::intake_form::Checked;
use crate::office::progress::next_check;
use crate::office::rules::Rules;
use crate::office::terms::{Agreed, Terms};
use crate::store::contacts::Contact;
use crate::store::dossiers::DossierRow;
use crate::store::promises::{PromiseKind, PromiseRow};
use crate::store::search_key::dossier_key;

/// A dossier with its first promise and the body of its journal line: nothing is written yet.
pub(in crate::office) struct Draft {
    pub row: DossierRow,
    pub promise: Option<PromiseRow>,
    pub body: String,
    /// What the limits give; `None` when the procedure has none.
    pub counted: Option<(Limit, Result<Agreed, DeadlineError>)>,
}

/// Where a dossier was received.
#[derive(Debug, Clone, Copy)]
pub(in crate::office) enum Source {
    Office,
    /// Another register, with the promise it made.
    Register {
        promised: Option<Instant>,
    },
}

/// The key in the body of the line `logged` that tells that another register received the dossier.
pub(in crate::office) const FROM_REGISTER: &str = "from_register";

/// Drafts a dossier. A promise made elsewhere is kept as it was, ours beside it.
pub(in crate::office) fn draft(
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
pub(in crate::office) fn wish(row: &DossierRow, checked: &Checked, now: Instant) -> Option<Contact> {
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
