use super::*;
use crate::domain::calendar::{CalendarDay, Confidence, DayKind, SAME_DAY_CUTOFF};
use crate::domain::office_hours::OfficeHours;
use crate::domain::time::{parse_instant, rfc3339};

fn calendar() -> WorkingCalendar {
    let tet = (16..=20).map(|day| CalendarDay {
        date: NaiveDate::from_ymd_opt(2026, 2, day).unwrap(),
        kind: DayKind::Holiday,
        name: "Tết Nguyên đán".to_owned(),
        basis: None,
        confidence: Confidence::Confirmed,
    });
    WorkingCalendar::new(1, &tet.collect::<Vec<_>>(), &OfficeHours::standard(), SAME_DAY_CUTOFF).unwrap()
}

fn at(text: &str) -> Instant {
    parse_instant(text).unwrap()
}

#[test]
fn paper_taken_before_three_is_handed_over_the_same_day_and_after_it_first_thing_next() {
    let hour: Limit = "1 working_hour".parse().unwrap();
    for (received, due) in [
        ("2026-03-03 07:00", "2026-03-03T17:00:00+07:00"),
        ("2026-03-03 14:59:59", "2026-03-03T17:00:00+07:00"),
        ("2026-03-03 15:00", "2026-03-04T08:30:00+07:00"),
        ("2026-03-03 16:59", "2026-03-04T08:30:00+07:00"),
        // A Friday afternoon, a Saturday, the eve of Tết.
        ("2026-03-06 15:30", "2026-03-09T08:30:00+07:00"),
        ("2026-03-07 09:00", "2026-03-09T08:30:00+07:00"),
        ("2026-02-13 15:00", "2026-02-23T08:30:00+07:00"),
    ] {
        assert_eq!(rfc3339(hand_over_due(at(received), &hour, &calendar()).unwrap()), due, "{received}");
    }
}

#[test]
fn an_answer_asked_for_on_a_day_off_is_due_on_the_next_working_day() {
    let day = |text: &str| text.parse::<NaiveDate>().unwrap();
    let due = |text: &str| consultation_due(day(text), &calendar()).map(rfc3339).unwrap();
    assert_eq!(due("2026-03-05"), "2026-03-05T17:00:00+07:00");
    assert_eq!(due("2026-03-08"), "2026-03-09T17:00:00+07:00");
    assert_eq!(due("2026-02-17"), "2026-02-23T17:00:00+07:00");
    assert_eq!(consultation_due(day("2199-01-01"), &calendar()), None);
}

fn open(kind: SubDeadlineKind, started: &str, due: &str, notice: NoticeLevel) -> Open {
    Open { kind, started_at: at(started), due_at: at(due), notice }
}

#[test]
fn a_reminder_that_falls_on_a_day_off_comes_before_it() {
    // Five days before Monday 23 March is Wednesday the 18th; before Friday the 20th, Sunday the 15th.
    let asked = |due: &str| open(SubDeadlineKind::Supplement, "2026-03-02 09:00", due, NoticeLevel::Mail);
    let next = |due| next_change(&asked(due), 5, at("2026-03-02 09:00"), &calendar()).map(rfc3339);
    assert_eq!(next("2026-03-23 17:00").as_deref(), Some("2026-03-18T07:30:00+07:00"));
    assert_eq!(next("2026-03-20 17:00").as_deref(), Some("2026-03-13T07:30:00+07:00"));
}

#[test]
fn a_rule_that_is_not_kept_by_message_owes_nothing_and_closes_nothing() {
    for level in [NoticeLevel::Off, NoticeLevel::Screen] {
        for kind in SubDeadlineKind::ALL {
            let quiet = open(*kind, "2026-03-02 09:00", "2026-03-17 17:00", level);
            assert_eq!(owed(&quiet, 5, at("2026-12-01 08:00"), &calendar()), []);
            assert_eq!(next_change(&quiet, 5, at("2026-03-02 09:00"), &calendar()), None);
        }
    }
}

/// Walks the months around a sub-deadline in steps of 47 minutes: between two moments at which
/// the answer may change it never does, and after the last one it stays for ever.
#[test]
fn the_next_change_never_skips_what_is_owed() {
    let calendar = calendar();
    let begins = [at("2026-02-05 16:58"), at("2026-02-13 08:00"), at("2026-03-02 15:00")];
    for kind in SubDeadlineKind::ALL {
        for started_at in begins {
            for (hours, reminder_days) in [(0, 5), (30, 1), (24 * 6, 5), (24 * 15, 5), (24 * 15, 0), (24 * 40, 30)] {
                let due_at = started_at + Duration::hours(hours);
                let open = Open { kind: *kind, started_at, due_at, notice: NoticeLevel::Mail };
                let mut now = started_at - Duration::hours(3);
                while now < due_at + Duration::days(3) {
                    let answer = owed(&open, reminder_days, now, &calendar);
                    let next = next_change(&open, reminder_days, now, &calendar);
                    let until = next.unwrap_or(due_at + Duration::days(4));
                    assert!(until > now);
                    let mut between = now;
                    while between < until {
                        assert_eq!(owed(&open, reminder_days, between, &calendar), answer, "{open:?} at {between}");
                        between += Duration::minutes(47);
                    }
                    let last = until - Duration::seconds(1);
                    assert_eq!(owed(&open, reminder_days, last, &calendar), answer, "{open:?} at {last}");
                    now = until.min(now + Duration::hours(29));
                }
            }
        }
    }
}
