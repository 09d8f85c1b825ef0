//! The special days of a year as files that other programs read: CSV and iCalendar. What is written here
//! and imported again changes nothing.

use chrono::{Days, NaiveDate, NaiveDateTime};
use icalendar::{Calendar, Component, Event, EventLike, EventStatus, Property};

use crate::domain::calendar::{CalendarDay, Confidence};

/// The columns of the CSV.
const HEAD: [&str; 5] = ["date", "kind", "name", "basis", "confidence"];

/// CSV with the columns of `config/calendar.csv`.
#[must_use]
pub fn csv(days: &[CalendarDay]) -> String {
    let mut out = String::new();
    line(&mut out, &HEAD.map(str::to_owned));
    for day in days {
        let basis = day.basis.as_deref().unwrap_or_default();
        let cells = [
            day.date.to_string(),
            day.kind.to_string(),
            guarded(&day.name),
            guarded(basis),
            day.confidence.to_string(),
        ];
        line(&mut out, &cells);
    }
    out
}

fn line(out: &mut String, cells: &[String; 5]) {
    for (place, cell) in cells.iter().enumerate() {
        if place > 0 {
            out.push(',');
        }
        if cell.contains([',', '"', '\n', '\r']) || cell.trim() != cell {
            out.push('"');
            out.push_str(&cell.replace('"', "\"\""));
            out.push('"');
        } else {
            out.push_str(cell);
        }
    }
    out.push_str("\r\n");
}

/// Signs that make a spreadsheet take text for a formula.
const FORMULA: [char; 4] = ['=', '+', '-', '@'];

fn guarded(text: &str) -> String {
    let after = text.trim_start_matches('\'');
    if after.starts_with(FORMULA) { format!("'{text}") } else { text.to_owned() }
}

/// The text without the sign that keeps a spreadsheet from taking it for a formula.
#[must_use]
pub fn unguarded(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if rest.trim_start_matches('\'').starts_with(FORMULA) => rest,
        Some(_) | None => text,
    }
}

/// iCalendar: one event of a whole day each, with an id that stays the same for the day.
#[must_use]
pub fn ics(days: &[CalendarDay], made_at: NaiveDateTime, title: &str) -> String {
    let mut calendar = Calendar::empty();
    calendar.append_property(Property::new("VERSION", "2.0"));
    calendar.append_property(Property::new("PRODID", "-//Dung Hen//dunghen//VI"));
    calendar.append_property(Property::new("CALSCALE", "GREGORIAN"));
    calendar.name(title);
    for day in days {
        let mut event = Event::new();
        event
            .uid(&format!("{}@calendar.dunghen", day.date))
            .timestamp(made_at.and_utc())
            .starts(day.date)
            .ends(after(day.date))
            .summary(&day.name)
            .append_multi_property(Property::new("CATEGORIES", day.kind.as_str()))
            .add_property("TRANSP", "TRANSPARENT");
        if let Some(basis) = &day.basis {
            event.description(basis);
        }
        event.status(match day.confidence {
            Confidence::Confirmed => EventStatus::Confirmed,
            Confidence::Unconfirmed => EventStatus::Tentative,
        });
        calendar.push(event.done());
    }
    calendar.done().to_string()
}

fn after(day: NaiveDate) -> NaiveDate {
    day.checked_add_days(Days::new(1)).unwrap_or(day)
}
