//! What is wrong with a file that was to be read.

use crate::domain::problem::{CalendarFileProblem, FileProblem};

use super::{Language, pick};

pub(super) const fn file_text(problem: &FileProblem, language: Language) -> &'static str {
    let (vi, en) = match problem {
        FileProblem::Empty => (
            "Tệp trống, không có dòng tiêu đề: hãy chọn đúng tệp.",
            "The file is empty, without a header: choose the right one.",
        ),
        FileProblem::NotUtf8 => (
            "Không phải bảng mã UTF-8: trong Excel hãy lưu dạng “CSV UTF-8 (Comma delimited)” hoặc .xlsx rồi nạp lại.",
            "Not UTF-8: in Excel save it as “CSV UTF-8 (Comma delimited)” or .xlsx and import again.",
        ),
        FileProblem::Utf16 => (
            "Tệp dùng bảng mã UTF-16 (“Unicode Text”): hãy lưu dạng “CSV UTF-8” hoặc .xlsx rồi nạp lại.",
            "The file is UTF-16 (“Unicode Text”): save it as “CSV UTF-8” or .xlsx and import again.",
        ),
        FileProblem::OldSpreadsheet => (
            "Tệp Excel 97–2003 (.xls) hoặc có mật khẩu: hãy mở và lưu lại dạng .xlsx không mật khẩu rồi nạp lại.",
            "An Excel 97–2003 file (.xls) or one with a password: save it as plain .xlsx and import again.",
        ),
        FileProblem::OpenQuote => (
            "Có dấu ngoặc kép mở mà không đóng: hãy xóa hoặc đóng dấu đó.",
            "A quotation mark is never closed: remove or close it.",
        ),
        FileProblem::TooManyValues => (
            "Nhiều giá trị hơn số cột: hãy đặt giá trị có dấu phân cách trong ngoặc kép.",
            "More values than columns: quote the value that holds the separator.",
        ),
        FileProblem::LineTooLong => (
            "Dòng dài quá mức: hãy kiểm tra tệp có đúng là CSV không.",
            "The line is far too long: is this a CSV file?",
        ),
        FileProblem::SiblingWrong => (
            "Một dòng khác cùng mã này bị sai nên cả thủ tục được giữ nguyên: hãy sửa dòng đó trước.",
            "Another row of this code is wrong, so the procedure stays as it is: mend that row first.",
        ),
        FileProblem::UnknownField => (
            "Không có trường nhận này: xem danh sách trường trong tài liệu nạp hồ sơ.",
            "No such field: see the list of import fields in the documentation.",
        ),
        FileProblem::FieldTwice => (
            "Trường này có cả cột và hằng số: hãy giữ một trong hai.",
            "The field has both a column and a constant: keep one.",
        ),
        FileProblem::UnknownZone => (
            "Không có múi giờ này: hãy ghi như Asia/Ho_Chi_Minh.",
            "No such time zone: write it like Asia/Ho_Chi_Minh.",
        ),
        FileProblem::NotADateFormat => (
            "Không phải định dạng ngày: hãy ghi như %d/%m/%Y %H:%M, hoặc rfc3339.",
            "Not a date format: write it like %d/%m/%Y %H:%M, or rfc3339.",
        ),
        FileProblem::Calendar(problem) => return calendar_text(*problem, language),
    };
    pick(language, vi, en)
}

const fn calendar_text(problem: CalendarFileProblem, language: Language) -> &'static str {
    let (vi, en) = match problem {
        CalendarFileProblem::TooLarge => (
            "Tệp lịch lớn hơn 1 MB: hãy xuất riêng các ngày nghỉ của từng năm.",
            "A calendar file of more than 1 MB: export the days off of each year alone.",
        ),
        CalendarFileProblem::Unreadable => (
            "Không đọc được tệp iCalendar (.ics): hãy xuất lại từ chương trình lịch, hoặc dùng CSV.",
            "The iCalendar file (.ics) is unreadable: export it again, or use CSV.",
        ),
        CalendarFileProblem::Empty => (
            "Tệp iCalendar không có sự kiện nào: hãy chọn đúng tệp.",
            "The iCalendar file has no event: choose the right one.",
        ),
        CalendarFileProblem::Repeating => (
            "Sự kiện lặp lại (RRULE) không nhận được vì ngày nghỉ mỗi năm một khác: hãy ghi từng ngày.",
            "A repeating event (RRULE) cannot be taken, since days off differ each year: give each day.",
        ),
        CalendarFileProblem::NotAWholeDay => (
            "Phải là sự kiện cả ngày, ghi như DTSTART;VALUE=DATE:20261124.",
            "It must be an event of a whole day, like DTSTART;VALUE=DATE:20261124.",
        ),
    };
    pick(language, vi, en)
}

/// A fact that another value was given for, against the one that is kept.
pub(super) fn cannot_change(kept: &str, language: Language) -> String {
    match (language, kept) {
        (Language::Vietnamese, "") => {
            "Hồ sơ đã ghi là không có giá trị này và không sửa được qua nạp tệp: hãy ghi bằng một bước mới.".to_owned()
        }
        (Language::Vietnamese, kept) => {
            format!("Đã ghi là {kept} và không sửa được qua nạp tệp: hãy kiểm tra lại nguồn.")
        }
        (Language::English, "") => {
            "It is recorded as absent, which an import cannot change: record a new step instead.".to_owned()
        }
        (Language::English, kept) => format!("Recorded as {kept}, which an import cannot change: check the source."),
    }
}
