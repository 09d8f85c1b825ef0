//! The rates of the reports on pages: their names, and in short how they are counted.

use super::ctx::Ctx;

/// The rates of the report, in its order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RateKind {
    OnTime,
    OnlineSubmission,
    FullOnline,
    #[default]
    EntirelyOnline,
    Apology,
    OnTimeResolved,
    OnTimeReceived,
    CommitmentOnTime,
    NewDateOnTime,
    Early,
    OnDay,
    Late,
    ElectronicResult,
    OnlinePayment,
}

impl RateKind {
    #[must_use]
    pub fn word<'a>(&self, c: &'a Ctx) -> &'a str {
        match self {
            Self::OnTime => c.t("Đúng hẹn", "On time"),
            Self::OnlineSubmission => c.t("Nộp trực tuyến", "Submitted online"),
            Self::FullOnline => c.t("Trực tuyến toàn trình", "Full online service"),
            Self::EntirelyOnline => c.t("Xử lý hoàn toàn trực tuyến", "Handled entirely online"),
            Self::Apology => c.t("Trễ hẹn có xin lỗi", "Late with apology"),
            Self::OnTimeResolved => c.t("Đúng hẹn, trên đã giải quyết", "On time, of all resolved"),
            Self::OnTimeReceived => c.t("Đúng hẹn, trên tiếp nhận", "On time, of all received"),
            Self::CommitmentOnTime => c.t("Đúng cam kết rút ngắn", "Within the commitment"),
            Self::NewDateOnTime => c.t("Đúng ngày hẹn lại", "By the new date"),
            Self::Early => c.t("Trước hạn", "Early"),
            Self::OnDay => c.t("Đúng ngày hẹn", "On the day"),
            Self::Late => c.t("Quá hạn", "Late"),
            Self::ElectronicResult => c.t("Kết quả được số hóa", "Electronic results"),
            Self::OnlinePayment => c.t("Thanh toán trực tuyến", "Paid online"),
        }
    }

    /// How the rate is counted; printed under it.
    #[must_use]
    pub fn definition<'a>(&self, c: &'a Ctx) -> &'a str {
        match self {
            Self::OnTime => c.t(
                "Giải quyết trước và đúng hạn trên tổng đã giải quyết cộng hồ sơ đang quá hạn; xét theo ngày hẹn ban đầu.",
                "Resolved early or on time, of all resolved plus open overdue; judged on the original promise.",
            ),
            Self::OnlineSubmission => c.t(
                "Hồ sơ nộp trực tuyến trên tổng hồ sơ tiếp nhận trong kỳ (trực tuyến, trực tiếp, bưu chính).",
                "Submitted online, of all received in the period (online, counter, post).",
            ),
            Self::FullOnline => c.t(
                "Hồ sơ nộp trực tuyến của thủ tục toàn trình trên mọi hồ sơ của các thủ tục đó.",
                "Submitted online for full online procedures, of all dossiers of those procedures.",
            ),
            Self::EntirelyOnline => c.t(
                "Nộp trực tuyến, không nộp giấy, không phải đến, phí nộp trực tuyến và có kết quả điện tử, trên tổng hồ sơ đã có kết quả.",
                "Submitted online, no paper, no visit, fee paid online and an electronic result, of all with a result.",
            ),
            Self::Apology => c.t(
                "Hồ sơ quá hạn, đã hoặc đang giải quyết, có phiếu xin lỗi trên tổng hồ sơ quá hạn.",
                "Late dossiers, resolved or open, with a letter of apology, of all late ones.",
            ),
            Self::OnTimeResolved => c.t(
                "Như Biểu II.06a: trước và đúng hạn trên đã giải quyết; hồ sơ đang quá hạn không nằm trong mẫu số.",
                "As form II.06a: early or on time, of all resolved; open overdue dossiers are not in the base.",
            ),
            Self::OnTimeReceived => c.t(
                "Như QĐ 766: trước và đúng hạn trên mọi hồ sơ tiếp nhận, kể cả kỳ trước chuyển qua.",
                "As QĐ 766: early or on time, of all received, those carried over included.",
            ),
            Self::CommitmentOnTime => c.t(
                "Chỉ hồ sơ mà cơ quan cam kết ngắn hơn thời hạn luật định.",
                "Only dossiers with a commitment shorter than the limit of the law.",
            ),
            Self::NewDateOnTime => c.t(
                "Chỉ hồ sơ được hẹn lại khi xin lỗi; vẫn là quá hạn theo ngày hẹn đầu.",
                "Only dossiers whose apology gave a new date; they stay late by the first promise.",
            ),
            Self::Early | Self::OnDay => c.t("Trên mọi hồ sơ đã giải quyết.", "Of all resolved."),
            Self::Late => c.t(
                "Trên mọi hồ sơ đã giải quyết; kể cả hồ sơ không có ngày hẹn.",
                "Of all resolved; those that were never promised a date included.",
            ),
            Self::ElectronicResult => c.t("Trên mọi hồ sơ đã có kết quả.", "Of all with a result."),
            Self::OnlinePayment => {
                c.t("Trên hồ sơ có kết quả phải nộp phí, lệ phí.", "Of those with a result and a fee.")
            }
        }
    }
}
