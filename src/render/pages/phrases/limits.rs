//! Limits, and days late against them.

use super::pick;
use crate::domain::limit::LimitUnit;
use crate::render::pages::ctx::Lang;

/// `5 ngày làm việc` / `5 working days`.
#[must_use]
pub fn limit(lang: Lang, value: i64, unit: LimitUnit) -> String {
    let (vi, en) = match unit {
        LimitUnit::SameDay => return pick(lang, "trong ngày", "same day"),
        LimitUnit::WorkingDay => ("ngày làm việc", "working day"),
        LimitUnit::CalendarDay => ("ngày", "day"),
        LimitUnit::Month => ("tháng", "month"),
        LimitUnit::WorkingHour => ("giờ làm việc", "working hour"),
        LimitUnit::Hour => ("giờ", "hour"),
    };
    match lang {
        Lang::Vi => format!("{value} {vi}"),
        Lang::En if value == 1 => format!("1 {en}"),
        Lang::En => format!("{value} {en}s"),
    }
}

/// How late something is: `quá 3 ngày làm việc`; the due day itself has no whole day.
#[must_use]
pub fn working_days_late(lang: Lang, days: Option<u32>) -> String {
    match days {
        None => pick(lang, "chưa quá hạn", "not past it"),
        Some(0) => pick(lang, "quá trong ngày", "late the same day"),
        Some(1) => pick(lang, "quá 1 ngày làm việc", "1 working day late"),
        Some(days) => pick(lang, &format!("quá {days} ngày làm việc"), &format!("{days} working days late")),
    }
}

/// Both limits as the receipt states them, in Vietnamese: the law's, and the shorter one that the
/// office committed to.
#[must_use]
pub fn both_limits(statutory: &str, commitment: &str) -> String {
    format!("{statutory} theo quy định; cơ quan cam kết {commitment}")
}

/// Where no limit is known.
#[must_use]
pub fn no_limit(lang: Lang) -> String {
    pick(lang, "chưa có thời hạn", "no limit known")
}
