//! A change of the calendar as a person types it: one day, or a swap of two.

use chrono::NaiveDate;
use serde::Deserialize;

use crate::domain::calendar::{Confidence, DayKind};
use crate::domain::problem::{FieldError, Problem};
use crate::render::words::{swapped_for_text, worked_for_text};

use super::calendar_change::{CalendarChange, DayEdit, SpecialDay};
use super::intake::nfc;

/// One day. An empty kind clears it: it becomes what its weekday says.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct DayForm {
    pub date: String,
    pub kind: String,
    pub name: String,
    pub basis: String,
    pub confidence: String,
    pub decision: String,
}

/// A swap: a working day that becomes a day off, and the rest day that is worked for it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct SwapForm {
    pub off: String,
    pub worked: String,
    pub confidence: String,
    pub decision: String,
}

impl DayForm {
    /// The change it asks for.
    ///
    /// # Errors
    /// The fields that cannot be read; what the calendar forbids is said by [`CalendarChange::check`].
    pub fn change(&self) -> Result<CalendarChange, Vec<FieldError>> {
        let mut errors = Vec::new();
        let date = day("date", &self.date, &mut errors);
        let decision = decision(&self.decision, &mut errors);
        let becomes = match self.kind.trim() {
            "" => Some(None),
            kind => {
                let kind = kind
                    .parse::<DayKind>()
                    .map_err(|_| errors.push(FieldError::new("kind", kind, Problem::NotADayKind)))
                    .ok();
                let name = nfc(self.name.trim());
                if name.is_empty() {
                    errors.push(FieldError::new("name", "", Problem::Required));
                }
                // The day rests on the decision unless it names something else.
                let basis = nfc(self.basis.trim());
                let basis = if basis.is_empty() { decision.clone() } else { basis };
                let confidence = confidence(&self.confidence, &mut errors);
                kind.zip(confidence).map(|(kind, confidence)| Some(SpecialDay { kind, name, basis, confidence }))
            }
        };
        match (date, becomes) {
            (Some(date), Some(becomes)) if errors.is_empty() => {
                Ok(CalendarChange { decision, edits: vec![DayEdit { date, becomes }] })
            }
            _ => Err(errors),
        }
    }
}

impl SwapForm {
    /// The change it asks for: both days, each naming the other.
    ///
    /// # Errors
    /// As [`DayForm::change`].
    pub fn change(&self) -> Result<CalendarChange, Vec<FieldError>> {
        let mut errors = Vec::new();
        let off = day("off", &self.off, &mut errors);
        let worked = day("worked", &self.worked, &mut errors);
        let decision = decision(&self.decision, &mut errors);
        let confidence = confidence(&self.confidence, &mut errors);
        match (off, worked, confidence) {
            (Some(off), Some(worked), Some(confidence)) if errors.is_empty() => {
                let edit = |date, kind, name| {
                    let basis = decision.clone();
                    DayEdit { date, becomes: Some(SpecialDay { kind, name, basis, confidence }) }
                };
                let edits = vec![
                    edit(off, DayKind::SwappedOff, swapped_for_text(worked)),
                    edit(worked, DayKind::SwappedWorking, worked_for_text(off)),
                ];
                Ok(CalendarChange { decision, edits })
            }
            _ => Err(errors),
        }
    }
}

fn day(field: &'static str, text: &str, errors: &mut Vec<FieldError>) -> Option<NaiveDate> {
    let problem = if text.trim().is_empty() { Problem::Required } else { Problem::NotADay };
    let read = text.trim().parse().ok();
    if read.is_none() {
        errors.push(FieldError::new(field, text.trim(), problem));
    }
    read
}

fn decision(text: &str, errors: &mut Vec<FieldError>) -> String {
    let text = nfc(text.trim());
    if text.is_empty() {
        errors.push(FieldError::new("decision", "", Problem::Required));
    }
    text
}

fn confidence(text: &str, errors: &mut Vec<FieldError>) -> Option<Confidence> {
    let text = text.trim();
    let read = text.parse::<Confidence>();
    read.map_err(|unknown| {
        errors.push(FieldError::new("confidence", text, Problem::NotOneOf { expected: unknown.expected }));
    })
    .ok()
}
