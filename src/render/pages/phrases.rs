//! Short texts of the pages that depend on a fact: what was done, a limit, office hours, the name of
//! a number of the report.

use crate::domain::channel::ServiceLevel;

use super::ctx::Lang;

mod calendar;
mod done;
mod jobs;
mod limits;
mod report;
mod sending;

pub use calendar::{calendar_title, decision, office_hours, past_day, provisionally, year_emptied};
pub use done::Done;
pub use jobs::{found_faults, job_result};
pub use limits::{both_limits, limit, no_limit, working_days_late};
pub use report::{bucket, late_reason, waiting};
pub use sending::{MessageWaits, by_mail, in_tray, on_paper, waits, way, way_choice, way_is_down};

fn pick(lang: Lang, vi: &str, en: &str) -> String {
    match lang {
        Lang::Vi => vi.to_owned(),
        Lang::En => en.to_owned(),
    }
}

/// How the queue is ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QueueSort {
    DueFirst,
    DueLast,
    NewestFirst,
    OldestFirst,
}

impl QueueSort {
    pub const ALL: [Self; 4] = [Self::DueFirst, Self::DueLast, Self::NewestFirst, Self::OldestFirst];

    /// Value of the `sort` parameter, as in the machine interface.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::DueFirst => "due_at",
            Self::DueLast => "-due_at",
            Self::NewestFirst => "-received_at",
            Self::OldestFirst => "received_at",
        }
    }

    #[must_use]
    pub fn word(self, lang: Lang) -> String {
        match self {
            Self::DueFirst => pick(lang, "Hẹn sớm trước", "Due first"),
            Self::DueLast => pick(lang, "Hẹn muộn trước", "Due last"),
            Self::NewestFirst => pick(lang, "Mới nhận trước", "Newest first"),
            Self::OldestFirst => pick(lang, "Nhận lâu trước", "Oldest first"),
        }
    }
}

/// The reason of a letter that no list names: the program's own, or of a loss.
#[must_use]
pub fn own_reason(lang: Lang, code: &str) -> String {
    match code {
        "in_process" => pick(lang, "theo nơi hồ sơ đang dừng", "as the file stands"),
        "loss" => pick(lang, "mất hoặc hỏng giấy tờ", "loss or damage"),
        "error" => pick(lang, "sai sót của cơ quan", "an error of the office"),
        other => other.to_owned(),
    }
}

/// One of the three official groups of reasons, by its code.
#[must_use]
pub fn reason_group(lang: Lang, code: &str) -> String {
    match code {
        "rules" => pick(lang, "do quy định hành chính", "administrative rules"),
        "officials" => pick(lang, "do cán bộ, công chức", "officials"),
        "other" => pick(lang, "lý do khách quan khác", "other causes"),
        other => other.to_owned(),
    }
}

/// `Sắp đến hạn, bậc 1, bản 2: QĐ 12`: the rung that an alert came from.
#[must_use]
pub fn rung(lang: Lang, kind: &str, level: i32, version: i32, basis: &str) -> String {
    match lang {
        Lang::Vi => format!("{kind}, bậc {level}, bản {version}: {basis}"),
        Lang::En => format!("{kind}, rung {level}, version {version}: {basis}"),
    }
}

/// `Lê Văn Thử xác nhận sẽ kịp hạn, 08:10 01/12/2026`.
#[must_use]
pub fn confirmed_by(lang: Lang, who: &str, at: &str) -> String {
    match lang {
        Lang::Vi => format!("{who} xác nhận sẽ kịp hạn, {at}"),
        Lang::En => format!("{who} confirmed that it will be ready, {at}"),
    }
}

/// `chờ từ 11/11/2026`.
#[must_use]
pub fn waiting_since(lang: Lang, day: &str) -> String {
    format!("{} {day}", pick(lang, "chờ từ", "waiting since"))
}

/// `lần 1, 17:00 24/11/2026`: which promise, and its moment.
#[must_use]
pub fn promise_number(lang: Lang, number: i32, at: &str) -> String {
    format!("{} {number}, {at}", pick(lang, "lần", "no."))
}

/// Why a promise is that day, in a sentence: how many days count and how many do not.
#[must_use]
pub fn counted_days(lang: Lang, counted: usize, skipped: usize) -> String {
    match lang {
        Lang::Vi if skipped == 0 => format!("Tính {counted} ngày, không bỏ ngày nào."),
        Lang::Vi => format!("Tính {counted} ngày; không tính {skipped} ngày (nghỉ hằng tuần, lễ, hoặc chờ ông/bà)."),
        Lang::En if skipped == 0 => format!("Days counted: {counted}; none left out."),
        Lang::En => {
            format!("Days counted: {counted}; not counted: {skipped} (weekly rest, holidays, or waiting for you).")
        }
    }
}

/// `từ 17:00 11/11/2026`.
#[must_use]
pub fn since(lang: Lang, at: &str) -> String {
    format!("{} {at}", pick(lang, "từ", "since"))
}

/// `đến 30/11/2026`.
#[must_use]
pub fn away_until(lang: Lang, day: &str) -> String {
    format!("{} {day}", pick(lang, "đến", "until"))
}

/// `hẹn trả 17:00 thứ Ba 24/11/2026`.
#[must_use]
pub fn promised(lang: Lang, when: &str) -> String {
    format!("{} {when}", pick(lang, "hẹn trả", "promised for"))
}

/// Who did it when nobody did.
#[must_use]
pub fn by_itself(lang: Lang) -> String {
    pick(lang, "hệ thống", "the system")
}

/// Who put a correction forward.
#[must_use]
pub fn proposed_by(lang: Lang, name: &str) -> String {
    format!("{} {name}", pick(lang, "đề xuất:", "proposed by"))
}

/// Done at the machine's command line.
#[must_use]
pub fn by_command(lang: Lang) -> String {
    pick(lang, "dòng lệnh quản trị", "the command line")
}

/// Online level of a procedure.
#[must_use]
pub fn level(lang: Lang, level: ServiceLevel) -> String {
    match level {
        ServiceLevel::Full => pick(lang, "Toàn trình", "Full"),
        ServiceLevel::Partial => pick(lang, "Một phần", "Partial"),
        ServiceLevel::None => pick(lang, "Trực tiếp, bưu chính", "Counter or post"),
    }
}

/// The form was logged before, with other contents.
#[must_use]
pub fn logged_before(lang: Lang) -> String {
    pick(
        lang,
        "Biểu mẫu này đã được ghi thành một hồ sơ trước đó. Nếu đây là hồ sơ khác, hãy kiểm tra rồi gửi lại.",
        "This form was logged as a dossier before. If this is another one, check it and send it again.",
    )
}

/// A file of the import wizard that is larger than one may be.
#[must_use]
pub fn file_too_large(lang: Lang, megabytes: u64) -> String {
    match lang {
        Lang::Vi => format!(
            "Tệp quá lớn: tối đa {megabytes} MB. Hãy chia nhỏ tệp, hoặc nhập bằng lệnh dunghen import dossiers."
        ),
        Lang::En => format!(
            "The file is too large: {megabytes} MB at most. Split it, or use the command dunghen import dossiers."
        ),
    }
}

/// `760 kB`, `3,2 MB`.
#[must_use]
pub fn file_size(lang: Lang, bytes: u64) -> String {
    let kilobytes = bytes.div_ceil(1024);
    if kilobytes < 1024 {
        return format!("{kilobytes} kB");
    }
    let point = pick(lang, ",", ".");
    let tenths = kilobytes * 10 / 1024;
    format!("{}{point}{} MB", tenths / 10, tenths % 10)
}

/// First entries of selects.
#[must_use]
pub fn nobody_yet(lang: Lang) -> String {
    pick(lang, "chưa giao ai", "nobody yet")
}

/// The name of a number of a unit's board.
#[must_use]
pub fn board_part(lang: Lang, code: &str) -> String {
    match code {
        "qua-han" => pick(lang, "quá hạn", "late"),
        "sap-tre" => pick(lang, "sắp trễ", "at risk"),
        "cho-ky" => pick(lang, "chờ ký phiếu", "letter to be signed"),
        "cho-dan" => pick(lang, "chờ dân", "waiting for the citizen"),
        _ => pick(lang, "đang giải quyết", "in progress"),
    }
}

#[must_use]
pub fn no_unit(lang: Lang) -> String {
    pick(lang, "chưa rõ đơn vị", "no unit")
}

#[must_use]
pub fn every_unit(lang: Lang) -> String {
    pick(lang, "Tất cả đơn vị", "All units")
}

#[must_use]
pub fn every_officer(lang: Lang) -> String {
    pick(lang, "Mọi cán bộ", "Everybody")
}

#[must_use]
pub fn every_sector(lang: Lang) -> String {
    pick(lang, "Mọi lĩnh vực", "All sectors")
}

#[must_use]
pub fn unit_by_procedure(lang: Lang) -> String {
    pick(lang, "Theo thủ tục", "By the procedure")
}

#[must_use]
pub fn officer_by_unit(lang: Lang) -> String {
    pick(lang, "Theo đơn vị", "By the unit")
}

/// A wrong row of an uploaded file.
#[must_use]
pub fn wrong_row(lang: Lang, row: u64, field: &str, value: &str, reason: &str) -> String {
    let line = pick(lang, "Dòng", "Row");
    match value {
        "" => format!("{line} {row}, {field}: {reason}"),
        value => format!("{line} {row}, {field} “{value}”: {reason}"),
    }
}

/// Somebody was faster: what was typed is kept, and what they did stands below.
#[must_use]
pub fn somebody_was_faster(lang: Lang) -> String {
    pick(
        lang,
        "Hồ sơ vừa được người khác thay đổi. Nội dung đã nhập vẫn còn và chưa được ghi: xem thay đổi bên dưới, nếu vẫn đúng thì gửi lại.",
        "Somebody just changed this dossier. What you typed is kept and not saved: read what was done below, and send it again if it still holds.",
    )
}

/// `từ 01/12/2026 đến hết 05/12/2026`
#[must_use]
pub fn away_days(lang: Lang, from: &str, to: &str) -> String {
    match lang {
        Lang::Vi => format!("từ {from} đến hết {to}"),
        Lang::En => format!("{from} to {to}"),
    }
}

/// After an account was disabled: its open dossiers, and who hears of them now.
#[must_use]
pub fn disabled(lang: Lang, open: u64, to: &str) -> String {
    match lang {
        Lang::Vi if open == 0 => "Đã ngừng dùng tài khoản; không có hồ sơ đang giải quyết.".to_owned(),
        Lang::Vi => format!("Đã ngừng dùng tài khoản. {open} hồ sơ đang giải quyết: thông báo nay đến {to}."),
        Lang::En if open == 0 => "The account is disabled; it had no open dossier.".to_owned(),
        Lang::En => format!("The account is disabled. Open dossiers: {open}; their notices go to {to} now."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weekdays_with_the_same_hours_stand_in_one_line() {
        let day = vec!["07:30-11:30".to_owned(), "13:30-17:00".to_owned()];
        let half = vec!["07:30-11:30".to_owned()];
        let week = [&day[..], &day, &day, &day, &day, &half, &[]];
        let lines = office_hours(Lang::Vi, week);
        assert_eq!(lines, ["thứ Hai đến thứ Sáu 07:30–11:30, 13:30–17:00", "thứ Bảy 07:30–11:30"]);
    }

    #[test]
    fn a_jobs_result_is_told_in_words_and_an_error_as_it_is() {
        let told = job_result(Lang::Vi, r#"{"sent":3,"retry":0,"failed":0,"void":1}"#);
        assert!(told.contains("đã gửi 3") && told.contains("đã bỏ 1"), "{told}");
        assert_eq!(job_result(Lang::Vi, r#"{"raised":{"overdue":2,"apology":1}}"#), "lập mới 3");
        assert_eq!(job_result(Lang::Vi, "failed: no route"), "Lý do: no route");
        assert_eq!(job_result(Lang::Vi, "3"), "đã dọn 3");
        assert!(found_faults(r#"{"entries":3,"broken":1,"differ":0}"#) && !found_faults(r#"{"sent":3}"#));
    }

    #[test]
    fn every_word_of_a_flash_is_found_again() {
        let codes: std::collections::BTreeSet<_> = Done::ALL.iter().map(|done| done.code()).collect();
        assert_eq!(codes.len(), Done::ALL.len());
    }
}
