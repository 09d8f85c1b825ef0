//! Procedures and calendar from files: every change is a new version, so that what was promised under
//! the old one can still be explained.

use std::io::{Cursor, Read};

use serde::Serialize;
use serde_json::json;

use crate::config::Settings;
use crate::domain::problem::{FieldError, Problem};
use crate::domain::time::Instant;
use crate::store::Tx;
use crate::store::calendar_versions::{self, CalendarVersion};
use crate::store::journal::{self, Line};
use crate::store::{calendar_days, time_rules};

use super::calendar_change::{special_days, write_days};
use super::calendar_file;
use super::import::report::{Rejected, rejected};
use super::import::source::{self, Cell, Header, RawRow};
use super::procedure_change::ProcedureChange;
use super::procedure_facts::ProcedureDelta;
use super::procedure_file;
use super::proposals::Authors;
use super::redate::RedateReport;
use super::time_rule_file;
use super::{Actor, Office, OfficeError, OfficeResult, rules};

/// Largest file of reference data that is read.
const FILE_MAX: u64 = 16 * 1024 * 1024;

/// What became of the rows (of a calendar) or the procedures (of a list).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ReferenceReport {
    /// Rows of the file.
    pub read: u64,
    pub added: u64,
    pub changed: u64,
    pub unchanged: u64,
    /// Calendar days that the file no longer has in a year it names.
    pub removed: u64,
    pub rejected: Vec<Rejected>,
    /// What becomes of each procedure that is added or changed.
    pub changes: Vec<ProcedureDelta>,
    /// Procedures in force that the list does not name: they stay.
    pub missing: Vec<String>,
    /// What a new calendar did to the open dossiers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub redated: Option<RedateReport>,
}

impl ReferenceReport {
    fn moved(&self) -> bool {
        self.added + self.changed + self.removed > 0
    }
}

impl Office {
    /// Imports a list of procedures (CSV or XLSX with the columns of `config/procedures.csv`, and
    /// `commitment_value`, `commitment_unit`, `commitment_basis` when it speaks of commitments). Changed
    /// facts become a new version from `now` on; procedures the file does not name stay as they are.
    ///
    /// # Errors
    /// When the file is no such table, or the database cannot be written.
    pub fn import_procedures(&self, now: Instant, actor: &Actor, file: impl Read) -> OfficeResult<ReferenceReport> {
        let data = whole(file)?;
        self.writing(|tx, _| take_procedures(tx, now, actor, &data))
    }

    /// What [`Office::import_procedures`] would do, and the change that does it.
    ///
    /// # Errors
    /// When the file is no such table, or the database cannot be read.
    pub fn compare_procedures(
        &self,
        now: Instant,
        file: impl Read,
    ) -> OfficeResult<(ReferenceReport, ProcedureChange)> {
        let data = whole(file)?;
        self.reading(|_, rules| procedure_file::compare(rules.procedures(), now, &data))
    }

    /// Imports time rules (CSV or XLSX with the columns of `config/rules.csv`): see [`take_time_rules`].
    ///
    /// # Errors
    /// When the file is no such table, or the database cannot be written.
    pub fn import_time_rules(&self, now: Instant, actor: &Actor, file: impl Read) -> OfficeResult<ReferenceReport> {
        let data = whole(file)?;
        self.writing(|tx, _| take_time_rules(tx, now, actor, &data))
    }

    /// Imports calendar days (iCalendar, or CSV or XLSX with the columns of `config/calendar.csv`) and
    /// brings the open dossiers to them. The file is taken as whole for every year it names: a day it no longer has becomes an ordinary one, unless
    /// a row was rejected.
    ///
    /// # Errors
    /// When the file is no such table, or the database cannot be written.
    pub fn import_calendar(&self, now: Instant, actor: &Actor, file: impl Read) -> OfficeResult<ReferenceReport> {
        let data = whole(file)?;
        self.writing(|tx, _| {
            let report = take_calendar(tx, self.settings(), now, actor, &data)?;
            let redated = self.redate_open(tx, now, actor.journal_name())?;
            Ok(ReferenceReport { redated: Some(redated), ..report })
        })
    }
}

pub(super) fn whole(file: impl Read) -> OfficeResult<Vec<u8>> {
    let mut data = Vec::new();
    file.take(FILE_MAX)
        .read_to_end(&mut data)
        .map_err(|error| FieldError::new("file", "", Problem::Unreadable { why: error.to_string() }))?;
    Ok(data)
}

/// Takes a list of procedures inside a transaction.
///
/// # Errors
/// As [`Office::import_procedures`].
pub fn take_procedures(tx: &mut Tx<'_>, now: Instant, actor: &Actor, data: &[u8]) -> OfficeResult<ReferenceReport> {
    let (report, change) = procedure_file::compare(&rules::procedure_versions(tx)?, now, data)?;
    change.apply(tx, now, &Authors::alone(actor))?;
    finish(tx, now, actor, "procedures_imported", &report, None)?;
    Ok(report)
}

/// Takes calendar days inside a transaction: all changes together are one new version.
///
/// # Errors
/// As [`Office::import_calendar`].
pub fn take_calendar(
    tx: &mut Tx<'_>,
    settings: &Settings,
    now: Instant,
    actor: &Actor,
    data: &[u8],
) -> OfficeResult<ReferenceReport> {
    let file = calendar_file::read(data)?;
    let current = calendar_versions::newest(tx)?;
    let days = calendar_days::of_version(tx, current)?;
    let edits = file.edits(&special_days(&days));
    let next = current + 1;
    let version = new_version(settings, now, actor, next, BY_IMPORT)?;
    let written = write_days(tx, now, &days, &edits, version)?;
    let taken = u64::try_from(file.days.len()).unwrap_or(0);
    let report = ReferenceReport {
        read: file.read,
        added: written.added,
        changed: written.changed,
        removed: written.removed,
        unchanged: taken.saturating_sub(written.added + written.changed),
        rejected: file.rejected,
        ..ReferenceReport::default()
    };
    finish(tx, now, actor, "calendar_imported", &report, Some(next))?;
    Ok(report)
}

/// The decision of a version that came with a file from the command line.
pub const BY_IMPORT: &str = "import";
/// The decision of a version that came with new office hours in the settings.
pub const BY_SETTINGS: &str = "office hours";

/// A calendar version with the hours of the settings.
///
/// # Errors
/// When the settings are wrong.
pub(super) fn new_version(
    settings: &Settings,
    now: Instant,
    actor: &Actor,
    version: i32,
    decision: &str,
) -> OfficeResult<CalendarVersion> {
    Ok(CalendarVersion {
        version,
        made_at: now,
        entered_by: actor.journal_name().to_owned(),
        approved_by: String::new(),
        decision: decision.to_owned(),
        office_hours: serde_json::to_string(&settings.office_hours().map_err(OfficeError::Broken)?)?,
        same_day_cutoff: settings.same_day_cutoff().map_err(OfficeError::Broken)?.to_string(),
    })
}

/// The text of a column; empty when the file lacks it.
pub(super) fn text(header: &Header, raw: &RawRow, field: &'static str, errors: &mut Vec<FieldError>) -> String {
    if let Some(fault) = &raw.fault {
        if errors.is_empty() {
            errors.push(FieldError::new("row", "", fault.clone()));
        }
        return String::new();
    }
    match header.find(field).and_then(|index| raw.cells.get(index)).unwrap_or(&Cell::Empty) {
        Cell::Empty => String::new(),
        Cell::Text(text) => {
            let text = super::intake::nfc(text.trim());
            if text.chars().any(char::is_control) {
                errors.push(FieldError::new(field, &text, Problem::ControlCharacters));
            }
            text
        }
        Cell::Moment(at) => at.date().to_string(),
        Cell::NotUtf8 => {
            errors.push(FieldError::new(field, "", crate::domain::problem::FileProblem::NotUtf8));
            String::new()
        }
        Cell::Wrong(error) => {
            errors.push(FieldError::new(field, error, Problem::Unreadable { why: error.clone() }));
            String::new()
        }
    }
}

/// Takes time rules (the columns of `config/rules.csv`) inside a transaction: a changed rule is a new
/// version of it, a rule that the file does not name stays as it is.
///
/// # Errors
/// When the file is no such table, or the database cannot be written.
pub fn take_time_rules(tx: &mut Tx<'_>, now: Instant, actor: &Actor, data: &[u8]) -> OfficeResult<ReferenceReport> {
    let mut report = ReferenceReport::default();
    let mut given = Vec::new();
    source::read(Cursor::new(data), &time_rule_file::wanted(), &mut |header, raw, _| {
        report.read += 1;
        match time_rule_file::row(header, &raw) {
            Ok(rule) => given.push(rule),
            Err(errors) => report.rejected.extend(errors.iter().map(|error| rejected(raw.number, error))),
        }
        Ok(())
    })?;
    let known = time_rules::all(tx)?;
    for rule in given {
        let versions = known.iter().filter(|row| rule.is_version_of(row));
        match versions.max_by_key(|row| row.version) {
            Some(newest) if rule.says_the_same(newest) => report.unchanged += 1,
            newest => {
                let version = newest.map_or(1, |row| row.version + 1);
                time_rules::insert(tx, rule.stored(now, &Authors::alone(actor), version)?)?;
                if newest.is_some() { report.changed += 1 } else { report.added += 1 }
            }
        }
    }
    finish(tx, now, actor, "time_rules_imported", &report, None)?;
    Ok(report)
}

/// Writes the journal line and makes every process read the rules again, if anything changed.
pub(super) fn finish(
    tx: &mut Tx<'_>,
    now: Instant,
    actor: &Actor,
    kind: &str,
    report: &ReferenceReport,
    version: Option<i32>,
) -> OfficeResult<()> {
    if !report.moved() {
        return Ok(());
    }
    let body = json!({
        "added": report.added, "changed": report.changed, "removed": report.removed,
        "unchanged": report.unchanged, "rejected": report.rejected.len(), "version": version,
    });
    let line =
        Line { recorded_at: now, at: now, actor: actor.journal_name(), kind, dossier_id: None, body: body.to_string() };
    journal::append(tx, &[line])?;
    Ok(rules::touch(tx, now)?)
}
