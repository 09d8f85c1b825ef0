//! The rates of the reports: of which files each is made. Reports, lists and the definitions printed
//! with them read this one table, so that a number cannot mean two things.

use super::summary::Bucket;
use super::text_enum;

text_enum! {
    /// A rate that a report shows.
    Indicator {
        /// the office's own: of what is finished, and of what should be
        OnTime = "on_time",
        /// as form II.06a lets it be counted
        OnTimeResolved = "on_time_resolved",
        /// as QĐ 766 counts it
        OnTimeReceived = "on_time_received",
        StatutoryOnTime = "statutory_on_time",
        CommitmentOnTime = "commitment_on_time",
        NewDateOnTime = "new_date_on_time",
        Early = "early",
        OnDay = "on_day",
        Late = "late",
        OnlineSubmission = "online_submission",
        FullOnline = "full_online",
        EntirelyOnline = "entirely_online",
        ElectronicResult = "electronic_result",
        OnlinePayment = "online_payment",
        Apology = "apology",
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
        Open = "open",
        WithoutNewDate = "without_new_date",
        /// of which the office promised no less time than the law
        NotCommitted = "not_committed",
        WithoutFee = "without_fee",
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

/// Open files that no promise can be held against yet.
const OPEN: [Exclusion; 3] = [Exclusion::OpenInTime, Exclusion::OpenPaused, Exclusion::OpenNoPromise];
const UNDECIDED: &[Exclusion] = &[OPEN[0], OPEN[1], OPEN[2], Exclusion::NotAccepted];
const FINISHED: &[Exclusion] = &[Exclusion::Open, Exclusion::NotAccepted];
const RESULTS: &[Exclusion] = &[Exclusion::WithoutResult, Exclusion::NotAccepted];

impl Indicator {
    /// What it counts; domain rules §5.2 R1-R3 for the online ones.
    #[must_use]
    pub const fn counts(self) -> Counts {
        let (of, total) = self.buckets();
        Counts { version: 1, of, total, exclusions: self.exclusions(), basis: self.basis() }
    }

    /// The files that have the quality, of these.
    #[must_use]
    pub const fn buckets(self) -> (Bucket, Bucket) {
        match self {
            Self::OnTime => (Bucket::OnTimeMet, Bucket::OnTimeBase),
            Self::OnTimeResolved => (Bucket::OnTimeMet, Bucket::Resolved),
            Self::OnTimeReceived => (Bucket::OnTimeMet, Bucket::Received),
            Self::StatutoryOnTime => (Bucket::StatutoryMet, Bucket::StatutoryBase),
            Self::CommitmentOnTime => (Bucket::CommitmentMet, Bucket::CommitmentBase),
            Self::NewDateOnTime => (Bucket::NewDateMet, Bucket::NewDateBase),
            Self::Early => (Bucket::Early, Bucket::Resolved),
            Self::OnDay => (Bucket::OnTime, Bucket::Resolved),
            Self::Late => (Bucket::LateOrUndated, Bucket::Resolved),
            Self::OnlineSubmission => (Bucket::ReceivedOnline, Bucket::ReceivedInPeriod),
            Self::FullOnline => (Bucket::FullOnline, Bucket::FullOnlineOffered),
            Self::EntirelyOnline => (Bucket::EntirelyOnline, Bucket::HandledResults),
            Self::ElectronicResult => (Bucket::ElectronicResult, Bucket::HandledResults),
            Self::OnlinePayment => (Bucket::FeePaidOnline, Bucket::FeeDue),
            Self::Apology => (Bucket::ApologyGiven, Bucket::LateAll),
        }
    }

    const fn exclusions(self) -> &'static [Exclusion] {
        match self {
            Self::OnTime | Self::StatutoryOnTime => UNDECIDED,
            Self::OnTimeResolved | Self::Early | Self::OnDay | Self::Late => FINISHED,
            Self::OnTimeReceived => &[Exclusion::NotAccepted],
            Self::CommitmentOnTime => &[Exclusion::NotCommitted, OPEN[0], OPEN[1], Exclusion::NotAccepted],
            Self::NewDateOnTime => &[Exclusion::WithoutNewDate, OPEN[0], OPEN[1], Exclusion::NotAccepted],
            Self::OnlineSubmission => &[Exclusion::CarriedOver, Exclusion::NotAccepted],
            Self::FullOnline => &[Exclusion::CarriedOver, Exclusion::NotFullOnline, Exclusion::NotAccepted],
            Self::EntirelyOnline | Self::ElectronicResult => RESULTS,
            Self::OnlinePayment => &[Exclusion::WithoutFee, Exclusion::WithoutResult, Exclusion::NotAccepted],
            Self::Apology => &[Exclusion::NotLate, Exclusion::NotAccepted],
        }
    }

    const fn basis(self) -> &'static str {
        match self {
            Self::OnTime => "QĐ 766/QĐ-TTg (23/6/2022), nhóm tiến độ giải quyết; NĐ 224/2026/NĐ-CP Điều 19(2)",
            Self::OnTimeResolved | Self::Early | Self::OnDay | Self::Late => {
                "Biểu II.06a/VPCP/KSTT, TT 01/2020/TT-VPCP (21/10/2020), cột (7) đến (10)"
            }
            Self::OnTimeReceived => "QĐ 766/QĐ-TTg (23/6/2022), nhóm tiến độ giải quyết: đúng hạn trên tiếp nhận",
            Self::StatutoryOnTime => "NĐ 118/2025/NĐ-CP; thời hạn tại quyết định công bố thủ tục",
            Self::CommitmentOnTime => "thời hạn cam kết rút ngắn do cơ quan công bố",
            Self::NewDateOnTime => "NĐ 118/2025/NĐ-CP Điều 19(6): hẹn lại một lần",
            Self::OnlineSubmission => {
                "QĐ 766/QĐ-TTg (23/6/2022), nhóm dịch vụ công trực tuyến; NĐ 224/2026/NĐ-CP Điều 19(2)"
            }
            Self::FullOnline => "NĐ 224/2026/NĐ-CP Điều 14, Điều 19(2)",
            Self::EntirelyOnline => "NQ 76/NQ-CP (15/7/2021); QĐ 942/QĐ-TTg (15/6/2021)",
            Self::ElectronicResult => "NĐ 118/2025/NĐ-CP Điều 22; QĐ 766/QĐ-TTg (23/6/2022), nhóm số hóa hồ sơ",
            Self::OnlinePayment => "QĐ 766/QĐ-TTg (23/6/2022), nhóm thanh toán trực tuyến",
            Self::Apology => "NĐ 118/2025/NĐ-CP Điều 19(6)",
        }
    }
}
