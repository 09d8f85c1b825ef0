//! The board for the screen in the hall: what can be collected, what is expected today, what was
//! rescheduled with an apology. Everybody reads it, so it knows no more than codes and names to shorten.

use chrono::{Days, Duration};

use crate::domain::time::{Instant, civil_day, day_begins};
use crate::store::hall::{self, Shown};

use super::Office;
use super::error::OfficeResult;

/// The most lines of a part.
const MOST: i64 = 400;

/// The board as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hall {
    pub at: Instant,
    pub ready: Vec<Shown>,
    pub today: Vec<Shown>,
    /// With a new date of today or later.
    pub rescheduled: Vec<Shown>,
}

impl Office {
    /// What the board shows at `now`.
    ///
    /// # Errors
    /// The database.
    pub fn hall(&self, now: Instant) -> OfficeResult<Hall> {
        let today = civil_day(now);
        let (begins, ends) = (day_begins(today), day_begins(today.checked_add_days(Days::new(1)).unwrap_or(today)));
        let since = begins - Duration::days(self.settings().public.board_ready_days);
        self.reading(|conn, _| {
            Ok(Hall {
                at: now,
                ready: hall::ready(conn, since, MOST)?,
                today: hall::promised(conn, begins, ends, MOST)?,
                rescheduled: hall::rescheduled(conn, begins, MOST)?,
            })
        })
    }
}
