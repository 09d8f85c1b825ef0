//! The rates of the reports: of which files each is made. Reports, lists and the definitions printed
//! with them read this one table, so that a number cannot mean two things.

use super::summary::Bucket;
use super::text_enum;

text_enum! {
    /// A rate that a report shows.
    Indicator {
        OnTime = "on_time",
        OnlineSubmission = "online_submission",
        FullOnline = "full_online",
        EntirelyOnline = "entirely_online",
        Apology = "apology",
        StatutoryOnTime = "statutory_on_time",
    }
}

text_enum! {
    /// Files that stand in no part of a rate.
    Exclusion {
        /// open, and the date has not passed
        OpenInTime = "open_in_time",
        /// open, the clock stands still
        OpenPaused = "open_paused",
        /// open, and nobody promised a date
        OpenNoPromise = "open_no_promise",
        CarriedOver = "carried_over",
        /// of procedures that are not offered online from end to end
        NotFullOnline = "not_full_online",
        /// open, withdrawn or stopped
        WithoutResult = "without_result",
        NotLate = "not_late",
        /// online files that nobody accepted yet: no dossiers
        NotAccepted = "not_accepted",
    }
}

/// What an indicator counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    /// Raised with every change of what is counted.
    pub version: u16,
    /// The files that have the quality.
    pub of: Bucket,
    /// The files that are asked about.
    pub total: Bucket,
    pub exclusions: &'static [Exclusion],
    /// The law or plan that asks for it.
    pub basis: &'static str,
}

impl Indicator {
    /// What it counts; domain rules §5.2 R1-R3 for the online ones.
    #[must_use]
    pub const fn counts(self) -> Counts {
        let (of, total, exclusions, basis): (_, _, &'static [Exclusion], _) = match self {
            Self::OnTime => (
                Bucket::OnTimeMet,
                Bucket::OnTimeBase,
                &[Exclusion::OpenInTime, Exclusion::OpenPaused, Exclusion::OpenNoPromise, Exclusion::NotAccepted],
                "QĐ 766/QĐ-TTg (23/6/2022), nhóm tiến độ giải quyết; NĐ 224/2026/NĐ-CP Điều 19(2)",
            ),
            Self::OnlineSubmission => (
                Bucket::ReceivedOnline,
                Bucket::ReceivedInPeriod,
                &[Exclusion::CarriedOver, Exclusion::NotAccepted],
                "QĐ 766/QĐ-TTg (23/6/2022), nhóm dịch vụ công trực tuyến; NĐ 224/2026/NĐ-CP Điều 19(2)",
            ),
            Self::FullOnline => (
                Bucket::FullOnline,
                Bucket::FullOnlineOffered,
                &[Exclusion::CarriedOver, Exclusion::NotFullOnline, Exclusion::NotAccepted],
                "NĐ 224/2026/NĐ-CP Điều 14, Điều 19(2)",
            ),
            Self::EntirelyOnline => (
                Bucket::EntirelyOnline,
                Bucket::HandledResults,
                &[Exclusion::WithoutResult, Exclusion::NotAccepted],
                "NQ 76/NQ-CP (15/7/2021); QĐ 942/QĐ-TTg (15/6/2021)",
            ),
            Self::Apology => (
                Bucket::ApologyGiven,
                Bucket::LateAll,
                &[Exclusion::NotLate, Exclusion::NotAccepted],
                "NĐ 118/2025/NĐ-CP Điều 19(6)",
            ),
            Self::StatutoryOnTime => (
                Bucket::StatutoryMet,
                Bucket::StatutoryBase,
                &[Exclusion::OpenInTime, Exclusion::OpenPaused, Exclusion::OpenNoPromise, Exclusion::NotAccepted],
                "NĐ 118/2025/NĐ-CP; thời hạn tại quyết định công bố thủ tục",
            ),
        };
        Counts { version: 1, of, total, exclusions, basis }
    }

    /// The files that have the quality, of these.
    #[must_use]
    pub const fn buckets(self) -> (Bucket, Bucket) {
        let counts = self.counts();
        (counts.of, counts.total)
    }
}
