//! Form II.06a: where each file of the summary stands in it.
//!
//! The form knows no file without a promised date and none that waits. A file that ended without a
//! promise is counted as late: in the column of those on time it would lift the figure, and so the share
//! (8 + 9) / 7 stays what the rate of the files on time makes of the same files. An open one that waits or
//! has no date is in time. How many there are stands in the notes.

use serde::Serialize;

use super::summary::{Bucket, Summary};
use super::text_enum;

/// The columns 3 to 13 of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct FormCounts {
    pub received: FormReceived,
    pub resolved: FormResolved,
    pub in_progress: FormInProgress,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct FormReceived {
    pub total: u64,
    pub online: u64,
    pub counter_post: u64,
    pub carried_over: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct FormResolved {
    pub total: u64,
    pub early: u64,
    pub on_time: u64,
    pub late: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct FormInProgress {
    pub total: u64,
    pub in_time: u64,
    pub overdue: u64,
}

text_enum! {
    /// Files for which the form has no column, and how many they are.
    FormNote {
        ResolvedNoPromise = "resolved_no_promise",
        OpenNoPromise = "open_no_promise",
        Paused = "paused",
        /// withdrawn or stopped: judged like the others, by the moment that ended the work
        WithoutResult = "without_result",
    }
}

impl FormNote {
    #[must_use]
    pub fn count(self, summary: &Summary) -> u64 {
        match self {
            Self::ResolvedNoPromise => summary.count(Bucket::ResolvedNoPromise),
            Self::OpenNoPromise => summary.count(Bucket::NoPromise),
            Self::Paused => summary.count(Bucket::Paused),
            Self::WithoutResult => {
                summary.count(Bucket::Resolved).saturating_sub(summary.count(Bucket::HandledResults))
            }
        }
    }
}

impl FormCounts {
    /// The totals are counted, not added, so that [`FormCounts::adds_up`] is a proof.
    #[must_use]
    pub fn of(summary: &Summary) -> Self {
        let sum = |buckets: &[Bucket]| buckets.iter().map(|bucket| summary.count(*bucket)).sum();
        Self {
            received: FormReceived {
                total: sum(&[Bucket::Received]),
                online: sum(&[Bucket::ReceivedOnline]),
                counter_post: sum(&[Bucket::ReceivedCounter, Bucket::ReceivedPost]),
                carried_over: sum(&[Bucket::CarriedOver]),
            },
            resolved: FormResolved {
                total: sum(&[Bucket::Resolved]),
                early: sum(&[Bucket::Early]),
                on_time: sum(&[Bucket::OnTime]),
                late: sum(&[Bucket::Late, Bucket::ResolvedNoPromise]),
            },
            in_progress: FormInProgress {
                total: sum(&[Bucket::InProgress]),
                in_time: sum(&[Bucket::InTime, Bucket::Paused, Bucket::NoPromise]),
                overdue: sum(&[Bucket::Overdue]),
            },
        }
    }

    /// The identities of the form: 3 = 4 + 5 + 6, 7 = 8 + 9 + 10, 11 = 12 + 13, 3 = 7 + 11.
    #[must_use]
    pub const fn adds_up(&self) -> bool {
        let Self { received, resolved, in_progress } = self;
        received.total == received.online + received.counter_post + received.carried_over
            && resolved.total == resolved.early + resolved.on_time + resolved.late
            && in_progress.total == in_progress.in_time + in_progress.overdue
            && received.total == resolved.total + in_progress.total
    }

    /// Column by column.
    #[must_use]
    pub const fn plus(self, other: &Self) -> Self {
        Self {
            received: FormReceived {
                total: self.received.total + other.received.total,
                online: self.received.online + other.received.online,
                counter_post: self.received.counter_post + other.received.counter_post,
                carried_over: self.received.carried_over + other.received.carried_over,
            },
            resolved: FormResolved {
                total: self.resolved.total + other.resolved.total,
                early: self.resolved.early + other.resolved.early,
                on_time: self.resolved.on_time + other.resolved.on_time,
                late: self.resolved.late + other.resolved.late,
            },
            in_progress: FormInProgress {
                total: self.in_progress.total + other.in_progress.total,
                in_time: self.in_progress.in_time + other.in_progress.in_time,
                overdue: self.in_progress.overdue + other.in_progress.overdue,
            },
        }
    }
}
