//! The timetable: a missed time is made up once, and of several processes one runs it.

use std::sync::Arc;

use dunghen::jobs::runner::run_if_due;
use dunghen::jobs::timetable::{Job, jobs};

use crate::support::{App, MemoryCourier, THREE_DAYS, instant};

fn job(app: &App, name: &str) -> Job {
    jobs(&app.settings.jobs).unwrap().into_iter().find(|job| job.name == name).unwrap()
}

fn last_tick(app: &App, name: &str) -> dunghen::domain::time::Instant {
    app.office.job_states().unwrap().into_iter().find(|state| state.name == name).unwrap().last_tick
}

#[test]
fn a_job_runs_at_its_planned_time_and_not_before() {
    let app = App::with("[jobs]\nsweep = \"0 0 8 * * *\"");
    let sweep = job(&app, "sweep");
    app.at("2026-03-02 07:00");
    run_if_due(&app.office, app.clock.as_ref(), &sweep).unwrap();
    let registered = last_tick(&app, "sweep");
    app.at("2026-03-02 07:59:59");
    run_if_due(&app.office, app.clock.as_ref(), &sweep).unwrap();
    assert_eq!(last_tick(&app, "sweep"), registered);
    app.at("2026-03-02 08:00");
    run_if_due(&app.office, app.clock.as_ref(), &sweep).unwrap();
    assert_eq!(last_tick(&app, "sweep"), instant("2026-03-02 08:00"));
}

#[test]
fn times_missed_over_a_week_are_made_up_once() {
    let app = App::with("[jobs]\nsweep = \"0 0 8 * * *\"");
    let sweep = job(&app, "sweep");
    run_if_due(&app.office, app.clock.as_ref(), &sweep).unwrap();
    app.log(THREE_DAYS, "online").done();
    app.advance_days(7);
    run_if_due(&app.office, app.clock.as_ref(), &sweep).unwrap();
    let raised = app.number("SELECT COUNT(*) FROM outbox");
    assert!(raised > 0, "the file ran late while the service was down");
    assert_eq!(last_tick(&app, "sweep"), app.now());
    run_if_due(&app.office, app.clock.as_ref(), &sweep).unwrap();
    assert_eq!(app.number("SELECT COUNT(*) FROM outbox"), raised);
    assert_eq!(sweep.next_after(app.now()), Some(instant("2026-03-10 08:00")));
}

#[test]
fn two_processes_run_a_planned_time_once() {
    let app = App::with("[jobs]\nsweep = \"0 0 8 * * *\"");
    let sweep = job(&app, "sweep");
    run_if_due(&app.office, app.clock.as_ref(), &sweep).unwrap();
    app.advance_days(1);
    let others: Vec<_> = (0..4).map(|_| app.another_process(Arc::new(MemoryCourier::default()))).collect();
    let seen = last_tick(&app, "sweep");
    let now = app.now();
    let mine = std::thread::scope(|scope| {
        let runs: Vec<_> =
            others.iter().map(|office| scope.spawn(|| office.claim_job(now, "sweep", seen).unwrap())).collect();
        runs.into_iter()
            .map(|run| run.join().unwrap())
            .filter(|claim| *claim == dunghen::office::timetable::Claim::Mine)
            .count()
    });
    assert_eq!(mine, 1);
}

#[test]
fn the_result_of_a_run_is_kept_for_people_to_see() {
    let app = App::new();
    let sweep = job(&app, "sweep");
    run_if_due(&app.office, app.clock.as_ref(), &sweep).unwrap();
    app.advance_days(1);
    run_if_due(&app.office, app.clock.as_ref(), &sweep).unwrap();
    let state = app.office.job_states().unwrap().into_iter().find(|state| state.name == "sweep").unwrap();
    assert_eq!(state.finished_at, Some(app.now()));
    assert!(state.result.unwrap().contains("\"examined\":0"));
}
