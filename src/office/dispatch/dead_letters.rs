//! A message with its attempts to bring it, and another try of the dead letters, which a person asks for.

use crate::domain::notice::NoticeKind;
use crate::domain::time::Instant;
use crate::office::accounts::note;
use crate::office::{Actor, Office, OfficeError, OfficeResult};
use crate::store::attempts;
use crate::store::outbox::{self, Delivery, Message};

/// Dead letters that one request tries again at most.
const RETRIED_MAX: i64 = 5_000;

impl Office {
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
