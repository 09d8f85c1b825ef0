//! The shape of 2026: the labels that forms 07a and totals of provinces ask for.

use super::{Column, Files, Place, ReportForm, day, figure};
use crate::domain::reception::Standing;
use crate::domain::summary::Bucket;

/// Every form of the report in the shape of 2026, the newest first.
pub const FORMS_07A: &[ReportForm] = &[ReportForm {
    symbol: "07a (2026)",
    title: "Số liệu tiếp nhận, giải quyết thủ tục hành chính tại Trung tâm",
    basis: "các nhãn của Biểu 07a/BTP và biểu tổng hợp cấp tỉnh năm 2026; bố cục chưa đối chiếu được với văn bản ban hành",
    valid_from: day(2026, 1, 1),
    columns: &[
        Column { heading: "TT (1)", place: Place::Number },
        Column { heading: "Lĩnh vực (2)", place: Place::Name { of_units: "Đơn vị (2)" } },
        figure("Tiếp nhận: tổng số (3)", "received.total", Bucket::Received, "(4) đến (9) cộng lại"),
        figure(
            "Từ kỳ trước (4)",
            "received.carried_over",
            Bucket::CarriedOver,
            "hồ sơ tiếp nhận trước kỳ, chưa giải quyết xong khi kỳ bắt đầu",
        ),
        figure(
            "Trực tuyến toàn trình (5)",
            "received.online_full",
            Bucket::FullOnline,
            "nộp trực tuyến trong kỳ của thủ tục cung cấp toàn trình",
        ),
        figure(
            "Trực tuyến một phần (6)",
            "received.online_partial",
            Bucket::OnlinePartial,
            "nộp trực tuyến trong kỳ của thủ tục cung cấp một phần",
        ),
        figure(
            "Trực tuyến khác (7)",
            "received.online_other",
            Bucket::OnlineOther,
            "nộp trực tuyến trong kỳ của thủ tục không cung cấp trực tuyến",
        ),
        figure("Trực tiếp (8)", "received.counter", Bucket::ReceivedCounter, "nộp trực tiếp trong kỳ"),
        figure("Bưu chính (9)", "received.post", Bucket::ReceivedPost, "nộp qua bưu chính trong kỳ"),
        figure(
            "Phi địa giới (10)",
            "received.cross_boundary",
            Bucket::CrossBoundary,
            "trong (5) đến (9): nộp tại trung tâm ngoài nơi cư trú, cán bộ tiếp nhận đánh dấu",
        ),
        figure(
            "Giải quyết: tổng số (11)",
            "resolved.total",
            Bucket::Resolved,
            "(12) + (13) + (14): có kết quả, từ chối, rút hoặc dừng trong kỳ",
        ),
        figure("Trước hạn (12)", "resolved.early", Bucket::Early, "xong trước ngày hẹn trả"),
        figure("Đúng hạn (13)", "resolved.on_time", Bucket::OnTime, "xong trong ngày hẹn trả, không muộn hơn giờ hẹn"),
        figure(
            "Quá hạn (14)",
            "resolved.late",
            Bucket::LateOrUndated,
            "(15) + (16): xong sau giờ hẹn trả, và hồ sơ đã xong không có ngày hẹn",
        ),
        figure(
            "Quá hạn có xin lỗi (15)",
            "resolved.late_with_apology",
            Bucket::LateWithApology,
            "xong quá hạn, đã phát hành phiếu xin lỗi",
        ),
        figure(
            "Quá hạn không xin lỗi (16)",
            "resolved.late_without_apology",
            Bucket::LateOrUndatedWithoutApology,
            "xong quá hạn chưa có phiếu xin lỗi, và hồ sơ đã xong không có ngày hẹn",
        ),
        figure("Đang giải quyết (17)", "in_progress.total", Bucket::InProgress, "(18) + (19); (3) = (11) + (17)"),
        figure(
            "Đang, trong hạn (18)",
            "in_progress.in_time",
            Bucket::NotOverdue,
            "chưa quá hẹn, kể cả tạm dừng và chưa có ngày hẹn",
        ),
        figure("Đang, quá hạn (19)", "in_progress.overdue", Bucket::Overdue, "đã quá hẹn, dù có ngày hẹn lại"),
        waiting(
            "Chờ tiếp nhận, trong giờ (20)",
            "waiting_for_reception.in_time",
            Standing::InTime,
            "hồ sơ trực tuyến chờ tiếp nhận chưa quá 8 giờ làm việc; không có trong (3)",
        ),
        waiting(
            "Chờ tiếp nhận, quá giờ (21)",
            "waiting_for_reception.late",
            Standing::Late,
            "hồ sơ trực tuyến chờ tiếp nhận quá 8 giờ làm việc; không có trong (3)",
        ),
        waiting(
            "Không tiếp nhận (22)",
            "waiting_for_reception.not_accepted",
            Standing::NotAccepted,
            "hồ sơ trực tuyến bị từ chối tiếp nhận trong kỳ; không có trong (3)",
        ),
        figure("Dừng giải quyết (23)", "resolved.stopped", Bucket::Stopped, "dừng trong kỳ; nằm trong (11)"),
        figure("Rút hồ sơ (24)", "resolved.withdrawn", Bucket::Withdrawn, "người nộp rút trong kỳ; nằm trong (11)"),
        figure(
            "Phải thanh toán (25)",
            "payments.total",
            Bucket::FeeDue,
            "hồ sơ có kết quả trong kỳ có nghĩa vụ tài chính",
        ),
        figure(
            "Thanh toán trực tuyến (26)",
            "payments.online",
            Bucket::FeePaidOnline,
            "trong (25), đã thanh toán trực tuyến",
        ),
        unknown(
            "Thanh toán tại quầy (27)",
            "payments.counter",
            "hệ thống chỉ ghi thanh toán trực tuyến: in “–”, không phải 0",
        ),
    ],
}];

const fn waiting(heading: &'static str, key: &'static str, standing: Standing, meaning: &'static str) -> Column {
    Column { heading, place: Place::Figure { key, files: Files::Waiting(standing), meaning } }
}

/// A column of which no record holds the figure.
const fn unknown(heading: &'static str, key: &'static str, meaning: &'static str) -> Column {
    Column { heading, place: Place::Figure { key, files: Files::Unknown, meaning } }
}
