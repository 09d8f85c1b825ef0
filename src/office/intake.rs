//! Logging a dossier: facts checked, rules pinned, the promise made with its ledger, all in one transaction.

use serde::Deserialize;
use serde_json::json;
use unicode_normalization::UnicodeNormalization;

use crate::delivery::is_address;
use crate::domain::channel::Channel;
use crate::domain::code::DossierCode;
use crate::domain::deadline::{DeadlineError, Promise, due};
use crate::domain::dossier::{StageName, StepKind};
use crate::domain::limit::Limit;
use crate::domain::notice::{NoticeFacts, Promised};
use crate::domain::time::{Instant, civil_day, parse_instant, rfc3339};
use crate::store::dossiers::{self, DossierRow};
use crate::store::journal::{self, Line};
use crate::store::promises::{self, PromiseKind, PromiseRow};
use crate::store::search_key::search_key;
use crate::store::{Tx, counters};

use super::error::{FieldError, OfficeError, OfficeResult, Problem};
use super::ids;
use super::progress::next_check;
use super::rules::{ProcedureVersion, Rules};
use super::{Actor, Office};

const NAME_MAX: usize = 200;
const TEXT_MAX: usize = 500;

/// What is said about a dossier when it is handed in: from the page, the API or a spreadsheet alike.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct IntakeForm {
    pub procedure_code: String,
    /// `online`, `counter` or `post`
    pub channel: String,
    pub applicant_name: String,
    pub applicant_phone: String,
    pub applicant_email: String,
    pub applicant_address: String,
    /// Empty: now.
    pub received_at: String,
    /// A foreign code, kept as it came; empty: ours.
    pub code: String,
    /// Code or name of a unit; empty: by the procedure's sector.
    pub unit: String,
    /// User name or name of the handling officer; empty: the unit's.
    pub officer: String,
    pub paper_supplement: bool,
    pub presence_required: bool,
    pub fee_due: bool,
    pub paid_online: bool,
}

/// The form after every field was found right.
#[derive(Debug, Clone)]
pub struct Checked {
    pub procedure_id: String,
    pub channel: Channel,
    pub applicant_name: String,
    pub applicant_phone: Option<String>,
    pub applicant_email: Option<String>,
    pub applicant_address: Option<String>,
    pub received_at: Instant,
    pub code: Option<DossierCode>,
    pub unit_id: Option<String>,
    pub officer_id: Option<String>,
    pub officer_label: Option<String>,
    pub paper_supplement: bool,
    pub presence_required: bool,
    pub fee_due: bool,
    pub paid_online: bool,
}

/// What a receipt before the first published calendar year means for the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OldReceipt {
    /// Refused: no date could be promised.
    Refused,
    /// Taken over from another system, which made the promise.
    TakenOver,
}

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
        let agency = rules.agency()?;
        let code = match &checked.code {
            Some(code) => free_code(tx, code)?,
            None => self.next_code(tx, &agency.code, checked.received_at)?,
        };
        let Draft { row, promise, body, .. } = draft(rules, now, &agency.id, &code, checked, None)?;
        dossiers::insert(tx, row.clone())?;
        if let Some(promise) = promise {
            promises::insert(tx, promise)?;
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

    /// The next code of the day of receipt; a foreign code that looks like ours is stepped over.
    fn next_code(&self, tx: &mut Tx<'_>, agency: &str, received_at: Instant) -> OfficeResult<DossierCode> {
        let day = civil_day(received_at);
        loop {
            let serial = counters::next(tx, &format!("dossier/{agency}/{day}"))?;
            let code = self.pattern.fill(agency, day, serial);
            if dossiers::by_code(tx, code.as_str())?.is_none() {
                return Ok(code);
            }
        }
    }
}

fn free_code(tx: &mut Tx<'_>, code: &DossierCode) -> OfficeResult<DossierCode> {
    match dossiers::by_code(tx, code.as_str())? {
        None => Ok(code.clone()),
        Some(_) => Err(FieldError::new("code", code.as_str(), Problem::CodeTaken).into()),
    }
}

/// A dossier with its first promise and the body of its journal line: nothing is written yet.
pub(super) struct Draft {
    pub row: DossierRow,
    pub promise: Option<PromiseRow>,
    pub body: String,
    /// What the limit gives; `None` when the procedure has no limit.
    pub counted: Option<(Limit, Result<Promise, DeadlineError>)>,
}

/// Drafts a dossier. A promise made elsewhere (`taken_over`) is kept as it was, ours beside it.
pub(super) fn draft(
    rules: &Rules,
    now: Instant,
    agency_id: &str,
    code: &DossierCode,
    checked: &Checked,
    taken_over: Option<Instant>,
) -> OfficeResult<Draft> {
    let version = rules
        .procedure_version(&checked.procedure_id)
        .ok_or_else(|| OfficeError::Broken(format!("procedure version {} is gone", checked.procedure_id)))?;
    let limit = version.limit(checked.channel);
    let counted = limit.map(|limit| (limit, due(checked.received_at, None, &limit, &[], &rules.calendar)));
    let mut row = new_row(now, agency_id, code, checked)?;
    let promise = match (&counted, taken_over) {
        (None, None) => None,
        (Some((_, Err(error))), None) => {
            let received_at = rfc3339(checked.received_at);
            return Err(FieldError::new("received_at", received_at, Problem::Deadline(*error)).into());
        }
        (Some((_, Ok(ours))), None) => {
            Some(first_promise(rules, now, &row, version, Some(ours), (PromiseKind::Initial, ours.due_at))?)
        }
        (counted, Some(due_at)) => {
            let ours = counted.as_ref().and_then(|(_, ours)| ours.as_ref().ok());
            Some(first_promise(rules, now, &row, version, ours, (PromiseKind::Imported, due_at))?)
        }
    };
    if let Some(promise) = &promise {
        row.promise_number = promise.number;
        row.due_at = Some(promise.due_at);
    }
    row.next_check_at = next_check(&row, promise.as_slice(), rules, now);
    let body = json!({
        "procedure": (&version.row.code, version.row.version),
        "channel": checked.channel,
        "received_at": rfc3339(checked.received_at),
        "due_at": row.due_at.map(rfc3339),
        "promise": row.promise_number,
        "promise_kind": promise.as_ref().map(|promise| promise.kind.as_str()),
    });
    Ok(Draft { row, promise, body: body.to_string(), counted })
}

/// The first promise of a dossier, with our account of it when there is one.
fn first_promise(
    rules: &Rules,
    now: Instant,
    row: &DossierRow,
    version: &ProcedureVersion,
    ours: Option<&Promise>,
    (kind, due_at): (PromiseKind, Instant),
) -> OfficeResult<PromiseRow> {
    let limit = ours.map(|ours| ours.ledger.limit);
    let (basis, confidence) =
        version.limit_row(row.channel).map_or(("", "confirmed"), |limit| (&*limit.basis, &*limit.confidence));
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
        computed_due_at: ours.map(|ours| ours.due_at).filter(|_| kind == PromiseKind::Imported),
        calendar_version: rules.calendar_version,
        provisional: kind == PromiseKind::Initial && ours.is_some_and(|ours| ours.provisional),
        basis: basis_of(version, basis, confidence),
        ledger: ours.map_or_else(|| Ok("{}".to_owned()), |ours| serde_json::to_string(&ours.ledger))?,
    })
}

/// What the promise rests on, in one line: procedure, version, decision, and any doubt.
pub(super) fn basis_of(version: &ProcedureVersion, basis: &str, confidence: &str) -> String {
    let mut text = format!("{} v{}", version.row.code, version.row.version);
    for part in [basis, if confidence == "confirmed" { "" } else { confidence }] {
        if !part.is_empty() {
            text.push_str("; ");
            text.push_str(part);
        }
    }
    text
}

fn new_row(now: Instant, agency_id: &str, code: &DossierCode, checked: &Checked) -> OfficeResult<DossierRow> {
    let words = [
        code.as_str(),
        &checked.applicant_name,
        checked.applicant_phone.as_deref().unwrap_or(""),
        checked.applicant_email.as_deref().unwrap_or(""),
    ];
    Ok(DossierRow {
        id: ids::id(now)?,
        agency_id: agency_id.to_owned(),
        code: code.as_str().to_owned(),
        procedure_id: checked.procedure_id.clone(),
        applicant_name: checked.applicant_name.clone(),
        applicant_phone: checked.applicant_phone.clone(),
        applicant_email: checked.applicant_email.clone(),
        applicant_address: checked.applicant_address.clone(),
        search_key: search_key(&words.join(" ")),
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
        status_token: ids::secret()?,
        next_check_at: None,
        revision: 0,
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
        reschedule: promised(row.reschedule_number),
        paused_since: row.paused_since,
        closed_at: row.closed_at,
    }
}

/// Holds every field against the rules and answers all that is wrong, not the first only.
///
/// # Errors
/// The fields that are wrong.
pub fn check(form: &IntakeForm, rules: &Rules, now: Instant, old: OldReceipt) -> Result<Checked, Vec<FieldError>> {
    let mut errors = Vec::new();
    let channel = form.channel.trim().parse::<Channel>();
    if channel.is_err() {
        let problem = if form.channel.trim().is_empty() { Problem::Required } else { Problem::UnknownChannel };
        errors.push(FieldError::new("channel", &form.channel, problem));
    }
    let received_at = received_at(form, rules, now, old).unwrap_or_else(|error| {
        errors.push(error);
        now
    });
    let code = match form.code.trim() {
        "" => None,
        text => DossierCode::parse(&nfc(text))
            .map_err(|error| errors.push(FieldError::new("code", text, Problem::Code(error))))
            .ok(),
    };
    let procedure = rules.procedure_at(form.procedure_code.trim(), received_at);
    if procedure.is_none() {
        let problem = if form.procedure_code.trim().is_empty() { Problem::Required } else { Problem::UnknownProcedure };
        errors.push(FieldError::new("procedure_code", &form.procedure_code, problem));
    }
    let unit = match form.unit.trim() {
        "" => procedure.and_then(|procedure| rules.unit_for_sector(&procedure.row.sector)),
        text => rules.unit_named(&nfc(text)),
    };
    if unit.is_none() && !form.unit.trim().is_empty() {
        errors.push(FieldError::new("unit", &form.unit, Problem::UnknownUnit));
    }
    let officer_text = nfc(form.officer.trim());
    let named = rules.person_named(&officer_text);
    let mut text = |field, value: &str, max| text_field(&mut errors, field, value, max);
    let name = text("applicant_name", &form.applicant_name, NAME_MAX);
    let phone = text("applicant_phone", &form.applicant_phone, 30);
    let email = text("applicant_email", &form.applicant_email, 254);
    let address = text("applicant_address", &form.applicant_address, TEXT_MAX);
    let label = text("officer", &officer_text, NAME_MAX);
    if name.is_none() && form.applicant_name.trim().is_empty() {
        errors.push(FieldError::new("applicant_name", "", Problem::Required));
    }
    if let Some(phone) = phone.as_deref().filter(|phone| !is_phone(phone)) {
        errors.push(FieldError::new("applicant_phone", phone, Problem::NotAPhone));
    }
    if let Some(email) = email.as_deref().filter(|email| !is_address(email)) {
        errors.push(FieldError::new("applicant_email", email, Problem::NotAnEmail));
    }
    match (channel, procedure, name) {
        (Ok(channel), Some(procedure), Some(applicant_name)) if errors.is_empty() => Ok(Checked {
            procedure_id: procedure.row.id.clone(),
            channel,
            applicant_name,
            applicant_phone: phone,
            applicant_email: email,
            applicant_address: address,
            received_at,
            code,
            unit_id: unit.map(|unit| unit.id.clone()),
            officer_id: named.map(|account| account.id.clone()).or_else(|| match &label {
                Some(_) => None,
                None => unit.and_then(|unit| unit.officer_id.clone()),
            }),
            officer_label: label.filter(|_| named.is_none()),
            paper_supplement: form.paper_supplement,
            presence_required: form.presence_required,
            fee_due: form.fee_due,
            paid_online: form.paid_online,
        }),
        _ => Err(errors),
    }
}

fn received_at(form: &IntakeForm, rules: &Rules, now: Instant, old: OldReceipt) -> Result<Instant, FieldError> {
    let text = form.received_at.trim();
    let wrong = |problem| FieldError::new("received_at", text, problem);
    if text.is_empty() {
        return Ok(now);
    }
    let at = parse_instant(text).ok_or_else(|| wrong(Problem::NotAnInstant))?;
    if at > now {
        return Err(wrong(Problem::InTheFuture));
    }
    let first_day = rules.calendar.first_day();
    let known = first_day.is_some_and(|first| civil_day(at) >= first);
    match old {
        OldReceipt::Refused if !known => Err(wrong(Problem::BeforeCalendar { first_day })),
        OldReceipt::Refused | OldReceipt::TakenOver => Ok(at),
    }
}

/// One line of text, composed (NFC), without control characters; `None` when empty or wrong.
fn text_field(errors: &mut Vec<FieldError>, field: &'static str, value: &str, max: usize) -> Option<String> {
    let text = nfc(value.trim());
    if text.chars().any(char::is_control) {
        errors.push(FieldError::new(field, value, Problem::ControlCharacters));
        return None;
    }
    if text.chars().count() > max {
        errors.push(FieldError::new(field, value, Problem::TooLong { max }));
        return None;
    }
    Some(text).filter(|text| !text.is_empty())
}

/// Composed form: the same Vietnamese name typed on another machine is the same text.
#[must_use]
pub fn nfc(text: &str) -> String {
    text.nfc().collect()
}

fn is_phone(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let allowed = |c: char| c.is_ascii_digit() || matches!(c, '+' | ' ' | '.' | '-' | '(' | ')' | '/');
    digits >= 3 && text.chars().all(allowed)
}
