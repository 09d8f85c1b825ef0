//! A procedure as somebody types it into the form of its page, held against the rules: every wrong
//! field at once.

use chrono::NaiveDate;

use crate::domain::channel::{Channel, ServiceLevel};
use crate::domain::limit::{Limit, LimitKind, LimitUnit};
use crate::domain::problem::{FieldError, Problem};
use crate::domain::time::{Instant, civil_day};

use super::intake::nfc;
use super::procedure_change::ProcedureChange;
use super::procedure_facts::{Facts, LimitFacts};
use super::procedure_file::{CONFIDENCES, LONGEST, is_code};
use super::rules::{ProcedureVersion, Rules};

/// What a limit row without a value means when nothing else has one either.
const MISSING: &str = "limit_missing";
/// Longest legal basis, in characters.
const BASIS_MAX: usize = 500;
/// The last year that a change can be announced for.
const LAST_YEAR: i32 = 2100;

/// A row of the form's table of limits: the channel, and the names of its three fields.
pub const LIMIT_ROWS: [(Option<Channel>, [&str; 3]); 4] = [
    (None, ["limit_any", "unit_any", "commitment_any"]),
    (Some(Channel::Online), ["limit_online", "unit_online", "commitment_online"]),
    (Some(Channel::Counter), ["limit_counter", "unit_counter", "commitment_counter"]),
    (Some(Channel::Post), ["limit_post", "unit_post", "commitment_post"]),
];

/// The limits of one channel as typed. The commitment counts in the unit of the statutory limit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LimitTyped {
    pub value: String,
    pub unit: String,
    pub commitment: String,
}

/// The form as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProcedureForm {
    pub code: String,
    pub name: String,
    pub sector: String,
    pub service_level: String,
    pub basis: String,
    pub confidence: String,
    pub commitment_basis: String,
    pub valid_from: String,
    /// In the order of [`LIMIT_ROWS`].
    pub limits: [LimitTyped; 4],
}

/// Whether the form is about a procedure that is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    New,
    Known,
}

impl ProcedureForm {
    /// The form filled with a version, to be changed from the day of `now` on.
    #[must_use]
    pub fn of(version: &ProcedureVersion, now: Instant) -> Self {
        let facts = Facts::of(version);
        let row = |kind: LimitKind, channel: Option<Channel>| {
            facts.limits.iter().find(|limit| limit.kind == kind && limit.channel == channel)
        };
        let value = |row: Option<&LimitFacts>| match row.and_then(LimitFacts::limit) {
            Some(limit) if limit.unit() != LimitUnit::SameDay => limit.value().to_string(),
            Some(_) | None => String::new(),
        };
        let limits = LIMIT_ROWS.map(|(channel, _)| {
            let statutory = row(LimitKind::Statutory, channel);
            let commitment = row(LimitKind::Commitment, channel);
            let unit = statutory.and_then(|row| row.unit).or_else(|| commitment.and_then(|row| row.unit));
            LimitTyped {
                value: value(statutory),
                unit: unit.map(|unit| unit.to_string()).unwrap_or_default(),
                commitment: value(commitment),
            }
        });
        let commitment_basis = facts.commitments().map(|row| row.basis.clone()).next().unwrap_or_default();
        Self {
            code: version.row.code.clone(),
            name: facts.name,
            sector: facts.sector,
            service_level: facts.service_level.to_string(),
            basis: facts.basis,
            confidence: facts.confidence,
            commitment_basis,
            valid_from: civil_day(now).to_string(),
            limits,
        }
    }

    /// The change that the form asks for.
    ///
    /// # Errors
    /// Every wrong field, named as the form names it.
    pub fn change(&self, rules: &Rules, now: Instant, subject: Subject) -> Result<ProcedureChange, Vec<FieldError>> {
        let mut errors = Vec::new();
        let code = nfc(self.code.trim());
        if !is_code(&code) {
            let problem = if code.is_empty() { Problem::Required } else { Problem::NotAProcedureCode };
            errors.push(FieldError::new("code", &code, problem));
        } else if subject == Subject::New && !rules.versions_of(&code).is_empty() {
            errors.push(FieldError::new("code", &code, Problem::ProcedureExists));
        }
        for ((field, max), text) in LONGEST.into_iter().zip([&code, &self.name, &self.sector]) {
            let field = if field == "field" { "sector" } else { field };
            if field != "code" && text.trim().is_empty() {
                errors.push(FieldError::new(field, "", Problem::Required));
            }
            sane(field, text, max, &mut errors);
        }
        if self.basis.trim().is_empty() {
            errors.push(FieldError::new("basis", "", Problem::Required));
        }
        sane("basis", &self.basis, BASIS_MAX, &mut errors);
        sane("commitment_basis", &self.commitment_basis, BASIS_MAX, &mut errors);
        let service_level = self.service_level.parse::<ServiceLevel>().unwrap_or_else(|unknown| {
            let problem = Problem::NotOneOf { expected: unknown.expected };
            errors.push(FieldError::new("service_level", &self.service_level, problem));
            ServiceLevel::Full
        });
        if !CONFIDENCES.contains(&self.confidence.as_str()) {
            let problem = Problem::NotOneOf { expected: CONFIDENCES };
            errors.push(FieldError::new("confidence", &self.confidence, problem));
        }
        let valid_from = first_day(&self.valid_from, now).unwrap_or_else(|error| {
            errors.push(error);
            None
        });
        let limits = self.limits(&mut errors);
        let missing = limits.iter().all(|limit| limit.value.is_none());
        let facts = Facts {
            name: nfc(self.name.trim()),
            sector: nfc(self.sector.trim()),
            service_level,
            basis: nfc(self.basis.trim()),
            confidence: if missing { MISSING.to_owned() } else { self.confidence.clone() },
            limits,
        };
        errors.extend(facts.loose_commitments().into_iter().map(|(channel, problem)| {
            let value = facts.commitments().find(|row| row.channel == channel).and_then(|row| row.value);
            FieldError::new(commitment_field(channel), value.unwrap_or(0).to_string(), problem)
        }));
        let change = ProcedureChange { valid_from, given: std::iter::once((code, facts)).collect() };
        if errors.is_empty() && change.is_idle(rules, now) {
            errors.push(FieldError::new("name", &self.name, Problem::NoChange));
        }
        if errors.is_empty() { Ok(change) } else { Err(errors) }
    }

    fn limits(&self, errors: &mut Vec<FieldError>) -> Vec<LimitFacts> {
        let mut limits = Vec::new();
        let general = LIMIT_ROWS.iter().zip(&self.limits).next().and_then(|(_, typed)| unit_of(typed));
        for ((channel, [limit_field, unit_field, commitment_field]), typed) in LIMIT_ROWS.into_iter().zip(&self.limits)
        {
            if !typed.unit.is_empty() && typed.unit.parse::<LimitUnit>().is_err() {
                errors.push(FieldError::new(unit_field, &typed.unit, Problem::NotALimit));
                continue;
            }
            match number(limit_field, &typed.value, typed.unit.parse().ok(), errors) {
                Some(limit) => limits.push(LimitFacts {
                    basis: nfc(self.basis.trim()),
                    confidence: self.confidence.clone(),
                    ..LimitFacts::new(LimitKind::Statutory, channel, Some(limit))
                }),
                // A unit of its own without a number, where only the number can be missing.
                None if typed.value.trim().is_empty() && typed.unit == LimitUnit::SameDay.as_str() => {
                    limits.push(LimitFacts {
                        basis: nfc(self.basis.trim()),
                        confidence: self.confidence.clone(),
                        ..LimitFacts::new(LimitKind::Statutory, channel, Some(Limit::SAME_DAY))
                    });
                }
                None => {}
            }
            if typed.commitment.trim().is_empty() {
                continue;
            }
            let unit = unit_of(typed).or(general);
            if let Some(limit) = number(commitment_field, &typed.commitment, unit, errors) {
                let basis = nfc(self.commitment_basis.trim());
                limits.push(LimitFacts { basis, ..LimitFacts::new(LimitKind::Commitment, channel, Some(limit)) });
            }
        }
        if limits.iter().any(|limit| limit.kind == LimitKind::Commitment) && self.commitment_basis.trim().is_empty() {
            errors.push(FieldError::new("commitment_basis", "", Problem::Required));
        }
        if !limits.iter().any(|limit| limit.kind == LimitKind::Statutory) {
            limits.push(LimitFacts {
                basis: nfc(self.basis.trim()),
                confidence: MISSING.to_owned(),
                ..LimitFacts::new(LimitKind::Statutory, None, None)
            });
        }
        limits.sort();
        limits
    }
}

fn unit_of(typed: &LimitTyped) -> Option<LimitUnit> {
    typed.unit.parse().ok()
}

fn commitment_field(channel: Option<Channel>) -> &'static str {
    let row = LIMIT_ROWS.into_iter().find(|(of, _)| *of == channel);
    row.map_or("commitment_any", |(_, [_, _, field])| field)
}

/// The limit of a field; `None` when it is empty or wrong, which is told.
fn number(field: &'static str, text: &str, unit: Option<LimitUnit>, errors: &mut Vec<FieldError>) -> Option<Limit> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    let limit = text.parse().ok().zip(unit).and_then(|(value, unit)| Limit::new(value, unit).ok());
    if limit.is_none() {
        errors.push(FieldError::new(field, text, Problem::NotALimit));
    }
    limit
}

/// Length and control characters of a text.
pub(super) fn sane(field: &'static str, text: &str, max: usize, errors: &mut Vec<FieldError>) {
    if text.chars().count() > max {
        errors.push(FieldError::new(field, text, Problem::TooLong { max }));
    }
    if text.trim().chars().any(char::is_control) {
        errors.push(FieldError::new(field, text, Problem::ControlCharacters));
    }
}

/// The day from which a change is to hold, today or later; empty: from the approval on. `2027-03-01`,
/// or as people write it, `01/03/2027`.
pub(super) fn first_day(text: &str, now: Instant) -> Result<Option<NaiveDate>, FieldError> {
    use chrono::Datelike as _;
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let wrong = |problem| FieldError::new("valid_from", text, problem);
    let day = ["%Y-%m-%d", "%d/%m/%Y"].iter().find_map(|format| NaiveDate::parse_from_str(text, format).ok());
    match day.filter(|day| day.year() <= LAST_YEAR) {
        None => Err(wrong(Problem::NotADay)),
        Some(day) if day < civil_day(now) => Err(wrong(Problem::InThePast)),
        Some(day) => Ok(Some(day)),
    }
}
