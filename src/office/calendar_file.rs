//! Calendar days from a file, whichever form it has, and what taking it would change.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;

use chrono::{Datelike, NaiveDate};

use crate::domain::calendar::{CalendarDay, Confidence, DayKind};
use crate::domain::problem::{CalendarFileProblem, FieldError, Problem};
use crate::store::calendar_versions::CalendarVersion;

use super::calendar_change::{CalendarChange, DayEdit, SpecialDay, special_days};
use super::calendar_ics;
use super::error::OfficeResult;
use super::import::report::{Rejected, rejected};
use super::import::source::{self, Header, RawRow, Wanted};
use super::reference::text;
use super::{Office, OfficeError};

/// More is no calendar of days off.
pub(super) const FILE_MAX: usize = 1024 * 1024;

/// The days of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CalendarFile {
    /// Rows or events.
    pub read: u64,
    pub days: BTreeMap<NaiveDate, SpecialDay>,
    pub rejected: Vec<Rejected>,
}

impl CalendarFile {
    /// Takes a day in, unless the file says something else about it already.
    pub(super) fn take(&mut self, row: u64, day: Result<(NaiveDate, SpecialDay), Vec<FieldError>>) {
        let day = day.and_then(|(date, day)| match self.days.get(&date) {
            Some(first) if *first != day => {
                Err(vec![FieldError::new("date", date.to_string(), Problem::Contradicts { other: "date" })])
            }
            Some(_) | None => Ok((date, day)),
        });
        match day {
            Ok((date, day)) => drop(self.days.insert(date, day)),
            Err(errors) => self.rejected.extend(errors.iter().map(|error| rejected(row, error))),
        }
    }

    /// What taking it changes. It is whole for every year it names: a day it no longer has becomes an
    /// ordinary one, unless a row was rejected.
    #[must_use]
    pub fn edits(&self, current: &BTreeMap<NaiveDate, SpecialDay>) -> Vec<DayEdit> {
        let years: BTreeSet<i32> = self.days.keys().map(Datelike::year).collect();
        let gone = current
            .keys()
            .filter(|date| self.rejected.is_empty() && years.contains(&date.year()) && !self.days.contains_key(date))
            .map(|date| DayEdit { date: *date, becomes: None });
        let given = self
            .days
            .iter()
            .filter(|(date, day)| current.get(date) != Some(day))
            .map(|(date, day)| DayEdit { date: *date, becomes: Some(day.clone()) });
        let mut edits: Vec<DayEdit> = gone.chain(given).collect();
        edits.sort_by_key(|edit| edit.date);
        edits
    }
}

impl Office {
    /// The special days of a year by the calendar in force, with the version that has them.
    ///
    /// # Errors
    /// The database.
    pub fn calendar_days(&self, year: i32) -> OfficeResult<(i32, Vec<CalendarDay>, CalendarVersion)> {
        self.reading(|_, rules| {
            let days = special_days(&rules.days).into_iter().filter(|(date, _)| date.year() == year);
            let day = |(date, day): (NaiveDate, SpecialDay)| CalendarDay {
                date,
                kind: day.kind,
                name: day.name,
                basis: Some(day.basis).filter(|basis| !basis.is_empty()),
                confidence: day.confidence,
            };
            Ok((year, days.map(day).collect(), rules.made.clone()))
        })
    }

    /// The change that a file of calendar days would be; nothing is written.
    ///
    /// # Errors
    /// When the file is no calendar; the second list has every row that is wrong, and then nothing is
    /// to be taken.
    pub fn calendar_file(&self, data: &[u8], decision: &str) -> OfficeResult<(CalendarChange, Vec<Rejected>)> {
        let file = read(data)?;
        self.reading(|_, rules| {
            let edits = file.edits(&special_days(&rules.days));
            Ok((CalendarChange { decision: decision.trim().to_owned(), edits }, file.rejected))
        })
    }
}

/// Reads iCalendar, CSV or XLSX.
///
/// # Errors
/// When it is none of them.
pub fn read(data: &[u8]) -> OfficeResult<CalendarFile> {
    if data.len() > FILE_MAX {
        return Err(FieldError::new("file", "", CalendarFileProblem::TooLarge).into());
    }
    if calendar_ics::looks_like_one(data) {
        return calendar_ics::read(data).map_err(OfficeError::from);
    }
    let mut file = CalendarFile::default();
    source::read(Cursor::new(data), &columns(), &mut |header, raw, _| {
        file.read += 1;
        file.take(raw.number, row(header, &raw));
        Ok(())
    })?;
    Ok(file)
}

fn columns() -> Wanted {
    let must = ["date", "kind", "name"].map(|name| (name, name.to_owned())).to_vec();
    Wanted { must, may: ["basis", "confidence"].map(str::to_owned).to_vec() }
}

fn row(header: &Header, raw: &RawRow) -> Result<(NaiveDate, SpecialDay), Vec<FieldError>> {
    let mut errors = Vec::new();
    let [date, kind, name, basis, confidence] =
        ["date", "kind", "name", "basis", "confidence"].map(|field| text(header, raw, field, &mut errors));
    // Our own export keeps a spreadsheet from taking text for a formula.
    let [name, basis] = [name, basis].map(|text| crate::render::calendar_file::unguarded(&text).to_owned());
    day(&date, &kind, name, basis, &confidence, errors)
}

/// A day from its texts, with every error at once.
pub(super) fn day(
    date: &str,
    kind: &str,
    name: String,
    basis: String,
    confidence: &str,
    mut errors: Vec<FieldError>,
) -> Result<(NaiveDate, SpecialDay), Vec<FieldError>> {
    let read: Option<NaiveDate> = date.parse().ok().filter(|day: &NaiveDate| (1990..=2100).contains(&day.year()));
    if read.is_none() {
        errors.push(FieldError::new("date", date, Problem::NotADay));
    }
    let kind: Option<DayKind> =
        kind.parse().map_err(|_| errors.push(FieldError::new("kind", kind, Problem::NotADayKind))).ok();
    if name.is_empty() {
        errors.push(FieldError::new("name", "", Problem::Required));
    }
    // Nothing said about a day means that nobody vouches for it.
    let confidence = match confidence {
        "" => Some(Confidence::Unconfirmed),
        word => word
            .parse::<Confidence>()
            .map_err(|unknown| {
                errors.push(FieldError::new("confidence", word, Problem::NotOneOf { expected: unknown.expected }));
            })
            .ok(),
    };
    match (read, kind, confidence) {
        (Some(date), Some(kind), Some(confidence)) if errors.is_empty() => {
            Ok((date, SpecialDay { kind, name, basis, confidence }))
        }
        _ => Err(errors),
    }
}
