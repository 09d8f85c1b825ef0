//! Dispatch: claim by lease, look again whether the message still holds, make the text, send outside
//! any transaction, settle. A crash between sending and settling sends the same Message-ID again
//! once the lease is over; a crash anywhere else loses and doubles nothing.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, mpsc};

use chrono::Duration;
use serde::Serialize;

use crate::domain::notice::{Audience, NoticeKind};
use crate::domain::time::Instant;
use crate::store::outbox::{self, Blame, Delivery, Message, OutboxState, Settled, Wanted};
use crate::store::{Tx, attempts, dossiers, filings};

use super::accounts::note;
use super::error::{OfficeError, OfficeResult};
use super::filing::Told;
use super::outage::lasting;
use super::round::Round;
use super::rules::Rules;
use super::taken_back::take_back_outdated;
use super::{Actor, Office, delivery_report, digest, ids};

/// How many threads talk to the mail server at once: most of the time is spent waiting for it.
const SENDERS: usize = 4;

/// Dead letters that one request tries again at most.
const RETRIED_MAX: i64 = 5_000;

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

    /// Step two: makes the texts and hands them over, outside any transaction.
    #[must_use]
    pub fn send_all(&self, now: Instant, messages: Vec<Message>) -> Vec<(Message, Settled)> {
        let mut done = Vec::new();
        self.send_each(now, messages, &Round::default(), |group| {
            done.extend(group);
            Ok(())
        })
        .unwrap_or_default();
        done
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

    /// Sends with several threads; `settle` hears what is done, and stops the sending by an error.
    fn send_each(
        &self,
        now: Instant,
        messages: Vec<Message>,
        round: &Round,
        mut settle: impl FnMut(Vec<(Message, Settled)>) -> OfficeResult<()>,
    ) -> OfficeResult<()> {
        // One commit for the letters of a batch, not one for each.
        let mails = messages.iter().filter(|message| message.delivery == Delivery::Mail);
        self.print_ahead(now, &mails.filter_map(|message| message.letter_id.as_deref()).collect::<Vec<_>>())?;
        let queue = Mutex::new(in_order_for_each(messages).into_iter());
        let stopped = AtomicBool::new(false);
        let take = || queue.lock().ok().and_then(|mut queue| queue.next());
        let (done, settled) = mpsc::channel();
        std::thread::scope(|scope| {
            for _ in 0..SENDERS {
                let done = done.clone();
                let (take, stopped) = (&take, &stopped);
                scope.spawn(move || {
                    for run in std::iter::from_fn(take) {
                        let mut held_until = None;
                        for message in run {
                            if stopped.load(Ordering::Relaxed) {
                                return;
                            }
                            let outcome = match held_until {
                                Some(at) => Settled::Untried { not_before: Some(at) },
                                None => self.attempt(now, &message, round),
                            };
                            // What comes after a message that has to wait waits with it.
                            if let Settled::Retry { at, .. } = outcome {
                                held_until = Some(at);
                            }
                            if done.send((message, outcome)).is_err() {
                                return;
                            }
                        }
                    }
                });
            }
            drop(done);
            let mut result = Ok(());
            while let Ok(first) = settled.recv() {
                let group: Vec<_> = std::iter::once(first).chain(settled.try_iter()).collect();
                if result.is_ok() {
                    result = settle(group);
                    stopped.store(result.is_err(), Ordering::Relaxed);
                }
            }
            result
        })
    }

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

    fn settle_group(
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

    /// A person asks for another try of a dead letter.
    ///
    /// # Errors
    /// Not found when there is none to retry.
    pub fn retry_message(&self, now: Instant, actor: &Actor, id: &str) -> OfficeResult<()> {
        self.store().write(|tx| {
            if outbox::retry(tx, id, now)? == 0 {
                return Err(OfficeError::NotFound);
            }
            note(tx, now, actor.journal_name(), "message_retried", &serde_json::json!({ "message": id }).to_string())
        })
    }

    /// A person asks for another try of every dead letter of a kind and a way, or of all; answers how many.
    /// What took another way meanwhile stays: nobody is told the same twice.
    ///
    /// # Errors
    /// The database.
    pub fn retry_dead(
        &self,
        now: Instant,
        actor: &Actor,
        kind: Option<NoticeKind>,
        way: Option<Delivery>,
    ) -> OfficeResult<usize> {
        self.store().write(|tx| {
            let narrow = outbox::Narrow { state: None, kind, way };
            let count = outbox::retry_dead(tx, &narrow, now, RETRIED_MAX)?;
            if count > 0 {
                let body = serde_json::json!({ "count": count, "kind": kind, "way": way });
                note(tx, now, actor.journal_name(), "messages_retried", &body.to_string())?;
            }
            Ok(count)
        })
    }

    /// A message with every attempt to bring it and what was reported of it, oldest first.
    ///
    /// # Errors
    /// Not found; the database.
    pub fn message_with_attempts(&self, id: &str) -> OfficeResult<(Message, Vec<attempts::Attempt>)> {
        self.store().read(|conn| {
            let message = outbox::find(conn, id)?.ok_or(OfficeError::NotFound)?;
            let attempts = attempts::of_messages(conn, std::slice::from_ref(&message.id))?;
            Ok((message, attempts))
        })
    }
}

/// What one person hears about one dossier stays in the order in which it was raised: nobody reads of a second
/// miss before the apology that gave the date. Each run is sent by one thread.
fn in_order_for_each(messages: Vec<Message>) -> Vec<Vec<Message>> {
    let mut runs: Vec<Vec<Message>> = Vec::with_capacity(messages.len());
    let mut run_of = HashMap::new();
    for message in messages {
        let run = match &message.dossier_id {
            Some(dossier) => *run_of.entry((dossier.clone(), message.recipient.clone())).or_insert(runs.len()),
            None => runs.len(),
        };
        match runs.get_mut(run) {
            Some(run) => run.push(message),
            None => runs.push(vec![message]),
        }
    }
    runs
}
