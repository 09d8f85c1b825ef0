//! Early, on time, late: the one source for colours, notices, letters and rates.

use super::time::{Instant, civil_day};

/// What the verdict rests on. `due_at` is the promise the law judges: the first one, or the one
/// that replaced it by law (a restart, a pause), never the reschedule of an apology.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Facts {
    pub due_at: Option<Instant>,
    /// Result ready, refused, withdrawn or stopped: the moment that ended the office's work.
    pub closed_at: Option<Instant>,
    /// Since when the clock stands still; kept when the dossier was closed during the pause.
    pub paused_since: Option<Instant>,
}

/// How a dossier stands against its promise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Timeliness {
    /// closed before the civil due day
    Early,
    /// closed on the due day, up to the due moment
    OnTime,
    /// closed after the due moment
    Late,
    /// closed, and nobody had promised a date
    ClosedWithoutPromise,
    /// open, the due moment not passed
    Running,
    /// open and past the due moment
    Overdue,
    /// open, the clock stands still, and it stood still before the due moment passed
    Paused,
    /// open without a promise
    NoPromise,
}

impl Timeliness {
    /// Past its date, closed or open.
    #[must_use]
    pub const fn is_late(self) -> bool {
        matches!(self, Self::Late | Self::Overdue)
    }

    /// Closed by its date.
    #[must_use]
    pub const fn is_on_time(self) -> bool {
        matches!(self, Self::Early | Self::OnTime)
    }

    /// Whether the rate of the files on time counts it: closed, or open past its date.
    #[must_use]
    pub const fn is_rated(self) -> bool {
        matches!(self, Self::Early | Self::OnTime | Self::Late | Self::ClosedWithoutPromise | Self::Overdue)
    }
}

/// The date by which the law judges: that of the statutory limit, or the promise where it is later (made
/// in another system that knew of pauses we were not told of, or kept when a calendar changed). `None`
/// while the law's number is unknown.
#[must_use]
pub fn law_due_at(due_at: Option<Instant>, statutory_due_at: Option<Instant>) -> Option<Instant> {
    statutory_due_at.map(|statutory| due_at.map_or(statutory, |due_at| due_at.max(statutory)))
}

/// Judges `facts` as they stood at `as_of`; an event after `as_of` has not happened yet.
#[must_use]
pub fn timeliness(facts: &Facts, as_of: Instant) -> Timeliness {
    let closed_at = facts.closed_at.filter(|at| *at <= as_of);
    let paused_since = facts.paused_since.filter(|at| *at <= as_of);
    let Some(due_at) = facts.due_at else {
        return if closed_at.is_some() { Timeliness::ClosedWithoutPromise } else { Timeliness::NoPromise };
    };
    // Waiting for the citizen does not make late; but a file already late stays late.
    let judged_at = |at: Instant| paused_since.map_or(at, |since| since.min(at));
    match closed_at {
        Some(at) if judged_at(at) > due_at => Timeliness::Late,
        Some(at) if civil_day(judged_at(at)) < civil_day(due_at) => Timeliness::Early,
        Some(_) => Timeliness::OnTime,
        None if judged_at(as_of) > due_at => Timeliness::Overdue,
        None if paused_since.is_some() => Timeliness::Paused,
        None => Timeliness::Running,
    }
}
