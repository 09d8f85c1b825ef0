//! The ages of the open files, as lines of the summary.

use serde_json::Value;

use super::Cell;
use crate::domain::ageing::{AgeBand, DueBand};

/// A band in Vietnamese and English.
#[must_use]
pub const fn age_words(band: AgeBand) -> (&'static str, &'static str) {
    match band {
        AgeBand::To5 => ("0–5 ngày làm việc", "0–5 working days"),
        AgeBand::To10 => ("6–10 ngày làm việc", "6–10 working days"),
        AgeBand::To20 => ("11–20 ngày làm việc", "11–20 working days"),
        AgeBand::To30 => ("21–30 ngày làm việc", "21–30 working days"),
        AgeBand::More => ("trên 30 ngày làm việc", "more than 30 working days"),
    }
}

/// A band in Vietnamese and English.
#[must_use]
pub const fn due_words(band: DueBand) -> (&'static str, &'static str) {
    match band {
        DueBand::Over10 => ("quá hẹn trên 10 ngày làm việc", "overdue by more than 10 working days"),
        DueBand::Over5 => ("quá hẹn 6–10 ngày làm việc", "overdue by 6–10 working days"),
        DueBand::Over0 => ("quá hẹn 1–5 ngày làm việc", "overdue by 1–5 working days"),
        DueBand::OverToday => ("quá giờ hẹn, trong ngày hẹn", "past the hour, on the due day"),
        DueBand::DueToday => ("đến hẹn trong ngày", "due on this day"),
        DueBand::Left5 => ("còn 1–5 ngày làm việc", "1–5 working days left"),
        DueBand::Left10 => ("còn 6–10 ngày làm việc", "6–10 working days left"),
        DueBand::LeftMore => ("còn trên 10 ngày làm việc", "more than 10 working days left"),
        DueBand::Paused => ("tạm dừng", "paused"),
        DueBand::NoPromise => ("chưa có ngày hẹn", "no promise"),
    }
}

/// A line a band, each with how many of the open files it holds.
pub(super) fn rows(report: &Value) -> Vec<Vec<Cell>> {
    let list = |key: &str| report.pointer(&format!("/ageing/{key}")).and_then(Value::as_array).cloned();
    let open = Cell::from_json(report.pointer("/in_progress/total"));
    let mut rows = Vec::new();
    for key in ["since_receipt", "against_promise"] {
        for line in list(key).unwrap_or_default() {
            let band = line.get("band").and_then(Value::as_str).unwrap_or_default();
            let since =
                band.parse::<AgeBand>().map(|band| format!("Đang giải quyết, tiếp nhận đã {}", age_words(band).0));
            let due = band.parse::<DueBand>().map(|band| format!("Đang giải quyết, {}", due_words(band).0));
            let name = since.or(due).unwrap_or_default();
            let total = Cell::from_json(line.get("total"));
            rows.push(vec![
                Cell::Text(format!("ageing.{key}.{band}")),
                Cell::Text(name),
                total,
                open.clone(),
                Cell::Empty,
            ]);
        }
    }
    rows
}
