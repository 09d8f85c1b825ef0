//! The sweep: a reconciler. It looks at every dossier whose next check has come, asks the domain
//! what is owed, and writes what is not there yet. Safe to run a hundred times.

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::Serialize;

use crate::config::SigningMode;
use crate::domain::notice::NoticeKind;
use crate::domain::time::Instant;
use crate::store::Tx;
use crate::store::dossiers::{self, DossierRow};
use crate::store::outbox::Raised;

use super::apology::{Series, serials};
use super::at_hand::{self, AtHand};
use super::error::{OfficeError, OfficeResult};
use super::rules::Rules;
use super::{Counts, Office};

mod look;

use look::Looked;

/// Dossiers taken in one transaction: few enough that clerks at the counter never wait long.
const DOSSIERS: i64 = 500;

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
                while self.writing(|tx, rules| self.sweep_batch(tx, rules, now, &mut report))? {}
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
        while self.sweep_batch(tx, rules, now, report)? {}
        self.sweep_tasks(tx, rules, now, report)
    }

    /// One batch of everything that is looked at; answers whether there may be more.
    fn sweep_batch(
        &self,
        tx: &mut Tx<'_>,
        rules: &Rules,
        now: Instant,
        report: &mut SweepReport,
    ) -> OfficeResult<bool> {
        let rows = dossiers::to_check(tx, now, DOSSIERS)?;
        let full = i64::try_from(rows.len()).is_ok_and(|seen| seen == DOSSIERS);
        let (closed, open): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| row.closed_at.is_some());
        for row in closed {
            report.examined += 1;
            self.finish_late_again(tx, rules, now, row)?;
        }
        self.sweep_open(tx, rules, now, open, report)?;
        let waiting = self.sweep_submissions(tx, rules, now, report)?;
        let unanswered = self.sweep_unanswered(tx, rules, now, report)?;
        self.sweep_unsigned(tx, rules, now, report)?;
        Ok(full || waiting == BATCH || unanswered == BATCH)
    }

    /// Open dossiers: read together, looked at on all cores, numbered in their order, written together.
    fn sweep_open(
        &self,
        tx: &mut Tx<'_>,
        rules: &Rules,
        now: Instant,
        open: Vec<DossierRow>,
        report: &mut SweepReport,
    ) -> OfficeResult<()> {
        if open.is_empty() {
            return Ok(());
        }
        let head = self.letterhead(tx)?;
        let mut dossiers = AtHand::all(tx, open)?;
        let looks = dossiers.par_iter_mut().map(|dossier| self.look(rules, now, dossier));
        let mut looked = looks.collect::<OfficeResult<Vec<Looked>>>()?;
        let serials = self.numbers(tx, now, &dossiers, &looked)?;
        let found = looked.par_iter_mut().zip(serials);
        dossiers.par_iter_mut().zip(found).try_for_each(|(dossier, (looked, serial))| {
            self.close_look(rules, now, dossier, looked, Series { head: &head, serial })
        })?;
        at_hand::write(tx, &mut dossiers)?;
        for (dossier, looked) in dossiers.into_iter().zip(looked) {
            report.add(looked.report);
            if let Some(sub) = looked.closes {
                let raised = self.close_unanswered(tx, rules, now, dossier.row, &sub)?;
                report.count(NoticeKind::ClosedUnanswered, raised);
            }
        }
        Ok(())
    }

    /// The serials of the letters that were found, in the order of their dossiers; none where they are signed.
    fn numbers(
        &self,
        tx: &mut Tx<'_>,
        now: Instant,
        dossiers: &[AtHand],
        looked: &[Looked],
    ) -> OfficeResult<Vec<Option<i64>>> {
        if self.signing_mode() == SigningMode::Signed {
            return Ok(vec![None; dossiers.len()]);
        }
        let agency =
            |(dossier, looked): (&AtHand, &Looked)| looked.letter.as_ref().map(|_| dossier.row.agency_id.clone());
        let issuing: Vec<Option<String>> = dossiers.iter().zip(looked).map(agency).collect();
        let mut next: BTreeMap<&str, i64> = BTreeMap::new();
        for agency in issuing.iter().flatten() {
            *next.entry(agency).or_default() += 1;
        }
        for (agency, count) in &mut next {
            *count = serials(tx, now, agency, *count)? - *count;
        }
        let mut number = |agency: &String| {
            let last = next.get_mut(agency.as_str())?;
            *last += 1;
            Some(*last)
        };
        Ok(issuing.iter().map(|agency| agency.as_ref().and_then(&mut number)).collect())
    }
}
