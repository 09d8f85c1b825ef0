//! Promises a second on one core: in bulk, one by one, and with ledger; in the same run numpy's
//! `busday_offset` over the same receipts, limit and calendar.

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use dunghen::domain::{
    calendar::{CalendarDay, DayKind, SAME_DAY_CUTOFF, WorkingCalendar},
    deadline::{due, due_at},
    limit::{Limit, LimitUnit},
    office_hours::OfficeHours,
    time,
};

const SHIPPED_CALENDAR: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/config/calendar.csv");
const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/bench/busday_offset.py");
const REQUIREMENTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/bench/requirements.txt");
const RECEIPTS: usize = 1_000_000;
const WORKING_DAYS: u32 = 10;
const ROUNDS: u32 = 15;

pub fn measure(folder: &Path) {
    // numpy's calendar knows no Saturday that is worked, so both go without make-up days.
    let mut days: Vec<CalendarDay> =
        csv::Reader::from_path(SHIPPED_CALENDAR).unwrap().deserialize().map(Result::unwrap).collect();
    days.retain(|day| day.kind != DayKind::SwappedWorking);
    let calendar = WorkingCalendar::new(1, &days, &OfficeHours::standard(), SAME_DAY_CUTOFF).unwrap();
    let mut received = receipts();
    for limit in ["10 working_day", "10 calendar_day", "1 month", "8 working_hour", "48 hour", "same_day"] {
        limit_by_limit(&calendar, limit.parse().unwrap(), &received);
    }
    against_numpy(folder, &calendar, &days, &received, "in no order");
    received.sort_unstable();
    against_numpy(folder, &calendar, &days, &received, "in order of receipt");
}

fn limit_by_limit(calendar: &WorkingCalendar, limit: Limit, received: &[i64]) {
    let bulk = bulk_rate(calendar, limit, received);
    let instants: Vec<time::Instant> =
        received.iter().map(|at| chrono::DateTime::from_timestamp(*at, 0).unwrap()).collect();
    let alone = rate(&instants, |instants| {
        for at in instants {
            black_box(due_at(*at, None, black_box(&limit), &[], calendar).unwrap());
        }
    });
    let some: Vec<_> = instants.iter().copied().step_by(10).collect();
    let ledger = rate(&some, |instants| {
        for at in instants {
            black_box(due(*at, None, black_box(&limit), &[], calendar).unwrap());
        }
    });
    println!(
        "deadlines, {limit}: {} in bulk, {} one by one, {} with ledger",
        millions(bulk),
        millions(alone),
        millions(ledger)
    );
}

fn bulk_rate(calendar: &WorkingCalendar, limit: Limit, received: &[i64]) -> f64 {
    let schedule = calendar.schedule(limit);
    let mut dates = Vec::with_capacity(received.len());
    rate(received, |received| {
        schedule.due_each(black_box(received), &mut dates);
        black_box(&dates);
    })
}

fn against_numpy(folder: &Path, calendar: &WorkingCalendar, days: &[CalendarDay], received: &[i64], order: &str) {
    let limit = Limit::new(WORKING_DAYS, LimitUnit::WorkingDay).unwrap();
    let before = bulk_rate(calendar, limit, received);
    let numpy = match numpy(folder, days, received) {
        Err(why) => return println!("deadlines against numpy: not measured, numpy cannot be had: {why}"),
        Ok(numpy) => numpy,
    };
    let ours = f64::midpoint(before, bulk_rate(calendar, limit, received));
    let mut dates = Vec::new();
    calendar.schedule(limit).due_each(received, &mut dates);
    let differ = dates.iter().zip(&numpy.days).filter(|(ours, theirs)| civil_day(ours.unwrap()) != **theirs).count();
    assert_eq!((numpy.days.len(), differ), (received.len(), 0), "the dates differ");
    println!(
        "deadlines against numpy {} busday_offset, {limit}, {order}: {} and {}, the same dates; ratio {:.1}",
        numpy.version,
        millions(ours),
        millions(numpy.rate),
        ours / numpy.rate
    );
}

/// A million moments from January 2024 to June 2027 in no order, by a fixed rule.
fn receipts() -> Vec<i64> {
    let first = time::parse_instant("2024-01-02T00:00").unwrap().timestamp();
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        first + i64::try_from(state % (1270 * 86_400)).unwrap()
    };
    std::iter::repeat_with(&mut next).take(RECEIPTS).collect()
}

/// Receipts a second in the best of some rounds.
fn rate<T>(receipts: &[T], mut round: impl FnMut(&[T])) -> f64 {
    let seconds = (0..ROUNDS).map(|_| {
        let begun = Instant::now();
        round(receipts);
        begun.elapsed().as_secs_f64()
    });
    per_second(receipts.len(), seconds.fold(f64::INFINITY, f64::min))
}

fn per_second(receipts: usize, seconds: f64) -> f64 {
    f64::from(u32::try_from(receipts).unwrap()) / seconds
}

fn millions(rate: f64) -> String {
    format!("{:.1} million a second", rate / 1e6)
}

fn civil_day(seconds: i64) -> i64 {
    (seconds + 7 * 3600).div_euclid(86_400)
}

/// What numpy made of the same receipts.
struct Numpy {
    version: String,
    rate: f64,
    days: Vec<i64>,
}

fn numpy(folder: &Path, days: &[CalendarDay], received: &[i64]) -> Result<Numpy, String> {
    let python = python()?;
    let bytes: Vec<u8> = received.iter().flat_map(|at| at.to_ne_bytes()).collect();
    std::fs::write(folder.join("received"), bytes).unwrap();
    let days: Vec<_> = days.iter().map(|day| day.date.to_string()).collect();
    std::fs::write(folder.join("days_off"), days.join("\n")).unwrap();
    let told = run(Command::new(python).arg(SCRIPT).arg(folder).arg(WORKING_DAYS.to_string()))?;
    let (version, seconds) = told.trim().split_once(' ').unwrap();
    let due = std::fs::read(folder.join("due")).unwrap();
    let days = due.chunks_exact(8).map(|bytes| i64::from_ne_bytes(bytes.try_into().unwrap())).collect();
    Ok(Numpy { version: version.to_owned(), rate: per_second(received.len(), seconds.parse().unwrap()), days })
}

/// A Python with numpy, in a virtual environment that is made when it is missing.
fn python() -> Result<PathBuf, String> {
    let tools = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("bench-tools");
    let python = tools.join("venv/bin/python");
    let wanted = std::fs::read(REQUIREMENTS).unwrap();
    let installed = tools.join("installed.txt");
    if std::fs::read(&installed).is_ok_and(|installed| installed == wanted) {
        return Ok(python);
    }
    run(Command::new("python3").args(["-m", "venv", "--clear"]).arg(tools.join("venv")))?;
    let pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", REQUIREMENTS];
    run(Command::new(&python).args(pip))?;
    std::fs::write(installed, wanted).map_err(|error| error.to_string())?;
    Ok(python)
}

fn run(command: &mut Command) -> Result<String, String> {
    let done = command.output().map_err(|error| format!("{}: {error}", command.get_program().display()))?;
    if done.status.success() {
        return Ok(String::from_utf8_lossy(&done.stdout).into_owned());
    }
    let why = String::from_utf8_lossy(&done.stderr);
    Err(why.trim().lines().next_back().unwrap_or("it gave no reason").to_owned())
}
