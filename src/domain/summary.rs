//! The summary report: one rule per bucket, used for the count and for the list behind it alike.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::channel::{Channel, ServiceLevel};
use super::dossier::StageName;
use super::indicator::Indicator;
use super::rates::{Percent, Rate};
use super::text_enum;
use super::time::Instant;
use judged::Judged;

mod judged;

/// One dossier as a report sees it at its cut.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    pub dossier_id: String,
    pub procedure_id: String,
    /// The unit that handles it.
    pub unit_id: Option<String>,
    pub channel: Channel,
    pub service_level: ServiceLevel,
    /// The stage it has today; only its closed kinds are read, since a closed dossier stays so.
    pub stage: StageName,
    pub received_at: Instant,
    pub closed_at: Option<Instant>,
    /// The judged promise as it stood at the cut.
    pub due_at: Option<Instant>,
    /// What the statutory limit gave at the cut; `None` while the law's number is unknown.
    pub statutory_due_at: Option<Instant>,
    /// The one new date of its apology, as it stood at the cut.
    pub new_due_at: Option<Instant>,
    pub paused_since: Option<Instant>,
    pub apologised_at: Option<Instant>,
    pub paper_supplement: bool,
    pub presence_required: bool,
    pub fee_due: bool,
    pub paid_online: bool,
    /// Handed in at another centre than that of the applicant's home.
    pub cross_boundary: bool,
    pub e_result: bool,
}

/// The civil days of a report, both inside, and the moment up to which it looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    pub from: NaiveDate,
    pub to: NaiveDate,
    /// Midnight before `from`, in Vietnam.
    pub begins: Instant,
    /// The earlier of "as of" and the midnight after `to`; what happens at it is not seen.
    pub cut: Instant,
    /// "As of": what was written down at it or later is not known, even where it took effect before the cut.
    pub known: Instant,
}

text_enum! {
    /// Every number of the summary by its name; the list behind a number has the same name.
    Bucket {
        Received = "received",
        ReceivedOnline = "received_online",
        ReceivedCounter = "received_counter",
        ReceivedPost = "received_post",
        CarriedOver = "carried_over",
        Resolved = "resolved",
        Early = "early",
        OnTime = "on_time",
        Late = "late",
        LateWithApology = "late_with_apology",
        LateWithoutApology = "late_without_apology",
        ResolvedNoPromise = "resolved_no_promise",
        InProgress = "in_progress",
        InTime = "in_time",
        Overdue = "overdue",
        Paused = "paused",
        NoPromise = "no_promise",
        FullOnlineOffered = "full_online_offered",
        FullOnline = "full_online",
        HandledResults = "handled_results",
        EntirelyOnline = "entirely_online",
        ReceivedInPeriod = "received_in_period",
        ReceivedWithResult = "received_with_result",
        ReceivedWithoutResult = "received_without_result",
        OnTimeBase = "on_time_base",
        OnTimeMet = "on_time_met",
        LateAll = "late_all",
        ApologyGiven = "apology_given",
        StatutoryBase = "statutory_base",
        StatutoryMet = "statutory_met",
        StatutoryLate = "statutory_late",
        OnTimeMissed = "on_time_missed",
        NotEntirelyOnline = "not_entirely_online",
        ReceivedNotOnline = "received_not_online",
        FullOnlineMissed = "full_online_missed",
        /// late, or ended without a date: what the forms call late
        LateOrUndated = "late_or_undated",
        LateOrUndatedWithoutApology = "late_or_undated_without_apology",
        /// open and not overdue: in time, waiting, or without a date
        NotOverdue = "not_overdue",
        OnlinePartial = "online_partial",
        OnlineOther = "online_other",
        CrossBoundary = "cross_boundary",
        Withdrawn = "withdrawn",
        Stopped = "stopped",
        ElectronicResult = "electronic_result",
        FeeDue = "fee_due",
        FeePaidOnline = "fee_paid_online",
        NewDateBase = "new_date_base",
        NewDateMet = "new_date_met",
        CommitmentBase = "commitment_base",
        CommitmentMet = "commitment_met",
    }
}

impl Bucket {
    /// Whether every dossier of the list is late, by its promise or by the law.
    #[must_use]
    pub const fn is_of_late_files(self) -> bool {
        matches!(
            self,
            Self::Late
                | Self::LateWithApology
                | Self::LateWithoutApology
                | Self::Overdue
                | Self::LateAll
                | Self::ApologyGiven
                | Self::StatutoryLate
        )
    }
}

impl Counted {
    /// Whether this dossier is one of those that the bucket counts. The dossiers given are those
    /// received before the cut and not closed before the period.
    #[must_use]
    pub fn is_in(&self, bucket: Bucket, period: &Period) -> bool {
        Judged::of(self, period).is_in(bucket)
    }
}

/// Those of the dossiers that are in the first bucket, of those in the second.
#[must_use]
pub fn rate<'a>(
    dossiers: impl IntoIterator<Item = &'a Counted>,
    (of, total): (Bucket, Bucket),
    period: &Period,
) -> Rate {
    let mut rate = Rate::default();
    for dossier in dossiers {
        rate.of += u64::from(dossier.is_in(of, period));
        rate.total += u64::from(dossier.is_in(total, period));
    }
    rate
}

/// The counts of the summary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    counts: Vec<u64>,
}

impl Summary {
    /// Counts every bucket.
    #[must_use]
    pub fn of<'a>(dossiers: impl IntoIterator<Item = &'a Counted>, period: &Period) -> Self {
        let mut counts = vec![0; Bucket::ALL.len()];
        for dossier in dossiers {
            // Judged once, however many buckets ask.
            let judged = Judged::of(dossier, period);
            for (count, bucket) in counts.iter_mut().zip(Bucket::ALL) {
                *count += u64::from(judged.is_in(*bucket));
            }
        }
        Self { counts }
    }

    /// The summaries of the parts of a whole as one.
    #[must_use]
    pub fn sum<'a>(parts: impl IntoIterator<Item = &'a Self>) -> Self {
        let mut counts = vec![0; Bucket::ALL.len()];
        for part in parts {
            for (count, more) in counts.iter_mut().zip(&part.counts) {
                *count += more;
            }
        }
        Self { counts }
    }

    /// The counts by name.
    #[must_use]
    pub fn counts(&self) -> BTreeMap<Bucket, u64> {
        Bucket::ALL.iter().copied().zip(self.counts.iter().copied()).collect()
    }

    #[must_use]
    pub fn count(&self, bucket: Bucket) -> u64 {
        let index = Bucket::ALL.iter().position(|known| *known == bucket);
        index.and_then(|index| self.counts.get(index)).copied().unwrap_or(0)
    }

    #[must_use]
    pub fn rate(&self, indicator: Indicator) -> Rate {
        let (of, total) = indicator.buckets();
        Rate { of: self.count(of), total: self.count(total) }
    }

    /// The identities every report must satisfy; a violation is a fault of ours, never of the data.
    #[must_use]
    pub fn is_consistent(&self) -> bool {
        let sum = |buckets: &[Bucket]| buckets.iter().map(|bucket| self.count(*bucket)).sum::<u64>();
        let received = self.count(Bucket::Received);
        received == sum(&[Bucket::ReceivedOnline, Bucket::ReceivedCounter, Bucket::ReceivedPost, Bucket::CarriedOver])
            && received == sum(&[Bucket::Resolved, Bucket::InProgress])
            && self.count(Bucket::Resolved)
                == sum(&[Bucket::Early, Bucket::OnTime, Bucket::Late, Bucket::ResolvedNoPromise])
            && self.count(Bucket::Late) == sum(&[Bucket::LateWithApology, Bucket::LateWithoutApology])
            && self.count(Bucket::InProgress)
                == sum(&[Bucket::InTime, Bucket::Overdue, Bucket::Paused, Bucket::NoPromise])
            && self.count(Bucket::ReceivedOnline)
                == sum(&[Bucket::FullOnline, Bucket::OnlinePartial, Bucket::OnlineOther])
            && self.count(Bucket::Resolved) == sum(&[Bucket::HandledResults, Bucket::Withdrawn, Bucket::Stopped])
    }
}

/// Where the rate would stand at the period's end if the rest of it went on as its last days did.
/// `recent` are the files of the last `recent_days` days. `None` without data or when nothing is left.
#[must_use]
pub fn forecast(so_far: Rate, recent: Rate, recent_days: u64, days_left: u64) -> Option<Percent> {
    if days_left == 0 || recent_days == 0 || so_far.total == 0 {
        return None;
    }
    let more = |count: u64| count.saturating_mul(days_left) / recent_days;
    Rate { of: so_far.of + more(recent.of), total: so_far.total + more(recent.total) }.percent()
}
