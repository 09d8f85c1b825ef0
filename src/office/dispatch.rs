//! Dispatch: claim by lease, look again whether the message still holds, make the text, send outside
//! any transaction, settle. A crash between sending and settling sends the same Message-ID again
//! once the lease is over; a crash anywhere else loses and doubles nothing.
//!
//! Here is the run over ways and batches; `dispatch/sending.rs` hands a batch over, `dispatch/settling.rs` writes
//! down how it ended, and what ended as a dead letter is tried again by `dispatch/dead_letters.rs`.

use chrono::Duration;
use serde::Serialize;

use crate::domain::time::Instant;
use crate::store::outbox::{self, Delivery, Message, Wanted};

use super::error::OfficeResult;
use super::outage::lasting;
use super::round::Round;
use super::{Office, ids};

mod dead_letters;
mod sending;
mod settling;

/// What a dispatch did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct DispatchReport {
    pub sent: u64,
    pub retry: u64,
    pub failed: u64,
    pub void: u64,
    /// Claimed and put back, since the way does not work.
    pub untried: u64,
}

/// A batch of messages that this process may send until the lease is over.
#[derive(Debug)]
pub struct Claimed {
    pub lease: String,
    pub messages: Vec<Message>,
}

impl Office {
    /// Sends everything that is ready and may leave: in quiet hours, what is urgent.
    ///
    /// # Errors
    /// When the database cannot be read or written; claimed messages come back after their lease.
    pub fn dispatch(&self, now: Instant) -> OfficeResult<DispatchReport> {
        // A long run outlives its first leases, and the evening: each batch is claimed at its own moment.
        let begun = std::time::Instant::now();
        let at = || now + Duration::seconds(i64::try_from(begun.elapsed().as_secs()).unwrap_or(0));
        if !self.is_narrowed() && self.agencies()?.len() > 1 {
            return self.dispatch_each(now);
        }
        let mut report = DispatchReport::default();
        let done = self.ways().into_iter().try_for_each(|way| self.dispatch_way(way, &at, &mut report));
        self.rest();
        done.map(|()| report)
    }

    /// Each agency's messages leave from its own office.
    fn dispatch_each(&self, now: Instant) -> OfficeResult<DispatchReport> {
        let mut report = DispatchReport::default();
        for id in self.store().read(|conn| outbox::agencies_waiting(conn, now))? {
            let DispatchReport { sent, retry, failed, void, untried } = self.of_agency(&id)?.dispatch(now)?;
            report.sent += sent;
            report.retry += retry;
            report.failed += failed;
            report.void += void;
            report.untried += untried;
        }
        Ok(report)
    }

    /// The ways by which messages are brought; what takes none of them waits at the desk.
    #[must_use]
    pub fn ways(&self) -> Vec<Delivery> {
        // With those that are not set up: a message for one of them fails, and so takes the next.
        vec![Delivery::Mail, Delivery::Zalo, Delivery::Sms]
    }

    fn dispatch_way(&self, way: Delivery, at: &dyn Fn() -> Instant, report: &mut DispatchReport) -> OfficeResult<()> {
        let mut failed_in_a_row = 0;
        loop {
            let now = at();
            let outage = self.store().read(|conn| lasting(conn, way))?;
            // While a way is down one message at a time finds out whether it works again.
            let limit = if outage.is_some() { 1 } else { self.settings().dispatch.batch };
            let claimed = self.claim_from(now, way, limit)?;
            if claimed.messages.is_empty() {
                return Ok(());
            }
            let told = outage.is_some_and(|outage| outage.alarmed_at.is_some());
            let round = Round::new(failed_in_a_row, told);
            self.send_and_settle(now, claimed, &round, report)?;
            if round.is_over() {
                return Ok(());
            }
            failed_in_a_row = round.failed_in_a_row();
        }
    }

    /// Step one: takes a batch of mails under a fresh lease; in quiet hours only urgent ones.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn claim(&self, now: Instant) -> OfficeResult<Claimed> {
        self.claim_from(now, Delivery::Mail, self.settings().dispatch.batch)
    }

    fn claim_from(&self, now: Instant, way: Delivery, limit: i64) -> OfficeResult<Claimed> {
        let lease = ids::id(now)?;
        let hold = Duration::seconds(self.settings().dispatch.lease_seconds);
        let messages = self.writing(|tx, rules| {
            let gate = self.gate(rules, now);
            Ok(outbox::claim(tx, now, &Wanted { way, gate, lease: &lease, hold, limit })?)
        })?;
        Ok(Claimed { lease, messages })
    }

    /// Both steps in one: what was sent is written down at once, in groups as large as come together.
    fn send_and_settle(
        &self,
        now: Instant,
        claimed: Claimed,
        round: &Round,
        report: &mut DispatchReport,
    ) -> OfficeResult<()> {
        let Claimed { lease, messages } = claimed;
        self.send_each(now, messages, round, |group| self.settle_group(now, &lease, group, report))
    }
}
