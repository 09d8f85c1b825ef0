//! An export of another system against the records: what is missing, what differs and why, and totals whose
//! causes add up.

use std::io::Cursor;

use chrono::Duration;
use dunghen::domain::dossier::Step;
use dunghen::domain::problem::Problem;
use dunghen::office::OfficeError;
use dunghen::office::delay::DelayForm;
use dunghen::office::import::Mapping;
use dunghen::office::report::Question;
use dunghen::render::tables::{self, Cell};
use serde_json::{Value, json};

use crate::support::{App, LAND, NO_LIMIT, SAME_DAY, THREE_DAYS, officer};

const HEADER: &str = "code,channel,received_at,due_at,resolved_at,returned_at,outcome\n";

fn march() -> Question {
    Question { from: "2026-03-01".parse().unwrap(), to: "2026-03-31".parse().unwrap(), as_of: None, agency: None }
}

fn held_by(app: &App, text: &str, mapping: &Mapping) -> Result<Value, OfficeError> {
    let file = Cursor::new(text.as_bytes().to_vec());
    let report = json!(app.office.reconcile(app.now(), &march(), file, mapping)?);
    for total in report["totals"].as_array().unwrap() {
        let by: i64 = total["causes"].as_array().unwrap().iter().map(|moved| moved["files"].as_i64().unwrap()).sum();
        let difference = total["theirs"].as_i64().unwrap() - total["ours"].as_i64().unwrap();
        assert_eq!((by, total["difference"].as_i64().unwrap()), (difference, difference), "{total}");
    }
    Ok(report)
}

fn held(app: &App, rows: &str) -> Value {
    held_by(app, &format!("{HEADER}{rows}"), &Mapping::native()).unwrap()
}

/// `what cause` of each difference of a file.
fn told(report: &Value, code: &str) -> Vec<String> {
    let lines = report["differences"].as_array().unwrap().iter().filter(|line| line["code"] == code);
    lines.map(|line| format!("{} {}", line["what"].as_str().unwrap(), line["cause"].as_str().unwrap())).collect()
}

fn total(report: &Value, key: &str) -> (u64, u64) {
    let totals = report["totals"].as_array().unwrap();
    let found = totals.iter().find(|total| total["key"] == key).unwrap();
    (found["ours"].as_u64().unwrap(), found["theirs"].as_u64().unwrap())
}

/// Received on Monday 2 March 08:00, due Thursday 17:00, finished Thursday 12:30.
fn finished(app: &App, code: &str) {
    app.at("2026-03-02 08:00");
    app.log(THREE_DAYS, "counter").code(code).done();
    app.at("2026-03-05 12:30");
    app.resolve(code);
}

#[test]
fn files_that_one_side_has_not_and_codes_that_stand_twice_are_told() {
    let app = App::new();
    for code in ["A-1", "A-2"] {
        finished(&app, code);
    }
    app.at("2026-03-09 08:00");
    let same = "counter,2026-03-02 08:00,2026-03-05 17:00,2026-03-05 12:30,,granted\n";
    let report = held(&app, &format!("A-1,{same}A-1,{same}B-9,{same},{same}"));
    assert_eq!((&report["rows"], &report["without_code"]), (&4.into(), &1.into()));
    assert_eq!((&report["both"], &report["same"]), (&1.into(), &1.into()));
    assert_eq!(told(&report, "A-1"), ["presence twice"]);
    assert_eq!(told(&report, "A-2"), ["presence missing_there"]);
    assert_eq!(told(&report, "B-9"), ["presence missing_here"]);
    assert_eq!(total(&report, "received_counter"), (2, 3));
    assert_eq!(total(&report, "on_time"), (2, 3));
    let again = held(&app, &format!("A-1,{same}A-2,{same}"));
    assert_eq!((&again["differences"], &again["same"]), (&json!([]), &2.into()));
}

#[test]
fn accidents_of_dates_are_named_and_move_the_totals_that_they_move() {
    let app = App::new();
    for code in ["A-1", "A-2", "A-3", "A-4", "A-5"] {
        finished(&app, code);
    }
    app.at("2026-03-09 08:00");
    let report = held(
        &app,
        "A-1,counter,2026-03-02 08:00,2026-03-05 17:00,2026-03-05 00:30,,granted\n\
         A-2,counter,2026-03-02 07:00,2026-03-05,2026-03-05,,granted\n\
         A-3,online,02/03/2026,,2026-03-05 12:30,,refused\n\
         A-4,counter,02/03/2026 08:00,2026-03-05 17:00,hôm qua,,granted\n\
         A-5,fax,03/02/2026 08:00,2026-03-05 17:00,2026-03-06 09:00,,granted\n",
    );
    assert_eq!(told(&report, "A-1"), ["resolved_at twelve_hour_clock"]);
    assert_eq!(told(&report, "A-2"), ["received_at utc_midnight"], "a day without a time is no difference");
    assert_eq!(told(&report, "A-3"), ["due_at no_date_there", "channel channel", "status status"]);
    assert_eq!(told(&report, "A-4"), ["resolved_at unreadable"]);
    assert_eq!(
        told(&report, "A-5"),
        ["received_at day_and_month", "resolved_at other_civil_day", "channel unreadable"]
    );
    assert_eq!((total(&report, "received_counter"), total(&report, "received_online")), ((5, 3), (0, 1)));
    assert_eq!(total(&report, "carried_over"), (0, 1));
    assert_eq!((total(&report, "on_time"), total(&report, "late")), ((5, 3), (0, 1)));
    assert_eq!(total(&report, "open_overdue"), (0, 1), "what cannot be read is not finished there");
    let line = &report["differences"].as_array().unwrap().iter().find(|line| line["code"] == "A-4").unwrap();
    assert_eq!((&line["theirs"], &line["row"]), (&"hôm qua".into(), &5.into()));
}

#[test]
fn a_file_without_a_date_the_new_promise_and_a_pause_count_otherwise_there() {
    let app = App::new();
    app.at("2026-03-02 08:00");
    app.log(NO_LIMIT, "counter").code("N-1").done();
    app.log(THREE_DAYS, "counter").code("N-2").done();
    app.log(THREE_DAYS, "post").code("N-3").done();
    app.log(LAND, "online").code("N-4").done();
    app.at("2026-03-03 08:00");
    app.resolve("N-1");
    app.step("N-3", &Step::RequestSupplement { note: "thiếu".to_owned() });
    let form = DelayForm {
        reason_code: "verification".to_owned(),
        reason: "Chờ xác minh nơi cư trú cũ".to_owned(),
        new_due_on: Some("2026-03-09".to_owned()),
    };
    app.office.declare_delay(app.now(), &officer(), "N-2", &form).unwrap();
    app.at("2026-03-06 10:00");
    app.resolve("N-2");
    app.at("2026-03-10 08:00");
    let report = held(
        &app,
        "N-1,counter,2026-03-02 08:00,,2026-03-03 08:00,,granted\n\
         N-2,counter,2026-03-02 08:00,2026-03-09 17:00,2026-03-06 10:00,,granted\n\
         N-3,post,2026-03-02 08:00,2026-03-05 17:00,,,\n\
         N-4,online,2026-03-02 08:00,2026-03-30 17:00,,,\n",
    );
    assert_eq!(told(&report, "N-1"), Vec::<String>::new());
    assert_eq!(told(&report, "N-2"), ["due_at new_promise"]);
    assert_eq!((total(&report, "on_time"), total(&report, "resolved_no_date")), ((0, 1), (1, 0)));
    assert_eq!((total(&report, "early"), total(&report, "late")), ((0, 1), (1, 0)));
    assert_eq!((total(&report, "open_in_time"), total(&report, "open_overdue")), ((2, 1), (0, 1)));
    let table = tables::reconciliation(&report);
    let line = table.rows.iter().find(|row| row[1] == Cell::Text("Giải quyết quá hạn".into())).unwrap();
    assert_eq!(line[3..], [Cell::Number(1), Cell::Number(0), Cell::Text("bên kia dùng ngày hẹn lại: giảm 1".into())]);
    let open =
        &report["totals"].as_array().unwrap().iter().find(|total| total["key"] == "open_overdue").unwrap()["causes"];
    assert_eq!(open, &json!([{"cause": "paused", "files": 1}]));
}

#[test]
fn nothing_is_written_and_only_the_code_is_needed() {
    let app = App::new();
    finished(&app, "A-1");
    app.at("2026-03-09 08:00");
    let counted = || {
        ["dossiers", "journal", "promises", "outbox", "imports"]
            .map(|table| app.number(&format!("SELECT count(*) FROM {table}")))
    };
    let before = counted();
    let mapping = Mapping::parse(
        "[columns]\ncode = 'Mã hồ sơ'\nresolved_at = 'Ngày xong'\n[dates]\nformats = ['%d/%m/%Y %H:%M']\n",
    )
    .unwrap();
    let report =
        held_by(&app, "Báo cáo tháng 3\n\nSTT;Mã hồ sơ;Ngày xong\n1;A-1;05/03/2026 12:30\n", &mapping).unwrap();
    assert_eq!((&report["same"], &report["differences"]), (&1.into(), &json!([])), "other columns are not compared");
    assert_eq!(counted(), before);
    let refused = held_by(&app, "a;b\n1;2\n", &mapping).unwrap_err();
    assert!(
        matches!(&refused, OfficeError::Invalid(errors) if errors[0].field == "code" && errors[0].problem == Problem::ColumnMissing)
    );
    let hostile = held(&app, "=cmd(),counter,x,y,z,,\n\"open,counter\n<script>,,,,,,\n");
    assert_eq!(hostile["both"], 0);
    let mut csv = Vec::new();
    tables::csv(&tables::reconciliation(&hostile), &mut csv).unwrap();
    let csv = String::from_utf8(csv).unwrap();
    assert!(csv.contains("'=cmd()") && !csv.contains("\n=cmd"), "{csv}");
}

#[test]
fn many_rows_take_seconds_and_the_causes_still_add_up() {
    let app = App::new();
    for number in 0..60 {
        app.at("2026-03-02 08:00");
        app.log(SAME_DAY, "counter").code(&format!("M-{number:03}")).done();
    }
    app.advance(Duration::hours(1));
    let row = |number| format!("M-{number:03},counter,2026-03-02 08:00,2026-03-02 17:00,,,\n");
    let rows = (0..20_000).map(row).collect::<Vec<_>>().concat();
    let report = held(&app, &rows);
    assert_eq!((&report["rows"], &report["both"]), (&20_000.into(), &60.into()));
    assert_eq!(total(&report, "received_counter"), (60, 20_000));
    assert_eq!(report["causes"], json!([{"what": "presence", "cause": "missing_here", "count": 19_940}]));
}
