//! Dossiers of another register, from CSV or XLSX: streamed, row by row right or told why not, and
//! safe to run again.
//!
//! The code makes a row known. What a dossier was received with never changes by import; later steps
//! that the source tells are taken. Names and addresses of known dossiers are left as they are.

use std::io::{Read, Seek};

use crate::domain::problem::{FieldError, Problem};
use crate::domain::time::Instant;
use crate::store::{StoreError, Tx};

use super::{Actor, Office, OfficeError, OfficeResult};

pub mod columns;
mod dates;
pub mod file;
#[cfg(test)]
mod fuzz;
pub(crate) mod lines;
pub mod mapping;
pub mod reconcile;
pub mod report;
mod row;
mod sheet;
pub(super) mod source;
mod take;
pub(super) mod told;

/// A dry run does everything and undoes it; later rows of the same code then count as unchanged.
pub use super::sweep::Run;
pub use file::MappingFile;
pub use mapping::Mapping;
pub use report::{Differs, ImportReport, Rejected};

use row::{RowReader, Told};
use take::{Batch, Seen};

/// Rows of one transaction: other writers wait for some tens of milliseconds.
const BATCH: usize = 500;
/// Rows in a row that the database refused: then it is the database, not the rows.
const REFUSED_MAX: u32 = 3;

/// How far an import is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    pub read: u64,
    /// 0 for a spreadsheet, whose parts are read out of order.
    pub bytes_done: u64,
    pub bytes_total: Option<u64>,
}

impl Office {
    /// Imports the dossiers of a file. `progress` hears after every batch.
    ///
    /// # Errors
    /// Everything wrong with the file's header, before any row is taken; or the database, in which
    /// case the batches before stay and the import can be run again.
    pub fn import_dossiers<R: Read + Seek>(
        &self,
        now: Instant,
        actor: &Actor,
        mut file: R,
        mapping: &Mapping,
        run: Run,
        progress: &mut dyn FnMut(Progress),
    ) -> OfficeResult<ImportReport> {
        let total = file.seek(std::io::SeekFrom::End(0)).and_then(|end| file.rewind().map(|()| end)).ok();
        let mut import = Import {
            office: self,
            now,
            actor,
            run,
            rows: Vec::with_capacity(BATCH),
            seen: Seen::new(),
            refused: 0,
            report: ImportReport::default(),
        };
        let mut reader: Option<RowReader<'_>> = None;
        source::read(file, &mapping.wanted(), &mut |header, raw, bytes_done| {
            let reader = reader.get_or_insert_with(|| RowReader::new(mapping, mapping.places(header)));
            import.rows.push(reader.read(&raw));
            if import.rows.len() == BATCH {
                import.take()?;
                let bytes_total = total.filter(|_| bytes_done > 0);
                progress(Progress { read: import.report.read, bytes_done, bytes_total });
            }
            Ok(())
        })?;
        import.take()?;
        let done = total.unwrap_or(0);
        progress(Progress { read: import.report.read, bytes_done: done, bytes_total: total });
        Ok(import.report)
    }
}

struct Import<'a> {
    office: &'a Office,
    now: Instant,
    actor: &'a Actor,
    run: Run,
    rows: Vec<Told>,
    seen: Seen,
    refused: u32,
    report: ImportReport,
}

/// Why a transaction was undone.
enum Undone {
    /// It was a dry run.
    Dry(Box<ImportReport>, Vec<u64>),
    Failed(OfficeError),
}

impl From<StoreError> for Undone {
    fn from(error: StoreError) -> Self {
        Self::Failed(error.into())
    }
}

impl From<OfficeError> for Undone {
    fn from(error: OfficeError) -> Self {
        Self::Failed(error)
    }
}

impl Import<'_> {
    /// Takes the rows at hand; when the database refuses the batch, one by one.
    fn take(&mut self) -> OfficeResult<()> {
        let rows = std::mem::take(&mut self.rows);
        match self.transaction(&rows) {
            Ok(report) => {
                self.refused = 0;
                self.report.add(report);
            }
            Err(OfficeError::Store(error)) => {
                tracing::warn!(%error, rows = rows.len(), "a batch was refused and is taken row by row");
                for told in &rows {
                    self.alone(told)?;
                }
            }
            Err(error) => return Err(error),
        }
        self.rows = rows;
        self.rows.clear();
        Ok(())
    }

    fn alone(&mut self, told: &Told) -> OfficeResult<()> {
        match self.transaction(std::slice::from_ref(told)) {
            Ok(report) => {
                self.refused = 0;
                self.report.add(report);
                Ok(())
            }
            Err(OfficeError::Store(error)) => self.refuse(told, error),
            Err(error) => Err(error),
        }
    }

    fn refuse(&mut self, told: &Told, error: StoreError) -> OfficeResult<()> {
        self.refused += 1;
        if self.refused >= REFUSED_MAX {
            return Err(error.into());
        }
        self.report.read += 1;
        let problem = Problem::Unreadable { why: error.to_string() };
        self.report.reject(told.row, &[FieldError::new("row", &told.form.code, problem)]);
        Ok(())
    }

    fn transaction(&mut self, rows: &[Told]) -> OfficeResult<ImportReport> {
        if rows.is_empty() {
            return Ok(ImportReport::default());
        }
        let (office, run, by, seen) = (self.office, self.run, (self.now, self.actor), &self.seen);
        let outcome: Result<ImportReport, Undone> = office.store.write(|tx: &mut Tx<'_>| {
            let rules = office.rules(tx)?;
            let (report, logged) = Batch::new(tx, &rules, by, seen).take(rows)?;
            match run {
                Run::Real => Ok(report),
                Run::Dry => Err(Undone::Dry(Box::new(report), logged)),
            }
        });
        match outcome {
            Ok(report) => Ok(report),
            Err(Undone::Dry(report, logged)) => {
                self.seen.extend(logged);
                Ok(*report)
            }
            Err(Undone::Failed(error)) => Err(error),
        }
    }
}
