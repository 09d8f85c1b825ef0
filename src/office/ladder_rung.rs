//! A rung as somebody states it: typed, checked, kept.

use std::fmt::Display;
use std::str::FromStr;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::UnknownWord;
use crate::domain::ladder::{Bundling, RUNG_AUDIENCES, RUNG_KINDS, Rung, Urgency, Way};
use crate::domain::notice::{Audience, NoticeKind};
use crate::domain::problem::{FieldError, Problem};
use crate::domain::time::Instant;
use crate::store::StoreError;
use crate::store::rungs::RungRow;

use super::proposals::Authors;
use super::{OfficeResult, ids, rules};

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

/// A rung as somebody states it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatedRung {
    /// Empty: every agency.
    pub agency: String,
    /// Empty: every procedure.
    pub procedure: String,
    pub kind: NoticeKind,
    pub level: i32,
    pub share_percent: i32,
    pub working_days: i32,
    /// Empty: from `valid_from` on the rung is off.
    pub audiences: Vec<Audience>,
    pub accountable: Audience,
    pub ways: Vec<Way>,
    pub bundling: Bundling,
    pub urgency: Urgency,
    pub acknowledge_hours: i32,
    pub basis: String,
    pub valid_from: NaiveDate,
}

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
pub(super) struct KnownCodes {
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
    pub(super) fn stated(&self, known: &KnownCodes, errors: Vec<FieldError>) -> Result<StatedRung, Vec<FieldError>> {
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

/// Words as they are kept.
pub(super) fn joined<T: Display>(words: &[T]) -> String {
    words.iter().map(T::to_string).collect::<Vec<_>>().join(" ")
}

impl StatedRung {
    /// Which rung it is.
    pub(super) fn title(&self) -> String {
        let level = self.level.to_string();
        let parts = [self.kind.as_str(), &level, &self.procedure, &self.agency];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
    }

    /// What it says.
    pub(super) fn words(&self) -> String {
        let numbers = [self.share_percent, self.working_days, self.acknowledge_hours].map(|number| number.to_string());
        let lists = [joined(&self.audiences), self.accountable.to_string(), joined(&self.ways)];
        let how = [self.bundling.to_string(), self.urgency.to_string(), self.basis.clone()];
        let from = self.valid_from.format("%d/%m/%Y").to_string();
        [&numbers[..], &lists, &how, &[from]].concat().join("; ")
    }

    /// A kept version.
    ///
    /// # Errors
    /// When the row was not written by this program.
    pub fn of(row: &RungRow) -> Result<Self, StoreError> {
        let rung = rules::rung(row)?;
        Ok(Self {
            agency: row.agency_code.clone(),
            procedure: row.procedure_code.clone(),
            kind: row.kind,
            level: row.level,
            share_percent: row.share_percent,
            working_days: row.working_days,
            audiences: rung.audiences,
            accountable: rung.accountable,
            ways: rung.ways,
            bundling: row.bundling,
            urgency: row.urgency,
            acknowledge_hours: row.acknowledge_hours,
            basis: row.basis.clone(),
            valid_from: row.valid_from,
        })
    }

    /// As the form holds it.
    #[must_use]
    pub fn typed(&self) -> RungTyped {
        RungTyped {
            agency: self.agency.clone(),
            procedure: self.procedure.clone(),
            kind: self.kind.to_string(),
            level: self.level.to_string(),
            share_percent: self.share_percent.to_string(),
            working_days: self.working_days.to_string(),
            audiences: joined(&self.audiences),
            accountable: self.accountable.to_string(),
            ways: joined(&self.ways),
            bundling: self.bundling.to_string(),
            urgency: self.urgency.to_string(),
            acknowledge_hours: self.acknowledge_hours.to_string(),
            basis: self.basis.clone(),
            valid_from: self.valid_from.to_string(),
        }
    }

    /// As the domain sees it.
    #[must_use]
    pub fn rung(&self) -> Rung {
        let number = |value: i32| u32::try_from(value).unwrap_or_default();
        Rung {
            kind: self.kind,
            level: self.level,
            share_percent: number(self.share_percent),
            working_days: number(self.working_days),
            audiences: self.audiences.clone(),
            accountable: self.accountable,
            ways: self.ways.clone(),
            bundling: self.bundling,
            urgency: self.urgency,
            acknowledge_hours: number(self.acknowledge_hours),
        }
    }

    pub(super) fn is_version_of(&self, row: &RungRow) -> bool {
        (&self.agency, &self.procedure, self.kind, self.level)
            == (&row.agency_code, &row.procedure_code, row.kind, row.level)
    }

    pub(super) fn says_the_same(&self, row: &RungRow) -> bool {
        Self::of(row).is_ok_and(|kept| kept == *self)
    }

    pub(super) fn stored(&self, now: Instant, authors: &Authors, version: i32) -> OfficeResult<RungRow> {
        Ok(RungRow {
            id: ids::id(now)?,
            agency_code: self.agency.clone(),
            procedure_code: self.procedure.clone(),
            kind: self.kind,
            level: self.level,
            version,
            share_percent: self.share_percent,
            working_days: self.working_days,
            audiences: joined(&self.audiences),
            accountable: self.accountable.to_string(),
            ways: joined(&self.ways),
            bundling: self.bundling,
            urgency: self.urgency,
            acknowledge_hours: self.acknowledge_hours,
            basis: self.basis.clone(),
            valid_from: self.valid_from,
            entered_by: authors.entered_by.clone(),
            approved_by: authors.approved_by.clone(),
            entered_at: now,
        })
    }
}
