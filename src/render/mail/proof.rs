//! What a citizen says of a delay, to who has to hear it.

use super::facts::MailFacts;
use super::wording::{Message, applicant, code, moment, officer, official, procedure, received, row, rows, unit};

/// To the supervisor: what the delay cost, in the citizen's own words.
pub fn citizen_cost(facts: &MailFacts) -> Message {
    Message {
        subject: format!("Người dân phản ánh thiệt hại do trễ hẹn: hồ sơ {}", facts.dossier_code),
        opening: vec![
            "Người nộp hồ sơ dưới đây cho biết việc chậm trả kết quả đã gây thiệt hại. Hồ sơ thuộc đơn vị do đồng \
             chí phụ trách."
                .to_owned(),
        ],
        rows: rows([
            row("Người dân viết", &facts.reason),
            code(facts),
            procedure(facts),
            applicant(facts),
            unit(facts),
            officer(facts),
            received(facts),
            moment("Hẹn trả ban đầu", facts.due_at),
            moment("Đã hẹn lại", facts.new_due_at),
            row("Đã quá hạn", &facts.time_late),
        ]),
        closing: vec![
            "Đề nghị đồng chí đọc, xác nhận trên trang hồ sơ và trả lời người nộp; nội dung này được lưu cùng hồ sơ."
                .to_owned(),
        ],
        ..official(facts)
    }
}
