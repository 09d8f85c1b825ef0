//! Facts of past days: reports read them in place of the files, and they are what the files give, whatever happens.

use chrono::{DateTime, Duration, NaiveDate, Utc};
use dunghen::domain::summary::Counted;
use dunghen::office::day_facts::FactsReport;
use dunghen::office::report::Question;
use dunghen::office::{OfficeError, OfficeResult};
use dunghen::store::{counts, day_facts};

use crate::as_of::{Dice, answers, something_happens};
use crate::corrections::correct;
use crate::support::{App, LAND, SAME_DAY, THREE_DAYS, instant};

fn keep(app: &App) -> FactsReport {
    app.office.keep_facts(app.now(), &|_, _| {}).unwrap()
}

fn march() -> Question {
    Question { from: "2026-03-01".parse().unwrap(), to: "2026-03-31".parse().unwrap(), as_of: None, agency: None }
}

fn agency(app: &App) -> String {
    app.texts("SELECT id AS value FROM agencies").remove(0)
}

fn by_id(mut files: Vec<Counted>) -> Vec<Counted> {
    files.sort_by(|one, other| one.dossier_id.cmp(&other.dossier_id));
    files
}

/// What is counted with the facts there are.
fn counted(app: &App, from: DateTime<Utc>, cut: DateTime<Utc>) -> Vec<Counted> {
    let agency_id = agency(app);
    by_id(app.office.store().read(|conn| counts::at_cut(conn, &agency_id, from, cut)).unwrap())
}

/// The same from the files alone: without facts, in a transaction that is undone.
fn direct(app: &App, from: DateTime<Utc>, cut: DateTime<Utc>) -> Vec<Counted> {
    let agency_id = agency(app);
    let mut files = Vec::new();
    let undone: OfficeResult<()> = app.office.store().write(|tx| {
        day_facts::forget_all(tx, &agency_id)?;
        files = counts::at_cut(tx, &agency_id, from, cut)?;
        Err(OfficeError::NotFound)
    });
    assert!(matches!(undone, Err(OfficeError::NotFound)), "{undone:?}");
    by_id(files)
}

/// The days of which something is kept.
fn days(app: &App) -> Vec<NaiveDate> {
    let agency_id = agency(app);
    app.office.store().read(|conn| day_facts::days(conn, &agency_id)).unwrap().into_iter().collect()
}

#[test]
fn what_is_counted_with_facts_is_what_the_files_give_at_any_cut_of_any_history() {
    let (mut by_facts, mut touched) = (0, 0);
    for seed in [11, 12, 13, 14] {
        let app = App::new();
        let (mut dice, mut codes, mut imported) = (Dice(seed), Vec::new(), Vec::new());
        let first = app.at("2026-02-23 08:00");
        for turn in 0..170 {
            app.advance(Duration::minutes(30 + dice.below(500)));
            let before = days(&app).len();
            something_happens(&app, &mut dice, &mut codes, &mut imported);
            touched += before.saturating_sub(days(&app).len());
            if turn % 10 == 9 {
                for _ in 0..6 {
                    let span = (app.now() - first).num_minutes();
                    let from = first - Duration::days(2) + Duration::minutes(dice.below(span));
                    let cut = from + Duration::minutes(dice.below(span));
                    assert_eq!(counted(&app, from, cut), direct(&app, from, cut), "seed {seed}, turn {turn}");
                }
            }
            if turn % 17 == 16 {
                let made = keep(&app);
                assert_eq!(keep(&app), FactsReport::default(), "each day once");
                by_facts += made.files;
            }
        }
        let sound = app.office.verify(&mut |_| {}).unwrap();
        assert!(sound.is_sound() && sound.days > 20, "{sound:?}");
    }
    assert!(by_facts > 60 && touched > 5, "{by_facts} files by facts, {touched} days taken away");
}

/// Three files that ended on 4 and 6 March, and one that is open.
fn three(app: &App) -> [String; 3] {
    let codes = [THREE_DAYS, SAME_DAY, LAND].map(|procedure| app.log(procedure, "online").done().code);
    app.log(THREE_DAYS, "counter").done();
    app.at("2026-03-04 10:00");
    app.resolve(&codes[0]);
    app.resolve(&codes[2]);
    app.at("2026-03-06 10:00");
    app.resolve(&codes[1]);
    app.at("2026-03-09 08:00");
    codes
}

#[test]
fn a_day_that_is_over_is_kept_once_and_made_anew_when_one_of_its_files_is_touched() {
    let app = App::new();
    let [first, ..] = three(&app);
    let day = |text: &str| text.parse::<NaiveDate>().unwrap();
    let before = answers(&app, &march());
    // From the first end up to yesterday; today is not over.
    assert_eq!(keep(&app), FactsReport { days: 5, files: 3 });
    assert_eq!(days(&app), (4..9).map(|n| day(&format!("2026-03-0{n}"))).collect::<Vec<_>>());
    assert_eq!(answers(&app, &march()), before);
    correct(&app, &first, "2026-03-05T09:00").unwrap();
    let left = [6, 7, 8].map(|n| day(&format!("2026-03-0{n}")));
    assert_eq!(days(&app), left, "the day it ended on before, and the one it ends on now");
    let after = answers(&app, &march());
    assert_eq!(keep(&app), FactsReport { days: 2, files: 2 });
    assert_eq!(answers(&app, &march()), after);
}

#[test]
fn reports_read_the_facts_and_verify_holds_them_against_the_files() {
    let app = App::new();
    three(&app);
    keep(&app);
    assert_eq!(app.office.summary(app.now(), &march()).unwrap().resolved.total, 3);
    app.sql("UPDATE day_facts SET files = replace(files, ' granted ', ' withdrawn ') WHERE day = '2026-03-04'");
    let found = app.office.verify(&mut |_| {}).unwrap();
    let differ: Vec<String> = found.days_differ.iter().map(|one| format!("{} {}", one.agency, one.day)).collect();
    let code = app.texts("SELECT code AS value FROM agencies").remove(0);
    assert_eq!((found.is_sound(), found.days, differ), (false, 5, vec![format!("{code} 2026-03-04")]));
    let of_day = |stage: &str| {
        let files = counted(&app, instant("2026-03-01 00:00"), instant("2026-04-01 00:00"));
        files.iter().filter(|file| file.stage.as_str() == stage).count()
    };
    assert_eq!((of_day("withdrawn"), of_day("granted")), (2, 1), "what is kept is what is read");
    let made = app.office.keep_facts_anew(app.now(), &|_, _| {}).unwrap();
    assert_eq!(made, FactsReport { days: 5, files: 3 });
    assert_eq!(of_day("withdrawn"), 0);
    assert!(app.office.verify(&mut |_| {}).unwrap().is_sound());
    app.sql("DELETE FROM day_facts WHERE day = '2026-03-06'");
    assert_eq!(of_day("granted"), 3, "a day without facts is read from the files");
}
