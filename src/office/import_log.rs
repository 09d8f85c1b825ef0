//! The log of imports: every file that was read, by command or on a page, with what came of its rows.

use std::io::Read;

use sha2::{Digest, Sha256};

use crate::domain::time::Instant;
use crate::store::imports::{self, ImportKind, ImportOutcome, ImportRow, Rejection};
use crate::store::journal::hex;

use super::error::{FieldError, OfficeError, OfficeResult, Problem};
use super::import::{ImportReport, Rejected, Run};
use super::reference::ReferenceReport;
use super::{Actor, Office, ids};

/// Reasons that are kept of one file; the first ones say what is wrong with the rest.
const KEPT_MAX: usize = 1_000;

/// Longest file name that is kept.
const NAME_MAX: usize = 200;

/// What is known of a file before it is read as what it is.
#[derive(Debug, Clone)]
pub struct ReadFile {
    pub kind: ImportKind,
    pub name: String,
    pub bytes: u64,
    pub sha256: String,
}

/// What came of the rows of a file.
#[derive(Debug, Clone, Default)]
pub struct RowCounts {
    pub read: u64,
    pub added: u64,
    pub changed: u64,
    pub unchanged: u64,
    pub removed: u64,
    pub rejected: u64,
}

impl ReadFile {
    /// Reads a file to its end for its size and hash. Of its name only the last part is kept.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn of(kind: ImportKind, name: &str, mut file: impl Read) -> OfficeResult<Self> {
        let (mut hash, mut bytes, mut part) = (Sha256::new(), 0_u64, vec![0_u8; 65_536]);
        loop {
            let read = file
                .read(&mut part)
                .map_err(|error| FieldError::new("file", "", Problem::Unreadable { why: error.to_string() }))?;
            if read == 0 {
                break;
            }
            hash.update(part.get(..read).unwrap_or_default());
            bytes += u64::try_from(read).unwrap_or(0);
        }
        let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
        let name = last.chars().filter(|c| !c.is_control()).take(NAME_MAX).collect();
        Ok(Self { kind, name, bytes, sha256: hex(&hash.finalize()) })
    }
}

impl From<&ImportReport> for RowCounts {
    fn from(report: &ImportReport) -> Self {
        Self {
            read: report.read,
            added: report.imported,
            changed: report.updated,
            unchanged: report.unchanged,
            removed: 0,
            rejected: report.rejected_rows,
        }
    }
}

impl From<&ReferenceReport> for RowCounts {
    fn from(report: &ReferenceReport) -> Self {
        let rows: std::collections::BTreeSet<u64> = report.rejected.iter().map(|one| one.row).collect();
        Self {
            read: report.read,
            added: report.added,
            changed: report.changed,
            unchanged: report.unchanged,
            removed: report.removed,
            rejected: u64::try_from(rows.len()).unwrap_or(0),
        }
    }
}

/// What a run of an import is called in the log.
#[must_use]
pub const fn outcome_of(run: Run) -> ImportOutcome {
    match run {
        Run::Real => ImportOutcome::Taken,
        Run::Dry => ImportOutcome::Looked,
    }
}

impl Office {
    /// Writes down that a file was read and what came of it. Why rows stayed out is kept as row, field and
    /// reason, without the value that stood there.
    ///
    /// # Errors
    /// The database.
    pub fn log_import(
        &self,
        now: Instant,
        actor: &Actor,
        file: &ReadFile,
        outcome: ImportOutcome,
        counts: &RowCounts,
        rejected: &[Rejected],
    ) -> OfficeResult<String> {
        self.keep_import(now, actor, file, outcome, (counts, rejected, ""))
    }

    /// Writes down what came of a file that was read as a list of rules or as dossiers; answers it unchanged.
    ///
    /// # Errors
    /// What the reading answered; the database.
    pub fn logged<T>(
        &self,
        now: Instant,
        actor: &Actor,
        file: &ReadFile,
        outcome: ImportOutcome,
        result: OfficeResult<T>,
        told: impl FnOnce(&T) -> (RowCounts, Vec<Rejected>),
    ) -> OfficeResult<T> {
        match result {
            Ok(report) => {
                let (counts, rejected) = told(&report);
                self.log_import(now, actor, file, outcome, &counts, &rejected)?;
                Ok(report)
            }
            Err(error) => {
                let why = match &error {
                    OfficeError::Invalid(errors) => {
                        errors.iter().map(crate::office::import::report::kept_reason).collect()
                    }
                    OfficeError::NotFound
                    | OfficeError::Refused(_)
                    | OfficeError::Store(_)
                    | OfficeError::Broken(_) => {
                        vec![error.to_string()]
                    }
                };
                let why = why.join(" ");
                let told = (&RowCounts::default(), [].as_slice(), why.as_str());
                if let Err(unkept) = self.keep_import(now, actor, file, ImportOutcome::Failed, told) {
                    tracing::warn!(error = %unkept, "a failed import could not be written down");
                }
                Err(error)
            }
        }
    }

    fn keep_import(
        &self,
        now: Instant,
        actor: &Actor,
        file: &ReadFile,
        outcome: ImportOutcome,
        (counts, rejected, error): (&RowCounts, &[Rejected], &str),
    ) -> OfficeResult<String> {
        let id = ids::id(now)?;
        let number = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
        let row = ImportRow {
            id: id.clone(),
            kind: file.kind,
            outcome,
            actor: actor.journal_name().to_owned(),
            at: now,
            file_name: file.name.clone(),
            bytes: number(file.bytes),
            sha256: file.sha256.clone(),
            read_rows: number(counts.read),
            added: number(counts.added),
            changed: number(counts.changed),
            unchanged: number(counts.unchanged),
            removed: number(counts.removed),
            rejected: number(counts.rejected),
            error: error.to_owned(),
        };
        let kept = rejected.iter().take(KEPT_MAX).zip(1..).map(|(one, place)| Rejection {
            import_id: id.clone(),
            place,
            row_number: number(one.row),
            field: one.field.to_owned(),
            reason: one.kept_reason.clone(),
        });
        let kept: Vec<Rejection> = kept.collect();
        self.store().write(|tx| imports::insert(tx, row.clone(), &kept))?;
        Ok(id)
    }

    /// The newest imports, before `before`.
    ///
    /// # Errors
    /// The database.
    pub fn imports(&self, kind: Option<ImportKind>, before: Option<&str>, limit: i64) -> OfficeResult<Vec<ImportRow>> {
        Ok(self.store().read(|conn| imports::newest(conn, kind, before, limit))?)
    }

    /// One import, and why rows of it stayed out.
    ///
    /// # Errors
    /// Not found; the database.
    pub fn import_with_rejections(&self, id: &str) -> OfficeResult<(ImportRow, Vec<Rejection>)> {
        self.store().read(|conn| {
            let row = imports::find(conn, id)?.ok_or(OfficeError::NotFound)?;
            Ok((row, imports::rejections(conn, id)?))
        })
    }
}
