//! Files that may become late: what their chance rests on, where nothing is said, and who sees which.

use chrono::Duration;
use dunghen::domain::dossier::Step;
use dunghen::office::at_risk::Whose;
use dunghen::office::report::Question;
use dunghen::render::tables;
use serde_json::{Value, json};

use crate::support::{App, LAND, NO_LIMIT, SAME_DAY, THREE_DAYS};
use crate::web::client::Service;

fn all(app: &App) -> Value {
    json!(app.office.at_risk(app.now(), &Whose::default()).unwrap())
}

fn of<'a>(report: &'a Value, code: &str) -> &'a Value {
    let files = report["files"].as_array().unwrap();
    files.iter().find(|file| file["code"] == code).unwrap_or_else(|| panic!("{code} in {report}"))
}

/// Twenty files of three days of January: sixteen answered a day after the receipt, four on the fifth.
fn history(app: &App) {
    for (number, received) in (0..20).map(|number| (number, "2026-01-12 08:00")) {
        app.at(received);
        let code = app.log(THREE_DAYS, "counter").done().code;
        app.at(if number < 16 { "2026-01-13 08:00" } else { "2026-01-16 10:00" });
        app.resolve(&code);
    }
}

#[test]
fn the_chance_is_that_of_the_files_that_took_as_long_and_rises_while_a_file_waits() {
    let app = App::new();
    history(&app);
    app.at("2026-03-02 08:00");
    let fresh = app.log(THREE_DAYS, "counter").done();
    let alone = app.log(LAND, "counter").done();
    app.advance(Duration::minutes(1));
    let report = all(&app);
    assert_eq!((&report["total"], &report["silent"]), (&2.into(), &1.into()), "{report}");
    let file = of(&report, &fresh.code);
    // 4 of 20 were open after three days; Wilson's range at 20 cases.
    assert_eq!(
        [&file["chance_percent"], &file["low_percent"], &file["high_percent"]],
        [&Value::from("20.00"), &"8.06".into(), &"41.61".into()]
    );
    assert_eq!((&file["cases"], &file["finished"], &file["stage"]), (&20.into(), &20.into(), &"first".into()));
    let silent = of(&report, &alone.code);
    assert_eq!((&silent["chance_percent"], &silent["silent"]), (&Value::Null, &"few".into()));
    let codes: Vec<&str> =
        report["files"].as_array().unwrap().iter().map(|file| file["code"].as_str().unwrap()).collect();
    assert_eq!(codes, [fresh.code.as_str(), alone.code.as_str()], "what cannot be said comes last");
    // A day and a half later the sixteen quick ones tell nothing any more, and four are too few.
    app.at("2026-03-03 14:00");
    let waits = all(&app);
    let file = of(&waits, &fresh.code);
    assert_eq!((&file["finished"], &file["silent"], &file["chance_percent"]), (&4.into(), &"few".into(), &Value::Null));
    let few = App::with("[risk]\nmin_finished = 5\n");
    history(&few);
    few.at("2026-01-19 08:00");
    for day in ["2026-02-02", "2026-02-09"] {
        few.at(&format!("{day} 08:00"));
        let code = few.log(THREE_DAYS, "counter").done().code;
        few.advance_days(4);
        few.resolve(&code);
    }
    few.at("2026-03-02 08:00");
    let code = few.log(THREE_DAYS, "counter").done().code;
    few.at("2026-03-03 14:00");
    assert_eq!(of(&all(&few), &code)["chance_percent"], "100.00", "each that took as long was late");
    assert_eq!(of(&all(&few), &code)["low_percent"], "60.96", "six cases prove little");
}

#[test]
fn late_paused_and_undated_files_are_counted_beside_the_list_and_the_supplement_begins_another_stage() {
    let app = App::new();
    history(&app);
    app.at("2026-03-02 08:00");
    let [late, waits, again] = ["counter", "online", "post"].map(|channel| app.log(THREE_DAYS, channel).done().code);
    app.log(NO_LIMIT, "counter").done();
    app.advance(Duration::hours(1));
    for code in [&waits, &again] {
        app.step(code, &Step::RequestSupplement { note: "thiếu bản sao".to_owned() });
    }
    app.at("2026-03-09 08:00");
    app.step(&again, &Step::ReceiveSupplement);
    let same_day = app.log(SAME_DAY, "counter").done().code;
    app.advance(Duration::minutes(30));
    let report = all(&app);
    assert_eq!(
        [&report["total"], &report["late"], &report["paused"], &report["no_promise"]],
        [&Value::from(2), &1.into(), &1.into(), &1.into()],
        "{report}"
    );
    assert!(!report.to_string().contains(&late), "what is late is at no risk any more");
    let again = of(&report, &again);
    assert_eq!((&again["stage"], &again["silent"], &again["cases"]), (&"again".into(), &"few".into(), &0.into()));
    assert_eq!(of(&report, &same_day)["due_at"], "2026-03-09T17:00:00+07:00");
    let question =
        Question { from: "2026-03-01".parse().unwrap(), to: "2026-03-31".parse().unwrap(), ..Question::default() };
    let open = app.office.summary(app.now(), &question).unwrap().in_progress;
    assert_eq!(open.total, 5, "every open file is on the list or among those beside it");
    assert_eq!((open.in_time, open.overdue, open.paused, open.no_promise), (2, 1, 1, 1));
}

#[test]
fn files_withdrawn_or_still_open_count_as_unseen_and_not_as_quick_or_slow() {
    let app = App::with("[risk]\nmin_finished = 5\n");
    app.at("2026-01-12 08:00");
    let codes: Vec<String> = (0..30).map(|_| app.log(THREE_DAYS, "counter").done().code).collect();
    app.at("2026-01-13 08:00");
    for code in &codes[..10] {
        app.step(code, &Step::Withdraw { reason: "theo đơn".to_owned() });
    }
    app.at("2026-01-14 08:00");
    for code in &codes[10..20] {
        app.resolve(code);
    }
    app.at("2026-01-20 08:00");
    for code in &codes[20..] {
        app.resolve(code);
    }
    app.at("2026-03-02 08:00");
    let code = app.log(THREE_DAYS, "counter").done().code;
    let report = all(&app);
    let file = of(&report, &code);
    // Of 20 that were not withdrawn half was late: the ten withdrawn are at risk for a day, and then unseen.
    assert_eq!((&file["chance_percent"], &file["cases"], &file["finished"]), (&"50.00".into(), &30.into(), &20.into()));
    app.sql("UPDATE dossiers SET received_at = '2023-01-02 01:00:00' WHERE closed_at IS NOT NULL");
    let file = of(&all(&app), &code).clone();
    assert_eq!((&file["cases"], &file["silent"]), (&0.into(), &"few".into()), "years ago is no history");
}

#[test]
fn everybody_sees_the_files_of_the_own_units_and_the_same_in_every_format() {
    let service = Service::start();
    let app = &service.app;
    history(app);
    app.at("2026-03-02 08:00");
    let social = app.log(THREE_DAYS, "counter").name("<script>alert(1)</script>").done().code;
    let land = app.log(LAND, "counter").done().code;
    app.advance(Duration::minutes(1));
    for (who, seen, hidden) in [
        ("congchuc.vhxh", vec![&social], vec![&land]),
        ("phutrach.kt", vec![&land], vec![&social]),
        ("giamdoc", vec![&social, &land], vec![]),
    ] {
        let browser = service.signed_in(who);
        let page = service.get(&browser, "/ho-so/nguy-co");
        assert_eq!(page.status, 200, "{who}: {}", page.body);
        let csv = service.get(&browser, "/ho-so/nguy-co.csv");
        assert!(seen.iter().all(|code| page.body.contains(*code) && csv.body.contains(*code)), "{who}: {}", page.body);
        assert!(!hidden.iter().any(|code| page.body.contains(*code) || csv.body.contains(*code)), "{who}");
    }
    let browser = service.signed_in("congchuc.vhxh");
    let page = service.get(&browser, "/ho-so/nguy-co").body;
    assert!(page.contains("20,00%") && page.contains("8,06%") && page.contains("20 hồ sơ đã xong trong"), "{page}");
    assert_eq!(service.get(&browser, "/ho-so/nguy-co?don-vi=PKT").status, 422, "another unit's files");
    assert_eq!(service.get(&browser, "/ho-so/nguy-co.doc").status, 404);
    assert_eq!(service.get(&browser, "/api/v1/reports/at-risk").status, 403);
    let manager = service.signed_in("giamdoc");
    let api: Value = serde_json::from_str(&service.get(&manager, "/api/v1/reports/at-risk?unit=PVHXH").body).unwrap();
    assert_eq!(api["files"].as_array().unwrap().len(), 1);
    assert_eq!(service.get(&manager, "/api/v1/reports/at-risk?unit=none").status, 422);
    let table = tables::at_risk(&all(app));
    assert_eq!(table.rows.len(), 2);
    assert!(tables::lines(&table).contains("chưa đủ hồ sơ để ước lượng (cần 20 hồ sơ đã xong)"));
    for ending in ["pdf", "xlsx"] {
        assert_eq!(service.get(&manager, &format!("/ho-so/nguy-co.{ending}")).status, 200, "{ending}");
    }
    app.resolve(&social);
    assert!(!service.get(&manager, "/ho-so/nguy-co").body.contains(&social), "what is done is at no risk");
    // As of a moment it was open: on the page, in its files, to a program.
    let page = service.get(&manager, "/ho-so/nguy-co?as_of=2026-03-02T08:01&don-vi=PVHXH").body;
    assert!(page.contains(&social) && page.contains("20,00%") && page.contains("08:01"), "{page}");
    let link = page.split('"').find(|link| link.starts_with("/ho-so/nguy-co.csv")).expect("a file to take away");
    assert!(service.get(&manager, &link.replace("&#38;", "&")).body.contains(&social), "{link}");
    let api = service.get(&manager, "/api/v1/reports/at-risk?as_of=2026-03-02T08:01:00%2B07:00").body;
    assert!(api.contains(&social), "{api}");
    assert!(!service.get(&manager, "/api/v1/reports/at-risk?as_of=2026-03-02T08:00").body.contains(&social));
    for address in ["/ho-so/nguy-co?as_of=x", "/ho-so/nguy-co.csv?as_of=x", "/api/v1/reports/at-risk?as_of=x"] {
        assert_eq!(service.get(&manager, address).status, 422, "{address}");
    }
}
