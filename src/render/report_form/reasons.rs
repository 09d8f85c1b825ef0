//! Form II.07: why files are late.

use super::{Column, Files, Place, ReportForm, day, figure};
use crate::domain::late_reason::LateReason;
use crate::domain::summary::Bucket;

/// Every form of the report on reasons, the newest first.
pub const FORMS_REASONS: &[ReportForm] = &[ReportForm {
    symbol: "II.07/VPCP/KSTT",
    title: "Nguyên nhân quá hạn trong giải quyết thủ tục hành chính",
    basis: "Biểu II.07/VPCP/KSTT, TT 01/2020/TT-VPCP (21/10/2020)",
    valid_from: day(2020, 10, 21),
    columns: &[
        Column { heading: "TT (1)", place: Place::Number },
        Column { heading: "Lĩnh vực (2)", place: Place::Name { of_units: "Đơn vị (2)" } },
        figure(
            "Quá hạn: tổng số (3)",
            "late.total",
            Bucket::OnTimeMissed,
            "hồ sơ quá hạn đã và đang giải quyết, bằng cột (10) cộng cột (13) của Biểu II.06a",
        ),
        figure(
            "Quá hạn: đã giải quyết (4)",
            "late.resolved",
            Bucket::LateOrUndated,
            "hồ sơ đã giải quyết sau giờ hẹn trả, và hồ sơ đã giải quyết không có ngày hẹn",
        ),
        figure(
            "Quá hạn: đang giải quyết (5)",
            "late.open",
            Bucket::Overdue,
            "hồ sơ đang giải quyết đã quá hẹn, dù có ngày hẹn lại",
        ),
        reason(
            "Nguyên nhân: quy định hành chính (6)",
            "reasons.rules",
            LateReason::Rules,
            "hồ sơ quá hạn mà lý do ghi sau cùng thuộc nhóm a) quy định hành chính",
        ),
        reason(
            "Nguyên nhân: cán bộ, công chức (7)",
            "reasons.officials",
            LateReason::Officials,
            "hồ sơ quá hạn mà lý do ghi sau cùng thuộc nhóm b) cán bộ, công chức",
        ),
        reason(
            "Nguyên nhân: khách quan khác (8)",
            "reasons.other",
            LateReason::Other,
            "hồ sơ quá hạn mà lý do ghi sau cùng thuộc nhóm c) khách quan khác",
        ),
        reason(
            "Chưa ghi nguyên nhân (9)",
            "reasons.not_recorded",
            LateReason::NotRecorded,
            "hồ sơ quá hạn chưa ai ghi lý do: không xếp vào nhóm nào, không bỏ",
        ),
        Column { heading: "Ghi chú (10)", place: Place::Words { key: "note" } },
    ],
}];

const fn reason(heading: &'static str, key: &'static str, group: LateReason, meaning: &'static str) -> Column {
    Column { heading, place: Place::Figure { key, files: Files::LateFor(group), meaning } }
}
