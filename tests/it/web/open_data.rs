//! Open data as a stranger reads them: only closed months, the same for ever, small counts left out.

use dunghen::office::Actor;
use dunghen::office::closing::PeriodAsked;
use dunghen::web::visits::PER_MINUTE;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::client::{Answer, Service};
use crate::support::{LAND, THREE_DAYS};

fn look(service: &Service, path: &str) -> Answer {
    service.send("GET", path, &[], "")
}

fn read(service: &Service, path: &str) -> Value {
    let answer = look(service, path);
    assert_eq!(answer.status, 200, "{path}: {}", answer.body);
    serde_json::from_str(&answer.body).unwrap()
}

/// February with 12 online files and 2 at the counter of one field, 7 by post of another; closed in March.
fn closed(overrides: &str) -> Service {
    let service = Service::with(overrides);
    let app = &service.app;
    app.at("2026-02-24 08:00");
    for (procedure, channel, files) in [(THREE_DAYS, "online", 12), (THREE_DAYS, "counter", 2), (LAND, "post", 7)] {
        (0..files).for_each(|_| drop(app.log(procedure, channel).name("Đặng Thị Rất Riêng Tư").done()));
    }
    app.at("2026-03-02 08:00");
    close(&service, "2026-02");
    service
}

fn close(service: &Service, period: &str) {
    let app = &service.app;
    let rules = app.office.store().read(|conn| app.office.rules(conn)).unwrap();
    let found = rules.accounts.values().find(|account| account.username == "giamdoc").unwrap();
    let actor = Actor::Account { id: found.id.clone(), username: found.username.clone() };
    let asked = PeriodAsked::read(period, None, None).unwrap();
    app.office.close_period(app.now(), &actor, &asked, None).unwrap();
}

/// The value has exactly the fields that the schema names, of the types that it names.
fn fits(value: &Value, schema: &Value, whole: &Value) {
    if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
        return fits(value, whole.pointer(&reference[1..]).unwrap(), whole);
    }
    if let Some(only) = schema.get("const") {
        return assert_eq!(value, only);
    }
    if let Some(words) = schema.get("enum").and_then(Value::as_array) {
        return assert!(words.contains(value), "{value}");
    }
    let kinds = match &schema["type"] {
        Value::Array(kinds) => kinds.clone(),
        Value::String(kind) => vec![json!(kind)],
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => panic!("a type: {schema}"),
    };
    let kind = match value {
        Value::Null => "null",
        Value::Number(number) if number.is_u64() => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
        Value::Bool(_) | Value::Number(_) => panic!("{value}"),
    };
    assert!(kinds.contains(&json!(kind)), "{value} is none of {kinds:?}");
    match value {
        Value::Object(fields) => {
            let named = |key: &str| schema[key].clone();
            let mut wanted: Vec<&str> = Vec::new();
            let required = named("required");
            wanted.extend(required.as_array().unwrap().iter().map(|name| name.as_str().unwrap()));
            wanted.sort_unstable();
            let mut found: Vec<&str> = fields.keys().map(String::as_str).collect();
            found.sort_unstable();
            assert_eq!(found, wanted);
            fields.iter().for_each(|(name, inner)| fits(inner, &schema["properties"][name], whole));
        }
        Value::Array(items) => items.iter().for_each(|item| fits(item, &schema["items"], whole)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[test]
fn a_closed_month_is_published_by_its_schema_with_small_counts_left_out() {
    let service = closed("");
    let index = read(&service, "/du-lieu-mo/index.json");
    let months = index["months"].as_array().unwrap();
    assert_eq!((months.len(), &months[0]["period"]), (1, &json!("2026-02")));
    let (path, csv) = (months[0]["json"].as_str().unwrap(), months[0]["csv"].as_str().unwrap());
    let answer = look(&service, path);
    let hash = dunghen::store::journal::hex(&Sha256::digest(answer.body.as_bytes()));
    assert_eq!(months[0]["sha256"], json!(hash));
    assert_eq!(answer.header("cache-control"), Some("public, max-age=60"));
    assert!(!answer.body.contains("Riêng Tư"));
    let month: Value = serde_json::from_str(&answer.body).unwrap();
    let schema = read(&service, index["schema"].as_str().unwrap());
    fits(&month, &schema, &schema);
    let lines = month["fields"].as_array().unwrap();
    assert_eq!(lines.len(), 2);
    assert_eq!(month["total"]["received"], 21);
    let small = lines.iter().find(|line| line["received"] == 14).expect("the field with the two files");
    assert_eq!(small["received_counter_post"], Value::Null, "two files are not told");
    assert_eq!(small["received_online"], Value::Null, "nor what they follow from");
    let column: Vec<_> = lines.iter().filter(|line| line["received_counter_post"].is_null()).collect();
    assert_eq!(column.len() + usize::from(month["total"]["received_counter_post"].is_null()), 2, "nor from the column");
    let sheet = look(&service, csv).body;
    assert_eq!(sheet.lines().count(), 1 + lines.len() + 1);
    assert!(sheet.contains("received_online") && !sheet.contains(",2,"), "{sheet}");
    let page = look(&service, "/du-lieu-mo");
    assert!(page.status == 200 && page.body.contains(&hash) && page.body.contains(path), "{}", page.body);
}

#[test]
fn what_is_published_never_changes_and_only_closed_months_are() {
    let service = closed("[open_data]\nmin_cases = 3");
    let path = "/du-lieu-mo/H38.19/2026-02.json";
    let before = look(&service, path).body;
    service.app.log(THREE_DAYS, "counter").received_at("2026-02-25 09:00").done();
    service.app.at("2026-04-01 08:00");
    close(&service, "2026-Q1");
    assert_eq!(look(&service, path).body, before);
    assert_eq!(read(&service, path)["least"], 3);
    for none in ["H38.19/2026-03.json", "H38.19/2026-Q1.json", "X/2026-02.json", "H38.19/2026-02.xml", "H38.19/x.csv"] {
        assert_eq!(look(&service, &format!("/du-lieu-mo/{none}")).status, 404, "{none}");
    }
    assert_eq!(read(&service, "/du-lieu-mo/index.json")["months"].as_array().unwrap().len(), 1);
}

#[test]
fn open_data_are_counted_by_visitor_and_can_be_switched_off() {
    let service = closed("");
    let answers: Vec<u16> = (0..=PER_MINUTE).map(|_| look(&service, "/du-lieu-mo/index.json").status).collect();
    assert_eq!(answers.last(), Some(&429));
    let off = closed("[open_data]\npublished = false");
    for path in ["/du-lieu-mo", "/du-lieu-mo/index.json", "/du-lieu-mo/H38.19/2026-02.csv"] {
        assert_eq!(look(&off, path).status, 404, "{path}");
    }
}
