//! Our records against another system's: for a file that both have, which dates and words differ and why;
//! and for every total that differs, which cause moves how many files. A file moves a total for exactly one
//! cause, so that the causes of a difference add up to it.
//!
//! Here stand the words of the comparison; one file on both sides is `reconcile/differences.rs`, the totals of
//! all are `reconcile/totals.rs`, and in which of them a file stands is `reconcile/places.rs`.

use chrono::NaiveDate;

use super::channel::Channel;
use super::dossier::StageName;
use super::text_enum;
use super::time::Instant;

pub mod differences;
mod places;
pub mod totals;

text_enum! {
    /// What is compared of a file.
    Compared {
        Presence = "presence",
        ReceivedAt = "received_at",
        DueAt = "due_at",
        ResolvedAt = "resolved_at",
        ReturnedAt = "returned_at",
        Channel = "channel",
        Status = "status",
    }
}

text_enum! {
    /// Why something differs.
    Cause {
        MissingThere = "missing_there",
        MissingHere = "missing_here",
        /// the same code stands in the file again
        Twice = "twice",
        /// the other side gives a date, we have none
        NoDateHere = "no_date_here",
        /// we have a date, the other side gives none; without a promise a finished file counts as on time there
        NoDateThere = "no_date_there",
        Unreadable = "unreadable",
        /// 12:30 read as 00:30
        TwelveHourClock = "twelve_hour_clock",
        /// a day without a time, kept as midnight UTC, shown as 07:00
        UtcMidnight = "utc_midnight",
        /// off by the seven hours between UTC and Vietnam
        SevenHours = "seven_hours",
        DayAndMonth = "day_and_month",
        /// less than a day apart, on two civil days
        OtherCivilDay = "other_civil_day",
        /// the new date of an apology as if it were the promise
        NewPromise = "new_promise",
        /// the first promise, though the law put another in its place
        FirstPromise = "first_promise",
        OtherTime = "other_time",
        OtherDate = "other_date",
        Channel = "channel",
        /// finished as something else
        Status = "status",
        /// our clock stands still, theirs runs on
        Paused = "paused",
        /// all facts agree and the verdict does not
        OtherRule = "other_rule",
    }
}

/// A date as the other side gives it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theirs {
    #[default]
    Nothing,
    At(Instant),
    /// Without a time of day.
    On(NaiveDate),
    Unreadable,
}

/// What we know of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OurFile {
    pub code: String,
    pub channel: Channel,
    pub stage: StageName,
    pub received_at: Instant,
    /// The judged promise, the first one, and the new date of an apology.
    pub due_at: Option<Instant>,
    pub first_due_at: Option<Instant>,
    pub new_due_at: Option<Instant>,
    pub closed_at: Option<Instant>,
    pub returned_at: Option<Instant>,
    pub paused_since: Option<Instant>,
}

/// What the other side tells of a file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TheirFile {
    /// `None`: not told; an error: a word that means none of ours.
    pub channel: Option<Result<Channel, ()>>,
    /// As what it was finished.
    pub status: Option<Result<StageName, ()>>,
    pub received: Theirs,
    pub due: Theirs,
    pub resolved: Theirs,
    pub returned: Theirs,
    /// The columns that the file has at all: what it has not is not compared.
    pub tells: Tells,
}

/// Which dates the file has columns for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tells {
    pub received: bool,
    pub due: bool,
    pub resolved: bool,
    pub returned: bool,
}

text_enum! {
    /// A total that both sides have.
    Total {
        ReceivedOnline = "received_online",
        ReceivedCounter = "received_counter",
        ReceivedPost = "received_post",
        CarriedOver = "carried_over",
        Early = "early",
        OnTime = "on_time",
        Late = "late",
        ResolvedNoDate = "resolved_no_date",
        OpenInTime = "open_in_time",
        OpenOverdue = "open_overdue",
    }
}

/// The days that totals are of: from the first moment on and before the cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    pub begins: Instant,
    pub cut: Instant,
}

#[cfg(test)]
mod tests;
