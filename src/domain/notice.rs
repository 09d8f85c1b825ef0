//! Which notices and letters a dossier is owed at a moment, and when that answer next changes.

use super::calendar::WorkingCalendar;
use super::text_enum;
use super::time::{Instant, civil_day};

text_enum! {
    /// What a message says; the text is the value of the header `X-Dunghen-Kind`.
    NoticeKind {
        DueSoon = "due-soon",
        /// will it be ready, or does an apology have to leave in time (Art. 19(6))?
        ApologyDue = "apology-due",
        Overdue = "overdue",
        /// still open some working days after the promise
        StillOverdue = "still-overdue",
        /// the second promise was missed too
        Escalation = "escalation",
        /// an alert was not acknowledged in its time: to the next one up
        Unacknowledged = "unacknowledged",
        /// the collected notices of a morning
        Digest = "digest",
        Apology = "apology",
        /// the apology of a file that was finished late before any apology left
        LateResult = "late-result",
        /// the office lost or spoiled something
        Loss = "loss",
        /// the new date was missed: no further date, but a person in charge
        SecondMiss = "second-miss",
        /// the citizen is told of the delay while the letter is not signed yet
        DelayNotice = "delay-notice",
        /// a letter waits to be signed
        SignatureDue = "signature-due",
        /// the legal moment came and the letter was not signed
        Unsigned = "unsigned",
        /// a draft was refused: to who wrote it
        LetterRefused = "letter-refused",
        /// a task of the desk was not done in its time
        TaskLate = "task-late",
        /// a way of delivery does not work: to the operator
        DeliveryAlarm = "delivery-alarm",
        /// what a delay cost a citizen
        CitizenCost = "citizen-cost",
        Receipt = "receipt",
        /// the calendar changed and moved the promise, later only
        Redated = "redated",
        /// an online file is soon due for acceptance
        AcceptanceDue = "acceptance-due",
        AcceptanceLate = "acceptance-late",
        SubmissionReceived = "submission-received",
        /// an online file has to be completed before it can be accepted
        SubmissionReturned = "submission-returned",
        SubmissionDeclined = "submission-declined",
        SupplementRequest = "supplement-request",
        SupplementReminder = "supplement-reminder",
        /// closed, since the request to complete the file was not answered
        ClosedUnanswered = "closed-unanswered",
        /// the request to complete came after its own time
        CompletionLate = "completion-late",
        ConsultationDue = "consultation-due",
        ConsultationLate = "consultation-late",
        HandOverLate = "hand-over-late",
        /// the holidays of next year are not entered yet
        CalendarMissing = "calendar-missing",
    }
}

text_enum! {
    /// To whom a message is owed; the office finds the person.
    Audience {
        Officer = "officer",
        Supervisor = "supervisor",
        Manager = "manager",
        Applicant = "applicant",
        /// who receives files (bộ phận một cửa)
        Desk = "desk",
        Admin = "admin",
    }
}

impl NoticeKind {
    /// Whether it is still true, and told, when the dossier was finished before it left.
    #[must_use]
    pub const fn outlives_the_dossier(self) -> bool {
        matches!(
            self,
            Self::ClosedUnanswered
                | Self::LateResult
                | Self::Loss
                | Self::Unacknowledged
                | Self::TaskLate
                | Self::DeliveryAlarm
                | Self::CitizenCost
                | Self::Digest
        )
    }

    /// Whether it answers what somebody has just done, and so leaves at any hour.
    #[must_use]
    pub const fn answers_at_once(self) -> bool {
        matches!(self, Self::Receipt | Self::SubmissionReceived)
    }

    /// Whether it is meant for a citizen rather than an official.
    #[must_use]
    pub const fn is_for_the_citizen(self) -> bool {
        matches!(
            self,
            Self::Apology
                | Self::LateResult
                | Self::Loss
                | Self::SecondMiss
                | Self::DelayNotice
                | Self::Receipt
                | Self::Redated
                | Self::SubmissionReceived
                | Self::SubmissionReturned
                | Self::SubmissionDeclined
                | Self::SupplementRequest
                | Self::SupplementReminder
                | Self::ClosedUnanswered
        )
    }
}

/// One thing owed: it exists once for a dossier, promise, kind and audience.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Notice {
    pub kind: NoticeKind,
    pub audience: Audience,
    /// Number of the promise it speaks of.
    pub promise: i32,
}

/// When to warn, from settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoticePolicy {
    /// Warn this many working days before the due day …
    pub due_soon_working_days: u32,
    /// … but not before this share of the office time has gone (short limits).
    pub due_soon_share_percent: u32,
    /// Warn of an online file when so many office hours are left to accept it.
    pub acceptance_warn_hours: u32,
}

/// A promise as the notices see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Promised {
    pub number: i32,
    pub due_at: Instant,
    pub made_at: Instant,
    /// From when the limit counts: receipt, restart, or the reschedule itself.
    pub counted_from: Instant,
}

/// What the notices of an open dossier rest on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoticeFacts {
    /// The promise the law judges; `None`: nothing was promised.
    pub promise: Option<Promised>,
    /// The one new date of the apology.
    pub reschedule: Option<Promised>,
    pub paused_since: Option<Instant>,
    pub closed_at: Option<Instant>,
}

/// The notices owed at `now`. Safe to ask any number of times: it says what is owed, not what is new.
///
/// A closed dossier is owed nothing; a paused one neither, unless it was late before the pause.
#[must_use]
pub fn notices_due(facts: &NoticeFacts, policy: NoticePolicy, now: Instant, calendar: &WorkingCalendar) -> Vec<Notice> {
    let Some(promise) = facts.promise.filter(|_| facts.closed_at.is_none()) else {
        return Vec::new();
    };
    let at = facts.paused_since.map_or(now, |since| since.min(now));
    let mut owed = Vec::new();
    // A delay told before the promise passed replaces the alarm: everybody concerned knows already.
    let told_in_time = facts.reschedule.is_some_and(|new| new.made_at <= promise.due_at);
    if at > promise.due_at && !told_in_time {
        owed.extend([Audience::Officer, Audience::Supervisor].map(|audience| Notice {
            kind: NoticeKind::Overdue,
            audience,
            promise: promise.number,
        }));
    }
    match facts.reschedule {
        // While the clock stands still no new day can be promised: the apology waits until work goes on.
        None if at > promise.due_at && facts.paused_since.is_some() => {}
        None if at > promise.due_at => {
            owed.push(Notice { kind: NoticeKind::Apology, audience: Audience::Applicant, promise: promise.number });
        }
        None => owed.extend(due_soon(&promise, facts, policy, now, calendar)),
        Some(new) if at > new.due_at => {
            owed.push(Notice { kind: NoticeKind::Escalation, audience: Audience::Manager, promise: new.number });
        }
        Some(new) => owed.extend(due_soon(&new, facts, policy, now, calendar)),
    }
    owed
}

/// The next moment at which [`notices_due`] would answer otherwise; `None`: never by time alone.
#[must_use]
pub fn next_change(
    facts: &NoticeFacts,
    policy: NoticePolicy,
    now: Instant,
    calendar: &WorkingCalendar,
) -> Option<Instant> {
    if facts.closed_at.is_some() || facts.paused_since.is_some() {
        return None;
    }
    let promise = facts.promise?;
    let current = facts.reschedule.unwrap_or(promise);
    let late = |due_at: Instant| due_at + chrono::Duration::seconds(1);
    [warn_at(&current, policy, calendar), late(promise.due_at), late(current.due_at)]
        .into_iter()
        .filter(|at| *at > now)
        .min()
}

/// From when the officer is warned of a promise.
#[must_use]
pub fn warn_at(promise: &Promised, policy: NoticePolicy, calendar: &WorkingCalendar) -> Instant {
    let due_day = civil_day(promise.due_at);
    let by_days = calendar
        .nth_working_day_before(due_day, policy.due_soon_working_days)
        .and_then(|day| calendar.opens(day))
        .unwrap_or(promise.counted_from);
    let whole = calendar.office_seconds_between(promise.counted_from, promise.due_at);
    let share = whole.saturating_mul(i64::from(policy.due_soon_share_percent)) / 100;
    let by_share = calendar.add_office_seconds(promise.counted_from, share).unwrap_or(promise.counted_from);
    by_days.max(by_share).min(promise.due_at)
}

fn due_soon(
    promise: &Promised,
    facts: &NoticeFacts,
    policy: NoticePolicy,
    now: Instant,
    calendar: &WorkingCalendar,
) -> Option<Notice> {
    let running = facts.paused_since.is_none() && now <= promise.due_at;
    (running && now >= warn_at(promise, policy, calendar)).then_some(Notice {
        kind: NoticeKind::DueSoon,
        audience: Audience::Officer,
        promise: promise.number,
    })
}
