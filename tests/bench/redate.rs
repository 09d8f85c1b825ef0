//! A change of the calendar over 100,000 open dossiers: the preview, and letting it take effect.

use std::fmt::Write as _;
use std::path::Path;
use std::time::Instant;

use dunghen::compose;
use dunghen::config::Settings;
use dunghen::domain::calendar::{Confidence, DayKind};
use dunghen::domain::time::parse_instant;
use dunghen::office::Actor;
use dunghen::office::calendar_change::{CalendarChange, DayEdit, SpecialDay};
use dunghen::office::proposals::Change;

use crate::{NOW, process};

const ROWS: u32 = 100_000;

/// 2 s is the aim for the preview.
pub fn run(folder: &Path) {
    let database = folder.join("redate.db");
    let file = folder.join("redate.csv");
    std::fs::write(&file, register()).unwrap();
    process::run(&database, &["migrate"]);
    process::run(&database, &["import", "dossiers", file.to_str().unwrap(), "--json", "--now", NOW]);
    let settings = Settings::from_toml(&format!(
        "[database]\nurl = \"sqlite:{}\"\n[rules]\nfour_eyes = false",
        database.display()
    ));
    let now = parse_instant(NOW).unwrap();
    let office = compose::open_office(settings.unwrap(), now).unwrap();
    let day = SpecialDay {
        kind: DayKind::Holiday,
        name: "Nghỉ thêm".to_owned(),
        basis: "QĐ 1".to_owned(),
        confidence: Confidence::Confirmed,
    };
    let edits = vec![DayEdit { date: "2026-11-26".parse().unwrap(), becomes: Some(day) }];
    let change = CalendarChange { decision: "QĐ 1".to_owned(), edits };
    let mut seconds = Vec::new();
    for _ in 0..3 {
        let begun = Instant::now();
        let preview = office.preview_calendar(now, &change, 0, 50).unwrap();
        seconds.push(begun.elapsed().as_secs_f64());
        assert_eq!(preview.rows.len(), 50);
        println!("re-dating preview: {} of {} open dossiers move", preview.later, preview.open);
    }
    println!("re-dating preview: {seconds:.2?} s");
    let begun = Instant::now();
    office.propose(now, &Actor::CommandLine, &Change::Calendar(change)).unwrap();
    println!("re-dating: {:.2} s for the whole transaction", begun.elapsed().as_secs_f64());
}

/// Land files received over the last three weeks, 20 working days each, a promise of ours.
fn register() -> String {
    let mut text = String::from("code,procedure_code,applicant_name,applicant_email,channel,received_at\n");
    for row in 0..ROWS {
        let _ = writeln!(
            text,
            "R-{row:06},1.012753,Người nộp {row},nguoi{row}@example.invalid,counter,2026-11-{:02}T{:02}:{:02}",
            2 + row % 18,
            8 + row % 9,
            row % 60
        );
    }
    text
}
