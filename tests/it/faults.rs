//! What breaks between the decision and the delivery: a process that dies at each point, a mail
//! server that refuses. Nothing is lost, nothing doubled.

use std::sync::Arc;

use chrono::Duration;
use dunghen::delivery::{Courier, DeliveryError, Outgoing, Taken};
use dunghen::office::Actor;
use dunghen::office::dispatch::DispatchReport;
use dunghen::store::outbox::{Blame, Message, OutboxState, Settled};

use crate::support::{App, MemoryCourier, THREE_DAYS};

/// One message waits: the warning to the officer.
fn warned() -> App {
    let app = App::new();
    app.log(THREE_DAYS, "online").done();
    app.at("2026-03-04 08:00");
    assert_eq!(app.sweep().raised.get("due-soon"), Some(&1));
    app
}

fn message(app: &App) -> Message {
    let code = app.number("SELECT count(*) FROM outbox");
    assert_eq!(code, 1);
    app.office.store().read(|conn| dunghen::store::outbox::newest(conn, None, 0, 1)).unwrap().remove(0)
}

fn lease(app: &App) -> Duration {
    Duration::seconds(app.settings.dispatch.lease_seconds)
}

fn sent() -> Settled {
    Settled::Sent { subject: "s".to_owned(), body: "b".to_owned(), answer: "250 ok".to_owned(), provider_id: None }
}

#[test]
fn a_process_that_dies_before_it_claims_leaves_everything_ready() {
    let mut app = warned();
    app.restart();
    assert_eq!(app.dispatch(), DispatchReport { sent: 1, ..DispatchReport::default() });
    assert_eq!(app.mails().len(), 1);
}

#[test]
fn a_process_that_dies_after_the_claim_is_taken_over_once_its_lease_is_over() {
    let mut app = warned();
    let claimed = app.office.claim(app.now()).unwrap();
    assert_eq!(claimed.messages.len(), 1);
    app.restart();
    assert_eq!(app.dispatch(), DispatchReport::default(), "the claim still holds");
    app.advance(lease(&app) - Duration::seconds(1));
    assert_eq!(app.dispatch(), DispatchReport::default());
    app.advance(Duration::seconds(1));
    assert_eq!(app.dispatch().sent, 1);
    assert_eq!(app.mails().len(), 1, "sent once");
    assert_eq!(message(&app).attempts, 2);
}

#[test]
fn a_process_that_dies_between_sending_and_settling_sends_the_same_message_id_again() {
    let mut app = warned();
    let claimed = app.office.claim(app.now()).unwrap();
    let outcomes = app.office.send_all(app.now(), claimed.messages);
    assert!(matches!(outcomes[0].1, Settled::Sent { .. }));
    app.restart();
    app.advance(lease(&app));
    assert_eq!(app.dispatch().sent, 1);
    let mails = app.mails();
    assert_eq!(mails.len(), 2, "at least once");
    assert_eq!(mails[0].message_id, mails[1].message_id, "and to be recognised as the same");
    assert_eq!((&mails[0].subject, &mails[0].text), (&mails[1].subject, &mails[1].text));
    app.advance_days(1);
    assert_eq!(app.dispatch(), DispatchReport::default());
}

#[test]
fn a_letter_sent_again_is_the_same_letter() {
    let mut app = App::new();
    app.log(THREE_DAYS, "online").done();
    app.at("2026-03-05 17:05");
    app.sweep();
    let claimed = app.office.claim(app.now()).unwrap();
    drop(app.office.send_all(app.now(), claimed.messages));
    app.restart();
    app.advance(lease(&app));
    app.dispatch();
    let letters: Vec<Outgoing> = app.mails().into_iter().filter(|mail| mail.kind == "apology").collect();
    assert_eq!(letters.len(), 2);
    let bytes = |mail: &Outgoing| mail.attachment.as_ref().unwrap().bytes.clone();
    assert_eq!(bytes(&letters[0]), bytes(&letters[1]));
    assert_eq!(app.number("SELECT count(*) FROM documents"), 1);
}

#[test]
fn a_lost_lease_settles_nothing() {
    let app = warned();
    let slow = app.office.claim(app.now()).unwrap();
    app.advance(lease(&app));
    let quick = app.office.claim(app.now()).unwrap();
    assert_eq!(quick.messages.len(), 1, "taken over");
    let mut report = DispatchReport::default();
    let failed = Settled::Failed { error: "too late to say".to_owned() };
    app.office.settle(app.now(), &slow.lease, &slow.messages[0], failed, &mut report).unwrap();
    assert_eq!(report, DispatchReport::default());
    assert_eq!(message(&app).state, OutboxState::Sending);
    let sent = sent();
    app.office.settle(app.now(), &quick.lease, &quick.messages[0], sent.clone(), &mut report).unwrap();
    assert_eq!(message(&app).state, OutboxState::Sent);
    let retry = Settled::Retry { at: app.now(), error: "late".to_owned(), blame: Blame::Message };
    app.office.settle(app.now(), &slow.lease, &slow.messages[0], retry, &mut report).unwrap();
    assert_eq!(message(&app).state, OutboxState::Sent, "what is settled stays settled");
}

#[test]
fn what_is_settled_is_not_settled_again_under_the_same_lease() {
    let app = warned();
    let claimed = app.office.claim(app.now()).unwrap();
    let mut report = DispatchReport::default();
    let sent = sent();
    app.office.settle(app.now(), &claimed.lease, &claimed.messages[0], sent, &mut report).unwrap();
    let retry = Settled::Retry { at: app.now(), error: "twice".to_owned(), blame: Blame::Message };
    app.office.settle(app.now(), &claimed.lease, &claimed.messages[0], retry, &mut report).unwrap();
    assert_eq!(message(&app).state, OutboxState::Sent);
    assert_eq!((report.sent, report.retry), (1, 0));
}

#[test]
fn what_comes_after_a_letter_that_has_to_wait_waits_with_it() {
    let app = App::new();
    app.log(THREE_DAYS, "online").done();
    for at in ["2026-03-05 17:05", "2026-03-09 17:05"] {
        app.at(at);
        app.sweep();
    }
    let mut claimed = app.office.claim(app.now()).unwrap();
    claimed.messages.retain(|message| message.letter_id.is_some());
    let kinds: Vec<&str> = claimed.messages.iter().map(|message| message.kind.as_str()).collect();
    assert_eq!(kinds, ["apology", "second-miss"]);
    app.mailbox.refuse_next(DeliveryError::Temporary("451 later".to_owned()));
    let outcomes = app.office.send_all(app.now(), claimed.messages);
    let Settled::Retry { at, .. } = outcomes[0].1 else { panic!("{outcomes:?}") };
    assert_eq!(outcomes[1].1, Settled::Untried { not_before: Some(at) });
    let mut report = DispatchReport::default();
    for (message, outcome) in outcomes {
        app.office.settle(app.now(), &claimed.lease, &message, outcome, &mut report).unwrap();
    }
    assert_eq!((report.retry, report.untried), (1, 1));
    app.clock.set(at);
    app.dispatch();
    let letters: Vec<String> =
        app.sent().into_iter().filter(|mail| mail.contains("apology") || mail.contains("second-miss")).collect();
    assert!(letters.len() == 2 && letters[0].starts_with("apology"), "{letters:?}");
}

#[test]
fn a_refusal_for_now_is_tried_again_later_and_later_up_to_the_ceiling() {
    let app = App::with("[dispatch]\nfirst_retry_seconds = 60\nlongest_retry_seconds = 200\nmax_attempts = 5");
    app.log(THREE_DAYS, "online").done();
    app.at("2026-03-04 08:00");
    app.sweep();
    let mut waits = Vec::new();
    for _ in 0..4 {
        app.mailbox.refuse_next(DeliveryError::Temporary("451 later".to_owned()));
        assert_eq!(app.dispatch().retry, 1);
        let waiting = message(&app);
        assert_eq!(waiting.last_error.as_deref(), Some("451 later"));
        waits.push((waiting.ready_at - app.now()).num_seconds());
        app.advance(Duration::seconds(waits[waits.len() - 1] - 1));
        assert_eq!(app.dispatch(), DispatchReport::default(), "not before its time");
        app.advance(Duration::seconds(1));
    }
    assert_eq!(waits, [60, 120, 200, 200]);
    app.mailbox.refuse_next(DeliveryError::Temporary("451 later".to_owned()));
    assert_eq!(app.dispatch().failed, 1, "the fifth attempt was the last");
    assert_eq!(message(&app).state, OutboxState::Failed);
    app.advance_days(1);
    assert_eq!(app.dispatch(), DispatchReport::default(), "a dead letter waits for a person");
    assert_eq!(app.mails().len(), 0);
    app.office.retry_message(app.now(), &Actor::System, &message(&app).id).unwrap();
    assert_eq!(app.dispatch().sent, 1);
    assert_eq!(app.mails().len(), 1);
}

#[test]
fn a_refusal_for_good_is_a_dead_letter_at_once() {
    let app = warned();
    app.mailbox.refuse_next(DeliveryError::Permanent("550 no such mailbox".to_owned()));
    assert_eq!(app.dispatch().failed, 1);
    let dead = message(&app);
    assert_eq!((dead.state, dead.attempts), (OutboxState::Failed, 1));
    assert_eq!(dead.last_error.as_deref(), Some("550 no such mailbox"));
    assert!(app.office.retry_message(app.now(), &Actor::System, "no such message").is_err());
}

#[test]
fn a_sent_message_cannot_be_sent_again_by_hand() {
    let app = warned();
    app.dispatch();
    assert!(app.office.retry_message(app.now(), &Actor::System, &message(&app).id).is_err());
    assert_eq!(app.dispatch(), DispatchReport::default());
}

#[test]
fn a_retry_asked_for_while_the_message_is_on_its_way_changes_nothing() {
    let app = warned();
    let claimed = app.office.claim(app.now()).unwrap();
    assert!(app.office.retry_message(app.now(), &Actor::System, &claimed.messages[0].id).is_err());
    assert_eq!(message(&app).state, OutboxState::Sending);
}

#[test]
fn a_courier_that_panics_takes_nothing_with_it() {
    struct Falls;
    impl Courier for Falls {
        fn send(&self, _: &Outgoing) -> Result<Taken, DeliveryError> {
            panic!("the courier falls")
        }
    }
    let app = warned();
    let falling = app.another_process(Arc::new(Falls));
    let fell = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| falling.dispatch(app.now())));
    assert!(fell.is_err() || fell.is_ok_and(|report| report.is_ok()));
    app.advance(lease(&app));
    assert_eq!(app.dispatch().sent, 1);
    assert_eq!(app.mails().len(), 1);
}

#[test]
fn two_dispatchers_never_send_the_same_message_while_its_lease_holds() {
    let app = App::with("[dispatch]\nbatch = 7");
    for _ in 0..60 {
        app.log(THREE_DAYS, "online").done();
    }
    let now = app.at("2026-03-04 08:00");
    app.sweep();
    let theirs = Arc::new(MemoryCourier::default());
    let other = app.another_process(theirs.clone());
    std::thread::scope(|scope| {
        scope.spawn(|| app.office.dispatch(now).unwrap());
        scope.spawn(|| other.dispatch(now).unwrap());
    });
    let mut ids: Vec<String> = app.mails().into_iter().chain(theirs.mails()).map(|mail| mail.message_id).collect();
    assert_eq!(ids.len(), 60);
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 60);
}

#[test]
fn letters_are_numbered_without_a_gap_by_eight_clerks_at_once() {
    let app = App::new();
    let codes: Vec<String> = (0..40).map(|_| app.log(THREE_DAYS, "online").done().code).collect();
    app.at("2026-03-03 09:00");
    let form = dunghen::office::delay::DelayForm {
        reason_code: "workload".to_owned(),
        reason: "Hồ sơ dồn trong tuần".to_owned(),
        new_due_on: None,
    };
    std::thread::scope(|scope| {
        for part in codes.chunks(5) {
            let (app, form) = (&app, &form);
            scope.spawn(move || {
                for code in part {
                    // Twice: the second is refused and must not use up a number.
                    app.office.declare_delay(app.now(), &crate::support::officer(), code, form).unwrap();
                    app.office.declare_delay(app.now(), &crate::support::officer(), code, form).unwrap_err();
                }
            });
        }
    });
    assert_eq!(app.number("SELECT count(*) FROM letters"), 40);
    assert_eq!(app.number("SELECT count(DISTINCT serial) FROM letters"), 40);
    assert_eq!(app.number("SELECT max(serial) FROM letters"), 40);
}
