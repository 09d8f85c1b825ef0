//! The report on time limits: what was needed, by hand; as of any moment; and what counts as cut.

use dunghen::domain::dossier::Step;
use dunghen::domain::summary::Bucket;
use dunghen::office::Actor;
use dunghen::office::report::{Narrow, Question};
use dunghen::office::report_procedures::late_share;
use serde_json::{Value, json};

use crate::support::{App, LAND, SAME_DAY, THREE_DAYS, instant};

const FEW: &str = "[targets]\ncut_min_cases = 6";

pub fn march() -> Question {
    Question { from: "2026-03-01".parse().unwrap(), to: "2026-03-31".parse().unwrap(), as_of: None, agency: None }
}

fn report(app: &App, question: &Question, share: Option<&str>) -> Value {
    let report = app.office.procedures_report(app.now(), question, late_share(share).unwrap()).unwrap();
    serde_json::to_value(report).unwrap()
}

/// The lines of a procedure.
fn lines(report: &Value, code: &str) -> Vec<Value> {
    let all = report["procedures"].as_array().unwrap();
    all.iter().filter(|line| line["code"] == code).cloned().collect()
}

fn line(report: &Value, code: &str) -> Value {
    let mut lines = lines(report, code);
    assert_eq!(lines.len(), 1);
    lines.remove(0)
}

/// The office commits to a limit, for all channels or one.
fn commit(app: &mut App, code: &str, channel: Option<&str>, value: u32, unit: &str) {
    let (id, channel) = channel.map_or(("any", "NULL".to_owned()), |name| (name, format!("'{name}'")));
    app.sql(&format!(
        "INSERT INTO procedure_limits (id, procedure_id, channel, limit_value, limit_unit, basis, confidence, kind) \
         SELECT 'commitment-{code}-{id}', id, {channel}, {value}, '{unit}', 'QĐ 1', 'confirmed', 'commitment' \
         FROM procedures WHERE code = '{code}'"
    ));
    app.restart();
}

/// Nine files of Monday 2 March with a limit of three working days. Needed: 1; 2, 2; 2 without the
/// pause; 3; 5; at least 1 (waits for papers), 2 (withdrawn) and 6 (open on the 10th).
pub fn nine(app: &App) {
    app.at("2026-03-02 08:00");
    let channels = ["online", "online", "counter", "counter", "post", "online", "counter", "online", "online"];
    let codes = channels.map(|channel| app.log(THREE_DAYS, channel).done().code);
    let [one, two, deux, paid, three, five, papers, withdrawn, _open] = &codes;
    app.at("2026-03-03 09:00");
    app.resolve(one);
    app.step(paid, &Step::RequestObligation { note: String::new() });
    app.at("2026-03-04 10:00");
    app.resolve(two);
    app.resolve(deux);
    app.step(papers, &Step::RequestSupplement { note: "giấy khai sinh".to_owned() });
    app.step(withdrawn, &Step::Withdraw { reason: String::new() });
    app.at("2026-03-05 17:00");
    app.resolve(three);
    app.at("2026-03-09 09:00");
    app.step(paid, &Step::MeetObligation);
    app.resolve(paid);
    app.resolve(five);
    app.at("2026-03-10 08:00");
}

#[test]
fn what_was_needed_is_what_one_counts_by_hand() {
    let app = App::with(FEW);
    nine(&app);
    let found = line(&report(&app, &march(), None), THREE_DAYS);
    assert_eq!(
        (&found["statutory"], &found["unit"], &found["channel"]),
        (&json!(3), &json!("working_day"), &json!(null))
    );
    assert_eq!((&found["cases"], &found["censored"]), (&json!(9), &json!(3)));
    // Left after 1: 7 of 8; after 2: of 6 half, 7/16; after 3: 2 of 3, 7/24; after 5: 1 of 2, 7/48.
    assert_eq!((&found["median"], &found["p90"]), (&json!(2), &json!(null)));
    assert_eq!((&found["shortest"], &found["could_cut"]), (&json!(null), &json!(null)), "more than 5 % are open");
    let wider = line(&report(&app, &march(), Some("14,6")), THREE_DAYS);
    assert_eq!((&wider["shortest"], &wider["shortest_late_percent"]), (&json!(5), &json!("14.58")));
    assert_eq!((&wider["possible_cut_percent"], &wider["could_cut"]), (&json!("0.00"), &json!(false)));
    let wide = line(&report(&app, &march(), Some("43.75")), THREE_DAYS);
    assert_eq!((&wide["shortest"], &wide["shortest_late_percent"]), (&json!(2), &json!("43.75")), "just as much");
    assert_eq!((&wide["possible_cut_percent"], &wide["could_cut"]), (&json!("33.33"), &json!(true)));
    let narrow = line(&report(&app, &march(), Some("43.74")), THREE_DAYS);
    assert_eq!((&narrow["shortest"], &narrow["shortest_late_percent"]), (&json!(3), &json!("29.16")));
}

#[test]
fn below_the_set_number_of_results_nothing_is_proposed() {
    let app = App::with("[targets]\ncut_min_cases = 7");
    nine(&app);
    let found = line(&report(&app, &march(), Some("43.75")), THREE_DAYS);
    assert_eq!(found["median"], 2, "what was needed is told all the same");
    for silent in ["shortest", "shortest_late_percent", "possible_cut_percent", "could_cut"] {
        assert_eq!(found[silent], Value::Null, "{silent}");
    }
}

#[test]
fn the_same_question_about_the_past_gives_the_same_answer_later() {
    let app = App::with("[targets]\ncut_min_cases = 3");
    nine(&app);
    let question = Question { as_of: Some(instant("2026-03-05 12:00")), ..march() };
    let before = report(&app, &question, Some("52.5"));
    let found = line(&before, THREE_DAYS);
    // Results after 1, 2, 2. Left after 1: 7 of 8; the paid and the withdrawn one are known to need
    // 2, three others 3: after 2 of 5 three, 21/40.
    assert_eq!((&found["cases"], &found["censored"], &found["median"]), (&json!(9), &json!(6), &json!(null)));
    assert_eq!((&found["shortest"], &found["shortest_late_percent"]), (&json!(2), &json!("52.50")));
    app.at("2026-04-01 08:00");
    let holiday = "date,name,kind,basis,confidence\n2026-03-04,Ngày nghỉ,holiday,QĐ 9,confirmed\n";
    let read = app.office.import_calendar(app.now(), &Actor::CommandLine, holiday.as_bytes()).unwrap();
    assert_eq!((read.rejected.len(), read.added), (0, 1), "{read:?}");
    assert_eq!(report(&app, &question, Some("52.5")), before);
    // In March nobody knew of the holiday; in April the 5th is the second working day.
    assert_eq!(line(&report(&app, &march(), Some("30")), THREE_DAYS)["shortest"], 3);
    let april = Question { to: "2026-04-30".parse().unwrap(), ..march() };
    assert_eq!(line(&report(&app, &april, Some("30")), THREE_DAYS)["shortest"], 2);
}

#[test]
fn files_of_other_periods_are_left_out() {
    let app = App::new();
    app.at("2026-02-27 08:00");
    let slow = app.log(THREE_DAYS, "online").done();
    nine(&app);
    app.resolve(&slow.code);
    app.at("2026-04-01 08:00");
    app.log(THREE_DAYS, "online").done();
    let found = line(&report(&app, &march(), None), THREE_DAYS);
    assert_eq!(found["cases"], 9, "of the files carried over only the slow ones are left to see");
}

#[test]
fn a_same_day_matter_is_measured_in_working_days_from_none() {
    let app = App::with("[targets]\ncut_min_cases = 1");
    app.at("2026-03-02 08:00");
    let codes = [0, 1, 2].map(|_| app.log(SAME_DAY, "counter").done().code);
    app.at("2026-03-02 16:00");
    app.resolve(&codes[0]);
    app.resolve(&codes[1]);
    app.at("2026-03-04 08:00");
    app.resolve(&codes[2]);
    app.advance(chrono::Duration::seconds(1));
    let found = line(&report(&app, &march(), Some("40")), SAME_DAY);
    assert_eq!((&found["statutory"], &found["unit"]), (&json!(0), &json!("same_day")));
    assert_eq!((&found["median"], &found["p90"], &found["shortest"]), (&json!(0), &json!(2), &json!(0)));
    assert_eq!((&found["possible_cut_percent"], &found["could_cut"]), (&json!(null), &json!(false)));
}

#[test]
fn a_limit_by_channel_is_a_line_each_with_the_files_of_that_channel() {
    let app = App::new();
    for channel in ["online", "online", "post"] {
        app.log(LAND, channel).done();
    }
    app.advance(chrono::Duration::seconds(1));
    let lines = lines(&report(&app, &march(), None), LAND);
    let seen: Vec<_> =
        lines.iter().map(|l| (l["channel"].clone(), l["statutory"].clone(), l["cases"].clone())).collect();
    let line = |channel: &str, limit: u32, cases: u32| (json!(channel), json!(limit), json!(cases));
    assert_eq!(seen, [line("online", 17, 2), line("counter", 20, 0), line("post", 30, 1)]);
}

#[test]
fn a_procedure_is_cut_when_every_channel_is() {
    let mut app = App::new();
    let target = |app: &App| report(app, &march(), None)["target"].clone();
    let empty = target(&app);
    assert_eq!((&empty["cut"], &empty["percent"], &empty["met"]), (&json!(0), &json!("0.00"), &json!(false)));
    let total = empty["total"].as_i64().unwrap();
    let known = app.number("SELECT COUNT(*) AS value FROM procedures");
    assert_eq!(total + empty["without_limit"].as_i64().unwrap(), known);
    commit(&mut app, THREE_DAYS, None, 2, "working_day");
    assert_eq!(target(&app)["cut"], 1);
    commit(&mut app, LAND, Some("online"), 10, "working_day");
    commit(&mut app, LAND, Some("counter"), 14, "working_day");
    assert_eq!(target(&app)["cut"], 1, "files by post have no commitment");
    commit(&mut app, LAND, Some("post"), 21, "working_day");
    assert_eq!(target(&app)["cut"], 2, "21 of 30 is just 30 %");
    assert_eq!(target(&app)["total"], total);
    let report = report(&app, &march(), None);
    let found = line(&report, THREE_DAYS);
    assert_eq!((&found["commitment"], &found["commitment_cut_percent"]), (&json!(2), &json!("33.33")));
    assert_eq!(found["cut"], true);
}

#[test]
fn what_could_be_cut_is_counted_with_what_is_cut() {
    let mut app = App::with(FEW);
    nine(&app);
    let reached = |app: &App, share| {
        let target = report(app, &march(), Some(share))["target"].clone();
        (target["cut"].as_u64().unwrap(), target["reachable"].as_u64().unwrap())
    };
    assert_eq!(reached(&app, "5"), (0, 0));
    assert_eq!(reached(&app, "43.75"), (0, 1));
    commit(&mut app, THREE_DAYS, None, 2, "working_day");
    commit(&mut app, SAME_DAY, None, 0, "same_day");
    assert_eq!(reached(&app, "43.75"), (1, 1), "counted once, and the same day cannot be cut");
}

#[test]
fn a_commitment_changes_the_promise_and_not_what_was_needed() {
    let mut app = App::with(FEW);
    commit(&mut app, THREE_DAYS, None, 2, "working_day");
    nine(&app);
    let found = line(&report(&app, &march(), None), THREE_DAYS);
    // The pause and the request began before the shorter promise passed: all counts are the same.
    assert_eq!((&found["cases"], &found["censored"], &found["median"]), (&json!(9), &json!(3), &json!(2)));
    assert_eq!(found["commitment"], 2);
    assert_eq!(app.number("SELECT COUNT(*) AS value FROM promises WHERE limit_value = 2"), 10);
}

#[test]
fn the_target_is_met_when_enough_procedures_are_cut() {
    let mut app = App::with("[targets]\ncut_procedures_percent = 1");
    let codes = ["1.004873", "1.001022", "1.004884", "2.001159"];
    for code in codes {
        commit(&mut app, code, None, 0, "same_day");
    }
    let target = report(&app, &march(), None)["target"].clone();
    assert_eq!(target["met"], true, "{target}");
}

#[test]
fn every_count_has_its_list() {
    let app = App::new();
    nine(&app);
    app.log(SAME_DAY, "online").done();
    app.advance(chrono::Duration::seconds(1));
    let length = |bucket, of| app.office.behind_of(app.now(), &march(), bucket, &of).unwrap().len();
    let of = Narrow { procedure: Some(THREE_DAYS), ..Narrow::default() };
    assert_eq!(length(Bucket::ReceivedInPeriod, of), 9);
    assert_eq!(length(Bucket::ReceivedWithResult, of), 6);
    assert_eq!(length(Bucket::ReceivedWithoutResult, of), 3);
    assert_eq!(length(Bucket::ReceivedInPeriod, Narrow { channel: Some("counter".parse().unwrap()), ..of }), 3);
    assert_eq!(length(Bucket::ReceivedInPeriod, Narrow { unit: Some("PVHXH"), ..Narrow::default() }), 10);
    assert_eq!(length(Bucket::ReceivedInPeriod, Narrow { unit: Some("PKT"), ..of }), 0);
    for unknown in [Narrow { procedure: Some("9.9"), ..of }, Narrow { unit: Some("KHONG"), ..of }] {
        assert!(app.office.behind_of(app.now(), &march(), Bucket::ReceivedInPeriod, &unknown).is_err());
    }
}

#[test]
fn a_share_outside_0_to_100_is_refused() {
    for wrong in ["100", "-1", "5%", "năm", "1e2", "5.555"] {
        assert!(late_share(Some(wrong)).is_err(), "{wrong}");
    }
    assert_eq!(late_share(Some(" ")).unwrap(), None);
    assert_eq!(late_share(Some("2,5")).unwrap().unwrap().to_string(), "2.50");
}
