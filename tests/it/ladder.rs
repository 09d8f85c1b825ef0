//! The ladder as data: whose rungs hold for which file, and that each is told once.

use std::io::Cursor;

use dunghen::domain::notice::{Audience, NoticeKind};
use dunghen::domain::problem::Problem;
use dunghen::domain::time::rfc3339;
use dunghen::office::ladder_rung::RungTyped;
use dunghen::office::proposals::{Change, Proposed};
use dunghen::office::reference::ReferenceReport;
use dunghen::office::sweep::Run;
use dunghen::office::{Actor, Rules};
use dunghen::store::outbox::OutboxState;

use crate::support::{App, LAND, SAME_DAY, THREE_DAYS};

const HEAD: &str = "procedure,kind,level,share_percent,working_days,audiences,accountable,ways,bundling,urgency,acknowledge_hours,basis,valid_from";

fn take(app: &App, lines: &str) -> ReferenceReport {
    let file = format!("{HEAD}\n{lines}\n");
    app.office.import_ladder(app.now(), &Actor::CommandLine, Cursor::new(file)).unwrap()
}

fn rules(app: &App) -> std::sync::Arc<Rules> {
    app.office.store().read(|conn| app.office.rules(conn)).unwrap()
}

fn person(username: &str) -> Actor {
    Actor::Account { id: username.to_owned(), username: username.to_owned() }
}

/// What stands in the alerts: `kind level audience promise`.
fn alerts(app: &App, code: &str) -> Vec<String> {
    let row = app.row(code);
    let found = app.office.store().read(|conn| dunghen::store::alerts::of_dossier(conn, &row.id)).unwrap();
    let say =
        |it: &dunghen::store::alerts::Alert| format!("{} {} {} {}", it.kind, it.level, it.audience, it.promise_number);
    // What becomes of an alert that nobody acknowledges is told in another place.
    let climbed = found.iter().filter(|it| it.kind != NoticeKind::Unacknowledged);
    let mut all: Vec<String> = climbed.map(say).collect();
    all.sort();
    all
}

#[test]
fn the_shipped_ladder_is_there_and_every_rung_speaks_once() {
    let app = App::new();
    let lines = include_str!("../../config/ladder.csv").lines().count();
    assert_eq!(app.number("SELECT count(*) FROM rungs"), i64::try_from(lines - 1).unwrap());
    let code = app.log(THREE_DAYS, "online").done().code;
    for at in ["2026-03-04 16:00", "2026-03-05 17:05", "2026-03-09 10:00", "2026-03-09 17:05", "2026-03-30 08:00"] {
        app.at(at);
        for _ in 0..20 {
            app.sweep();
        }
    }
    assert_eq!(
        alerts(&app, &code),
        [
            "apology-due 1 officer 1",
            "due-soon 1 officer 1",
            "due-soon 1 officer 2",
            "escalation 1 manager 2",
            "overdue 1 officer 1",
            "overdue 1 supervisor 1",
            "still-overdue 1 officer 2",
            "still-overdue 1 supervisor 2",
            "still-overdue 2 manager 2",
        ]
    );
    assert_eq!(app.number("SELECT count(*) FROM outbox WHERE kind = 'still-overdue' AND state = 'collected'"), 2);
    assert_eq!(app.number("SELECT count(*) FROM letters WHERE kind = 'apology'"), 1);
    assert!(app.office.verify(&mut |_| {}).unwrap().is_sound());
}

#[test]
fn an_alarm_carries_what_its_rung_says() {
    let app = App::new();
    take(
        &app,
        &format!("{THREE_DAYS},overdue,1,,,officer supervisor,supervisor,screen mail,digest,urgent,6,QĐ 1,2026-03-01"),
    );
    let code = app.log(THREE_DAYS, "online").done().code;
    app.at("2026-03-05 17:05");
    app.sweep();
    let row = app.row(&code);
    let found = app.office.store().read(|conn| dunghen::store::alerts::of_dossier(conn, &row.id)).unwrap();
    let officer = found.iter().find(|it| (it.kind, it.audience) == (NoticeKind::Overdue, Audience::Officer)).unwrap();
    // Six office hours that begin when the office opens on Friday.
    assert_eq!(officer.acknowledge_by.map(rfc3339).as_deref(), Some("2026-03-06T15:30:00+07:00"));
    let whole = app.whole(&code);
    let mail = whole.messages.iter().find(|it| (it.kind, it.audience) == (NoticeKind::Overdue, Audience::Officer));
    let mail = mail.unwrap();
    assert_eq!((mail.state, mail.urgent), (OutboxState::Collected, true));
    let facts: serde_json::Value = serde_json::from_str(&mail.facts).unwrap();
    let supervisor = rules(&app).person_named("phutrach.vhxh").unwrap().name.clone();
    assert_eq!(facts["accountable"], supervisor.as_str(), "the one who answers for it is named");
}

#[test]
fn a_rung_of_one_procedure_stands_before_the_general_one() {
    let app = App::new();
    let report = take(
        &app,
        &format!(
            "{THREE_DAYS},overdue,1,,,manager,manager,screen,single,normal,,QĐ 1,2026-03-01\n\
             {THREE_DAYS},due-soon,1,,,,,,,,,QĐ 1,2026-03-01"
        ),
    );
    assert_eq!((report.added, report.rejected.len()), (2, 0), "{report:?}");
    let own = app.log(THREE_DAYS, "online").done().code;
    let other = app.log(LAND, "online").done();
    app.at("2026-03-04 16:00");
    app.sweep();
    assert_eq!(alerts(&app, &own), ["apology-due 1 officer 1"], "the other rung is off");
    app.at("2026-03-05 17:05");
    app.sweep();
    assert_eq!(alerts(&app, &own), ["apology-due 1 officer 1", "overdue 1 manager 1"]);
    let whole = app.whole(&own);
    assert_eq!(whole.letters.len(), 1);
    assert!(whole.messages.iter().all(|message| message.kind != NoticeKind::Overdue), "on the screen only");
    app.at("2026-03-25 17:05");
    app.sweep();
    assert_eq!(other.due_at.map(rfc3339).as_deref(), Some("2026-03-25T17:00:00+07:00"));
    let land = alerts(&app, &other.code);
    assert!(land.contains(&"overdue 1 supervisor 1".to_owned()), "{land:?}");
}

#[test]
fn no_rung_switches_the_apology_off() {
    let app = App::new();
    let off = |kind: &str, level: u8| format!(",{kind},{level},,,,,,,,,QĐ 1,2026-01-01");
    let kinds = [
        ("due-soon", 1),
        ("apology-due", 1),
        ("overdue", 1),
        ("still-overdue", 1),
        ("still-overdue", 2),
        ("escalation", 1),
    ];
    let report = take(&app, &kinds.map(|(kind, level)| off(kind, level)).join("\n"));
    assert_eq!((report.changed, report.rejected.len()), (6, 0), "{report:?}");
    let code = app.log(THREE_DAYS, "online").done().code;
    for at in ["2026-03-04 16:00", "2026-03-05 17:05", "2026-04-30 08:00"] {
        app.at(at);
        app.sweep();
    }
    assert_eq!(alerts(&app, &code), Vec::<String>::new());
    assert_eq!(app.number("SELECT count(*) FROM letters WHERE kind = 'apology'"), 1);
    assert_eq!(app.number("SELECT count(*) FROM outbox WHERE kind = 'apology'"), 1);
}

#[test]
fn the_version_of_the_day_of_receipt_holds() {
    let app = App::new();
    take(&app, ",overdue,1,,,manager,manager,screen,single,normal,,QĐ 1,2026-03-03");
    let before = app.log(THREE_DAYS, "online").done().code;
    app.at("2026-03-03 08:00");
    let after = app.log(THREE_DAYS, "online").done().code;
    app.at("2026-03-06 17:05");
    app.sweep();
    let overdue =
        |code: &str| alerts(&app, code).into_iter().filter(|it| it.starts_with("overdue")).collect::<Vec<_>>();
    assert_eq!(overdue(&before), ["overdue 1 officer 1", "overdue 1 supervisor 1"]);
    assert_eq!(overdue(&after), ["overdue 1 manager 1"]);
}

#[test]
fn a_rung_that_begins_earlier_reaches_the_files_that_are_open() {
    let app = App::new();
    let code = app.log(LAND, "online").done().code;
    app.at("2026-03-10 08:00");
    assert_eq!(app.sweep().raised.len(), 0);
    // Ten working days before the twenty-fifth of March is the eleventh.
    take(&app, ",due-soon,2,,10,supervisor,supervisor,screen,single,normal,,QĐ 1,2026-01-01");
    app.sweep();
    app.at("2026-03-11 07:35");
    app.sweep();
    assert_eq!(alerts(&app, &code), ["due-soon 2 supervisor 1"]);
}

#[test]
fn two_schedulers_raise_every_rung_once() {
    let app = App::new();
    let codes: Vec<String> = (0..30).map(|_| app.log(THREE_DAYS, "online").done().code).collect();
    let other = app.another_process(app.mailbox.clone());
    for at in ["2026-03-04 16:00", "2026-03-05 17:05", "2026-03-09 17:05", "2026-03-30 08:00"] {
        let now = app.at(at);
        std::thread::scope(|scope| {
            let one = scope.spawn(|| app.office.sweep(now, Run::Real));
            let two = scope.spawn(|| other.sweep(now, Run::Real));
            one.join().unwrap().expect("the first sweep");
            two.join().unwrap().expect("the second sweep");
        });
    }
    for code in &codes {
        assert_eq!(alerts(&app, code).len(), 8, "{:?}", alerts(&app, code));
    }
    assert_eq!(app.number("SELECT count(*) FROM letters WHERE kind = 'apology'"), 30);
    let all = app.number("SELECT count(*) FROM letters");
    assert_eq!(app.number("SELECT max(serial) FROM letters"), all, "numbers without a gap");
}

#[test]
fn a_same_day_file_is_not_asked_for_an_apology_in_advance() {
    let app = App::new();
    let code = app.log(SAME_DAY, "counter").done().code;
    app.at("2026-03-02 16:00");
    app.sweep();
    assert_eq!(alerts(&app, &code), ["due-soon 1 officer 1"]);
}

#[test]
fn wrong_rows_are_named_by_row_and_field_and_the_others_are_taken() {
    let app = App::new();
    let report = take(
        &app,
        "9.999999,overdue,1,,,officer,officer,mail,single,normal,,,2026-01-01\n\
         ,late,0,,,officer,officer,mail,single,normal,,,2026-01-01\n\
         ,overdue,1,101,251,officer boss,desk,pigeon,twice,soon,401,,01/01/2026\n\
         ,overdue,3,,,officer,manager,mail,single,normal,,,2026-01-01\n\
         ,overdue,4,,,officer,officer,,single,normal,,,2026-01-01\n\
         ,overdue,5,,,desk,,mail,,,,,2026-01-01",
    );
    let wrong: Vec<(u64, &str)> = report.rejected.iter().map(|one| (one.row, one.field)).collect();
    assert_eq!(
        wrong,
        [
            (2, "procedure"),
            (3, "kind"),
            (3, "level"),
            (4, "audiences"),
            (4, "accountable"),
            (4, "ways"),
            (4, "valid_from"),
            (4, "share_percent"),
            (4, "working_days"),
            (4, "acknowledge_hours"),
            (4, "bundling"),
            (4, "urgency"),
            (5, "accountable"),
            (6, "ways"),
        ],
        "{:?}",
        report.rejected
    );
    assert!(report.rejected.iter().any(|one| one.reason.contains("251") || one.reason.contains("250")), "{report:?}");
    assert_eq!((report.added, report.read), (1, 6));
    let missing =
        app.office.import_ladder(app.now(), &Actor::CommandLine, Cursor::new("kind,valid_from\noverdue,2026-01-01\n"));
    assert!(missing.is_err(), "{missing:?}");
}

fn typed() -> RungTyped {
    RungTyped {
        procedure: THREE_DAYS.to_owned(),
        kind: "overdue".to_owned(),
        level: "1".to_owned(),
        audiences: "supervisor manager".to_owned(),
        accountable: "manager".to_owned(),
        ways: "screen".to_owned(),
        bundling: "single".to_owned(),
        urgency: "normal".to_owned(),
        basis: "Quyết định số 7".to_owned(),
        valid_from: "2026-03-02".to_owned(),
        ..RungTyped::default()
    }
}

#[test]
fn a_change_of_the_ladder_takes_two_people_and_reaches_the_files_of_its_day() {
    let app = App::new();
    let code = app.log(THREE_DAYS, "online").done().code;
    let change = Change::Ladder(typed().change(&rules(&app), app.now()).unwrap());
    let Proposed::Waits(id) = app.office.propose(app.now(), &person("quantri"), &change).unwrap() else { panic!() };
    let (_, _, differences, base) = app.office.proposal(&id).unwrap();
    assert_eq!(differences.len(), 1);
    assert!(differences[0].before.is_empty() && differences[0].after.contains("supervisor manager"), "{differences:?}");
    assert!(app.office.approve(app.now(), &person("quantri"), &id, &base).is_err(), "not one's own");
    assert_eq!(app.number("SELECT count(*) FROM rungs WHERE procedure_code <> ''"), 0);
    app.office.approve(app.now(), &person("giamdoc"), &id, &base).unwrap();
    app.at("2026-03-05 17:05");
    app.sweep();
    let overdue: Vec<String> = alerts(&app, &code).into_iter().filter(|it| it.starts_with("overdue")).collect();
    assert_eq!(overdue, ["overdue 1 manager 1", "overdue 1 supervisor 1"]);
    let again = typed().change(&rules(&app), app.now()).unwrap_err();
    assert_eq!(
        again.first().map(|error| (error.field, error.problem.clone())),
        Some(("valid_from", Problem::InThePast))
    );
}

#[test]
fn a_wrong_change_names_every_field() {
    let app = App::new();
    let errors = |typed: RungTyped| {
        let errors = typed.change(&rules(&app), app.now()).unwrap_err();
        errors.into_iter().map(|error| (error.field, error.problem)).collect::<Vec<_>>()
    };
    assert_eq!(errors(RungTyped { basis: " ".to_owned(), ..typed() }), [("basis", Problem::Required)]);
    assert_eq!(errors(RungTyped { agency: "x".to_owned(), ..typed() }), [("agency", Problem::UnknownAgency)]);
    assert_eq!(
        errors(RungTyped { level: "99999999999999999999".to_owned(), ..typed() }),
        [("level", Problem::NotInRange { min: 1, max: 9 })]
    );
    assert_eq!(
        errors(RungTyped { accountable: "officer".to_owned(), ..typed() }),
        [("accountable", Problem::Contradicts { other: "audiences" })]
    );
    let same = RungTyped {
        procedure: String::new(),
        audiences: "officer supervisor".to_owned(),
        accountable: "officer".to_owned(),
        ways: "screen mail".to_owned(),
        acknowledge_hours: "8".to_owned(),
        basis: "Kèm phần mềm".to_owned(),
        valid_from: "2027-01-01".to_owned(),
        ..typed()
    };
    assert!(same.change(&rules(&app), app.now()).is_ok(), "announced for a later day");
}
