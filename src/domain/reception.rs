//! An online file before it is a dossier: it waits to be accepted, sent back or declined, and has a
//! clock of its own (8 office hours, NĐ 118/2025 Art. 17(2)(c)); the limit of its procedure has not
//! begun (Art. 17(3)).

use chrono::Duration;

use super::calendar::WorkingCalendar;
use super::notice::{Audience, NoticeKind, NoticePolicy};
use super::text_enum;
use super::time::Instant;

text_enum! {
    /// Where an online file stands before it is a dossier.
    SubmissionState {
        /// chờ tiếp nhận trực tuyến
        Waiting = "waiting",
        /// sent back to be completed; the clock of acceptance stands still
        Returned = "returned",
        Accepted = "accepted",
        /// không được tiếp nhận
        Declined = "declined",
    }
}

text_enum! {
    /// How a file that is not yet accepted stands at a moment: the words of the figures.
    Standing {
        InTime = "in_time",
        Late = "late",
        Returned = "returned",
        NotAccepted = "not_accepted",
    }
}

/// The moments of an online file, none of which is ever overwritten.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moments {
    pub submitted_at: Instant,
    /// By when the first answer was owed.
    pub first_due_at: Instant,
    /// When it was sent back, once at most.
    pub returned_at: Option<Instant>,
    /// The submission, or the applicant's answer.
    pub counted_from: Instant,
    pub due_at: Instant,
    /// When it was accepted or declined.
    pub decided_at: Option<Instant>,
    pub state: SubmissionState,
}

impl Moments {
    /// How it stood just before `cut`; `None`: not handed in yet, or a dossier already.
    #[must_use]
    pub fn standing(&self, cut: Instant) -> Option<Standing> {
        let seen = |at: Option<Instant>| at.is_some_and(|at| at < cut);
        if self.submitted_at >= cut {
            return None;
        }
        if seen(self.decided_at) {
            return (self.state == SubmissionState::Declined).then_some(Standing::NotAccepted);
        }
        let answered = self.returned_at.is_some() && self.counted_from > self.submitted_at;
        let due_at = match seen(self.returned_at) {
            true if answered && self.counted_from < cut => self.due_at,
            true => return Some(Standing::Returned),
            false => self.first_due_at,
        };
        // The cut itself is not seen: whole seconds make "before" exact.
        Some(if cut - Duration::seconds(1) > due_at { Standing::Late } else { Standing::InTime })
    }
}

/// What is owed about a file that waits since `counted_from` and is due at `due_at`: the desk is
/// warned while there is time, its supervisor hears when there is none left.
#[must_use]
pub fn acceptance_owed(
    counted_from: Instant,
    due_at: Instant,
    policy: NoticePolicy,
    now: Instant,
    calendar: &WorkingCalendar,
) -> Option<(NoticeKind, Audience)> {
    if now > due_at {
        Some((NoticeKind::AcceptanceLate, Audience::Supervisor))
    } else {
        let warn = now >= warn_acceptance_at(counted_from, due_at, policy, calendar);
        warn.then_some((NoticeKind::AcceptanceDue, Audience::Desk))
    }
}

/// The next moment at which [`acceptance_owed`] answers otherwise; `None`: never by time alone.
#[must_use]
pub fn acceptance_next(
    counted_from: Instant,
    due_at: Instant,
    policy: NoticePolicy,
    now: Instant,
    calendar: &WorkingCalendar,
) -> Option<Instant> {
    [warn_acceptance_at(counted_from, due_at, policy, calendar), due_at + Duration::seconds(1)]
        .into_iter()
        .filter(|at| *at > now)
        .min()
}

/// From when the desk is warned: so many office hours are left, and half of the time has gone (a
/// short limit would warn at once otherwise).
///
/// ```
/// # use dunghen::domain::{calendar::*, notice::NoticePolicy, office_hours::OfficeHours, reception::*, time::parse_instant};
/// # let calendar = WorkingCalendar::new(1, &[], &OfficeHours::standard(), SAME_DAY_CUTOFF).unwrap();
/// # let policy = NoticePolicy { acceptance_warn_hours: 2 };
/// let at = |text| parse_instant(text).unwrap();
/// // Handed in on Monday 10:00: eight office hours are over on Tuesday 10:30, two are left from 08:30 on.
/// let warn = warn_acceptance_at(at("2026-03-02 10:00"), at("2026-03-03 10:30"), policy, &calendar);
/// assert_eq!(warn, at("2026-03-03 08:30"));
/// ```
#[must_use]
pub fn warn_acceptance_at(
    counted_from: Instant,
    due_at: Instant,
    policy: NoticePolicy,
    calendar: &WorkingCalendar,
) -> Instant {
    let whole = calendar.office_seconds_between(counted_from, due_at);
    let before = i64::from(policy.acceptance_warn_hours).saturating_mul(3600);
    let gone = whole.saturating_sub(before).max(whole / 2);
    calendar.add_office_seconds(counted_from, gone).unwrap_or(counted_from).min(due_at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::time::parse_instant;

    fn at(text: &str) -> Instant {
        parse_instant(text).unwrap()
    }

    /// Submitted Monday, sent back Tuesday, answered Thursday, declined Friday.
    fn declined() -> Moments {
        Moments {
            submitted_at: at("2026-03-02 08:00"),
            first_due_at: at("2026-03-03 08:30"),
            returned_at: Some(at("2026-03-03 10:00")),
            counted_from: at("2026-03-05 08:00"),
            due_at: at("2026-03-06 08:30"),
            decided_at: Some(at("2026-03-06 09:00")),
            state: SubmissionState::Declined,
        }
    }

    #[test]
    fn an_earlier_cut_sees_what_was_known_then() {
        let file = declined();
        for (cut, standing) in [
            ("2026-03-02 08:00", None),
            ("2026-03-02 08:01", Some(Standing::InTime)),
            ("2026-03-03 08:30:01", Some(Standing::InTime)),
            ("2026-03-03 08:31", Some(Standing::Late)),
            ("2026-03-03 10:01", Some(Standing::Returned)),
            ("2026-03-05 07:59", Some(Standing::Returned)),
            ("2026-03-05 09:00", Some(Standing::InTime)),
            ("2026-03-06 08:45", Some(Standing::Late)),
            ("2026-03-06 09:01", Some(Standing::NotAccepted)),
        ] {
            assert_eq!(file.standing(at(cut)), standing, "{cut}");
        }
        let accepted = Moments { state: SubmissionState::Accepted, ..file };
        assert_eq!(accepted.standing(at("2026-03-06 09:01")), None, "a dossier now");
    }
}
