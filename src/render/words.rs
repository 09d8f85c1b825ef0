//! Short Vietnamese phrases for facts: time left, time late, where a dossier stands.

use chrono::NaiveDateTime;

use crate::domain::channel::Channel;
use crate::domain::dossier::StageName;
use crate::domain::working_time::WorkingTime;

use super::dates::{short_date, short_moment, visit_moment};
use super::letter::LetterForm;

mod calendar;
mod reason;
pub mod slip;

pub use calendar::{
    calendar_missing_text, days_off_text, hours_changed_text, special_day_text, swapped_for_text, worked_for_text,
};
pub use reason::{Asked, how_it_went, what_and_remedy, where_it_stands};

/// "2 ngày 3 giờ làm việc"; empty when no time is left.
#[must_use]
pub fn working_time_text(left: WorkingTime) -> String {
    let parts: Vec<String> = [(left.days, "ngày"), (left.hours, "giờ"), (left.minutes, "phút")]
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .take(2)
        .map(|(count, unit)| format!("{count} {unit}"))
        .collect();
    if parts.is_empty() { String::new() } else { format!("{} làm việc", parts.join(" ")) }
}

/// "3 ngày làm việc"; lateness within the due day itself is said so.
#[must_use]
pub fn time_late_text(working_days: u32) -> String {
    match working_days {
        0 => "chưa đến 1 ngày làm việc".to_owned(),
        days => format!("{days} ngày làm việc"),
    }
}

/// How a citizen reaches the person in charge; the centre where the person has neither telephone nor mail.
#[must_use]
pub fn reached_at(phone: &str, email: &str) -> String {
    let parts = [("điện thoại", phone), ("thư điện tử", email)];
    let parts: Vec<String> =
        parts.iter().filter(|(_, value)| !value.is_empty()).map(|(word, value)| format!("{word} {value}")).collect();
    parts.join(", ")
}

/// What a waiting letter is called, told to who signs it.
#[must_use]
pub const fn letter_word(form: LetterForm) -> &'static str {
    match form {
        LetterForm::Apology => "Phiếu xin lỗi và hẹn lại",
        LetterForm::LateResult => "Phiếu xin lỗi trả kết quả muộn",
        LetterForm::Loss => "Phiếu xin lỗi do mất, hỏng hoặc sai sót",
        LetterForm::SecondMiss => "Phiếu xin lỗi lỡ hẹn lần hai",
    }
}

/// A waiting letter in one line: what it is, the date proposed, until when it should be signed, its reason.
#[must_use]
pub fn draft_line(
    form: LetterForm,
    new_due_at: Option<NaiveDateTime>,
    decide_by: Option<NaiveDateTime>,
    sentence: &str,
) -> String {
    let proposed = new_due_at.filter(|_| form != LetterForm::SecondMiss);
    let parts = [
        Some(letter_word(form).to_owned()),
        proposed.map(|at| format!("đề nghị hẹn lại {}", visit_moment(at))),
        decide_by.map(|at| format!("cần ký trước {}", visit_moment(at))),
    ];
    let line = parts.into_iter().flatten().collect::<Vec<_>>().join(", ");
    format!("{line}. {sentence}")
}

/// Why a file was closed: what was asked for did not come in time.
#[must_use]
pub fn unanswered_request(asked_at: NaiveDateTime, due_at: NaiveDateTime, basis: &str) -> String {
    format!(
        "Đã yêu cầu bổ sung ngày {}; đến hết {} chưa nhận được ({basis}).",
        short_date(asked_at.date()),
        short_moment(due_at)
    )
}

/// How a way of delivery is called: `mail`, `sms`, `zalo`, `tray`.
#[must_use]
pub fn way_name(way: &str) -> &'static str {
    match way {
        "mail" => "thư điện tử",
        "sms" => "tin nhắn SMS",
        "zalo" => "tin nhắn Zalo",
        _ => "khay in",
    }
}

/// A line of history.
#[must_use]
pub fn received_text() -> String {
    "Tiếp nhận hồ sơ".to_owned()
}

/// A line of history: the letter, and the date that it promised.
#[must_use]
pub fn letter_sent_text(form: LetterForm, number: &str, promised: Option<NaiveDateTime>) -> String {
    let again = promised.map(|at| format!(", hẹn lại {}", visit_moment(at))).unwrap_or_default();
    match form {
        LetterForm::Apology => format!("Gửi phiếu xin lỗi số {number}{again}"),
        LetterForm::LateResult | LetterForm::Loss | LetterForm::SecondMiss => {
            format!("Gửi {} số {number}{again}", letter_word(form).replacen('P', "p", 1))
        }
    }
}

/// How late, in a line of a list: `quá hạn 2 ngày làm việc`.
#[must_use]
pub fn overdue_by_text(time_late: &str) -> String {
    format!("quá hạn {time_late}")
}

/// What is left, in a line of a list: `còn 6 giờ làm việc`.
#[must_use]
pub fn left_text(time_left: &str) -> String {
    format!("còn {time_left}")
}

/// That an official said the result would be ready, in a history.
#[must_use]
pub fn ready_confirmed_text(who: &str) -> String {
    format!("{who} xác nhận sẽ kịp hạn")
}

/// That the applicant wrote, in a history: about what the delay cost, else about how they are reached.
#[must_use]
pub fn citizen_said_text(cost: bool) -> String {
    let what = if cost {
        "Người nộp phản ánh thiệt hại do chậm"
    } else {
        "Người nộp báo sai thông tin liên hệ"
    };
    what.to_owned()
}

/// How a file came, as forms say it.
#[must_use]
pub fn channel_text(channel: Channel) -> &'static str {
    match channel {
        Channel::Online => "Trực tuyến",
        Channel::Counter => "Trực tiếp",
        Channel::Post => "Bưu chính",
    }
}

/// Title of a register as a table.
#[must_use]
pub fn register_title(from: &str, to: &str) -> String {
    format!("Sổ theo dõi hồ sơ: tiếp nhận từ {from} đến hết {to}")
}

/// The last column of the register: what the dates beside it do not say.
#[must_use]
pub fn register_note(stage: StageName, new_due_at: Option<NaiveDateTime>) -> String {
    let stage = match stage {
        StageName::Processing | StageName::Granted => "",
        StageName::AwaitingSupplement => "chờ bổ sung",
        StageName::AwaitingObligation => "chờ nghĩa vụ tài chính",
        StageName::Refused => "từ chối giải quyết",
        StageName::Withdrawn => "người nộp rút",
        StageName::Stopped => "dừng giải quyết",
    };
    let again = new_due_at.map(|at| format!("hẹn lại {}", short_date(at.date())));
    let parts: Vec<String> =
        again.into_iter().chain(Some(stage.to_owned()).filter(|stage| !stage.is_empty())).collect();
    parts.join("; ")
}

/// Where the demonstration's letters go.
pub const LETTERS_STAY: &str = "Không thư nào rời khỏi máy này: xem tại trang \"Hộp thư mẫu\" (/thu-mau).";

/// Where letters go when no mail server is set up.
#[must_use]
pub fn letters_to_folder(folder: &str) -> String {
    format!("Thư được ghi thành tệp .eml trong thư mục {folder}/ (mail.transport = \"folder\").")
}

/// Where letters go through a mail server.
#[must_use]
pub fn letters_to_server(host: &str) -> String {
    format!("Thư được gửi qua máy chủ {host}.")
}

/// What the service says once it listens: where it is, who can sign in (user name, role, password),
/// and where letters go.
#[must_use]
pub fn welcome(address: &str, accounts: &[(String, String, String)], letters: &str) -> String {
    let mut lines = vec![format!("Đúng Hẹn đang chạy tại {address}")];
    if !accounts.is_empty() {
        lines.push("Tài khoản dùng thử:".to_owned());
        lines.extend(accounts.iter().map(|(name, role, password)| format!("  {name:<16} {password:<14} {role}")));
    }
    lines.push(letters.to_owned());
    lines.push("Dừng: Ctrl+C".to_owned());
    lines.join("\n")
}

/// What a citizen wrote on "my contact is wrong", as it is kept; nothing written is said too.
#[must_use]
pub fn contact_said(phone: &str, email: &str, note: &str) -> String {
    let part = |label: &str, text: &str| (!text.is_empty()).then(|| format!("{label}: {text}"));
    let parts: Vec<String> =
        [part("Số điện thoại đúng", phone), part("Thư điện tử đúng", email), part("Ghi thêm", note)]
            .into_iter()
            .flatten()
            .collect();
    if parts.is_empty() {
        "Người nộp báo liên hệ không đúng, chưa ghi liên hệ mới.".to_owned()
    } else {
        parts.join("\n")
    }
}

/// What is wrong with a line of the journal.
#[must_use]
pub fn broken(why: &str) -> &str {
    match why {
        "missing" => "bị mất",
        "changed" => "bị sửa",
        "end cut off" => "phần cuối bị cắt",
        "frozen report changed" => "báo cáo đã chốt bị sửa",
        "frozen report missing" => "báo cáo đã chốt bị mất",
        other => other,
    }
}

/// What a replay gives in the place of a date that was kept.
#[must_use]
pub fn replayed(text: &str) -> String {
    match (text, text.strip_prefix("the journal says ")) {
        ("no ledger", _) => "không có sổ tính ngày".to_owned(),
        ("no line of the journal made it", _) => "không có dòng nhật ký nào".to_owned(),
        (_, Some("none")) => "nhật ký không ghi ngày".to_owned(),
        (_, Some(date)) => format!("nhật ký ghi {date}"),
        (_, None) => text.to_owned(),
    }
}
