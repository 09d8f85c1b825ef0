//! Reasons of late files, targets of years, forecasts, and the ages of open files.

use chrono::Duration;
use dunghen::domain::ageing::{AgeBand, DueBand};
use dunghen::domain::dossier::Step;
use dunghen::domain::late_reason::LateReason;
use dunghen::domain::summary::Bucket;
use dunghen::office::Actor;
use dunghen::office::delay::DelayForm;
use dunghen::office::import::{Mapping, Run};
use dunghen::office::report::{Narrow, Question};
use dunghen::office::report_groups::Grouping;
use dunghen::render::tables;
use serde_json::{Value, json};

use super::{csv, march, n, online};
use crate::support::{App, LAND, NO_LIMIT, THREE_DAYS, instant, officer};

fn reasons(app: &App, question: &Question) -> Value {
    json!(app.office.reasons_report(app.now(), question, Grouping::Field).unwrap())
}

#[test]
fn a_late_file_without_a_reason_has_a_column_of_its_own_and_the_past_keeps_its_reasons() {
    let app = App::new();
    app.at("2026-03-02 08:00");
    let [declared, finished, _silent] = [0, 1, 2].map(|_| app.log(THREE_DAYS, "counter").done().code);
    let undated = app.log(NO_LIMIT, "counter").done().code;
    app.at("2026-03-04 09:00");
    let form =
        DelayForm { reason_code: "consultation".to_owned(), reason: "Chờ ý kiến".to_owned(), new_due_on: None };
    app.office.declare_delay(app.now(), &officer(), &declared, &form).unwrap();
    app.at("2026-03-06 08:00");
    app.resolve(&finished);
    app.resolve(&undated);
    app.advance(Duration::seconds(1));
    let question = Question { as_of: Some(app.now()), ..march() };
    let before = reasons(&app, &question);
    assert_eq!(before["total"]["late"], json!({"total": 4, "resolved": 2, "open": 2}));
    assert_eq!(before["total"]["reasons"], json!({"rules": 1, "officials": 1, "other": 0, "not_recorded": 2}));
    let note = before["lines"][0]["note"].as_str().unwrap();
    assert!(note.contains("Chờ ý kiến của cơ quan phối hợp: 1") && note.contains("Hệ thống tự ghi: 1"), "{note}");
    let keys: Vec<_> = before["notes"].as_array().unwrap().iter().map(|note| note["key"].clone()).collect();
    assert_eq!(keys, ["resolved_no_promise", "own_reason"]);
    for reason in LateReason::ALL {
        let narrow = Narrow { reason: Some(*reason), ..Narrow::default() };
        let found = app.office.behind_of(app.now(), &question, Bucket::OnTimeMissed, &narrow).unwrap().len();
        assert_eq!(u64::try_from(found).unwrap(), n(&before["total"], &format!("/reasons/{reason}")), "{reason}");
    }
    app.sweep();
    app.at("2026-03-09 08:00");
    assert_eq!(reasons(&app, &question), before, "a letter of later changes nothing");
    let now = reasons(&app, &march());
    assert_eq!(now["total"]["reasons"], json!({"rules": 1, "officials": 2, "other": 0, "not_recorded": 1}));
}

#[test]
fn a_report_has_the_target_of_the_year_in_which_it_ends() {
    let app = App::with(
        "[[targets.online_by_year]]\nyear = 2026\npercent = 90\nsource = \"KH 1\"\n\
         [[targets.online_by_year]]\nyear = 2028\npercent = 95\nsource = \"KH 2\"",
    );
    app.log(THREE_DAYS, "online").done();
    for (year, target) in
        [(2025, ("80.00", 2025)), (2026, ("90.00", 2026)), (2027, ("90.00", 2026)), (2030, ("95.00", 2028))]
    {
        let day = |month_day: &str| format!("{year}-{month_day}").parse().unwrap();
        let question = Question { from: day("01-01"), to: day("12-31"), ..march() };
        let report = online(&app, &question);
        assert_eq!((&report["target"]["percent"], &report["target"]["year"]), (&target.0.into(), &target.1.into()));
        let summary = json!(app.office.summary(app.now(), &question).unwrap());
        assert_eq!(summary["online_target"]["percent"], target.0);
    }
}

#[test]
fn a_forecast_has_bounds_and_is_silent_while_the_history_is_short() {
    let app = App::new();
    let target = || online(&app, &march())["ratios"][1]["target"].clone();
    app.at("2026-03-02 08:00");
    for at in 0..29 {
        app.log(THREE_DAYS, if at % 2 == 0 { "online" } else { "counter" }).done();
    }
    app.at("2026-03-16 08:00");
    assert_eq!((&target()["forecast"], &target()["forecast_low"]), (&Value::Null, &Value::Null), "29 files");
    app.log(THREE_DAYS, "counter").done();
    app.advance(Duration::seconds(1));
    let target = target();
    let percent = |key: &str| target[key].as_str().unwrap().parse::<f64>().unwrap();
    assert!(percent("forecast_low") < percent("forecast"), "{target}");
    assert!(percent("forecast") < percent("forecast_high"), "{target}");
    assert!((percent("forecast") - 50.0).abs() < 1.0, "half of the files so far: {target}");
}

#[test]
fn open_files_have_an_age_and_a_distance_from_their_promise() {
    let app = App::new();
    app.at("2026-03-02 08:00");
    for procedure in [THREE_DAYS, THREE_DAYS, NO_LIMIT, LAND] {
        app.log(procedure, "counter").done();
    }
    let waits = app.log(THREE_DAYS, "counter").done().code;
    let done = app.log(THREE_DAYS, "counter").done().code;
    app.at("2026-03-03 08:00");
    app.step(&waits, &Step::RequestSupplement { note: "bản sao".to_owned() });
    app.resolve(&done);
    // Six working days after the receipt, two after the promise.
    app.at("2026-03-10 08:00");
    let summary = json!(app.office.summary(app.now(), &march()).unwrap());
    let line = |key: &str, band: &str| {
        let all = summary["ageing"][key].as_array().unwrap();
        all.iter().find(|line| line["band"] == band).unwrap().clone()
    };
    assert_eq!(line("since_receipt", "0-5")["total"], 0, "{summary}");
    let old = line("since_receipt", "6-10");
    assert_eq!(
        (&old["total"], &old["overdue"], &old["paused"], &old["no_promise"]),
        (&5.into(), &2.into(), &1.into(), &1.into())
    );
    assert_eq!(line("against_promise", "over_1-5")["total"], 2);
    assert_eq!(line("against_promise", "paused")["total"], 1);
    for band in DueBand::ALL {
        let narrow = Narrow { due: Some(*band), ..Narrow::default() };
        let found = app.office.behind_of(app.now(), &march(), Bucket::InProgress, &narrow).unwrap().len();
        assert_eq!(line("against_promise", band.as_str())["total"], found, "{band}");
    }
    let narrow = Narrow { age: Some(AgeBand::To10), ..Narrow::default() };
    assert_eq!(app.office.behind_of(app.now(), &march(), Bucket::Overdue, &narrow).unwrap().len(), 2);
    // One of six is finished: nobody knows how long half of them need.
    assert_eq!(summary["working_time"], json!({"cases": 6, "censored": 5, "median": null, "p90": null}));
}

#[test]
fn the_new_date_of_an_apology_is_a_formula_of_its_own_and_never_makes_a_late_file_timely() {
    let app = App::new();
    app.at("2026-03-02 08:00");
    let [kept, missed] = [0, 1].map(|_| app.log(THREE_DAYS, "counter").done().code);
    app.at("2026-03-06 08:00");
    app.sweep();
    app.resolve(&kept);
    app.at("2026-03-31 08:00");
    app.resolve(&missed);
    app.advance(Duration::seconds(1));
    let rates = json!(app.office.summary(app.now(), &march()).unwrap())["rates"].clone();
    let of = |key: &str| (n(&rates[key], "/of"), n(&rates[key], "/total"));
    assert_eq!(of("new_date_on_time"), (1, 2), "{rates}");
    assert_eq!((of("on_time"), of("on_time_resolved"), of("late")), ((0, 2), (0, 2), (2, 2)));
}

#[test]
fn midnight_of_greenwich_is_seven_in_the_morning_and_a_month_has_its_last_second() {
    let app = App::new();
    for at in ["2026-02-28T16:59:59Z", "2026-02-28T17:00:00Z", "2026-03-01T00:00:00Z"] {
        app.log(THREE_DAYS, "counter").received_at(at).done();
    }
    for at in ["2026-03-31 23:59:59", "2026-04-01 00:00:00", "2026-04-01 12:30:00"] {
        app.at(at);
        app.log(THREE_DAYS, "post").done();
    }
    app.at("2026-04-02 08:00");
    let received = |from: &str, to: &str| {
        let question = Question { from: from.parse().unwrap(), to: to.parse().unwrap(), ..march() };
        let report = app.office.summary(app.now(), &question).unwrap();
        (report.received.counter, report.received.post)
    };
    assert_eq!(received("2026-02-01", "2026-02-28"), (1, 0));
    assert_eq!(received("2026-03-01", "2026-03-31"), (2, 1));
    assert_eq!(received("2026-04-01", "2026-04-30"), (0, 2));
    // Noon is not midnight: nothing of it is seen an hour after midnight.
    let seen = Some(instant("2026-04-01 01:00"));
    let april =
        Question { from: "2026-04-01".parse().unwrap(), to: "2026-04-30".parse().unwrap(), as_of: seen, agency: None };
    assert_eq!(app.office.summary(app.now(), &april).unwrap().received.post, 1);
}

#[test]
fn what_was_filed_outside_the_home_commune_is_counted_whatever_the_channel_and_has_its_list() {
    let app = App::new();
    for channel in ["online", "counter", "post"] {
        app.log(THREE_DAYS, channel).done();
    }
    let away = app.log(THREE_DAYS, "counter").cross_boundary().done();
    app.log(THREE_DAYS, "online").cross_boundary().received_at("2026-02-27T09:00").done();
    crate::as_of::import(&app, &format!("X-1,{THREE_DAYS},Nguyễn Văn An,post,2026-03-02T08:00,,,,,no,no\n"));
    let file = "code,procedure_code,applicant_name,channel,received_at,cross_boundary\n\
                X-2,{p},Nguyễn Văn An,post,2026-03-02T08:00,yes\n"
        .replace("{p}", THREE_DAYS);
    let file = std::io::Cursor::new(file.into_bytes());
    let (by, run) = (Actor::CommandLine, Run::Real);
    let report = app.office.import_dossiers(app.now(), &by, file, &Mapping::native(), run, &mut |_| {}).unwrap();
    assert!(report.rejected.is_empty(), "{:?}", report.rejected);
    app.resolve(&away.code);
    app.advance_days(3);
    let of = |by| json!(app.office.form_07a(app.now(), &march(), by).unwrap());
    let before = of(Grouping::Unit);
    let received = &before["total"]["received"];
    assert_eq!(
        (&received["cross_boundary"], &received["counter"], &received["post"], &received["carried_over"]),
        (&json!(2), &json!(2), &json!(3), &json!(1)),
        "of those of the period"
    );
    let behind = app.office.behind(app.now(), &march(), Bucket::CrossBoundary).unwrap();
    let mut codes: Vec<&str> = behind.iter().map(|row| row.code.as_str()).collect();
    codes.sort_unstable();
    assert_eq!(codes, [away.code.as_str(), "X-2"]);
    assert_eq!(app.office.keep_facts(app.now(), &|_, _| {}).unwrap().files, 1);
    assert_eq!(of(Grouping::Unit), before, "the facts of its day know it");
    let table = csv(&tables::form_07a(&before));
    assert!(table.contains("Phi địa giới (10)") && !table.contains("nơi nộp ngoài địa giới không được ghi"));
}
