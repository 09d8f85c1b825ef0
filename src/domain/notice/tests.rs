use super::*;
use crate::domain::calendar::SAME_DAY_CUTOFF;
use crate::domain::ladder::{Bundling, RUNG_KINDS, Urgency, Way};
use crate::domain::office_hours::OfficeHours;
use crate::domain::time::{parse_instant, rfc3339};

fn at(text: &str) -> Instant {
    parse_instant(text).unwrap()
}

fn calendar() -> WorkingCalendar {
    WorkingCalendar::new(1, &[], &OfficeHours::standard(), SAME_DAY_CUTOFF).unwrap()
}

fn rung(kind: NoticeKind, level: i32, working_days: u32, share_percent: u32, audiences: &[Audience]) -> Rung {
    Rung {
        kind,
        level,
        share_percent,
        working_days,
        audiences: audiences.to_vec(),
        accountable: audiences.first().copied().unwrap_or(Audience::Officer),
        ways: vec![Way::Screen],
        bundling: Bundling::Single,
        urgency: Urgency::Normal,
        acknowledge_hours: 0,
    }
}

/// As shipped.
fn ladder() -> Ladder {
    use Audience::{Manager, Officer, Supervisor};
    Ladder::new(vec![
        rung(NoticeKind::Escalation, 1, 0, 0, &[Manager]),
        rung(NoticeKind::StillOverdue, 2, 10, 0, &[Manager]),
        rung(NoticeKind::StillOverdue, 1, 3, 0, &[Officer, Supervisor]),
        rung(NoticeKind::Overdue, 1, 0, 0, &[Officer, Supervisor]),
        rung(NoticeKind::ApologyDue, 1, 1, 60, &[Officer]),
        rung(NoticeKind::DueSoon, 1, 2, 50, &[Officer]),
    ])
}

fn promised(number: i32, from: &str, due: &str) -> Promised {
    Promised { number, due_at: at(due), made_at: at(from), counted_from: at(from) }
}

/// Ten working days, Monday 2 to Monday 16 March 2026.
fn file() -> NoticeFacts {
    NoticeFacts {
        promise: Some(promised(1, "2026-03-02 08:00", "2026-03-16 17:00")),
        reschedule: None,
        paused_since: None,
        closed_at: None,
    }
}

fn moved(made: &str, due: &str) -> NoticeFacts {
    NoticeFacts { reschedule: Some(promised(2, made, due)), ..file() }
}

fn said(facts: &NoticeFacts, ladder: &Ladder, now: &str) -> Vec<String> {
    let say = |notice: Notice<'_>| format!("{} {} {} {}", notice.kind, notice.level, notice.audience, notice.promise);
    notices_due(facts, ladder, at(now), &calendar()).into_iter().map(say).collect()
}

#[test]
fn each_rung_comes_at_its_moment() {
    let late = ["overdue 1 officer 1", "overdue 1 supervisor 1"];
    let still = ["still-overdue 1 officer 1", "still-overdue 1 supervisor 1"];
    let apology = ["apology 0 applicant 1"];
    for (now, expected) in [
        ("2026-03-12 07:29:59", vec![]),
        ("2026-03-12 07:30", vec!["due-soon 1 officer 1"]),
        ("2026-03-13 07:29:59", vec!["due-soon 1 officer 1"]),
        ("2026-03-13 07:30", vec!["due-soon 1 officer 1", "apology-due 1 officer 1"]),
        ("2026-03-16 17:00", vec!["due-soon 1 officer 1", "apology-due 1 officer 1"]),
        ("2026-03-16 17:00:01", [&late[..], &apology].concat()),
        ("2026-03-19 07:29:59", [&late[..], &apology].concat()),
        ("2026-03-19 07:30", [&late[..], &still, &apology].concat()),
        ("2026-03-30 07:30", [&late[..], &still, &["still-overdue 2 manager 1"], &apology].concat()),
    ] {
        assert_eq!(said(&file(), &ladder(), now), expected, "{now}");
    }
}

#[test]
fn after_the_new_date_the_ladder_speaks_of_it() {
    let told_late = moved("2026-03-16 17:00:01", "2026-03-23 17:00");
    let late = ["overdue 1 officer 1", "overdue 1 supervisor 1"];
    for (now, more) in [
        ("2026-03-18 08:00", vec![]),
        ("2026-03-20 08:00", vec!["due-soon 1 officer 2", "still-overdue 1 officer 1", "still-overdue 1 supervisor 1"]),
        ("2026-03-23 17:00:01", vec!["escalation 1 manager 2", "second-miss 0 applicant 2"]),
        (
            "2026-03-26 07:30",
            vec![
                "still-overdue 1 officer 2",
                "still-overdue 1 supervisor 2",
                "escalation 1 manager 2",
                "second-miss 0 applicant 2",
            ],
        ),
    ] {
        let mut expected = [&late[..], &more].concat();
        let mut answer = said(&told_late, &ladder(), now);
        expected.sort_unstable();
        answer.sort();
        assert_eq!(answer, expected, "{now}");
    }
}

#[test]
fn a_delay_told_in_time_replaces_the_alarm_until_the_new_date_passes() {
    let told = moved("2026-03-13 09:00", "2026-03-23 17:00");
    assert_eq!(said(&told, &ladder(), "2026-03-13 09:01"), Vec::<String>::new(), "the question was answered");
    assert_eq!(said(&told, &ladder(), "2026-03-17 08:00"), Vec::<String>::new());
    assert_eq!(said(&told, &ladder(), "2026-03-23 17:00:01"), ["escalation 1 manager 2", "second-miss 0 applicant 2"]);
}

#[test]
fn a_closed_file_is_owed_nothing_and_a_paused_one_what_it_was_owed_before() {
    let closed = NoticeFacts { closed_at: Some(at("2026-03-20 09:00")), ..file() };
    assert_eq!(said(&closed, &ladder(), "2026-03-30 08:00"), Vec::<String>::new());
    let in_time = NoticeFacts { paused_since: Some(at("2026-03-13 09:00")), ..file() };
    assert_eq!(said(&in_time, &ladder(), "2026-03-30 08:00"), Vec::<String>::new());
    let late = NoticeFacts { paused_since: Some(at("2026-03-17 09:00")), ..file() };
    let overdue = ["overdue 1 officer 1", "overdue 1 supervisor 1"];
    assert_eq!(said(&late, &ladder(), "2026-03-30 08:00"), overdue, "nothing gets later, and no date can be promised");
}

#[test]
fn a_rung_that_is_off_is_silent_and_the_apology_is_owed_all_the_same() {
    let silent = Ladder::new(RUNG_KINDS.map(|kind| rung(kind, 1, 0, 0, &[])).to_vec());
    for now in ["2026-03-12 08:00", "2026-03-16 17:00"] {
        assert_eq!(said(&file(), &silent, now), Vec::<String>::new());
    }
    for ladder in [silent, Ladder::default()] {
        assert_eq!(said(&file(), &ladder, "2026-03-16 17:00:01"), ["apology 0 applicant 1"]);
        assert_eq!(
            next_change(&file(), &ladder, at("2026-03-02 08:00"), &calendar()).map(rfc3339).as_deref(),
            Some("2026-03-16T17:00:01+07:00")
        );
    }
}

#[test]
fn a_short_limit_is_warned_of_late_and_asked_about_only_when_a_day_is_left() {
    let short = |from: &str, due: &str| NoticeFacts { promise: Some(promised(1, from, due)), ..file() };
    let due_soon = ["due-soon 1 officer 1"];
    let asked = ["due-soon 1 officer 1", "apology-due 1 officer 1"];
    // Four office hours on one day: no day is left on which an apology could be in time.
    let hours = short("2026-03-02 07:30", "2026-03-02 11:30");
    assert_eq!(said(&hours, &ladder(), "2026-03-02 09:29"), Vec::<String>::new());
    assert_eq!(said(&hours, &ladder(), "2026-03-02 09:30"), due_soon);
    // Until the next day: when half of the time has gone, and a little later.
    let day = short("2026-03-02 07:30", "2026-03-03 17:00");
    assert_eq!(said(&day, &ladder(), "2026-03-02 16:59"), Vec::<String>::new());
    assert_eq!(said(&day, &ladder(), "2026-03-02 17:00"), due_soon);
    assert_eq!(said(&day, &ladder(), "2026-03-03 09:00"), asked);
}

#[test]
fn the_next_change_never_skips_what_is_owed() {
    let facts = [
        file(),
        moved("2026-03-13 09:00", "2026-03-23 17:00"),
        moved("2026-03-16 17:00:01", "2026-03-19 17:00"),
        NoticeFacts { promise: Some(promised(1, "2026-03-06 16:00", "2026-03-09 17:00")), ..file() },
    ];
    let (ladder, calendar) = (ladder(), calendar());
    for facts in facts {
        let mut now = at("2026-03-02 08:00");
        while now < at("2026-04-15 08:00") {
            let step = now + chrono::Duration::minutes(10);
            let changed = notices_due(&facts, &ladder, now, &calendar) != notices_due(&facts, &ladder, step, &calendar);
            let next = next_change(&facts, &ladder, now, &calendar);
            assert!(!changed || next.is_some_and(|next| next <= step), "{facts:?} {}", rfc3339(now));
            assert!(next.is_none_or(|next| next > now));
            now = step;
        }
        assert_eq!(next_change(&facts, &ladder, now, &calendar), None, "nothing comes after the last rung");
    }
}
