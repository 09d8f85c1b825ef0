//! A letter before it has a number.

use chrono::NaiveDate;

use crate::domain::dossier::StepKind;
use crate::domain::reschedule;
use crate::domain::time::Instant;
use crate::office::error::{FieldError, OfficeResult, Problem, Refusal};
use crate::office::rules::Rules;
use crate::render::letter::LetterFacts;
use crate::store::dossiers::DossierRow;
use crate::store::letters::{LetterKind, LetterRow};

/// What a letter is to say, before it has a number.
#[derive(Debug, Clone)]
pub(in crate::office) struct Proposed {
    pub kind: LetterKind,
    /// Number of the promise it speaks of; of a loss: the n-th of the dossier.
    pub promise: i32,
    pub reason_code: String,
    /// Why it is late; of a loss: what the office does about it.
    pub sentence: String,
    /// Of a loss: what the office lost or did wrong.
    pub what_happened: String,
    /// The one new date.
    pub new_due_on: Option<NaiveDate>,
    /// The journal line of the letter when it is issued at once.
    pub step: StepKind,
}

impl Proposed {
    /// A letter of this kind without a new date.
    pub(in crate::office) fn letter(kind: LetterKind, promise: i32, reason_code: &str, sentence: String) -> Self {
        Self {
            kind,
            promise,
            reason_code: reason_code.to_owned(),
            sentence,
            what_happened: String::new(),
            new_due_on: None,
            step: StepKind::LetterIssued,
        }
    }

    /// What a letter that waits proposes.
    pub(in crate::office) fn of(letter: &LetterRow) -> OfficeResult<Self> {
        let facts: LetterFacts = serde_json::from_str(&letter.facts)?;
        let dated = matches!(letter.kind, LetterKind::Apology | LetterKind::Loss);
        let new_due_on = facts.new_due_at.filter(|_| dated).map(|at| at.date());
        let step = if new_due_on.is_some() { StepKind::Rescheduled } else { StepKind::LetterIssued };
        Ok(Self {
            kind: letter.kind,
            promise: letter.promise_number,
            reason_code: letter.reason_code.clone(),
            sentence: facts.reason,
            what_happened: facts.what_happened,
            new_due_on,
            step,
        })
    }
}

/// A letter that nothing stands against any more: what is left are its number and its words.
#[derive(Debug, Clone)]
pub(in crate::office) struct Ready {
    pub proposed: Proposed,
    /// The moment of the one new date.
    pub new_due_at: Option<Instant>,
    /// The row in which it waited, or was refused or dropped before.
    pub waiting: Option<LetterRow>,
}

impl Ready {
    /// Holds a letter against its dossier.
    ///
    /// # Errors
    /// Without a promise; a day beyond the calendar, or a second new date.
    pub(in crate::office) fn new(
        rules: &Rules,
        row: &DossierRow,
        proposed: Proposed,
        waiting: Option<LetterRow>,
    ) -> OfficeResult<Self> {
        if row.due_at.is_none() {
            return Err(Refusal::NoPromise.into());
        }
        let new_due_at = match proposed.new_due_on {
            None => None,
            Some(_) if row.reschedule_number != 0 => return Err(Refusal::AlreadyRescheduled.into()),
            Some(day) => Some(rules.calendar.closes(day).ok_or_else(|| {
                let error = reschedule::NewDateError::BeyondCalendar;
                FieldError::new("new_due_on", day.to_string(), Problem::NewDate(error))
            })?),
        };
        Ok(Self { proposed, new_due_at, waiting })
    }
}
