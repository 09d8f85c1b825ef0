//! The words of a message: its way, its state, and what became of it.

use crate::domain::text_enum;
use crate::domain::time::Instant;

text_enum! {
    /// The way a message takes.
    Delivery {
        Mail = "mail",
        Sms = "sms",
        Zalo = "zalo",
        /// printed and handed over at the desk
        Tray = "tray",
    }
}

text_enum! {
    /// Where a message stands.
    OutboxState {
        Ready = "ready",
        /// waits for the digest of the morning
        Collected = "collected",
        Sending = "sending",
        /// refused for now; again at `ready_at`
        Retry = "retry",
        Sent = "sent",
        /// the other side reported that it arrived
        Delivered = "delivered",
        /// it was taken, and came back
        Bounced = "bounced",
        /// refused for good or too often: a dead letter, for a person to look at
        Failed = "failed",
        /// stale before it left: the dossier had moved on
        Void = "void",
    }
}

impl OutboxState {
    /// Decided, and still to leave by itself.
    #[must_use]
    pub const fn is_waiting(self) -> bool {
        matches!(self, Self::Ready | Self::Collected | Self::Sending | Self::Retry)
    }

    /// The other side took it; it may still come back.
    #[must_use]
    pub const fn has_left(self) -> bool {
        matches!(self, Self::Sent | Self::Delivered | Self::Bounced)
    }

    /// As far as is known it reached whom it was meant for.
    #[must_use]
    pub const fn arrived(self) -> bool {
        matches!(self, Self::Sent | Self::Delivered)
    }

    /// It did not reach whom it was meant for, and nothing will change that by itself.
    #[must_use]
    pub const fn did_not_arrive(self) -> bool {
        matches!(self, Self::Bounced | Self::Failed)
    }

    /// Nothing more happens by itself; only a report of the other side moves a sent message on.
    #[must_use]
    pub const fn is_final(self) -> bool {
        !self.is_waiting()
    }
}

/// What became of an insert.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Raised {
    New,
    AlreadyThere,
}

/// How a sending ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Settled {
    /// With the answer of the other side.
    Sent {
        subject: String,
        body: String,
        answer: String,
        provider_id: Option<String>,
    },
    Retry {
        at: Instant,
        error: String,
        blame: Blame,
    },
    Failed {
        error: String,
    },
    Void {
        reason: String,
    },
    /// It was not tried, as if it had not been claimed: the way is down, or what the person has to hear before
    /// waits, until `not_before`.
    Untried {
        not_before: Option<Instant>,
    },
}

/// Whose fault it was that a message did not leave, this time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Blame {
    /// Its text could not be made.
    Office,
    /// The other side did not take this message, for now.
    Message,
    /// The way does not work: it says nothing of the message, and does not count as an attempt.
    Way,
}
