//! To the applicant: the receipt, the apology, a date that moved.

use super::{Message, cited, citizen, code, contact, moment, procedure, received, row, rows, trouble};
use crate::render::dates::{short_moment, visit_moment};
use crate::render::mail::facts::MailFacts;

/// To the applicant, the letter of apology attached.
pub fn apology(facts: &MailFacts) -> Message {
    let you = &facts.salutation;
    let mut closing = vec![promise_ahead(facts)];
    if let Some(file) = &facts.attachment {
        closing.push(format!("Phiếu xin lỗi được gửi kèm thư này (tệp {file})."));
    }
    closing.push(contact(facts));
    closing.push(format!("Rất mong nhận được sự thông cảm của {you}."));
    Message {
        subject: match facts.new_due_at {
            Some(_) => format!("Xin lỗi và hẹn lại ngày trả kết quả hồ sơ {}", facts.dossier_code),
            None => format!("Xin lỗi vì chậm trả kết quả hồ sơ {}", facts.dossier_code),
        },
        opening: vec![format!(
            "{} chân thành xin lỗi {you} vì chưa thể trả kết quả giải quyết hồ sơ dưới đây đúng \
             thời hạn đã hẹn. {}",
            facts.agency_name,
            trouble(facts)
        )],
        rows: rows([
            code(facts),
            procedure(facts),
            received(facts),
            moment("Đã hẹn trả kết quả", facts.due_at),
            row("Lý do chậm", &facts.reason),
            moment("Hẹn lại", facts.new_due_at),
        ]),
        closing,
        ..citizen(facts)
    }
}

/// To the applicant, when a change of the calendar moved the date.
pub fn redated(facts: &MailFacts) -> Message {
    Message {
        subject: with_new_moment("Dời ngày hẹn trả kết quả hồ sơ", facts),
        opening: vec![format!(
            "{} xin thông báo: lịch làm việc thay đổi nên ngày hẹn trả kết quả của hồ sơ dưới đây dời theo{}.",
            facts.agency_name,
            cited(facts)
        )],
        rows: rows([
            code(facts),
            procedure(facts),
            received(facts),
            moment("Đã hẹn trả kết quả", facts.due_at),
            moment("Ngày hẹn mới", facts.new_due_at),
            row("Lý do", &facts.reason),
        ]),
        closing: vec![
            promise_ahead(facts),
            "Đây không phải là hẹn lại do chậm trễ: số ngày làm việc để giải quyết hồ sơ không thay đổi.".to_owned(),
            contact(facts),
        ],
        ..citizen(facts)
    }
}

/// To the applicant, when the dossier is received.
pub fn receipt(facts: &MailFacts) -> Message {
    let mut closing = Vec::new();
    if facts.due_at.is_none() {
        closing.push(
            "Thủ tục này chưa có thời hạn giải quyết được công bố; ngày trả kết quả sẽ được thông \
             báo sau."
                .to_owned(),
        );
    } else if facts.provisional {
        closing.push(provisional().to_owned());
    }
    closing.push(contact(facts));
    Message {
        subject: format!("Đã tiếp nhận hồ sơ {}", facts.dossier_code),
        opening: vec![format!("{} đã tiếp nhận hồ sơ của {}.", facts.agency_name, facts.salutation)],
        rows: rows([
            code(facts),
            procedure(facts),
            row("Người nộp hồ sơ", &facts.applicant_name),
            received(facts),
            moment("Hẹn trả kết quả", facts.due_at),
        ]),
        closing,
        ..citizen(facts)
    }
}

fn promise_ahead(facts: &MailFacts) -> String {
    let you = &facts.salutation;
    match facts.new_due_at {
        Some(at) if facts.provisional => {
            format!("{you} vui lòng nhận kết quả vào {}. {}", visit_moment(at), provisional())
        }
        Some(at) => format!("{you} vui lòng nhận kết quả vào {}.", visit_moment(at)),
        None => format!("{you} sẽ được thông báo ngay khi có kết quả."),
    }
}

fn provisional() -> &'static str {
    "Ngày hẹn được tính khi lịch nghỉ lễ, Tết của năm đó chưa được công bố và có thể thay đổi; nếu \
     thay đổi, chúng tôi sẽ thông báo ngay."
}

fn with_new_moment(words: &str, facts: &MailFacts) -> String {
    match facts.new_due_at {
        Some(at) => format!("{words} {} sang {}", facts.dossier_code, short_moment(at)),
        None => format!("{words} {}", facts.dossier_code),
    }
}
