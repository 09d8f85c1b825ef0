//! To the desk's supervisor: something that waits at the desk was not done in its time.

use super::facts::MailFacts;
use super::wording::{Message, applicant, code, official, procedure, row, rows, unit};

/// The words of a kind of this file; `None` for another kind.
pub fn message(facts: &MailFacts) -> Option<Message> {
    (facts.kind == "task-late").then(|| task_late(facts))
}

fn task_late(facts: &MailFacts) -> Message {
    Message {
        subject: format!("Việc tại bàn quá giờ, hồ sơ {}", facts.dossier_code),
        opening: vec![
            "Việc dưới đây tại bàn tiếp nhận đã quá giờ mà chưa được ghi nhận: người nộp hồ sơ chưa nhận được tin."
                .to_owned(),
        ],
        rows: rows([code(facts), procedure(facts), applicant(facts), unit(facts), row("Việc phải làm", &facts.reason)]),
        closing: vec!["Đề nghị đồng chí cho thực hiện ngay và ghi nhận tại trang Việc tại bàn.".to_owned()],
        ..official(facts)
    }
}
