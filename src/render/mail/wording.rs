//! A mail's words before they are laid out, and the sentences and rows that mails have in common.
//!
//! What officials read about a promise stands in `wording/officials.rs`, what applicants read in
//! `wording/citizens.rs`.

pub mod citizens;
pub mod officials;

use chrono::NaiveDateTime;

use super::facts::MailFacts;
use crate::domain::notice::Audience;
use crate::render::dates::short_moment;

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
