//! The same cells in every format, and the same answer from the machine interface.

use std::io::{Cursor, Write};
use std::process::{Command, Stdio};

use calamine::{Data, Reader as _, Xlsx};
use chrono::Duration;
use dunghen::office::printed::TableFormat;
use dunghen::office::report::Question;
use dunghen::office::report_groups::Grouping;
use dunghen::render::report_form::{self, Column, Files, Place, ReportForm};
use dunghen::render::sheets;
use dunghen::render::tables::{self, Table};
use serde_json::{Value, json};

use super::{BOTH, csv, form, march, n, online, random_history, units};
use crate::support::{App, LAND, SAME_DAY, THREE_DAYS};
use crate::web::client::Service;

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

/// Every cell of a form in CSV, XLSX and PDF is what the JSON says.
fn same_in_every_format(app: &App, report: &Value, table: &Table, form: &ReportForm) {
    assert_eq!(table.head.len(), form.columns.len(), "{}", form.symbol);
    let cell = |line: &Value, name: &str, column: &Column| match column.place {
        Place::Number => line.get("no").map(Value::to_string).unwrap_or_default(),
        Place::Name { .. } => name.to_owned(),
        Place::Words { key } => line.get(key).and_then(Value::as_str).unwrap_or_default().to_owned(),
        Place::Figure { key, files: Files::Unknown, .. } => {
            assert_eq!(line.pointer(&format!("/{}", key.replace('.', "/"))), Some(&Value::Null), "never a number");
            String::new()
        }
        Place::Figure { key, .. } => n(line, &format!("/{}", key.replace('.', "/"))).to_string(),
    };
    let row = |line: &Value, name: &str| form.columns.iter().map(|column| cell(line, name, column)).collect::<Vec<_>>();
    let lines = report["lines"].as_array().unwrap();
    let mut expected: Vec<Vec<String>> = lines.iter().map(|line| row(line, line["name"].as_str().unwrap())).collect();
    expected.push(row(&report["total"], "Tổng cộng"));
    assert!(expected.iter().any(|row| row[1] == "=cmd()"), "{expected:?}");
    let (from_csv, from_xlsx) = (csv_cells(table), xlsx_cells(table));
    assert_eq!(from_xlsx[0], from_csv[0], "the head lines");
    assert_eq!(from_xlsx[1..], expected);
    let harmless = |row: &Vec<String>| row.iter().map(|cell| cell.replace("=cmd", "'=cmd")).collect::<Vec<_>>();
    assert_eq!(from_csv[1..], expected.iter().map(harmless).collect::<Vec<_>>());
    let Some(printed) = pdf_lines(&app.office.table_as(app.now(), table, TableFormat::Pdf).unwrap()) else { return };
    for row in &expected {
        let cells = form.columns.iter().zip(row).filter(|(column, _)| matches!(column.place, Place::Figure { .. }));
        let cells = cells.map(|(_, cell)| if cell.is_empty() { "–" } else { cell });
        let figures = cells.collect::<Vec<_>>().join(" ");
        assert!(printed.iter().any(|line| line.contains(&figures)), "{figures} in {printed:#?}");
    }
    let printed = printed.join(" ");
    for note in report["notes"].as_array().unwrap() {
        // A long note runs over several lines.
        let begins: Vec<&str> = note["text"].as_str().unwrap().split_whitespace().take(6).collect();
        assert!(printed.contains(&begins.join(" ")), "the note is printed: {printed}");
    }
    assert!(printed.contains("Căn cứ:"), "and the definitions: {printed}");
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
        let (office, now, march) = (&app.office, app.now(), march());
        let answers = [
            (form(&app, &march, by), report_form::form_06a(march.to)),
            (json!(office.reasons_report(now, &march, by).unwrap()), report_form::form_reasons(march.to)),
            (json!(office.form_07a(now, &march, by).unwrap()), report_form::form_07a(march.to)),
        ];
        let tables = [tables::form_06a, tables::reasons, tables::form_07a].iter();
        for ((report, form), table) in answers.iter().zip(tables) {
            same_in_every_format(&app, report, &table(report), form.unwrap());
        }
    }
    let report = units(&app, &march());
    let table = tables::units(&report);
    assert_eq!(csv_cells(&table).len(), report["units"].as_array().unwrap().len() + 2);
    assert!(app.office.table_as(app.now(), &table, TableFormat::Pdf).is_ok());
    assert!(app.office.table_as(app.now(), &tables::online(&online(&app, &march())), TableFormat::Pdf).is_ok());
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
        (format!("reasons?{period}"), json!(app.office.reasons_report(app.now(), &question, Grouping::Field).unwrap())),
        (format!("07a?{period}&by=unit"), json!(app.office.form_07a(app.now(), &question, Grouping::Unit).unwrap())),
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
    for path in ["06a", "reasons", "07a", "units", "online"] {
        assert!(document["paths"][format!("/api/v1/reports/{path}")]["get"].is_object(), "{path}");
    }
}
