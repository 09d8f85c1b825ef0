//! What is said about a dossier when it is handed in, held against the rules: every wrong field at once.

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use crate::delivery::is_address;
use crate::domain::channel::Channel;
use crate::domain::code::DossierCode;
use crate::domain::filing::PaperLine;
use crate::domain::time::{Instant, civil_day, parse_instant};
use crate::store::outbox::Delivery;
use crate::store::people::Unit;

use super::error::{FieldError, Problem};
use super::filing::{self, CheckedFiling};
use super::rules::{ProcedureVersion, Rules};

pub(super) const NAME_MAX: usize = 200;
const TEXT_MAX: usize = 500;

/// What is said about a dossier when it is handed in: from the page, the API or a spreadsheet alike.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct IntakeForm {
    pub procedure_code: String,
    /// `online`, `counter` or `post`
    pub channel: String,
    pub applicant_name: String,
    pub applicant_phone: String,
    pub applicant_email: String,
    pub applicant_address: String,
    /// `mail`, `zalo`, `sms`, `tray` in the order the applicant wishes, parted by spaces or commas; empty: as
    /// the office usually does.
    pub contact_ways: String,
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
    /// Handed in at another centre than that of the applicant's home.
    pub cross_boundary: bool,
    /// `self`, `assisted` or `representative`; empty: the applicant.
    pub filed_by: String,
    pub representative_name: String,
    pub representative_phone: String,
    /// Who is told, `applicant` or `representative`; empty: the applicant.
    pub addressee: String,
    pub papers: Vec<PaperLine>,
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
    /// Ways in order of preference; none: as usual.
    pub contact_ways: Vec<Delivery>,
    pub received_at: Instant,
    pub code: Option<DossierCode>,
    pub unit_id: Option<String>,
    pub officer_id: Option<String>,
    pub officer_label: Option<String>,
    pub paper_supplement: bool,
    pub presence_required: bool,
    pub fee_due: bool,
    pub paid_online: bool,
    pub filing: CheckedFiling,
}

/// What a receipt before the first published calendar year means for the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OldReceipt {
    /// Refused: no date could be promised.
    Refused,
    /// Taken over from another system, which made the promise.
    TakenOver,
}
/// The applicant's own fields, each one line.
struct ApplicantText {
    name: Option<String>,
    phone: Option<String>,
    email: Option<String>,
    address: Option<String>,
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
    if let Some(from) = procedure.and_then(|version| version.announced_for(now)) {
        let problem = Problem::NotYetInForce { from: civil_day(from) };
        errors.push(FieldError::new("procedure_code", &form.procedure_code, problem));
    }
    let unit = unit_of(form, rules, procedure, &mut errors);
    let officer_text = nfc(form.officer.trim());
    let named = rules.person_named(&officer_text);
    let label = text_field(&mut errors, "officer", &officer_text, NAME_MAX);
    let applicant = applicant(form, &mut errors);
    let contact_ways = wished(&form.contact_ways).unwrap_or_else(|error| {
        errors.push(error);
        Vec::new()
    });
    let filing = filing::check(form, &mut errors);
    match (channel, procedure, applicant.name) {
        (Ok(channel), Some(procedure), Some(applicant_name)) if errors.is_empty() => Ok(Checked {
            procedure_id: procedure.row.id.clone(),
            channel,
            applicant_name,
            applicant_phone: applicant.phone,
            applicant_email: applicant.email,
            applicant_address: applicant.address,
            contact_ways,
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
            filing,
        }),
        _ => Err(errors),
    }
}

/// The unit that is named, or the one that handles the sector.
fn unit_of<'r>(
    form: &IntakeForm,
    rules: &'r Rules,
    procedure: Option<&ProcedureVersion>,
    errors: &mut Vec<FieldError>,
) -> Option<&'r Unit> {
    let unit = match form.unit.trim() {
        "" => procedure.and_then(|procedure| rules.unit_for_sector(&procedure.row.sector)),
        text => rules.unit_named(&nfc(text)),
    };
    if unit.is_none() && !form.unit.trim().is_empty() {
        errors.push(FieldError::new("unit", &form.unit, Problem::UnknownUnit));
    }
    unit
}

fn applicant(form: &IntakeForm, errors: &mut Vec<FieldError>) -> ApplicantText {
    let name = text_field(errors, "applicant_name", &form.applicant_name, NAME_MAX);
    if form.applicant_name.trim().is_empty() {
        errors.push(FieldError::new("applicant_name", "", Problem::Required));
    }
    let text = TextOf { phone: &form.applicant_phone, email: &form.applicant_email, address: &form.applicant_address };
    let (phone, email, address) = reachable(&text, errors);
    ApplicantText { name, phone, email, address }
}

/// How somebody is reached, as it was typed.
pub(super) struct TextOf<'a> {
    pub phone: &'a str,
    pub email: &'a str,
    pub address: &'a str,
}

/// Telephone, mail and address, each one line and what it should be.
pub(super) fn reachable(
    text: &TextOf<'_>,
    errors: &mut Vec<FieldError>,
) -> (Option<String>, Option<String>, Option<String>) {
    let phone = text_field(errors, "applicant_phone", text.phone, 30);
    let email = text_field(errors, "applicant_email", text.email, 254);
    let address = text_field(errors, "applicant_address", text.address, TEXT_MAX);
    if let Some(phone) = phone.as_deref().filter(|phone| !is_phone(phone)) {
        errors.push(FieldError::new("applicant_phone", phone, Problem::NotAPhone));
    }
    if let Some(email) = email.as_deref().filter(|email| !is_address(email)) {
        errors.push(FieldError::new("applicant_email", email, Problem::NotAnEmail));
    }
    (phone, email, address)
}

/// The ways of a list that a person typed or chose, each once.
///
/// # Errors
/// A word that is no way.
pub(super) fn wished(text: &str) -> Result<Vec<Delivery>, FieldError> {
    let mut ways = Vec::new();
    for word in text.split(|c: char| c.is_whitespace() || c == ',').filter(|word| !word.is_empty()) {
        let expected = &["mail", "zalo", "sms", "tray"];
        let way = word.parse().map_err(|_| FieldError::new("contact_ways", text, Problem::NotOneOf { expected }))?;
        if !ways.contains(&way) {
            ways.push(way);
        }
    }
    Ok(ways)
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
pub(super) fn text_field(errors: &mut Vec<FieldError>, field: &'static str, value: &str, max: usize) -> Option<String> {
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

/// Composed form: the same Vietnamese name typed on another machine is the same text. Marks that turn the
/// direction of writing go: nobody sees them, telephones paste them around numbers, and they can hide words.
#[must_use]
pub fn nfc(text: &str) -> String {
    let turns = |c: &char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    text.nfc().filter(|c| !turns(c)).collect()
}

pub(super) fn is_phone(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let allowed = |c: char| c.is_ascii_digit() || matches!(c, '+' | ' ' | '.' | '-' | '(' | ')' | '/');
    digits >= 3 && text.chars().all(allowed)
}
