//! The calendar: office hours, decisions, what an edit means.

use super::pick;
use crate::render::pages::ctx::Lang;

/// Office hours, a line for each run of weekdays with the same sessions; `week` starts on Monday.
#[must_use]
pub fn office_hours(lang: Lang, week: [&[String]; 7]) -> Vec<String> {
    let names = match lang {
        Lang::Vi => ["thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật"],
        Lang::En => ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
    };
    let mut runs: Vec<(&str, &str, &[String])> = Vec::new();
    for (name, sessions) in names.into_iter().zip(week) {
        match runs.last_mut() {
            Some((_, last, same)) if *same == sessions => *last = name,
            Some(_) | None => runs.push((name, name, sessions)),
        }
    }
    let to = pick(lang, "đến", "to");
    let line = |(first, last, sessions): (&str, &str, &[String])| {
        let days = if first == last { first.to_owned() } else { format!("{first} {to} {last}") };
        let hours: Vec<String> = sessions.iter().map(|session| session.replace('-', "–")).collect();
        format!("{days} {}", hours.join(", "))
    };
    runs.into_iter().filter(|(_, _, sessions)| !sessions.is_empty()).map(line).collect()
}

/// What brought a version of the calendar: a decision, or a word of ours for what was done.
#[must_use]
pub fn decision(lang: Lang, decision: &str) -> String {
    match decision {
        "import" => pick(lang, "nhập từ tệp", "import of a file"),
        "office hours" => pick(lang, "giờ làm việc trong cấu hình", "office hours of the settings"),
        other => other.to_owned(),
    }
}

/// A date that rests on days that nobody published or confirmed yet.
#[must_use]
pub fn provisionally(lang: Lang, date: &str) -> String {
    format!("{date} ({})", pick(lang, "tạm tính", "provisional"))
}

/// The name of a calendar of days off.
#[must_use]
pub fn calendar_title(lang: Lang, year: i32) -> String {
    let words = pick(lang, "Lịch nghỉ, làm bù", "Days off and make-up days");
    format!("{words} {year}")
}

/// What is allowed in a change of the calendar and worth a second look: a day that is over.
#[must_use]
pub fn past_day(lang: Lang, day: &str) -> String {
    match lang {
        Lang::Vi => format!(
            "Ngày {day} đã qua: hồ sơ đã có kết quả và ngày hẹn đã qua giữ nguyên; chỉ hồ sơ còn hạn được tính lại."
        ),
        Lang::En => format!(
            "{day} is over: finished dossiers and promises that passed stay; only dossiers still in time are counted again."
        ),
    }
}

/// A year that has no day left.
#[must_use]
pub fn year_emptied(lang: Lang, year: i32) -> String {
    match lang {
        Lang::Vi => format!("Năm {year} không còn ngày nào: ngày hẹn rơi vào năm này sẽ ghi «tạm tính»."),
        Lang::En => format!("{year} has no day left: promises in it become provisional."),
    }
}
