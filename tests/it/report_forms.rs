//! Form 06a, the report by unit and the one on online files: what they say of single files, and that the
//! past stays as it was.

mod formats;
mod identities;
mod more;

use chrono::Duration;
use dunghen::domain::dossier::{ElectronicResult, ResultOutcome, Step};
use dunghen::office::reassign::ReassignForm;
use dunghen::office::report::Question;
use dunghen::office::report_groups::Grouping;
use dunghen::render::sheets;
use dunghen::render::tables::{self, Table};
use serde_json::{Value, json};

use crate::support::{App, LAND, NO_LIMIT, SAME_DAY, THREE_DAYS, officer};

const BOTH: [Grouping; 2] = [Grouping::Field, Grouping::Unit];

fn march() -> Question {
    Question { from: "2026-03-01".parse().unwrap(), to: "2026-03-31".parse().unwrap(), as_of: None, agency: None }
}

fn form(app: &App, question: &Question, by: Grouping) -> Value {
    json!(app.office.form_06a(app.now(), question, by).unwrap())
}

fn units(app: &App, question: &Question) -> Value {
    json!(app.office.units_report(app.now(), question).unwrap())
}

fn online(app: &App, question: &Question) -> Value {
    json!(app.office.online_report(app.now(), question).unwrap())
}

fn csv(table: &Table) -> String {
    let mut bytes = Vec::new();
    tables::csv(table, &mut bytes).unwrap();
    String::from_utf8(bytes).unwrap()
}

fn n(value: &Value, place: &str) -> u64 {
    value.pointer(place).and_then(Value::as_u64).unwrap_or_else(|| panic!("{place} in {value}"))
}

/// Random numbers that are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most
    }

    fn of<T: Clone>(&mut self, all: &[T]) -> T {
        all[usize::try_from(self.below(u64::try_from(all.len()).unwrap())).unwrap()].clone()
    }
}

/// From 23 February on: files of every channel, field and end, some passed on to another unit.
fn random_history(app: &App, seed: u64) {
    let mut dice = Dice(seed);
    let mut codes: Vec<String> = Vec::new();
    app.at("2026-02-23 08:00");
    for turn in 0..110 {
        app.advance(Duration::minutes(i64::try_from(30 + dice.below(900)).unwrap()));
        if turn % 2 == 0 {
            let procedure = dice.of(&[THREE_DAYS, SAME_DAY, NO_LIMIT, LAND]);
            codes.push(app.log(procedure, dice.of(&["online", "counter", "post"])).done().code);
            continue;
        }
        let code = dice.of(&codes);
        let reason = String::from("theo đơn");
        let step = match dice.below(10) {
            0 => Step::RequestSupplement { note: reason },
            1 => Step::ReceiveSupplement,
            2 => Step::RequestObligation { note: reason },
            3 => Step::MeetObligation,
            4 => Step::Withdraw { reason },
            5 => Step::Stop { reason },
            6 => {
                let form =
                    ReassignForm { unit: dice.of(&["PKT", "TTPVHCC"]).into(), reason, ..ReassignForm::default() };
                let _ = app.office.reassign_once(app.now(), &officer(), &code, &form, None);
                continue;
            }
            _ => Step::Resolve { outcome: ResultOutcome::Granted, electronic: ElectronicResult::Issued },
        };
        // What the stage forbids is refused; the rest is the history.
        let _ = app.office.step(app.now(), &officer(), &code, &step);
    }
}

#[test]
fn a_file_without_a_date_is_never_on_time_and_the_form_says_so() {
    let app = App::new();
    let done = app.log(NO_LIMIT, "online").done();
    app.log(NO_LIMIT, "counter").done();
    let waits = app.log(THREE_DAYS, "counter").done();
    let taken_back = app.log(THREE_DAYS, "counter").done();
    app.resolve(&done.code);
    app.step(&waits.code, &Step::RequestSupplement { note: "bản sao".to_owned() });
    app.step(&taken_back.code, &Step::Withdraw { reason: String::new() });
    app.advance(Duration::seconds(1));
    let report = form(&app, &march(), Grouping::Field);
    assert_eq!(report["total"]["resolved"], json!({"total": 2, "early": 1, "on_time": 0, "late": 1}));
    assert_eq!(report["total"]["in_progress"], json!({"total": 2, "in_time": 2, "overdue": 0}));
    let notes = report["notes"].as_array().unwrap();
    let keys: Vec<_> =
        notes.iter().filter(|note| note["count"] == 1).map(|note| note["key"].as_str().unwrap()).collect();
    assert_eq!(keys, ["resolved_no_promise", "open_no_promise", "paused", "without_result"]);
    let table = tables::form_06a(&report);
    let text = report["notes"][0]["text"].as_str().unwrap();
    assert!(csv(&table).contains(text) && tables::lines(&table).contains(text), "said in every format");
}

#[test]
fn post_is_in_column_5_and_in_the_base_and_nothing_finished_is_no_percentage() {
    let app = App::new();
    for channel in ["online", "counter", "post"] {
        app.log(THREE_DAYS, channel).done();
    }
    app.advance(Duration::seconds(1));
    let received = form(&app, &march(), Grouping::Unit)["total"]["received"].clone();
    assert_eq!(received, json!({"total": 3, "online": 1, "counter_post": 2, "carried_over": 0}));
    let report = online(&app, &march());
    let ratio =
        |key: &str| report["ratios"].as_array().unwrap().iter().find(|ratio| ratio["key"] == key).unwrap().clone();
    assert_eq!(
        (&ratio("online_submission")["of"], &ratio("online_submission")["percent"]),
        (&1.into(), &"33.33".into())
    );
    let entirely = ratio("entirely_online");
    assert_eq!(
        (&entirely["total"], &entirely["percent"], &entirely["gap_points"]),
        (&0.into(), &Value::Null, &Value::Null)
    );
    assert_eq!(entirely["target"]["met"], Value::Null);
    assert_eq!(entirely["by_field"], json!([]));
    let by_unit = units(&app, &march());
    assert_eq!(by_unit["units"][0]["rates"]["on_time"]["percent"], Value::Null);
    let empty = App::new();
    assert_eq!(form(&empty, &march(), Grouping::Field)["lines"], json!([]));
    assert_eq!(units(&empty, &march())["total"]["rates"]["apology"]["percent"], Value::Null);
}

#[test]
fn who_was_helped_and_what_nobody_files_online_is_told() {
    let app = App::new();
    let mut helped = app.log(THREE_DAYS, "online");
    helped.form.filed_by = "assisted".to_owned();
    helped.done();
    app.log(THREE_DAYS, "online").done();
    let mut at_the_counter = app.log(SAME_DAY, "counter");
    at_the_counter.form.filed_by = "assisted".to_owned();
    at_the_counter.done();
    app.log(SAME_DAY, "post").done();
    app.log(LAND, "counter").done();
    app.sql(&format!("UPDATE procedures SET service_level = 'none' WHERE code = '{LAND}'"));
    app.advance(Duration::seconds(1));
    let report = online(&app, &march());
    let submission = &report["ratios"][1];
    assert_eq!(
        (&submission["key"], &submission["of"], &submission["assisted"]),
        (&"online_submission".into(), &2.into(), &1.into())
    );
    assert_eq!((&submission["target"]["more_needed"], &submission["gap_points"]), (&10.into(), &"40.00".into()));
    let procedures: Vec<_> =
        submission["by_procedure"].as_array().unwrap().iter().map(|part| (&part["code"], &part["points"])).collect();
    let expected =
        [(SAME_DAY, "32.00"), (LAND, "16.00"), (THREE_DAYS, "-8.00")].map(|(a, b)| (Value::from(a), Value::from(b)));
    assert_eq!(procedures, expected.iter().map(|(a, b)| (a, b)).collect::<Vec<_>>());
    let never: Vec<_> =
        report["never_online"].as_array().unwrap().iter().map(|one| (&one["code"], &one["files"])).collect();
    assert_eq!(never, [(&Value::from(SAME_DAY), &Value::from(2))], "what is not offered online is not missing");
    assert_eq!(
        (&report["target"]["percent"], &report["target"]["measure"]),
        (&"80.00".into(), &"entirely_online".into())
    );
    assert_eq!((&report["target"]["year"], report["definitions"].as_array().unwrap().len()), (&2025.into(), 4));
    let text = csv(&tables::online(&report));
    assert!(text.contains("lĩnh vực,,Hộ tịch,"), "{text}");
    assert!(text.contains("Tỷ lệ nộp trực tuyến: chưa đạt chỉ tiêu, còn cần 10 hồ sơ trực tuyến"), "{text}");
    assert!(!text.contains("'-"), "no sign that a spreadsheet could misread: {text}");
}

#[test]
fn asked_again_later_the_same_question_has_the_same_answer_to_the_byte() {
    let app = App::new();
    random_history(&app, 9);
    let now = app.now();
    let question = Question { as_of: Some(now - Duration::days(6)), ..march() };
    let answers = || {
        let forms = BOTH.map(|by| form(&app, &question, by));
        let [units, online] = [units(&app, &question), online(&app, &question)];
        let tables =
            [tables::form_06a(&forms[0]), tables::form_06a(&forms[1]), tables::units(&units), tables::online(&online)];
        let csv: Vec<String> = tables.iter().map(csv).collect();
        (format!("{forms:?} {units} {online}"), csv, tables.map(|table| sheets::xlsx(&table, 1_795_000_000).unwrap()))
    };
    let before = answers();
    for row in [app.log(THREE_DAYS, "online").done(), app.log(SAME_DAY, "post").done()] {
        let form = ReassignForm { unit: "PKT".into(), reason: "Chuyển".into(), ..ReassignForm::default() };
        app.office.reassign_once(app.now(), &officer(), &row.code, &form, None).unwrap();
        app.resolve(&row.code);
    }
    app.at("2027-02-01 08:00");
    app.sweep();
    assert!(before == answers(), "the past has changed");
}
