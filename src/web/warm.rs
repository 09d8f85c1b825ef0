//! What is kept at hand between requests: which long calculations run, and what the public board read.
//! In memory of one process; everything can be had again.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use actix_web::rt;

use crate::domain::time::Instant;
use crate::office::hall::Hall;
use crate::office::{Office, OfficeError, OfficeResult};
use crate::store::dossiers::Counts;

use super::site::Site;

/// How long a request waits for a calculation before its page says that it runs.
const PATIENCE: Duration = Duration::from_secs(2);

/// How long the numbers of the queue are shown again while this process writes nothing; another one may.
const NUMBERS_SECONDS: i64 = 5;

/// Scopes whose numbers are kept at most.
const NUMBERS_KEPT: usize = 500;

/// A calculation that may take long.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Task {
    Figures,
    Statistics,
}

#[derive(Debug, Default)]
pub struct Warm {
    running: Mutex<BTreeMap<(Whose, Task), (u32, u32)>>,
    hall: Mutex<HashMap<Whose, Arc<Hall>>>,
    numbers: Mutex<HashMap<(Whose, Scope), Kept>>,
}

/// The agency whose office it is, where there are several.
type Whose = Option<Arc<str>>;

/// A unit and an officer that a list is narrowed to.
pub type Scope = (Option<String>, Option<String>);

/// What was counted, when, and after which write of this process.
#[derive(Debug, Clone, Copy)]
struct Kept {
    numbers: Numbers,
    at: Instant,
    written: u64,
}

/// Open dossiers by part, and the finished ones as far as they are counted.
#[derive(Debug, Clone, Copy)]
pub struct Numbers {
    pub open: Counts,
    pub done: u64,
}

impl Warm {
    /// How far a calculation is; `None`: it does not run here.
    pub fn progress(&self, office: &Office, task: Task) -> Option<(u32, u32)> {
        self.running.lock().ok()?.get(&(office.whose(), task)).copied()
    }

    /// True for who has to do it: nobody else does.
    fn begin(&self, task: &(Whose, Task)) -> bool {
        self.running.lock().is_ok_and(|mut running| {
            let idle = !running.contains_key(task);
            running.entry(task.clone()).or_default();
            idle
        })
    }

    fn reached(&self, task: &(Whose, Task), progress: (u32, u32)) {
        if let Ok(mut running) = self.running.lock() {
            running.insert(task.clone(), progress);
        }
    }

    fn end(&self, task: &(Whose, Task)) {
        if let Ok(mut running) = self.running.lock() {
            running.remove(task);
        }
    }

    /// The board as it was read not longer than `seconds` ago, or read now.
    ///
    /// # Errors
    /// The database.
    pub fn hall(&self, office: &Office, now: Instant, seconds: i64) -> OfficeResult<Arc<Hall>> {
        let fresh = |hall: &Arc<Hall>| (0..seconds).contains(&(now - hall.at).num_seconds());
        let lock = || self.hall.lock().map_err(|_| OfficeError::Broken("the board's memory is locked".to_owned()));
        // Held while it is read: visitors who come together ask the database once.
        let mut kept = lock()?;
        if let Some(hall) = kept.get(&office.whose()).filter(|hall| fresh(hall)) {
            return Ok(Arc::clone(hall));
        }
        let hall = Arc::new(office.hall(now)?);
        kept.insert(office.whose(), Arc::clone(&hall));
        Ok(hall)
    }

    /// The numbers of this scope: those counted a moment ago if nothing was written since, else counted now.
    ///
    /// # Errors
    /// What `count` answers.
    pub fn numbers(
        &self,
        office: &Office,
        now: Instant,
        scope: Scope,
        count: impl FnOnce() -> OfficeResult<Numbers>,
    ) -> OfficeResult<Numbers> {
        let scope = (office.whose(), scope);
        // Read before counting: what is written meanwhile makes the numbers old.
        let written = office.store().written();
        let lock =
            || self.numbers.lock().map_err(|_| OfficeError::Broken("the memory of numbers is locked".to_owned()));
        if let Some(kept) = lock()?.get_mut(&scope).filter(|kept| kept.written == written) {
            let age = (now - kept.at).num_seconds();
            if (0..NUMBERS_SECONDS).contains(&age) {
                return Ok(kept.numbers);
            }
            // Who comes while they are counted again sees those from just before: one question instead of many.
            if (0..2 * NUMBERS_SECONDS).contains(&age) {
                kept.at = now;
            }
        }
        let numbers = count()?;
        let mut all = lock()?;
        if all.len() >= NUMBERS_KEPT {
            all.clear();
        }
        all.insert(scope, Kept { numbers, at: now, written });
        Ok(numbers)
    }
}

/// Starts a calculation unless it runs, and waits a moment for it.
pub async fn compute(site: &Site, task: Task) {
    let key = (site.office.whose(), task);
    if !site.warm.begin(&key) {
        return;
    }
    let its = site.clone();
    let work = rt::spawn(async move {
        let (warm, mine) = (Arc::clone(&its.warm), key.clone());
        let done = its.work(move |office, now| match task {
            Task::Figures => office.refresh_figures(now, &|done, of| warm.reached(&mine, (done, of))).map(|_| ()),
            Task::Statistics => office.refresh_statistics(now).map(|_| ()),
        });
        if let Err(error) = done.await {
            tracing::error!(%error, ?task, "figures could not be computed");
        }
        its.warm.end(&key);
    });
    // Whether it ended in time is seen by what is kept.
    let _ = rt::time::timeout(PATIENCE, work).await;
}
