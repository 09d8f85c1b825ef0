//! The runner: looks at the timetable every second. A time that passed while the service was down
//! is made up once; of several processes the one that claims the run does it.

use std::sync::Arc;
use std::time::Duration;

use crate::clock::Clock;
use crate::office::timetable::Claim;
use crate::office::{Office, OfficeResult};

use super::timetable::{Job, Running};

/// Runs the timetable until the returned handle is aborted. Each job keeps its own time: one that takes
/// hours, such as `verify`, holds up no letter.
pub fn start(office: &Office, clock: &Arc<dyn Clock>, jobs: Vec<Job>) -> tokio::task::JoinHandle<()> {
    let mut keepers = tokio::task::JoinSet::new();
    for job in jobs {
        keepers.spawn(keep_time(office.clone(), Arc::clone(clock), job));
    }
    tokio::spawn(async move { while keepers.join_next().await.is_some() {} })
}

async fn keep_time(office: Office, clock: Arc<dyn Clock>, job: Job) {
    let name = job.name;
    loop {
        let (office, clock, job) = (office.clone(), Arc::clone(&clock), job.clone());
        let round = tokio::task::spawn_blocking(move || run_if_due(&office, clock.as_ref(), &job));
        match round.await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::error!(job = name, %error, "a job could not be run"),
            Err(error) => tracing::error!(job = name, %error, "a job ended in a panic"),
        }
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
}

/// Runs the job when a planned time has passed since it was last taken care of.
///
/// # Errors
/// The database.
pub fn run_if_due(office: &Office, clock: &dyn Clock, job: &Job) -> OfficeResult<()> {
    let now = clock.now();
    let Some(state) = office.job_states()?.into_iter().find(|state| state.name == job.name) else {
        return office.register_jobs(now, &[job.name]);
    };
    let due = job.next_after(state.last_tick).is_some_and(|planned| planned <= now);
    if due && office.claim_job(now, job.name, state.last_tick)? == Claim::Mine {
        run(office, clock, job)?;
    }
    Ok(())
}

/// Runs the job now, and writes down how it ended; nothing, while this process runs it already.
///
/// # Errors
/// The database; what the job itself could not do is its result.
pub fn run(office: &Office, clock: &dyn Clock, job: &Job) -> OfficeResult<()> {
    let Some(running) = job.watch().begin() else { return Ok(()) };
    finish(office, clock, job, &running)
}

/// How a run that somebody asked for went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ByHand {
    Ran,
    /// It was running before.
    Already,
}

/// Runs the job because somebody asked for it: those who watch see that it began.
///
/// # Errors
/// As [`run`].
pub fn run_by_hand(office: &Office, clock: &dyn Clock, job: &Job) -> OfficeResult<ByHand> {
    let Some(running) = job.watch().begin() else { return Ok(ByHand::Already) };
    office.begin_job(job.name, clock.now())?;
    finish(office, clock, job, &running)?;
    Ok(ByHand::Ran)
}

fn finish(office: &Office, clock: &dyn Clock, job: &Job, _: &Running<'_>) -> OfficeResult<()> {
    let started_at = clock.now();
    let result = job.act(office, started_at).unwrap_or_else(|error| {
        tracing::error!(job = job.name, %error, "a job failed");
        format!("failed: {error}")
    });
    office.finish_job(job.name, started_at, clock.now(), &result)
}
