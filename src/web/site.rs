//! What every request has at hand.

use std::sync::Arc;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpMessage, HttpRequest};

use crate::clock::{Clock, ShiftedClock};
use crate::domain::time::Instant;
use crate::jobs::timetable::Job;
use crate::office::{Office, OfficeError, OfficeResult};

use super::lookups::Lookups;
use super::problem::Problem;
use super::visits::Visits;
use super::warm::Warm;

/// The service as a request sees it: its office is that of the caller's agency, put there by the guard, or of the
/// agency that a public page speaks of. Cheap to clone.
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

/// What the guard found for the request; a handler has no other.
impl FromRequest for Site {
    type Error = Problem;
    type Future = std::future::Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        std::future::ready(request.extensions().get::<Self>().cloned().ok_or_else(Problem::not_found))
    }
}

impl Site {
    /// The same with the office of somebody.
    #[must_use]
    pub fn with(&self, office: Office) -> Self {
        Self { office, ..self.clone() }
    }

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
