//! What every request has at hand.

use std::sync::Arc;

use crate::clock::{Clock, ShiftedClock};
use crate::domain::time::Instant;
use crate::jobs::timetable::Job;
use crate::office::{Office, OfficeError, OfficeResult};

use super::lookups::Lookups;
use super::visits::Visits;
use super::warm::Warm;

/// The service as the web sees it. Cheap to clone.
#[derive(Clone)]
pub struct Site {
    pub office: Office,
    pub clock: Arc<dyn Clock>,
    pub jobs: Arc<Vec<Job>>,
    /// How often the public pages were asked in this minute.
    pub visits: Arc<Visits>,
    /// What is kept at hand between requests.
    pub warm: Arc<Warm>,
    /// How often each account looked for earlier applicants in this minute.
    pub lookups: Arc<Lookups>,
    /// Only in the demonstration: the clock a visitor may move, and the accounts shown at sign-in.
    pub demo: Option<Demo>,
}

/// What only the demonstration has.
#[derive(Clone)]
pub struct Demo {
    pub clock: Arc<ShiftedClock>,
    /// User name, role, password.
    pub accounts: Arc<Vec<(String, String, String)>>,
}

impl std::fmt::Debug for Site {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Site").finish_non_exhaustive()
    }
}

impl Site {
    #[must_use]
    pub fn now(&self) -> Instant {
        self.clock.now()
    }

    /// Runs blocking work (the database, hashing, rendering) away from the threads that answer.
    ///
    /// # Errors
    /// What the work answers; or that it panicked.
    pub async fn work<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Office, Instant) -> OfficeResult<T> + Send + 'static,
    ) -> OfficeResult<T> {
        let (office, now) = (self.office.clone(), self.now());
        let span = tracing::Span::current();
        actix_web::web::block(move || span.in_scope(|| work(&office, now)))
            .await
            .unwrap_or_else(|error| Err(OfficeError::Broken(error.to_string())))
    }
}
