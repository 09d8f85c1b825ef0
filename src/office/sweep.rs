//! The sweep: a reconciler. It looks at every dossier whose next check has come, asks the domain
//! what is owed, and writes what is not there yet. Safe to run a hundred times.

use serde::Serialize;

use crate::domain::notice::NoticeKind;
use crate::domain::time::Instant;
use crate::store::Tx;
use crate::store::outbox::Raised;

use super::error::{OfficeError, OfficeResult};
use super::rules::Rules;
use super::{Counts, Office};

mod due;
mod look;

/// Online files and alerts looked at in one transaction.
pub(super) const BATCH: i64 = 200;

/// When something owed could not be raised, it is looked at again after this time.
pub(super) const RETRY_AFTER: chrono::Duration = chrono::Duration::hours(1);

/// What a sweep found and did.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct SweepReport {
    pub examined: u64,
    /// New messages by kind.
    pub raised: Counts,
    pub already_there: u64,
    /// Owed, but could not be raised: nobody with an address, or no date within the calendar.
    pub failed: u64,
}

impl SweepReport {
    /// Counts what became of a message; `None`: it could not be raised.
    pub(super) fn count(&mut self, kind: NoticeKind, raised: Option<Raised>) {
        match raised {
            Some(Raised::New) => *self.raised.entry(kind.to_string()).or_default() += 1,
            Some(Raised::AlreadyThere) => self.already_there += 1,
            None => self.failed += 1,
        }
    }

    fn add(&mut self, other: Self) {
        let Self { examined, raised, already_there, failed } = other;
        self.examined += examined;
        self.already_there += already_there;
        self.failed += failed;
        for (kind, count) in raised {
            *self.raised.entry(kind).or_default() += count;
        }
    }
}

/// Whether the sweep writes, or only says what it would write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Run {
    Real,
    Dry,
}

impl Office {
    /// Raises every notice and letter that is owed at `now` and not there yet.
    ///
    /// # Errors
    /// When the database cannot be read or written; what was done before stays done.
    pub fn sweep(&self, now: Instant, run: Run) -> OfficeResult<SweepReport> {
        self.for_each(|office| office.sweep_own(now, run), SweepReport::add)
    }

    fn sweep_own(&self, now: Instant, run: Run) -> OfficeResult<SweepReport> {
        match run {
            Run::Dry => self.dry_sweep(now),
            Run::Real => {
                let mut report = SweepReport::default();
                self.sweep_dossiers(now, &mut report)?;
                while self.writing(|tx, rules| self.sweep_others(tx, rules, now, &mut report))? {}
                self.writing(|tx, rules| self.sweep_tasks(tx, rules, now, &mut report))?;
                Ok(report)
            }
        }
    }

    /// The same steps in one transaction that is undone at the end.
    fn dry_sweep(&self, now: Instant) -> OfficeResult<SweepReport> {
        let mut report = SweepReport::default();
        let undone: OfficeResult<()> = self.writing(|tx, rules| {
            self.sweep_all(tx, rules, now, &mut report)?;
            Err(OfficeError::NotFound)
        });
        match undone {
            Ok(()) | Err(OfficeError::NotFound) => Ok(report),
            Err(error) => Err(error),
        }
    }

    /// Everything owed at `now`, inside a transaction.
    pub(super) fn sweep_all(
        &self,
        tx: &mut Tx<'_>,
        rules: &Rules,
        now: Instant,
        report: &mut SweepReport,
    ) -> OfficeResult<()> {
        self.sweep_dossiers_within(tx, rules, now, report)?;
        while self.sweep_others(tx, rules, now, report)? {}
        self.sweep_tasks(tx, rules, now, report)
    }

    /// One batch of what is looked at beside the dossiers; answers whether there may be more.
    fn sweep_others(
        &self,
        tx: &mut Tx<'_>,
        rules: &Rules,
        now: Instant,
        report: &mut SweepReport,
    ) -> OfficeResult<bool> {
        let waiting = self.sweep_submissions(tx, rules, now, report)?;
        let unanswered = self.sweep_unanswered(tx, rules, now, report)?;
        self.sweep_unsigned(tx, rules, now, report)?;
        Ok(waiting == BATCH || unanswered == BATCH)
    }
}
