//! The ladder of notices as data: who hears what, when, which way, and who has to answer.
//!
//! A rung is a rule with a first day, for one agency or procedure where needed; the most particular
//! version in force on the day of receipt holds.

use super::calendar::WorkingCalendar;
use super::notice::{Audience, NoticeKind, Promised};
use super::text_enum;
use super::time::{Instant, civil_day};

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

/// Who can hear of a rung.
pub const RUNG_AUDIENCES: [Audience; 4] = [Audience::Officer, Audience::Supervisor, Audience::Manager, Audience::Desk];

/// One step of the ladder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rung {
    /// One of [`RUNG_KINDS`].
    pub kind: NoticeKind,
    /// Several of a kind: 1, 2 …
    pub level: i32,
    /// Due-soon, apology-due: not before this share of the office time has gone (short limits).
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

impl Rung {
    /// Whether nobody hears of it.
    #[must_use]
    pub const fn is_off(&self) -> bool {
        self.audiences.is_empty()
    }

    /// From when it is owed for a promise that is neither kept nor moved by then; `None`: never, because
    /// it is off, the limit is too short for it, or the calendar does not reach.
    #[must_use]
    pub fn owed_from(&self, promise: &Promised, calendar: &WorkingCalendar) -> Option<Instant> {
        let passed = promise.due_at + chrono::Duration::seconds(1);
        if self.is_off() {
            None
        } else if self.kind == NoticeKind::DueSoon {
            let by_days = self.day_before(promise, calendar).and_then(|day| calendar.opens(day));
            let at = by_days.unwrap_or(promise.counted_from).max(self.by_share(promise, calendar));
            Some(at.min(promise.due_at))
        } else if self.kind == NoticeKind::ApologyDue {
            // A limit that began later than that day leaves no day on which the apology could be in time.
            let day = self.day_before(promise, calendar).filter(|day| *day >= civil_day(promise.counted_from))?;
            Some(calendar.opens(day)?.max(self.by_share(promise, calendar)).min(promise.due_at))
        } else if self.kind == NoticeKind::StillOverdue {
            let day = calendar.nth_working_day_after(civil_day(promise.due_at), self.working_days)?;
            Some(calendar.opens(day)?.max(passed))
        } else {
            Some(passed)
        }
    }

    fn day_before(&self, promise: &Promised, calendar: &WorkingCalendar) -> Option<chrono::NaiveDate> {
        calendar.nth_working_day_before(civil_day(promise.due_at), self.working_days)
    }

    fn by_share(&self, promise: &Promised, calendar: &WorkingCalendar) -> Instant {
        let whole = calendar.office_seconds_between(promise.counted_from, promise.due_at);
        let share = whole.saturating_mul(i64::from(self.share_percent)) / 100;
        calendar.add_office_seconds(promise.counted_from, share).unwrap_or(promise.counted_from)
    }
}

/// The rungs that hold for one dossier.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ladder {
    rungs: Vec<Rung>,
}

impl Ladder {
    /// Of rungs in any order; each kind and level once.
    #[must_use]
    pub fn new(mut rungs: Vec<Rung>) -> Self {
        let place = |rung: &Rung| RUNG_KINDS.iter().position(|kind| *kind == rung.kind);
        rungs.sort_by_key(|rung| (place(rung), rung.level));
        Self { rungs }
    }

    /// In the order of a file that runs late.
    #[must_use]
    pub fn rungs(&self) -> &[Rung] {
        &self.rungs
    }

    /// The rungs of a kind that are not off, by level.
    pub fn of_kind(&self, kind: NoticeKind) -> impl Iterator<Item = &Rung> {
        self.rungs.iter().filter(move |rung| rung.kind == kind && !rung.is_off())
    }

    #[must_use]
    pub fn rung(&self, kind: NoticeKind, level: i32) -> Option<&Rung> {
        self.rungs.iter().find(|rung| (rung.kind, rung.level) == (kind, level))
    }
}
