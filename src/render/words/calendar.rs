//! Days off and what moves with them.

use chrono::NaiveDate;

use crate::domain::calendar::{Confidence, DayKind};
use crate::render::dates::short_date;
use crate::render::pages::Lang;
use crate::render::pages::time::long_date;
use crate::render::problems::{Language, day_kind_text};

/// Days off named one by one in a reason; the rest is counted.
const DAYS_NAMED: usize = 3;

/// Why a promise moved: the days that became days off, each with what it is called and rests on.
#[must_use]
pub fn days_off_text(days: &[(NaiveDate, &str)]) -> String {
    let mut parts: Vec<String> = days
        .iter()
        .take(DAYS_NAMED)
        .map(|(day, said)| match *said {
            "" => format!("ngày {} được nghỉ", short_date(*day)),
            said => format!("ngày {} được nghỉ ({said})", short_date(*day)),
        })
        .collect();
    if let Some(more) = days.len().checked_sub(DAYS_NAMED).filter(|more| *more > 0) {
        parts.push(format!("và {more} ngày nghỉ khác"));
    }
    format!("Lịch nghỉ thay đổi: {}.", parts.join("; "))
}

/// What the day off of a swap is called.
#[must_use]
pub fn swapped_for_text(worked: NaiveDate) -> String {
    format!("Hoán đổi với {}", long_date(Lang::Vi, worked))
}

/// What the day worked for a day off is called.
#[must_use]
pub fn worked_for_text(off: NaiveDate) -> String {
    format!("Làm bù cho {}", long_date(Lang::Vi, off))
}

/// What is missing of a year's calendar.
#[must_use]
pub fn calendar_missing_text(year: i32, published: bool, unconfirmed: &[(NaiveDate, &str)]) -> String {
    if !published {
        return format!("Chưa có ngày nghỉ nào của năm {year}.");
    }
    let days: Vec<String> = unconfirmed.iter().map(|(day, name)| format!("{} ({name})", short_date(*day))).collect();
    format!("Chưa xác nhận: {}.", days.join("; "))
}

/// A special day in a table of differences: `Nghỉ lễ, Tết: Quốc khánh (9441/TB-BNV)`.
#[must_use]
pub fn special_day_text(kind: DayKind, name: &str, basis: &str, confidence: Confidence) -> String {
    let kind = day_kind_text(kind, Language::Vietnamese);
    let basis = if basis.is_empty() { String::new() } else { format!(" ({basis})") };
    let doubt = if confidence == Confidence::Unconfirmed { ", chưa xác nhận" } else { "" };
    format!("{kind}: {name}{basis}{doubt}")
}

/// Why a promise moved when no day became a day off.
#[must_use]
pub fn hours_changed_text() -> String {
    "Giờ làm việc của cơ quan thay đổi.".to_owned()
}
