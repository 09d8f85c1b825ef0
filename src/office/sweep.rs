//! The sweep: a reconciler. It looks at every dossier whose next check has come, asks the domain
//! what is owed, and writes what is not there yet. Safe to run a hundred times.

use serde::Serialize;

use crate::domain::calendar::WorkingCalendar;
use crate::domain::ladder::Rung;
use crate::domain::notice::{Notice, NoticeKind, notices_due};
use crate::domain::time::Instant;
use crate::store::Tx;
use crate::store::dossiers::{self, DossierRow};
use crate::store::outbox::Raised;
use crate::store::promises::{self, PromiseRow};
use crate::store::sub_deadlines::{SubDeadline, open_of_dossiers};

use super::alarm::Alarm;
use super::error::{OfficeError, OfficeResult};
use super::finished::owes_apology;
use super::intake::facts_of;
use super::rules::Rules;
use super::sub_deadlines::next_change;
use super::{Counts, Office, grouped};

/// Dossiers taken in one transaction: small, so that clerks at the counter never wait long.
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
        match run {
            Run::Dry => self.dry_sweep(now),
            Run::Real => {
                let mut report = SweepReport::default();
                loop {
                    let seen = self.writing(|tx, rules| self.sweep_batch(tx, rules, now, &mut report))?;
                    if seen < BATCH {
                        break;
                    }
                }
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
        while self.sweep_batch(tx, rules, now, report)? == BATCH {}
        self.sweep_tasks(tx, rules, now, report)
    }

    fn sweep_batch(&self, tx: &mut Tx<'_>, rules: &Rules, now: Instant, report: &mut SweepReport) -> OfficeResult<i64> {
        let rows = dossiers::to_check(tx, now, BATCH)?;
        let ids: Vec<String> = rows.iter().map(|row| row.id.clone()).collect();
        let mut known = grouped(promises::of_dossiers(tx, &ids)?, |promise| promise.dossier_id.clone());
        let mut open = grouped(open_of_dossiers(tx, &ids)?, |sub| sub.dossier_id.clone());
        let seen = i64::try_from(rows.len()).unwrap_or(BATCH);
        for row in rows {
            let promises = known.remove(&row.id).unwrap_or_default();
            let subs = open.remove(&row.id).unwrap_or_default();
            self.sweep_one(tx, rules, now, row, (&promises, &subs), report)?;
        }
        let waiting = self.sweep_submissions(tx, rules, now, report)?;
        let unanswered = self.sweep_unanswered(tx, rules, now, report)?;
        self.sweep_unsigned(tx, rules, now, report)?;
        Ok(seen.max(waiting).max(unanswered))
    }

    pub(super) fn sweep_one(
        &self,
        tx: &mut Tx<'_>,
        rules: &Rules,
        now: Instant,
        row: DossierRow,
        (promises, subs): (&[PromiseRow], &[SubDeadline]),
        report: &mut SweepReport,
    ) -> OfficeResult<()> {
        report.examined += 1;
        if row.closed_at.is_some() {
            return self.finish_late_again(tx, rules, now, row);
        }
        let failed_before = report.failed;
        let facts = facts_of(&row, promises);
        let mut row = row;
        let mut moved = false;
        for notice in notices_due(&facts, rules.ladder(&row), now, &rules.calendar) {
            let raised = match notice.rung {
                Some(rung) => self.raise_notice(tx, rules, now, &row, &notice, rung)?,
                None => {
                    let raised = if notice.kind == NoticeKind::SecondMiss {
                        self.raise_second_miss(tx, rules, now, &mut row, notice.promise)?
                    } else {
                        self.raise_apology(tx, rules, now, &mut row)?
                    };
                    moved |= raised == Some(Raised::New);
                    raised
                }
            };
            match raised {
                Some(Raised::New) => *report.raised.entry(notice.kind.to_string()).or_default() += 1,
                Some(Raised::AlreadyThere) => report.already_there += 1,
                None => report.failed += 1,
            }
        }
        if self.sweep_sub_deadlines(tx, rules, now, &row, subs, report)?.is_some() {
            // Closed: that step has told the sweep never to look again.
            return Ok(());
        }
        if report.failed > failed_before {
            // Nobody to tell, or no day to promise: that may be mended by then.
            dossiers::set_next_check(tx, &row.id, Some(now + RETRY_AFTER))?;
        } else if !moved {
            let next = next_change(&row, promises, subs, rules, now);
            dossiers::set_next_check(tx, &row.id, next)?;
        } else if row.next_check_at.is_some_and(|at| at <= now) {
            // The apology re-armed the checks; everything owed now was raised in this same step.
            let promises = promises::of_dossier(tx, &row.id)?;
            let next = next_change(&row, &promises, subs, rules, now);
            dossiers::set_next_check(tx, &row.id, next)?;
        }
        Ok(())
    }

    fn raise_notice(
        &self,
        tx: &mut Tx<'_>,
        rules: &Rules,
        now: Instant,
        row: &DossierRow,
        notice: &Notice<'_>,
        rung: &Rung,
    ) -> OfficeResult<Option<Raised>> {
        let alarm = Alarm {
            kind: notice.kind,
            level: notice.level,
            audience: notice.audience,
            promise: notice.promise,
            ways: &rung.ways,
            bundling: rung.bundling,
            urgency: rung.urgency,
            acknowledge_by: acknowledge_by(rung, now, &rules.calendar),
            reason: "",
        };
        let raised = self.alarm(tx, rules, now, row, &alarm)?;
        if raised.is_none() {
            tracing::warn!(dossier = %row.code, audience = %notice.audience, "nobody with an address to tell");
        }
        Ok(raised)
    }

    fn raise_apology(
        &self,
        tx: &mut Tx<'_>,
        rules: &Rules,
        now: Instant,
        row: &mut DossierRow,
    ) -> OfficeResult<Option<Raised>> {
        if row.reschedule_number != 0 || !owes_apology(tx, row)? {
            return Ok(Some(Raised::AlreadyThere));
        }
        match self.apologise(tx, rules, now, row.clone()) {
            Ok(after) => {
                *row = after;
                Ok(Some(Raised::New))
            }
            Err(OfficeError::Invalid(errors)) => {
                let fields: Vec<&str> = errors.iter().map(|error| error.field).collect();
                tracing::warn!(dossier = %row.code, ?fields, "no new date can be promised");
                Ok(None)
            }
            // One dossier in an odd state must not silence all the others.
            Err(OfficeError::Refused(refusal)) => {
                tracing::warn!(dossier = %row.code, ?refusal, "no apology can be issued");
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }
}

/// Until when a rung has to be acknowledged: its office hours count from when it can be read.
fn acknowledge_by(rung: &Rung, now: Instant, calendar: &WorkingCalendar) -> Option<Instant> {
    let hours = Some(rung.acknowledge_hours).filter(|hours| *hours > 0)?;
    calendar.add_office_seconds(now, i64::from(hours) * 3600)
}
