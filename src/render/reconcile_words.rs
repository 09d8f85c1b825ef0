//! What a reconciliation says, in words: Vietnamese, then English.

use super::index_words::Pair;
use crate::domain::reconcile::{Cause, Compared, Total};

#[must_use]
pub const fn cause(of: Cause) -> Pair {
    match of {
        Cause::MissingThere => ("không có trong tệp", "not in the file"),
        Cause::MissingHere => ("không có ở đây", "not here"),
        Cause::Twice => ("mã có hai lần trong tệp", "the code stands in the file again"),
        Cause::NoDateHere => ("ở đây không có ngày này", "no such date here"),
        Cause::NoDateThere => (
            "trong tệp không có ngày này; hồ sơ đã xong không có ngày hẹn được bên kia tính là đúng hạn",
            "no such date in the file; a finished file without a promise counts as on time there",
        ),
        Cause::Unreadable => ("không đọc được giá trị trong tệp", "the value in the file cannot be read"),
        Cause::TwelveHourClock => ("giờ 12 tiếng: 12:30 bị đọc thành 00:30", "twelve-hour clock: 12:30 read as 00:30"),
        Cause::UtcMidnight => {
            ("chỉ có ngày: nửa đêm giờ quốc tế hiện thành 07:00", "a day without a time: midnight UTC shown as 07:00")
        }
        Cause::SevenHours => ("lệch 7 giờ: giờ quốc tế và giờ Việt Nam", "seven hours off: UTC and Vietnam's time"),
        Cause::DayAndMonth => ("ngày và tháng đổi chỗ", "day and month exchanged"),
        Cause::OtherCivilDay => ("tính vào ngày khác, lệch không quá một ngày", "counted on another civil day"),
        Cause::NewPromise => ("bên kia dùng ngày hẹn lại", "they use the new promise"),
        Cause::FirstPromise => ("bên kia giữ ngày hẹn đầu", "they keep the first promise"),
        Cause::OtherTime => ("khác giờ trong cùng ngày", "another time of the same day"),
        Cause::OtherDate => ("khác ngày", "another date"),
        Cause::Channel => ("khác cách nộp", "another channel"),
        Cause::Status => ("khác kết quả", "another outcome"),
        Cause::Paused => ("ở đây đang tạm dừng, bên kia vẫn tính giờ", "our clock stands still, theirs runs on"),
        Cause::OtherRule => ("cùng số liệu, khác quy tắc", "the same facts, another rule"),
    }
}

#[must_use]
pub const fn compared(of: Compared) -> Pair {
    match of {
        Compared::Presence => ("hồ sơ", "file"),
        Compared::ReceivedAt => ("ngày tiếp nhận", "receipt"),
        Compared::DueAt => ("ngày hẹn trả", "promise"),
        Compared::ResolvedAt => ("ngày có kết quả", "result"),
        Compared::ReturnedAt => ("ngày trả kết quả", "hand-over"),
        Compared::Channel => ("cách nộp", "channel"),
        Compared::Status => ("kết quả", "outcome"),
    }
}

#[must_use]
pub const fn total(of: Total) -> Pair {
    match of {
        Total::ReceivedOnline => ("Tiếp nhận mới, trực tuyến", "Received online"),
        Total::ReceivedCounter => ("Tiếp nhận mới, trực tiếp", "Received at the counter"),
        Total::ReceivedPost => ("Tiếp nhận mới, bưu chính", "Received by post"),
        Total::CarriedOver => ("Từ kỳ trước chuyển qua", "Carried over"),
        Total::Early => ("Giải quyết trước hạn", "Resolved early"),
        Total::OnTime => ("Giải quyết đúng hạn", "Resolved on time"),
        Total::Late => ("Giải quyết quá hạn", "Resolved late"),
        Total::ResolvedNoDate => ("Giải quyết, không có ngày hẹn", "Resolved, nothing promised"),
        Total::OpenInTime => ("Đang giải quyết, chưa quá hạn", "In progress, not overdue"),
        Total::OpenOverdue => ("Đang giải quyết, quá hạn", "In progress, overdue"),
    }
}
