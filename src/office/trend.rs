//! The summary month by month, and the period it shows when nobody asks for another.

use chrono::{Datelike, Duration, Months, NaiveDate};

use crate::domain::summary::Summary;
use crate::domain::time::{Instant, civil_day, day_begins};

use super::Office;
use super::error::OfficeResult;
use super::figures::Month;
use super::report::{Question, RateFigure};

/// Months of the trend, the current one last.
const MONTHS: usize = 12;

/// One month of the trend.
#[derive(Debug, Clone)]
pub struct TrendPoint {
    pub year: i32,
    pub month: u32,
    pub on_time: RateFigure,
    /// The rate that is held against the target.
    pub online: RateFigure,
}

/// The whole month in which `now` falls.
#[must_use]
pub fn this_month(now: Instant) -> Question {
    whole_month(first_of_month(civil_day(now)))
}

/// The month that begins on `first`.
#[must_use]
pub fn whole_month(first: NaiveDate) -> Question {
    Question { from: first, to: last_of_month(first), ..Question::default() }
}

/// The first day of the month so many months before the one that begins on `first`.
#[must_use]
pub(super) fn months_before(first: NaiveDate, back: u32) -> Option<NaiveDate> {
    first.checked_sub_months(Months::new(back))
}

/// The midnight at which the month ends that begins on `first`.
#[must_use]
pub(super) fn ends_at(first: NaiveDate) -> Instant {
    day_begins(last_of_month(first) + Duration::days(1))
}

/// The question with its "as of" fixed, so that the same is counted when it is asked again.
#[must_use]
pub fn pinned(question: &Question, now: Instant) -> Question {
    // A report without "as of" sees what happened up to and at this very second.
    let seen = question.as_of.unwrap_or(now + Duration::seconds(1));
    Question { as_of: Some(seen), ..question.clone() }
}

impl Office {
    /// The last twelve months up to `now`; closed months as they were counted once.
    ///
    /// # Errors
    /// The database.
    pub fn trend(&self, now: Instant) -> OfficeResult<Vec<TrendPoint>> {
        let measure = self.settings().targets.online_measure;
        let current = this_month(now);
        let point = |month: Month| TrendPoint {
            year: month.first.year(),
            month: month.first.month(),
            on_time: month.on_time.into(),
            online: month.online.into(),
        };
        let mut points: Vec<TrendPoint> = self.months_before(&current)?.into_iter().map(point).collect();
        let period = current.period(now)?;
        let (_, files) = self.counted(&current, &period)?;
        points.push(point(Month::of(measure, current.from, &Summary::of(files.iter(), &period).counts())));
        Ok(points.split_off(points.len().saturating_sub(MONTHS)))
    }
}

fn first_of_month(day: NaiveDate) -> NaiveDate {
    day.with_day(1).unwrap_or(day)
}

fn last_of_month(first: NaiveDate) -> NaiveDate {
    first.checked_add_months(Months::new(1)).and_then(|next| next.pred_opt()).unwrap_or(first)
}
