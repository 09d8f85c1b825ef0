//! Words that dossiers are found by: filled for those from before, kept with those that come.

use std::collections::BTreeSet;

use dunghen::store::dossiers::{self, After, DossierRow, Filter, Order, Part};
use dunghen::store::search_key::{asked_words, search_key};

use crate::as_of::Dice;
use crate::support::{App, LAND, THREE_DAYS, is_postgres};

fn found(app: &App, q: &str) -> Vec<String> {
    let filter = Filter { q: Some(q.to_owned()), ..Filter::default() };
    let rows = app.office.list(&filter, Order::NewestFirst, None, 1_000).unwrap();
    rows.into_iter().map(|row| row.code).collect()
}

/// The words of dossiers that were written past the program.
fn keep_words(app: &App, ids: &str) {
    let received = if is_postgres() { ", received_at" } else { "" };
    app.sql(&format!(
        "INSERT INTO dossier_words (key, dossier_id{received}) SELECT search_key, id{received} FROM dossiers WHERE id LIKE '{ids}'"
    ));
}

#[test]
fn dossiers_from_before_are_made_findable_at_the_next_start() {
    let mut app = App::new();
    let mut intake = app.log(THREE_DAYS, "counter").name("Giàng Seo Páo");
    intake.form.applicant_phone = "0912 345 678".to_owned();
    let old = intake.done();
    app.sql("DELETE FROM dossier_words");
    app.sql("UPDATE dossiers SET search_key = 'giang seo pao 0912 345 678'");
    app.sql("DELETE FROM settings_kept WHERE name = 'search_index'");
    assert!(found(&app, "345678").is_empty());
    app.restart();
    for q in ["pao giang", "0912345678", "345678"] {
        assert_eq!(found(&app, q), [old.code.as_str()], "{q}");
    }
    let new = app.log(THREE_DAYS, "counter").name("Giàng Seo Lử").done();
    assert_eq!(found(&app, "giang seo"), [new.code.as_str(), old.code.as_str()], "newest first");
    app.restart();
    assert_eq!(app.number("SELECT count(*) FROM dossier_words"), 2, "a second start adds nothing");
}

#[test]
fn an_imported_dossier_is_found() {
    let app = App::new();
    let rows = format!(
        "code,procedure_code,applicant_name,applicant_phone,channel,received_at\n\
         G22.99-260302-0077,{LAND},Sùng Thị Mỷ,0977 111 222,online,2026-03-02 07:40\n"
    );
    app.office
        .import_dossiers(
            app.now(),
            &dunghen::office::Actor::CommandLine,
            std::io::Cursor::new(rows.into_bytes()),
            &dunghen::office::import::Mapping::native(),
            dunghen::office::import::Run::Real,
            &mut |_| {},
        )
        .unwrap();
    for q in ["my sung", "0977111", "260302-0077", "G22.99-2603"] {
        assert_eq!(found(&app, q).len(), 1, "{q}");
    }
}

/// Thousands of dossiers of one family: every word of the question is common.
#[test]
fn common_words_are_found_completely_and_page_by_page() {
    let app = App::new();
    let first = app.log(THREE_DAYS, "counter").name("Vàng Thị Hiếm").done();
    let copies = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 12000) ";
    let columns = app.row(&first.code);
    app.sql(&format!(
        "INSERT INTO dossiers (id, agency_id, code, procedure_id, applicant_name, search_key, channel, received_at, stage, \
         stage_since, promise_number, reschedule_number, paper_supplement, presence_required, fee_due, paid_online, \
         e_result, status_token, revision) \
         {copies} SELECT 'copy-' || i, '{}', 'C-' || i, '{}', 'Vàng Văn Mới', ' c-' || i || ' vang van moi', 'counter', \
         '2026-03-02 05:00:00', 'processing', '2026-03-02 05:00:00', 0, 0, FALSE, FALSE, FALSE, FALSE, FALSE, \
         'token-' || i, 0 FROM n",
        columns.agency_id, columns.procedure_id
    ));
    keep_words(&app, "copy-%");
    app.log(THREE_DAYS, "counter").name("Vàng Văn Mới").done();
    let filter = |q: &str| Filter { q: Some(q.to_owned()), part: Part::All, ..Filter::default() };
    let page = app.office.list(&filter("vang moi"), Order::NewestFirst, None, 60).unwrap();
    assert_eq!(page.len(), 60);
    let (mut after, mut seen): (Option<After>, usize) = (None, 0);
    loop {
        let rows = app.office.list(&filter("vang moi"), Order::NewestFirst, after.as_ref(), 3_000).unwrap();
        seen += rows.len();
        let Some(last) = rows.last() else { break };
        after = Some(After::row(last, Order::NewestFirst));
    }
    assert_eq!(seen, 12_001, "no dossier is lost behind the window that is read first");
    let rare = app.office.list(&filter("vang thi"), Order::OldestFirst, None, 60).unwrap();
    assert_eq!(rare.iter().map(|row| row.code.as_str()).collect::<Vec<_>>(), [first.code.as_str()]);
    let count = app.office.store().read(|conn| dossiers::count(conn, &filter("vang moi"))).unwrap();
    assert_eq!(count, 12_001);
}

/// Dossiers of two months, one an hour, every third of one name: pages end within each stretch that is read
/// in a way of its own (the first dossiers, the weeks behind them, all the others).
#[test]
fn pages_of_a_question_join_without_gap_across_weeks_in_both_orders() {
    let app = App::new();
    let logged = app.log(THREE_DAYS, "counter").name("Vàng Thị Hiếm").done();
    let columns = app.row(&logged.code);
    let first = chrono::NaiveDate::from_ymd_opt(2025, 12, 30).unwrap().and_hms_opt(0, 0, 0).unwrap();
    let mut rows = Vec::new();
    let mut expected = Vec::new();
    for hour in 0..1_500_i64 {
        let at = first + chrono::TimeDelta::hours(hour);
        let name = if hour % 3 == 0 { "lo thi xa" } else { "ma van gan" };
        rows.push(format!(
            "('hour-{hour}', '{}', 'C-{hour}', '{}', 'X', ' c-{hour} {name} ', 'counter', '{at}', 'processing', '{at}', \
             0, 0, FALSE, FALSE, FALSE, FALSE, FALSE, 'token-{hour}', 0)",
            columns.agency_id, columns.procedure_id
        ));
        if hour % 3 == 0 {
            expected.push(format!("C-{hour}"));
        }
    }
    app.sql(&format!(
        "INSERT INTO dossiers (id, agency_id, code, procedure_id, applicant_name, search_key, channel, received_at, stage, \
         stage_since, promise_number, reschedule_number, paper_supplement, presence_required, fee_due, paid_online, \
         e_result, status_token, revision) VALUES {}",
        rows.join(", ")
    ));
    keep_words(&app, "hour-%");
    for order in [Order::OldestFirst, Order::NewestFirst] {
        for (q, limit) in [("xa lo", 37), ("lo thi x", 150), ("lo", 1_000)] {
            let filter = Filter { q: Some(q.to_owned()), ..Filter::default() };
            let (mut after, mut seen): (Option<After>, Vec<String>) = (None, Vec::new());
            loop {
                let page = app.office.list(&filter, order, after.as_ref(), limit).unwrap();
                let Some(last) = page.last() else { break };
                after = Some(After::row(last, order));
                seen.extend(page.iter().map(|row| row.code.clone()));
            }
            assert_eq!(seen, expected, "{order:?} {q}");
        }
        expected.reverse();
    }
}

#[test]
fn what_an_index_could_take_for_its_own_language_is_text() {
    let app = App::new();
    let row = app.log(THREE_DAYS, "counter").name("Cty \"A & B\" (O'Nếu) a\\b NOT* key:x").done();
    for q in ["\"a", "&", "(o'neu)", "a\\b", "not*", "key:x", "a\\", "'", "\"", "cty & b", "%", "_"] {
        let there = !matches!(q, "'" | "%" | "_");
        assert_eq!(found(&app, q), if there { vec![row.code.clone()] } else { Vec::new() }, "{q}");
    }
    for order in [Order::DueFirst, Order::OldestFirst] {
        let filter = Filter { q: Some("cty \"a".to_owned()), part: Part::Open, ..Filter::default() };
        assert_eq!(app.office.list(&filter, order, None, 10).unwrap().len(), 1);
    }
}

/// Names of parts that begin each other: an index that keeps pairs of words must find what the words find.
#[test]
fn whatever_words_are_asked_for_the_index_finds_what_the_keys_hold() {
    const PARTS: [&str; 14] =
        ["mi", "min", "minh", "va", "van", "vang", "an", "nguyen", "nguyet", "khanh", "khang", "ho", "hoa", "đ2"];
    let app = App::new();
    let mut dice = Dice(7);
    for _ in 0..150 {
        let parts: Vec<&str> = (0..=dice.below(4)).map(|_| dice.of(&PARTS)).collect();
        app.log(THREE_DAYS, "counter").name(&parts.join(" ")).done();
    }
    let all = app.office.list(&Filter::default(), Order::DueFirst, None, 1_000).unwrap();
    let mut hits = 0;
    for _ in 0..400 {
        let words = (0..=dice.below(3)).map(|_| {
            let part = search_key(dice.of(&PARTS));
            part[..usize::try_from(1 + dice.below(i64::try_from(part.len()).unwrap())).unwrap()].to_owned()
        });
        let q = words.collect::<Vec<_>>().join(" ");
        let asked = asked_words(&q);
        let holds = |row: &&DossierRow| {
            let end = |whole| if whole { " " } else { "" };
            asked.iter().all(|word| row.search_key.contains(&format!(" {}{}", word.text, end(word.whole))))
        };
        let expected: BTreeSet<&str> = all.iter().filter(holds).map(|row| row.code.as_str()).collect();
        let filter = Filter { q: Some(q.clone()), ..Filter::default() };
        for order in [Order::DueFirst, Order::NewestFirst] {
            let rows = app.office.list(&filter, order, None, 1_000).unwrap();
            assert_eq!(rows.iter().map(|row| row.code.as_str()).collect::<BTreeSet<_>>(), expected, "{order:?} {q}");
        }
        let count = app.office.store().read(|conn| dossiers::count(conn, &filter)).unwrap();
        assert_eq!(usize::try_from(count).unwrap(), expected.len(), "{q}");
        hits += expected.len();
    }
    assert!(hits > 1_000, "questions that find something: {hits}");
}
