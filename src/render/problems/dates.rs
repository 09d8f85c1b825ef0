//! What is wrong with a day, a moment, a code or a limit.

use chrono::NaiveDate;

use super::{Language, pick};
use crate::domain::calendar::DayKind;
use crate::domain::code::{CodeError, MAX_LEN};
use crate::domain::deadline::DeadlineError;
use crate::domain::limit::Limit;
use crate::domain::problem::{DayProblem, MomentProblem};
use crate::domain::reschedule::NewDateError;
use crate::render::dates::short_date;
use crate::render::pages::{Lang, phrases};

/// What is wrong with a day of a changed calendar.
pub(super) fn day_text(problem: DayProblem, language: Language) -> String {
    let (vi, en) = match problem {
        DayProblem::PairIncomplete => (
            "Hoán đổi phải đủ hai ngày: một ngày nghỉ và một ngày làm bù. Hãy nhập cả hai trong một lần.",
            "A swap has two days: one off and one worked. Enter both in one change.",
        ),
        DayProblem::AlreadyWorked => (
            "Ngày làm bù phải rơi vào ngày nghỉ hằng tuần: hãy chọn thứ Bảy hoặc Chủ nhật.",
            "A make-up day lies on a weekly rest day: choose a Saturday or Sunday.",
        ),
        DayProblem::AlreadyOff => (
            "Ngày này vốn là ngày nghỉ hằng tuần: hãy chọn một ngày làm việc.",
            "This is a weekly rest day already: choose a working day.",
        ),
        DayProblem::Occupied => (
            "Ngày này đang là ngày lễ hoặc nghỉ bù nên không hoán đổi được: hãy chọn ngày khác, hoặc bỏ ngày lễ trước.",
            "This is a holiday or the day in its place: choose another day, or clear it first.",
        ),
        DayProblem::NothingChanges => (
            "Lịch đã ghi đúng như vậy, không có gì thay đổi: hãy kiểm tra lại ngày.",
            "The calendar says so already, nothing would change: check the day.",
        ),
        DayProblem::TooMany { max } => {
            return match language {
                Language::Vietnamese => format!("Quá nhiều ngày trong một lần: tối đa {max}, hãy chia nhỏ theo năm."),
                Language::English => format!("Too many days at once: {max} at most, do it year by year."),
            };
        }
    };
    pick(language, vi, en).to_owned()
}

pub(super) fn limit_words(limit: Limit, language: Language) -> String {
    let lang = match language {
        Language::Vietnamese => Lang::Vi,
        Language::English => Lang::En,
    };
    phrases::limit(lang, i64::from(limit.value()), limit.unit())
}

pub(super) fn before_calendar(first_day: Option<NaiveDate>, language: Language) -> String {
    match (language, first_day) {
        (Language::Vietnamese, Some(day)) => format!(
            "Trước ngày {}, ngày đầu của lịch làm việc: hãy nạp lịch của năm đó, hoặc cho biết ngày hẹn đã có (due_at).",
            short_date(day)
        ),
        (Language::Vietnamese, None) => "Chưa có lịch làm việc nào: hãy nạp lịch trước.".to_owned(),
        (Language::English, Some(day)) => format!(
            "Before {}, where the calendar begins: import that year's calendar, or give the promise made (due_at).",
            short_date(day)
        ),
        (Language::English, None) => "There is no calendar yet: import one first.".to_owned(),
    }
}

pub(super) fn code_text(error: CodeError, language: Language) -> String {
    match (error, language) {
        (CodeError::Empty, Language::Vietnamese) => "Mã hồ sơ để trống: hãy nhập mã.".to_owned(),
        (CodeError::Empty, Language::English) => "The code is empty: enter one.".to_owned(),
        (CodeError::TooLong, Language::Vietnamese) => format!("Mã hồ sơ quá dài: tối đa {MAX_LEN} ký tự."),
        (CodeError::TooLong, Language::English) => format!("The code is too long: {MAX_LEN} characters at most."),
        (CodeError::BadCharacter, Language::Vietnamese) => {
            "Mã hồ sơ không được có khoảng trắng, dấu gạch chéo hay các ký tự ? # < > \": hãy bỏ chúng.".to_owned()
        }
        (CodeError::BadCharacter, Language::English) => {
            "A code holds no white space, slash or any of ? # < > \": remove them.".to_owned()
        }
    }
}

pub(super) fn new_date_text(error: NewDateError, language: Language) -> String {
    let say = |vi: &str, en: &str| pick(language, vi, en).to_owned();
    match error {
        NewDateError::NotAfterToday => say(
            "Ngày hẹn lại phải sau hôm nay: hãy chọn ngày khác.",
            "The new date must lie after today: choose another one.",
        ),
        NewDateError::NotAWorkingDay => say(
            "Ngày hẹn lại không phải ngày làm việc: hãy chọn ngày khác.",
            "The new date is no working day: choose another one.",
        ),
        NewDateError::NotAfterThePromise => say(
            "Ngày hẹn lại phải sau ngày hẹn cũ: hãy chọn ngày khác.",
            "The new date must lie after the promise: choose another one.",
        ),
        NewDateError::TooFar { latest } => match language {
            Language::Vietnamese => format!("Ngày hẹn lại quá xa: muộn nhất là {}.", short_date(latest)),
            Language::English => format!("The new date is too far off: {} at the latest.", short_date(latest)),
        },
        NewDateError::BeyondCalendar => say(
            "Ngày hẹn lại vượt quá lịch làm việc: hãy chọn ngày gần hơn.",
            "The new date lies beyond the calendar: choose an earlier one.",
        ),
    }
}

pub(super) fn deadline_text(error: DeadlineError, language: Language) -> String {
    match error {
        DeadlineError::BeforeCalendar { first_day } => before_calendar(Some(first_day), language),
        DeadlineError::BeyondCalendar { last_day } => match language {
            Language::Vietnamese => {
                format!("Hạn trả vượt quá ngày cuối của lịch ({}): hãy kiểm tra thời hạn.", short_date(last_day))
            }
            Language::English => {
                format!("Due after the last day of the calendar ({}): check the limit.", short_date(last_day))
            }
        },
        DeadlineError::RestartBeforeReceipt => pick(
            language,
            "Ngày nhận bổ sung sớm hơn ngày tiếp nhận: hãy sửa lại.",
            "The supplement came before the dossier: correct the times.",
        )
        .to_owned(),
        DeadlineError::PauseBackwards => pick(
            language,
            "Khoảng tạm dừng kết thúc trước khi bắt đầu: hãy sửa lại.",
            "A pause ends before it begins: correct the times.",
        )
        .to_owned(),
    }
}

/// What a day of the calendar is called.
#[must_use]
pub const fn day_kind_text(kind: DayKind, language: Language) -> &'static str {
    let (vi, en) = match kind {
        DayKind::Holiday => ("Nghỉ lễ, Tết", "Public holiday"),
        DayKind::Compensatory => ("Nghỉ bù", "Day off in lieu"),
        DayKind::SwappedOff => ("Nghỉ hoán đổi", "Day off, swapped"),
        DayKind::SwappedWorking => ("Làm bù", "Make-up day"),
    };
    pick(language, vi, en)
}

/// What is wrong with the moment of a result.
pub(super) fn moment_text(problem: MomentProblem, language: Language) -> String {
    let say = |vi: &str, en: &str| pick(language, vi, en).to_owned();
    match problem {
        MomentProblem::Recorded => say(
            "Thời điểm này đã được ghi: hãy nhập thời điểm đúng.",
            "This moment is recorded already: enter the right one.",
        ),
        MomentProblem::BeforeResumed => say(
            "Trước khi hồ sơ được giải quyết tiếp: hãy chọn thời điểm sau lần bổ sung hoặc nộp nghĩa vụ cuối cùng.",
            "Before the dossier went on: choose a moment after its last supplement or obligation.",
        ),
        MomentProblem::AfterReturn => say(
            "Sau khi đã trả kết quả cho người nộp: hãy chọn thời điểm trước đó.",
            "After the result was returned to the applicant: choose a moment before that.",
        ),
    }
}
