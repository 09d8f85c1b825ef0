//! Closed periods: when one can be closed and by whom, that its bytes stay and are proven, and what is different
//! since.

use chrono::{Duration, NaiveDate};
use dunghen::domain::problem::Refusal;
use dunghen::domain::summary::Bucket;
use dunghen::office::closing::{Delta, Frozen, PeriodAsked, PeriodState};
use dunghen::office::report::Question;
use dunghen::office::report_groups::Grouping;
use dunghen::office::{Actor, OfficeError};
use dunghen::store::closed_periods::ClosedPeriod;
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::as_of::import;
use crate::support::{App, THREE_DAYS, officer};

fn manager(app: &App) -> Actor {
    let rules = app.office.store().read(|conn| app.office.rules(conn)).unwrap();
    let found = rules.accounts.values().find(|account| account.username == "giamdoc").unwrap();
    Actor::Account { id: found.id.clone(), username: found.username.clone() }
}

fn asked(period: &str) -> PeriodAsked {
    PeriodAsked::read(period, None, None).unwrap()
}

fn close(app: &App, period: &str) -> ClosedPeriod {
    app.office.close_period(app.now(), &manager(app), &asked(period), None).unwrap()
}

fn refused(result: Result<ClosedPeriod, OfficeError>) -> Refusal {
    match result {
        Err(OfficeError::Refused(refusal)) => refusal,
        other => panic!("{other:?}"),
    }
}

fn sha256(bytes: &[u8]) -> String {
    dunghen::store::journal::hex(&Sha256::digest(bytes))
}

fn delta(app: &App, period: &str) -> Delta {
    app.office.period_delta(app.now(), &asked(period)).unwrap()
}

/// March with a file in time, a late one with its apology, and an open one.
fn march() -> App {
    let app = App::new();
    let early = app.log(THREE_DAYS, "online").done();
    let late = app.log(THREE_DAYS, "counter").done();
    app.log(THREE_DAYS, "post").done();
    app.at("2026-03-03 09:00");
    app.resolve(&early.code);
    app.at("2026-03-06 08:00");
    app.sweep();
    app.resolve(&late.code);
    app.at("2026-04-01 08:00");
    app
}

#[test]
fn a_period_is_closed_once_by_a_manager_and_only_after_its_last_day() {
    let app = march();
    app.at("2026-03-31 23:59:59");
    let try_it = |actor: &Actor| app.office.close_period(app.now(), actor, &asked("2026-03"), None);
    let until: NaiveDate = "2026-04-01".parse().unwrap();
    assert_eq!(refused(try_it(&manager(&app))), Refusal::PeriodRuns { until });
    app.at("2026-04-01 00:00:00");
    for nobody in [Actor::CommandLine, Actor::System, officer()] {
        assert_eq!(refused(try_it(&nobody)), Refusal::MayNotClose);
    }
    let closed = close(&app, "2026-03");
    assert_eq!((closed.closed_by.as_str(), closed.closed_at), ("giamdoc", app.now()));
    assert!(!closed.signer.is_empty());
    assert_eq!(refused(try_it(&manager(&app))), Refusal::PeriodClosed);
    assert!(app.office.preview_period(app.now(), &asked("2026-03")).is_err());
    assert_eq!(app.number("SELECT count(*) FROM closed_periods"), 1);
    assert!(matches!(app.office.closed_period(&asked("2026-02")), Err(OfficeError::NotFound)));
}

#[test]
fn the_frozen_bytes_are_the_reports_as_known_at_the_closing_under_the_printed_hash() {
    let app = march();
    let closed = close(&app, "2026-03");
    let (row, bytes) = app.office.closed_period(&asked("2026-03")).unwrap();
    assert_eq!((&row, sha256(&bytes)), (&closed, closed.sha256.clone()));
    let frozen: Frozen = serde_json::from_slice(&bytes).unwrap();
    assert_eq!(frozen.signed.unwrap().name, closed.signer);
    assert_eq!((frozen.counts[&Bucket::Received], frozen.counts[&Bucket::LateWithApology]), (3, 1));
    assert_eq!(frozen.reports.late.len(), 2, "the late one and the open one");
    let question = Question {
        from: frozen.from,
        to: frozen.to,
        as_of: Some(closed.closed_at),
        agency: Some(frozen.agency.clone()),
    };
    app.at("2026-05-01 08:00");
    let (office, now) = (&app.office, app.now());
    assert_eq!(frozen.reports.summary, json!(office.summary(now, &question).unwrap()));
    assert_eq!(frozen.reports.form_06a_by_field, json!(office.form_06a(now, &question, Grouping::Field).unwrap()));
    assert_eq!(frozen.reports.form_06a_by_unit, json!(office.form_06a(now, &question, Grouping::Unit).unwrap()));
    for (by, reasons, form) in [
        (Grouping::Field, &frozen.reports.reasons_by_field, &frozen.reports.form_07a_by_field),
        (Grouping::Unit, &frozen.reports.reasons_by_unit, &frozen.reports.form_07a_by_unit),
    ] {
        assert_eq!(*reasons, json!(office.reasons_report(now, &question, by).unwrap()));
        assert_eq!(*form, json!(office.form_07a(now, &question, by).unwrap()));
    }
    assert_eq!(frozen.reports.index, json!(office.index_report(now, &question).unwrap()));
    assert_eq!(frozen.reports.self_score, json!(office.self_score(now, &question).unwrap()));
    assert_eq!(frozen.reports.units, json!(office.units_report(now, &question).unwrap()));
    assert_eq!(frozen.reports.online, json!(office.online_report(now, &question).unwrap()));
    assert_eq!(frozen.reports.procedures, json!(office.procedures_report(now, &question, None).unwrap()));
}

#[test]
fn what_was_looked_at_is_what_is_signed() {
    let app = march();
    let seen = app.office.preview_period(app.now(), &asked("2026-03")).unwrap().seen;
    app.advance(Duration::minutes(5));
    import(&app, &format!("X-1,{THREE_DAYS},Nguyễn Văn An,online,2026-03-02 09:00,,,,,no,no\n"));
    app.advance(Duration::minutes(5));
    let close = |seen: &str| app.office.close_period(app.now(), &manager(&app), &asked("2026-03"), Some(seen));
    assert_eq!(refused(close(&seen)), Refusal::FiguresMoved);
    let seen = app.office.preview_period(app.now(), &asked("2026-03")).unwrap().seen;
    app.advance(Duration::minutes(5));
    assert!(close(&seen).is_ok(), "the same figures a little later");
}

#[test]
fn frozen_bytes_that_were_changed_and_lines_without_their_period_are_found() {
    let why = |damage: &[&str]| {
        let app = march();
        let closed = close(&app, "2026-03");
        assert!(app.office.verify(&mut |_| {}).unwrap().is_sound());
        for damage in damage {
            app.sql(damage);
        }
        let report = app.office.verify(&mut |_| {}).unwrap();
        report.broken.iter().map(|line| (line.seq == closed.journal_seq, line.why)).collect::<Vec<_>>()
    };
    let changed = "UPDATE documents SET bytes = CAST('{}' AS BYTEA) WHERE media_type = 'application/json'";
    let changed = if crate::support::is_postgres() {
        "UPDATE documents SET bytes = '\\x7b7d'::bytea WHERE media_type = 'application/json'"
    } else {
        changed
    };
    assert_eq!(why(&[changed]), [(true, "frozen report changed")]);
    assert_eq!(why(&["DELETE FROM closed_periods"]), [(true, "frozen report missing")]);
    // Another report with a hash of its own is not what the journal says.
    let other = sha256(b"{}");
    let blob = if crate::support::is_postgres() { "'\\x7b7d'::bytea" } else { "x'7b7d'" };
    let put = format!(
        "INSERT INTO documents (hash, media_type, bytes, kept_at) \
         VALUES ('{other}', 'application/json', {blob}, '2026-04-01 01:00:00')"
    );
    let point = format!("UPDATE closed_periods SET sha256 = '{other}'");
    assert_eq!(why(&[&put, &point]), [(true, "frozen report changed")]);
}

#[test]
fn a_later_import_stands_beside_the_frozen_numbers_with_who_and_when() {
    let app = march();
    let closed = close(&app, "2026-03");
    let before = app.office.closed_period(&asked("2026-03")).unwrap();
    assert!(delta(&app, "2026-03").is_none());
    app.at("2026-04-09 08:00");
    // What happens after the period is no difference of it.
    app.log(THREE_DAYS, "online").done();
    assert!(delta(&app, "2026-03").is_none());
    import(
        &app,
        &format!("X-1,{THREE_DAYS},Nguyễn Văn An,online,2026-03-10 09:00,,2026-03-11 09:00,,granted,no,yes\n"),
    );
    app.at("2026-04-10 08:00");
    let delta = delta(&app, "2026-03");
    assert_eq!(delta.unexplained, []);
    let differs: Vec<_> = delta.numbers.iter().filter(|line| line.difference != 0).collect();
    assert!(differs.iter().all(|line| line.difference == 1 && line.today == line.frozen + 1), "{differs:?}");
    assert!(differs.iter().any(|line| line.number == Bucket::Early));
    let codes: Vec<_> = delta.dossiers.iter().map(|file| file.code.as_str()).collect();
    assert_eq!(codes, ["X-1"]);
    let because: Vec<_> =
        delta.dossiers[0].because.iter().map(|line| (line.kind.as_str(), line.actor.as_str())).collect();
    assert_eq!(because, [("logged", "cli"), ("result_ready", "cli")]);
    assert_eq!(app.office.closed_period(&asked("2026-03")).unwrap(), before, "and the frozen report stays");
    assert_eq!(before.0, closed);
}

#[test]
fn periods_are_listed_from_the_first_dossier_on_and_those_over_are_named_until_they_are_closed() {
    let app = march();
    let states = || {
        let all = app.office.periods(app.now(), None).unwrap();
        all.iter()
            .map(|one| {
                let state = match one.state {
                    PeriodState::Open => "open",
                    PeriodState::Ended => "ended",
                    PeriodState::Closed(_) => "closed",
                };
                format!("{} {state}", one.period)
            })
            .collect::<Vec<_>>()
    };
    assert_eq!(
        states(),
        ["2026-04 open", "2026-03 ended", "2026-Q2 open", "2026-Q1 ended", "2026-H1 open", "2026 open"]
    );
    let waiting = |app: &App| {
        let all = app.office.periods_to_close(app.now()).unwrap();
        all.iter().map(|one| one.period.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(waiting(&app), ["2026-03", "2026-Q1"]);
    close(&app, "2026-Q1");
    assert_eq!(waiting(&app), ["2026-03"]);
    close(&app, "2026-03");
    assert!(waiting(&app).is_empty());
    assert!(states().contains(&"2026-03 closed".to_owned()));
}

#[test]
fn official_periods_run_from_the_15th_and_what_was_closed_keeps_its_days() {
    let mut app = march();
    close(&app, "2026-03");
    app.settings = dunghen::config::Settings::from_toml("[reports]\nperiods = \"official\"").unwrap();
    app.restart();
    let closed = close(&app, "2026-03");
    assert_eq!((closed.from_day.to_string(), closed.to_day.to_string()), ("2026-02-15".into(), "2026-03-14".into()));
    let calendar = PeriodAsked::read("2026-03", Some("calendar"), None).unwrap();
    assert_eq!(app.office.closed_period(&calendar).unwrap().0.to_day.to_string(), "2026-03-31");
    let until: NaiveDate = "2026-04-15".parse().unwrap();
    let april = app.office.close_period(app.now(), &manager(&app), &asked("2026-04"), None);
    assert_eq!(refused(april), Refusal::PeriodRuns { until });
    let listed = app.office.periods(app.now(), None).unwrap();
    assert_eq!(listed.iter().filter(|one| one.period.to_string() == "2026-03").count(), 2);
}
