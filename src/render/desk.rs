//! Why the desk has something to do, in words.

use super::plain::{one_line, shortened};
use crate::domain::notice::NoticeKind;

/// Why a citizen is told by the desk: no way leads to them, or `way` did, and this came back.
#[must_use]
pub fn tray_reason(failed: &str) -> String {
    if failed.is_empty() {
        "Người nộp không có địa chỉ thư điện tử hoặc số di động nhận tin.".to_owned()
    } else {
        format!("Thư hoặc tin gửi đi không đến nơi: {}", shortened(&one_line(failed), 300))
    }
}

/// Why a contact has to be put right, as the citizen says on their page.
#[must_use]
pub fn contact_reason(said: &str) -> String {
    let said = shortened(&one_line(said), 300);
    if said.is_empty() {
        "Người nộp báo thông tin liên hệ không đúng.".to_owned()
    } else {
        format!("Người nộp báo thông tin liên hệ không đúng: {said}")
    }
}

/// What the desk is late with, in one line.
#[must_use]
pub fn late_task_text(kind: &str, reason: &str) -> String {
    let what = match kind {
        "phone" => "Gọi điện báo cho người nộp",
        "print" => "In và giao hoặc gửi giấy tờ cho người nộp",
        _ => "Tìm lại cách liên hệ với người nộp",
    };
    format!("{what}. {}", one_line(reason))
}

/// The words to say on the telephone, from the sentences of a mail: without greeting and addresses.
#[must_use]
pub fn to_read_out(kind: NoticeKind, text: &str) -> String {
    let said = text
        .lines()
        .filter(|line| !line.starts_with("Kính gửi") && !line.contains("://") && !line.starts_with("Thư này do"))
        .filter(|line| kind == NoticeKind::Receipt || !line.starts_with("Phiếu xin lỗi được gửi kèm"))
        .collect::<Vec<_>>()
        .join("\n");
    let mut text = String::with_capacity(said.len());
    for line in said.lines() {
        // Greetings left gaps behind.
        if !(line.is_empty() && (text.is_empty() || text.ends_with("\n\n"))) {
            text.push_str(line);
            text.push('\n');
        }
    }
    text.trim_end().to_owned()
}
