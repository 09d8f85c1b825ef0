//! Reports over very many dossiers: five years of them, a million of one agency in SQLite and, when
//! `DUNGHEN_BENCH_POSTGRES_SERVER` names a server, ten million of a hundred agencies in a database of its own there.
//! Asked in process, one after the other. Both are filled once and kept for the next run; only what reports of
//! finished files read is multiplied: dossiers and their promises.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use chrono::{Datelike, Months, NaiveDate};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use dunghen::clock::{Clock, SystemClock};
use dunghen::domain::time;
use dunghen::office::Actor;
use dunghen::office::agencies::AgencyForm;
use dunghen::office::closing::PeriodAsked;
use dunghen::office::report::Question;
use dunghen::office::report_groups::Grouping;
use dunghen::store::{DatabaseUrl, day_facts};

use super::pages_data;

/// Files of one agency in one year, imported; all others are copies of them.
const PER_YEAR: u32 = 20_000;
const YEARS: u32 = 5;
/// Questions asked of each report.
const ASKED: u32 = 200;

#[expect(clippy::disallowed_methods, reason = "a benchmark is told by its caller, not by the settings")]
pub fn measure(_: &Path) {
    let file = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("reports.db");
    run("SQLite", &format!("sqlite:{}", file.display()), 1, 10);
    if let Ok(server) = std::env::var("DUNGHEN_BENCH_POSTGRES_SERVER") {
        run("PostgreSQL", &pages_data::postgres(&server, "dunghen_reports"), 100, 1);
    }
}

/// `agencies` with `times` as many files as were imported, each of the years.
fn run(name: &str, url: &str, agencies: u32, times: u32) {
    let begun = Instant::now();
    let url = DatabaseUrl::parse(url).unwrap();
    let (office, fresh) = pages_data::imported(&url, PER_YEAR);
    if fresh {
        for number in 1..agencies {
            let form = AgencyForm {
                code: format!("X{number}"),
                name: format!("Xã {number}"),
                like: Some(office.list_agencies().unwrap()[0].agency.code.clone()),
                ..AgencyForm::default()
            };
            office.add_agency(SystemClock.now(), &Actor::CommandLine, &form).unwrap();
        }
        match &url {
            DatabaseUrl::Postgres(address) => multiply_postgres(address, times),
            DatabaseUrl::Sqlite(path) => {
                let mut conn = SqliteConnection::establish(&path.to_string_lossy()).unwrap();
                let shift = |column: &str| format!("datetime({column}, '-' || (364 * y.column1) || ' days')");
                conn.batch_execute(&format!("BEGIN; {} COMMIT; ANALYZE", copies(times, shift))).unwrap();
            }
        }
    }
    let dossiers = office.store().read(dunghen::store::counts::dossiers).unwrap();
    println!(
        "reports on {name}: {dossiers} dossiers of {agencies} agencies, ready after {:.0} s",
        begun.elapsed().as_secs_f64()
    );
    let codes: Vec<String> = office.list_agencies().unwrap().into_iter().map(|one| one.agency.code).collect();
    // What a run before kept is thrown away: all of it is made here, and some questions are asked without it.
    let ids: Vec<String> = office.list_agencies().unwrap().into_iter().map(|one| one.agency.id).collect();
    office.store().write(|tx| ids.iter().try_for_each(|id| day_facts::forget_all(tx, id))).unwrap();
    times_of("summary of any of 48 months, from the files", (0..40).map(|at| question(&codes, at, 48)), |asked| {
        office.summary(SystemClock.now(), asked).unwrap();
    });
    let begun = Instant::now();
    let made = office.keep_facts(SystemClock.now(), &|_, _| {}).unwrap();
    println!("  facts of {} days, {} files, made in {:.1} s", made.days, made.files, begun.elapsed().as_secs_f64());
    for (kind, months) in [("this month", 1), ("any of 48 months", 48)] {
        let questions = || (0..ASKED).map(|at| question(&codes, at, months));
        times_of(&format!("summary of {kind}"), questions(), |asked| {
            office.summary(SystemClock.now(), asked).unwrap();
        });
        times_of(&format!("06a by unit of {kind}"), questions(), |asked| {
            office.form_06a(SystemClock.now(), asked, Grouping::Unit).unwrap();
        });
    }
    let last_year = (SystemClock.now().year() - 1).to_string();
    let year = |code: &String| PeriodAsked::read(&last_year, Some("calendar"), Some(code)).unwrap();
    let begun = Instant::now();
    times_of("a year as it would be frozen, of one agency", codes.iter().map(year), |asked| {
        office.preview_period(SystemClock.now(), asked).unwrap();
    });
    println!("  that of all {} agencies: {:.1} s", codes.len(), begun.elapsed().as_secs_f64());
    let begun = Instant::now();
    office.refresh_figures(SystemClock.now(), &|_, _| {}).unwrap();
    println!("  the manager's figures of all agencies: {:.1} s", begun.elapsed().as_secs_f64());
}

/// A month of an agency, this one or before.
fn question(codes: &[String], at: u32, months: u32) -> Question {
    let today = time::civil_day(SystemClock.now());
    let first = today.with_day(1).unwrap() - Months::new(at * 7 % months);
    let last = (first + Months::new(1)).pred_opt().unwrap();
    let code = &codes[usize::try_from(at * 37).unwrap() % codes.len()];
    Question { from: first, to: NaiveDate::min(last, today), as_of: None, agency: Some(code.clone()) }
}

fn times_of<T>(what: &str, questions: impl Iterator<Item = T>, ask: impl Fn(&T)) {
    let mut taken: Vec<Duration> = questions
        .map(|asked| {
            let begun = Instant::now();
            ask(&asked);
            begun.elapsed()
        })
        .collect();
    taken.sort();
    let at = |share: usize| taken[(taken.len() - 1) * share / 100].as_secs_f64() * 1000.0;
    println!("  {what}: p50 {:.1} ms, p99 {:.1} ms ({} asked)", at(50), at(99), taken.len());
}

/// Copies of every dossier and its promises for each agency, year and time; those of earlier years are finished.
fn copies(times: u32, shift: impl Fn(&str) -> String) -> String {
    let list = |count: u32| (0..count).map(|at| format!("({at})")).collect::<Vec<_>>().join(", ");
    let moved = |columns: &[&str]| columns.iter().map(|column| shift(column)).collect::<Vec<_>>().join(", ");
    let (years, times) = (list(YEARS), list(times));
    let suffix = "'-' || a.code || '-' || y.column1 || '-' || c.column1";
    let each = format!(
        "JOIN units u ON u.code = d.unit JOIN agencies a ON a.id = u.agency_id
         CROSS JOIN (VALUES {years}) y CROSS JOIN (VALUES {times}) c
         WHERE (d.closed_at IS NOT NULL OR y.column1 = 0)
           AND NOT (a.id = d.agency_id AND y.column1 = 0 AND c.column1 = 0)"
    );
    let of_dossier =
        moved(&["d.received_at", "d.stage_since", "d.due_at", "d.statutory_due_at", "d.closed_at", "d.returned_at"]);
    let of_promise = moved(&["p.due_at", "p.made_at", "p.counted_from", "p.superseded_at", "p.statutory_due_at"]);
    format!(
        "CREATE TEMP TABLE base_promises AS SELECT * FROM promises;
         CREATE TEMP TABLE base_dossiers AS
         SELECT d.*, w.code AS unit FROM dossiers d JOIN units w ON w.id = d.unit_id;
         INSERT INTO dossiers (id, code, status_token, agency_id, unit_id, procedure_id, applicant_name, search_key,
                channel, stage, promise_number, reschedule_number, revision, paper_supplement, presence_required,
                fee_due, paid_online, e_result, received_at, stage_since, due_at, statutory_due_at, closed_at,
                returned_at)
         SELECT d.id || {suffix}, d.code || {suffix}, d.status_token || {suffix}, a.id, u.id, d.procedure_id,
                d.applicant_name, d.search_key, d.channel, d.stage, d.promise_number, d.reschedule_number, d.revision,
                d.paper_supplement, d.presence_required, d.fee_due, d.paid_online, d.e_result, {of_dossier}
           FROM base_dossiers d {each};
         INSERT INTO promises (id, dossier_id, number, kind, calendar_version, provisional, basis, ledger,
                statutory_ledger, due_at, made_at, counted_from, superseded_at, statutory_due_at)
         SELECT p.id || {suffix}, p.dossier_id || {suffix}, p.number, p.kind, p.calendar_version, p.provisional, '',
                '', '', {of_promise}
           FROM base_promises p JOIN base_dossiers d ON d.id = p.dossier_id {each};"
    )
}

/// The same, with the indexes made after the rows are there: with them it takes hours.
fn multiply_postgres(address: &str, times: u32) {
    let mut conn = PgConnection::establish(address).unwrap();
    let shift = |column: &str| format!("{column} - 364 * y.column1 * interval '1 day'");
    conn.batch_execute(
        "SET session_replication_role = replica; SET maintenance_work_mem = '1GB';
         CREATE TEMP TABLE made_again AS SELECT indexname, indexdef FROM pg_indexes i
          WHERE tablename IN ('dossiers', 'promises')
            AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conname = i.indexname);
         DO $$ DECLARE one record; BEGIN
           FOR one IN SELECT indexname FROM made_again LOOP EXECUTE format('DROP INDEX %I', one.indexname); END LOOP;
         END $$",
    )
    .unwrap();
    conn.batch_execute(&copies(times, shift)).unwrap();
    conn.batch_execute(
        "DO $$ DECLARE one record; BEGIN
           FOR one IN SELECT indexdef FROM made_again LOOP EXECUTE one.indexdef; END LOOP;
         END $$",
    )
    .unwrap();
    // On its own: it runs in no transaction, and several statements at once are one.
    conn.batch_execute("VACUUM ANALYZE").unwrap();
}
