//! The one new date of an apology (NĐ 118/2025 Art. 19(6)): a working day after today, once.

use chrono::NaiveDate;

use super::calendar::WorkingCalendar;
use super::time::{Instant, civil_day};

/// How far the new date may lie ahead, in working days after the day of the apology.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewDatePolicy {
    /// Share of the working days of the first promise that the automatic new date grants.
    pub share_percent: u32,
    pub min_working_days: u32,
    pub max_working_days: u32,
}

/// Why a proposed new date is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NewDateError {
    /// Today or earlier.
    NotAfterToday,
    NotAWorkingDay,
    /// Not later than the promise it is to replace.
    NotAfterThePromise,
    /// Further ahead than the policy allows; `latest` is the last day it allows.
    TooFar {
        latest: NaiveDate,
    },
    /// The calendar's table ends before that day.
    BeyondCalendar,
}

/// The day the system proposes: a share of the days that the first promise had, within bounds.
///
/// # Errors
/// [`NewDateError::BeyondCalendar`] when the calendar does not reach that far.
pub fn propose(
    now: Instant,
    received_at: Instant,
    due_at: Instant,
    policy: NewDatePolicy,
    calendar: &WorkingCalendar,
) -> Result<NaiveDate, NewDateError> {
    let granted = calendar.working_days_between(civil_day(received_at), civil_day(due_at));
    let share = granted.saturating_mul(policy.share_percent).div_ceil(100);
    let days = share.clamp(policy.min_working_days.max(1), policy.max_working_days.max(policy.min_working_days).max(1));
    let after = civil_day(now).max(civil_day(due_at));
    calendar.nth_working_day_after(after, days).ok_or(NewDateError::BeyondCalendar)
}

/// Holds a proposed day against the law and the policy.
///
/// # Errors
/// The first rule that the day breaks.
pub fn check(
    day: NaiveDate,
    now: Instant,
    due_at: Instant,
    policy: NewDatePolicy,
    calendar: &WorkingCalendar,
) -> Result<NaiveDate, NewDateError> {
    if day <= civil_day(now) {
        return Err(NewDateError::NotAfterToday);
    }
    if day <= civil_day(due_at) {
        return Err(NewDateError::NotAfterThePromise);
    }
    if !calendar.is_working_day(day) {
        return Err(NewDateError::NotAWorkingDay);
    }
    let after = civil_day(now).max(civil_day(due_at));
    let latest =
        calendar.nth_working_day_after(after, policy.max_working_days.max(1)).ok_or(NewDateError::BeyondCalendar)?;
    if day > latest {
        return Err(NewDateError::TooFar { latest });
    }
    Ok(day)
}
