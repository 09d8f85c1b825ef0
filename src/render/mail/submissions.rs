//! The sentences of mails about online files that are not accepted yet. In their facts
//! `received_at` is the submission, `due_at` the end of the time for acceptance, and `reason` what has
//! to be completed or why the file was declined.

use super::facts::MailFacts;
use super::wording::{Message, Row, applicant, cited, citizen, code, contact, moment, official, procedure, row, rows};
use crate::render::dates::{short_moment, visit_moment};

/// To the desk while there is time.
pub fn acceptance_due(facts: &MailFacts) -> Message {
    Message {
        subject: with_end("Sắp hết giờ tiếp nhận: hồ sơ trực tuyến", facts),
        opening: vec!["Hồ sơ trực tuyến dưới đây đang chờ tiếp nhận và sắp hết thời gian tiếp nhận.".to_owned()],
        rows: rows([
            code(facts),
            procedure(facts),
            applicant(facts),
            submitted(facts),
            moment("Phải trả lời trước", facts.due_at),
            row("Thời gian còn lại", &facts.time_left),
        ]),
        closing: vec![format!(
            "Đề nghị đồng chí tiếp nhận, yêu cầu bổ sung đầy đủ trong một lần, hoặc từ chối và nêu rõ lý do{}.",
            cited(facts)
        )],
        ..official(facts)
    }
}

/// To the desk's supervisor when the time is over.
pub fn acceptance_late(facts: &MailFacts) -> Message {
    Message {
        subject: with_end("Quá giờ tiếp nhận: hồ sơ trực tuyến", facts),
        opening: vec![format!(
            "Hồ sơ trực tuyến dưới đây chưa được tiếp nhận, chưa được yêu cầu bổ sung và đã quá thời gian \
             tiếp nhận{}.",
            cited(facts)
        )],
        rows: rows([
            code(facts),
            procedure(facts),
            applicant(facts),
            submitted(facts),
            moment("Phải trả lời trước", facts.due_at),
            row("Đã quá", &facts.time_late),
        ]),
        closing: vec!["Đề nghị đồng chí đôn đốc bộ phận tiếp nhận trả lời người nộp hồ sơ ngay.".to_owned()],
        ..official(facts)
    }
}

/// To the applicant at once: the file is here; it is not accepted yet.
pub fn received(facts: &MailFacts) -> Message {
    let you = &facts.salutation;
    let answer = match facts.due_at {
        Some(at) => format!(
            "Hồ sơ đang chờ tiếp nhận. Chúng tôi sẽ báo cho {you} việc tiếp nhận, hoặc những nội dung cần bổ \
             sung, chậm nhất {}{}.",
            visit_moment(at),
            cited(facts)
        ),
        None => format!("Hồ sơ đang chờ tiếp nhận. Chúng tôi sẽ báo kết quả cho {you}."),
    };
    let begin =
        "Thời hạn giải quyết được tính từ khi hồ sơ được tiếp nhận; giấy tiếp nhận ghi rõ ngày hẹn trả kết quả.";
    Message {
        subject: format!("Hệ thống đã nhận hồ sơ trực tuyến {}", facts.dossier_code),
        opening: vec![format!("{} đã nhận được hồ sơ nộp trực tuyến của {you}.", facts.agency_name)],
        rows: known(facts),
        closing: vec![answer, begin.to_owned(), contact(facts)],
        ..citizen(facts)
    }
}

/// To the applicant: what has to be completed.
pub fn returned(facts: &MailFacts) -> Message {
    let you = &facts.salutation;
    let mut rows = known(facts);
    rows.extend(row("Nội dung cần bổ sung", &facts.reason));
    Message {
        subject: format!("Đề nghị bổ sung hồ sơ trực tuyến {}", facts.dossier_code),
        opening: vec![format!(
            "Hồ sơ nộp trực tuyến của {you} chưa đủ điều kiện tiếp nhận. {} kính đề nghị {you} bổ sung, hoàn \
             thiện những nội dung dưới đây.",
            facts.agency_name
        )],
        rows,
        closing: vec![
            format!(
                "Việc bổ sung chỉ được yêu cầu một lần và đã nêu đầy đủ ở trên{}. Thời hạn giải quyết được tính từ \
                 khi hồ sơ đầy đủ được tiếp nhận.",
                cited(facts)
            ),
            contact(facts),
        ],
        ..citizen(facts)
    }
}

/// To the applicant: the file is not taken, and why.
pub fn declined(facts: &MailFacts) -> Message {
    let you = &facts.salutation;
    let mut rows = known(facts);
    rows.extend(row("Lý do", &facts.reason));
    Message {
        subject: format!("Không tiếp nhận hồ sơ trực tuyến {}", facts.dossier_code),
        opening: vec![format!(
            "{} rất tiếc không thể tiếp nhận hồ sơ nộp trực tuyến của {you}, vì lý do nêu dưới đây.",
            facts.agency_name
        )],
        rows,
        closing: vec![format!("{you} có thể nộp lại hồ sơ khi đủ điều kiện. Hồ sơ nộp lại có mã mới."), contact(facts)],
        ..citizen(facts)
    }
}

fn known(facts: &MailFacts) -> Vec<Row> {
    rows([code(facts), procedure(facts), row("Người nộp hồ sơ", &facts.applicant_name), submitted(facts)])
}

fn submitted(facts: &MailFacts) -> Option<Row> {
    moment("Nộp lúc", Some(facts.received_at))
}

fn with_end(words: &str, facts: &MailFacts) -> String {
    match facts.due_at {
        Some(at) => format!("{words} {}, hạn {}", facts.dossier_code, short_moment(at)),
        None => format!("{words} {}", facts.dossier_code),
    }
}
