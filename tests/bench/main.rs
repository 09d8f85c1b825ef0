//! `cargo bench`: the figures of the program, measured on the built binary and, for letters and
//! deadlines, in process. Prints one line a figure; decides nothing. Everything happens in a temporary
//! folder. `cargo bench --bench figures -- deadlines import` measures these sections only.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a benchmark stops where it cannot go on, prints, and reads the machine's clock"
)]

mod deadlines;
mod dispatch;
mod http;
mod pages;
mod pages_data;
mod process;
mod redate;
mod reports;
mod verify;

use std::fmt::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection};
use dunghen::render::letter::{LetterFacts, LetterPress};
use dunghen::store::{DatabaseUrl, Durability, Store, kept};

const NOW: &str = "2026-11-23T08:00";

/// Measures into the temporary folder.
type Section = fn(&Path);

/// By name, in the order in which they are measured.
const SECTIONS: [(&str, Section); 10] = [
    ("deadlines", deadlines::measure),
    ("letters", |_| letters()),
    ("import", import),
    ("sweep", sweep),
    ("intake", intake),
    ("verify", verify::run),
    ("redate", redate::run),
    ("dispatch", dispatch::measure),
    ("pages", pages::measure),
    ("reports", reports::measure),
];

fn main() {
    // Cargo itself adds `--bench`.
    if std::env::args().nth(1).as_deref() == Some(dispatch::SINK) {
        return dispatch::sink();
    }
    let wanted: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with("--")).collect();
    if let Some(unknown) = wanted.iter().find(|name| SECTIONS.iter().all(|(known, _)| known != name)) {
        let known: Vec<_> = SECTIONS.iter().map(|(name, _)| *name).collect();
        eprintln!("no section {unknown}; there are: {}", known.join(", "));
        std::process::exit(2);
    }
    let folder = tempfile::tempdir().unwrap();
    println!("{} cores", std::thread::available_parallelism().unwrap());
    for (name, measure) in SECTIONS {
        if wanted.is_empty() || wanted.iter().any(|one| one == name) {
            measure(folder.path());
        }
    }
}

/// Letters rendered a second on one core.
fn letters() {
    let press = LetterPress::new().unwrap();
    let mut facts = LetterFacts::sample();
    press.pdf(&facts).unwrap();
    let begun = Instant::now();
    let count = 300;
    let mut bytes = 0;
    for serial in 0..count {
        facts.number = format!("{serial:03}/PXL-TTPVHCC");
        facts.applicant_name = format!("Người nộp số {serial}");
        bytes += press.pdf(&facts).unwrap().len();
    }
    let rate = f64::from(count) / begun.elapsed().as_secs_f64();
    println!("letters: {rate:.0} a second on one core, {} KB each", bytes / 1024 / usize::try_from(count).unwrap());
}

/// Import of CSV into SQLite: time, and peak memory against the length of the file.
fn import(folder: &Path) {
    for rows in [10_000_u32, 100_000] {
        let database = folder.join(format!("import-{rows}.db"));
        let file = folder.join(format!("import-{rows}.csv"));
        std::fs::write(&file, register(rows, |_| "")).unwrap();
        process::run(&database, &["migrate"]);
        let run = process::run(&database, &["import", "dossiers", file.to_str().unwrap(), "--json", "--now", NOW]);
        println!("import of {rows} rows: {:.2} s, peak {} MB; {}", run.seconds, run.peak_mb, first_line(&run.output));
    }
}

#[expect(clippy::disallowed_methods, reason = "a benchmark is told by its caller, not by the settings")]
/// Sweep over a million open dossiers of which 10,000 are newly late, on SQLite; and on PostgreSQL when
/// `DUNGHEN_BENCH_POSTGRES` names an empty database.
fn sweep(folder: &Path) {
    let file = folder.join("sweep.csv");
    let due = |row: u32| if row.is_multiple_of(100) { "2026-11-20T17:00" } else { "2027-06-30T17:00" };
    std::fs::write(&file, register(1_000_000, due)).unwrap();
    let lite = format!("sqlite:{}", folder.join("sweep.db").display());
    for url in std::iter::once(lite).chain(std::env::var("DUNGHEN_BENCH_POSTGRES").ok()) {
        let name = url.split(':').next().unwrap_or_default().to_owned();
        let run = |arguments: &[&str]| process::run_on(&url, folder, arguments);
        run(&["migrate"]);
        run(&["import", "dossiers", file.to_str().unwrap(), "--json", "--now", "2026-11-20T16:00"]);
        // What was owed before: warnings of that afternoon.
        run(&["sweep", "--json", "--now", "2026-11-20T16:00"]);
        settle(&url);
        for again in ["", " again"] {
            let swept = run(&["sweep", "--json", "--now", NOW]);
            println!(
                "sweep on {name}{again}: {:.2} s for the whole process, peak {} MB; {}",
                swept.seconds,
                swept.peak_mb,
                swept.output.split_whitespace().collect::<String>()
            );
        }
    }
}

/// What PostgreSQL does by itself in the minutes after a million new rows, and would do meanwhile on one of the cores.
fn settle(url: &str) {
    if url.starts_with("postgres") {
        let mut conn = PgConnection::establish(url).unwrap();
        conn.batch_execute("VACUUM ANALYZE").unwrap();
        conn.batch_execute("CHECKPOINT").unwrap();
    }
}

/// Intake over HTTP with 8 clients against the database's own rate of durable one-row commits,
/// before and after, in the same run; cold start and idle memory on the way.
fn intake(folder: &Path) {
    let database = folder.join("intake.db");
    process::run(&database, &["migrate"]);
    let token = process::run(&database, &["token", "add", "motcua", "bench", "--json"]).output;
    let token: serde_json::Value = serde_json::from_str(&token).unwrap();
    let before = commits(&folder.join("commits.db"));
    let begun = Instant::now();
    let server = process::serve(&database, &[]);
    http::wait_until_live(server.address);
    println!("cold start on an existing database: {} ms", begun.elapsed().as_millis());
    std::thread::sleep(Duration::from_secs(2));
    println!("idle memory: {} MB", server.resident_mb());
    let rate = http::post_dossiers(server.address, token["token"].as_str().unwrap(), 8, Duration::from_secs(8));
    println!("memory after intake: {} MB", server.resident_mb());
    drop(server);
    let after = commits(&folder.join("commits.db"));
    let own = f64::midpoint(before, after);
    println!(
        "intake: {rate:.0} a second with 8 clients; one-row commits: {before:.0} and {after:.0}; ratio {:.2}",
        rate / own
    );
}

/// Durable one-row commits a second, one after another.
fn commits(path: &Path) -> f64 {
    let store = Store::open(&DatabaseUrl::Sqlite(path.to_owned()), Durability::Full).unwrap();
    store.migrate().unwrap();
    let begun = Instant::now();
    let mut count = 0_u32;
    while begun.elapsed() < Duration::from_secs(3) {
        store.write(|tx| kept::put(tx, &format!("row-{count}"), "value")).unwrap();
        count += 1;
    }
    f64::from(count) / begun.elapsed().as_secs_f64()
}

/// A register as a spreadsheet: civil-status files received over the last three weeks.
fn register(rows: u32, due_at: impl Fn(u32) -> &'static str) -> String {
    let mut text =
        String::from("code,procedure_code,applicant_name,applicant_phone,applicant_email,channel,received_at,due_at\n");
    for row in 0..rows {
        let channel = ["online", "counter", "post"][usize::try_from(row % 3).unwrap()];
        let _ = writeln!(
            text,
            "H38.19-2611{:02}-{row:06},1.004873,Người nộp {row},09{row:08},nguoi{row}@example.invalid,{channel},2026-11-{:02}T{:02}:{:02},{}",
            2 + row % 18,
            2 + row % 18,
            8 + row % 3,
            row % 60,
            due_at(row)
        );
    }
    text
}

fn first_line(json: &str) -> String {
    let value: serde_json::Value = serde_json::from_str(json).unwrap();
    format!(
        "read {}, imported {}, rejected {}",
        value["read"],
        value["imported"],
        value["rejected"].as_array().map_or(0, Vec::len)
    )
}
