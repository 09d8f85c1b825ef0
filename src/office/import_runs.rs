//! The import wizard: a file is brought, its columns are mapped, it is checked without writing, then
//! imported. Where each stands is a row, so a restart loses nothing: the work is taken up again, and what
//! was taken before counts as unchanged.

use std::collections::BTreeSet;
use std::fs::File;
use std::path::PathBuf;

use chrono::Duration;

use crate::domain::problem::{FieldError, Problem};
use crate::domain::time::Instant;
use crate::store::StoreError;
use crate::store::import_runs::{self, Ended, ImportRun, ImportRunState, SavedMapping};
use crate::store::imports::ImportKind;

use super::accounts::note;
use super::error::{OfficeError, OfficeResult};
use super::import::columns::{Column, look};
use super::import::mapping::Field;
use super::import::reconcile::Reconciled;
use super::import::report::rejected;
use super::import::{ImportReport, Mapping, MappingFile, Run, source};
use super::import_log::{ReadFile, RowCounts, outcome_of};
use super::reconcile::Reconciliation;
use super::report::Question;
use super::rules::Rules;
use super::seen::{Need, one_line};
use super::{Actor, Counts, Office, ids};

mod upload;

pub use upload::{Room, Upload};

/// Runs that the page lists.
const LISTED: i64 = 30;
/// Without a beat for so long, whoever worked on an import is gone.
const SILENT_MINUTES: i64 = 2;

/// Rows of a file as they stand in it, under the fields they are mapped to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Excerpt {
    pub fields: Vec<Field>,
    /// Number of the row and its cells.
    pub rows: Vec<(u64, Vec<String>)>,
}

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

    /// Does the round of work that a run waits for; twice is the same as once.
    ///
    /// # Errors
    /// The database: then the round is taken up again later.
    pub fn work_on_import(&self, now: Instant, id: &str) -> OfficeResult<()> {
        let row = self.import_run(id)?;
        let (run, then) = match row.state {
            ImportRunState::Checking => (Run::Dry, ImportRunState::Checked),
            ImportRunState::Importing => (Run::Real, ImportRunState::Done),
            ImportRunState::Uploaded | ImportRunState::Checked | ImportRunState::Done | ImportRunState::Failed => {
                return Ok(());
            }
        };
        let mut beats = row.beats;
        let ended = match self.round(now, &row, run, &mut beats) {
            Ok((report, reconciled)) => (then, report, reconciled, String::new()),
            Err(OfficeError::Invalid(errors)) => {
                let told: Vec<_> = errors.iter().map(|error| rejected(0, error)).collect();
                (ImportRunState::Failed, String::new(), String::new(), serde_json::to_string(&told)?)
            }
            Err(error) => return Err(error),
        };
        let (state, report, reconciled, problem) = &ended;
        let ended = Ended { report, reconciled, problem };
        self.store().write(|tx| import_runs::end(tx, id, beats, now, *state, &ended))?;
        Ok(())
    }

    /// Reads the file from its beginning; the report and the reconciliation as JSON.
    fn round(&self, now: Instant, row: &ImportRun, run: Run, beats: &mut i64) -> OfficeResult<(String, String)> {
        let mapping = Mapping::parse(&row.mapping)?;
        let rules = self.store().read(|conn| self.rules(conn))?;
        let actor = actor_of(&rules, &row.username);
        let mut alone = true;
        let report = self.import_dossiers(now, &actor, self.brought(&row.id)?, &mapping, run, &mut |at| {
            let far = (i64::try_from(at.read).unwrap_or(i64::MAX), i64::try_from(at.bytes_done).unwrap_or(i64::MAX));
            if !alone {
                return;
            }
            match self.store().write(|tx| import_runs::beat(tx, &row.id, *beats, far)) {
                Ok(1) => *beats += 1,
                // Somebody else took it up: both come to the same end, and they tell of it.
                Ok(_) => alone = false,
                Err(error) => tracing::warn!(%error, import = %row.id, "how far the import is was not written down"),
            }
        });
        let file = ReadFile::of(ImportKind::Dossiers, &row.file_name, self.brought(&row.id)?)?;
        let rows = |report: &ImportReport| (RowCounts::from(report), report.rejected.clone());
        let report = self.logged(now, &actor, &file, outcome_of(run), report, rows)?;
        let reconciled = match run {
            Run::Real => serde_json::to_string(&self.reconcile_import(self.brought(&row.id)?, &mapping)?)?,
            Run::Dry => String::new(),
        };
        Ok((serde_json::to_string(&report)?, reconciled))
    }

    /// Takes up what was interrupted: work on which nobody moved on since the last look, some minutes ago.
    /// Runs that were kept long enough are forgotten, and files that belong to none.
    ///
    /// # Errors
    /// The database. A run that cannot be taken up stops no other.
    pub fn resume_imports(&self, now: Instant) -> OfficeResult<Counts> {
        let mut counts = Counts::new();
        let mut count = |what: &str| *counts.entry(what.to_owned()).or_default() += 1;
        let kept = Duration::days(self.settings().imports.kept_days.into());
        for row in self.store().read(|conn| import_runs::older(conn, now - kept))? {
            self.drop_import(now, &Actor::System, &row.id)?;
            count("forgotten");
        }
        for row in self.store().read(import_runs::under_way)? {
            let silent = row.beats == row.beats_seen
                && row.seen_at.is_some_and(|seen| seen <= now - Duration::minutes(SILENT_MINUTES));
            if silent {
                match self.of_person(&row.username).and_then(|own| own.work_on_import(now, &row.id)) {
                    Ok(()) => count("resumed"),
                    Err(error) => {
                        tracing::error!(import = %row.id, %error, "an import cannot be taken up again");
                        count("failed");
                    }
                }
            } else if row.beats != row.beats_seen {
                self.store().write(|tx| import_runs::saw(tx, &row.id, row.beats, now))?;
            }
        }
        for file in upload::left_behind(&self.settings().imports) {
            let id = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            if self.store().read(|conn| import_runs::find(conn, &id))?.is_none() {
                upload::remove(&file);
                count("orphans");
            }
        }
        Ok(counts)
    }

    /// Rows of a file in its own words: these, or the first ones.
    ///
    /// # Errors
    /// When the file or its mapping cannot be read.
    pub fn import_excerpt(&self, row: &ImportRun, only: Option<&BTreeSet<u64>>, most: usize) -> OfficeResult<Excerpt> {
        let mapping = Mapping::parse(&row.mapping)?;
        let last = only.and_then(|rows| rows.iter().nth(most.saturating_sub(1)).or(rows.last()).copied());
        let mut excerpt = Excerpt::default();
        let mut places = None;
        if only.is_some_and(BTreeSet::is_empty) {
            return Ok(excerpt);
        }
        let read = source::read(self.brought(&row.id)?, &mapping.wanted(), &mut |header, raw, _| {
            let places = places.get_or_insert_with(|| mapping.places(header));
            if excerpt.fields.is_empty() {
                excerpt.fields = Field::ALL.iter().copied().filter(|field| places.contains_key(field)).collect();
            }
            if only.is_none_or(|rows| rows.contains(&raw.number)) {
                let cell = |field: &Field| {
                    places.get(field).and_then(|at| raw.cells.get(*at)).map(source::Cell::shown).unwrap_or_default()
                };
                excerpt.rows.push((raw.number, excerpt.fields.iter().map(cell).collect()));
            }
            let over = excerpt.rows.len() >= most || last.is_some_and(|last| raw.number >= last);
            if over { Err(source::enough()) } else { Ok(()) }
        });
        source::until_enough(read)?;
        Ok(excerpt)
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

fn actor_of(rules: &Rules, username: &str) -> Actor {
    let account = rules.accounts.values().find(|account| account.username == username);
    account.map_or(Actor::System, |account| Actor::Account { id: account.id.clone(), username: username.to_owned() })
}
