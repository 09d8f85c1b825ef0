//! `verify` over several pages of both tables: whatever was changed behind the program's back is found.

use std::sync::Mutex;

use dunghen::domain::dossier::Step;
use dunghen::office::OfficeResult;
use dunghen::office::verify::{Progress, VerifyReport};
use dunghen::store::journal::{self, Line};

use crate::support::{App, LAND, SAME_DAY, THREE_DAYS};

/// Promises and lines that are more than one page of each.
const MANY: i64 = 4_500;

fn report(app: &App) -> VerifyReport {
    app.office.verify(&mut |_| {}).unwrap()
}

/// `(seq, why)` of what is broken.
fn broken(report: &VerifyReport) -> Vec<(i64, &str)> {
    report.broken.iter().map(|line| (line.seq, line.why)).collect()
}

/// `(number, replayed)` of what differs.
fn differ(report: &VerifyReport) -> Vec<(i32, &str)> {
    report.dates_differ.iter().map(|date| (date.promise, date.replayed.as_str())).collect()
}

/// One dossier whose first promise stands there `MANY` times more, numbered from 1001, and as many lines.
fn big() -> App {
    let app = App::new();
    app.log(THREE_DAYS, "online").done();
    app.sql(&format!(
        "INSERT INTO promises (id, dossier_id, number, kind, due_at, made_at, counted_from, superseded_at, limit_value, \
         limit_unit, computed_due_at, calendar_version, provisional, basis, ledger, statutory_due_at, statutory_ledger) \
         WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {MANY}) \
         SELECT 'p' || (10000 + i), dossier_id, 1000 + i, kind, due_at, made_at, counted_from, superseded_at, limit_value, \
         limit_unit, computed_due_at, calendar_version, provisional, basis, ledger, statutory_due_at, statutory_ledger \
         FROM promises CROSS JOIN n"
    ));
    let now = app.now();
    let line = Line { recorded_at: now, at: now, actor: "cli", kind: "noted", dossier_id: None, body: "{}".to_owned() };
    let lines = vec![line; usize::try_from(MANY).unwrap()];
    app.office.store().write(|tx| OfficeResult::Ok(journal::append(tx, &lines)?)).unwrap();
    app
}

#[test]
fn whatever_was_changed_on_any_page_is_found_in_order_and_the_same_each_time() {
    let app = big();
    let seen = Mutex::new(Vec::new());
    let sound = app.office.verify(&mut |now| seen.lock().unwrap().push(now)).unwrap();
    assert!(sound.is_sound(), "{:?} {:?}", sound.broken.first(), sound.dates_differ.first());
    let (lines, promises) = (app.number("SELECT count(*) FROM journal"), app.number("SELECT count(*) FROM promises"));
    assert_eq!((sound.entries, sound.dates_replayed), (lines.unsigned_abs(), promises.unsigned_abs()));
    let seen: Vec<Progress> = seen.into_inner().unwrap();
    let total = sound.entries + sound.dates_replayed;
    assert!(seen.iter().all(|now| now.total == total) && seen.len() > 4, "{seen:?}");
    assert!(seen.is_sorted_by_key(|now| now.done) && seen.last().unwrap().done == total, "{seen:?}");

    app.sql(
        "UPDATE journal SET body = '{\"x\":1}' WHERE seq IN (2500, 10, 2001);
         DELETE FROM journal WHERE seq = 4100;
         UPDATE promises SET due_at = '2026-03-09 10:00:00' WHERE number IN (5400, 1003);
         UPDATE promises SET ledger = replace(ledger, '\"f\":\"2026-03-0', '\"f\":\"2025-03-0') WHERE number = 3333;
         UPDATE promises SET ledger = 'no ledger at all' WHERE number = 3334;
         UPDATE promises SET ledger = '{}' WHERE number = 2222;
         UPDATE promises SET calendar_version = 99 WHERE number = 4444;
         UPDATE promises SET statutory_due_at = '2026-03-09 10:00:00' WHERE number = 1500;",
    );
    let found = report(&app);
    let changed = [(10, "changed"), (2001, "changed"), (2500, "changed"), (4100, "missing"), (4101, "changed")];
    assert_eq!(broken(&found), changed);
    let due = "2026-03-05T17:00:00+07:00";
    let numbers: Vec<i32> = differ(&found).iter().map(|(number, _)| *number).collect();
    assert_eq!(numbers, [1003, 1500, 2222, 3333, 3334, 4444, 5400]);
    let told = |number: i32| differ(&found).into_iter().find(|(at, _)| *at == number).unwrap().1.to_owned();
    assert_eq!((told(1003), told(1500), told(5400)), (due.to_owned(), due.to_owned(), due.to_owned()));
    assert_eq!((told(2222), told(3333)), ("no ledger".to_owned(), format!("{due}, by other days")));
    assert!(told(3334).contains("expected") && told(4444).contains("version 99"), "{found:?}");
    for _ in 0..5 {
        assert_eq!(report(&app), found);
    }
}

#[test]
fn the_statutory_date_beside_a_commitment_is_replayed_as_well() {
    let app = App::new();
    app.log(LAND, "counter").done();
    app.sql("UPDATE promises SET statutory_ledger = ledger");
    assert!(report(&app).is_sound());
    app.sql("UPDATE promises SET statutory_due_at = '2030-01-01 10:00:00'");
    let found = report(&app);
    assert_eq!(found.dates_differ.len(), 1, "{found:?}");
    assert_eq!(found.dates_differ[0].kept, "2030-01-01T17:00:00+07:00");
    app.sql("UPDATE promises SET statutory_due_at = due_at, statutory_ledger = replace(ledger, '\"t\":\"2026-03-0', '\"t\":\"2026-02-0')");
    assert_eq!(differ(&report(&app)).len(), 1);
}

#[test]
fn every_kind_of_promise_that_the_office_makes_replays() {
    let app = App::new();
    let row = app.log(THREE_DAYS, "counter").done();
    app.advance_days(1);
    app.step(&row.code, &Step::RequestSupplement { note: "ảnh".to_owned() });
    app.advance_days(2);
    app.step(&row.code, &Step::ReceiveSupplement);
    app.advance_days(1);
    app.step(&row.code, &Step::RequestObligation { note: "lệ phí".to_owned() });
    app.advance_days(1);
    app.step(&row.code, &Step::MeetObligation);
    app.log(SAME_DAY, "online").done();
    app.advance_days(20);
    app.sweep();
    let kinds = app.number("SELECT count(DISTINCT kind) FROM promises");
    let found = report(&app);
    assert!(found.is_sound(), "{found:?}");
    assert_eq!((kinds, found.dates_replayed), (4, 4), "initial, restarted, resumed; the apology's date has no ledger");
}

#[test]
fn a_date_that_no_ledger_counts_is_held_against_the_line_that_made_it() {
    let app = App::new();
    app.log(THREE_DAYS, "counter").done();
    app.at("2026-03-05 17:05");
    app.sweep();
    assert!(report(&app).is_sound());
    app.sql("UPDATE promises SET due_at = '2026-04-01 10:00:00' WHERE kind = 'rescheduled'");
    assert_eq!(differ(&report(&app)), [(2, "the journal says 2026-03-09T17:00:00+07:00")]);
    app.sql("UPDATE promises SET number = 7 WHERE kind = 'rescheduled'");
    assert_eq!(differ(&report(&app)), [(7, "no line of the journal made it")]);
}

#[test]
fn a_journal_that_was_emptied_or_never_begun_is_told_apart() {
    let app = App::new();
    assert!(report(&app).is_sound());
    app.log(SAME_DAY, "online").done();
    app.sql("DELETE FROM journal");
    assert_eq!(broken(&report(&app)), [(0, "end cut off")]);
    app.sql("UPDATE journal_head SET seq = 0, hash = ''");
    assert!(report(&app).broken.is_empty());
}
