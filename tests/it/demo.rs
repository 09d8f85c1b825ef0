//! The demonstration commune: the same on every machine, and worth looking at.

use chrono::Duration;
use dunghen::domain::time::civil_day;
use dunghen::office::demo;
use dunghen::office::report::{Question, SummaryReport};
use dunghen::store::dossiers::{Filter, Part, count};

use crate::support::App;

const SIZE: u32 = 600;

fn filled() -> (App, demo::DemoReport) {
    let app = App::new();
    let now = app.at("2026-11-25 10:15");
    let report = demo::fill(&app.office, now, SIZE, &mut |_| {}).expect("a year");
    (app, report)
}

fn year(app: &App) -> SummaryReport {
    let to = civil_day(app.now());
    let question = Question { from: to - Duration::days(364), to, as_of: None, agency: None };
    app.office.summary(app.now(), &question).unwrap()
}

#[test]
fn the_demonstration_is_the_same_commune_every_time() {
    let ((first, one), (second, other)) = (filled(), filled());
    assert_eq!(one, other);
    let summary = |app: &App| serde_json::to_string(&year(app)).unwrap();
    assert_eq!(summary(&first), summary(&second));
    // Ids are random: what has none is compared.
    let dates = |app: &App| {
        let filter = Filter::default();
        let rows = app.office.store().read(|conn| {
            dunghen::store::dossiers::list(conn, &filter, dunghen::store::dossiers::Order::NewestFirst, None, 10_000)
        });
        let mut rows: Vec<String> = rows
            .unwrap()
            .into_iter()
            .map(|row| {
                format!(
                    "{} {} {} {:?} {:?} {:?} {:?} {}",
                    row.code,
                    row.applicant_name,
                    row.channel,
                    row.due_at,
                    row.new_due_at,
                    row.closed_at,
                    row.returned_at,
                    row.stage
                )
            })
            .collect();
        rows.sort();
        rows
    };
    assert_eq!(dates(&first), dates(&second));
}

#[test]
fn the_demonstration_year_is_plausible_and_proven() {
    let (app, report) = filled();
    let at_least = i64::from(SIZE) - 10;
    assert!(i64::try_from(report.dossiers).unwrap() >= at_least, "{report:?}");
    let summary = year(&app);
    assert_eq!(summary.received.total, report.dossiers);
    assert!(summary.resolved.late > 0 && summary.resolved.late * 10 < summary.resolved.total, "{summary:?}");
    assert!(summary.received.online * 100 > summary.received.total * 55, "{summary:?}");
    assert!(summary.in_progress.total > 0);
    for kind in ["due-soon", "overdue", "apology", "escalation"] {
        assert!(report.raised.get(kind).copied().unwrap_or(0) > 0, "no {kind}: {report:?}");
    }
    assert_eq!(
        app.number(
            "SELECT count(*) FROM outbox WHERE delivery = 'mail' AND state NOT IN ('sent', 'void', 'collected')"
        ),
        0
    );
    assert_eq!(
        app.number(
            "SELECT count(*) FROM outbox \
             WHERE state = 'sent' AND delivery = 'mail' AND body IS NULL AND bundle_id IS NULL"
        ),
        0,
        "what left by itself has its text; the text of a digest stands in the digest"
    );
    let after_now = format!("SELECT count(*) FROM journal WHERE at > '{}'", app.now().format("%Y-%m-%d %H:%M:%S"));
    assert_eq!(app.number(&after_now), 0, "nothing of the demonstration lies in the future");
    assert!(app.office.verify(&mut |_| {}).unwrap().is_sound());
    assert!(demo::is_filled(&app.office).unwrap());
}

#[test]
fn a_letter_of_the_demonstration_is_rendered_when_somebody_looks_at_it() {
    let (app, _) = filled();
    let codes = app.office.store().read(|conn| dunghen::store::letters::newest(conn, 0, 1)).unwrap();
    let (letter, code, _) = &codes[0];
    assert_eq!(letter.document_hash, None);
    let (_, bytes) = app.office.letter_of_dossier(app.now(), code).unwrap();
    assert!(bytes.starts_with(b"%PDF"));
}

#[test]
fn the_day_after_the_demonstration_goes_on_by_itself() {
    let (app, _) = filled();
    app.advance_days(3);
    let swept = app.sweep();
    let sent = app.dispatch();
    assert_eq!(swept.failed, 0);
    assert_eq!(sent.retry + sent.failed, 0);
    let open = app.office.store().read(|conn| count(conn, &Filter { part: Part::Open, ..Filter::default() })).unwrap();
    assert!(open > 0);
}

#[test]
fn every_post_of_the_demonstration_can_sign_in() {
    let app = App::new();
    let posts = demo::accounts(&app.office, app.now()).unwrap();
    assert_eq!(posts.len(), app.settings.people.len());
    for (username, _, password) in posts {
        let password = secrecy::SecretString::from(password);
        let answer = app.office.sign_in(app.now(), &username, &password).unwrap();
        assert!(matches!(answer, dunghen::office::sign_in::SignIn::Welcome { .. }), "{username}");
    }
}
