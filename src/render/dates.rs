//! How a date and a time are written in Vietnamese.
//!
//! Everything here takes civil values of Vietnam; nothing is computed but the words.

use chrono::{Datelike, NaiveDate, NaiveDateTime, Timelike, Weekday};

/// The date as official papers write it: days under 10 and the months 1 and 2 take a leading zero
/// (Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II.4).
///
/// `2027-02-05` → `ngày 05 tháng 02 năm 2027`; `2026-08-24` → `ngày 24 tháng 8 năm 2026`.
#[must_use]
pub fn official_date(on: NaiveDate) -> String {
    format!("ngày {}", bare_official_date(on))
}

/// [`official_date`] without the leading word `ngày`, for the start of a sentence.
#[must_use]
pub fn bare_official_date(on: NaiveDate) -> String {
    let month = match on.month() {
        month @ (1 | 2) => format!("{month:02}"),
        month => month.to_string(),
    };
    format!("{:02} tháng {month} năm {}", on.day(), on.year())
}

/// A moment as official papers write it: `17 giờ 00 phút, ngày 24 tháng 11 năm 2026`.
#[must_use]
pub fn official_moment(at: NaiveDateTime) -> String {
    format!("{:02} giờ {:02} phút, {}", at.hour(), at.minute(), official_date(at.date()))
}

/// `24/11/2026`.
#[must_use]
pub fn short_date(on: NaiveDate) -> String {
    on.format("%d/%m/%Y").to_string()
}

/// `17:00`.
#[must_use]
pub fn short_time(at: NaiveDateTime) -> String {
    at.format("%H:%M").to_string()
}

/// `17:00 ngày 24/11/2026`.
#[must_use]
pub fn short_moment(at: NaiveDateTime) -> String {
    format!("{} ngày {}", short_time(at), short_date(at.date()))
}

/// A moment with its day of the week, for people who plan a visit: `17:00, thứ Ba ngày 24/11/2026`.
#[must_use]
pub fn visit_moment(at: NaiveDateTime) -> String {
    format!("{}, {} ngày {}", short_time(at), weekday(at.weekday()), short_date(at.date()))
}

/// `thứ Hai` … `thứ Bảy`, `Chủ nhật`.
#[must_use]
pub fn weekday(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "thứ Hai",
        Weekday::Tue => "thứ Ba",
        Weekday::Wed => "thứ Tư",
        Weekday::Thu => "thứ Năm",
        Weekday::Fri => "thứ Sáu",
        Weekday::Sat => "thứ Bảy",
        Weekday::Sun => "Chủ nhật",
    }
}

/// A span of office time, `minutes` long where a full working day has `minutes_a_day`:
/// `2 ngày 3 giờ làm việc`, `45 phút làm việc`. Minutes are left out from one day up.
///
/// A day of no minutes counts as eight hours.
#[must_use]
pub fn working_span(minutes: u32, minutes_a_day: u32) -> String {
    let a_day = if minutes_a_day == 0 { 480 } else { minutes_a_day };
    let (days, rest) = (minutes / a_day, minutes % a_day);
    let (hours, left) = (rest / 60, rest % 60);
    let mut parts = Vec::new();
    if days > 0 {
        parts.push(format!("{days} ngày"));
    }
    if hours > 0 {
        parts.push(format!("{hours} giờ"));
    }
    if parts.is_empty() || (days == 0 && left > 0) {
        parts.push(format!("{left} phút"));
    }
    format!("{} làm việc", parts.join(" "))
}

#[cfg(test)]
mod tests {
    use super::{official_date, official_moment, short_moment, visit_moment, working_span};
    use chrono::{NaiveDate, NaiveDateTime};

    fn at(year: i32, month: u32, day: u32, hour: u32, minute: u32) -> NaiveDateTime {
        NaiveDate::from_ymd_opt(year, month, day).unwrap().and_hms_opt(hour, minute, 0).unwrap()
    }

    #[test]
    fn only_days_under_ten_and_the_first_two_months_take_a_zero() {
        let date = |y, m, d| official_date(at(y, m, d, 0, 0).date());
        assert_eq!(date(2027, 2, 5), "ngày 05 tháng 02 năm 2027");
        assert_eq!(date(2027, 1, 31), "ngày 31 tháng 01 năm 2027");
        assert_eq!(date(2026, 3, 9), "ngày 09 tháng 3 năm 2026");
        assert_eq!(date(2026, 11, 10), "ngày 10 tháng 11 năm 2026");
    }

    #[test]
    fn moments_are_written_with_hour_and_minute() {
        let due = at(2026, 11, 24, 17, 0);
        assert_eq!(official_moment(due), "17 giờ 00 phút, ngày 24 tháng 11 năm 2026");
        assert_eq!(short_moment(due), "17:00 ngày 24/11/2026");
        assert_eq!(visit_moment(at(2026, 11, 22, 7, 30)), "07:30, Chủ nhật ngày 22/11/2026");
    }

    #[test]
    fn working_time_is_told_in_days_then_hours_then_minutes() {
        assert_eq!(working_span(0, 450), "0 phút làm việc");
        assert_eq!(working_span(45, 450), "45 phút làm việc");
        assert_eq!(working_span(390, 450), "6 giờ 30 phút làm việc");
        assert_eq!(working_span(450, 450), "1 ngày làm việc");
        assert_eq!(working_span(1090, 450), "2 ngày 3 giờ làm việc");
        assert_eq!(working_span(480, 0), "1 ngày làm việc");
    }
}
