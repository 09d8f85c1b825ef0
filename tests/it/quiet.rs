//! Quiet hours: one gate for everything that leaves, and nothing of it counts as trouble.

use dunghen::delivery::DeliveryError;
use dunghen::domain::time::rfc3339;
use dunghen::office::dispatch::DispatchReport;
use dunghen::office::waiting::Waits;
use dunghen::store::outbox::{Message, OutboxState, newest};

use crate::support::{App, THREE_DAYS, instant};

const NOTHING: DispatchReport = DispatchReport { sent: 0, retry: 0, failed: 0, void: 0, untried: 0 };

/// One message waits since Wednesday 4 March, 18:30: the warning to the officer.
fn warned_in_the_evening() -> App {
    let app = App::new();
    app.log(THREE_DAYS, "online").done();
    app.at("2026-03-04 08:00");
    app.dispatch();
    app.at("2026-03-04 18:30");
    app.sweep();
    // One is enough: other rungs of the ladder were reached too.
    app.sql("DELETE FROM outbox WHERE kind <> 'due-soon'");
    app
}

fn message(app: &App) -> Message {
    app.office.store().read(|conn| newest(conn, None, 0, 1)).unwrap().remove(0)
}

#[test]
fn what_is_ready_at_night_leaves_in_the_morning() {
    let app = warned_in_the_evening();
    for at in ["2026-03-04 19:00", "2026-03-05 00:00", "2026-03-05 06:59:59"] {
        app.at(at);
        assert_eq!(app.dispatch(), NOTHING, "{at}");
        assert!(!app.office.may_send_at(app.now()).unwrap());
        assert_eq!(rfc3339(app.office.next_sending_time(app.now()).unwrap()), "2026-03-05T07:00:00+07:00");
    }
    assert_eq!(message(&app).attempts, 0);
    app.at("2026-03-05 07:00");
    assert!(app.office.may_send_at(app.now()).unwrap());
    assert_eq!(app.dispatch().sent, 1);
}

#[test]
fn days_off_are_quiet_as_a_whole_and_swapped_saturdays_are_not() {
    let app = App::new();
    for (day, next) in [
        ("2026-03-07 10:00", "2026-03-09T07:00:00+07:00"),
        ("2026-08-22 10:00", "2026-08-22T10:00:00+07:00"),
        ("2026-09-02 10:00", "2026-09-03T07:00:00+07:00"),
    ] {
        assert_eq!(rfc3339(app.office.next_sending_time(instant(day)).unwrap()), next, "{day}");
    }
}

#[test]
fn what_is_urgent_leaves_at_any_hour() {
    let app = warned_in_the_evening();
    app.sql("UPDATE outbox SET urgent = TRUE");
    app.at("2026-03-04 23:00");
    assert_eq!(app.dispatch().sent, 1);
}

#[test]
fn a_retry_that_comes_due_at_night_waits_for_the_morning() {
    let app = warned_in_the_evening();
    app.mailbox.refuse_next(DeliveryError::Temporary("451 later".to_owned()));
    app.at("2026-03-04 18:59:30");
    assert_eq!(app.dispatch().retry, 1);
    app.at("2026-03-04 19:05");
    assert_eq!(app.dispatch(), NOTHING);
    app.at("2026-03-05 07:00");
    assert_eq!(app.dispatch().sent, 1);
}

#[test]
fn settings_can_move_the_night_and_switch_days_off() {
    let app = App::with("[quiet]\nfrom = \"00:00\"\nuntil = \"00:00\"\ndays_off = false");
    assert!(app.office.may_send_at(instant("2026-03-08 03:00")).unwrap());
    for (overrides, name) in [("from = \"7pm\"", "quiet.from"), ("until = \"25:00\"", "quiet.until")] {
        let problems = dunghen::config::Settings::from_toml(&format!("[quiet]\n{overrides}")).unwrap_err();
        assert!(problems.iter().any(|problem| problem.starts_with(name)), "{problems:?}");
    }
}

#[test]
fn what_merely_waits_for_the_morning_is_no_trouble() {
    let app = warned_in_the_evening();
    let age = |at: &str| {
        let now = instant(at);
        app.office.health(now).unwrap().oldest_unsent_at.map(|since| (now - since).num_minutes())
    };
    assert_eq!(age("2026-03-04 18:40"), Some(10));
    assert_eq!(age("2026-03-05 03:00"), None, "the night");
    assert_eq!(age("2026-03-05 07:15"), Some(15), "the night does not count");
    let waits = |at: &str| {
        let rules = app.office.store().read(|conn| app.office.rules(conn)).unwrap();
        app.office.waits(&rules, instant(at), &[], &message(&app))
    };
    assert_eq!(waits("2026-03-04 18:40"), Some(Waits::Next));
    assert_eq!(waits("2026-03-04 22:00"), Some(Waits::Quiet { until: instant("2026-03-05 07:00") }));
    assert_eq!(waits("2026-03-06 22:00"), Some(Waits::Quiet { until: instant("2026-03-09 07:00") }));
}

#[test]
fn a_message_that_is_stale_in_the_morning_does_not_leave() {
    let app = warned_in_the_evening();
    let code = message(&app).about;
    app.at("2026-03-04 20:00");
    app.dispatch();
    app.at("2026-03-05 06:30");
    app.resolve(&code);
    app.at("2026-03-05 07:00");
    assert_eq!(app.dispatch().void, 1);
    assert_eq!(message(&app).state, OutboxState::Void);
    assert_eq!(app.number("SELECT count(*) FROM attempts"), 0);
}
