//! A rung as it was typed, held against what a rung may be.

use std::str::FromStr;

use chrono::NaiveDate;

use super::StatedRung;
use crate::domain::UnknownWord;
use crate::domain::ladder::{Bundling, RUNG_AUDIENCES, RUNG_KINDS, Urgency, Way};
use crate::domain::notice::Audience;
use crate::domain::problem::{FieldError, Problem};

/// The words of [`RUNG_KINDS`].
const KINDS: &[&str] = &["due-soon", "apology-due", "overdue", "still-overdue", "escalation"];
/// The words of [`RUNG_AUDIENCES`].
const AUDIENCES: &[&str] = &["officer", "supervisor", "manager", "desk"];
/// Longest basis, in characters.
const BASIS_MAX: usize = 500;
/// Most rungs of a kind.
const LEVELS: u32 = 9;
/// Most working days before or after a promise.
const DAYS: u32 = 250;
/// Most office hours to acknowledge.
const HOURS: u32 = 400;

/// A rung as typed; the fields are named as the columns of the list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RungTyped {
    pub agency: String,
    pub procedure: String,
    pub kind: String,
    pub level: String,
    pub share_percent: String,
    pub working_days: String,
    /// Parted by spaces; empty: off.
    pub audiences: String,
    /// Empty: the first of the audiences.
    pub accountable: String,
    /// Parted by spaces.
    pub ways: String,
    pub bundling: String,
    pub urgency: String,
    pub acknowledge_hours: String,
    pub basis: String,
    pub valid_from: String,
}

/// What a rung may be given for.
#[derive(Debug, Clone, Default)]
pub(in crate::office) struct KnownCodes {
    pub agencies: Vec<String>,
    pub procedures: Vec<String>,
}

/// Reads values and keeps what is wrong with them.
struct Reading {
    errors: Vec<FieldError>,
}

impl Reading {
    fn word<T: FromStr<Err = UnknownWord>>(&mut self, field: &'static str, text: &str, default: T) -> T {
        match text.parse() {
            _ if text.is_empty() => default,
            Ok(word) => word,
            Err(unknown) => {
                self.wrong(field, text, Problem::NotOneOf { expected: unknown.expected });
                default
            }
        }
    }

    fn words<T: FromStr + PartialEq + Copy>(
        &mut self,
        field: &'static str,
        text: &str,
        allowed: &[T],
        expected: &'static [&'static str],
    ) -> Vec<T> {
        let mut found = Vec::new();
        for word in text.split_whitespace() {
            match word.parse::<T>().ok().filter(|word| allowed.contains(word)) {
                Some(word) if found.contains(&word) => {}
                Some(word) => found.push(word),
                None => self.wrong(field, word, Problem::NotOneOf { expected }),
            }
        }
        found
    }

    fn number(&mut self, field: &'static str, text: &str, (min, max): (u32, u32)) -> i32 {
        let read = if text.is_empty() { Some(min) } else { text.parse::<u32>().ok() };
        if let Some(number) = read.filter(|number| (min..=max).contains(number)) {
            return i32::try_from(number).unwrap_or_default();
        }
        self.wrong(field, text, Problem::NotInRange { min, max });
        0
    }

    fn wrong(&mut self, field: &'static str, text: &str, problem: Problem) {
        self.errors.push(FieldError::new(field, text, problem));
    }
}

impl RungTyped {
    /// The rung that is meant; `errors` are known before.
    pub(in crate::office) fn stated(
        &self,
        known: &KnownCodes,
        errors: Vec<FieldError>,
    ) -> Result<StatedRung, Vec<FieldError>> {
        let mut read = Reading { errors };
        if !self.agency.is_empty() && !known.agencies.contains(&self.agency) {
            read.wrong("agency", &self.agency, Problem::UnknownAgency);
        }
        if !self.procedure.is_empty() && !known.procedures.contains(&self.procedure) {
            read.wrong("procedure", &self.procedure, Problem::UnknownProcedure);
        }
        let kind = read.words("kind", &self.kind, &RUNG_KINDS, KINDS).first().copied();
        if self.kind.is_empty() {
            read.wrong("kind", "", Problem::Required);
        }
        let audiences = read.words("audiences", &self.audiences, &RUNG_AUDIENCES, AUDIENCES);
        let first = audiences.first().copied().unwrap_or(Audience::Officer);
        let accountable = read.word("accountable", &self.accountable, first);
        if !audiences.is_empty() && !audiences.contains(&accountable) {
            read.wrong("accountable", &self.accountable, Problem::Contradicts { other: "audiences" });
        }
        let ways = read.words("ways", &self.ways, Way::ALL, &["screen", "mail", "message"]);
        if !audiences.is_empty() && self.ways.is_empty() {
            read.wrong("ways", "", Problem::Required);
        }
        if self.basis.chars().count() > BASIS_MAX {
            read.wrong("basis", &self.basis, Problem::TooLong { max: BASIS_MAX });
        }
        let valid_from = self.valid_from.parse::<NaiveDate>().ok();
        if valid_from.is_none() {
            read.wrong("valid_from", &self.valid_from, Problem::NotADay);
        }
        let level = read.number("level", &self.level, (1, LEVELS));
        let share_percent = read.number("share_percent", &self.share_percent, (0, 100));
        let working_days = read.number("working_days", &self.working_days, (0, DAYS));
        let acknowledge_hours = read.number("acknowledge_hours", &self.acknowledge_hours, (0, HOURS));
        let bundling = read.word("bundling", &self.bundling, Bundling::Single);
        let urgency = read.word("urgency", &self.urgency, Urgency::Normal);
        match (kind, valid_from) {
            (Some(kind), Some(valid_from)) if read.errors.is_empty() => Ok(StatedRung {
                agency: self.agency.clone(),
                procedure: self.procedure.clone(),
                kind,
                level,
                share_percent,
                working_days,
                audiences,
                accountable,
                ways,
                bundling,
                urgency,
                acknowledge_hours,
                basis: self.basis.clone(),
                valid_from,
            }),
            _ => Err(read.errors),
        }
    }
}
