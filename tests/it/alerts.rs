//! Alerts: whose screen they stand on, how they end, who hears when nobody answers; the digest.

use std::sync::Arc;

use dunghen::domain::dossier::Step;
use dunghen::jobs::runner::run_if_due;
use dunghen::jobs::timetable::jobs;
use dunghen::office::Actor;
use dunghen::office::alarm::answered::Standing;
use dunghen::office::delay::DelayForm;
use dunghen::office::error::{OfficeError, Refusal};
use dunghen::office::preview::Since;
use dunghen::office::readiness::Readiness;
use dunghen::office::sweep::Run;
use dunghen::store::dossiers::DossierRow;

use crate::support::{App, MemoryCourier, NO_LIMIT, THREE_DAYS, officer};

const OFFICER: &str = "congchuc.vhxh";
const SUPERVISOR: &str = "phutrach.vhxh";
const DESK_SUPERVISOR: &str = "phutrach.mc";
const MANAGER: &str = "giamdoc";

fn actor(username: &str) -> Actor {
    Actor::Account { id: username.to_owned(), username: username.to_owned() }
}

/// What stands on the screen of a person: kinds, in the order shown.
fn screen(app: &App, username: &str) -> Vec<String> {
    standing(app, username).iter().map(|one| one.alert.kind.to_string()).collect()
}

fn standing(app: &App, username: &str) -> Vec<Standing> {
    let rules = app.office.store().read(|conn| app.office.rules(conn)).unwrap();
    let account = rules.accounts.values().find(|who| who.username == username).unwrap();
    let standing = app.office.standing_alerts(app.now(), &account.id, 0, 100).unwrap();
    assert_eq!(app.office.count_alerts(app.now(), &account.id).unwrap(), u64::try_from(standing.len()).unwrap());
    standing
}

fn ids(standing: &[Standing]) -> Vec<String> {
    standing.iter().map(|one| one.alert.id.clone()).collect()
}

/// Three working days, received Monday 2 March, due Thursday 5 March 17:00; swept on Friday at 07:30.
fn overdue(app: &App) -> DossierRow {
    let row = app.log(THREE_DAYS, "online").done();
    app.at("2026-03-06 07:30");
    app.sweep();
    row
}

/// The office hours given to acknowledge: until this moment in UTC; only for alerts that somebody can pass on.
fn must_acknowledge(app: &App, username: &str, until: &str) {
    app.sql("UPDATE alerts SET acknowledge_by = NULL");
    app.sql(&format!(
        "UPDATE alerts SET acknowledge_by = '{until}' WHERE kind = 'overdue' AND account_id IN \
         (SELECT id FROM accounts WHERE username = '{username}')"
    ));
}

/// Every mail to officials waits for the digest, as if their rungs said so.
fn collect(app: &App) {
    app.sql("UPDATE outbox SET state = 'collected' WHERE alert_id IS NOT NULL AND state = 'ready'");
}

fn change_rules(app: &App, sql: &str) {
    app.sql(sql);
    app.sql("UPDATE settings_kept SET value = 'changed' WHERE name = 'rules_revision'");
}

fn passed_on(app: &App) -> Vec<String> {
    let mut told: Vec<String> =
        app.mails().into_iter().filter(|mail| mail.kind == "unacknowledged").map(|mail| mail.to).collect();
    told.sort();
    told
}

#[test]
fn an_alert_stands_until_its_recipient_acknowledges_it_and_nobody_elses() {
    let app = App::new();
    overdue(&app);
    let mine = standing(&app, OFFICER);
    assert!(screen(&app, OFFICER).contains(&"overdue".to_owned()));
    let stranger = app.office.acknowledge(app.now(), &actor(MANAGER), &ids(&mine));
    assert!(matches!(stranger, Err(OfficeError::NotFound)), "{stranger:?}");
    assert_eq!(app.office.acknowledge(app.now(), &actor(OFFICER), &ids(&mine)).unwrap(), mine.len());
    assert!(screen(&app, OFFICER).is_empty());
    assert!(screen(&app, SUPERVISOR).contains(&"overdue".to_owned()), "the supervisor has an own alert");
    assert_eq!(app.office.acknowledge(app.now(), &actor(OFFICER), &ids(&mine)).unwrap(), 0, "once");
    let lines = app.number("SELECT count(*) FROM journal WHERE kind = 'alert_acknowledged'");
    assert_eq!(lines, i64::try_from(mine.len()).unwrap());
    assert!(app.office.verify(&mut |_| {}).unwrap().is_sound());
}

#[test]
fn one_alert_of_another_screen_among_them_acknowledges_none() {
    let app = App::new();
    overdue(&app);
    let mut mixed = ids(&standing(&app, OFFICER));
    let before = mixed.len();
    mixed.push(ids(&standing(&app, SUPERVISOR)).remove(0));
    assert!(app.office.acknowledge(app.now(), &actor(OFFICER), &mixed).is_err());
    assert_eq!(standing(&app, OFFICER).len(), before);
}

#[test]
fn what_was_acknowledged_before_its_mail_left_is_not_mailed() {
    let app = App::new();
    overdue(&app);
    app.office.acknowledge(app.now(), &actor(OFFICER), &ids(&standing(&app, OFFICER))).unwrap();
    app.dispatch();
    let sent = app.sent();
    assert!(!sent.contains(&format!("overdue to {OFFICER}@example.invalid")), "{sent:?}");
    assert!(sent.contains(&format!("overdue to {SUPERVISOR}@example.invalid")), "{sent:?}");
}

#[test]
fn acting_on_the_dossier_acknowledges_it_for_who_acted_and_a_result_ends_it_for_all() {
    let app = App::new();
    let row = overdue(&app);
    app.step(&row.code, &Step::RequestObligation { note: "Lệ phí".to_owned() });
    assert!(screen(&app, OFFICER).is_empty());
    let answers = app.number(
        "SELECT count(*) FROM alerts WHERE acknowledged_by = 'congchuc.vhxh' AND answer = 'obligation_requested'",
    );
    assert!(answers > 0);
    assert!(!screen(&app, SUPERVISOR).is_empty(), "the supervisor has not seen it");
    app.step(&row.code, &Step::MeetObligation);
    app.resolve(&row.code);
    assert!(screen(&app, SUPERVISOR).is_empty());
    assert_eq!(app.number("SELECT count(*) FROM alerts WHERE ended_at IS NULL"), 0);
    assert_eq!(app.number("SELECT count(*) FROM alerts WHERE acknowledged_by = 'phutrach.vhxh'"), 0, "nobody said so");
}

#[test]
fn what_nobody_acknowledged_goes_to_the_next_one_up_exactly_once() {
    let mut app = App::new();
    overdue(&app);
    // Until 11:30 of the same Friday.
    must_acknowledge(&app, OFFICER, "2026-03-06 04:30:00");
    app.at("2026-03-06 11:30");
    app.sweep();
    app.dispatch();
    assert_eq!(passed_on(&app), Vec::<String>::new(), "the moment itself is still in time");
    app.at("2026-03-06 13:30");
    app.sweep();
    app.restart();
    let other = app.another_process(app.mailbox.clone());
    other.sweep(app.now(), Run::Real).unwrap();
    app.sweep();
    app.dispatch();
    assert_eq!(passed_on(&app), [format!("{SUPERVISOR}@example.invalid")]);
    assert!(screen(&app, OFFICER).contains(&"overdue".to_owned()), "it stands where it stood");
    let told = standing(&app, SUPERVISOR).into_iter().find(|one| one.alert.kind.as_str() == "unacknowledged").unwrap();
    assert!(told.alert.facts.contains("chưa xác nhận thông báo"), "{}", told.alert.facts);
    // The same four office hours again: over on Monday at 08:00.
    app.at("2026-03-09 08:00");
    app.sweep();
    app.dispatch();
    assert_eq!(passed_on(&app).len(), 1);
    app.at("2026-03-09 08:05");
    app.sweep();
    app.dispatch();
    assert_eq!(passed_on(&app), [format!("{MANAGER}@example.invalid"), format!("{SUPERVISOR}@example.invalid")]);
    app.at("2026-03-20 09:05");
    app.sweep();
    app.dispatch();
    assert_eq!(passed_on(&app).len(), 2, "nobody stands above the manager");
}

#[test]
fn two_sweeps_at_once_pass_an_alert_on_once() {
    let app = App::new();
    for _ in 0..20 {
        app.log(THREE_DAYS, "online").done();
    }
    app.at("2026-03-06 07:30");
    app.sweep();
    must_acknowledge(&app, OFFICER, "2026-03-06 04:30:00");
    let now = app.at("2026-03-06 13:30");
    let other = app.another_process(app.mailbox.clone());
    std::thread::scope(|scope| {
        scope.spawn(|| app.office.sweep(now, Run::Real).unwrap());
        scope.spawn(|| other.sweep(now, Run::Real).unwrap());
    });
    assert_eq!(app.number("SELECT count(*) FROM alerts WHERE kind = 'unacknowledged'"), 20);
    assert_eq!(app.number("SELECT count(*) FROM outbox WHERE kind = 'unacknowledged'"), 20);
}

#[test]
fn nothing_is_passed_on_at_night_or_on_a_day_off() {
    let app = App::new();
    overdue(&app);
    must_acknowledge(&app, OFFICER, "2026-03-06 10:00:00");
    for at in ["2026-03-06 17:05", "2026-03-07 09:00", "2026-03-08 09:00", "2026-03-09 07:29"] {
        app.at(at);
        app.sweep();
        assert_eq!(app.number("SELECT count(*) FROM alerts WHERE kind = 'unacknowledged'"), 0, "{at}");
    }
    app.at("2026-03-09 07:30");
    app.sweep();
    assert_eq!(app.number("SELECT count(*) FROM alerts WHERE kind = 'unacknowledged'"), 1);
}

#[test]
fn the_next_one_up_is_somebody_else_even_when_the_supervisor_held_the_post() {
    let app = App::new();
    let row = app.log(THREE_DAYS, "online").officer("Người ở hệ thống khác").done();
    assert_eq!(row.officer_id, None);
    app.at("2026-03-06 07:30");
    app.sweep();
    assert!(screen(&app, SUPERVISOR).iter().filter(|kind| *kind == "overdue").count() == 2, "for two posts");
    must_acknowledge(&app, SUPERVISOR, "2026-03-06 04:30:00");
    app.at("2026-03-06 13:30");
    app.sweep();
    app.dispatch();
    let to_manager = vec![format!("{MANAGER}@example.invalid"); 2];
    assert_eq!(passed_on(&app), to_manager, "one for each of the two alerts, none to the supervisor again");
}

#[test]
fn the_stand_in_of_an_absent_stand_in_gets_the_alert() {
    let app = App::new();
    app.log(THREE_DAYS, "online").done();
    change_rules(
        &app,
        "UPDATE accounts SET absent_from = '2026-03-01', absent_to = '2026-03-31' \
         WHERE username IN ('phutrach.vhxh', 'phutrach.mc')",
    );
    app.at("2026-03-06 07:30");
    app.sweep();
    app.dispatch();
    assert!(screen(&app, MANAGER).contains(&"overdue".to_owned()));
    assert!(app.sent().contains(&format!("overdue to {MANAGER}@example.invalid")), "{:?}", app.sent());
}

#[test]
fn a_disabled_account_or_one_away_without_a_stand_in_leaves_the_post_to_the_next_one_up() {
    for change in [
        "UPDATE accounts SET disabled_at = '2026-03-01 00:00:00' WHERE username = 'congchuc.vhxh'",
        "UPDATE accounts SET absent_from = '2026-03-01' WHERE username = 'congchuc.vhxh'",
    ] {
        let app = App::new();
        app.log(THREE_DAYS, "online").done();
        change_rules(&app, change);
        app.at("2026-03-06 07:30");
        app.sweep();
        assert!(screen(&app, OFFICER).is_empty(), "{change}");
        assert!(screen(&app, SUPERVISOR).iter().filter(|kind| *kind == "overdue").count() == 2, "{change}");
    }
}

#[test]
fn who_stands_in_sees_the_screen_of_who_is_away_and_may_acknowledge_for_them() {
    let app = App::new();
    overdue(&app);
    let theirs = standing(&app, SUPERVISOR);
    assert!(screen(&app, DESK_SUPERVISOR).is_empty());
    change_rules(
        &app,
        "UPDATE accounts SET absent_from = '2026-03-06', absent_to = '2026-03-07' WHERE username = 'phutrach.vhxh'",
    );
    assert_eq!(ids(&standing(&app, DESK_SUPERVISOR)), ids(&theirs));
    app.office.acknowledge(app.now(), &actor(DESK_SUPERVISOR), &ids(&theirs)).unwrap();
    assert!(screen(&app, SUPERVISOR).is_empty());
    assert_eq!(
        app.number("SELECT count(*) FROM alerts WHERE acknowledged_by = 'phutrach.mc'"),
        i64::try_from(theirs.len()).unwrap()
    );
}

#[test]
fn an_official_without_an_address_has_the_alert_on_the_screen_and_the_mail_goes_up() {
    let app = App::new();
    app.log(THREE_DAYS, "online").done();
    change_rules(&app, "UPDATE accounts SET email = NULL WHERE username = 'congchuc.vhxh'");
    app.at("2026-03-06 07:30");
    let report = app.sweep();
    assert_eq!(report.failed, 0);
    assert!(screen(&app, OFFICER).contains(&"overdue".to_owned()));
    app.dispatch();
    assert!(app.sent().iter().filter(|sent| **sent == format!("overdue to {SUPERVISOR}@example.invalid")).count() == 2);
}

/// A dossier whose officer is asked whether it will be ready.
fn asked(app: &App) -> DossierRow {
    let row = app.log(THREE_DAYS, "online").done();
    app.at("2026-03-05 08:00");
    app.sweep();
    assert_eq!(app.office.readiness(&app.row(&row.code)).unwrap(), Readiness::Asked);
    row
}

#[test]
fn a_yes_is_an_event_acknowledges_the_question_and_is_given_once() {
    let app = App::new();
    let row = asked(&app);
    let due_at = app.row(&row.code).due_at;
    app.step(&row.code, &Step::ConfirmReady);
    let answered = app.office.readiness(&app.row(&row.code)).unwrap();
    assert_eq!(answered, Readiness::Confirmed { by: OFFICER.to_owned(), at: app.now() });
    assert!(!screen(&app, OFFICER).iter().any(|kind| kind == "due-soon" || kind == "apology-due"));
    let whole = app.whole(&row.code);
    assert_eq!(whole.events.last().unwrap().kind, "ready_confirmed");
    assert_eq!(whole.row.due_at, due_at, "no date moves");
    let again = app.office.step(app.now(), &officer(), &row.code, &Step::ConfirmReady);
    assert!(matches!(again, Err(OfficeError::Refused(Refusal::AlreadyAnswered))), "{again:?}");
    assert!(app.office.verify(&mut |_| {}).unwrap().is_sound());
}

#[test]
fn a_yes_of_the_supervisor_takes_the_question_from_the_officers_screen() {
    let app = App::new();
    let row = asked(&app);
    assert!(!screen(&app, OFFICER).is_empty());
    app.office.step(app.now(), &actor(SUPERVISOR), &row.code, &Step::ConfirmReady).unwrap();
    assert!(screen(&app, OFFICER).is_empty());
    assert_eq!(app.number("SELECT count(*) FROM alerts WHERE acknowledged_by <> ''"), 0, "the officer said nothing");
}

#[test]
fn a_declared_delay_answers_the_question_and_the_new_date_is_asked_for_anew() {
    let app = App::new();
    let row = asked(&app);
    app.step(&row.code, &Step::ConfirmReady);
    let form = DelayForm {
        reason_code: "verification".to_owned(),
        reason: "Cơ quan được hỏi chưa trả lời.".to_owned(),
        new_due_on: None,
    };
    app.office.declare_delay(app.now(), &officer(), &row.code, &form).unwrap();
    assert!(!screen(&app, OFFICER).iter().any(|kind| kind == "due-soon" || kind == "apology-due"));
    app.step(&row.code, &Step::ConfirmReady);
    assert_eq!(app.number("SELECT count(*) FROM journal WHERE kind = 'ready_confirmed'"), 2);
}

#[test]
fn nothing_is_confirmed_without_a_promise_while_the_citizen_is_waited_for_or_after_the_end() {
    let app = App::new();
    let none = app.log(NO_LIMIT, "counter").done();
    let confirm = |code: &str| app.office.step(app.now(), &officer(), code, &Step::ConfirmReady);
    assert!(matches!(confirm(&none.code), Err(OfficeError::Refused(Refusal::NoPromise))));
    let row = app.log(THREE_DAYS, "online").done();
    app.step(&row.code, &Step::RequestObligation { note: "Lệ phí".to_owned() });
    assert!(matches!(confirm(&row.code), Err(OfficeError::Refused(Refusal::Transition(_)))));
    app.step(&row.code, &Step::MeetObligation);
    app.resolve(&row.code);
    assert!(matches!(confirm(&row.code), Err(OfficeError::Refused(Refusal::Transition(_)))));
}

/// Two dossiers of the same officer, overdue and collected for the digest, Friday 07:30.
fn collected(app: &App) -> (DossierRow, DossierRow) {
    let first = app.log(THREE_DAYS, "online").done();
    app.at("2026-03-03 08:00");
    let second = app.log(THREE_DAYS, "online").done();
    app.at("2026-03-06 07:30");
    app.sweep();
    collect(app);
    (first, second)
}

#[test]
fn a_digest_is_one_mail_a_day_with_the_worst_first_and_settles_its_notices() {
    let app = App::new();
    let (first, second) = collected(&app);
    let waiting = app.number("SELECT count(*) FROM outbox WHERE state = 'collected'");
    app.dispatch();
    assert_eq!(app.number("SELECT count(*) FROM outbox WHERE state = 'collected'"), waiting, "they wait");
    let report = app.office.digest(app.now()).unwrap();
    assert_eq!((report.digests, i64::try_from(report.bundled).unwrap()), (2, waiting), "officer and supervisor");
    assert_eq!(app.office.digest(app.now()).unwrap().digests, 0, "once a day");
    app.dispatch();
    let digests: Vec<_> = app.mails().into_iter().filter(|mail| mail.kind == "digest").collect();
    assert_eq!(digests.len(), 2);
    let mail = digests.iter().find(|mail| mail.to.starts_with(OFFICER)).unwrap();
    let place = |code: &str| mail.text.find(&format!("- {code}")).unwrap();
    assert!(place(&first.code) < place(&second.code), "{}", mail.text);
    assert!(mail.text.contains("Đã quá hạn (1)") && mail.text.contains("Đến hạn hôm nay (1)"), "{}", mail.text);
    assert_eq!(app.number("SELECT count(*) FROM outbox WHERE state = 'collected'"), 0);
    assert_eq!(app.number("SELECT count(*) FROM outbox WHERE bundle_id IS NOT NULL AND state = 'sent'"), waiting);
    app.dispatch();
    assert_eq!(app.mails().iter().filter(|mail| mail.kind == "digest").count(), 2);
}

#[test]
fn the_proof_of_a_notice_in_a_digest_has_its_very_words_the_mail_and_the_answer() {
    let app = App::new();
    let (first, second) = collected(&app);
    app.office.digest(app.now()).unwrap();
    let bundled = |code: &str| {
        let evidence = app.office.evidence(app.now(), code).unwrap();
        let messages = evidence.whole.messages.clone();
        let of = messages.into_iter().find(|one| one.bundle_id.is_some() && one.recipient.starts_with(OFFICER));
        let of = of.expect("a notice in the officer's digest");
        (evidence, of)
    };
    let (evidence, notice) = bundled(&first.code);
    assert_eq!(evidence.as_left(&notice), None, "it has not left yet");
    app.dispatch();
    let mail = app.mails().into_iter().find(|mail| mail.kind == "digest" && mail.to.starts_with(OFFICER)).unwrap();
    let (evidence, notice) = bundled(&first.code);
    let (subject, item) = evidence.as_left(&notice).expect("what it said");
    assert_eq!(subject, mail.subject);
    let mut lines = item.lines();
    assert_eq!(lines.next(), Some("Đã quá hạn (1)"));
    let said: Vec<&str> = lines.collect();
    assert!(said.len() == 2 && said[0].starts_with(&format!("- {} · ", first.code)), "{item}");
    assert!(mail.text.contains(&said.join("\n")) && !item.contains(&second.code), "word for word: {item}");
    let proof = dunghen::web::api::proof::proof(&app.office, app.now(), &first.code).unwrap();
    let proof = serde_json::to_value(proof).unwrap();
    let of = |line: &&serde_json::Value| line["id"] == serde_json::json!(notice.id);
    let line = proof["lines"].as_array().unwrap().iter().find(of).unwrap();
    assert_eq!((line["subject"].as_str(), line["body"].as_str()), (Some(&*mail.subject), Some(&*item)));
    assert_eq!(line["digest_message_id"].as_str(), Some(&*mail.message_id));
    assert_eq!(line["attempts"][0]["outcome"], "sent");
    let words = dunghen::render::tables::lines(&dunghen::render::tables::proof(&proof));
    for raw in ["digest", "overdue", "officer", "message", "apology", "logged", "event", "sent "] {
        assert!(!words.contains(raw), "{raw} is a word of the program: {words}");
    }
}

#[test]
fn what_came_after_the_digest_leaves_with_the_next_mornings() {
    let app = App::new();
    collected(&app);
    app.office.digest(app.now()).unwrap();
    app.dispatch();
    app.at("2026-03-06 17:00:01");
    app.sweep();
    collect(&app);
    assert_eq!(app.office.digest(app.now()).unwrap().digests, 0, "after office hours");
    for at in ["2026-03-07 07:30", "2026-03-08 07:30"] {
        app.at(at);
        assert_eq!(app.office.digest(app.now()).unwrap().digests, 0, "a day off: {at}");
    }
    app.at("2026-03-09 07:15");
    assert!(app.office.digest(app.now()).unwrap().digests > 0);
}

#[test]
fn a_notice_that_no_longer_holds_is_left_out_and_an_empty_digest_does_not_leave() {
    let app = App::new();
    let (first, second) = collected(&app);
    app.office.digest(app.now()).unwrap();
    app.resolve(&first.code);
    app.dispatch();
    let mail = app.mails().into_iter().find(|mail| mail.kind == "digest" && mail.to.starts_with(OFFICER)).unwrap();
    assert!(!mail.text.contains(&first.code) && mail.text.contains(&second.code), "{}", mail.text);
    let void = format!(
        "SELECT count(*) FROM outbox WHERE state = 'void' AND about = '{}' AND bundle_id IS NOT NULL",
        first.code
    );
    assert!(app.number(&void) > 0);
    // The next morning, and this time nothing is left when it leaves.
    app.at("2026-03-09 07:30");
    app.sweep();
    collect(&app);
    let made = app.office.digest(app.now()).unwrap().digests;
    assert!(made > 0);
    app.resolve(&second.code);
    let before = app.mails().len();
    app.dispatch();
    assert!(app.mails()[before..].iter().all(|mail| mail.kind != "digest"));
    assert_eq!(
        app.number("SELECT count(*) FROM outbox WHERE kind = 'digest' AND state = 'void'"),
        i64::try_from(made).unwrap() + 1,
        "and the supervisor's of Friday, which spoke of the first alone"
    );
    assert_eq!(app.number("SELECT count(*) FROM outbox WHERE state = 'collected'"), 0);
}

#[test]
fn a_digest_missed_while_the_service_was_down_is_made_at_the_next_start_of_the_same_day() {
    let app = App::new();
    let job = jobs(&app.settings.jobs).unwrap().into_iter().find(|job| job.name == "digest").unwrap();
    run_if_due(&app.office, app.clock.as_ref(), &job).unwrap();
    collected(&app);
    app.at("2026-03-06 10:40");
    let other = app.another_process(Arc::new(MemoryCourier::default()));
    std::thread::scope(|scope| {
        scope.spawn(|| run_if_due(&app.office, app.clock.as_ref(), &job).unwrap());
        scope.spawn(|| run_if_due(&other, app.clock.as_ref(), &job).unwrap());
    });
    assert_eq!(app.number("SELECT count(*) FROM outbox WHERE kind = 'digest'"), 2, "officer and supervisor, once each");
}

#[test]
fn tomorrow_morning_shows_what_would_leave_and_changes_nothing() {
    let app = App::new();
    let row = app.log(THREE_DAYS, "online").done();
    app.at("2026-03-05 16:00");
    app.sweep();
    let counts =
        "SELECT (SELECT count(*) FROM outbox) + (SELECT count(*) FROM alerts) + (SELECT count(*) FROM letters)";
    let before = app.number(counts);
    let at = app.office.next_morning(app.now()).unwrap();
    assert_eq!(at, crate::support::instant("2026-03-06 07:30"));
    let preview = app.office.preview(at).unwrap();
    assert_eq!(app.number(counts), before);
    assert_eq!(app.row(&row.code).reschedule_number, 0);
    let apology = preview.messages.iter().find(|message| message.kind.as_str() == "apology").unwrap();
    assert_eq!(apology.since, Since::Then);
    assert_eq!(apology.about, row.code);
    assert!(preview.alerts.iter().any(|(kind, code, _)| kind.as_str() == "overdue" && *code == row.code));
    app.at("2026-03-06 07:30");
    app.sweep();
    let promised = app.row(&row.code).new_due_at.map(dunghen::domain::time::local);
    assert_eq!(apology.new_due_at, promised, "the date it said is the date it gives");
}

#[test]
fn the_next_morning_after_a_friday_is_a_monday() {
    let app = App::new();
    app.at("2026-03-06 16:00");
    assert_eq!(app.office.next_morning(app.now()).unwrap(), crate::support::instant("2026-03-09 07:30"));
    app.at("2026-03-06 06:00");
    assert_eq!(app.office.next_morning(app.now()).unwrap(), crate::support::instant("2026-03-06 07:30"));
}
