//! The index of serving people and enterprises (QĐ 766/QĐ-TTg): six groups of parts, a hundred points, and
//! what each part is worth for what was counted. A part that our records cannot tell has no points, neither
//! none nor all.

use super::rates::{Percent, Rate};
use super::summary::Bucket;
use super::text_enum;

text_enum! {
    IndexGroup {
        Publicity = "publicity",
        Progress = "progress",
        Online = "online",
        Payment = "payment",
        Satisfaction = "satisfaction",
        Digitised = "digitised",
    }
}

text_enum! {
    IndexPart {
        PublishedOnTime = "published_on_time",
        UpdatedOnTime = "updated_on_time",
        ContentComplete = "content_complete",
        Synchronised = "synchronised",
        OnTime = "on_time",
        OfferedOnline = "offered_online",
        OnlineWithFiles = "online_with_files",
        OnlineFiles = "online_files",
        PaymentOffered = "payment_offered",
        PaymentProcedures = "payment_procedures",
        PaidOnline = "paid_online",
        FeedbackOnTime = "feedback_on_time",
        FeedbackSatisfaction = "feedback_satisfaction",
        HandlingSatisfaction = "handling_satisfaction",
        ElectronicResults = "electronic_results",
        DigitisedComponents = "digitised_components",
        Reuse = "reuse",
        PersonalStore = "personal_store",
        PopulationData = "population_data",
        Connected = "connected",
        CertifiedCopies = "certified_copies",
    }
}

/// What a part is counted from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// Files of the summary: those that have the quality, of these.
    Files(Bucket, Bucket),
    /// Procedures offered online, of all.
    OfferedProcedures,
    /// Procedures offered online that had online files, of those offered.
    UsedProcedures,
    /// Our records do not tell.
    Nothing,
}

/// Hundredths of a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Score(pub u64);

impl std::fmt::Display for Score {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{:02}", self.0 / 100, self.0 % 100)
    }
}

impl IndexPart {
    #[must_use]
    pub const fn group(self) -> IndexGroup {
        match self {
            Self::PublishedOnTime | Self::UpdatedOnTime | Self::ContentComplete | Self::Synchronised => {
                IndexGroup::Publicity
            }
            Self::OnTime => IndexGroup::Progress,
            Self::OfferedOnline | Self::OnlineWithFiles | Self::OnlineFiles => IndexGroup::Online,
            Self::PaymentOffered | Self::PaymentProcedures | Self::PaidOnline => IndexGroup::Payment,
            Self::FeedbackOnTime | Self::FeedbackSatisfaction | Self::HandlingSatisfaction => IndexGroup::Satisfaction,
            Self::ElectronicResults
            | Self::DigitisedComponents
            | Self::Reuse
            | Self::PersonalStore
            | Self::PopulationData
            | Self::Connected
            | Self::CertifiedCopies => IndexGroup::Digitised,
        }
    }

    /// The most points it gives (domain rules §5.3).
    #[must_use]
    pub const fn most(self) -> Score {
        Score(match self {
            Self::OnTime => 20_00,
            Self::PublishedOnTime
            | Self::Synchronised
            | Self::OnlineFiles
            | Self::PaidOnline
            | Self::FeedbackOnTime
            | Self::FeedbackSatisfaction
            | Self::HandlingSatisfaction
            | Self::ElectronicResults => 6_00,
            Self::UpdatedOnTime | Self::OnlineWithFiles | Self::DigitisedComponents | Self::PersonalStore => 4_00,
            Self::ContentComplete
            | Self::OfferedOnline
            | Self::PaymentOffered
            | Self::PaymentProcedures
            | Self::Reuse
            | Self::PopulationData
            | Self::Connected
            | Self::CertifiedCopies => 2_00,
        })
    }

    /// From which share on it gives them all.
    #[must_use]
    pub const fn full_at(self) -> Percent {
        Percent::from_hundredths(match self {
            Self::OfferedOnline | Self::Reuse => 80_00,
            Self::OnlineFiles => 50_00,
            Self::HandlingSatisfaction => 90_00,
            Self::PublishedOnTime
            | Self::UpdatedOnTime
            | Self::ContentComplete
            | Self::Synchronised
            | Self::OnTime
            | Self::OnlineWithFiles
            | Self::PaymentOffered
            | Self::PaymentProcedures
            | Self::PaidOnline
            | Self::FeedbackOnTime
            | Self::FeedbackSatisfaction
            | Self::ElectronicResults
            | Self::DigitisedComponents
            | Self::PersonalStore
            | Self::PopulationData
            | Self::Connected
            | Self::CertifiedCopies => 10_000,
        })
    }

    #[must_use]
    pub const fn source(self) -> Source {
        match self {
            Self::OnTime => Source::Files(Bucket::OnTimeMet, Bucket::Received),
            Self::OfferedOnline => Source::OfferedProcedures,
            Self::OnlineWithFiles => Source::UsedProcedures,
            Self::OnlineFiles => Source::Files(Bucket::ReceivedOnline, Bucket::ReceivedInPeriod),
            Self::PaidOnline => Source::Files(Bucket::FeePaidOnline, Bucket::FeeDue),
            Self::ElectronicResults => Source::Files(Bucket::ElectronicResult, Bucket::HandledResults),
            Self::PublishedOnTime
            | Self::UpdatedOnTime
            | Self::ContentComplete
            | Self::Synchronised
            | Self::PaymentOffered
            | Self::PaymentProcedures
            | Self::FeedbackOnTime
            | Self::FeedbackSatisfaction
            | Self::HandlingSatisfaction
            | Self::DigitisedComponents
            | Self::Reuse
            | Self::PersonalStore
            | Self::PopulationData
            | Self::Connected
            | Self::CertifiedCopies => Source::Nothing,
        }
    }

    /// Its points for a rate, rounded down; `None` where nothing was counted.
    ///
    /// ```
    /// use dunghen::domain::index_766::IndexPart;
    /// use dunghen::domain::rates::Rate;
    /// let points = |part: IndexPart, of, total| part.points(Rate { of, total }).map(|points| points.to_string());
    /// assert_eq!(points(IndexPart::OnTime, 2, 3).as_deref(), Some("13.33"));
    /// assert_eq!(points(IndexPart::OnlineFiles, 1, 4).as_deref(), Some("3.00"), "half of the 50 % that give all");
    /// assert_eq!(points(IndexPart::OnlineFiles, 3, 4).as_deref(), Some("6.00"));
    /// assert_eq!(points(IndexPart::OnTime, 0, 0), None);
    /// ```
    #[must_use]
    pub fn points(self, rate: Rate) -> Option<Score> {
        let most = self.most().0;
        let wanted = u128::from(rate.total) * u128::from(self.full_at().hundredths());
        let points = (u128::from(most) * u128::from(rate.of) * 10_000).checked_div(wanted)?;
        Some(Score(u64::try_from(points).unwrap_or(most).min(most)))
    }
}

#[cfg(test)]
mod tests {
    use super::{IndexGroup, IndexPart, Source};
    use crate::domain::rates::Rate;

    #[test]
    fn the_groups_have_the_points_of_the_decision_and_a_hundred_together() {
        let of = |group| IndexPart::ALL.iter().filter(|part| part.group() == group).map(|part| part.most().0).sum();
        let groups: Vec<u64> = IndexGroup::ALL.iter().copied().map(of).collect();
        assert_eq!(groups, [18_00, 20_00, 12_00, 10_00, 18_00, 22_00]);
        assert_eq!(groups.iter().sum::<u64>(), 10_000);
        let told = IndexPart::ALL.iter().filter(|part| part.source() != Source::Nothing);
        assert_eq!(told.map(|part| part.most().0).sum::<u64>(), 44_00, "what our records can tell at most");
    }

    #[test]
    fn points_never_round_up_pass_the_most_or_fall_when_more_is_met() {
        for part in IndexPart::ALL {
            for total in [1, 3, 7, 9_999, 1_000_003] {
                let mut before = 0;
                for of in (0..=total).step_by(usize::try_from(total / 50 + 1).unwrap()).chain([total - 1, total]) {
                    let points = part.points(Rate { of, total }).unwrap().0;
                    assert!(points >= before || of == total - 1, "{part} {of}/{total}");
                    let exact = u128::from(points) * u128::from(total) * u128::from(part.full_at().hundredths());
                    assert!(exact <= u128::from(part.most().0) * u128::from(of) * 10_000, "{part} {of}/{total}");
                    before = points;
                }
                assert_eq!(before, part.most().0);
                if part.full_at().hundredths() == 10_000 && total > 1 {
                    assert!(part.points(Rate { of: total - 1, total }).unwrap() < part.most(), "all only for all");
                }
            }
        }
    }
}
