//! A row of the file as an intake form and the later steps it tells of.

use std::collections::HashMap;

use crate::domain::dossier::{ElectronicResult, Outcome, ResultOutcome, Step};
use crate::domain::problem::{FieldError, FileProblem, Problem};
use crate::domain::time::{Instant, instant, rfc3339};
use crate::office::intake::{IntakeForm, nfc};
use crate::office::rules::Rules;

use super::dates::Given;
use super::mapping::{Field, Mapping};
use super::source::{Cell, RawRow};

/// What a row says.
#[derive(Debug, Clone)]
pub struct Told {
    pub row: u64,
    pub form: IntakeForm,
    pub history: History,
    pub errors: Vec<FieldError>,
}

/// What happened to the dossier elsewhere, dates as they were given.
#[derive(Debug, Clone, Default)]
pub struct History {
    due: Option<Given>,
    resolved: Option<Given>,
    returned: Option<Given>,
    outcome: Option<Outcome>,
    electronic: bool,
}

/// The history as instants and steps that may follow each other.
#[derive(Debug, Clone)]
pub struct Later {
    /// The promise that was made.
    pub due_at: Option<Instant>,
    pub ended: Option<(Instant, Outcome, ElectronicResult)>,
    pub returned_at: Option<Instant>,
}

/// Reads rows under one header.
#[derive(Debug)]
pub struct RowReader<'a> {
    mapping: &'a Mapping,
    places: HashMap<Field, usize>,
}

impl<'a> RowReader<'a> {
    pub fn new(mapping: &'a Mapping, places: HashMap<Field, usize>) -> Self {
        Self { mapping, places }
    }

    /// What the row says, with everything that cannot be read.
    pub fn read(&self, raw: &RawRow) -> Told {
        let mut told =
            Told { row: raw.number, form: IntakeForm::default(), history: History::default(), errors: Vec::new() };
        if let Some(fault) = &raw.fault {
            told.errors.push(FieldError::new("row", "", fault.clone()));
            return told;
        }
        for field in Field::ALL.iter().copied() {
            if let Err(error) = self.field(field, raw, &mut told) {
                told.errors.push(error);
            }
        }
        // Without these the row would be logged as of now, or could not be known again.
        for (field, value) in [("code", &told.form.code), ("received_at", &told.form.received_at)] {
            if value.is_empty() && !told.errors.iter().any(|error| error.field == field) {
                told.errors.push(FieldError::new(field, "", Problem::Required));
            }
        }
        told
    }

    fn field(&self, field: Field, raw: &RawRow, told: &mut Told) -> Result<(), FieldError> {
        let form = &mut told.form;
        let history = &mut told.history;
        match field {
            Field::Code => form.code = nfc(&self.text(field, raw)?),
            Field::ProcedureCode => form.procedure_code = self.text(field, raw)?,
            Field::ApplicantName => form.applicant_name = self.text(field, raw)?,
            Field::ApplicantPhone => form.applicant_phone = self.text(field, raw)?,
            Field::ApplicantEmail => form.applicant_email = self.text(field, raw)?,
            Field::ApplicantAddress => form.applicant_address = self.text(field, raw)?,
            Field::ContactWays => form.contact_ways = self.text(field, raw)?,
            Field::Channel => form.channel = self.text(field, raw)?,
            Field::ReceivedAt => form.received_at = self.date(field, raw)?.map(received).unwrap_or_default(),
            Field::DueAt => history.due = self.date(field, raw)?,
            Field::ResolvedAt => history.resolved = self.date(field, raw)?,
            Field::ReturnedAt => history.returned = self.date(field, raw)?,
            Field::Outcome => {
                let text = self.text(field, raw)?;
                if !text.is_empty() {
                    let known = text.parse().map_err(|_| FieldError::new("outcome", &text, Problem::UnknownOutcome))?;
                    history.outcome = Some(known);
                }
            }
            Field::Unit => form.unit = self.text(field, raw)?,
            Field::Officer => form.officer = self.text(field, raw)?,
            Field::PaperSupplement => form.paper_supplement = self.yes(field, raw)?,
            Field::PresenceRequired => form.presence_required = self.yes(field, raw)?,
            Field::FeeDue => form.fee_due = self.yes(field, raw)?,
            Field::PaidOnline => form.paid_online = self.yes(field, raw)?,
            Field::CrossBoundary => form.cross_boundary = self.yes(field, raw)?,
            Field::EResult => history.electronic = self.yes(field, raw)?,
        }
        Ok(())
    }

    fn cell<'r>(&self, field: Field, raw: &'r RawRow) -> &'r Cell {
        self.places.get(&field).and_then(|index| raw.cells.get(*index)).unwrap_or(&Cell::Empty)
    }

    /// Spreadsheet text comes as it is: a formula of a CSV file is a name like any other.
    fn text(&self, field: Field, raw: &RawRow) -> Result<String, FieldError> {
        if let Some(constant) = self.mapping.constant(field) {
            return Ok(constant.to_owned());
        }
        let text = match self.cell(field, raw) {
            Cell::Empty => String::new(),
            Cell::Text(text) => text.trim().to_owned(),
            Cell::Moment(at) => at.to_string(),
            Cell::NotUtf8 => return Err(FieldError::new(field.as_str(), "", FileProblem::NotUtf8)),
            Cell::Wrong(error) => {
                return Err(FieldError::new(field.as_str(), error, Problem::Unreadable { why: error.clone() }));
            }
        };
        Ok(self.mapping.ours(field, &text).to_owned())
    }

    fn date(&self, field: Field, raw: &RawRow) -> Result<Option<Given>, FieldError> {
        if let (None, Cell::Moment(at)) = (self.mapping.constant(field), self.cell(field, raw)) {
            let wrong = || FieldError::new(field.as_str(), at.to_string(), Problem::NotAnInstant);
            return self.mapping.dates.of_sheet(*at).ok_or_else(wrong).map(Some);
        }
        let text = self.text(field, raw)?;
        if text.is_empty() {
            return Ok(None);
        }
        let wrong = || FieldError::new(field.as_str(), &text, Problem::NotAnInstant);
        self.mapping.dates.read(&text).ok_or_else(wrong).map(Some)
    }

    fn yes(&self, field: Field, raw: &RawRow) -> Result<bool, FieldError> {
        let text = self.text(field, raw)?;
        match text.to_lowercase().as_str() {
            "true" | "1" | "yes" | "x" | "có" => Ok(true),
            "" | "false" | "0" | "no" | "không" => Ok(false),
            _ => Err(FieldError::new(field.as_str(), text, Problem::NotYesOrNo)),
        }
    }
}

/// A day without a time counts from its first minute.
fn received(given: Given) -> String {
    rfc3339(match given {
        Given::At(at) => at,
        Given::On(day) => instant(day.and_time(chrono::NaiveTime::MIN)),
    })
}

impl History {
    /// Whether the source names the promise that was made.
    #[must_use]
    pub fn has_promise(&self) -> bool {
        self.due.is_some()
    }

    /// Holds the history against the receipt and itself.
    ///
    /// # Errors
    /// Every field that is wrong.
    pub fn check(&self, received_at: Instant, now: Instant, rules: &Rules) -> Result<Later, Vec<FieldError>> {
        let mut errors = Vec::new();
        let mut wrong = |field, at: Option<Instant>, problem: Problem| {
            errors.push(FieldError::new(field, at.map(rfc3339).unwrap_or_default(), problem));
        };
        let due_at = self.due.map(|given| end_of(given, rules));
        let resolved_at = self.resolved.map(|given| not_before(given, received_at));
        let returned_at = self.returned.map(|given| not_before(given, resolved_at.unwrap_or(received_at)));
        if due_at.is_some_and(|at| at < received_at) {
            wrong("due_at", due_at, Problem::BeforeReceipt);
        }
        for (field, at, before) in
            [("resolved_at", resolved_at, Some(received_at)), ("returned_at", returned_at, resolved_at)]
        {
            if at.is_some_and(|at| at > now) {
                wrong(field, at, Problem::InTheFuture);
            }
            if at.zip(before).is_some_and(|(at, before)| at < before) {
                wrong(field, at, Problem::BeforeReceipt);
            }
        }
        if resolved_at.is_none() && (returned_at.is_some() || self.outcome.is_some()) {
            wrong("resolved_at", None, Problem::Required);
        }
        let outcome = self.outcome.unwrap_or(Outcome::Granted);
        if returned_at.is_some() && matches!(outcome, Outcome::Withdrawn | Outcome::Stopped) {
            wrong("returned_at", returned_at, Problem::Contradicts { other: "outcome" });
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        let electronic = if self.electronic { ElectronicResult::Issued } else { ElectronicResult::PaperOnly };
        Ok(Later { due_at, ended: resolved_at.map(|at| (at, outcome, electronic)), returned_at })
    }
}

/// A promise given as a day holds until the office closes; on a day off, until the day ends.
fn end_of(given: Given, rules: &Rules) -> Instant {
    match given {
        Given::At(at) => at,
        Given::On(day) => rules.calendar.closes(day).unwrap_or_else(|| {
            let next = day.succ_opt().unwrap_or(day);
            instant(next.and_time(chrono::NaiveTime::MIN)) - chrono::Duration::seconds(1)
        }),
    }
}

/// A step given as a day was taken as early that day as the step before allows.
fn not_before(given: Given, before: Instant) -> Instant {
    match given {
        Given::At(at) => at,
        Given::On(day) => {
            let at = instant(day.and_time(chrono::NaiveTime::MIN));
            if crate::domain::time::civil_day(before) == day { at.max(before) } else { at }
        }
    }
}

/// The step that ends a dossier with this outcome.
#[must_use]
pub fn ending(outcome: Outcome, electronic: ElectronicResult) -> Step {
    match outcome {
        Outcome::Granted => Step::Resolve { outcome: ResultOutcome::Granted, electronic },
        Outcome::Refused => Step::Resolve { outcome: ResultOutcome::Refused, electronic },
        Outcome::Withdrawn => Step::Withdraw { reason: String::new() },
        Outcome::Stopped => Step::Stop { reason: String::new() },
    }
}
