//! The ladder of notices as data: who hears what, when, which way, and who has to answer.
//!
//! A rung is a rule with a first day, for one agency or procedure where needed; the most particular
//! version in force on the day of receipt holds.

use super::notice::{Audience, NoticeKind};
use super::text_enum;

text_enum! {
    /// A way to reach an official.
    Way {
        /// On the page of alerts, after signing in.
        Screen = "screen",
        Mail = "mail",
        /// By the message gateway, to the telephone.
        Message = "message",
    }
}

text_enum! {
    /// Whether a notice leaves by itself or in the digest of the morning.
    Bundling {
        Single = "single",
        Digest = "digest",
    }
}

text_enum! {
    /// Whether a notice keeps the quiet hours.
    Urgency {
        Normal = "normal",
        /// May leave at night and on days off.
        Urgent = "urgent",
    }
}

/// The kinds that a rung can have, in the order of a file that runs late.
pub const RUNG_KINDS: [NoticeKind; 5] = [
    NoticeKind::DueSoon,
    NoticeKind::ApologyDue,
    NoticeKind::Overdue,
    NoticeKind::StillOverdue,
    NoticeKind::Escalation,
];

/// One step of the ladder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rung {
    /// One of [`RUNG_KINDS`].
    pub kind: NoticeKind,
    /// Several of a kind: 1, 2 …
    pub level: i32,
    /// Due-soon: not before this share of the office time has gone (short limits).
    pub share_percent: u32,
    /// Working days before the day of the promise (due-soon, apology-due) or after it (still-overdue).
    pub working_days: u32,
    /// Who hears of it; nobody: the rung is off.
    pub audiences: Vec<Audience>,
    /// The one of them who answers for it.
    pub accountable: Audience,
    pub ways: Vec<Way>,
    pub bundling: Bundling,
    pub urgency: Urgency,
    /// Office hours to acknowledge it; 0: nobody has to.
    pub acknowledge_hours: u32,
}
