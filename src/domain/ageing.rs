//! How old open files are, and how far from their promise: bands of working days.

use super::calendar::WorkingCalendar;
use super::summary::{Counted, Period};
use super::text_enum;
use super::time::civil_day;
use super::timeliness::Timeliness;
use super::working_time::working_days_late;

text_enum! {
    /// Working days since the day of receipt, which is not counted.
    AgeBand {
        To5 = "0-5",
        To10 = "6-10",
        To20 = "11-20",
        To30 = "21-30",
        More = "31-",
    }
}

text_enum! {
    /// Working days until the promise or past it.
    DueBand {
        Over10 = "over_11-",
        Over5 = "over_6-10",
        Over0 = "over_1-5",
        /// past the hour of the due day itself
        OverToday = "over_0",
        DueToday = "left_0",
        Left5 = "left_1-5",
        Left10 = "left_6-10",
        LeftMore = "left_11-",
        /// the clock stands still
        Paused = "paused",
        NoPromise = "no_promise",
    }
}

impl AgeBand {
    #[must_use]
    pub const fn of(days: u32) -> Self {
        match days {
            0..=5 => Self::To5,
            6..=10 => Self::To10,
            11..=20 => Self::To20,
            21..=30 => Self::To30,
            31.. => Self::More,
        }
    }
}

/// Where a file that is open at the cut stands; `None`: it is closed.
#[must_use]
pub fn ages(file: &Counted, period: &Period, calendar: &WorkingCalendar) -> Option<(AgeBand, DueBand)> {
    // The cut itself is not seen: at midnight the day before is the last one.
    let seen = period.cut - chrono::Duration::seconds(1);
    let due = match file.verdict(period) {
        Timeliness::Early | Timeliness::OnTime | Timeliness::Late | Timeliness::ClosedWithoutPromise => return None,
        Timeliness::Paused => DueBand::Paused,
        Timeliness::NoPromise => DueBand::NoPromise,
        Timeliness::Overdue => match file.due_at.map_or(0, |due_at| working_days_late(due_at, seen, calendar)) {
            0 => DueBand::OverToday,
            1..=5 => DueBand::Over0,
            6..=10 => DueBand::Over5,
            11.. => DueBand::Over10,
        },
        Timeliness::Running => match file.due_at.map_or(0, |due_at| working_days_late(seen, due_at, calendar)) {
            0 => DueBand::DueToday,
            1..=5 => DueBand::Left5,
            6..=10 => DueBand::Left10,
            11.. => DueBand::LeftMore,
        },
    };
    let days = calendar.working_days_between(civil_day(file.received_at), civil_day(seen));
    Some((AgeBand::of(days), due))
}
