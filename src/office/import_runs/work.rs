//! The work on a run: its file is checked or imported in one pass, with a beat for each batch, and taken up
//! again when whoever did it is gone.

use chrono::Duration;

use crate::domain::time::Instant;
use crate::office::import::report::rejected;
use crate::office::import::{ImportReport, Mapping, Run};
use crate::office::import_log::{ReadFile, RowCounts, outcome_of};
use crate::office::{Actor, Counts, Office, OfficeError, OfficeResult, Rules};
use crate::store::import_runs::{self, Ended, ImportRun, ImportRunState};
use crate::store::imports::ImportKind;

use super::upload;

/// Without a beat for so long, whoever worked on an import is gone.
const SILENT_MINUTES: i64 = 2;

impl Office {
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
}

fn actor_of(rules: &Rules, username: &str) -> Actor {
    let account = rules.accounts.values().find(|account| account.username == username);
    account.map_or(Actor::System, |account| Actor::Account { id: account.id.clone(), username: username.to_owned() })
}
