//! `/cong-viec`: the timetable of what runs by itself.

use std::sync::Arc;
use std::time::Duration;

use actix_web::http::StatusCode;
use actix_web::web;

use crate::domain::time::{Instant, local};
use crate::jobs::runner::{self, ByHand};
use crate::jobs::timetable::Job;
use crate::office::OfficeError;
use crate::render::pages::Lang;
use crate::render::pages::jobs::{JobRow, JobRun, JobsPage, RunResult};
use crate::render::pages::phrases::{self, Done};
use crate::store::jobs::JobState;
use crate::web::posted::Posted;

use super::front::Front;
use super::{Nothing, PageResult, shown};

/// How long a page waits for a job that was asked for.
const WAITED: Duration = Duration::from_secs(3);

/// `GET /cong-viec`
///
/// # Errors
/// The database.
pub async fn page(front: Front) -> PageResult {
    let (c, jobs) = (front.ctx(), Arc::clone(&front.site.jobs));
    let page = front
        .work(move |office, now| {
            let states = office.job_states()?;
            let state = |job: &Job| states.iter().find(|state| state.name == job.name);
            Ok(JobsPage { rows: jobs.iter().map(|job| row(job, state(job), now, c.lang)).collect(), c })
        })
        .await?;
    front.page(StatusCode::OK, &page)
}

fn row(job: &Job, state: Option<&JobState>, now: Instant, lang: Lang) -> JobRow {
    let text = match lang {
        Lang::Vi => job.purpose.0,
        Lang::En => job.purpose.1,
    };
    let (title, description) = text.split_once(": ").unwrap_or((text, ""));
    JobRow {
        name: job.name.to_owned(),
        title: title.to_owned(),
        description: description.to_owned(),
        cron: job.expression.clone(),
        last: state.and_then(|state| run_of(state, lang)),
        progress: job.watch().progress(),
        next: job.next_after(now).map(shown::at),
    }
}

fn run_of(state: &JobState, lang: Lang) -> Option<JobRun> {
    let started = state.started_at?;
    let result = last_result(state);
    let detail = state.result.as_deref().unwrap_or_default();
    let over = result != RunResult::Running;
    Some(JobRun {
        started: shown::at(started),
        finished: state.finished_at.filter(|_| over).map(|at| local(at).format("%H:%M:%S").to_string()),
        result,
        detail: if over { phrases::job_result(lang, detail) } else { String::new() },
    })
}

/// How the last run of a job that was begun before came out.
pub(super) fn last_result(state: &JobState) -> RunResult {
    let detail = state.result.as_deref().unwrap_or_default();
    // A start after the last end is a run that has not ended.
    if state.finished_at.is_none_or(|finished| state.started_at.is_some_and(|started| finished < started)) {
        RunResult::Running
    } else if detail.starts_with("failed") || phrases::found_faults(detail) {
        RunResult::Failed
    } else {
        RunResult::Done
    }
}

/// `POST /cong-viec/{name}/chay`
///
/// # Errors
/// 404; or the database.
pub async fn run(front: Front, name: web::Path<String>, _: Posted<Nothing>) -> PageResult {
    run_named(&front, &name, "/cong-viec").await
}

/// Runs a job; one that takes long goes on while the page already answers.
///
/// # Errors
/// 404; or the database.
pub async fn run_named(front: &Front, name: &str, to: &str) -> PageResult {
    let (clock, office) = (Arc::clone(&front.site.clock), front.site.office.everywhere());
    let job = front.site.jobs.iter().find(|job| job.name == name).cloned();
    let job = job.ok_or_else(|| front.refused(OfficeError::NotFound))?;
    let running = web::block(move || runner::run_by_hand(&office, clock.as_ref(), &job));
    let done = match actix_web::rt::time::timeout(WAITED, running).await {
        Err(_) => Done::JobStarted,
        Ok(Ok(Ok(ByHand::Ran))) => Done::JobRan,
        Ok(Ok(Ok(ByHand::Already))) => Done::JobRunsAlready,
        Ok(Ok(Err(error))) => return Err(front.refused(error)),
        Ok(Err(error)) => return Err(front.refused(OfficeError::Broken(error.to_string()))),
    };
    front.done(done, to)
}
