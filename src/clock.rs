//! The one place that asks the machine for the time. Everything else is given `now`.

use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, Utc};

use crate::domain::time::Instant;

/// What the time is. Whole seconds, so that both databases keep the same value.
pub trait Clock: Send + Sync {
    fn now(&self) -> Instant;
}

/// The machine's clock.
#[derive(Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one call of the wall clock")]
    fn now(&self) -> Instant {
        whole_seconds(Utc::now())
    }
}

/// A clock that runs with the machine's but can be set ahead: the demonstration's, and `--now`.
#[derive(Debug, Default)]
pub struct ShiftedClock {
    ahead_seconds: AtomicI64,
}

impl ShiftedClock {
    /// A clock that shows `now` at this moment.
    #[must_use]
    pub fn showing(now: Instant) -> Self {
        let clock = Self::default();
        clock.set(now);
        clock
    }

    /// Makes the clock show `now` and run on from there.
    pub fn set(&self, now: Instant) {
        self.ahead_seconds.store((now - SystemClock.now()).num_seconds(), Ordering::Relaxed);
    }
}

impl Clock for ShiftedClock {
    fn now(&self) -> Instant {
        SystemClock.now() + chrono::Duration::seconds(self.ahead_seconds.load(Ordering::Relaxed))
    }
}

/// A clock that stands still until it is set: tests, and the replay of `--now`.
#[derive(Debug)]
pub struct ManualClock {
    epoch_seconds: AtomicI64,
}

impl ManualClock {
    #[must_use]
    pub fn at(now: Instant) -> Self {
        Self { epoch_seconds: AtomicI64::new(now.timestamp()) }
    }

    pub fn set(&self, now: Instant) {
        self.epoch_seconds.store(now.timestamp(), Ordering::Relaxed);
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Instant {
        DateTime::from_timestamp(self.epoch_seconds.load(Ordering::Relaxed), 0).unwrap_or_default()
    }
}

fn whole_seconds(at: DateTime<Utc>) -> Instant {
    DateTime::from_timestamp(at.timestamp(), 0).unwrap_or(at)
}
