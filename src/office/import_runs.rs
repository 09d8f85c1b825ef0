//! The import wizard: a file is brought, its columns are mapped, it is checked without writing, then
//! imported. Where each stands is a row, so a restart loses nothing: the work is taken up again, and what
//! was taken before counts as unchanged.
//!
//! Here are the steps that people take; `import_runs/work.rs` does what a step asked for and takes up what was
//! interrupted, `import_runs/upload.rs` is a file on its way in, `import_runs/excerpt.rs` shows rows of one.

use std::fs::File;
use std::path::PathBuf;

use crate::domain::problem::{FieldError, Problem};
use crate::domain::time::Instant;
use crate::store::StoreError;
use crate::store::import_runs::{self, ImportRun, ImportRunState, SavedMapping};

use super::accounts::note;
use super::error::{OfficeError, OfficeResult};
use super::import::columns::{Column, look};
use super::import::reconcile::Reconciled;
use super::import::{Mapping, MappingFile};
use super::reconcile::Reconciliation;
use super::report::Question;
use super::seen::{Need, one_line};
use super::{Actor, Office, ids};

pub mod excerpt;
mod upload;
mod work;

pub use upload::{Room, Upload};

/// Runs that the page lists.
const LISTED: i64 = 30;

impl Office {
    /// The newest runs.
    ///
    /// # Errors
    /// The database.
    pub fn import_runs(&self) -> OfficeResult<(Vec<ImportRun>, Vec<SavedMapping>)> {
        self.reading(|conn, rules| {
            let mut mappings = import_runs::mappings(conn)?;
            let own = rules.own_name("");
            for mapping in &mut mappings {
                mapping.name = mapping.name.strip_prefix(&own).unwrap_or(&mapping.name).to_owned();
            }
            Ok((import_runs::newest(conn, LISTED)?, mappings))
        })
    }

    /// # Errors
    /// Not found; the database.
    pub fn import_run(&self, id: &str) -> OfficeResult<ImportRun> {
        self.store().read(|conn| import_runs::find(conn, id))?.ok_or(OfficeError::NotFound)
    }

    /// The columns of a file that was brought.
    ///
    /// # Errors
    /// When it is no table.
    pub fn import_columns(&self, id: &str) -> OfficeResult<Vec<Column>> {
        look(self.brought(id)?)
    }

    /// Keeps the mapping, under a name too when one is given, and has the file checked by it.
    ///
    /// # Errors
    /// Everything that is wrong with the mapping; a conflict when it is being worked on.
    pub fn map_import(
        &self,
        now: Instant,
        actor: &Actor,
        id: &str,
        file: &MappingFile,
        save_as: &str,
    ) -> OfficeResult<()> {
        Mapping::of(file.clone())?;
        let name = one_line("save_as", save_as, Need::Optional)?;
        let body = file.write();
        self.writing(|tx, rules| {
            let from = [ImportRunState::Uploaded, ImportRunState::Checked, ImportRunState::Failed];
            if import_runs::begin(tx, id, &from, ImportRunState::Checking, &body, actor.journal_name())? == 0 {
                return Err(OfficeError::NotFound);
            }
            if !name.is_empty() {
                let saved_by = actor.journal_name().to_owned();
                let name = rules.own_name(&name);
                import_runs::save_mapping(tx, SavedMapping { name, body: body.clone(), saved_by, saved_at: now })?;
            }
            Ok(())
        })
    }

    /// Has a file imported that was checked; the journal names who asked for it, not who brought the file.
    ///
    /// # Errors
    /// Not found when it is not checked (any more).
    pub fn start_import(&self, actor: &Actor, id: &str) -> OfficeResult<()> {
        let row = self.import_run(id)?;
        let (from, to) = ([ImportRunState::Checked], ImportRunState::Importing);
        let begun =
            self.store().write(|tx| import_runs::begin(tx, id, &from, to, &row.mapping, actor.journal_name()))?;
        if begun == 1 { Ok(()) } else { Err(OfficeError::NotFound) }
    }

    /// Forgets a run and its file; what it imported stays.
    ///
    /// # Errors
    /// A conflict while it is being imported; not found; the database.
    pub fn drop_import(&self, now: Instant, actor: &Actor, id: &str) -> OfficeResult<()> {
        let row = self.import_run(id)?;
        self.store().write(|tx| {
            if import_runs::delete(tx, id)? == 0 {
                return Err(OfficeError::from(StoreError::Conflict(format!("import {id} is under way"))));
            }
            let body = serde_json::json!({ "file": row.file_name, "state": row.state, "bytes": row.bytes });
            note(tx, now, actor.journal_name(), "import_dropped", &body.to_string())
        })?;
        upload::remove(&self.brought_at(id));
        Ok(())
    }

    /// Holds a file that was brought and mapped against the records; nothing is written.
    ///
    /// # Errors
    /// Not found, also before its columns are mapped; as [`Office::reconcile`].
    pub fn reconcile_brought(&self, now: Instant, question: &Question, id: &str) -> OfficeResult<Reconciliation> {
        let row = self.import_run(id)?;
        if row.mapping.is_empty() {
            return Err(OfficeError::NotFound);
        }
        self.reconcile(now, question, self.brought(id)?, &Mapping::parse(&row.mapping)?)
    }

    fn brought(&self, id: &str) -> OfficeResult<File> {
        File::open(self.brought_at(id))
            .map_err(|error| FieldError::new("file", "", Problem::Unreadable { why: error.to_string() }).into())
    }

    fn brought_at(&self, id: &str) -> PathBuf {
        PathBuf::from(&self.settings().imports.folder).join(id)
    }

    /// A file that is being brought.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn receive_import(&self, now: Instant) -> OfficeResult<Upload> {
        Upload::begin(&self.settings().imports, ids::id(now)?)
    }

    /// Keeps a file that was brought whole; answers the id of its run.
    ///
    /// # Errors
    /// When it is no table, or the database.
    pub fn keep_brought(
        &self,
        now: Instant,
        actor: &Actor,
        mut upload: Upload,
        file_name: &str,
    ) -> OfficeResult<String> {
        upload.finish()?;
        // No table: told at once, and nothing is kept.
        look(self.brought(upload.id())?)?;
        let row = ImportRun {
            id: upload.id().to_owned(),
            username: actor.journal_name().to_owned(),
            file_name: plain_name(file_name),
            bytes: i64::try_from(upload.bytes()).unwrap_or(i64::MAX),
            mapping: String::new(),
            state: ImportRunState::Uploaded,
            uploaded_at: now,
            rows_read: 0,
            bytes_done: 0,
            beats: 0,
            beats_seen: 0,
            seen_at: None,
            report: String::new(),
            reconciled: String::new(),
            problem: String::new(),
            finished_at: None,
        };
        let id = row.id.clone();
        self.store().write(|tx| import_runs::insert(tx, row))?;
        upload.keep();
        Ok(id)
    }
}

/// What a reconciliation was kept as.
#[must_use]
pub fn reconciled_of(row: &ImportRun) -> Option<Reconciled> {
    serde_json::from_str(&row.reconciled).ok()
}

/// A name for people to know a file by; nothing is opened by it.
fn plain_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    last.chars().filter(|c| !c.is_control()).take(120).collect()
}
