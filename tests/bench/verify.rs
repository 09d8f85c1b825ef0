//! `verify` over a million promises with a ledger each and a journal of as many lines.

use std::fmt::Write as _;
use std::path::Path;

use crate::{NOW, process};

const FILES: u32 = 10;
const ROWS: u32 = 100_000;

/// Limits in working days and the same day: short ledgers and long ones.
const PROCEDURES: [&str; 4] = ["1.004873", "1.001193", "1.001653", "1.001699"];

/// Fills a database by import (real ledgers, a sealed journal), then times the process. 20 s is the aim on two cores.
pub fn run(folder: &Path) {
    let database = folder.join("verify.db");
    process::run(&database, &["migrate"]);
    for file in 0..FILES {
        let path = folder.join("verify.csv");
        std::fs::write(&path, register(file)).unwrap();
        process::run(&database, &["import", "dossiers", path.to_str().unwrap(), "--json", "--now", NOW]);
    }
    let run = process::run(&database, &["verify", "--json"]);
    let value: serde_json::Value = serde_json::from_str(&run.output).unwrap();
    println!(
        "verify: {:.2} s for the whole process, peak {} MB; {} lines, {} dates replayed",
        run.seconds, run.peak_mb, value["entries"], value["dates_replayed"]
    );
}

/// Files received over the year before, without a promise of their own, so that ours is made.
fn register(file: u32) -> String {
    let mut text = String::from("code,procedure_code,applicant_name,channel,received_at\n");
    for row in 0..ROWS {
        let procedure = PROCEDURES[usize::try_from(row % 4).unwrap()];
        let (month, day) = (1 + row / 28 % 10, 1 + row % 28);
        let _ = writeln!(
            text,
            "V-{file}-{row:06},{procedure},Người nộp {row},counter,2026-{month:02}-{day:02}T{:02}:{:02}",
            8 + row % 9,
            row % 60
        );
    }
    text
}
