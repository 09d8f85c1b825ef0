//! To those who handle a dossier and those above them, and to the keepers of the calendar.

use super::{
    Message, applicant, cited, code, framed, moment, officer, official, procedure, received, row, rows, unit,
    whose_dossier, with_moment,
};
use crate::domain::notice::Audience;
use crate::render::dates::short_moment;
use crate::render::mail::facts::MailFacts;

/// To the officer (or supervisor) while the promise can still be kept.
pub fn due_soon(facts: &MailFacts) -> Message {
    let promise = facts.new_due_at.or(facts.due_at);
    Message {
        subject: with_moment("Sắp đến hạn: hồ sơ", facts, promise),
        opening: vec![format!("{} sắp đến hạn trả kết quả.", whose_dossier(facts))],
        rows: rows([
            code(facts),
            procedure(facts),
            applicant(facts),
            unit(facts),
            officer(facts),
            received(facts),
            moment("Hẹn trả kết quả", promise),
            row("Thời gian còn lại", &facts.time_left),
        ]),
        closing: vec![match facts.new_due_at {
            None => format!(
                "Nếu dự kiến không kịp hạn, đề nghị ghi lý do chậm vào hồ sơ trước thời điểm hẹn \
                 để phiếu xin lỗi và hẹn lại kịp gửi đến người nộp hồ sơ{}.",
                cited(facts)
            ),
            Some(_) => format!("Hồ sơ này đã được hẹn lại một lần và không được hẹn lại thêm lần nữa{}.", cited(facts)),
        }],
        ..official(facts)
    }
}

/// To the officer and, in other words, to the supervisor, once the promise is broken.
pub fn overdue(facts: &MailFacts) -> Message {
    let closing = match facts.audience {
        Audience::Officer | Audience::Desk | Audience::Applicant => {
            "Đề nghị đồng chí giải quyết ngay và ghi rõ lý do chậm vào hồ sơ."
        }
        Audience::Supervisor | Audience::Manager | Audience::Admin => {
            "Đề nghị đồng chí đôn đốc việc giải quyết và cho biết lý do chậm."
        }
    };
    Message {
        subject: with_moment("Quá hạn: hồ sơ", facts, facts.due_at),
        opening: vec![format!("{} đã quá hạn trả kết quả.", whose_dossier(facts))],
        rows: rows([
            code(facts),
            procedure(facts),
            applicant(facts),
            unit(facts),
            officer(facts),
            received(facts),
            moment("Hẹn trả kết quả", facts.due_at),
            moment("Hẹn lại", facts.new_due_at),
            row("Đã quá hạn", &facts.time_late),
            row("Lý do đã ghi", &facts.reason),
        ]),
        closing: vec![closing.to_owned()],
        ..official(facts)
    }
}

/// To the manager, when the one new promise the law allows is broken as well.
pub fn escalation(facts: &MailFacts) -> Message {
    let known = rows([
        code(facts),
        procedure(facts),
        applicant(facts),
        unit(facts),
        officer(facts),
        moment("Hẹn trả ban đầu", facts.due_at),
        moment("Đã hẹn lại", facts.new_due_at),
        row("Đã quá hạn", &facts.time_late),
        row("Lý do đã ghi", &facts.reason),
    ]);
    let history = facts.history.iter().filter_map(|line| row(&short_moment(line.at), &line.what));
    Message {
        subject: format!("Quá hạn lần thứ hai, cần chỉ đạo: hồ sơ {}", facts.dossier_code),
        opening: vec![format!(
            "Hồ sơ dưới đây đã được hẹn lại một lần và lại quá hạn. Ngày hẹn trả kết quả chỉ được \
             hẹn lại một lần{}, vì vậy không có thêm ngày hẹn nào được gửi đến người nộp hồ sơ.",
            cited(facts)
        )],
        rows: known.into_iter().chain(history).collect(),
        closing: vec![
            "Đề nghị đồng chí chỉ đạo giải quyết ngay và quyết định cách trả lời người nộp hồ sơ.".to_owned(),
        ],
        ..official(facts)
    }
}

/// To those who keep the calendar, while a year that is near is not fully published.
pub fn calendar_missing(facts: &MailFacts) -> Message {
    let year = &facts.dossier_code;
    Message {
        subject: format!("Cần nhập lịch nghỉ năm {year}"),
        opening: vec![format!(
            "Lịch nghỉ lễ, Tết năm {year}{} trong hệ thống chưa đầy đủ. Ngày hẹn rơi vào năm này đang được ghi là tạm tính.",
            cited(facts)
        )],
        rows: rows([row("Năm", year), row("Còn thiếu", &facts.reason)]),
        closing: vec![
            "Khi có thông báo lịch nghỉ và hoán đổi ngày làm việc, đề nghị đồng chí nhập hoặc xác nhận từng ngày; \
             hệ thống sẽ tính lại các hồ sơ đang giải quyết và báo cho người nộp. Thư này được nhắc mỗi tháng một \
             lần cho đến khi lịch đầy đủ."
                .to_owned(),
        ],
        ..framed(facts, &format!("Kính gửi đồng chí {},", facts.recipient_name), "Mở lịch làm việc")
    }
}
