//! Dates inside the limit that have their own clock: when each is due, and what is owed because of it.

use chrono::{Days, Duration, NaiveDate};

use super::calendar::WorkingCalendar;
use super::deadline::{DeadlineError, due_at};
use super::limit::Limit;
use super::notice::{Audience, NoticeKind};
use super::text_enum;
use super::time::{Instant, civil_day};
use super::time_rule::NoticeLevel;

text_enum! {
    /// What is waited for.
    SubDeadlineKind {
        /// That the officer asks for completion, if something is missing (NĐ 118/2025 Art. 19(5)).
        CompletionNotice = "completion_notice",
        /// That the citizen completes the file; unanswered, it is closed.
        Supplement = "supplement",
        /// That the paper reaches the handling unit (Art. 18).
        HandOver = "hand_over",
        /// That a consulted body answers (Art. 19(4)); the clock of the file runs on.
        Consultation = "consultation",
    }
}

text_enum! {
    /// How it ended.
    SubOutcome {
        Met = "met",
        /// Done, after its time.
        Late = "late",
        /// Its time ended it: an unanswered request.
        Lapsed = "lapsed",
        /// The file ended first.
        Moot = "moot",
    }
}

impl SubOutcome {
    /// How something due at `due_at` ended that was done at `at`; the due moment itself is in time.
    #[must_use]
    pub fn of(due_at: Instant, at: Instant) -> Self {
        if at <= due_at { Self::Met } else { Self::Late }
    }
}

/// The last moment for the paper of a file taken at `received`: that day's close of office, or, taken
/// after the cut-off of 15:00 or on a day off, `limit` after the office next opens (Art. 18). The
/// cut-off is the calendar's, the same 15:00 as of the same-day matters.
///
/// # Errors
/// As [`due_at`].
pub fn hand_over_due(received: Instant, limit: &Limit, calendar: &WorkingCalendar) -> Result<Instant, DeadlineError> {
    let closing = due_at(received, None, &Limit::SAME_DAY, &[], calendar)?;
    match calendar.opens(civil_day(closing)) {
        Some(opens) if civil_day(closing) != civil_day(received) => due_at(opens, None, limit, &[], calendar),
        Some(_) | None => Ok(closing),
    }
}

/// When a body that was asked to answer by `day` is late: after the close of office of that day, or of
/// the next working day when it is a day off (Civil Code 2015 Art. 148(5)). `None` beyond the calendar.
#[must_use]
pub fn consultation_due(day: NaiveDate, calendar: &WorkingCalendar) -> Option<Instant> {
    calendar.closes(calendar.next_working_day_from(day)?)
}

/// A sub-deadline that is still open, as the notices see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Open {
    pub kind: SubDeadlineKind,
    pub started_at: Instant,
    pub due_at: Instant,
    pub notice: NoticeLevel,
}

/// One thing owed because of a sub-deadline; it exists once for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Owed {
    Tell {
        kind: NoticeKind,
        audience: Audience,
    },
    /// The request to complete the file was not answered: the file is closed (Art. 19(5)).
    Close,
}

const fn tell(kind: NoticeKind, audience: Audience) -> Owed {
    Owed::Tell { kind, audience }
}

/// What is owed at `now` because of an open sub-deadline. `reminder_days` is how many calendar days
/// before its end a citizen is reminded of a request; 0: never.
///
/// A rule that is not kept by message owes nothing, and closes nothing. Nothing is owed because no
/// completion was asked in time: most files need none; a request that comes late is told when it is made.
#[must_use]
pub fn owed(open: &Open, reminder_days: u32, now: Instant, calendar: &WorkingCalendar) -> Vec<Owed> {
    if open.notice != NoticeLevel::Mail {
        return Vec::new();
    }
    let past = now > open.due_at;
    let warned = warn_at(open, reminder_days, calendar).is_some_and(|at| now >= at);
    match open.kind {
        SubDeadlineKind::Supplement if past => vec![Owed::Close],
        SubDeadlineKind::Supplement if warned => vec![tell(NoticeKind::SupplementReminder, Audience::Applicant)],
        SubDeadlineKind::HandOver if past => vec![tell(NoticeKind::HandOverLate, Audience::Supervisor)],
        SubDeadlineKind::Consultation if past => {
            [Audience::Manager, Audience::Supervisor].map(|who| tell(NoticeKind::ConsultationLate, who)).to_vec()
        }
        SubDeadlineKind::Consultation if warned => vec![tell(NoticeKind::ConsultationDue, Audience::Officer)],
        SubDeadlineKind::CompletionNotice
        | SubDeadlineKind::Supplement
        | SubDeadlineKind::HandOver
        | SubDeadlineKind::Consultation => Vec::new(),
    }
}

/// The next moment at which [`owed`] would answer otherwise; `None`: never by time alone.
#[must_use]
pub fn next_change(open: &Open, reminder_days: u32, now: Instant, calendar: &WorkingCalendar) -> Option<Instant> {
    if open.notice != NoticeLevel::Mail || open.kind == SubDeadlineKind::CompletionNotice {
        return None;
    }
    let late = open.due_at + Duration::seconds(1);
    [warn_at(open, reminder_days, calendar), Some(late)].into_iter().flatten().filter(|at| *at > now).min()
}

/// From when somebody is warned that the end is near; `None` when it began too late for a warning to
/// say anything new.
fn warn_at(open: &Open, reminder_days: u32, calendar: &WorkingCalendar) -> Option<Instant> {
    let due_day = civil_day(open.due_at);
    let day = match open.kind {
        SubDeadlineKind::CompletionNotice | SubDeadlineKind::HandOver => return None,
        SubDeadlineKind::Supplement if reminder_days == 0 => return None,
        SubDeadlineKind::Supplement => {
            let day = due_day.checked_sub_days(Days::new(u64::from(reminder_days)))?;
            // On a day off nobody could help: the working day before, never later.
            if calendar.is_working_day(day) { day } else { calendar.nth_working_day_before(day, 1)? }
        }
        SubDeadlineKind::Consultation => calendar.nth_working_day_before(due_day, 1)?,
    };
    calendar.opens(day).filter(|at| *at > open.started_at)
}

#[cfg(test)]
mod tests;
