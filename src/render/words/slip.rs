//! The words of a control slip.

use crate::domain::dossier::StepKind;

/// The applicant as giver or receiver.
#[must_use]
pub fn applicant(name: &str) -> String {
    format!("{name} (người nộp)")
}

/// What was given; `refused`: whether the result is a refusal.
#[must_use]
pub fn note(step: StepKind, refused: bool) -> &'static str {
    match step {
        StepKind::Logged => "Tiếp nhận hồ sơ",
        StepKind::HandedOver => "Chuyển hồ sơ giấy",
        StepKind::SupplementRequested => "Yêu cầu bổ sung, hoàn thiện",
        StepKind::SupplementReceived => "Bổ sung hồ sơ",
        StepKind::ObligationRequested => "Yêu cầu thực hiện nghĩa vụ tài chính",
        StepKind::ObligationMet => "Đã thực hiện nghĩa vụ tài chính",
        StepKind::ResultReady if refused => "Có kết quả: từ chối giải quyết",
        StepKind::ResultReady => "Có kết quả",
        StepKind::Returned => "Trả kết quả",
        StepKind::Withdrawn => "Người nộp rút hồ sơ",
        StepKind::Stopped => "Dừng giải quyết",
        StepKind::Reassigned => "Chuyển hồ sơ",
        StepKind::ResultCorrected => "Đính chính thời điểm có kết quả",
        StepKind::DelayDeclared
        | StepKind::Rescheduled
        | StepKind::Redated
        | StepKind::PromiseImported
        | StepKind::ConsultationAsked
        | StepKind::ConsultationAnswered
        | StepKind::ReadyConfirmed
        | StepKind::LetterDrafted
        | StepKind::LetterIssued
        | StepKind::LetterRefused
        | StepKind::LossDeclared => "",
    }
}

/// Why it went to somebody else.
#[must_use]
pub fn passed_on(reason: &str) -> String {
    let note = note(StepKind::Reassigned, false);
    if reason.is_empty() { note.to_owned() } else { format!("{note}: {reason}") }
}

/// A request for an opinion.
#[must_use]
pub fn asked(content: &str) -> String {
    format!("Lấy ý kiến: {content}")
}

/// Its answer.
#[must_use]
pub fn answered() -> &'static str {
    "Trả lời ý kiến"
}
