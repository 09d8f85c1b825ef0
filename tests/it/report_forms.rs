//! Form 06a, the report by unit and the one on online files: identities, the same cells in every format,
//! and the faults that other systems have.

use std::collections::BTreeMap;
use std::io::{Cursor, Write};
use std::process::{Command, Stdio};

use calamine::{Data, Reader as _, Xlsx};
use chrono::{Duration, NaiveDate};
use dunghen::domain::channel::{Channel, ServiceLevel};
use dunghen::domain::dossier::{ElectronicResult, ResultOutcome, StageName, Step};
use dunghen::domain::form_06a::FormCounts;
use dunghen::domain::summary::{Counted, Period, Summary};
use dunghen::domain::time::{day_begins, local};
use dunghen::office::reassign::ReassignForm;
use dunghen::office::report::Question;
use dunghen::office::report_groups::Grouping;
use dunghen::render::tables::{self, Table};
use dunghen::render::{report_form, sheets};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::{App, LAND, NO_LIMIT, SAME_DAY, THREE_DAYS, instant, officer};
use crate::web::client::Service;

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
        all[usize::try_from(self.below(all.len() as u64)).unwrap()].clone()
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

fn adds_up(line: &Value) -> bool {
    let n = |place: &str| n(line, place);
    n("/received/total") == n("/received/online") + n("/received/counter_post") + n("/received/carried_over")
        && n("/resolved/total") == n("/resolved/early") + n("/resolved/on_time") + n("/resolved/late")
        && n("/in_progress/total") == n("/in_progress/in_time") + n("/in_progress/overdue")
        && n("/received/total") == n("/resolved/total") + n("/in_progress/total")
}

/// The numbers of a report's line by their place.
fn numbers(value: &Value, place: &str, found: &mut BTreeMap<String, u64>) {
    match value {
        Value::Object(fields) => {
            for (name, inner) in fields {
                numbers(inner, &format!("{place}/{name}"), found);
            }
        }
        Value::Number(number) if place != "/no" => {
            *found.entry(place.to_owned()).or_default() += number.as_u64().unwrap();
        }
        _ => {}
    }
}

fn sum(lines: &Value) -> BTreeMap<String, u64> {
    let mut found = BTreeMap::new();
    for line in lines.as_array().unwrap() {
        numbers(line, "", &mut found);
    }
    found
}

#[test]
fn the_identities_hold_at_any_moment_and_the_lines_add_up_to_the_summary() {
    for seed in [1, 2, 3] {
        let app = App::new();
        random_history(&app, seed);
        let mut dice = Dice(seed + 100);
        let first = instant("2026-02-23 00:00");
        let mut finished = 0;
        for _ in 0..12 {
            let from = local(first + Duration::days(i64::try_from(dice.below(25)).unwrap())).date();
            let to = from + Duration::days(i64::try_from(dice.below(30)).unwrap());
            let as_of = first + Duration::minutes(i64::try_from(dice.below(60_000)).unwrap());
            let question = Question { from, to, as_of: Some(as_of), agency: None };
            let summary = json!(app.office.summary(app.now(), &question).unwrap());
            for by in BOTH {
                let report = form(&app, &question, by);
                let lines = report["lines"].as_array().unwrap();
                assert!(lines.iter().chain([&report["total"]]).all(adds_up), "{by}: {report}");
                let (mut total, mut same) = (BTreeMap::new(), sum(&report["lines"]));
                numbers(&report["total"], "", &mut total);
                total.retain(|_, number| *number > 0);
                same.retain(|_, number| *number > 0);
                assert_eq!(total, same, "{by}");
                for (ours, theirs) in [
                    ("/received/total", &["/received/total"][..]),
                    ("/received/counter_post", &["/received/counter", "/received/post"]),
                    ("/resolved/early", &["/resolved/early"]),
                    ("/resolved/on_time", &["/resolved/on_time"]),
                    ("/resolved/late", &["/resolved/late", "/resolved/no_promise"]),
                    (
                        "/in_progress/in_time",
                        &["/in_progress/in_time", "/in_progress/paused", "/in_progress/no_promise"],
                    ),
                    ("/in_progress/overdue", &["/in_progress/overdue"]),
                ] {
                    let there = theirs.iter().map(|place| n(&summary, place)).sum::<u64>();
                    assert_eq!(n(&report["total"], ours), there, "{ours}");
                }
                finished += n(&report["total"], "/resolved/total");
            }
            let report = units(&app, &question);
            for part in ["received", "resolved", "in_progress", "rates", "statutory"] {
                assert_eq!(report["total"][part], summary[part], "{part}");
            }
            let (mut total, mut same) = (BTreeMap::new(), sum(&report["units"]));
            numbers(&report["total"], "", &mut total);
            total.retain(|_, number| *number > 0);
            same.retain(|_, number| *number > 0);
            assert_eq!(total, same);
            online_adds_up(&online(&app, &question), &summary);
        }
        assert!(finished > 50, "a history that says something: {finished}");
    }
}

/// Each ratio is the summary's, and its parts make the whole and the gap.
fn online_adds_up(report: &Value, summary: &Value) {
    for ratio in report["ratios"].as_array().unwrap() {
        let rate = &summary["rates"][ratio["key"].as_str().unwrap()];
        for field in ["of", "total", "percent"] {
            assert_eq!(ratio[field], rate[field], "{field} of {ratio}");
        }
        for parts in ["by_procedure", "by_field", "by_unit"] {
            let parts = ratio[parts].as_array().unwrap();
            for field in ["/of", "/total", "/assisted"] {
                assert_eq!(parts.iter().map(|part| n(part, field)).sum::<u64>(), n(ratio, field), "{field}");
            }
            let points = |text: &Value| text.as_str().unwrap_or("0").replace('.', "").parse::<i64>().unwrap();
            let together = parts.iter().map(|part| points(&part["points"])).sum::<i64>();
            assert_eq!(together, points(&ratio["gap_points"]), "{ratio}");
        }
    }
    let summary_target = &summary["online_target"];
    let measured =
        report["ratios"].as_array().unwrap().iter().find(|ratio| ratio["key"] == report["target"]["measure"]);
    assert_eq!(&measured.unwrap()["target"], summary_target);
}

prop_compose! {
    /// A file of March or the days before it, in minutes since 20 February.
    fn files()(
        received in 0..57_600_i64,
        closed in prop::option::of(0..60_000_i64),
        due in prop::option::of(0..60_000_i64),
        paused in prop::option::of(0..60_000_i64),
        channel in prop::sample::select(Channel::ALL),
        group in 0..4_usize,
        result in any::<bool>(),
    ) -> (usize, Counted) {
        let at = |minutes: i64| instant("2026-02-20 00:00") + Duration::minutes(minutes);
        let closed_at = closed.map(|after| at(received + after));
        let stage = match (closed_at, result) {
            (None, _) => StageName::Processing,
            (Some(_), true) => StageName::Granted,
            (Some(_), false) => StageName::Withdrawn,
        };
        (group, Counted {
            dossier_id: String::new(),
            procedure_id: String::new(),
            unit_id: None,
            channel,
            service_level: ServiceLevel::Full,
            stage,
            received_at: at(received),
            closed_at,
            due_at: due.map(|after| at(received + after)),
            statutory_due_at: None,
            paused_since: paused.map(|after| at(received + after)),
            apologised_at: None,
            paper_supplement: false,
            presence_required: false,
            fee_due: false,
            paid_online: false,
            e_result: result,
        })
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_column_of_the_form_adds_up_whatever_happened_and_however_it_is_grouped(
        all in prop::collection::vec(files(), 0..40),
        from in 0..30_i64,
        length in 0..30_i64,
        seen in 0..90_000_i64,
    ) {
        let from: NaiveDate = "2026-02-20".parse::<NaiveDate>().unwrap() + Duration::days(from);
        let to = from + Duration::days(length);
        let cut = (instant("2026-02-20 00:00") + Duration::minutes(seen)).min(day_begins(to + Duration::days(1)));
        let period = Period { from, to, begins: day_begins(from), cut };
        let counted = |file: &&Counted| file.received_at < cut && file.closed_at.is_none_or(|at| at >= period.begins);
        let files = all.iter().map(|(_, file)| file).filter(counted);
        let whole = FormCounts::of(&Summary::of(files, &period));
        prop_assert!(whole.adds_up(), "{whole:?}");
        let mut sum = FormCounts::default();
        for group in 0..4 {
            let files = all.iter().filter(|(of, _)| *of == group).map(|(_, file)| file).filter(counted);
            let line = FormCounts::of(&Summary::of(files, &period));
            prop_assert!(line.adds_up(), "{line:?}");
            sum = sum.plus(&line);
        }
        prop_assert_eq!(sum, whole);
        let with_date = |file: &&Counted| counted(file) && file.due_at.is_some();
        let dated = Summary::of(all.iter().map(|(_, file)| file).filter(with_date), &period);
        let dated = FormCounts::of(&dated).resolved;
        prop_assert_eq!((whole.resolved.early, whole.resolved.on_time), (dated.early, dated.on_time));
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
    assert_eq!((&report["target"]["year"], report["definitions"].as_array().unwrap().len()), (&2025.into(), 3));
    let text = csv(&tables::online(&report));
    assert!(text.contains("lĩnh vực,Hộ tịch,Hộ tịch,"), "{text}");
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

/// The cells of the CSV without its notes, its head first.
fn csv_cells(table: &Table) -> Vec<Vec<String>> {
    let text = csv(table);
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let rows = reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect::<Vec<_>>();
    rows[..rows.len() - table.notes.len()].to_vec()
}

fn xlsx_cells(table: &Table) -> Vec<Vec<String>> {
    let bytes = sheets::xlsx(table, 1_795_000_000).unwrap();
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).unwrap();
    assert!(book.worksheet_formula("Sheet1").unwrap().used_cells().next().is_none(), "a formula");
    let sheet = book.worksheet_range_at(0).unwrap().unwrap();
    let cell = |line: usize, column: usize| match sheet.get((line, column)) {
        None | Some(Data::Empty) => String::new(),
        Some(cell) => cell.to_string(),
    };
    let line = |line| (0..table.head.len()).map(|column| cell(line, column)).collect();
    (2..3 + table.rows.len()).map(line).collect()
}

/// What `pdftotext` reads line by line; `None` on a machine without it.
fn pdf_lines(pdf: &[u8]) -> Option<Vec<String>> {
    let mut command = Command::new("pdftotext");
    let mut process = command.args(["-layout", "-", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().ok()?;
    process.stdin.take()?.write_all(pdf).ok()?;
    let text = String::from_utf8(process.wait_with_output().ok()?.stdout).unwrap();
    Some(text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect())
}

#[test]
fn every_format_has_the_same_cells_and_hostile_names_stay_text() {
    let mut app = App::new();
    random_history(&app, 5);
    for (code, sector) in [(THREE_DAYS, "=cmd()"), (SAME_DAY, "<script>"), (LAND, "đất, \"nhà\"")] {
        app.sql(&format!("UPDATE procedures SET sector = '{sector}' WHERE code = '{code}'"));
    }
    app.sql("UPDATE units SET name = '=cmd()' WHERE code = 'PKT'");
    app.restart();
    app.advance(Duration::seconds(1));
    for by in BOTH {
        let report = form(&app, &march(), by);
        let table = tables::form_06a(&report);
        assert_eq!(table.head.len(), 13);
        let lines = report["lines"].as_array().unwrap();
        let figures = |line: &Value| {
            report_form::form_06a(march().to)
                .unwrap()
                .columns
                .iter()
                .filter_map(|column| match column.place {
                    report_form::Place::Figure { key, .. } => {
                        Some(n(line, &format!("/{}", key.replace('.', "/"))).to_string())
                    }
                    _ => None,
                })
                .collect::<Vec<_>>()
        };
        let total = &report["total"];
        let mut expected: Vec<Vec<String>> = lines
            .iter()
            .map(|line| {
                [vec![line["no"].to_string(), line["name"].as_str().unwrap().to_owned()], figures(line)].concat()
            })
            .collect();
        expected.push([vec![String::new(), "Tổng cộng".to_owned()], figures(total)].concat());
        assert!(expected.iter().any(|row| row[1] == "=cmd()"), "{by}: {expected:?}");
        let (from_csv, from_xlsx) = (csv_cells(&table), xlsx_cells(&table));
        assert_eq!(from_xlsx[0], from_csv[0], "the head lines");
        assert_eq!(from_xlsx[1..], expected);
        let harmless = |row: &Vec<String>| row.iter().map(|cell| cell.replace("=cmd", "'=cmd")).collect::<Vec<_>>();
        assert_eq!(from_csv[1..], expected.iter().map(harmless).collect::<Vec<_>>());
        let Some(printed) = pdf_lines(&app.office.printed_table(app.now(), &table).unwrap()) else { continue };
        for row in &expected {
            let line = row.iter().map(|cell| if cell.is_empty() { "–" } else { cell }).collect::<Vec<_>>().join(" ");
            let numbers = row[2..].join(" ");
            assert!(printed.iter().any(|known| *known == line || known.ends_with(&numbers)), "{line} in {printed:#?}");
        }
        let printed = printed.join(" ");
        assert!(printed.contains("“Đã giải quyết: quá hạn” gồm"), "the note is printed: {printed}");
        assert!(printed.contains("TT 01/2020/TT-VPCP"), "and the definitions: {printed}");
    }
    let report = units(&app, &march());
    let table = tables::units(&report);
    assert_eq!(csv_cells(&table).len(), report["units"].as_array().unwrap().len() + 2);
    assert!(app.office.printed_table(app.now(), &table).is_ok());
    assert!(app.office.printed_table(app.now(), &tables::online(&online(&app, &march()))).is_ok());
}

#[test]
fn the_machine_interface_gives_what_the_command_line_gives() {
    let service = Service::start();
    let app = &service.app;
    app.log(THREE_DAYS, "online").done();
    let at = app.advance(Duration::seconds(1));
    let question = Question { as_of: Some(at), ..march() };
    let manager = service.signed_in("giamdoc");
    let clerk = service.signed_in("motcua");
    let period = "from=2026-03-01&to=2026-03-31&as_of=2026-03-02T08:00:01";
    let get = |browser: &crate::web::client::Browser, path: &str| {
        service.send("GET", &format!("/api/v1/reports/{path}"), &[("Cookie", &browser.cookie)], "")
    };
    for (path, expected) in [
        (format!("06a?{period}"), form(app, &question, Grouping::Field)),
        (format!("06a?{period}&by=unit"), form(app, &question, Grouping::Unit)),
        (format!("units?{period}"), units(app, &question)),
        (format!("online?{period}"), online(app, &question)),
    ] {
        let answer = get(&manager, &path);
        assert_eq!(answer.status, 200, "{path}: {}", answer.body);
        assert_eq!(serde_json::from_str::<Value>(&answer.body).unwrap(), expected, "{path}");
        assert_eq!(get(&clerk, &path).status, 403, "{path}");
    }
    let wrong = get(&manager, &format!("06a?{period}&by=procedure"));
    assert!(wrong.status == 422 && wrong.body.contains("\"by\""), "{}", wrong.body);
    assert_eq!(get(&manager, "online?from=2026-03-01").status, 422);
    let document = dunghen::web::openapi::document();
    for path in ["06a", "units", "online"] {
        assert!(document["paths"][format!("/api/v1/reports/{path}")]["get"].is_object(), "{path}");
    }
}
