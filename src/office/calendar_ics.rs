//! Calendar days from iCalendar (RFC 5545): events of whole days whose category is the kind of the day,
//! the summary its name, the description its basis, the status whether it is confirmed.

use chrono::{Days, NaiveDate};
use icalendar::parser::{Component, Property, read_calendar, unfold};

use crate::domain::problem::{CalendarFileProblem, FieldError, FileProblem, Problem};

use super::calendar_file::{CalendarFile, day};
use super::intake::nfc;

/// The longest event in days: a public holiday is no longer.
const EVENT_DAYS: usize = 31;
/// Components inside components; a calendar of events has three.
const DEPTH: usize = 6;

/// Whether a file says that it is iCalendar.
#[must_use]
pub(super) fn looks_like_one(data: &[u8]) -> bool {
    let start = data.strip_prefix(b"\xef\xbb\xbf").unwrap_or(data).trim_ascii_start();
    start.get(..15).is_some_and(|start| start.eq_ignore_ascii_case(b"BEGIN:VCALENDAR"))
}

/// Its events as days; the row of an error is the number of the event.
///
/// # Errors
/// When it is no readable calendar at all.
pub(super) fn read(data: &[u8]) -> Result<CalendarFile, FieldError> {
    let wrong = |problem: CalendarFileProblem| FieldError::new("file", "", problem);
    let text = std::str::from_utf8(data).map_err(|_| FieldError::new("file", "", FileProblem::NotUtf8))?;
    let text = unfold(text.trim_start_matches('\u{feff}').trim_start());
    if depth(&text) > DEPTH {
        return Err(wrong(CalendarFileProblem::Unreadable));
    }
    let calendar = read_calendar(&text).map_err(|_| wrong(CalendarFileProblem::Unreadable))?;
    let mut file = CalendarFile::default();
    for event in calendar.components.iter().filter(|component| component.name == "VEVENT") {
        file.read += 1;
        match days_of(event) {
            Ok(days) => {
                for one in days {
                    file.take(file.read, Ok(one));
                }
            }
            Err(errors) => file.take(file.read, Err(errors)),
        }
    }
    if file.read == 0 {
        return Err(wrong(CalendarFileProblem::Empty));
    }
    Ok(file)
}

/// How deep components lie in each other; the parser would follow them down.
fn depth(text: &str) -> usize {
    let mut depth = 0_usize;
    let mut most = 0;
    for line in text.lines() {
        let line = line.trim_start().as_bytes();
        let begins = |word: &[u8]| line.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
        if begins(b"BEGIN:") {
            depth += 1;
            most = most.max(depth);
        } else if begins(b"END:") {
            depth = depth.saturating_sub(1);
        }
    }
    most
}

type OneDay = (NaiveDate, super::calendar_change::SpecialDay);

fn days_of(event: &Component<'_>) -> Result<Vec<OneDay>, Vec<FieldError>> {
    let mut errors = Vec::new();
    for name in ["RRULE", "RDATE"] {
        if let Some(found) = event.find_prop(name) {
            errors.push(FieldError::new("rrule", short(found.val.as_str()), CalendarFileProblem::Repeating));
        }
    }
    let value = |name: &str, field: &'static str, errors: &mut Vec<FieldError>| {
        let text = event.find_prop(name).map(|found| nfc(found.val.as_str().trim())).unwrap_or_default();
        if text.chars().any(char::is_control) {
            errors.push(FieldError::new(field, short(&text), Problem::ControlCharacters));
        }
        text
    };
    let (name, basis) = (value("SUMMARY", "name", &mut errors), value("DESCRIPTION", "basis", &mut errors));
    let kind = value("CATEGORIES", "kind", &mut errors).to_ascii_lowercase();
    let confidence = match value("STATUS", "confidence", &mut errors).to_ascii_uppercase().as_str() {
        "CONFIRMED" => "confirmed",
        _ => "unconfirmed",
    };
    let span = span(event).map_err(|error| errors.push(error)).unwrap_or_default();
    let first = span.first().map(ToString::to_string).unwrap_or_default();
    if span.is_empty() {
        return Err(errors);
    }
    let (_, special) = day(&first, &kind, name, basis, confidence, errors)?;
    span.into_iter()
        .map(|date| {
            day(
                &date.to_string(),
                special.kind.as_str(),
                special.name.clone(),
                special.basis.clone(),
                confidence,
                vec![],
            )
        })
        .collect()
}

/// The days of an event: its end is the day after its last.
fn span(event: &Component<'_>) -> Result<Vec<NaiveDate>, FieldError> {
    let start = event.find_prop("DTSTART").ok_or_else(|| FieldError::new("dtstart", "", Problem::Required))?;
    let first = whole_day(start, "dtstart")?;
    let end = match event.find_prop("DTEND") {
        Some(end) => whole_day(end, "dtend")?,
        None => first.checked_add_days(Days::new(1)).unwrap_or(first),
    };
    let days: Vec<NaiveDate> = first.iter_days().take_while(|day| *day < end).take(EVENT_DAYS + 1).collect();
    if days.is_empty() || days.len() > EVENT_DAYS {
        return Err(FieldError::new("dtend", end.to_string(), Problem::Contradicts { other: "dtstart" }));
    }
    Ok(days)
}

fn whole_day(property: &Property<'_>, field: &'static str) -> Result<NaiveDate, FieldError> {
    let text = property.val.as_str().trim();
    let digits = text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit());
    let read = digits.then(|| NaiveDate::parse_from_str(text, "%Y%m%d").ok()).flatten();
    read.ok_or_else(|| FieldError::new(field, short(text), CalendarFileProblem::NotAWholeDay))
}

fn short(text: &str) -> String {
    text.chars().take(60).collect()
}
