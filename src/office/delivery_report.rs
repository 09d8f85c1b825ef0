//! What the other side reports of a message that it had taken: it arrived, it came back, it waits.

use crate::domain::time::Instant;
use crate::render::one_line;
use crate::store::attempts::{self, Attempt, AttemptOutcome};
use crate::store::outbox::{self, OutboxState};
use crate::store::{StoreError, Tx};

use super::error::{OfficeError, OfficeResult};
use super::{Office, ids};

/// Longest answer that is kept, in characters.
const KEPT: usize = 500;

/// A report about one message, named by its `Message-ID`, its provider's name for it, or both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reported {
    /// With or without its angle brackets.
    pub message_id: Option<String>,
    pub provider_id: Option<String>,
    pub outcome: AttemptOutcome,
    /// In the words of the server or provider.
    pub detail: String,
}

impl Office {
    /// Writes a report down and does what follows from it: what came back takes the next way. The same
    /// report twice changes nothing.
    ///
    /// # Errors
    /// Not found when no such message is known; a conflict while it is still being sent.
    pub fn report_delivery(&self, now: Instant, reported: &Reported) -> OfficeResult<()> {
        self.store().write(|tx| self.reported(tx, now, reported))
    }

    fn reported(&self, tx: &mut Tx<'_>, now: Instant, reported: &Reported) -> OfficeResult<()> {
        let mut found = None;
        if let Some(id) = &reported.message_id {
            let bare = id.trim().trim_matches(['<', '>']);
            found = outbox::by_message_id(tx, &format!("<{bare}>"))?;
        }
        if let (None, Some(id)) = (&found, &reported.provider_id) {
            found = outbox::by_provider_id(tx, id.trim())?;
        }
        let message = found.ok_or(OfficeError::NotFound)?;
        let came_back = matches!(reported.outcome, AttemptOutcome::Bounced | AttemptOutcome::Failed);
        let state = match (message.state, reported.outcome) {
            (OutboxState::Sending, _) => {
                return Err(StoreError::Conflict(format!("message {} is being sent", message.id)).into());
            }
            (OutboxState::Sent, AttemptOutcome::Delivered) => Some(OutboxState::Delivered),
            (OutboxState::Sent | OutboxState::Delivered, _) if came_back => Some(OutboxState::Bounced),
            // Late, but on its way: a note, no change.
            (OutboxState::Sent, AttemptOutcome::Retry) => None,
            _ => return Ok(()),
        };
        let detail: String = one_line(&reported.detail).chars().take(KEPT).collect();
        let note = Attempt {
            id: ids::id(now)?,
            outbox_id: message.id.clone(),
            number: message.attempts,
            at: now,
            outcome: if came_back { AttemptOutcome::Bounced } else { reported.outcome },
            answer: detail.clone(),
        };
        if state.is_none() && attempts::of_messages(tx, &[message.id.clone()])?.iter().any(|one| one.answer == detail) {
            return Ok(());
        }
        attempts::insert(tx, note)?;
        if let Some(state) = state {
            outbox::report(tx, &message.id, state, came_back.then_some(detail.as_str()))?;
        }
        if came_back {
            self.fall_back(tx, now, &message, &detail)?;
        }
        Ok(())
    }
}
