//! The same commune served by real processes that are killed (SIGKILL) at any moment of their work.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration as RealTime, Instant as RealInstant};

use chrono::{DateTime, Duration, Utc};
use dunghen::domain::time::rfc3339;

use super::checks;
use super::life::Dice;
use super::post::Taken;
use super::{Instant, Town};

/// Days under fire; each hour of them at least two processes are started.
const DAYS: i64 = 8;

/// Runs `dunghen VERB` as of `now`; killed after `patience`, if it takes longer.
fn run(town: &Town, folder: &Path, verb: &str, now: Instant, patience: Option<RealTime>) -> bool {
    let mut child = Command::new(env!("CARGO_BIN_EXE_dunghen"))
        .args([verb, "--json", "--now", &rfc3339(now)])
        .current_dir(folder)
        .env_clear()
        .env("DUNGHEN__LOG__FILTER", "error")
        .env("DUNGHEN__DATABASE__URL", town.app.database.setting())
        .env("DUNGHEN__MAIL__FOLDER", "mail")
        .stdout(Stdio::null())
        .spawn()
        .expect("the program");
    let Some(patience) = patience else {
        assert!(child.wait().unwrap().success(), "{verb} at {now}");
        return false;
    };
    std::thread::sleep(patience);
    // On Unix this is SIGKILL: no destructor runs, nothing is flushed.
    child.kill().unwrap();
    !child.wait().unwrap().success()
}

/// What lies in the folder: each file is one message that left.
fn posted(folder: &Path) -> Vec<Taken> {
    let Ok(files) = std::fs::read_dir(folder.join("mail")) else { return Vec::new() };
    let read = |text: String| {
        let header = |name: &str| {
            let line = text.lines().find_map(|line| line.strip_prefix(&format!("{name}: ")));
            line.unwrap_or_else(|| panic!("no {name} in {text}")).to_owned()
        };
        Taken {
            message_id: header("Message-ID"),
            kind: header("X-Dunghen-Kind"),
            to: header("To"),
            code: header("X-Dunghen-Dossier"),
            at: DateTime::parse_from_rfc2822(&header("Date")).unwrap().with_timezone(&Utc),
            with_letter: text.contains("application/pdf"),
        }
    };
    // A draft that its writer was killed over is not a message.
    let whole = files.map(|file| file.unwrap().path()).filter(|path| path.extension().is_some_and(|ext| ext == "eml"));
    whole.map(|path| read(std::fs::read_to_string(path).unwrap())).collect()
}

#[test]
fn a_process_killed_at_any_moment_loses_and_doubles_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut town = Town::new("", 7);
    let mut dice = Dice(11);
    town.app.at("2026-03-02 00:00");
    let timed = |_| {
        let started = RealInstant::now();
        run(&town, folder.path(), "sweep", town.app.now(), None);
        u64::try_from(started.elapsed().as_millis()).unwrap()
    };
    let usual = (0..4).map(timed).min().unwrap();
    let (mut started, mut killed) = (0, 0);
    for _ in 0..DAYS * 24 {
        let now = town.app.advance(Duration::hours(1));
        if town.almanac.is_open(now) {
            town.work(now, 2);
        }
        if !(7..19).contains(&chrono::Timelike::hour(&dunghen::domain::time::local(now))) {
            continue;
        }
        for verb in ["sweep", "dispatch"] {
            // Half of the kills fall late in the process's life, where the work is done.
            let after = if dice.happens(50) { dice.below(usual) } else { usual / 2 + dice.below(usual) };
            started += 1;
            killed += usize::from(run(&town, folder.path(), verb, now, Some(RealTime::from_millis(after))));
        }
    }
    assert!(killed * 10 > started, "only {killed} of {started} processes were killed in their work");
    // The post of a folder replaces a message that is sent again: what is there once was sent at least once.
    for _ in 0..24 * 4 {
        let now = town.app.advance(Duration::hours(1));
        if town.almanac.may_disturb(now) {
            run(&town, folder.path(), "sweep", now, None);
            run(&town, folder.path(), "dispatch", now, None);
        }
    }
    let waiting = town.app.number("SELECT count(*) FROM outbox WHERE state IN ('sending', 'retry')");
    assert_eq!(waiting, 0, "nothing stays stuck");
    town.post.put(posted(folder.path()));
    checks::all(&town);
}
