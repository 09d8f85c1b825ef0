//! When an answer is due: the one place where a limit becomes a date.
//!
//! The first day is not counted (Civil Code 2015, Art. 147); a limit in days or
//! months that ends on a day off ends on the next working day (Art. 148); a day
//! ends when the office closes. Counting takes a few look-ups in the calendar's
//! day table whatever the limit, and one step for each pause.

mod count;
mod schedule;

use std::fmt;

use chrono::NaiveDate;

use super::{
    calendar::WorkingCalendar,
    day_table::{self, DAYS},
    ledger::Ledger,
    limit::Limit,
    pause::Pause,
    time::Instant,
};

pub(super) use count::{Count, Landing};
pub use schedule::Schedule;

/// Ngày hẹn trả, with the account of how it came about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Promise {
    /// The last moment at which the answer is on time.
    pub due_at: Instant,
    /// It rests on a year whose calendar is not published, or on a calendar day
    /// that is not confirmed.
    pub provisional: bool,
    /// Every day between and why it counts or not.
    pub ledger: Ledger,
}

/// Why no date can be promised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeadlineError {
    /// Received before the first day of the calendar.
    BeforeCalendar {
        /// The first day on which a receipt can be counted from.
        first_day: NaiveDate,
    },
    /// The count runs past the last day of the day table.
    BeyondCalendar {
        /// The last day there is.
        last_day: NaiveDate,
    },
    /// The complete file is said to have arrived before the file itself.
    RestartBeforeReceipt,
    /// A pause ends before it begins.
    PauseBackwards,
}

impl fmt::Display for DeadlineError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BeforeCalendar { first_day } => {
                write!(f, "received before the calendar begins on {first_day}")
            }
            Self::BeyondCalendar { last_day } => {
                write!(f, "due after the calendar ends on {last_day}")
            }
            Self::RestartBeforeReceipt => f.write_str("restarted before it was received"),
            Self::PauseBackwards => f.write_str("a pause ends before it begins"),
        }
    }
}

impl std::error::Error for DeadlineError {}

/// The promise for a dossier received at `received`.
///
/// `restarted` is when a complete supplement arrived: the limit counts afresh from
/// it and what came before is only told in the ledger. Pauses may overlap, touch
/// and stand in any order; what lies before the start is without effect.
///
/// # Errors
/// [`DeadlineError`]; none of them depends on the time of asking.
///
/// ```
/// # use dunghen::domain::{calendar::*, deadline::due, office_hours::OfficeHours, time::{parse_instant, rfc3339}};
/// # use chrono::NaiveDate;
/// let culture_day = CalendarDay {
///     date: NaiveDate::from_ymd_opt(2026, 11, 24).unwrap(),
///     kind: DayKind::Holiday,
///     name: "Ngày Văn hóa Việt Nam".into(),
///     basis: Some("NQ 28/2026/QH16".into()),
///     confidence: Confidence::Confirmed,
/// };
/// let calendar = WorkingCalendar::new(1, &[culture_day], &OfficeHours::standard(), SAME_DAY_CUTOFF).unwrap();
/// let monday = parse_instant("2026-11-23 08:00").unwrap();
/// let promise = due(monday, None, &"2 working_day".parse().unwrap(), &[], &calendar).unwrap();
/// // Tuesday is the holiday; Wednesday and Thursday count.
/// assert_eq!(rfc3339(promise.due_at), "2026-11-26T17:00:00+07:00");
/// assert_eq!(promise.ledger.replay(&calendar), Ok(promise));
/// ```
pub fn due(
    received: Instant,
    restarted: Option<Instant>,
    limit: &Limit,
    pauses: &[Pause],
    calendar: &WorkingCalendar,
) -> Result<Promise, DeadlineError> {
    let count = Count::new(received, restarted, *limit, pauses, calendar)?;
    let landing = count.land().ok_or(beyond())?;
    let due_at = day_table::instant_of(landing.due).ok_or(beyond())?;
    let ledger = Ledger {
        calendar: calendar.version(),
        received_at: received,
        restarted_at: restarted,
        limit: *limit,
        pauses: pauses.to_vec(),
        spans: count.spans(&landing),
    };
    let provisional = calendar.table.is_doubtful(landing.relied_from, landing.due_day);
    Ok(Promise { due_at, provisional, ledger })
}

/// The date of [`due`] without the account: for previews and mass checks.
///
/// # Errors
/// As [`due`].
///
/// ```
/// # use dunghen::domain::{calendar::*, deadline::due_at, limit::Limit, office_hours::OfficeHours, time::parse_instant};
/// # let calendar = WorkingCalendar::new(1, &[], &OfficeHours::standard(), SAME_DAY_CUTOFF).unwrap();
/// // Same day, received at 15:00 sharp on a Friday: Monday's close of office hours.
/// let at = |text| parse_instant(text).unwrap();
/// assert_eq!(due_at(at("2026-11-20 15:00"), None, &Limit::SAME_DAY, &[], &calendar), Ok(at("2026-11-23 17:00")));
/// ```
pub fn due_at(
    received: Instant,
    restarted: Option<Instant>,
    limit: &Limit,
    pauses: &[Pause],
    calendar: &WorkingCalendar,
) -> Result<Instant, DeadlineError> {
    if restarted.is_none()
        && pauses.is_empty()
        && let Some(due) = calendar.schedule(*limit).due(received.timestamp())
    {
        return day_table::instant_at(due).ok_or(beyond());
    }
    let landing = Count::new(received, restarted, *limit, pauses, calendar)?.land();
    landing.and_then(|landing| day_table::instant_of(landing.due)).ok_or(beyond())
}

pub(super) fn beyond() -> DeadlineError {
    DeadlineError::BeyondCalendar { last_day: day_table::date_of(DAYS - 1) }
}
