//! What may become of a day: a change held against the calendar in force.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};

use super::{CalendarChange, DayEdit, SpecialDay, special_days};
use crate::domain::calendar::DayKind;
use crate::domain::office_hours::OfficeHours;
use crate::domain::problem::{DayProblem, FieldError, Problem};
use crate::office::rules::Rules;
use crate::office::{OfficeError, OfficeResult};

/// The longest text of a field, in characters.
const TEXT_MAX: usize = 200;
/// The most days of one change: more than three years of them.
const DAYS_MAX: usize = 400;

impl CalendarChange {
    /// Holds the change against the calendar in force.
    ///
    /// # Errors
    /// Every field that is wrong: a swap with one side, a make-up day on a day that is worked anyway …
    pub fn check(&self, rules: &Rules) -> OfficeResult<()> {
        let before = special_days(&rules.days);
        let hours: OfficeHours = serde_json::from_str(&rules.made.office_hours)?;
        let mut errors = Vec::new();
        text("decision", &self.decision, &mut errors);
        if self.edits.is_empty() {
            errors.push(day_error("", DayProblem::NothingChanges));
        }
        if self.edits.len() > DAYS_MAX {
            errors.push(day_error(self.edits.len().to_string(), DayProblem::TooMany { max: DAYS_MAX }));
        }
        let mut seen = BTreeSet::new();
        for edit in self.edits.iter().take(DAYS_MAX) {
            if !seen.insert(edit.date) {
                errors.push(FieldError::new("date", edit.date.to_string(), Problem::Contradicts { other: "date" }));
            }
            check_day(edit, before.get(&edit.date), &hours, &mut errors);
        }
        let after = self.after(&before);
        if errors.is_empty() && after == before {
            errors.push(day_error(self.dates(), DayProblem::NothingChanges));
        }
        let of = |days: &BTreeMap<NaiveDate, SpecialDay>, kind| days.values().filter(|day| day.kind == kind).count();
        let balance = |kind| (of(&after, kind), of(&before, kind));
        let ((off, off_before), (worked, worked_before)) =
            (balance(DayKind::SwappedOff), balance(DayKind::SwappedWorking));
        if off + worked_before != worked + off_before {
            errors.push(day_error(self.dates(), DayProblem::PairIncomplete));
        }
        if errors.is_empty() { Ok(()) } else { Err(OfficeError::Invalid(errors)) }
    }

    fn dates(&self) -> String {
        self.edits.iter().take(3).map(|edit| edit.date.to_string()).collect::<Vec<_>>().join(", ")
    }
}

fn text(field: &'static str, value: &str, errors: &mut Vec<FieldError>) {
    if value.trim().is_empty() {
        errors.push(FieldError::new(field, value, Problem::Required));
    }
    optional(field, value, errors);
}

fn optional(field: &'static str, value: &str, errors: &mut Vec<FieldError>) {
    if value.chars().count() > TEXT_MAX {
        let start: String = value.chars().take(40).collect();
        errors.push(FieldError::new(field, start, Problem::TooLong { max: TEXT_MAX }));
    }
    if value.chars().any(char::is_control) {
        errors.push(FieldError::new(field, "", Problem::ControlCharacters));
    }
}

fn day_error(value: impl Into<String>, problem: DayProblem) -> FieldError {
    FieldError::new("date", value, Problem::Day(problem))
}

fn check_day(edit: &DayEdit, before: Option<&SpecialDay>, hours: &OfficeHours, errors: &mut Vec<FieldError>) {
    if !(1990..=2100).contains(&edit.date.year()) {
        errors.push(FieldError::new("date", edit.date.to_string(), Problem::NotADay));
    }
    let Some(day) = &edit.becomes else { return };
    text("name", &day.name, errors);
    optional("basis", &day.basis, errors);
    if before.is_some_and(|before| before.kind == day.kind) {
        return;
    }
    let works = hours.is_working_weekday(edit.date.weekday());
    let holds = before.is_some_and(|before| matches!(before.kind, DayKind::Holiday | DayKind::Compensatory));
    let problem = match day.kind {
        DayKind::SwappedWorking | DayKind::SwappedOff if holds => Some(DayProblem::Occupied),
        DayKind::SwappedWorking if works => Some(DayProblem::AlreadyWorked),
        DayKind::SwappedOff | DayKind::Compensatory if !works => Some(DayProblem::AlreadyOff),
        DayKind::Holiday | DayKind::Compensatory | DayKind::SwappedOff | DayKind::SwappedWorking => None,
    };
    errors.extend(problem.map(|problem| day_error(edit.date.to_string(), problem)));
}
