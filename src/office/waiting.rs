//! Why a message that was decided has not left yet.

use chrono::Duration;

use crate::domain::time::Instant;
use crate::store::outages::Outage;
use crate::store::outbox::{Delivery, Message, OutboxState};

use super::Office;
use super::rules::Rules;

/// What a message waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Waits {
    /// The digest of the morning.
    ForDigest,
    /// Somebody who prints it and hands it over.
    AtTheDesk,
    /// The end of the quiet hours.
    Quiet { until: Instant },
    /// It was refused for now, or its moment has not come.
    Until(Instant),
    /// The way it takes does not work.
    WayDown { since: Instant },
    /// The next dispatch.
    Next,
    /// Somebody sends it right now.
    OnItsWay,
    /// Its sender died, and nobody took it over for longer than a lease.
    Stuck,
}

impl Office {
    /// Why the message waits; `None`: it does not.
    #[must_use]
    pub fn waits(&self, rules: &Rules, now: Instant, outages: &[Outage], message: &Message) -> Option<Waits> {
        match message.state {
            OutboxState::Collected => Some(Waits::ForDigest),
            OutboxState::Ready | OutboxState::Retry if message.delivery == Delivery::Tray => Some(Waits::AtTheDesk),
            OutboxState::Ready | OutboxState::Retry => {
                let leaves = self.leaves_at(rules, now, message).unwrap_or(now);
                let down = outages.iter().find(|outage| outage.delivery == message.delivery);
                Some(match down {
                    _ if leaves > message.ready_at.max(now) => Waits::Quiet { until: leaves },
                    Some(outage) => Waits::WayDown { since: outage.since },
                    None if leaves > now => Waits::Until(leaves),
                    None => Waits::Next,
                })
            }
            OutboxState::Sending => {
                let lease = Duration::seconds(self.settings().dispatch.lease_seconds);
                let stuck = message.leased_until.is_none_or(|until| until + lease <= now);
                Some(if stuck { Waits::Stuck } else { Waits::OnItsWay })
            }
            OutboxState::Sent
            | OutboxState::Delivered
            | OutboxState::Bounced
            | OutboxState::Failed
            | OutboxState::Void => None,
        }
    }
}
