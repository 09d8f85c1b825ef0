//! Time travel of the demonstration: the clock is walked forward in steps of a few hours, and at
//! each the office does what its jobs would have done, so that notices and letters carry their dates.

use chrono::{Duration, Timelike};

use crate::domain::time::{Instant, civil_day, instant, local};
use crate::store::sessions::{self, Session};

use super::error::{FieldError, OfficeResult, Problem};
use super::sweep::Run;
use super::{Office, ids};

/// Hours between two stops.
const STRIDE_HOURS: i64 = 4;
/// The farthest a walk goes, so that it ends within seconds.
const MOST_DAYS: i64 = 31;

/// From this hour on the digest of the day is made.
const MORNING: u32 = 7;

/// How far the visitor wants to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stride {
    Hour,
    /// The same time on the next working day.
    WorkingDay,
    Week,
    To(Instant),
}

impl Office {
    /// Where a walk from `now` ends.
    ///
    /// # Errors
    /// Back in time, or too far ahead.
    pub fn walk_end(&self, now: Instant, stride: Stride) -> OfficeResult<Instant> {
        let end = match stride {
            Stride::Hour => now + Duration::hours(1),
            Stride::Week => now + Duration::days(7),
            Stride::WorkingDay => self.reading(|_, rules| {
                let day = rules.calendar.nth_working_day_after(civil_day(now), 1);
                Ok(day.map_or(now + Duration::days(1), |day| instant(day.and_time(local(now).time()))))
            })?,
            Stride::To(at) => at,
        };
        if end <= now || end > now + Duration::days(MOST_DAYS) {
            return Err(FieldError::new("at", crate::domain::time::rfc3339(end), Problem::NotAnInstant).into());
        }
        Ok(end)
    }

    /// Walks from `now` to `end`; `arrived` hears of each stop after what was due there is done.
    ///
    /// # Errors
    /// The database; what was done before stays done.
    pub fn walk(&self, now: Instant, end: Instant, arrived: &dyn Fn(Instant)) -> OfficeResult<()> {
        let mut at = now;
        while at < end {
            at = (at + Duration::hours(STRIDE_HOURS)).min(end);
            self.sweep(at, Run::Real)?;
            if local(at).hour() >= MORNING {
                self.digest(at)?;
            }
            self.dispatch(at)?;
            arrived(at);
        }
        Ok(())
    }

    /// A fresh session for somebody whose own would have ended on the way.
    ///
    /// # Errors
    /// The database.
    pub fn session_again(&self, now: Instant, account_id: &str) -> OfficeResult<String> {
        let token = ids::secret()?;
        let session = Session {
            token_hash: ids::secret_hash(&token),
            account_id: account_id.to_owned(),
            csrf: ids::secret()?,
            created_at: now,
            expires_at: now + Duration::hours(self.settings().security.session_hours),
        };
        self.store().write(|tx| sessions::insert(tx, session))?;
        Ok(token)
    }
}
