//! The life of a late file, seen from outside: who hears what, when, and how often.

use chrono::Duration;
use dunghen::config::Settings;
use dunghen::domain::dossier::Step;
use dunghen::domain::notice::NoticeKind;
use dunghen::domain::time::{local, rfc3339};
use dunghen::domain::timeliness::Timeliness;
use dunghen::office::delay::DelayForm;
use dunghen::office::error::{OfficeError, Problem, Refusal};
use dunghen::office::look::verdict;
use dunghen::office::sweep::Run;
use dunghen::office::{Actor, Office, setup};
use dunghen::store::outbox::{Delivery, OutboxState};
use dunghen::store::{Durability, Store};

use crate::support::{App, LAND, NO_LIMIT, SAME_DAY, THREE_DAYS, instant, officer};

const OFFICER: &str = "congchuc.vhxh@example.invalid";
const SUPERVISOR: &str = "phutrach.vhxh@example.invalid";

fn delay(reason: &str) -> DelayForm {
    DelayForm { reason_code: "verification".to_owned(), reason: reason.to_owned(), new_due_on: None }
}

/// A dossier of three working days, received Monday 2 March 08:00, due Thursday 17:00, not answered.
fn late_dossier(app: &App) -> String {
    let row = app.log(THREE_DAYS, "online").done();
    assert_eq!(row.due_at.map(rfc3339).as_deref(), Some("2026-03-05T17:00:00+07:00"));
    app.at("2026-03-05 17:00:01");
    row.code
}

#[test]
fn a_late_file_climbs_the_ladder_and_no_further() {
    let app = App::new();
    let code = app.log(THREE_DAYS, "online").done().code;
    let mut seen = 0;
    let mut news = |at: &str| {
        app.at(at);
        app.sweep();
        app.dispatch();
        let mails = app.mails();
        let mut fresh: Vec<String> = mails[seen..].iter().map(|mail| format!("{} {}", mail.kind, mail.to)).collect();
        seen = mails.len();
        fresh.sort();
        fresh
    };
    let nothing: Vec<String> = Vec::new();
    assert_eq!(news("2026-03-02 08:05"), nothing);
    assert_eq!(news("2026-03-04 07:44"), nothing, "half of the limit has not gone yet");
    assert_eq!(news("2026-03-04 07:45"), [format!("due-soon {OFFICER}")]);
    assert_eq!(news("2026-03-04 16:00"), [format!("apology-due {OFFICER}")], "a day before it: will it be ready?");
    assert_eq!(news("2026-03-05 17:00"), nothing, "the due moment itself is still in time");
    assert_eq!(
        news("2026-03-05 17:00:01"),
        ["apology cong.dan@example.invalid".to_owned(), format!("overdue {OFFICER}"), format!("overdue {SUPERVISOR}")]
    );
    let row = app.row(&code);
    assert_eq!(row.due_at.map(rfc3339).as_deref(), Some("2026-03-05T17:00:00+07:00"), "the promise stays as it was");
    assert_eq!(row.new_due_at.map(rfc3339).as_deref(), Some("2026-03-09T17:00:00+07:00"));
    assert_eq!(news("2026-03-06 16:59"), nothing);
    assert_eq!(news("2026-03-09 08:00"), [format!("due-soon {OFFICER}")], "the new date is warned of as well");
    assert_eq!(
        news("2026-03-09 17:00:01"),
        ["escalation giamdoc@example.invalid", "second-miss cong.dan@example.invalid"]
    );
    assert_eq!(
        news("2026-03-20 08:00"),
        ["unacknowledged giamdoc@example.invalid".to_owned(), format!("unacknowledged {SUPERVISOR}")],
        "nobody acknowledged the two overdue alerts: each goes to the next one up"
    );
    assert_eq!(news("2026-03-23 08:00"), ["still-overdue giamdoc@example.invalid"], "ten working days after it");
    assert_eq!(news("2026-06-20 08:00"), nothing, "no second reschedule, however late");
    let whole = app.whole(&code);
    assert_eq!(whole.letters.len(), 2, "the apology, and who answers for the second miss");
    assert_eq!(whole.promises.len(), 2);
    let again = app.office.declare_delay(app.now(), &officer(), &code, &delay("Vẫn chưa xong"));
    assert!(matches!(again, Err(OfficeError::Refused(Refusal::AlreadyRescheduled))), "{again:?}");
    app.resolve(&code);
    assert_eq!(verdict(&app.row(&code), app.now()), Timeliness::Late, "judged on the original promise");
}

#[test]
fn the_apology_carries_the_letter_as_issued() {
    let app = App::new();
    let code = late_dossier(&app);
    app.sweep();
    app.dispatch();
    let mail = app.mails().into_iter().find(|mail| mail.kind == "apology").expect("an apology");
    let attached = mail.attachment.expect("the letter");
    assert!(attached.bytes.starts_with(b"%PDF"));
    assert_eq!(attached.media_type, "application/pdf");
    assert!(mail.text.contains(&attached.file_name), "it is called {}: {}", attached.file_name, mail.text);
    let (letter, bytes) = app.office.letter_of_dossier(app.now() + Duration::days(400), &code).unwrap();
    assert_eq!(bytes, attached.bytes, "the same bytes for ever");
    assert_eq!(letter.number, "01/PXL-TTPVHCC");
    assert!(mail.text.contains(&code) && mail.text.contains("09/03/2026"), "{}", mail.text);
    assert!(mail.html.contains("09/03/2026"));
}

#[test]
fn an_applicant_without_email_gets_a_printed_letter() {
    let app = App::new();
    let row = app.log(THREE_DAYS, "counter").email("").done();
    app.at("2026-03-05 17:05");
    app.sweep();
    assert_eq!(app.dispatch().sent, 2, "the two officials only");
    let whole = app.whole(&row.code);
    let letter = whole.messages.iter().find(|message| message.kind == NoticeKind::Apology).unwrap();
    assert_eq!((letter.delivery, letter.state), (Delivery::Tray, OutboxState::Ready));
    app.office.hand_over(app.now(), &crate::support::officer(), std::slice::from_ref(&letter.id)).unwrap();
    assert!(
        app.office.hand_over(app.now(), &crate::support::officer(), std::slice::from_ref(&letter.id)).is_err(),
        "handed over once"
    );
}

#[test]
fn a_hundred_sweeps_are_one() {
    let app = App::new();
    late_dossier(&app);
    let first = app.sweep();
    assert_eq!(first.raised.values().sum::<u64>(), 3);
    for _ in 0..99 {
        assert_eq!(app.sweep().raised.values().sum::<u64>(), 0);
    }
    app.dispatch();
    app.dispatch();
    assert_eq!(app.mails().len(), 3);
}

#[test]
fn a_dry_sweep_says_what_a_real_one_does_and_writes_nothing() {
    let app = App::new();
    let code = late_dossier(&app);
    let dry = app.office.sweep(app.now(), Run::Dry).unwrap();
    assert_eq!(app.number("SELECT count(*) FROM outbox"), 0);
    assert_eq!(app.row(&code).reschedule_number, 0);
    assert_eq!(app.sweep(), dry);
}

#[test]
fn two_sweeps_at_once_raise_everything_once() {
    let app = App::new();
    for _ in 0..40 {
        app.log(THREE_DAYS, "online").done();
    }
    let now = app.at("2026-03-05 17:05");
    let other = app.another_process(app.mailbox.clone());
    let (one, two) = std::thread::scope(|scope| {
        let one = scope.spawn(|| app.office.sweep(now, Run::Real));
        let two = scope.spawn(|| other.sweep(now, Run::Real));
        (one.join().unwrap(), two.join().unwrap())
    });
    let raised = |report: &dunghen::office::sweep::SweepReport| report.raised.values().sum::<u64>();
    let (one, two) = (one.expect("the first sweep"), two.expect("the second sweep"));
    assert_eq!(raised(&one) + raised(&two), 120);
    assert_eq!(app.number("SELECT count(*) FROM outbox"), 120);
    assert_eq!(app.number("SELECT count(*) FROM letters"), 40);
    assert_eq!(app.number("SELECT max(serial) FROM letters"), 40, "letter numbers without a gap");
    std::thread::scope(|scope| {
        scope.spawn(|| app.office.dispatch(now).unwrap());
        scope.spawn(|| other.dispatch(now).unwrap());
    });
    assert_eq!(app.mails().len(), 120);
    assert!(app.office.verify(&mut |_| {}).unwrap().is_sound());
}

#[test]
fn steps_taken_while_a_sweep_runs_neither_fail_nor_get_lost() {
    let app = App::new();
    let codes: Vec<String> = (0..60).map(|_| app.log(THREE_DAYS, "online").done().code).collect();
    let now = app.at("2026-03-05 17:05");
    let other = app.another_process(app.mailbox.clone());
    std::thread::scope(|scope| {
        let sweep = scope.spawn(|| other.sweep(now, Run::Real));
        for part in codes.chunks(20) {
            scope.spawn(|| {
                for code in part.iter().rev() {
                    app.resolve(code);
                }
            });
        }
        sweep.join().unwrap().expect("the sweep");
    });
    assert_eq!(app.number("SELECT count(*) FROM dossiers WHERE closed_at IS NOT NULL"), 60);
    assert!(app.office.verify(&mut |_| {}).unwrap().is_sound());
}

#[test]
fn a_week_without_sweeps_loses_nothing() {
    let app = App::new();
    let code = late_dossier(&app);
    app.advance_days(7);
    app.sweep();
    app.dispatch();
    let mut kinds: Vec<String> = app.mails().into_iter().map(|mail| mail.kind).collect();
    kinds.sort();
    assert_eq!(kinds, ["apology", "overdue", "overdue"], "no warning of a day that has gone");
    let new_due = app.row(&code).new_due_at.map(local).unwrap();
    assert!(new_due > local(app.now()), "the new date lies ahead of today, not of the missed promise");
}

#[test]
fn a_dossier_of_nobody_still_warns() {
    let app = App::new();
    // A name that no account has: the file is nobody's here.
    let row = app.log(THREE_DAYS, "online").officer("Người ở hệ thống khác").done();
    assert_eq!(row.officer_id, None);
    app.at("2026-03-05 17:05");
    app.sweep();
    app.dispatch();
    assert!(app.sent().contains(&format!("overdue to {SUPERVISOR}")), "{:?}", app.sent());
}

#[test]
fn who_is_away_is_stood_in_for() {
    let app = App::new();
    late_dossier(&app);
    app.sql(
        "UPDATE accounts SET absent_from = '2026-03-04', absent_to = '2026-03-10' WHERE username = 'phutrach.vhxh'",
    );
    let app = restarted(app);
    app.sweep();
    app.dispatch();
    let sent = app.sent();
    assert!(sent.contains(&"overdue to phutrach.mc@example.invalid".to_owned()), "{sent:?}");
    assert!(!sent.contains(&format!("overdue to {SUPERVISOR}")), "{sent:?}");
}

#[test]
fn nobody_with_an_address_is_tried_again_once_there_is_one() {
    let app = App::new();
    late_dossier(&app);
    app.sql("UPDATE accounts SET email = NULL");
    let app = restarted_without_setup(app);
    let first = app.sweep();
    assert_eq!(first.failed, 2, "{first:?}");
    app.sql("UPDATE accounts SET email = 'giamdoc@example.invalid' WHERE username = 'giamdoc'");
    app.sql("UPDATE settings_kept SET value = 'changed' WHERE name = 'rules_revision'");
    app.advance(Duration::hours(1));
    app.sweep();
    app.dispatch();
    assert!(app.sent().contains(&"overdue to giamdoc@example.invalid".to_owned()), "{:?}", app.sent());
}

#[test]
fn a_file_finished_before_the_post_leaves_takes_its_messages_back() {
    let app = App::new();
    let code = late_dossier(&app);
    app.sweep();
    app.resolve(&code);
    let report = app.dispatch();
    assert_eq!((report.sent, report.void), (1, 2));
    assert_eq!(app.sent(), ["late-result to cong.dan@example.invalid"], "one truthful message");
    let states = app.whole(&code).messages.into_iter().map(|message| message.state);
    assert_eq!(states.filter(|state| *state == OutboxState::Void).count(), 3);
}

#[test]
fn a_delay_declared_in_time_replaces_the_alarm() {
    let app = App::new();
    let code = app.log(THREE_DAYS, "online").done().code;
    app.at("2026-03-05 10:00");
    let row = app.office.declare_delay(app.now(), &officer(), &code, &delay("Chờ xác minh nơi cư trú cũ")).unwrap();
    assert_eq!(row.new_due_at.map(rfc3339).as_deref(), Some("2026-03-09T17:00:00+07:00"));
    app.dispatch();
    assert_eq!(app.sent(), ["apology to cong.dan@example.invalid"]);
    assert!(app.mails()[0].text.contains("Chờ xác minh nơi cư trú cũ"));
    app.at("2026-03-05 17:05");
    assert_eq!(app.sweep().raised.len(), 0, "everybody concerned knows already");
    app.at("2026-03-09 17:05");
    app.sweep();
    app.dispatch();
    assert!(app.sent().contains(&"escalation to giamdoc@example.invalid".to_owned()));
    assert_eq!(verdict(&app.row(&code), app.now()), Timeliness::Overdue, "still late on the first promise");
}

#[test]
fn a_declared_delay_needs_a_known_reason_its_own_words_and_a_working_day() {
    let app = App::new();
    let code = app.log(THREE_DAYS, "online").done().code;
    let form = DelayForm {
        reason_code: "luck".to_owned(),
        reason: "  ".to_owned(),
        new_due_on: Some("2026-03-07".to_owned()), // a Saturday
    };
    let Err(OfficeError::Invalid(errors)) = app.office.declare_delay(app.now(), &officer(), &code, &form) else {
        panic!("must be refused")
    };
    let fields: Vec<&str> = errors.iter().map(|error| error.field).collect();
    assert_eq!(fields, ["reason_code", "reason", "new_due_on"]);
}

#[test]
fn a_complete_supplement_starts_the_limit_afresh() {
    let app = App::new();
    let code = app.log(THREE_DAYS, "counter").done().code;
    app.at("2026-03-04 09:00");
    app.step(&code, &Step::RequestSupplement { note: "Thiếu giấy tờ".to_owned() });
    app.at("2026-03-12 09:00");
    assert_eq!(app.sweep().raised.len(), 0, "a dossier waiting for a supplement is not late");
    assert_eq!(verdict(&app.row(&code), app.now()), Timeliness::Paused);
    let row = app.step(&code, &Step::ReceiveSupplement);
    assert_eq!(row.due_at.map(rfc3339).as_deref(), Some("2026-03-17T17:00:00+07:00"));
    let promises = app.whole(&code).promises;
    assert_eq!(promises.len(), 2);
    assert!(promises[0].superseded_at.is_some(), "the first promise is kept, and marked");
    assert!(app.office.verify(&mut |_| {}).unwrap().is_sound());
}

#[test]
fn an_obligation_moves_the_date_by_its_time() {
    let app = App::new();
    let row = app.log(LAND, "counter").done();
    assert_eq!(row.due_at.map(rfc3339).as_deref(), Some("2026-03-30T17:00:00+07:00"));
    app.at("2026-03-09 09:00");
    app.step(&row.code, &Step::RequestObligation { note: "Thông báo thuế".to_owned() });
    app.at("2026-03-12 15:00");
    let row = app.step(&row.code, &Step::MeetObligation);
    assert_eq!(row.due_at.map(rfc3339).as_deref(), Some("2026-04-02T17:00:00+07:00"), "three working days later");
    assert!(app.office.verify(&mut |_| {}).unwrap().is_sound());
}

#[test]
fn a_file_that_was_late_before_it_waited_stays_late() {
    let app = App::new();
    let code = late_dossier(&app);
    // Late since a minute, and nobody has swept yet.
    app.at("2026-03-05 17:01");
    app.step(&code, &Step::RequestSupplement { note: "Thiếu giấy tờ".to_owned() });
    let swept = app.sweep();
    app.dispatch();
    assert_eq!(swept.raised.get("overdue"), Some(&2), "{swept:?}");
    assert_eq!(verdict(&app.row(&code), app.now()), Timeliness::Overdue);
    app.at("2026-03-10 09:00");
    app.sweep();
    app.step(&code, &Step::ReceiveSupplement);
    let row = app.row(&code);
    assert_eq!(
        row.due_at.map(rfc3339).as_deref(),
        Some("2026-03-05T17:00:00+07:00"),
        "no fresh promise for a late file"
    );
    assert_eq!(verdict(&row, app.now()), Timeliness::Overdue);
    app.sweep();
    assert_eq!(app.whole(&code).letters.len(), 1, "the citizen is told the new date once the office works again");
    app.resolve(&code);
    assert_eq!(verdict(&app.row(&code), app.now()), Timeliness::Late);
}

#[test]
fn a_procedure_without_a_limit_promises_nothing_and_is_never_on_time() {
    let app = App::new();
    let row = app.log(NO_LIMIT, "online").done();
    assert_eq!((row.due_at, row.promise_number), (None, 0));
    app.advance_days(60);
    assert_eq!(app.sweep().raised.len(), 0);
    assert_eq!(verdict(&app.row(&row.code), app.now()), Timeliness::NoPromise);
    let refused = app.office.declare_delay(app.now(), &officer(), &row.code, &delay("Chậm"));
    assert!(matches!(refused, Err(OfficeError::Refused(Refusal::NoPromise))));
    app.resolve(&row.code);
    assert_eq!(verdict(&app.row(&row.code), app.now()), Timeliness::ClosedWithoutPromise);
    let question = dunghen::office::report::Question {
        from: "2026-03-01".parse().unwrap(),
        to: "2026-12-31".parse().unwrap(),
        as_of: None,
        agency: None,
    };
    let summary = app.office.summary(app.now(), &question).unwrap();
    assert_eq!(summary.resolved.no_promise, 1);
    assert_eq!(summary.rates.on_time.of, 0);
    assert_ne!(summary.rates.on_time.percent.as_deref(), Some("100.00"));
}

#[test]
fn the_wrong_step_is_refused_with_the_reason() {
    let app = App::new();
    let code = app.log(SAME_DAY, "counter").done().code;
    app.resolve(&code);
    let again = app.office.step(app.now(), &officer(), &code, &Step::RequestSupplement { note: String::new() });
    assert!(matches!(again, Err(OfficeError::Refused(Refusal::Transition(_)))), "{again:?}");
    app.step(&code, &Step::Return);
    let twice = app.office.step(app.now(), &officer(), &code, &Step::Return);
    assert!(matches!(twice, Err(OfficeError::Refused(Refusal::Transition(_)))), "{twice:?}");
}

#[test]
fn a_receipt_from_the_future_or_before_the_calendar_is_refused() {
    let app = App::new();
    let problem = |at: &str| match app.log(SAME_DAY, "counter").received_at(at).tried() {
        Err(OfficeError::Invalid(errors)) => errors[0].problem.clone(),
        other => panic!("{at} must be refused, not {other:?}"),
    };
    assert_eq!(problem("2026-03-02 08:01"), Problem::InTheFuture);
    assert!(matches!(problem("2023-12-31 08:00"), Problem::BeforeCalendar { first_day: Some(_) }));
    assert_eq!(problem("2026-03-02"), Problem::NotAnInstant);
}

#[test]
fn a_hostile_applicant_stays_text() {
    let app = App::new();
    let row = app.log(THREE_DAYS, "online").name("<script>alert(1)</script> & \"Co\"").done();
    app.at("2026-03-05 17:05");
    app.sweep();
    app.dispatch();
    for mail in app.mails() {
        assert!(!mail.html.contains("<script>"), "{}", mail.html);
        assert!(!mail.subject.contains(['\r', '\n']));
    }
    assert!(app.office.letter_of_dossier(app.now(), &row.code).unwrap().1.starts_with(b"%PDF"));
}

#[test]
fn a_line_feed_in_an_address_or_name_is_refused() {
    let app = App::new();
    for email in ["a@example.invalid\r\nBcc: x@example.invalid", "a@example.invalid\nX: y", "not an address"] {
        let refused = app.log(SAME_DAY, "online").email(email).tried();
        assert!(
            matches!(&refused, Err(OfficeError::Invalid(errors)) if errors[0].field == "applicant_email"),
            "{email:?}"
        );
    }
    let refused = app.log(SAME_DAY, "online").name("Nguyễn\r\nVăn").tried();
    assert!(matches!(&refused, Err(OfficeError::Invalid(errors)) if errors[0].field == "applicant_name"));
}

#[test]
fn a_name_typed_in_pieces_is_kept_composed_and_found_without_marks() {
    let app = App::new();
    let decomposed = "Nguye\u{302}\u{303}n Thi\u{323} Đa\u{300}o";
    let row = app.log(SAME_DAY, "online").name(decomposed).done();
    assert_eq!(row.applicant_name, "Nguyễn Thị Đào");
    let filter = dunghen::store::dossiers::Filter { q: Some("nguyen thi dao".to_owned()), ..Default::default() };
    assert_eq!(app.office.store().read(|conn| dunghen::store::dossiers::count(conn, &filter)).unwrap(), 1);
    let with_marks = dunghen::store::dossiers::Filter { q: Some("ĐÀO".to_owned()), ..Default::default() };
    assert_eq!(app.office.store().read(|conn| dunghen::store::dossiers::count(conn, &with_marks)).unwrap(), 1);
    let wildcard = dunghen::store::dossiers::Filter { q: Some("%".to_owned()), ..Default::default() };
    assert_eq!(app.office.store().read(|conn| dunghen::store::dossiers::count(conn, &wildcard)).unwrap(), 0);
}

#[test]
fn a_letter_is_dated_and_numbered_by_the_year_it_is_issued_in() {
    let app = App::new();
    app.at("2026-12-28 09:00");
    let first = app.log(THREE_DAYS, "online").done();
    let second = app.log(THREE_DAYS, "online").done();
    app.at("2026-12-31 17:05");
    app.sweep();
    app.dispatch();
    app.resolve(&first.code);
    app.resolve(&second.code);
    app.at("2027-01-05 09:00");
    let third = app.log(SAME_DAY, "online").done();
    app.at("2027-01-05 17:05");
    app.sweep();
    let letter = |code: &str| app.whole(code).letters[0].clone();
    let mut old = [letter(&first.code).number, letter(&second.code).number];
    old.sort();
    assert_eq!(old, ["01/PXL-TTPVHCC", "02/PXL-TTPVHCC"]);
    assert_eq!(letter(&third.code).number, "01/PXL-TTPVHCC");
    assert_eq!(letter(&third.code).year, Some(2027));
}

/// The same database, opened by a new process.
fn restarted(mut app: App) -> App {
    app.restart();
    app
}

/// As [`restarted`], but what was changed in the database is not brought back to the settings.
fn restarted_without_setup(mut app: App) -> App {
    let store = Store::open(&app.database.url(), Durability::Full).unwrap();
    app.office = Office::open(store, app.settings.clone(), app.mailbox.clone()).unwrap();
    app
}

#[test]
fn absence_entered_by_the_office_outlives_a_restart_with_settings() {
    let app = App::new();
    app.sql(
        "UPDATE accounts SET absent_from = '2026-03-04', absent_to = '2026-03-10' WHERE username = 'phutrach.vhxh'",
    );
    let settings = Settings::from_toml("").unwrap();
    setup::prepare(app.office.store(), &settings, instant("2026-03-04 08:00")).unwrap();
    assert_eq!(app.number("SELECT count(*) FROM accounts WHERE absent_from IS NOT NULL"), 1);
}

#[test]
fn an_absence_entered_for_an_officer_sends_the_notices_to_the_stand_in_until_it_is_over() {
    let app = App::with("");
    let day = |text: &str| text.parse().unwrap();
    let away = Some((day("2026-03-01"), day("2026-03-31")));
    app.office.set_absence(app.now(), &Actor::CommandLine, "phutrach.vhxh", away).unwrap();
    app.log(THREE_DAYS, "online").done();
    app.at("2026-03-06 08:00");
    app.sweep();
    app.dispatch();
    assert!(app.sent().contains(&"overdue to phutrach.mc@example.invalid".to_owned()), "{:?}", app.sent());
    app.office.set_absence(app.now(), &Actor::CommandLine, "phutrach.vhxh", None).unwrap();
    app.log(THREE_DAYS, "online").done();
    app.at("2026-03-12 08:00");
    app.sweep();
    app.dispatch();
    assert!(app.sent().contains(&"overdue to phutrach.vhxh@example.invalid".to_owned()), "{:?}", app.sent());
    let backwards = Some((day("2026-03-31"), day("2026-03-01")));
    assert!(app.office.set_absence(app.now(), &Actor::CommandLine, "phutrach.vhxh", backwards).is_err());
}
