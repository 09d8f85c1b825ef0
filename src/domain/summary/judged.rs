//! A dossier as it stood just before the cut, and in which of the buckets it is.

use super::super::channel::{Channel, ServiceLevel};
use super::super::dossier::StageName;
use super::super::time::Instant;
use super::super::timeliness::{Facts, Timeliness, law_due_at, timeliness};
use super::{Bucket, Counted, Period};

/// What every bucket asks, found once.
pub(super) struct Judged<'a> {
    file: &'a Counted,
    in_period: bool,
    closed: bool,
    verdict: Timeliness,
    by_law: Timeliness,
    /// Against the new date of its apology; `None` without one.
    by_new_date: Option<Timeliness>,
}

impl Counted {
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
        // The cut itself is not seen: whole seconds make "before" exact.
        timeliness(&facts, period.cut - chrono::Duration::seconds(1))
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

    /// The office promised less time than the law gives.
    fn is_committed(&self) -> bool {
        self.due_at.zip(self.statutory_due_at).is_some_and(|(due_at, statutory)| due_at < statutory)
    }
}

impl<'a> Judged<'a> {
    pub(super) fn of(file: &'a Counted, period: &Period) -> Self {
        let verdict = file.verdict(period);
        Self {
            in_period: file.received_at >= period.begins,
            closed: matches!(
                verdict,
                Timeliness::Early | Timeliness::OnTime | Timeliness::Late | Timeliness::ClosedWithoutPromise
            ),
            by_law: file.law_verdict(period),
            by_new_date: file.new_due_at.map(|at| file.judged(Some(at), period)),
            verdict,
            file,
        }
    }

    pub(super) fn is_in(&self, bucket: Bucket) -> bool {
        let Self { file, in_period, closed, verdict, by_law, .. } = *self;
        let apologised = file.apologised_at.is_some();
        let (late, overdue) = (verdict == Timeliness::Late, verdict == Timeliness::Overdue);
        let undated = verdict == Timeliness::ClosedWithoutPromise;
        let by = |channel| in_period && file.channel == channel;
        let offered = |level| in_period && file.service_level == level;
        let with_result = closed && matches!(file.stage, StageName::Granted | StageName::Refused);
        match bucket {
            Bucket::Received => true,
            Bucket::ReceivedInPeriod => in_period,
            Bucket::ReceivedOnline => by(Channel::Online),
            Bucket::ReceivedCounter => by(Channel::Counter),
            Bucket::ReceivedPost => by(Channel::Post),
            Bucket::ReceivedNotOnline => in_period && !by(Channel::Online),
            Bucket::CarriedOver => !in_period,
            Bucket::FullOnlineOffered => offered(ServiceLevel::Full),
            Bucket::FullOnline => by(Channel::Online) && offered(ServiceLevel::Full),
            Bucket::FullOnlineMissed => !by(Channel::Online) && offered(ServiceLevel::Full),
            Bucket::OnlinePartial => by(Channel::Online) && offered(ServiceLevel::Partial),
            Bucket::OnlineOther => by(Channel::Online) && offered(ServiceLevel::None),
            Bucket::CrossBoundary => in_period && file.cross_boundary,
            Bucket::Resolved => closed,
            Bucket::Early => verdict == Timeliness::Early,
            Bucket::OnTime => verdict == Timeliness::OnTime,
            Bucket::Late => late,
            Bucket::LateWithApology => late && apologised,
            Bucket::LateWithoutApology => late && !apologised,
            Bucket::ResolvedNoPromise => undated,
            Bucket::LateOrUndated => late || undated,
            Bucket::LateOrUndatedWithoutApology => late && !apologised || undated,
            Bucket::InProgress => !closed,
            Bucket::InTime => verdict == Timeliness::Running,
            Bucket::Overdue => overdue,
            Bucket::NotOverdue => !closed && !overdue,
            Bucket::Paused => verdict == Timeliness::Paused,
            Bucket::NoPromise => verdict == Timeliness::NoPromise,
            Bucket::OnTimeBase => verdict.is_rated(),
            Bucket::OnTimeMet => verdict.is_on_time(),
            Bucket::OnTimeMissed => verdict.is_rated() && !verdict.is_on_time(),
            Bucket::LateAll => late || overdue,
            Bucket::ApologyGiven => (late || overdue) && apologised,
            Bucket::StatutoryBase => closed || by_law.is_late(),
            Bucket::StatutoryMet => by_law.is_on_time(),
            Bucket::StatutoryLate => by_law.is_late(),
            Bucket::NewDateBase => self.by_new_date.is_some_and(Timeliness::is_rated),
            Bucket::NewDateMet => self.by_new_date.is_some_and(Timeliness::is_on_time),
            Bucket::CommitmentBase => file.is_committed() && verdict.is_rated(),
            Bucket::CommitmentMet => file.is_committed() && verdict.is_on_time(),
            Bucket::HandledResults => with_result,
            Bucket::ReceivedWithResult => in_period && with_result,
            Bucket::ReceivedWithoutResult => in_period && !with_result,
            Bucket::EntirelyOnline => with_result && file.was_entirely_online(),
            Bucket::NotEntirelyOnline => with_result && !file.was_entirely_online(),
            Bucket::ElectronicResult => with_result && file.e_result,
            Bucket::FeeDue => with_result && file.fee_due,
            Bucket::FeePaidOnline => with_result && file.fee_due && file.paid_online,
            Bucket::Withdrawn => closed && file.stage == StageName::Withdrawn,
            Bucket::Stopped => closed && file.stage == StageName::Stopped,
        }
    }
}
