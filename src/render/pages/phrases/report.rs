//! The names of the numbers of the report.

use super::pick;
use crate::domain::late_reason::LateReason;
use crate::domain::reception::Standing;
use crate::domain::summary::Bucket;
use crate::render::pages::ctx::Lang;

/// The name of a number of the report, over the list behind it.
#[must_use]
pub fn bucket(lang: Lang, bucket: Bucket) -> String {
    use Bucket as B;
    let (vi, en) = match bucket {
        B::Received => ("tổng tiếp nhận", "received"),
        B::ReceivedOnline => ("tiếp nhận trực tuyến", "received online"),
        B::ReceivedCounter => ("tiếp nhận trực tiếp", "received at the counter"),
        B::ReceivedPost => ("tiếp nhận qua bưu chính", "received by post"),
        B::CarriedOver => ("kỳ trước chuyển sang", "carried over"),
        B::Resolved => ("đã giải quyết", "resolved"),
        B::Early => ("giải quyết trước hạn", "resolved early"),
        B::OnTime => ("giải quyết đúng hạn", "resolved on time"),
        B::Late => ("giải quyết quá hạn", "resolved late"),
        B::LateWithApology => ("giải quyết quá hạn, đã xin lỗi", "resolved late, with apology"),
        B::LateWithoutApology => ("giải quyết quá hạn, chưa xin lỗi", "resolved late, without apology"),
        B::ResolvedNoPromise => ("đã giải quyết, không có ngày hẹn", "resolved, nothing promised"),
        B::InProgress => ("đang giải quyết", "in progress"),
        B::InTime => ("đang giải quyết, trong hạn", "in progress, in time"),
        B::Overdue => ("đang giải quyết, quá hạn", "in progress, overdue"),
        B::Paused => ("đang tạm dừng", "paused"),
        B::NoPromise => ("đang giải quyết, chưa có hẹn", "in progress, no promise"),
        B::FullOnlineOffered => ("tiếp nhận của thủ tục toàn trình", "received for full online procedures"),
        B::FullOnline => ("nộp trực tuyến của thủ tục toàn trình", "online for full online procedures"),
        B::HandledResults => ("đã có kết quả", "with a result"),
        B::EntirelyOnline => ("xử lý hoàn toàn trực tuyến", "handled entirely online"),
        B::ReceivedInPeriod => ("tiếp nhận trong kỳ", "received in the period"),
        B::ReceivedWithResult => ("tiếp nhận trong kỳ, đã có kết quả", "received in the period, with a result"),
        B::ReceivedWithoutResult => ("tiếp nhận trong kỳ, chưa có kết quả", "received in the period, without a result"),
        B::OnTimeBase => ("đã giải quyết và đang quá hạn", "resolved or overdue"),
        B::OnTimeMet => ("giải quyết trước và đúng hạn", "resolved early or on time"),
        B::LateAll => ("quá hạn, đã hoặc đang giải quyết", "late, resolved or open"),
        B::ApologyGiven => ("quá hạn, đã xin lỗi", "late, with apology"),
        B::StatutoryBase => ("đã giải quyết và đang quá hạn theo quy định", "resolved or past the statutory limit"),
        B::StatutoryMet => ("giải quyết trong hạn theo quy định", "resolved within the statutory limit"),
        B::StatutoryLate => ("quá hạn theo quy định, đã hoặc đang giải quyết", "past the statutory limit"),
        B::OnTimeMissed => ("không đúng hẹn: quá hạn hoặc không có ngày hẹn", "not on time: late or never promised"),
        B::NotEntirelyOnline => ("có kết quả, chưa hoàn toàn trực tuyến", "with a result, not entirely online"),
        B::ReceivedNotOnline => ("tiếp nhận không qua trực tuyến", "received otherwise than online"),
        B::FullOnlineMissed => ("thủ tục toàn trình, không nộp trực tuyến", "full online, not submitted online"),
        B::LateOrUndated => ("giải quyết quá hạn hoặc không có ngày hẹn", "resolved late, or nothing promised"),
        B::LateOrUndatedWithoutApology => (
            "giải quyết quá hạn hoặc không có ngày hẹn, không có phiếu xin lỗi",
            "resolved late or nothing promised, without apology",
        ),
        B::NotOverdue => ("đang giải quyết, chưa quá hẹn", "in progress, not overdue"),
        B::OnlinePartial => ("nộp trực tuyến của thủ tục một phần", "online for partly online procedures"),
        B::OnlineOther => ("nộp trực tuyến của thủ tục không trực tuyến", "online for procedures not offered online"),
        B::CrossBoundary => ("nộp phi địa giới", "filed outside the home commune"),
        B::Withdrawn => ("người nộp rút", "withdrawn"),
        B::Stopped => ("dừng giải quyết", "stopped"),
        B::ElectronicResult => ("có kết quả điện tử", "with an electronic result"),
        B::FeeDue => ("có kết quả, có nghĩa vụ tài chính", "with a result and a fee"),
        B::FeePaidOnline => ("có kết quả, đã thanh toán trực tuyến", "with a result, fee paid online"),
        B::NewDateBase => ("được hẹn lại, đã xong hoặc quá ngày hẹn lại", "given a new date, resolved or past it"),
        B::NewDateMet => ("giải quyết đúng ngày hẹn lại", "resolved by the new date"),
        B::CommitmentBase => {
            ("có cam kết rút ngắn, đã xong hoặc đang quá hạn", "with a commitment, resolved or overdue")
        }
        B::CommitmentMet => ("giải quyết đúng cam kết rút ngắn", "resolved within the commitment"),
    };
    pick(lang, vi, en)
}

/// The group of a reason, over the list of the late files that have it.
#[must_use]
pub fn late_reason(lang: Lang, reason: LateReason) -> String {
    let (vi, en) = match reason {
        LateReason::Rules => ("nguyên nhân: quy định hành chính", "reason: administrative rules"),
        LateReason::Officials => ("nguyên nhân: cán bộ, công chức", "reason: officials"),
        LateReason::Other => ("nguyên nhân: khách quan khác", "reason: other circumstances"),
        LateReason::NotRecorded => ("chưa ghi nguyên nhân", "no reason recorded"),
    };
    pick(lang, vi, en)
}

/// How an online file stood that nobody had accepted, over the list of those that stood so.
#[must_use]
pub fn waiting(lang: Lang, standing: Standing) -> String {
    let (vi, en) = match standing {
        Standing::InTime => ("chờ tiếp nhận, trong giờ", "waiting for acceptance, in time"),
        Standing::Late => ("chờ tiếp nhận, quá giờ", "waiting for acceptance, late"),
        Standing::Returned => ("chờ dân bổ sung", "sent back"),
        Standing::NotAccepted => ("không tiếp nhận trong kỳ", "declined in the period"),
    };
    pick(lang, vi, en)
}
