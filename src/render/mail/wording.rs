//! The sentences of each kind of mail.

use chrono::NaiveDateTime;

use super::facts::MailFacts;
use crate::domain::notice::Audience;
use crate::render::dates::{short_moment, visit_moment};

/// A mail's words, not yet laid out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    pub subject: String,
    pub greeting: String,
    /// Paragraphs before the table.
    pub opening: Vec<String>,
    /// Label and value.
    pub rows: Vec<Row>,
    /// Lists with a heading each, after the table.
    pub sections: Vec<Section>,
    /// Paragraphs after the table.
    pub closing: Vec<String>,
    /// Label and address.
    pub link: Option<Row>,
    pub agency_name: String,
    pub agency_phone: String,
}

/// A heading and what stands under it, a line each with the address it leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    pub title: String,
    pub items: Vec<Row>,
}

/// A label and what stands beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub label: String,
    pub value: String,
}

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

/// Greeting and signature of a mail inside the administration.
pub(super) fn official(facts: &MailFacts) -> Message {
    framed(facts, &format!("Kính gửi đồng chí {},", facts.recipient_name), "Mở hồ sơ")
}

/// Greeting and signature of a mail to an applicant.
pub(super) fn citizen(facts: &MailFacts) -> Message {
    let greeting = format!("Kính gửi {} {},", facts.salutation, facts.recipient_name);
    framed(facts, &greeting, "Xem tình trạng hồ sơ")
}

pub(super) fn framed(facts: &MailFacts, greeting: &str, link_label: &str) -> Message {
    Message {
        subject: String::new(),
        greeting: greeting.to_owned(),
        opening: Vec::new(),
        rows: Vec::new(),
        sections: Vec::new(),
        closing: Vec::new(),
        link: facts.link.as_deref().and_then(|address| row(link_label, address)),
        agency_name: facts.agency_name.clone(),
        agency_phone: facts.agency_phone.clone(),
    }
}

pub(super) fn whose_dossier(facts: &MailFacts) -> &'static str {
    match facts.audience {
        Audience::Officer | Audience::Desk | Audience::Applicant => "Hồ sơ dưới đây do đồng chí xử lý",
        Audience::Supervisor | Audience::Manager | Audience::Admin => {
            "Hồ sơ dưới đây thuộc đơn vị do đồng chí phụ trách"
        }
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

/// What a broken promise costs, said by who broke it.
pub(super) fn trouble(facts: &MailFacts) -> String {
    format!("Chúng tôi hiểu sự chậm trễ này làm {} mất thêm thời gian và công sức.", facts.salutation)
}

/// The rule in brackets, to stand before a full stop or a comma.
pub(super) fn cited(facts: &MailFacts) -> String {
    if facts.legal_basis.is_empty() { String::new() } else { format!(" ({})", facts.legal_basis) }
}

pub(super) fn contact(facts: &MailFacts) -> String {
    if facts.agency_phone.is_empty() {
        format!("Cần biết thêm, vui lòng liên hệ {}.", facts.agency_name)
    } else {
        format!("Cần biết thêm, vui lòng liên hệ {}, điện thoại {}.", facts.agency_name, facts.agency_phone)
    }
}

pub(super) fn with_moment(words: &str, facts: &MailFacts, at: Option<NaiveDateTime>) -> String {
    match at {
        Some(at) => format!("{words} {}, hẹn trả {}", facts.dossier_code, short_moment(at)),
        None => format!("{words} {}", facts.dossier_code),
    }
}

fn with_new_moment(words: &str, facts: &MailFacts) -> String {
    match facts.new_due_at {
        Some(at) => format!("{words} {} sang {}", facts.dossier_code, short_moment(at)),
        None => format!("{words} {}", facts.dossier_code),
    }
}

pub(super) fn code(facts: &MailFacts) -> Option<Row> {
    row("Mã hồ sơ", &facts.dossier_code)
}

pub(super) fn procedure(facts: &MailFacts) -> Option<Row> {
    row("Thủ tục", &facts.procedure_name)
}

pub(super) fn applicant(facts: &MailFacts) -> Option<Row> {
    row("Người nộp hồ sơ", &facts.applicant_name)
}

pub(super) fn unit(facts: &MailFacts) -> Option<Row> {
    row("Đơn vị xử lý", &facts.unit)
}

pub(super) fn officer(facts: &MailFacts) -> Option<Row> {
    row("Công chức xử lý", &facts.officer_name)
}

pub(super) fn received(facts: &MailFacts) -> Option<Row> {
    moment("Tiếp nhận", Some(facts.received_at))
}

pub(super) fn moment(label: &str, at: Option<NaiveDateTime>) -> Option<Row> {
    at.and_then(|at| row(label, &short_moment(at)))
}

pub(super) fn row(label: &str, value: &str) -> Option<Row> {
    (!value.is_empty()).then(|| Row { label: label.to_owned(), value: value.to_owned() })
}

pub(super) fn rows<const N: usize>(rows: [Option<Row>; N]) -> Vec<Row> {
    rows.into_iter().flatten().collect()
}
