//! Words for what the records keep as codes: kinds, states, the program's own reasons. One list for the
//! pages and for the command line.

use crate::domain::dossier::StepKind;
use crate::domain::notice::{Audience, NoticeKind};

use super::Lang;
use super::words::{EventKind, Hearer, MessageKind, TaskEndWord};

impl From<NoticeKind> for MessageKind {
    fn from(kind: NoticeKind) -> Self {
        match kind {
            NoticeKind::DueSoon => Self::DueSoon,
            NoticeKind::Overdue => Self::Overdue,
            NoticeKind::Escalation => Self::Escalation,
            NoticeKind::Apology => Self::Apology,
            NoticeKind::Receipt => Self::Receipt,
            NoticeKind::Redated => Self::Redated,
            NoticeKind::AcceptanceDue => Self::AcceptanceDue,
            NoticeKind::AcceptanceLate => Self::AcceptanceLate,
            NoticeKind::SubmissionReceived => Self::SubmissionReceived,
            NoticeKind::SubmissionReturned => Self::SubmissionReturned,
            NoticeKind::SubmissionDeclined => Self::SubmissionDeclined,
            NoticeKind::SupplementRequest => Self::SupplementRequest,
            NoticeKind::SupplementReminder => Self::SupplementReminder,
            NoticeKind::ClosedUnanswered => Self::ClosedUnanswered,
            NoticeKind::CompletionLate => Self::CompletionLate,
            NoticeKind::ConsultationDue => Self::ConsultationDue,
            NoticeKind::ConsultationLate => Self::ConsultationLate,
            NoticeKind::HandOverLate => Self::HandOverLate,
            NoticeKind::CalendarMissing => Self::CalendarMissing,
            NoticeKind::ApologyDue => Self::ApologyDue,
            NoticeKind::StillOverdue => Self::StillOverdue,
            NoticeKind::Unacknowledged => Self::Unacknowledged,
            NoticeKind::Digest => Self::Digest,
            NoticeKind::LateResult => Self::LateResult,
            NoticeKind::Loss => Self::Loss,
            NoticeKind::SecondMiss => Self::SecondMiss,
            NoticeKind::DelayNotice => Self::DelayNotice,
            NoticeKind::SignatureDue => Self::SignatureDue,
            NoticeKind::Unsigned => Self::Unsigned,
            NoticeKind::LetterRefused => Self::LetterRefused,
            NoticeKind::TaskLate => Self::TaskLate,
            NoticeKind::DeliveryAlarm => Self::DeliveryAlarm,
            NoticeKind::CitizenCost => Self::CitizenCost,
        }
    }
}

impl From<StepKind> for EventKind {
    fn from(kind: StepKind) -> Self {
        match kind {
            StepKind::Logged => Self::Received,
            StepKind::SupplementRequested => Self::SupplementAsked,
            StepKind::SupplementReceived => Self::Supplemented,
            StepKind::ObligationRequested => Self::ObligationAsked,
            StepKind::ObligationMet => Self::ObligationMet,
            StepKind::DelayDeclared => Self::DelayDeclared,
            StepKind::Rescheduled => Self::Rescheduled,
            StepKind::Redated => Self::Redated,
            StepKind::PromiseImported => Self::PromiseMade,
            StepKind::ResultReady => Self::ResultReady,
            StepKind::Returned => Self::Returned,
            StepKind::Withdrawn => Self::Withdrawn,
            StepKind::Stopped => Self::Stopped,
            StepKind::HandedOver => Self::HandedOver,
            StepKind::ConsultationAsked => Self::ConsultationAsked,
            StepKind::ConsultationAnswered => Self::ConsultationAnswered,
            StepKind::ReadyConfirmed => Self::ReadyConfirmed,
            StepKind::LetterDrafted => Self::LetterDrafted,
            StepKind::LetterRefused => Self::LetterRefused,
            StepKind::LossDeclared => Self::LossDeclared,
            StepKind::Reassigned => Self::Reassigned,
            StepKind::ResultCorrected => Self::Corrected,
            StepKind::LetterIssued => Self::LetterIssued,
        }
    }
}

impl From<Audience> for Hearer {
    fn from(audience: Audience) -> Self {
        match audience {
            Audience::Officer => Self::Officer,
            Audience::Supervisor => Self::Supervisor,
            Audience::Manager => Self::Manager,
            Audience::Applicant => Self::Applicant,
            Audience::Desk => Self::Desk,
            Audience::Admin => Self::Admin,
        }
    }
}

/// The reasons that the program writes down by itself.
const CAUSES: [(&str, &str); 26] = [
    ("another date was promised meanwhile", "đã có ngày hẹn khác"),
    ("a new date was promised meanwhile", "đã hẹn lại ngày mới"),
    ("the task was done meanwhile", "việc đã được làm"),
    ("the way works again", "kênh gửi đã hoạt động lại"),
    ("it was acknowledged meanwhile", "đã có người xác nhận"),
    ("the online file was answered meanwhile", "hồ sơ trực tuyến đã được trả lời"),
    ("the file was completed meanwhile", "người nộp đã hoàn thiện hồ sơ"),
    ("the dossier was finished meanwhile", "hồ sơ đã có kết quả"),
    ("the dossier waits for the applicant", "hồ sơ đang chờ người nộp"),
    ("the letter was not issued", "phiếu không được phát hành"),
    ("the letter was decided on meanwhile", "phiếu đã được quyết định"),
    ("the letter was decided meanwhile", "phiếu đã được quyết định"),
    ("the letter itself was signed", "phiếu đã được ký"),
    ("sent to the corrected contact", "đã gửi theo liên hệ mới"),
    ("nothing in it holds any more", "không còn hồ sơ nào phải báo"),
    ("the calendar was published meanwhile", "lịch nghỉ đã được công bố"),
    ("the request was answered, or the file ended", "yêu cầu đã được trả lời, hoặc hồ sơ đã kết thúc"),
    ("the request lapsed", "yêu cầu đã hết hiệu lực"),
    ("what it asks for came meanwhile", "điều yêu cầu đã có"),
    ("kept here", "giữ tại máy chủ này"),
    ("no answer in time", "không trả lời kịp"),
    ("no connection", "không kết nối được"),
    ("the host is not known", "không tìm thấy máy chủ"),
    ("the request failed", "gửi yêu cầu không thành công"),
    ("the request cannot be written", "không lập được yêu cầu"),
    ("not a mobile number", "không phải số di động"),
];

/// Why something was dropped or not sent: a reason of the program in the reader's language, the words of
/// another machine as they are.
#[must_use]
pub fn cause(lang: Lang, text: &str) -> String {
    match lang {
        Lang::Vi => cause_vi(text),
        Lang::En => text.to_owned(),
    }
}

/// [`cause`] in Vietnamese.
#[must_use]
pub fn cause_vi(text: &str) -> String {
    let known = |text: &str| CAUSES.iter().find(|(reason, _)| *reason == text).map(|(_, words)| *words);
    if let Some(words) = known(text) {
        return words.to_owned();
    }
    // What happened on a way, after the name of the way.
    if let Some((way, words)) = text.split_once(": ").and_then(|(way, reason)| Some((way, known(reason)?))) {
        return format!("{way}: {words}");
    }
    // An answer of the server, and that the dossier moved on in the seconds of the sending.
    let both = text.strip_suffix(']').and_then(|text| text.rsplit_once(" ["));
    match both.and_then(|(answer, reason)| Some((answer, known(reason)?))) {
        Some((answer, words)) => format!("{answer} [{words}]"),
        None => text.to_owned(),
    }
}

/// The step by which somebody answered an alert.
#[must_use]
pub fn answer(lang: Lang, step: &str) -> String {
    match step.parse::<StepKind>().map(EventKind::from) {
        Ok(kind) => said(lang, kind.vi(), kind.en()),
        Err(_) => step.to_owned(),
    }
}

/// How a task ended, `handed-over: note`.
#[must_use]
pub fn task_note(lang: Lang, note: &str) -> String {
    let (code, rest) = note.split_once(": ").map_or((note, None), |(code, rest)| (code, Some(rest)));
    let Some(end) = TaskEndWord::ALL.iter().find(|end| end.code() == code) else { return note.to_owned() };
    let word = said(lang, end.vi(), end.en());
    rest.map_or(word.clone(), |rest| format!("{word}: {rest}"))
}

fn said(lang: Lang, vi: &str, en: &str) -> String {
    match lang {
        Lang::Vi => vi.to_owned(),
        Lang::En => en.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_of_the_program_are_told_and_words_of_servers_stay() {
        assert_eq!(cause_vi("the task was done meanwhile"), "việc đã được làm");
        assert_eq!(cause_vi("550 no such user"), "550 no such user");
        assert_eq!(cause_vi("sms: no connection"), "sms: không kết nối được");
        assert_eq!(cause_vi("250 OK [the request lapsed]"), "250 OK [yêu cầu đã hết hiệu lực]");
        assert_eq!(cause(Lang::En, "the request lapsed"), "the request lapsed");
    }

    #[test]
    fn the_end_of_a_task_and_the_answer_to_an_alert_are_words() {
        assert_eq!(task_note(Lang::Vi, "handed-over: Gửi bưu điện số 12"), "Đã giao hoặc gửi: Gửi bưu điện số 12");
        assert_eq!(task_note(Lang::En, "settled"), "Nothing left to do");
        assert_eq!(task_note(Lang::Vi, "lời khác: x"), "lời khác: x");
        assert_eq!(answer(Lang::Vi, "ready_confirmed"), EventKind::ReadyConfirmed.vi());
        assert_eq!(answer(Lang::Vi, "Đã gọi"), "Đã gọi");
    }
}
