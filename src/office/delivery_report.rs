//! What the other side reports of a message after it has taken it: it arrived, it came back.

use crate::domain::time::Instant;
use crate::store::Tx;
use crate::store::attempts::{self, Attempt, AttemptOutcome};
use crate::store::outbox::{self, Message, OutboxState, Settled};

use super::error::{OfficeError, OfficeResult};
use super::{Office, ids, stale};

/// What is reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeliveryReport {
    Delivered,
    /// A bounce: it was taken, and came back.
    Bounced,
    /// The provider gave it up.
    Failed,
    /// Late, but still on its way: a note.
    Delayed,
}

/// What became of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reported {
    /// The message stands in another state now.
    MovedOn(Box<Message>),
    /// It was known, or came too late to change anything; written down all the same.
    Known,
}

impl Office {
    /// Moves a message on by what the other side reports. `name` is its Message-ID or the provider's name
    /// for it. Reports may come twice and in any order: arrived is later than sent, and a message that came
    /// back stays so, whatever is reported afterwards. A report about a message whose sender died before it
    /// could write down the sending proves that it left: it is not sent again.
    ///
    /// # Errors
    /// Not found when no message that left has this name; the database.
    pub fn report_delivery(
        &self,
        now: Instant,
        name: &str,
        report: DeliveryReport,
        detail: &str,
    ) -> OfficeResult<Reported> {
        self.store().write(|tx| {
            let message = outbox::named(tx, name)?.filter(has_been_tried).ok_or(OfficeError::NotFound)?;
            let (outcome, state) = match report {
                DeliveryReport::Delivered => (AttemptOutcome::Delivered, OutboxState::Delivered),
                DeliveryReport::Bounced => (AttemptOutcome::Bounced, OutboxState::Bounced),
                DeliveryReport::Failed => (AttemptOutcome::Failed, OutboxState::Failed),
                DeliveryReport::Delayed => {
                    write_down(tx, now, &message, AttemptOutcome::Retry, &answer(detail))?;
                    return Ok(Reported::Known);
                }
            };
            let detail = answer(detail);
            if !write_down(tx, now, &message, outcome, &detail)? || rank(message.state) >= rank(state) {
                return Ok(Reported::Known);
            }
            match outbox::move_on(tx, &message.id, message.state, state, now, &detail)? {
                0 => Ok(Reported::Known),
                _ => {
                    if state != OutboxState::Delivered {
                        // A report names no agency.
                        self.of_row(&message.agency_id)?.fall_back(tx, now, &message, &detail)?;
                    }
                    Ok(Reported::MovedOn(Box::new(Message { state, ..message })))
                }
            }
        })
    }
}

/// Nobody outside can know the name of a message that never left.
fn has_been_tried(message: &Message) -> bool {
    message.attempts > 0 || message.state.has_left()
}

/// A report moves a message only to a higher rank.
const fn rank(state: OutboxState) -> u8 {
    match state {
        OutboxState::Ready | OutboxState::Collected | OutboxState::Sending | OutboxState::Retry | OutboxState::Sent => {
            0
        }
        OutboxState::Delivered => 1,
        OutboxState::Bounced | OutboxState::Failed | OutboxState::Void => 2,
    }
}

/// Whether the report is new; it belongs to the last try.
fn write_down(
    tx: &mut Tx<'_>,
    now: Instant,
    message: &Message,
    outcome: AttemptOutcome,
    detail: &str,
) -> OfficeResult<bool> {
    let known = attempts::of_messages(tx, std::slice::from_ref(&message.id))?;
    let number = attempts::tries(tx, &message.id)?.max(1);
    // The same words about a later try are another report.
    if known.iter().any(|one| (one.number, one.outcome, one.answer.as_str()) == (number, outcome, detail)) {
        return Ok(false);
    }
    let attempt = Attempt {
        id: ids::id(now)?,
        outbox_id: message.id.clone(),
        number,
        at: now,
        outcome,
        answer: detail.to_owned(),
    };
    attempts::insert(tx, attempt)?;
    Ok(true)
}

/// Writes a try down with the answer of the other side; what was not tried leaves no trace. When the dossier
/// moved on in the seconds of the sending, the line says so.
pub(super) fn write_attempt(tx: &mut Tx<'_>, now: Instant, message: &Message, outcome: &Settled) -> OfficeResult<()> {
    let (outcome, words) = match outcome {
        Settled::Sent { answer, .. } => match stale::void_reason(tx, message)? {
            None => (AttemptOutcome::Sent, answer.clone()),
            Some(meanwhile) => (AttemptOutcome::Sent, format!("{answer} [{meanwhile}]")),
        },
        Settled::Retry { error, .. } => (AttemptOutcome::Retry, error.clone()),
        Settled::Failed { error } => (AttemptOutcome::Failed, error.clone()),
        Settled::Void { .. } | Settled::Untried { .. } => return Ok(()),
    };
    let number = attempts::tries(tx, &message.id)?.saturating_add(1);
    let answer = answer(&words);
    let attempt = Attempt { id: ids::id(now)?, outbox_id: message.id.clone(), number, at: now, outcome, answer };
    Ok(attempts::insert(tx, attempt)?)
}

/// The words of the other side as they are kept: one line of at most 500 characters.
pub(super) fn answer(words: &str) -> String {
    let line = words.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
    line.collect::<Vec<_>>().join(" ").chars().take(500).collect()
}
