//! Step three of a dispatch: how it ended is written down, and what follows from it.

use crate::domain::notice::Audience;
use crate::domain::time::Instant;
use crate::office::filing::Told;
use crate::office::taken_back::take_back_outdated;
use crate::office::{Office, OfficeError, OfficeResult, Rules, delivery_report, digest};
use crate::store::outbox::{self, Blame, Message, OutboxState, Settled};
use crate::store::{Tx, dossiers, filings};

use super::DispatchReport;

impl Office {
    /// Step three: writes down how it ended; a lease that was lost meanwhile settles nothing.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn settle(
        &self,
        now: Instant,
        lease: &str,
        message: &Message,
        outcome: Settled,
        report: &mut DispatchReport,
    ) -> OfficeResult<()> {
        self.settle_group(now, lease, vec![(message.clone(), outcome)], report)
    }

    pub(super) fn settle_group(
        &self,
        now: Instant,
        lease: &str,
        group: Vec<(Message, Settled)>,
        report: &mut DispatchReport,
    ) -> OfficeResult<()> {
        let settled = self.writing(|tx, rules| {
            group
                .iter()
                .map(|(message, outcome)| self.settle_one(tx, rules, now, (lease, message, outcome)))
                .collect::<OfficeResult<Vec<_>>>()
        })?;
        for ((message, outcome), rows) in group.into_iter().zip(settled) {
            match outcome {
                _ if rows == 0 => {
                    tracing::warn!(message = %message.id, "the lease was over before the message was settled");
                }
                Settled::Sent { .. } => report.sent += 1,
                Settled::Retry { .. } => report.retry += 1,
                Settled::Failed { error } => {
                    tracing::error!(message = %message.id, kind = %message.kind, %error, "dead letter");
                    report.failed += 1;
                }
                Settled::Void { .. } => report.void += 1,
                Settled::Untried { .. } => report.untried += 1,
            }
        }
        Ok(())
    }

    /// The row, the attempt with the answer, and what it says about the way, in one transaction.
    fn settle_one(
        &self,
        tx: &mut Tx<'_>,
        rules: &Rules,
        now: Instant,
        (lease, message, outcome): (&str, &Message, &Settled),
    ) -> OfficeResult<usize> {
        let rows = outbox::settle(tx, &message.id, lease, now, outcome)?;
        if rows == 0 {
            return Ok(0);
        }
        delivery_report::write_attempt(tx, now, message, outcome)?;
        digest::settle_members(tx, message, now, outcome)?;
        if !matches!(outcome, Settled::Sent { .. } | Settled::Void { .. }) {
            self.catch_up(tx, rules, now, message)?;
        }
        if let Settled::Failed { error } = outcome {
            self.fall_back(tx, now, message, error)?;
        }
        match outcome {
            Settled::Sent { .. } => Self::way_worked(tx, now, message.delivery)?,
            Settled::Retry { blame, error, .. } if *blame != Blame::Office => {
                self.way_failed(tx, now, (message.delivery, *blame, error))?;
            }
            Settled::Retry { .. } | Settled::Failed { .. } | Settled::Void { .. } | Settled::Untried { .. } => {}
        }
        Ok(rows)
    }

    /// What was done about the dossier while its message to the citizen was leaving, and could not touch it then:
    /// another promise takes an apology back, another contact gives another address.
    fn catch_up(&self, tx: &mut Tx<'_>, rules: &Rules, now: Instant, message: &Message) -> OfficeResult<()> {
        let for_a_citizen = message.audience == Audience::Applicant;
        let Some(id) = message.dossier_id.as_deref().filter(|_| for_a_citizen) else { return Ok(()) };
        let mut row = dossiers::find(tx, id)?.ok_or(OfficeError::NotFound)?;
        if message.letter_id.is_some() {
            row = take_back_outdated(tx, rules, now, row)?;
        }
        let waits = |message: &Message| matches!(message.state, OutboxState::Ready | OutboxState::Retry);
        if let Some(message) = outbox::find(tx, &message.id)?.filter(waits) {
            let filing = filings::find(tx, id)?;
            self.follow_contact(tx, now, &message, Told::of(&row, filing.as_ref()).into())?;
        }
        Ok(())
    }
}
