//! The sentences about dates inside the limit: completion, consultation, hand-over.

use super::facts::{MailFacts, SubDeadlineFacts};
use super::wording::{
    Message, applicant, citizen, code, contact, moment, officer, official, procedure, received, row, rows, unit,
};
use crate::render::dates::{short_moment, visit_moment};

/// The words of a kind of this file; `None` for another kind, or without the facts it speaks of.
pub fn message(facts: &MailFacts) -> Option<Message> {
    let about = facts.sub_deadline.as_ref()?;
    Some(match facts.kind.as_str() {
        "supplement-request" => supplement_request(facts, about),
        "supplement-reminder" => supplement_reminder(facts, about),
        "closed-unanswered" => closed_unanswered(facts, about),
        "completion-late" => completion_late(facts, about),
        "consultation-due" => consultation_due(facts, about),
        "consultation-late" => consultation_late(facts, about),
        "hand-over-late" => hand_over_late(facts, about),
        _ => return None,
    })
}

/// To the applicant: what is missing, by when, and what follows otherwise.
fn supplement_request(facts: &MailFacts, about: &SubDeadlineFacts) -> Message {
    let again = if about.number > 1 { about.number.to_string() } else { String::new() };
    Message {
        subject: with_limit("Cần bổ sung hồ sơ", facts, about),
        opening: vec![format!(
            "{} đã xem xét hồ sơ dưới đây và cần {} bổ sung, hoàn thiện để tiếp tục giải quyết.",
            facts.agency_name, facts.salutation
        )],
        rows: rows([
            code(facts),
            procedure(facts),
            received(facts),
            row("Lần yêu cầu", &again),
            row("Cần bổ sung", &about.asked),
            moment("Bổ sung trước", about.due_at),
        ]),
        closing: supplement_closing(facts, about),
        ..citizen(facts)
    }
}

/// To the applicant, while there is still time.
fn supplement_reminder(facts: &MailFacts, about: &SubDeadlineFacts) -> Message {
    Message {
        subject: with_limit("Nhắc bổ sung hồ sơ", facts, about),
        opening: vec![format!(
            "{} chưa nhận được phần bổ sung của hồ sơ dưới đây và xin nhắc {} về thời hạn.",
            facts.agency_name, facts.salutation
        )],
        rows: rows([
            code(facts),
            procedure(facts),
            moment("Yêu cầu bổ sung gửi lúc", Some(about.started_at)),
            row("Cần bổ sung", &about.asked),
            moment("Bổ sung trước", about.due_at),
        ]),
        closing: supplement_closing(facts, about),
        ..citizen(facts)
    }
}

fn supplement_closing(facts: &MailFacts, about: &SubDeadlineFacts) -> Vec<String> {
    let mut closing = vec!["Thời hạn giải quyết được tính lại từ đầu khi cơ quan nhận đủ hồ sơ bổ sung.".to_owned()];
    if let Some(due_at) = about.due_at.filter(|_| about.closes) {
        closing.push(format!(
            "Nếu đến {} chưa nhận được phần bổ sung, hồ sơ sẽ được đóng{}; khi đó {} có thể nộp hồ sơ mới.",
            visit_moment(due_at),
            cited(about),
            facts.salutation
        ));
    }
    closing.push(contact(facts));
    closing
}

/// To the applicant, when the request was not answered.
fn closed_unanswered(facts: &MailFacts, about: &SubDeadlineFacts) -> Message {
    Message {
        subject: format!("Đã đóng hồ sơ {} do chưa được bổ sung", facts.dossier_code),
        opening: vec![format!(
            "{} thông báo: hồ sơ dưới đây đã được đóng vì hết thời hạn mà chưa nhận được phần bổ sung đã yêu cầu{}.",
            facts.agency_name,
            cited(about)
        )],
        rows: rows([
            code(facts),
            procedure(facts),
            received(facts),
            moment("Yêu cầu bổ sung gửi lúc", Some(about.started_at)),
            row("Đã yêu cầu", &about.asked),
            moment("Hạn bổ sung", about.due_at),
        ]),
        closing: vec![
            format!(
                "{} có thể nộp lại hồ sơ bất cứ lúc nào; thời hạn của hồ sơ mới được tính từ khi tiếp nhận.",
                facts.salutation
            ),
            contact(facts),
        ],
        ..citizen(facts)
    }
}

/// To the supervisor: the officer asked for completion after the time for it.
fn completion_late(facts: &MailFacts, about: &SubDeadlineFacts) -> Message {
    Message {
        subject: format!("Yêu cầu bổ sung muộn: hồ sơ {}", facts.dossier_code),
        opening: vec![format!("Yêu cầu bổ sung hồ sơ dưới đây được gửi sau thời hạn quy định{}.", cited(about))],
        rows: rows([
            code(facts),
            procedure(facts),
            applicant(facts),
            unit(facts),
            officer(facts),
            received(facts),
            moment("Phải yêu cầu trước", about.due_at),
            moment("Đã yêu cầu lúc", about.ended_at),
        ]),
        closing: vec!["Đề nghị đồng chí nhắc công chức kiểm tra thành phần hồ sơ ngay khi tiếp nhận.".to_owned()],
        ..official(facts)
    }
}

/// To the officer who asked, one working day before the answer is due.
fn consultation_due(facts: &MailFacts, about: &SubDeadlineFacts) -> Message {
    Message {
        subject: with_limit("Sắp đến hạn trả lời ý kiến: hồ sơ", facts, about),
        opening: vec!["Ý kiến về hồ sơ dưới đây sắp đến hạn trả lời mà chưa nhận được.".to_owned()],
        rows: consultation(facts, about),
        closing: vec![
            "Đề nghị đồng chí đôn đốc cơ quan được hỏi; thời hạn giải quyết hồ sơ vẫn đang được tính.".to_owned(),
        ],
        ..official(facts)
    }
}

/// To the head of the one-stop unit and the supervisor: the consulted body is late.
fn consultation_late(facts: &MailFacts, about: &SubDeadlineFacts) -> Message {
    Message {
        subject: format!("Chậm trả lời ý kiến: hồ sơ {}", facts.dossier_code),
        opening: vec![format!(
            "Cơ quan được lấy ý kiến về hồ sơ dưới đây không trả lời đúng thời hạn đề nghị{}.",
            cited(about)
        )],
        rows: consultation(facts, about),
        closing: vec![
            "Đề nghị đồng chí làm việc với cơ quan được hỏi; thời hạn giải quyết hồ sơ vẫn đang được tính.".to_owned(),
        ],
        ..official(facts)
    }
}

fn consultation(facts: &MailFacts, about: &SubDeadlineFacts) -> Vec<super::wording::Row> {
    rows([
        code(facts),
        procedure(facts),
        applicant(facts),
        officer(facts),
        row("Cơ quan được hỏi", &about.body),
        row("Nội dung", &about.asked),
        moment("Hỏi lúc", Some(about.started_at)),
        moment("Hạn trả lời", about.due_at),
        moment("Trả lời lúc", about.ended_at),
        moment("Hẹn trả kết quả", facts.new_due_at.or(facts.due_at)),
    ])
}

/// To the supervisor of the desk: the paper did not reach the handling unit in time.
fn hand_over_late(facts: &MailFacts, about: &SubDeadlineFacts) -> Message {
    let opening = match about.ended_at {
        None => format!("Bản giấy của hồ sơ dưới đây chưa đến đơn vị xử lý, đã quá thời hạn bàn giao{}.", cited(about)),
        Some(_) => format!("Bản giấy của hồ sơ dưới đây đến đơn vị xử lý sau thời hạn bàn giao{}.", cited(about)),
    };
    Message {
        subject: format!("Bàn giao hồ sơ giấy muộn: hồ sơ {}", facts.dossier_code),
        opening: vec![opening],
        rows: rows([
            code(facts),
            procedure(facts),
            applicant(facts),
            received(facts),
            unit(facts),
            moment("Phải bàn giao trước", about.due_at),
            moment("Đã bàn giao lúc", about.ended_at),
        ]),
        closing: vec!["Đề nghị đồng chí cho bàn giao ngay và nhắc bộ phận tiếp nhận.".to_owned()],
        ..official(facts)
    }
}

/// The rule in brackets, to stand before a full stop, comma or semicolon.
fn cited(about: &SubDeadlineFacts) -> String {
    if about.basis.is_empty() { String::new() } else { format!(" ({})", about.basis) }
}

fn with_limit(words: &str, facts: &MailFacts, about: &SubDeadlineFacts) -> String {
    match about.due_at {
        Some(at) => format!("{words} {}, hạn {}", facts.dossier_code, short_moment(at)),
        None => format!("{words} {}", facts.dossier_code),
    }
}
