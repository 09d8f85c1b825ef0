//! Which notices and letters a dossier is owed at a moment, and when that answer next changes.

use super::calendar::WorkingCalendar;
use super::ladder::{Ladder, Rung};
use super::text_enum;
use super::time::Instant;

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

/// One thing owed: it exists once for a dossier, promise, kind, level and audience.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Notice<'l> {
    pub kind: NoticeKind,
    /// Of the rung; 0: it belongs to none.
    pub level: i32,
    pub audience: Audience,
    /// Number of the promise it speaks of.
    pub promise: i32,
    /// How it is told; `None`: the letter of apology, which no policy can switch off.
    pub rung: Option<&'l Rung>,
}

/// When to warn of an online file, from settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoticePolicy {
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

impl NoticeFacts {
    /// Whether the new date was told before the first passed: that replaces the alarm, everybody
    /// concerned knows already.
    fn told_in_time(&self, promise: &Promised) -> bool {
        self.reschedule.is_some_and(|new| new.made_at <= promise.due_at)
    }
}

/// The notices owed at `now`. Safe to ask any number of times: it says what is owed, not what is new.
///
/// A closed dossier is owed nothing; a paused one neither, unless it was late before the pause. What is
/// told while there is time speaks of the date that runs; what is told after it, of the last date that
/// passed.
#[must_use]
pub fn notices_due<'l>(
    facts: &NoticeFacts,
    ladder: &'l Ladder,
    now: Instant,
    calendar: &WorkingCalendar,
) -> Vec<Notice<'l>> {
    let Some(promise) = facts.promise.filter(|_| facts.closed_at.is_none()) else {
        return Vec::new();
    };
    // While the clock stands nothing gets later.
    let at = facts.paused_since.map_or(now, |since| since.min(now));
    let current = facts.reschedule.unwrap_or(promise);
    let mut owed = Vec::new();
    let mut climb = |kind, promise: &Promised| {
        let reached = |rung: &&Rung| rung.owed_from(promise, calendar).is_some_and(|from| from <= at);
        for rung in ladder.of_kind(kind).filter(reached) {
            owed.extend(rung.audiences.iter().map(|audience| told(rung, *audience, promise.number)));
        }
    };
    if facts.paused_since.is_none() && now <= current.due_at {
        climb(NoticeKind::DueSoon, &current);
        if facts.reschedule.is_none() {
            climb(NoticeKind::ApologyDue, &promise);
        }
    }
    if at > promise.due_at && !facts.told_in_time(&promise) {
        climb(NoticeKind::Overdue, &promise);
    }
    match facts.reschedule {
        Some(new) if at > new.due_at => {
            climb(NoticeKind::StillOverdue, &new);
            climb(NoticeKind::Escalation, &new);
        }
        _ if at > promise.due_at && !facts.told_in_time(&promise) => climb(NoticeKind::StillOverdue, &promise),
        _ => {}
    }
    // While the clock stands no new day can be promised: the apology waits until work goes on.
    if facts.reschedule.is_none() && facts.paused_since.is_none() && now > promise.due_at {
        owed.push(Notice {
            kind: NoticeKind::Apology,
            level: 0,
            audience: Audience::Applicant,
            promise: promise.number,
            rung: None,
        });
    }
    // The new date passed too: a person in charge instead of a third date.
    if let Some(new) = facts.reschedule.filter(|new| at > new.due_at) {
        let audience = Audience::Applicant;
        owed.push(Notice { kind: NoticeKind::SecondMiss, level: 0, audience, promise: new.number, rung: None });
    }
    owed
}

const fn told(rung: &Rung, audience: Audience, promise: i32) -> Notice<'_> {
    Notice { kind: rung.kind, level: rung.level, audience, promise, rung: Some(rung) }
}

/// The next moment at which [`notices_due`] would answer otherwise; `None`: never by time alone.
#[must_use]
pub fn next_change(facts: &NoticeFacts, ladder: &Ladder, now: Instant, calendar: &WorkingCalendar) -> Option<Instant> {
    if facts.closed_at.is_some() || facts.paused_since.is_some() {
        return None;
    }
    let promise = facts.promise?;
    let current = facts.reschedule.unwrap_or(promise);
    let late = |promise: &Promised| promise.due_at + chrono::Duration::seconds(1);
    let mut next = None;
    let mut turn = |at: Option<Instant>| {
        next = at.filter(|at| *at > now).into_iter().chain(next).min();
    };
    turn(Some(late(&promise)));
    turn(Some(late(&current)));
    for rung in ladder.rungs() {
        turn(rung.owed_from(&current, calendar));
        if facts.reschedule.is_some() && rung.kind == NoticeKind::StillOverdue && !facts.told_in_time(&promise) {
            turn(rung.owed_from(&promise, calendar));
        }
    }
    next
}

#[cfg(test)]
mod tests;
