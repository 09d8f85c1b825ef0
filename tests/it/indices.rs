//! The index of QĐ 766 and the self-scoring sheet: what is counted, what is not, and the same cells everywhere.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{Data, Reader as _, Xlsx};
use chrono::Duration;
use dunghen::config::Settings;
use dunghen::office::printed::TableFormat;
use dunghen::office::report::Question;
use dunghen::render::sheets;
use dunghen::render::tables::{self, Cell, Table};
use serde_json::{Value, json};

use crate::support::{App, LAND, SAME_DAY, THREE_DAYS};
use crate::web::client::{Service, between};

fn march() -> Question {
    Question { from: "2026-03-01".parse().unwrap(), to: "2026-03-31".parse().unwrap(), as_of: None, agency: None }
}

fn index(app: &App) -> Value {
    json!(app.office.index_report(app.now(), &march()).unwrap())
}

fn sheet(app: &App) -> Value {
    json!(app.office.self_score(app.now(), &march()).unwrap())
}

fn parts(report: &Value) -> BTreeMap<String, Value> {
    let groups = report["groups"].as_array().unwrap();
    let parts = groups.iter().flat_map(|group| group["parts"].as_array().unwrap());
    parts.map(|part| (part["key"].as_str().unwrap().to_owned(), part.clone())).collect()
}

fn items(report: &Value) -> BTreeMap<String, Value> {
    let items = report["items"].as_array().unwrap().iter();
    items.map(|item| (item["key"].as_str().unwrap().to_owned(), item.clone())).collect()
}

/// Three files of March: one online and answered in time with its fee paid online, one late, one open.
fn three_files(app: &App) {
    let mut paid = app.log(THREE_DAYS, "online");
    paid.form.fee_due = true;
    paid.form.paid_online = true;
    let paid = paid.done().code;
    let mut late = app.log(SAME_DAY, "counter");
    late.form.fee_due = true;
    let late = late.done().code;
    app.log(LAND, "counter").done();
    app.at("2026-03-03 09:00");
    app.resolve(&paid);
    app.sweep();
    app.resolve(&late);
    app.advance(Duration::seconds(1));
}

#[test]
fn each_part_has_its_points_by_its_formula_and_what_cannot_be_told_has_none() {
    let app = App::new();
    three_files(&app);
    let report = index(&app);
    let parts = parts(&report);
    let told = |key: &str| {
        let part = &parts[key];
        (part["of"].as_u64(), part["total"].as_u64(), part["points"].as_str().map(str::to_owned))
    };
    let points = |text: &str| Some(text.to_owned());
    assert_eq!(told("on_time"), (Some(1), Some(3), points("6.66")), "the open file is no file on time");
    assert_eq!(told("online_files"), (Some(1), Some(3), points("4.00")), "a third of the half that gives all");
    assert_eq!(told("paid_online"), (Some(1), Some(2), points("3.00")));
    assert_eq!(told("electronic_results"), (Some(2), Some(2), points("6.00")));
    let (_, offered, _) = told("online_with_files");
    let offered_by_sql =
        app.number("SELECT count(*) FROM procedures WHERE service_level <> 'none' AND valid_to IS NULL");
    assert_eq!(offered, u64::try_from(offered_by_sql).ok());
    assert_eq!(told("online_with_files").0, Some(1));
    let missing: Vec<&String> =
        parts.iter().filter(|(_, part)| part["state"] == "missing").map(|(key, _)| key).collect();
    assert_eq!(missing.len(), 15);
    for key in missing {
        let part = &parts[key];
        assert!(part["points"].is_null() && !part["missing"].as_str().unwrap().is_empty(), "{part}");
    }
    let sum: u64 = parts.values().filter_map(|part| part["points"].as_str()).map(hundredths).sum();
    assert_eq!(hundredths(report["points"].as_str().unwrap()), sum, "a person who adds them up gets the same");
    assert_eq!((&report["supported"], &report["most"]), (&"44.00".into(), &"100.00".into()));
}

fn hundredths(text: &str) -> u64 {
    text.replace('.', "").parse().unwrap()
}

#[test]
fn a_part_without_a_case_is_neither_none_nor_all() {
    let app = App::new();
    let report = index(&app);
    let parts = parts(&report);
    for key in ["on_time", "online_files", "paid_online", "electronic_results"] {
        assert_eq!((&parts[key]["state"], &parts[key]["points"]), (&"no_cases".into(), &Value::Null), "{key}");
    }
    assert_eq!(report["supported"], "6.00", "only the procedures were counted");
    let sheet = sheet(&app);
    assert_eq!(
        (&sheet["points"], &sheet["supported"], &sheet["most"]),
        (&"0.00".into(), &"0.00".into(), &"8.00".into())
    );
}

#[test]
fn the_sheet_scores_by_the_steps_of_the_settings_and_an_apology_is_all_or_nothing() {
    let app = App::new();
    three_files(&app);
    let report = sheet(&app);
    let scored = items(&report);
    let points = |key: &str| scored[key]["points"].clone();
    assert_eq!((points("on_time"), points("apology")), ("0.00".into(), "1.00".into()));
    assert_eq!(
        (points("online_share"), points("digitised"), points("feedback")),
        ("0.00".into(), "2.00".into(), Value::Null)
    );
    assert_eq!((&report["points"], &report["supported"]), (&"3.00".into(), &"7.00".into()));
    // A second late file, and nobody apologised.
    let code = app.log(SAME_DAY, "counter").done().code;
    app.at("2026-03-04 08:00");
    app.sql("UPDATE dossiers SET next_check_at = NULL");
    let apology = items(&sheet(&app))["apology"].clone();
    assert_eq!(
        (&apology["of"], &apology["total"], &apology["points"]),
        (&1.into(), &2.into(), &"0.00".into()),
        "{code}"
    );
    let own = App::with("[par_index.on_time]\npoints = \"3.25\"\nsteps = [[\"50\", \"3.25\"], [\"20\", \"0.5\"]]\n");
    three_files(&own);
    assert_eq!(items(&sheet(&own))["on_time"]["points"], "3.25", "1 of 2 that should be finished");
    for wrong in
        ["points = \"many\"", "points = \"2\"\nsteps = [[\"101\", \"1\"]]", "points = \"2\"\nsteps = [[\"90\", \"3\"]]"]
    {
        let steps = if wrong.contains("steps") { "" } else { "\nsteps = []" };
        let refused = Settings::from_toml(&format!("[par_index.digitised]\n{wrong}{steps}\n")).unwrap_err();
        assert!(refused[0].starts_with("par_index.digitised"), "{refused:?}");
    }
}

fn csv_cells(table: &Table) -> Vec<Vec<String>> {
    let mut bytes = Vec::new();
    tables::csv(table, &mut bytes).unwrap();
    let text = String::from_utf8(bytes).unwrap();
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let rows: Vec<Vec<String>> = reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect();
    rows[..table.rows.len()].to_vec()
}

fn xlsx_cells(table: &Table) -> Vec<Vec<String>> {
    let bytes = sheets::xlsx(table, 1_795_000_000).unwrap();
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).unwrap();
    let sheet = book.worksheet_range_at(0).unwrap().unwrap();
    let cell = |line: usize, column: usize| match sheet.get((line, column)) {
        None | Some(Data::Empty) => String::new(),
        Some(cell) => cell.to_string(),
    };
    (3..3 + table.rows.len()).map(|line| (0..table.head.len()).map(|column| cell(line, column)).collect()).collect()
}

fn table_cells(table: &Table) -> Vec<Vec<String>> {
    let cell = |cell: &Cell| match cell {
        Cell::Text(text) => text.clone(),
        Cell::Number(number) => number.to_string(),
        Cell::Empty => String::new(),
    };
    table.rows.iter().map(|row| row.iter().map(cell).collect()).collect()
}

#[test]
fn every_format_has_the_same_cells_and_each_number_of_the_page_has_its_list() {
    let service = Service::start();
    let app = &service.app;
    three_files(app);
    let (index, sheet) = (index(app), sheet(app));
    for table in [tables::index(&index), tables::self_score(&sheet)] {
        assert_eq!(csv_cells(&table), table_cells(&table), "{}", table.title);
        assert_eq!(xlsx_cells(&table), table_cells(&table), "{}", table.title);
        assert!(app.office.table_as(app.now(), &table, TableFormat::Pdf).unwrap().starts_with(b"%PDF"));
    }
    let table = tables::index(&index);
    assert_eq!(table.rows.len(), 21 + 6);
    let row = table_cells(&table).into_iter().find(|row| row[1] == "Giải quyết đúng hạn").unwrap();
    assert_eq!(row[3..8], ["1", "3", "33.33", "6.66", "20.00"]);
    assert!(table.notes[0].contains("trên 44.00 điểm mà số liệu của hệ thống cho biết, trong tổng 100.00"));
    let manager = service.signed_in("giamdoc");
    let page = service.get(&manager, "/bao-cao/chi-so?from=2026-03-01&to=2026-03-31");
    assert_eq!(page.status, 200, "{}", page.body);
    let mut checked = 0;
    for link in page.body.split("<a href=\"/bao-cao/ho-so?").skip(1) {
        let (query, rest) = link.split_once("\">").unwrap();
        let number = rest.split_once('<').unwrap().0;
        let list = service.get(&manager, &format!("/bao-cao/ho-so?{}", query.replace("&#38;", "&")));
        assert_eq!(list.body.matches("class=\"code\"").count().to_string(), number, "{query}");
        checked += 1;
    }
    assert_eq!(checked, 2 * (4 + 4), "four parts and four items");
    assert!(page.body.contains("6,66") && page.body.contains("chưa chắc chắn"), "{}", page.body);
    assert!(between(&page.body, "aria-current=\"true\">", "<").is_some_and(|name| name == "2026-03"));
    assert_eq!(service.get(&manager, "/bao-cao/chi-so?from=2026-03-31&to=2026-03-01").status, 422);
    for path in ["/bao-cao/chi-so", "/bao-cao/tu-cham"] {
        for ending in ["csv", "xlsx", "pdf"] {
            assert_eq!(service.get(&manager, &format!("{path}.{ending}?from=2026-03-01&to=2026-03-31")).status, 200);
        }
        assert_eq!(service.get(&manager, &format!("{path}.doc")).status, 404);
    }
    let api = |name: &str| -> Value {
        let answer = service.get(&manager, &format!("/api/v1/reports/{name}?from=2026-03-01&to=2026-03-31"));
        serde_json::from_str(&answer.body).unwrap()
    };
    assert_eq!(
        (api("index")["points"].clone(), api("self-score")["points"].clone()),
        (index["points"].clone(), sheet["points"].clone())
    );
}
