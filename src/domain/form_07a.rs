//! The figures that are asked for in 2026: where each file of the summary stands in them.
//!
//! As in form II.06a a file that ended without a promise is among the late; it has no letter of apology, since
//! nothing was broken. What the records do not hold is no figure, never zero.

use serde::Serialize;

use super::summary::{Bucket, Summary};

/// A line, without what waits for reception: those files are no dossiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct CentreCounts {
    pub received: CentreReceived,
    pub resolved: CentreResolved,
    pub in_progress: CentreInProgress,
    pub payments: CentrePayments,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct CentreReceived {
    pub total: u64,
    pub carried_over: u64,
    pub online_full: u64,
    pub online_partial: u64,
    pub online_other: u64,
    pub counter: u64,
    pub post: u64,
    /// Of those received in the period, through whatever channel: filed outside the applicant's home commune.
    pub cross_boundary: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct CentreResolved {
    pub total: u64,
    pub early: u64,
    pub on_time: u64,
    pub late: u64,
    pub late_with_apology: u64,
    pub late_without_apology: u64,
    /// Of the total.
    pub stopped: u64,
    /// Of the total.
    pub withdrawn: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct CentreInProgress {
    pub total: u64,
    pub in_time: u64,
    pub overdue: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct CentrePayments {
    /// Files with a result that had a fee.
    pub total: u64,
    pub online: u64,
    /// What was not paid online is not known to be paid at the counter.
    pub counter: Option<u64>,
}

impl CentreCounts {
    /// The totals are counted, not added, so that [`CentreCounts::adds_up`] is a proof.
    #[must_use]
    pub fn of(summary: &Summary) -> Self {
        let n = |bucket| summary.count(bucket);
        Self {
            received: CentreReceived {
                total: n(Bucket::Received),
                carried_over: n(Bucket::CarriedOver),
                online_full: n(Bucket::FullOnline),
                online_partial: n(Bucket::OnlinePartial),
                online_other: n(Bucket::OnlineOther),
                counter: n(Bucket::ReceivedCounter),
                post: n(Bucket::ReceivedPost),
                cross_boundary: n(Bucket::CrossBoundary),
            },
            resolved: CentreResolved {
                total: n(Bucket::Resolved),
                early: n(Bucket::Early),
                on_time: n(Bucket::OnTime),
                late: n(Bucket::LateOrUndated),
                late_with_apology: n(Bucket::LateWithApology),
                late_without_apology: n(Bucket::LateOrUndatedWithoutApology),
                stopped: n(Bucket::Stopped),
                withdrawn: n(Bucket::Withdrawn),
            },
            in_progress: CentreInProgress {
                total: n(Bucket::InProgress),
                in_time: n(Bucket::NotOverdue),
                overdue: n(Bucket::Overdue),
            },
            payments: CentrePayments { total: n(Bucket::FeeDue), online: n(Bucket::FeePaidOnline), counter: None },
        }
    }

    /// What every line must satisfy.
    #[must_use]
    pub const fn adds_up(&self) -> bool {
        let Self { received, resolved, in_progress, payments } = self;
        let online = received.online_full + received.online_partial + received.online_other;
        received.total == received.carried_over + online + received.counter + received.post
            && received.cross_boundary <= received.total - received.carried_over
            && resolved.total == resolved.early + resolved.on_time + resolved.late
            && resolved.late == resolved.late_with_apology + resolved.late_without_apology
            && resolved.stopped + resolved.withdrawn <= resolved.total
            && in_progress.total == in_progress.in_time + in_progress.overdue
            && received.total == resolved.total + in_progress.total
            && payments.online <= payments.total
    }
}
