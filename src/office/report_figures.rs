//! The figures of the summary, of an agency or of a part of it.

use serde::Serialize;

use crate::config::OnlineMeasure;
use crate::domain::indicator::Indicator;
use crate::domain::rates::Rate;
use crate::domain::summary::{Bucket, Summary};

/// Every count of the summary and the rates made of them.
#[derive(Debug, Clone, Serialize)]
pub struct SummaryFigures {
    pub received: Received,
    pub resolved: Resolved,
    pub in_progress: InProgress,
    pub rates: Rates,
    pub statutory: Statutory,
}

#[derive(Debug, Clone, Serialize)]
pub struct Received {
    pub total: u64,
    pub online: u64,
    pub counter: u64,
    pub post: u64,
    pub carried_over: u64,
}

#[derive(Debug, Clone, Serialize)]
pub struct Resolved {
    pub total: u64,
    pub early: u64,
    pub on_time: u64,
    pub late: u64,
    pub late_with_apology: u64,
    pub late_without_apology: u64,
    pub no_promise: u64,
}

#[derive(Debug, Clone, Serialize)]
pub struct InProgress {
    pub total: u64,
    pub in_time: u64,
    pub overdue: u64,
    pub paused: u64,
    pub no_promise: u64,
}

#[derive(Debug, Clone, Serialize)]
pub struct RateFigure {
    pub of: u64,
    pub total: u64,
    /// Two decimals, rounded down; `None` without data.
    pub percent: Option<String>,
}

impl From<Rate> for RateFigure {
    fn from(rate: Rate) -> Self {
        Self { of: rate.of, total: rate.total, percent: rate.percent().map(|percent| percent.to_string()) }
    }
}

#[derive(Debug, Clone, Serialize)]
pub struct Rates {
    pub on_time: RateFigure,
    pub online_submission: RateFigure,
    pub full_online: RateFigure,
    pub entirely_online: RateFigure,
    pub apology: RateFigure,
    pub on_time_resolved: RateFigure,
    pub on_time_received: RateFigure,
    pub commitment_on_time: RateFigure,
    pub new_date_on_time: RateFigure,
    pub early: RateFigure,
    pub on_day: RateFigure,
    pub late: RateFigure,
    pub electronic_result: RateFigure,
    pub online_payment: RateFigure,
}

impl Rates {
    /// The online rate that is held against the target.
    #[must_use]
    pub const fn measured(&self, measure: OnlineMeasure) -> &RateFigure {
        match measure {
            OnlineMeasure::EntirelyOnline => &self.entirely_online,
            OnlineMeasure::OnlineSubmission => &self.online_submission,
            OnlineMeasure::FullOnline => &self.full_online,
        }
    }
}

/// Beside the promise, which may be the office's shorter commitment: the same files judged by the
/// statutory limit alone.
#[derive(Debug, Clone, Serialize)]
pub struct Statutory {
    /// Resolved after the date of the law, or open and past it.
    pub late: u64,
    /// Resolved by the date of the law, of all resolved and those open past it.
    pub on_time_rate: RateFigure,
}

impl SummaryFigures {
    #[must_use]
    pub fn of(summary: &Summary) -> Self {
        let n = |bucket| summary.count(bucket);
        let rate = |indicator| summary.rate(indicator).into();
        Self {
            received: Received {
                total: n(Bucket::Received),
                online: n(Bucket::ReceivedOnline),
                counter: n(Bucket::ReceivedCounter),
                post: n(Bucket::ReceivedPost),
                carried_over: n(Bucket::CarriedOver),
            },
            resolved: Resolved {
                total: n(Bucket::Resolved),
                early: n(Bucket::Early),
                on_time: n(Bucket::OnTime),
                late: n(Bucket::Late),
                late_with_apology: n(Bucket::LateWithApology),
                late_without_apology: n(Bucket::LateWithoutApology),
                no_promise: n(Bucket::ResolvedNoPromise),
            },
            in_progress: InProgress {
                total: n(Bucket::InProgress),
                in_time: n(Bucket::InTime),
                overdue: n(Bucket::Overdue),
                paused: n(Bucket::Paused),
                no_promise: n(Bucket::NoPromise),
            },
            rates: Rates {
                on_time: rate(Indicator::OnTime),
                online_submission: rate(Indicator::OnlineSubmission),
                full_online: rate(Indicator::FullOnline),
                entirely_online: rate(Indicator::EntirelyOnline),
                apology: rate(Indicator::Apology),
                on_time_resolved: rate(Indicator::OnTimeResolved),
                on_time_received: rate(Indicator::OnTimeReceived),
                commitment_on_time: rate(Indicator::CommitmentOnTime),
                new_date_on_time: rate(Indicator::NewDateOnTime),
                early: rate(Indicator::Early),
                on_day: rate(Indicator::OnDay),
                late: rate(Indicator::Late),
                electronic_result: rate(Indicator::ElectronicResult),
                online_payment: rate(Indicator::OnlinePayment),
            },
            statutory: Statutory { late: n(Bucket::StatutoryLate), on_time_rate: rate(Indicator::StatutoryOnTime) },
        }
    }
}
