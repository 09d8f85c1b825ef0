//! A database of the first version, filled, brought to the newest: nothing is lost, nothing sent twice.

use std::collections::BTreeSet;
use std::io::Cursor;

use dunghen::domain::dossier::Step;
use dunghen::office::Actor;
use dunghen::office::import::{Mapping, Run};
use dunghen::store::dossiers::{Filter, Order};
use dunghen::store::outbox::OutboxState;

use crate::support::{App, LAND, NO_LIMIT, SAME_DAY, THREE_DAYS, officer};

const TABLES: &[&str] = &[
    "agencies",
    "accounts",
    "procedures",
    "procedure_limits",
    "calendar_days",
    "dossiers",
    "promises",
    "pauses",
    "letters",
    "outbox",
    "documents",
];

/// Everything about every dossier that the first version has a place for, in one text each.
fn all(app: &App) -> Vec<String> {
    let rows = app
        .office
        .store()
        .read(|conn| dunghen::store::dossiers::list(conn, &Filter::default(), Order::NewestFirst, None, 1_000));
    let told = |code: &str| {
        let mut whole = app.whole(code);
        // A database that has no ladder yet gets one, and its open dossiers are looked at again.
        whole.row.next_check_at = None;
        whole.letters.iter_mut().for_each(|letter| letter.reason_code.clear());
        whole.messages.iter_mut().for_each(|message| message.alert_id = None);
        format!("{whole:#?}")
    };
    rows.unwrap().iter().map(|row| told(&row.code)).collect()
}

fn counts(app: &App) -> Vec<i64> {
    TABLES.iter().map(|table| app.number(&format!("SELECT count(*) FROM {table}"))).collect()
}

/// Two calendar versions; files early, late, apologised for, waiting, resumed, taken over, without a
/// limit; messages sent, on paper, and not yet sent.
fn lived() -> App {
    let app = App::new();
    app.at("2026-02-23 08:00");
    let resumed = app.log(LAND, "counter").done();
    app.step(&resumed.code, &Step::RequestObligation { note: "thuế".to_owned() });
    app.at("2026-02-25 08:00");
    app.step(&resumed.code, &Step::MeetObligation);
    let calendar = "date,kind,name,basis,confidence\n2028-06-02,holiday,Nghỉ thêm,QĐ 1,confirmed\n";
    app.office.import_calendar(app.now(), &officer(), calendar.as_bytes()).expect("a second calendar version");
    let taken = format!(
        "code,procedure_code,applicant_name,channel,received_at,due_at\n\
         X-1,{THREE_DAYS},Nguyễn Văn An,online,2026-02-24 08:00,2026-03-10 17:00\n\
         X-2,{NO_LIMIT},Trần Thị Bình,post,2026-02-24 08:00,2026-03-10 17:00\n"
    );
    app.office
        .import_dossiers(
            app.now(),
            &Actor::CommandLine,
            Cursor::new(taken.into_bytes()),
            &Mapping::native(),
            Run::Real,
            &mut |_| {},
        )
        .expect("two rows");
    app.at("2026-03-02 08:00");
    let early = app.log(SAME_DAY, "online").done();
    app.resolve(&early.code);
    app.log(NO_LIMIT, "online").done();
    app.log(THREE_DAYS, "online").done();
    app.log(THREE_DAYS, "counter").email("").done();
    let waits = app.log(THREE_DAYS, "online").done();
    app.at("2026-03-03 08:00");
    app.step(&waits.code, &Step::RequestSupplement { note: "bản sao".to_owned() });
    app.log(THREE_DAYS, "online").done();
    app.at("2026-03-05 17:05");
    app.sweep();
    app.dispatch();
    app.at("2026-03-06 17:05");
    app.sweep();
    // The first version knew neither attempts nor dates inside a limit and messages about them.
    app.sql("DELETE FROM attempts");
    app.sql("DELETE FROM sub_deadlines");
    app.sql("DELETE FROM attempts");
    app.sql("DELETE FROM outbox WHERE kind NOT IN ('due-soon', 'overdue', 'escalation', 'apology', 'receipt')");
    app
}

#[test]
fn a_filled_database_of_the_first_version_goes_on_under_the_newest() {
    let mut app = lived();
    let (told, counted) = (all(&app), counts(&app));
    let sent: BTreeSet<String> = app.mails().iter().map(|mail| mail.message_id.clone()).collect();
    assert!(!sent.is_empty());
    let ready = app.number("SELECT count(*) FROM outbox WHERE state = 'ready' AND delivery = 'mail'");
    assert!(ready > 0, "something waits to be sent across the migration");

    while app.office.store().revert_last_migration().expect("down to the first version") != "00000000000002" {}
    assert!(app.office.store().pending_migrations().unwrap().len() > 1);
    assert_eq!(counts(&app), counted, "what the first version knows is all there");
    app.restart();

    assert!(app.office.store().pending_migrations().unwrap().is_empty());
    assert_eq!(counts(&app), counted);
    assert_eq!(all(&app), told, "every dossier with its promises, events, letters and messages");
    assert_eq!(app.number("SELECT count(*) FROM dossiers WHERE due_at IS NOT NULL AND statutory_due_at IS NULL"), 1);
    assert_eq!(app.number("SELECT count(*) FROM outbox WHERE about = ''"), 0);
    let versions = app.number("SELECT count(DISTINCT since_version) FROM calendar_days");
    assert_eq!(app.number("SELECT count(*) FROM calendar_versions WHERE office_hours <> ''"), versions.max(2));
    let report = app.office.verify(&mut |_| {}).unwrap();
    assert!(report.is_sound() && report.dates_replayed > 5, "{report:?}");

    // What the first version knew nothing of is raised now: alerts on screens, newer rungs of the ladder.
    let known = "SELECT count(*) FROM outbox WHERE kind IN ('due-soon', 'overdue', 'escalation', 'apology', 'receipt')";
    let before = app.number(known);
    app.sweep();
    assert_eq!(app.number(known), before, "the keys of the messages are known");
    assert!(i64::try_from(app.dispatch().sent).unwrap() >= ready);
    let mails = app.mails();
    let ids: BTreeSet<&String> = mails.iter().map(|mail| &mail.message_id).collect();
    assert_eq!(ids.len(), mails.len(), "nothing was sent twice");
    let late = app.log(THREE_DAYS, "online").done();
    app.advance_days(7);
    app.sweep();
    app.dispatch();
    assert_eq!(app.whole(&late.code).letters.len(), 1, "life goes on");
    assert!(app.whole(&late.code).messages.iter().all(|message| message.state == OutboxState::Sent));
    assert!(app.office.verify(&mut |_| {}).unwrap().is_sound());
}
