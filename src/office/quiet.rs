//! Whether messages may leave now, and when they next may.

use crate::domain::time::Instant;
use crate::store::outbox::{Delivery, Gate, Message, OutboxState};

use super::Office;
use super::error::OfficeResult;
use super::rules::Rules;

/// The sending time as health and pages tell it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SendingTime {
    pub gate: Gate,
    /// When ordinary messages may leave: now, or at the end of the quiet hours.
    pub next: Instant,
}

impl Office {
    /// Whether an ordinary message may leave at `now`; an urgent one always may.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn may_send_at(&self, now: Instant) -> OfficeResult<bool> {
        self.reading(|_, rules| Ok(self.gate(rules, now) == Gate::Open))
    }

    /// The earliest moment from `now` on at which an ordinary message may leave.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn next_sending_time(&self, now: Instant) -> OfficeResult<Instant> {
        self.reading(|_, rules| Ok(self.sending_time(rules, now).next))
    }

    pub(super) fn gate(&self, rules: &Rules, now: Instant) -> Gate {
        if self.quiet.allows(now, &rules.calendar) { Gate::Open } else { Gate::UrgentOnly }
    }

    /// [`Self::next_sending_time`] with the rules at hand.
    #[must_use]
    pub fn sending_time(&self, rules: &Rules, now: Instant) -> SendingTime {
        SendingTime { gate: self.gate(rules, now), next: self.quiet.next_allowed(now, &rules.calendar) }
    }

    /// When a message that waits will leave at the earliest; `None`: it does not leave by itself.
    #[must_use]
    pub fn leaves_at(&self, rules: &Rules, now: Instant, message: &Message) -> Option<Instant> {
        let waits = matches!(message.state, OutboxState::Ready | OutboxState::Retry);
        if !waits || message.delivery == Delivery::Tray {
            return None;
        }
        let ready = message.ready_at.max(now);
        Some(if message.urgent { ready } else { self.quiet.next_allowed(ready, &rules.calendar) })
    }

    /// Since when the oldest of the waiting messages could have left: not counting the night before, and
    /// nothing for what only waits for the morning.
    pub(super) fn overdue_since(
        &self,
        rules: &Rules,
        now: Instant,
        (ordinary, urgent): (Option<Instant>, Option<Instant>),
    ) -> Option<Instant> {
        let opened = self.quiet.allowed_since(now, &rules.calendar);
        let ordinary = ordinary.zip(opened).map(|(created, opened)| created.max(opened));
        [ordinary, urgent].into_iter().flatten().min()
    }
}
