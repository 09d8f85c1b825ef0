//! The traps of two databases behind one text: each has its line of code, and here its test.

use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use diesel::result::{DatabaseErrorKind, Error};
use dunghen::domain::channel::{Channel, ServiceLevel};
use dunghen::domain::dossier::StageName;
use dunghen::domain::filing::{Addressee, FiledBy};
use dunghen::domain::ladder::{Bundling, RUNG_KINDS, Urgency};
use dunghen::domain::limit::{LimitKind, LimitUnit};
use dunghen::domain::notice::{Audience, NoticeKind};
use dunghen::domain::reporting_period::PeriodShape;
use dunghen::domain::role::Role;
use dunghen::domain::sub_deadline::{SubDeadlineKind, SubOutcome};
use dunghen::domain::time_rule::{NoticeLevel, RuleKind};
use dunghen::office::OfficeError;
use dunghen::store::attempts::AttemptOutcome;
use dunghen::store::citizen_messages::CitizenMessageKind;
use dunghen::store::import_runs::ImportRunState;
use dunghen::store::letters::{LetterKind, LetterState};
use dunghen::store::outbox::{Delivery, OutboxState};
use dunghen::store::papers::PaperKind;
use dunghen::store::promises::PromiseKind;
use dunghen::store::proposals::{ProposalKind, ProposalState};
use dunghen::store::submissions::SubmissionState;
use dunghen::store::tasks::TaskKind;
use dunghen::store::{DatabaseUrl, Durability, Place, Store, StoreError, counters, kept};

use crate::support::{App, Database, SAME_DAY, THREE_DAYS, is_postgres};

#[test]
fn an_unknown_scheme_is_refused_and_makes_no_file() {
    for wrong in ["mysql://x/y", "dunghen.db", "postgres:/x", "", "sqlite:", "sqlite::memory:", "Sqlite:x.db"] {
        assert!(DatabaseUrl::parse(wrong).is_err(), "{wrong:?}");
    }
    assert!(!Path::new("mysql:").exists());
    assert_eq!(DatabaseUrl::parse("sqlite:a/b.db"), Ok(DatabaseUrl::Sqlite("a/b.db".into())));
    assert!(matches!(DatabaseUrl::parse("postgresql://h/d"), Ok(DatabaseUrl::Postgres(_))));
}

#[test]
fn migrations_run_up_down_and_up_again() {
    let database = Database::fresh();
    let store = Store::open(&database.url(), Durability::Full).unwrap();
    let all = store.pending_migrations().unwrap().len();
    assert_eq!(store.migrate().unwrap().len(), all);
    assert_eq!(store.migrate().unwrap().len(), 0, "a second time there is nothing to do");
    for _ in 0..all {
        store.revert_last_migration().unwrap();
    }
    assert_eq!(store.pending_migrations().unwrap().len(), all);
    assert_eq!(store.migrate().unwrap().len(), all);
    assert_eq!(database.number("SELECT count(*) FROM journal_head"), 1);
}

#[test]
fn two_processes_may_migrate_at_once() {
    let database = Database::fresh();
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| Store::open(&database.url(), Durability::Full).unwrap().migrate().unwrap());
        }
    });
    assert_eq!(database.number("SELECT count(*) FROM journal_head"), 1);
}

#[test]
fn what_a_row_names_exists_and_stays() {
    let app = App::new();
    app.at("2026-03-02 08:00");
    app.log(SAME_DAY, "online").done();
    app.at("2026-03-03 08:00");
    app.sweep();
    let refused = |text: &str| {
        // A connection of its own checks foreign keys on SQLite only when told.
        let text = if is_postgres() { text.to_owned() } else { format!("PRAGMA foreign_keys = ON; {text}") };
        let error = app.database.try_execute(&text).expect_err(&text);
        assert!(matches!(error, Error::DatabaseError(DatabaseErrorKind::ForeignKeyViolation, _)), "{text}: {error:?}");
    };
    let copied = |changed: &str| {
        let columns = "id, agency_id, dossier_id, about, alert_key, kind, level, audience, promise_number, account_id, \
                       facts, raised_at, acknowledged_by, answer";
        let values = columns
            .split(", ")
            .map(|column| match column {
                "id" | "alert_key" => "'copy'",
                _ if column == changed => "'nothing'",
                _ => column,
            })
            .collect::<Vec<_>>()
            .join(", ");
        format!("INSERT INTO alerts ({columns}) SELECT {values} FROM alerts LIMIT 1")
    };
    for key in ["agency_id", "dossier_id", "account_id"] {
        refused(&copied(key));
        refused(&format!("UPDATE alerts SET {key} = 'nothing'"));
    }
    refused("DELETE FROM dossiers");
    refused("DELETE FROM letters");
    refused("UPDATE dossiers SET id = 'another'");
    app.sql(&copied("about"));
    assert_eq!(app.number("SELECT count(*) FROM alerts WHERE about = 'nothing'"), 1, "only the name was wrong");
}

#[test]
fn a_place_is_right_after_another_when_nobody_wrote_between() {
    let database = Database::fresh();
    let store = Store::open(&database.url(), Durability::Full).unwrap();
    store.migrate().unwrap();
    let same = store.clone();
    let other = Store::open(&database.url(), Durability::Full).unwrap();
    // Another value each time: SQLite does not write what stands there.
    let values = AtomicU64::new(0);
    let write = |store: &Store| {
        let value = values.fetch_add(1, Ordering::Relaxed).to_string();
        let place: Result<Place, StoreError> = store.write(|tx| {
            kept::put(tx, "a", &value)?;
            store.place(tx)
        });
        place.unwrap()
    };
    let mut last = write(&store);
    let mut is_right_after = |between: &dyn Fn()| {
        between();
        let before = std::mem::replace(&mut last, write(&store));
        assert!(!before.is_right_after(last), "the order counts");
        last.is_right_after(before)
    };
    for _ in 0..3 {
        // Another database of the same server may have been written: no only means that it is not known.
        assert!((0..50).any(|_| is_right_after(&|| {})));
        let read = || assert!(other.read(|conn| kept::get(conn, "a")).unwrap().is_some());
        assert!((0..50).any(|_| is_right_after(&read)));
        for between in [vec![&same], vec![&other], vec![&same, &other], vec![&other, &other]] {
            let places = || between.iter().map(|store| write(store)).collect::<Vec<_>>();
            assert!(!is_right_after(&|| assert_eq!(places().len(), between.len())));
        }
    }
}

#[test]
fn what_was_committed_reaches_the_file_of_sqlite_by_itself_and_an_orderly_end_leaves_one_file() {
    if is_postgres() {
        return; // keeps up with its log by itself
    }
    let database = Database::fresh();
    let DatabaseUrl::Sqlite(path) = database.url() else { unreachable!() };
    let store = Store::open(&database.url(), Durability::Full).unwrap();
    store.migrate().unwrap();
    let length = || std::fs::metadata(&path).unwrap().len();
    let text = "x".repeat(4_000_000);
    store.write::<_, StoreError>(|tx| kept::put(tx, "long", &text)).unwrap();
    let begun = Instant::now();
    while length() < 4_000_000 {
        assert!(begun.elapsed() < Duration::from_mins(1), "{} bytes", length());
        std::thread::sleep(Duration::from_millis(20));
    }
    store.write::<_, StoreError>(|tx| kept::put(tx, "short", "y")).unwrap();
    drop(store);
    assert!(!path.with_extension("db-wal").exists());
    assert_eq!(database.number("SELECT count(*) FROM settings_kept WHERE name IN ('long', 'short')"), 2);
}

#[test]
fn a_reader_cannot_write_on_sqlite() {
    if is_postgres() {
        return; // one role, one pool: the type `Tx` guards writes there
    }
    let app = App::new();
    let refused: Result<(), StoreError> =
        app.office.store().read(|conn| conn.batch_execute("DELETE FROM outbox").map_err(StoreError::from));
    assert!(matches!(&refused, Err(StoreError::Unavailable(why)) if why.contains("readonly")), "{refused:?}");
}

#[test]
fn writers_wait_for_each_other_and_count_without_gaps() {
    let app = App::new();
    let other = app.another_process(app.mailbox.clone());
    let failing = AtomicBool::new(false);
    std::thread::scope(|scope| {
        for thread in 0..8 {
            let store = if thread % 2 == 0 { app.office.store() } else { other.store() };
            let failing = &failing;
            scope.spawn(move || {
                for round in 0..25 {
                    // Reads first and writes then: the order in which a deferred transaction fails at once.
                    let done: Result<(), StoreError> = store.write(|tx| {
                        kept::get(tx, "nothing")?;
                        counters::next(tx, "series")?;
                        match round % 5 {
                            4 => Err(StoreError::Conflict("undone on purpose".to_owned())),
                            _ => Ok(()),
                        }
                    });
                    if !matches!(done, Ok(()) | Err(StoreError::Conflict(_))) {
                        failing.store(true, Ordering::Relaxed);
                    }
                }
            });
        }
    });
    assert!(!failing.load(Ordering::Relaxed), "a writer failed instead of waiting");
    assert_eq!(app.number("SELECT last FROM counters WHERE name = 'series'"), 8 * 20);
}

#[test]
fn codes_have_no_gap_within_the_day_though_some_intakes_fail() {
    let app = App::new();
    let other = app.another_process(app.mailbox.clone());
    let codes = std::sync::Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for thread in 0..8 {
            let (app, other, codes) = (&app, &other, &codes);
            scope.spawn(move || {
                let office = if thread % 2 == 0 { &app.office } else { other };
                for round in 0..10 {
                    let mut form = app.log(SAME_DAY, "counter").form;
                    match round % 3 {
                        // refused before anything is written
                        1 => form.channel = "pigeon".to_owned(),
                        // a foreign code that is there already: refused inside the transaction
                        2 if round > 2 => form.code = format!("TAKEN-{thread}"),
                        2 => form.code = format!("TAKEN-{thread}"),
                        _ => {}
                    }
                    if let Ok(row) = office.log_dossier(app.now(), &dunghen::office::Actor::CommandLine, &form) {
                        codes.lock().unwrap().push(row.code);
                    }
                }
            });
        }
    });
    let mut ours: Vec<String> =
        codes.into_inner().unwrap().into_iter().filter(|code| code.starts_with("H38")).collect();
    ours.sort();
    let expected: Vec<String> = (1..=32).map(|serial| format!("H38.19-260302-{serial:04}")).collect();
    assert_eq!(ours, expected);
    assert!(app.office.verify(&mut |_| {}).unwrap().is_sound());
}

#[test]
fn a_code_that_is_taken_is_a_refusal_and_leaves_the_transaction_usable() {
    let app = App::new();
    app.log(SAME_DAY, "online").code("000.00.99-1").done();
    let again = app.log(SAME_DAY, "online").code("000.00.99-1").tried();
    assert!(matches!(&again, Err(OfficeError::Invalid(errors)) if errors[0].field == "code"), "{again:?}");
    // A foreign code that looks like our next one is stepped over.
    app.log(SAME_DAY, "online").code("H38.19-260302-0001").done();
    assert_eq!(app.log(SAME_DAY, "online").done().code, "H38.19-260302-0002");
}

#[test]
fn a_message_raised_twice_in_one_transaction_poisons_nothing() {
    let app = App::new();
    let row = app.log(THREE_DAYS, "online").done();
    app.at("2026-03-05 17:05");
    app.sweep();
    let mut message = app.whole(&row.code).messages.remove(0);
    message.id = "another".to_owned();
    let raised: Result<_, StoreError> = app.office.store().write(|tx| {
        let raised = dunghen::store::outbox::raise(tx, message)?;
        kept::put(tx, "after", "written")?;
        Ok(raised)
    });
    assert_eq!(raised.unwrap(), dunghen::store::outbox::Raised::AlreadyThere);
    assert_eq!(app.number("SELECT count(*) FROM settings_kept WHERE name = 'after'"), 1);
}

#[test]
fn instants_come_back_as_whole_seconds() {
    let app = App::new();
    let now = app.now() + chrono::Duration::nanoseconds(123_456_789);
    let form = app.log(SAME_DAY, "online").form;
    let row = app.office.log_dossier(now, &dunghen::office::Actor::CommandLine, &form).unwrap();
    let kept = app.row(&row.code);
    assert_eq!(kept.received_at, app.now());
    assert!(app.office.verify(&mut |_| {}).unwrap().is_sound());
}

/// Table, column and list of every CHECK, a table made anew in the place of the one before.
fn checks_of(sql: &str) -> Vec<(&str, &str, String)> {
    let mut found: Vec<(&str, &str, String)> = Vec::new();
    let mut table = "";
    for line in sql.lines() {
        if let Some(rest) = line.strip_prefix("CREATE TABLE ") {
            table = rest.split_whitespace().next().unwrap();
            // A table made anew takes the place of the one before.
            if let Some(old) = table.strip_prefix("new_") {
                table = old;
                found.retain(|(known, _, _)| *known != old);
            }
        }
        if let Some(rest) = line.strip_prefix("ALTER TABLE ") {
            table = rest.split_whitespace().next().unwrap();
        }
        if let Some((_, rest)) = line.split_once("CHECK (") {
            let (column, list) = rest.split_once(" IN (").unwrap();
            found.push((table, column, list.split(')').next().unwrap().to_owned()));
        }
    }
    found
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table: one line a list")]
fn check_lists_are_the_enums() {
    let sql = [
        include_str!("../../migrations/00000000000001_init/up.sql"),
        include_str!("../../migrations/00000000000002_rules/up.sql"),
        include_str!("../../migrations/00000000000003_late/up.sql"),
        include_str!("../../migrations/00000000000004_desk/up.sql"),
        include_str!("../../migrations/00000000000005_queue/up.sql"),
        include_str!("../../migrations/00000000000007_filing/up.sql"),
        include_str!("../../migrations/00000000000010_periods/up.sql"),
        include_str!("../../migrations/00000000000012_corrections/up.sql"),
    ]
    .join("\n");
    let words = |list: &[&str]| list.iter().map(|word| format!("'{word}'")).collect::<Vec<_>>().join(", ");
    macro_rules! all {
        ($word:ty) => {
            words(&<$word>::ALL.iter().map(|word| word.as_str()).collect::<Vec<_>>())
        };
    }
    let stages = all!(StageName);
    let waiting = words(&["awaiting_supplement", "awaiting_obligation"]);
    let expected: &[(&str, &str, String)] = &[
        ("accounts", "role", all!(Role)),
        ("procedures", "service_level", all!(ServiceLevel)),
        ("procedure_limits", "channel", all!(Channel)),
        ("procedure_limits", "limit_unit", all!(LimitUnit)),
        ("dossiers", "channel", all!(Channel)),
        ("dossiers", "stage", stages),
        ("closed_periods", "shape", all!(PeriodShape)),
        ("closed_periods", "signer_role", all!(Role)),
        ("promises", "kind", all!(PromiseKind)),
        ("promises", "limit_unit", all!(LimitUnit)),
        ("pauses", "kind", waiting),
        ("letters", "kind", all!(LetterKind)),
        ("outbox", "kind", all!(NoticeKind)),
        ("outbox", "audience", all!(Audience)),
        ("outbox", "delivery", all!(Delivery)),
        ("outbox", "state", all!(OutboxState)),
        ("procedure_limits", "kind", all!(LimitKind)),
        ("time_rules", "kind", all!(RuleKind)),
        ("time_rules", "limit_unit", all!(LimitUnit)),
        ("time_rules", "notice", all!(NoticeLevel)),
        ("proposals", "kind", all!(ProposalKind)),
        ("proposals", "state", all!(ProposalState)),
        ("submissions", "state", all!(SubmissionState)),
        ("sub_deadlines", "kind", all!(SubDeadlineKind)),
        ("sub_deadlines", "outcome", all!(SubOutcome)),
        ("sub_deadlines", "notice", all!(NoticeLevel)),
        ("rungs", "kind", words(&RUNG_KINDS.map(NoticeKind::as_str))),
        ("rungs", "bundling", all!(Bundling)),
        ("rungs", "urgency", all!(Urgency)),
        ("alerts", "audience", all!(Audience)),
        ("letters", "state", all!(LetterState)),
        ("attempts", "outcome", all!(AttemptOutcome)),
        ("outages", "delivery", all!(Delivery)),
        ("papers", "kind", all!(PaperKind)),
        ("tasks", "kind", all!(TaskKind)),
        ("citizen_messages", "kind", all!(CitizenMessageKind)),
        ("filings", "filed_by", all!(FiledBy)),
        ("filings", "addressee", all!(Addressee)),
        ("import_runs", "state", all!(ImportRunState)),
    ];
    let found = checks_of(&sql);
    for check in expected {
        assert!(found.contains(check), "{check:?} is not what the migration says: {found:?}");
    }
    for (table, column, _) in &found {
        let known = expected.iter().any(|(t, c, _)| (t, c) == (table, column));
        assert!(known || *table == "calendar_days", "{table}.{column}: no enum is held against it");
    }
}

#[test]
fn a_locked_database_is_waited_for() {
    if is_postgres() {
        return; // locks of rows there: see the concurrent intakes above
    }
    let app = App::new();
    let mut other = app.database.sqlite();
    other.batch_execute("BEGIN IMMEDIATE").unwrap();
    let began = Instant::now();
    std::thread::scope(|scope| {
        let intake = scope.spawn(|| app.log(SAME_DAY, "online").tried());
        std::thread::sleep(Duration::from_millis(700));
        assert_eq!(app.number("SELECT count(*) FROM dossiers"), 0, "readers are not locked out");
        other.batch_execute("COMMIT").unwrap();
        assert!(intake.join().unwrap().is_ok());
    });
    assert!(began.elapsed() >= Duration::from_millis(700));
}

#[test]
fn a_full_disk_is_said_and_leaves_nothing_half_written() {
    if is_postgres() {
        return; // the server's own matter; its error takes the same way
    }
    let app = App::new();
    let before = app.log(SAME_DAY, "online").done();
    let fill_up = |pages: &str| -> Result<(), StoreError> {
        app.office.store().write(|tx| tx.batch_execute(pages).map_err(StoreError::from))
    };
    // No page more than there is: what SQLite reports is what it reports on a full disk.
    fill_up("PRAGMA max_page_count = 1").unwrap();
    let mut failed = None;
    for _ in 0..2_000 {
        if let Err(error) = app.log(SAME_DAY, "online").tried() {
            failed = Some(error);
            break;
        }
    }
    let Some(OfficeError::Store(StoreError::Unavailable(why))) = failed else { panic!("not full: {failed:?}") };
    assert!(why.contains("full"), "{why}");
    let dossiers = app.number("SELECT count(*) FROM dossiers");
    assert_eq!(app.number("SELECT count(*) FROM promises"), dossiers);
    assert_eq!(app.number("SELECT count(*) FROM journal WHERE kind = 'logged'"), dossiers);
    fill_up("PRAGMA max_page_count = 1000000").unwrap();
    let after = app.log(SAME_DAY, "online").done();
    assert_eq!(after.code, format!("H38.19-260302-{:04}", dossiers + 1), "no number was lost");
    assert_eq!(app.row(&before.code).code, before.code);
    assert!(app.office.verify(&mut |_| {}).unwrap().is_sound());
}

#[test]
fn a_line_changed_removed_or_cut_off_is_found() {
    let why = |damage: &str| {
        let app = App::new();
        for _ in 0..3 {
            app.log(SAME_DAY, "online").done();
        }
        assert!(app.office.verify(&mut |_| {}).unwrap().is_sound());
        app.sql(damage);
        let report = app.office.verify(&mut |_| {}).unwrap();
        assert!(!report.is_sound());
        report.broken.iter().map(|line| line.why).collect::<Vec<_>>()
    };
    let last = "(SELECT seq FROM journal_head)";
    assert_eq!(why(&format!("UPDATE journal SET actor = 'somebody' WHERE seq = {last} - 1")), ["changed"]);
    assert_eq!(why(&format!("UPDATE journal SET body = '{{}}' WHERE seq = {last}")), ["changed"]);
    assert_eq!(why(&format!("DELETE FROM journal WHERE seq = {last} - 1")), ["missing", "changed"]);
    assert_eq!(why(&format!("DELETE FROM journal WHERE seq = {last}")), ["end cut off"]);
}

#[test]
fn a_promise_changed_behind_the_back_is_found() {
    let app = App::new();
    let row = app.log(THREE_DAYS, "online").done();
    app.sql("UPDATE promises SET due_at = '2026-03-09 10:00:00'");
    let report = app.office.verify(&mut |_| {}).unwrap();
    assert_eq!(report.dates_differ.len(), 1);
    assert_eq!(report.dates_differ[0].code, row.code);
}
