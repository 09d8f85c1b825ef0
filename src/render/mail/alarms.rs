//! The sentences of the ladder beyond the first warning: will it be ready, still overdue, not acknowledged.

use chrono::NaiveDateTime;

use super::facts::MailFacts;
use super::wording::{
    Message, Row, applicant, cited, code, moment, officer, official, procedure, received, row, rows, unit,
    whose_dossier, with_moment,
};
use crate::domain::notice::NoticeKind;
use crate::render::dates::short_moment;

/// The words of a kind of this file; `None` for another kind.
pub fn message(facts: &MailFacts) -> Option<Message> {
    Some(match facts.kind.as_str() {
        "apology-due" => apology_due(facts),
        "still-overdue" => still_overdue(facts),
        "unacknowledged" => unacknowledged(facts),
        _ => return None,
    })
}

/// To the officer: will it be ready? If not, the apology has to leave in time.
fn apology_due(facts: &MailFacts) -> Message {
    let promise = facts.new_due_at.or(facts.due_at);
    Message {
        subject: with_moment("Có kịp hạn không? Hồ sơ", facts, promise),
        opening: vec![format!("{} đã gần hết thời hạn. Đề nghị cho biết: có kịp hạn không?", whose_dossier(facts))],
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
        closing: vec![
            "Mở liên kết dưới đây và chọn “Kịp” hoặc “Không kịp”. Chọn “Không kịp” thì ghi lý do và ngày hẹn mới."
                .to_owned(),
            format!(
                "Hồ sơ dự kiến chậm phải được xin lỗi và hẹn lại bằng văn bản, gửi đến người nộp chậm nhất một ngày \
                 trước khi hết thời hạn{}.",
                cited(facts)
            ),
        ],
        link: facts.link.as_deref().and_then(|address| row("Trả lời “Kịp” hay “Không kịp”", address)),
        ..official(facts)
    }
}

/// To who answers for it, some working days after the promise.
fn still_overdue(facts: &MailFacts) -> Message {
    let known = rows([
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
    ]);
    Message {
        subject: format!("Vẫn quá hạn {}: hồ sơ {}", facts.time_late, facts.dossier_code),
        opening: vec![format!("{} đã quá hạn {} và chưa có kết quả.", whose_dossier(facts), facts.time_late)],
        rows: with_history(known, facts),
        closing: vec![
            "Đề nghị đồng chí giải quyết hoặc chỉ đạo giải quyết ngay, và ghi vào hồ sơ việc đang vướng mắc."
                .to_owned(),
        ],
        ..official(facts)
    }
}

/// To the next one up: who did not answer, since when.
fn unacknowledged(facts: &MailFacts) -> Message {
    let known = rows([
        row("Chưa xác nhận", &facts.reason),
        code(facts),
        procedure(facts),
        applicant(facts),
        unit(facts),
        officer(facts),
        moment("Hẹn trả kết quả", facts.due_at),
        moment("Hẹn lại", facts.new_due_at),
    ]);
    Message {
        subject: format!("Chưa ai xác nhận thông báo về hồ sơ {}", facts.dossier_code),
        opening: vec![
            "Một thông báo về hồ sơ dưới đây không được xác nhận đúng giờ, nên được chuyển đến đồng chí.".to_owned(),
        ],
        rows: with_history(known, facts),
        closing: vec![
            "Đề nghị đồng chí xem hồ sơ, xác nhận đã nhận thông báo này và nhắc người có trách nhiệm.".to_owned(),
        ],
        ..official(facts)
    }
}

/// The rows, then what happened so far, oldest first.
fn with_history(known: Vec<Row>, facts: &MailFacts) -> Vec<Row> {
    let history = facts.history.iter().filter_map(|line| row(&short_moment(line.at), &line.what));
    known.into_iter().chain(history).collect()
}

/// The rungs of the ladder by the names their alerts have; another notice is spoken of by its file.
const RUNGS: [(NoticeKind, &str); 6] = [
    (NoticeKind::DueSoon, "“Sắp đến hạn”"),
    (NoticeKind::ApologyDue, "“Có kịp hạn không?”"),
    (NoticeKind::Overdue, "“Quá hạn”"),
    (NoticeKind::StillOverdue, "“Vẫn quá hạn”"),
    (NoticeKind::Escalation, "“Quá hạn lần thứ hai”"),
    (NoticeKind::Unacknowledged, "chuyển tiếp vì chưa ai xác nhận"),
];

/// Who did not acknowledge what, since when and until when they had to; times are civil.
#[must_use]
pub fn unanswered_text(kind: NoticeKind, who: &str, since: NaiveDateTime, until: NaiveDateTime) -> String {
    let named = RUNGS.iter().find(|(rung, _)| *rung == kind);
    let what = named.map_or("về hồ sơ này", |(_, name)| name);
    format!(
        "{who} chưa xác nhận thông báo {what} lúc {}, phải xác nhận trước {}",
        short_moment(since),
        short_moment(until)
    )
}
