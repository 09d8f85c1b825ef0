//! What the timetable keeps in the database: which planned times are taken care of.

use chrono::Duration;

use crate::domain::time::Instant;
use crate::store::jobs::{self, JobState};
use crate::store::{drafts, sessions};

pub use crate::store::jobs::Claim;

use super::Office;
use super::drafts::KEPT_HOURS;
use super::error::OfficeResult;

impl Office {
    /// Makes the jobs known; one that was known keeps the last time it was taken care of.
    ///
    /// # Errors
    /// The database.
    pub fn register_jobs(&self, now: Instant, names: &[&str]) -> OfficeResult<()> {
        Ok(self.store().write(|tx| names.iter().try_for_each(|name| jobs::register(tx, name, now)))?)
    }

    /// The jobs as they stand.
    ///
    /// # Errors
    /// The database.
    pub fn job_states(&self) -> OfficeResult<Vec<JobState>> {
        Ok(self.store().read(jobs::all)?)
    }

    /// Takes the run that was planned since `seen`, unless another process took it.
    ///
    /// # Errors
    /// The database.
    pub fn claim_job(&self, now: Instant, name: &str, seen: Instant) -> OfficeResult<Claim> {
        Ok(self.store().write(|tx| jobs::claim(tx, name, seen, now, now))?)
    }

    /// Writes down that a run began.
    ///
    /// # Errors
    /// The database.
    pub fn begin_job(&self, name: &str, started_at: Instant) -> OfficeResult<()> {
        Ok(self.store().write(|tx| jobs::begin(tx, name, started_at))?)
    }

    /// Writes down how a run ended.
    ///
    /// # Errors
    /// The database.
    pub fn finish_job(&self, name: &str, started_at: Instant, now: Instant, result: &str) -> OfficeResult<()> {
        Ok(self.store().write(|tx| jobs::finish(tx, name, started_at, now, result))?)
    }

    /// Removes what is two days old: sessions that ended, and the answers kept for repeated requests.
    ///
    /// # Errors
    /// The database.
    pub fn keep_house(&self, now: Instant) -> OfficeResult<usize> {
        Ok(self.store().write(|tx| {
            // A form that nobody went on with holds what a citizen said.
            drafts::delete_before(tx, now - Duration::hours(KEPT_HOURS))?;
            sessions::delete_expired(tx, now - Duration::days(2))
        })?)
    }
}
