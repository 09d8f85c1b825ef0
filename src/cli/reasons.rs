//! Why something was refused, in the words of the person who asked.

use crate::domain::deadline::DeadlineError;
use crate::domain::limit::LimitError;
use crate::domain::pause::Pause;
use crate::domain::rates::Percent;
use crate::domain::time::parse_instant;
use crate::office::{FieldError, OfficeError, Problem, report_procedures};
use crate::render::problems::{Language, problem_text, refusal_text};
use crate::store::StoreError;

/// How an instant is written.
pub const NOT_AN_INSTANT: &str = "không phải một thời điểm; viết như 2026-11-24T08:00 hoặc 2026-11-24T08:00:00+07:00";

/// What is wrong with a limit.
#[must_use]
pub fn limit(error: LimitError) -> String {
    match error {
        LimitError::Unreadable => "thời hạn viết như \"5 working_day\" hoặc \"same_day\"".to_owned(),
        LimitError::NotANumber => "số của thời hạn không phải số nguyên dương".to_owned(),
        LimitError::UnknownUnit => {
            "đơn vị phải là working_day, calendar_day, month, working_hour, hour hoặc same_day".to_owned()
        }
        LimitError::Zero => "thời hạn phải từ 1 trở lên".to_owned(),
        LimitError::TooLong { most } => format!("thời hạn dài quá {most}"),
    }
}

/// `FROM/TO`, read.
///
/// # Errors
/// What is wrong with it.
pub fn pause(text: &str) -> Result<Pause, String> {
    let shape = || format!("khoảng không tính viết FROM/TO; {NOT_AN_INSTANT}");
    let (from, to) = text.split_once('/').ok_or_else(shape)?;
    let read = |end: &str| parse_instant(end).ok_or_else(shape);
    Ok(Pause { from: read(from)?, to: read(to)? })
}

/// A share of late files, read.
///
/// # Errors
/// What is wrong with it.
pub fn late_share(text: &str) -> Result<Percent, String> {
    let share = report_procedures::late_share(Some(text)).map_err(|error| problem(&error.problem))?;
    share.ok_or_else(|| problem(&Problem::NotAShare))
}

/// What is wrong with a value and how to mend it.
#[must_use]
pub fn problem(problem: &Problem) -> String {
    problem_text(problem, Language::Vietnamese)
}

/// Why no date can be promised.
#[must_use]
pub fn deadline(error: DeadlineError) -> String {
    problem(&Problem::Deadline(error))
}

/// One line a field: which, what was given, what is wrong and how to mend it.
#[must_use]
pub fn field(error: &FieldError) -> String {
    let reason = match (error.field, &error.problem) {
        // Elsewhere a code that is taken is a dossier's.
        ("username", Problem::CodeTaken) => "Đã có tài khoản mang tên này: hãy chọn tên khác.".to_owned(),
        (_, problem) => self::problem(problem),
    };
    match error.value.trim() {
        "" => format!("{}: {reason}", error.field),
        value => format!("{}: {value}: {reason}", error.field),
    }
}

/// Why the office did not do it, line by line. `missing` is what was looked for.
#[must_use]
pub fn office(error: &OfficeError, missing: &str) -> Vec<String> {
    match error {
        OfficeError::NotFound => vec![format!("không tìm thấy {missing}")],
        OfficeError::Invalid(errors) => errors.iter().map(field).collect(),
        OfficeError::Refused(refusal) => vec![refusal_text(refusal, Language::Vietnamese)],
        OfficeError::Store(StoreError::Unavailable(why)) => vec![format!("không dùng được cơ sở dữ liệu: {why}")],
        OfficeError::Store(StoreError::Corrupt(why)) => vec![format!("dữ liệu đã lưu không đọc được: {why}")],
        OfficeError::Store(StoreError::Conflict(why)) => {
            vec![format!("vừa có người khác thay đổi, hãy thử lại: {why}")]
        }
        OfficeError::Broken(why) => vec![format!("lỗi của chương trình: {why}")],
    }
}
