//! Dates and times the way people write them. Formatting only: nothing is computed here.

use chrono::{Datelike, NaiveDate, NaiveDateTime, Weekday};

use super::ctx::Lang;

/// `24/11/2026`.
#[must_use]
pub fn date(day: NaiveDate) -> String {
    day.format("%d/%m/%Y").to_string()
}

/// `thứ Ba 24/11/2026` / `Tue 24/11/2026`.
#[must_use]
pub fn long_date(lang: Lang, day: NaiveDate) -> String {
    format!("{} {}", weekday(lang, day.weekday()), date(day))
}

/// `17:00 24/11/2026`; `local` is wall-clock time in Vietnam.
#[must_use]
pub fn instant(local: NaiveDateTime) -> String {
    local.format("%H:%M %d/%m/%Y").to_string()
}

/// `17:00 thứ Ba 24/11/2026`.
#[must_use]
pub fn long_instant(lang: Lang, local: NaiveDateTime) -> String {
    format!("{} {}", local.format("%H:%M"), long_date(lang, local.date()))
}

/// `còn 2 ngày 3 giờ làm việc` / `2 days 3 hours of work left`.
#[must_use]
pub fn left(lang: Lang, minutes: u32, minutes_a_day: u32) -> String {
    let span = span(lang, minutes, minutes_a_day);
    match lang {
        Lang::Vi => format!("còn {span} làm việc"),
        Lang::En => format!("{span} of work left"),
    }
}

/// `quá 1 ngày 2 giờ làm việc` / `1 day 2 hours of work over`.
#[must_use]
pub fn over(lang: Lang, minutes: u32, minutes_a_day: u32) -> String {
    let span = span(lang, minutes, minutes_a_day);
    match lang {
        Lang::Vi => format!("quá {span} làm việc"),
        Lang::En => format!("{span} of work over"),
    }
}

/// Days and hours; minutes only below one hour, because nobody plans by them.
fn span(lang: Lang, minutes: u32, minutes_a_day: u32) -> String {
    let days = minutes.checked_div(minutes_a_day).unwrap_or(0);
    let rest = minutes.checked_rem(minutes_a_day).unwrap_or(minutes);
    let (hours, minutes) = (rest / 60, rest % 60);
    let parts = match (days, hours) {
        (0, 0) => vec![(minutes, "phút", "minute")],
        (0, _) => vec![(hours, "giờ", "hour")],
        (_, 0) => vec![(days, "ngày", "day")],
        (_, _) => vec![(days, "ngày", "day"), (hours, "giờ", "hour")],
    };
    let word = |(number, vi, en): (u32, &str, &str)| match lang {
        Lang::Vi => format!("{number} {vi}"),
        Lang::En if number == 1 => format!("1 {en}"),
        Lang::En => format!("{number} {en}s"),
    };
    parts.into_iter().map(word).collect::<Vec<_>>().join(" ")
}

fn weekday(lang: Lang, day: Weekday) -> &'static str {
    let (vi, en) = match day {
        Weekday::Mon => ("thứ Hai", "Mon"),
        Weekday::Tue => ("thứ Ba", "Tue"),
        Weekday::Wed => ("thứ Tư", "Wed"),
        Weekday::Thu => ("thứ Năm", "Thu"),
        Weekday::Fri => ("thứ Sáu", "Fri"),
        Weekday::Sat => ("thứ Bảy", "Sat"),
        Weekday::Sun => ("Chủ nhật", "Sun"),
    };
    match lang {
        Lang::Vi => vi,
        Lang::En => en,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn working_time_is_told_in_days_and_hours() {
        assert_eq!(left(Lang::Vi, 2 * 450 + 180, 450), "còn 2 ngày 3 giờ làm việc");
        assert_eq!(left(Lang::En, 450, 450), "1 day of work left");
        assert_eq!(over(Lang::Vi, 45, 450), "quá 45 phút làm việc");
        assert_eq!(over(Lang::Vi, 60, 0), "quá 1 giờ làm việc");
    }

    #[test]
    fn a_date_is_written_day_first_with_its_weekday() {
        let day = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
        assert_eq!(long_date(Lang::Vi, day), "thứ Ba 24/11/2026");
        assert_eq!(instant(day.and_hms_opt(17, 0, 0).unwrap()), "17:00 24/11/2026");
    }
}
