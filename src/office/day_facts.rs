//! Facts of past days for the reports: made by a job from the files, day by day, and made anew for a day that
//! something touched.

use chrono::NaiveDate;
use serde::Serialize;

use crate::domain::time::{Instant, civil_day};
use crate::store::day_facts;

use super::{Office, OfficeResult};

/// Days made in one transaction: few enough that clerks at the counter never wait long.
const DAYS: usize = 5;

/// What was made.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct FactsReport {
    pub days: u64,
    /// The files that ended on these days.
    pub files: u64,
}

impl Office {
    /// Keeps the facts of every day before today that has none. `told` hears how many of how many days of an agency
    /// are done.
    ///
    /// # Errors
    /// The database; what was made before stays.
    pub fn keep_facts(&self, now: Instant, told: &dyn Fn(u64, u64)) -> OfficeResult<FactsReport> {
        self.for_each(
            |office| office.keep_own_facts(civil_day(now), told),
            |sum: &mut FactsReport, part| {
                sum.days += part.days;
                sum.files += part.files;
            },
        )
    }

    /// The same for all days: what is there is thrown away first.
    ///
    /// # Errors
    /// The database; until all is made, reports read the files.
    pub fn keep_facts_anew(&self, now: Instant, told: &dyn Fn(u64, u64)) -> OfficeResult<FactsReport> {
        self.for_each(
            |office| office.writing(|tx, rules| Ok(day_facts::forget_all(tx, &rules.agency()?.id)?)),
            |(), ()| {},
        )?;
        self.keep_facts(now, told)
    }

    fn keep_own_facts(&self, today: NaiveDate, told: &dyn Fn(u64, u64)) -> OfficeResult<FactsReport> {
        let (agency_id, days) = self.reading(|conn, rules| {
            let agency_id = rules.agency()?.id.clone();
            let days = day_facts::missing(conn, &agency_id, today)?;
            Ok((agency_id, days))
        })?;
        let mut report = FactsReport::default();
        let total = u64::try_from(days.len()).unwrap_or(u64::MAX);
        for some in days.chunks(DAYS) {
            told(report.days, total);
            report.files += self.writing(|tx, _| {
                let mut files = 0;
                for day in some {
                    files += day_facts::keep(tx, &agency_id, *day)?;
                }
                Ok(files)
            })?;
            report.days += u64::try_from(some.len()).unwrap_or(0);
        }
        Ok(report)
    }
}
