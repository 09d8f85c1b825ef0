//! Short Vietnamese phrases for facts: time left, time late, where a dossier stands.

use chrono::NaiveDateTime;

use crate::domain::working_time::WorkingTime;

use super::dates::{short_date, short_moment, visit_moment};

/// "2 ngày 3 giờ làm việc"; empty when no time is left.
#[must_use]
pub fn working_time_text(left: WorkingTime) -> String {
    let parts: Vec<String> = [(left.days, "ngày"), (left.hours, "giờ"), (left.minutes, "phút")]
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .take(2)
        .map(|(count, unit)| format!("{count} {unit}"))
        .collect();
    if parts.is_empty() { String::new() } else { format!("{} làm việc", parts.join(" ")) }
}

/// "3 ngày làm việc"; lateness within the due day itself is said so.
#[must_use]
pub fn time_late_text(working_days: u32) -> String {
    match working_days {
        0 => "chưa đến 1 ngày làm việc".to_owned(),
        days => format!("{days} ngày làm việc"),
    }
}

/// The reason of a letter that the system raises: where the file stands, since when. A fact of the
/// file, since a sentence that fits every file explains none.
#[must_use]
pub fn where_it_stands(unit: &str, since: NaiveDateTime) -> String {
    let unit = if unit.is_empty() { "cơ quan" } else { unit };
    format!(
        "Hồ sơ do {unit} xử lý từ ngày {}, đến hết thời hạn trên giấy hẹn vẫn chưa có kết quả.",
        short_date(since.date())
    )
}

/// Why a file was closed: what was asked for did not come in time.
#[must_use]
pub fn unanswered_request(asked_at: NaiveDateTime, due_at: NaiveDateTime, basis: &str) -> String {
    format!(
        "Đã yêu cầu bổ sung ngày {}; đến hết {} chưa nhận được ({basis}).",
        short_date(asked_at.date()),
        short_moment(due_at)
    )
}

/// A line of history.
#[must_use]
pub fn received_text() -> String {
    "Tiếp nhận hồ sơ".to_owned()
}

/// A line of history.
#[must_use]
pub fn letter_sent_text(number: &str, new_due_at: Option<NaiveDateTime>) -> String {
    match new_due_at {
        Some(at) => format!("Gửi phiếu xin lỗi số {number}, hẹn lại {}", visit_moment(at)),
        None => format!("Gửi phiếu xin lỗi số {number}"),
    }
}

/// Where the demonstration's letters go.
pub const LETTERS_STAY: &str = "Không thư nào rời khỏi máy này: xem tại trang \"Hộp thư mẫu\" (/thu-mau).";

/// Where letters go when no mail server is set up.
#[must_use]
pub fn letters_to_folder(folder: &str) -> String {
    format!("Thư được ghi thành tệp .eml trong thư mục {folder}/ (mail.transport = \"folder\").")
}

/// Where letters go through a mail server.
#[must_use]
pub fn letters_to_server(host: &str) -> String {
    format!("Thư được gửi qua máy chủ {host}.")
}

/// What the service says once it listens: where it is, who can sign in (user name, role, password),
/// and where letters go.
#[must_use]
pub fn welcome(address: &str, accounts: &[(String, String, String)], letters: &str) -> String {
    let mut lines = vec![format!("Đúng Hẹn đang chạy tại {address}")];
    if !accounts.is_empty() {
        lines.push("Tài khoản dùng thử:".to_owned());
        lines.extend(accounts.iter().map(|(name, role, password)| format!("  {name:<16} {password:<14} {role}")));
    }
    lines.push(letters.to_owned());
    lines.push("Dừng: Ctrl+C".to_owned());
    lines.join("\n")
}
