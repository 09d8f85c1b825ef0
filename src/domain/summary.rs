//! The summary report: one rule per bucket, used for the count and for the list behind it alike.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::channel::{Channel, ServiceLevel};
use super::dossier::StageName;
use super::indicator::Indicator;
use super::rates::{Percent, Rate};
use super::text_enum;
use super::time::Instant;
use super::timeliness::{Facts, Timeliness, law_due_at, timeliness};

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
    pub paused_since: Option<Instant>,
    pub apologised_at: Option<Instant>,
    pub paper_supplement: bool,
    pub presence_required: bool,
    pub fee_due: bool,
    pub paid_online: bool,
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
        let in_period = self.received_at >= period.begins;
        let by = |channel| in_period && self.channel == channel;
        // The cut itself is not seen: whole seconds make "before" exact.
        let verdict = self.verdict(period);
        let late = verdict == Timeliness::Late;
        let overdue = verdict == Timeliness::Overdue;
        let closed = matches!(
            verdict,
            Timeliness::Early | Timeliness::OnTime | Timeliness::Late | Timeliness::ClosedWithoutPromise
        );
        let apologised = self.apologised_at.is_some();
        let with_result = closed && matches!(self.stage, StageName::Granted | StageName::Refused);
        let by_law = || self.law_verdict(period);
        match bucket {
            Bucket::Received => true,
            Bucket::ReceivedInPeriod => in_period,
            Bucket::ReceivedWithResult => in_period && with_result,
            Bucket::ReceivedWithoutResult => in_period && !with_result,
            Bucket::ReceivedOnline => by(Channel::Online),
            Bucket::ReceivedCounter => by(Channel::Counter),
            Bucket::ReceivedPost => by(Channel::Post),
            Bucket::CarriedOver => !in_period,
            Bucket::Resolved => closed,
            Bucket::Early => verdict == Timeliness::Early,
            Bucket::OnTime => verdict == Timeliness::OnTime,
            Bucket::Late => late,
            Bucket::LateWithApology => late && apologised,
            Bucket::LateWithoutApology => late && !apologised,
            Bucket::ResolvedNoPromise => verdict == Timeliness::ClosedWithoutPromise,
            Bucket::InProgress => !closed,
            Bucket::InTime => verdict == Timeliness::Running,
            Bucket::Overdue => overdue,
            Bucket::Paused => verdict == Timeliness::Paused,
            Bucket::NoPromise => verdict == Timeliness::NoPromise,
            Bucket::OnTimeBase => verdict.is_rated(),
            Bucket::OnTimeMet => verdict.is_on_time(),
            Bucket::LateAll => late || overdue,
            Bucket::ApologyGiven => (late || overdue) && apologised,
            Bucket::StatutoryBase => closed || by_law().is_late(),
            Bucket::StatutoryMet => by_law().is_on_time(),
            Bucket::StatutoryLate => by_law().is_late(),
            Bucket::FullOnlineOffered => in_period && self.service_level == ServiceLevel::Full,
            Bucket::FullOnline => by(Channel::Online) && self.service_level == ServiceLevel::Full,
            Bucket::HandledResults => with_result,
            Bucket::EntirelyOnline => with_result && self.was_entirely_online(),
            Bucket::OnTimeMissed => verdict.is_rated() && !verdict.is_on_time(),
            Bucket::NotEntirelyOnline => with_result && !self.was_entirely_online(),
            Bucket::ReceivedNotOnline => in_period && self.channel != Channel::Online,
            Bucket::FullOnlineMissed => {
                in_period && self.service_level == ServiceLevel::Full && self.channel != Channel::Online
            }
        }
    }

    /// Submitted online, nothing on paper, nobody called in, the fee (if any) paid online, the
    /// result issued electronically (NQ 76/NQ-CP; domain rule §5.2 R3).
    fn was_entirely_online(&self) -> bool {
        self.channel == Channel::Online
            && !self.paper_supplement
            && !self.presence_required
            && (!self.fee_due || self.paid_online)
            && self.e_result
    }

    /// How it stood just before the cut.
    #[must_use]
    pub fn verdict(&self, period: &Period) -> Timeliness {
        self.judged(self.due_at, period)
    }

    /// The same against the statutory limit alone.
    #[must_use]
    pub fn law_verdict(&self, period: &Period) -> Timeliness {
        self.judged(law_due_at(self.due_at, self.statutory_due_at), period)
    }

    fn judged(&self, due_at: Option<Instant>, period: &Period) -> Timeliness {
        let facts = Facts { due_at, closed_at: self.closed_at, paused_since: self.paused_since };
        timeliness(&facts, period.cut - chrono::Duration::seconds(1))
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
            for (count, bucket) in counts.iter_mut().zip(Bucket::ALL) {
                *count += u64::from(dossier.is_in(*bucket, period));
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
