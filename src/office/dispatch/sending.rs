//! Step two of a dispatch: a batch is handed over by several threads.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, mpsc};

use crate::domain::time::Instant;
use crate::office::round::Round;
use crate::office::{Office, OfficeResult};
use crate::store::outbox::{Delivery, Message, Settled};

/// How many threads talk to the mail server at once: most of the time is spent waiting for it.
const SENDERS: usize = 4;

impl Office {
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

    /// Sends with several threads; `settle` hears what is done, and stops the sending by an error.
    pub(super) fn send_each(
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
