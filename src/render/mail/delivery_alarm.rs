//! To the operators: a way of delivery does not work.

use super::facts::MailFacts;
use super::wording::{Message, framed, moment, row, rows};

/// The way stands in `procedure_name`, since when in `received_at`, the tries in `time_late`, the last error
/// in `reason`.
pub fn delivery_alarm(facts: &MailFacts) -> Message {
    let way = &facts.procedure_name;
    Message {
        subject: format!("Không gửi được {way}: cần kiểm tra kênh gửi"),
        opening: vec![format!(
            "Hệ thống không gửi được {way}. Các thông báo và phiếu xin lỗi đi bằng kênh này đang chờ; không tin nào bị mất."
        )],
        rows: rows([
            row("Kênh gửi", way),
            moment("Không gửi được từ", Some(facts.received_at)),
            row("Số lần thử", &facts.time_late),
            row("Lỗi gần nhất", &facts.reason),
            row("Mã sự cố", &facts.dossier_code),
        ]),
        closing: vec![
            "Đề nghị đồng chí kiểm tra máy chủ và cấu hình của kênh gửi này. Cứ mỗi lượt hệ thống thử lại một tin; \
             khi có tin gửi được, sự cố tự khép lại và các tin đang chờ được gửi tiếp. Tin này chỉ gửi một lần cho \
             mỗi sự cố."
                .to_owned(),
        ],
        ..framed(facts, &format!("Kính gửi đồng chí {},", facts.recipient_name), "Mở hộp gửi đi")
    }
}
