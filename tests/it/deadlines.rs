//! The deadline engine against a table that a lawyer can read, against a counter
//! that walks day by day and minute by minute, and against its own promises.

mod needed;
mod oracle;
mod properties;

use chrono::NaiveDate;
use dunghen::domain::{
    calendar::{CalendarDay, Confidence, DayKind, SAME_DAY_CUTOFF, WorkingCalendar},
    deadline::due,
    ledger::{Language, SpanKind},
    limit::Limit,
    office_hours::{OfficeHours, Period, Session},
    pause::Pause,
    time::{Instant, local, parse_instant},
    working_time::{WorkingTime, working_days_late, working_time_left},
};

const TABLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/deadlines.csv");
const SHIPPED_CALENDAR: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/config/calendar.csv");

// ---- the table ----

#[test]
fn every_row_of_the_deadline_table_comes_out_as_written() {
    let calendars = OFFICES.map(|office| (office, calendar_of(office)));
    let mut wrong = Vec::new();
    let mut rows = 0;
    for record in csv::Reader::from_path(TABLE).unwrap().records() {
        let record = record.unwrap();
        let [id, office, received, limit, pauses, restarted, expected, standing, why] =
            std::array::from_fn(|column| record[column].to_owned());
        let calendar = &calendars.iter().find(|(name, _)| *name == office).expect(&office).1;
        let got = outcome(&received, &limit, &pauses, &restarted, calendar);
        let expected = (expected, standing);
        if got != expected {
            wrong.push(format!("{id}: {expected:?} expected, {got:?} computed ({why})"));
        }
        assert!(!why.is_empty(), "{id} gives no reason");
        rows += 1;
    }
    assert!(wrong.is_empty(), "{} of {rows} rows\n{}", wrong.len(), wrong.join("\n"));
    assert!(rows >= 300, "the table has shrunk to {rows} rows");
}

/// Due moment and standing as the table writes them; a refusal as `!Name`.
fn outcome(received: &str, limit: &str, pauses: &str, restarted: &str, calendar: &WorkingCalendar) -> (String, String) {
    let refused = |error: String| (format!("!{}", error.split(' ').next().unwrap()), String::new());
    let limit: Limit = match limit.parse() {
        Ok(limit) => limit,
        Err(error) => return refused(format!("{error:?}")),
    };
    let pauses: Vec<_> = pauses.split_terminator(';').map(pause).collect();
    // Of several complete supplements the last one counts, as in `office::progress`.
    let restarted = restarted.split_terminator(';').map(at).max();
    match due(at(received), restarted, &limit, &pauses, calendar) {
        Ok(promise) => {
            let standing = if promise.provisional { "provisional" } else { "firm" };
            (local(promise.due_at).format("%Y-%m-%dT%H:%M").to_string(), standing.to_owned())
        }
        Err(error) => refused(format!("{error:?}")),
    }
}

fn at(text: &str) -> Instant {
    parse_instant(text).unwrap_or_else(|| panic!("{text} is no instant"))
}

fn pause(text: &str) -> Pause {
    let (from, to) = text.split_once('/').unwrap();
    Pause { from: at(from), to: at(to) }
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

const OFFICES: [&str; 8] =
    ["standard", "one_pm", "nine_hours", "saturday_morning", "one_session", "seasons", "no_holidays", "may_make_up"];

fn sessions(text: &str) -> Vec<Session> {
    text.split_terminator(' ').map(|session| session.parse().unwrap()).collect()
}

fn hours_of(office: &str) -> OfficeHours {
    let week = |from: Option<&str>, weekday: &str, saturday: &str| {
        Period::weekly(from.map(day), &sessions(weekday), &sessions(saturday))
    };
    let periods = match office {
        "one_pm" => vec![week(None, "07:30-11:30 13:00-17:00", "")],
        "nine_hours" => vec![week(None, "07:00-11:30 13:00-17:30", "")],
        "saturday_morning" => vec![week(None, "07:30-11:30 13:00-17:00", "07:30-11:30")],
        "one_session" => vec![week(None, "07:00-14:00", "")],
        "seasons" => vec![
            week(None, "07:30-11:30 13:00-16:30", ""),
            week(Some("2026-04-16"), "07:00-11:30 14:00-17:00", ""),
            week(Some("2026-10-16"), "07:30-11:30 13:00-16:30", ""),
        ],
        _ => return OfficeHours::standard(),
    };
    OfficeHours::new(periods, OfficeHours::MONDAY_TO_FRIDAY.to_vec()).unwrap()
}

fn calendar_of(office: &str) -> WorkingCalendar {
    let days = match office {
        "no_holidays" => Vec::new(),
        "may_make_up" => vec![
            row(day("2025-05-01"), DayKind::Holiday),
            row(day("2025-05-02"), DayKind::SwappedOff),
            row(day("2025-05-03"), DayKind::SwappedWorking),
        ],
        _ => shipped_days(),
    };
    WorkingCalendar::new(1, &days, &hours_of(office), SAME_DAY_CUTOFF).unwrap()
}

fn row(date: NaiveDate, kind: DayKind) -> CalendarDay {
    CalendarDay { date, kind, name: format!("{kind} {date}"), basis: None, confidence: Confidence::Confirmed }
}

fn shipped_days() -> Vec<CalendarDay> {
    let mut file = csv::Reader::from_path(SHIPPED_CALENDAR).unwrap();
    file.deserialize().map(|row| row.unwrap()).collect()
}

// ---- single facts ----

#[test]
fn the_ledger_tells_each_day_and_names_the_holiday_with_its_basis() {
    let calendar = calendar_of("standard");
    let limit = "2 working_day".parse().unwrap();
    let pauses = [pause("2026-11-25T09:00/2026-11-26T09:00")];
    let ledger = due(at("2026-11-23T08:00"), None, &limit, &pauses, &calendar).unwrap().ledger;
    let told: Vec<_> = ledger
        .days(Language::Vietnamese)
        .map(|day| format!("{} {} {}", day.date, if day.counted { "+" } else { "-" }, day.why))
        .collect();
    assert_eq!(
        told,
        [
            "2026-11-23 - ngày tiếp nhận, không tính",
            "2026-11-24 - nghỉ lễ: Ngày Văn hóa Việt Nam (NQ 28/2026/QH16)",
            "2026-11-25 + ngày làm việc",
            "2026-11-26 - tạm dừng, không tính",
            "2026-11-27 + ngày làm việc",
        ]
    );
}

#[test]
fn the_ledger_of_calendar_days_says_that_and_why_the_end_moved() {
    let calendar = calendar_of("standard");
    let limit = "11 calendar_day".parse().unwrap();
    let ledger = due(at("2026-11-10T08:00"), None, &limit, &[], &calendar).unwrap().ledger;
    let told: Vec<_> = ledger.days(Language::English).map(|day| (day.counted, day.why)).skip(10).collect();
    let expected = [
        (true, "calendar day"),
        (true, "last day of the limit, a day off: Saturday"),
        (false, "weekly rest day: Sunday"),
        (false, "due day, moved to the next working day"),
    ];
    assert_eq!(told, expected.map(|(counted, why)| (counted, why.to_owned())));
}

#[test]
fn the_ledger_of_working_hours_gives_the_office_time_of_each_day() {
    let calendar = calendar_of("standard");
    let limit = "5 working_hour".parse().unwrap();
    let ledger = due(at("2026-11-20T16:20"), None, &limit, &[], &calendar).unwrap().ledger;
    let told: Vec<_> = ledger.days(Language::Vietnamese).map(|day| day.why).collect();
    let expected =
        ["tính 40 phút làm việc", "nghỉ hằng tuần: thứ Bảy", "nghỉ hằng tuần: Chủ nhật", "tính 4 giờ 20 phút làm việc"];
    assert_eq!(told, expected);
}

#[test]
fn the_ledger_of_a_restart_tells_the_days_before_it() {
    let calendar = calendar_of("standard");
    let limit = "1 working_day".parse().unwrap();
    let restarted = Some(at("2026-11-18T10:00"));
    let ledger = due(at("2026-11-16T08:00"), restarted, &limit, &[], &calendar).unwrap().ledger;
    let kinds: Vec<_> = ledger.spans.into_iter().map(|span| span.kind).collect();
    assert_eq!(kinds, [SpanKind::Superseded, SpanKind::Restarted, SpanKind::Working]);
}

#[test]
fn a_stored_ledger_is_short_and_in_vietnams_offset() {
    let calendar = calendar_of("standard");
    let limit = "2 working_day".parse().unwrap();
    let ledger = due(at("2026-11-23T08:00"), None, &limit, &[], &calendar).unwrap().ledger;
    let stored = serde_json::to_string(&ledger).unwrap();
    assert_eq!(
        stored,
        concat!(
            r#"{"cal":1,"rec":"2026-11-23T08:00:00+07:00","lim":"2 working_day","days":["#,
            r#"{"f":"2026-11-23","t":"2026-11-23","k":"rec"},"#,
            r#"{"f":"2026-11-24","t":"2026-11-24","k":{"h":"Ngày Văn hóa Việt Nam (NQ 28/2026/QH16)"}},"#,
            r#"{"f":"2026-11-25","t":"2026-11-26","k":"w"}]}"#
        )
    );
}

#[test]
fn office_time_over_a_night_does_not_count_the_night() {
    // Seen wrong elsewhere: 26.5 hours.
    let calendar = calendar_of("one_pm");
    let seconds = calendar.office_seconds_between(at("2025-06-02T08:00"), at("2025-06-03T19:00"));
    assert_eq!(seconds, 15 * 3600 + 1800);
}

#[test]
fn two_working_days_late_over_a_holiday_is_two() {
    let calendar = calendar_of("standard");
    let late = |at_text| working_days_late(at("2026-11-23T17:00"), at(at_text), &calendar);
    assert_eq!(late("2026-11-23T16:00"), 0);
    assert_eq!(late("2026-11-23T18:00"), 0);
    assert_eq!(late("2026-11-24T10:00"), 0, "the holiday is no working day");
    assert_eq!(late("2026-11-26T08:00"), 2);
}

#[test]
fn time_left_is_whole_days_and_the_hours_of_the_first_and_last_day() {
    let calendar = calendar_of("saturday_morning");
    let left = |now, due_at| {
        let WorkingTime { days, hours, minutes } = working_time_left(at(now), at(due_at), &calendar);
        (days, hours, minutes)
    };
    assert_eq!(left("2026-11-17T14:00", "2026-11-19T17:00"), (2, 3, 0));
    assert_eq!(left("2026-11-17T06:00", "2026-11-17T17:00"), (1, 0, 0));
    assert_eq!(left("2026-11-17T08:00", "2026-11-17T10:45"), (0, 2, 45));
    assert_eq!(left("2026-11-20T16:00", "2026-11-23T17:00"), (1, 1, 0), "the half Saturday is no day");
    assert_eq!(left("2026-11-20T16:00", "2026-11-23T08:30"), (0, 2, 0));
    assert_eq!(left("2026-11-20T17:00", "2026-11-20T17:00"), (0, 0, 0));
    assert_eq!(left("2026-11-21T12:00", "2026-11-20T17:00"), (0, 0, 0));
}

#[test]
fn two_rows_for_one_day_are_refused() {
    let twice = [row(day("2026-11-24"), DayKind::Holiday), row(day("2026-11-24"), DayKind::SwappedOff)];
    assert!(WorkingCalendar::new(1, &twice, &OfficeHours::standard(), SAME_DAY_CUTOFF).is_err());
}

#[test]
fn the_shipped_calendar_knows_from_when_to_when_it_is_published() {
    let calendar = calendar_of("standard");
    assert_eq!(calendar.first_day(), Some(day("2024-01-01")));
    assert_eq!(calendar.last_published_year(), Some(2027));
    assert!(!calendar.is_published(2028));
}

#[test]
fn a_week_that_cannot_be_is_refused() {
    let refused = |weekday: &str| {
        let sessions: Result<Vec<Session>, _> = weekday.split_terminator(' ').map(str::parse).collect();
        sessions
            .and_then(|day| OfficeHours::new(vec![Period::weekly(None, &day, &[])], vec![chrono::Weekday::Mon]))
            .is_err()
    };
    for weekday in ["", "08:00", "11:30-07:30", "08:00-12:00 11:00-17:00", "13:00-17:00 07:30-11:30", "08:00-25:00"] {
        assert!(refused(weekday), "{weekday}");
    }
    assert!(!refused("07:30-11:30 13:30-17:00"));
}
