//! The ledger's reasons in words.

use chrono::{Datelike, NaiveDate, Weekday};

use super::SpanKind;

/// The language of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// Tiếng Việt, what people here read.
    #[default]
    Vietnamese,
    /// English.
    English,
}

/// Why `date` counts or not.
pub(super) fn why(kind: &SpanKind, date: NaiveDate, language: Language) -> String {
    match language {
        Language::Vietnamese => vietnamese(kind, date),
        Language::English => english(kind, date),
    }
}

fn vietnamese(kind: &SpanKind, date: NaiveDate) -> String {
    let fixed = match kind {
        SpanKind::Received => "ngày tiếp nhận, không tính",
        SpanKind::Superseded => "trước ngày nhận đủ hồ sơ bổ sung, tính lại từ đầu",
        SpanKind::Restarted => "ngày nhận đủ hồ sơ bổ sung, không tính",
        SpanKind::SameDay => "ngày tiếp nhận, trả kết quả trong ngày",
        SpanKind::Working => "ngày làm việc",
        SpanKind::CalendarDay => "tính theo ngày lịch",
        SpanKind::Moved => "ngày hẹn trả, dời sang ngày làm việc tiếp theo",
        SpanKind::Paused => "tạm dừng, không tính",
        SpanKind::OutsideHours => "ngoài giờ làm việc",
        SpanKind::MakeUp(note) => return format!("ngày làm việc: {}", note.as_str()),
        SpanKind::Holiday(note) => return format!("nghỉ lễ: {}", note.as_str()),
        SpanKind::Compensatory(note) | SpanKind::SwappedOff(note) => {
            return format!("ngày nghỉ: {}", note.as_str());
        }
        SpanKind::RestDay => return format!("nghỉ hằng tuần: {}", vietnamese_weekday(date)),
        SpanKind::EndsOnDayOff(note) => {
            let off = note.as_ref().map_or(vietnamese_weekday(date), |note| note.as_str());
            return format!("ngày cuối của thời hạn, là ngày nghỉ: {off}");
        }
        SpanKind::OfficeTime(seconds) => {
            return format!("tính {} làm việc", vietnamese_hours(*seconds));
        }
        SpanKind::ClockTime(seconds) => return format!("tính {}", vietnamese_hours(*seconds)),
    };
    fixed.to_owned()
}

fn english(kind: &SpanKind, date: NaiveDate) -> String {
    let fixed = match kind {
        SpanKind::Received => "day of receipt, not counted",
        SpanKind::Superseded => "before the complete supplement arrived, counted afresh",
        SpanKind::Restarted => "day the complete supplement arrived, not counted",
        SpanKind::SameDay => "day of receipt, answered the same day",
        SpanKind::Working => "working day",
        SpanKind::CalendarDay => "calendar day",
        SpanKind::Moved => "due day, moved to the next working day",
        SpanKind::Paused => "paused, not counted",
        SpanKind::OutsideHours => "outside office hours",
        SpanKind::MakeUp(note) => return format!("working day: {}", note.as_str()),
        SpanKind::Holiday(note) => return format!("public holiday: {}", note.as_str()),
        SpanKind::Compensatory(note) | SpanKind::SwappedOff(note) => {
            return format!("day off: {}", note.as_str());
        }
        SpanKind::RestDay => return format!("weekly rest day: {}", english_weekday(date)),
        SpanKind::EndsOnDayOff(note) => {
            let off = note.as_ref().map_or(english_weekday(date), |note| note.as_str());
            return format!("last day of the limit, a day off: {off}");
        }
        SpanKind::OfficeTime(seconds) => {
            return format!("{} of office time", english_hours(*seconds));
        }
        SpanKind::ClockTime(seconds) => return english_hours(*seconds),
    };
    fixed.to_owned()
}

fn vietnamese_weekday(date: NaiveDate) -> &'static str {
    match date.weekday() {
        Weekday::Mon => "thứ Hai",
        Weekday::Tue => "thứ Ba",
        Weekday::Wed => "thứ Tư",
        Weekday::Thu => "thứ Năm",
        Weekday::Fri => "thứ Sáu",
        Weekday::Sat => "thứ Bảy",
        Weekday::Sun => "Chủ nhật",
    }
}

fn english_weekday(date: NaiveDate) -> &'static str {
    match date.weekday() {
        Weekday::Mon => "Monday",
        Weekday::Tue => "Tuesday",
        Weekday::Wed => "Wednesday",
        Weekday::Thu => "Thursday",
        Weekday::Fri => "Friday",
        Weekday::Sat => "Saturday",
        Weekday::Sun => "Sunday",
    }
}

fn vietnamese_hours(seconds: u32) -> String {
    parts(seconds, ["giờ", "phút", "giây"])
}

fn english_hours(seconds: u32) -> String {
    parts(seconds, ["h", "min", "s"])
}

/// `4 giờ 30 phút`, leaving out what is zero.
fn parts(seconds: u32, units: [&str; 3]) -> String {
    let amounts = [seconds / 3600, seconds / 60 % 60, seconds % 60];
    let said = amounts.iter().zip(units).filter(|(amount, _)| **amount > 0);
    said.map(|(amount, unit)| format!("{amount} {unit}")).collect::<Vec<_>>().join(" ")
}
