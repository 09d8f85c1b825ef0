//! A way of delivery that does not work: told once, no message lost, over when a message goes through.

use chrono::Duration;
use dunghen::delivery::DeliveryError;
use dunghen::office::OfficeError;
use dunghen::office::delivery_report::{DeliveryReport, Reported};
use dunghen::store::attempts::{Attempt, AttemptOutcome};
use dunghen::store::outbox::{Message, OutboxState, newest};

use crate::support::{App, MemoryCourier, THREE_DAYS};

fn down() -> DeliveryError {
    DeliveryError::Unreachable("Connection refused (os error 111)".to_owned())
}

/// So many warnings wait on Wednesday 4 March, 08:00.
fn warned(count: usize) -> App {
    let app = App::new();
    for _ in 0..count {
        app.log(THREE_DAYS, "online").done();
    }
    app.at("2026-03-04 08:00");
    app.sweep();
    app
}

fn messages(app: &App) -> Vec<Message> {
    app.office.store().read(|conn| newest(conn, None, 0, 1_000)).unwrap()
}

fn attempts(app: &App, id: &str) -> Vec<Attempt> {
    app.office.message_with_attempts(id).unwrap().1
}

/// Dispatches every 20 seconds for so long.
fn go_on(app: &App, time: Duration) {
    let end = app.now() + time;
    while app.now() < end {
        app.advance(Duration::seconds(20));
        app.dispatch();
    }
}

#[test]
fn a_server_that_is_away_for_a_day_makes_no_dead_letters() {
    let app = warned(120);
    app.mailbox.goes_down(down());
    let report = app.dispatch();
    assert!(report.retry <= 4 && report.untried >= 46, "one batch is begun and given up: {report:?}");
    let tried = app.mailbox.tried();
    app.advance(Duration::seconds(20));
    assert_eq!(app.dispatch().retry, 1, "one at a time finds out");
    assert_eq!(app.mailbox.tried(), tried + 1);
    for _ in 0..24 {
        app.advance(Duration::hours(1));
        app.dispatch();
    }
    assert!(messages(&app).iter().all(|message| message.attempts == 0 && message.state.is_waiting()));
    app.mailbox.comes_back();
    app.at("2026-03-05 10:00");
    let report = app.dispatch();
    assert_eq!((report.sent, report.failed), (120, 0), "one probe, then the rest in the same dispatch");
    assert_eq!(app.office.outages().unwrap(), []);
}

#[test]
fn operators_are_told_once_after_the_set_time_and_the_outage_ends() {
    let app = warned(1);
    let other = app.another_process(app.mailbox.clone());
    app.mailbox.goes_down(down());
    app.dispatch();
    go_on(&app, Duration::minutes(9));
    assert_eq!(app.office.outages().unwrap(), [], "nine minutes are an accident");
    go_on(&app, Duration::minutes(2));
    let outages = app.office.outages().unwrap();
    assert_eq!(outages.len(), 1);
    assert_eq!(outages[0].id, "mail-1");
    assert!(outages[0].last_error.contains("refused"));
    let alerts = || app.number("SELECT count(*) FROM alerts WHERE kind = 'delivery-alarm' AND dossier_id IS NULL");
    assert_eq!(alerts(), 1, "the administrator");
    go_on(&app, Duration::minutes(30));
    app.advance(Duration::minutes(2));
    other.dispatch(app.now()).unwrap();
    assert_eq!(alerts(), 1, "told once");
    assert_eq!(app.number("SELECT count(*) FROM outages"), 1);
    let health = app.office.health(app.now()).unwrap();
    assert_eq!(health.lines.lasting.len(), 1);

    app.mailbox.comes_back();
    app.advance(Duration::minutes(2));
    assert_eq!(app.dispatch().sent, 1);
    let lines = app.office.lines(app.now()).unwrap();
    assert_eq!((lines.lasting.len(), lines.ended.len()), (0, 1));
    assert_eq!(app.number("SELECT count(*) FROM alerts WHERE kind = 'delivery-alarm' AND ended_at IS NULL"), 0);

    // The next outage is another one.
    app.log(THREE_DAYS, "online").received_at("2026-03-02 08:00").done();
    app.sweep();
    app.mailbox.goes_down(down());
    app.dispatch();
    go_on(&app, Duration::minutes(12));
    assert_eq!(app.office.outages().unwrap()[0].id, "mail-2");
    assert_eq!(alerts(), 2);
}

#[test]
fn one_full_mailbox_is_no_outage_but_two_refused_messages_for_ten_minutes_are() {
    for (count, outages) in [(1, 0), (2, 1)] {
        let app = warned(count);
        app.mailbox.goes_down(DeliveryError::Temporary("452 4.2.2 mailbox full".to_owned()));
        app.dispatch();
        go_on(&app, Duration::minutes(40));
        assert_eq!(app.office.outages().unwrap().len(), outages, "{count}");
    }
}

#[test]
fn refusals_while_the_way_counts_as_down_make_no_dead_letters_either() {
    let app = warned(8);
    app.mailbox.goes_down(DeliveryError::Temporary("451 4.3.0 try later".to_owned()));
    for _ in 0..40 {
        app.advance(Duration::minutes(15));
        app.dispatch();
    }
    assert!(
        messages(&app).iter().all(|message| message.state == OutboxState::Retry || message.state == OutboxState::Ready)
    );
    assert!(messages(&app).iter().all(|message| message.attempts < app.settings.dispatch.max_attempts));
}

#[test]
fn every_attempt_is_kept_with_the_answer() {
    let app = warned(1);
    app.mailbox.refuse_next(DeliveryError::Temporary("451 4.7.1\r\n greylisted".to_owned()));
    app.dispatch();
    app.advance(Duration::minutes(1));
    app.dispatch();
    let id = messages(&app)[0].id.clone();
    let lines: Vec<_> = attempts(&app, &id).into_iter().map(|one| (one.number, one.outcome, one.answer)).collect();
    assert_eq!(
        lines,
        [
            (1, AttemptOutcome::Retry, "451 4.7.1 greylisted".to_owned()),
            (2, AttemptOutcome::Sent, "250 kept as 1".to_owned())
        ]
    );
}

#[test]
fn reports_move_a_sent_message_on_once_and_never_back() {
    let app = warned(1);
    let id = messages(&app)[0].message_id.clone();
    let report = |report, detail: &str| app.office.report_delivery(app.now(), &id, report, detail);
    assert!(matches!(report(DeliveryReport::Bounced, "x"), Err(OfficeError::NotFound)), "it never left");
    app.dispatch();
    let state = || messages(&app)[0].state;
    assert!(matches!(report(DeliveryReport::Delivered, "read"), Ok(Reported::MovedOn(_))));
    assert_eq!(state(), OutboxState::Delivered);
    assert_eq!(report(DeliveryReport::Delivered, "read").unwrap(), Reported::Known);
    assert!(matches!(report(DeliveryReport::Bounced, "550 5.1.1 unknown"), Ok(Reported::MovedOn(_))));
    assert_eq!(report(DeliveryReport::Delivered, "read again").unwrap(), Reported::Known);
    assert_eq!(state(), OutboxState::Bounced, "what came back stays so");
    assert_eq!(messages(&app)[0].last_error.as_deref(), Some("550 5.1.1 unknown"));
    let bare = id.trim_matches(['<', '>']);
    let twice = app.office.report_delivery(app.now(), bare, DeliveryReport::Bounced, "550 5.1.1 unknown").unwrap();
    assert_eq!(twice, Reported::Known);
    assert_eq!(attempts(&app, &messages(&app)[0].id).len(), 4, "sent, delivered, bounced, delivered");
    for unknown in ["", "<>", "<no@such.invalid>", "' OR 1=1 --"] {
        let answer = app.office.report_delivery(app.now(), unknown, DeliveryReport::Bounced, "x");
        assert!(matches!(answer, Err(OfficeError::NotFound)), "{unknown:?}");
    }
}

#[test]
fn a_report_about_a_message_whose_sender_died_keeps_it_from_being_sent_twice() {
    let app = warned(1);
    let claimed = app.office.claim(app.now()).unwrap();
    let outcomes = app.office.send_all(app.now(), claimed.messages);
    let (message, outcome) = outcomes.into_iter().next().unwrap();
    app.office.report_delivery(app.now(), &message.message_id, DeliveryReport::Bounced, "550 unknown").unwrap();
    let mut report = dunghen::office::dispatch::DispatchReport::default();
    app.office.settle(app.now(), &claimed.lease, &message, outcome, &mut report).unwrap();
    app.advance(Duration::hours(1));
    app.dispatch();
    assert_eq!(app.mails().len(), 1);
    assert_eq!(messages(&app)[0].state, OutboxState::Bounced);
}

#[test]
fn a_clock_that_jumps_back_sends_nothing_twice_and_leases_hold() {
    let app = warned(3);
    app.at("2026-03-04 10:00");
    let claimed = app.office.claim(app.now()).unwrap();
    let theirs = std::sync::Arc::new(MemoryCourier::default());
    let other = app.another_process(theirs.clone());
    app.at("2026-03-04 09:00");
    assert_eq!(other.dispatch(app.now()).unwrap().sent, 0, "the lease holds");
    let outcomes = app.office.send_all(app.now(), claimed.messages);
    let mut report = dunghen::office::dispatch::DispatchReport::default();
    for (message, outcome) in outcomes {
        app.office.settle(app.now(), &claimed.lease, &message, outcome, &mut report).unwrap();
    }
    assert_eq!(report.sent, 3);
    app.at("2026-03-04 08:00");
    app.dispatch();
    app.at("2026-03-04 12:00");
    app.dispatch();
    other.dispatch(app.now()).unwrap();
    assert_eq!((app.mails().len(), theirs.mails().len()), (3, 0));
}

#[test]
fn a_message_whose_sender_died_long_ago_shows_as_stuck() {
    let app = warned(1);
    app.office.claim(app.now()).unwrap();
    let stuck = |after: i64| app.office.lines(app.now() + Duration::seconds(after)).unwrap().stuck;
    let lease = app.settings.dispatch.lease_seconds;
    assert_eq!((stuck(lease), stuck(2 * lease - 1), stuck(2 * lease)), (0, 0, 1));
}
