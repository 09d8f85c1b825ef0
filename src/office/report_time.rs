//! What the summary says of time: how old the open files are, and how long files needed.

use serde::Serialize;

use crate::domain::ageing::{AgeBand, DueBand, ages};
use crate::domain::calendar::WorkingCalendar;
use crate::domain::limit::LimitUnit;
use crate::domain::rates::Rate;
use crate::domain::summary::{Bucket, Counted, Period};
use crate::domain::survival::Survival;
use crate::store::{Conn, needs};

use super::error::OfficeResult;
use super::known::Unknown;
use super::report_procedures::course;

/// The files in progress by their age and by their promise; each list adds up to them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Ageing {
    pub since_receipt: Vec<AgeLine>,
    pub against_promise: Vec<DueLine>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AgeLine {
    /// Working days.
    pub band: AgeBand,
    pub total: u64,
    pub in_time: u64,
    pub overdue: u64,
    pub paused: u64,
    pub no_promise: u64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DueLine {
    pub band: DueBand,
    pub total: u64,
}

/// Working days that the files received in the period needed, open ones as needing at least so much.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct WorkingTime {
    pub cases: u64,
    /// Those without a result.
    pub censored: u64,
    /// `None`: too many are open to say.
    pub median: Option<u32>,
    pub p90: Option<u32>,
}

impl Ageing {
    pub(super) fn of(files: &[Counted], period: &Period, calendar: &WorkingCalendar) -> Self {
        let open: Vec<_> = files.iter().filter_map(|file| Some((file, ages(file, period, calendar)?))).collect();
        let line = |band: &AgeBand| {
            let aged = open.iter().filter(|(_, (age, _))| age == band);
            let of = |bucket| count(aged.clone().filter(|(file, _)| file.is_in(bucket, period)));
            AgeLine {
                band: *band,
                total: count(aged.clone()),
                in_time: of(Bucket::InTime),
                overdue: of(Bucket::Overdue),
                paused: of(Bucket::Paused),
                no_promise: of(Bucket::NoPromise),
            }
        };
        let due =
            |band: &DueBand| DueLine { band: *band, total: count(open.iter().filter(|(_, (_, due))| due == band)) };
        Self {
            since_receipt: AgeBand::ALL.iter().map(line).collect(),
            against_promise: DueBand::ALL.iter().map(due).collect(),
        }
    }

    /// Whether both lists hold all of so many open files.
    pub(super) fn adds_up(&self, open: u64) -> bool {
        let parts = |line: &AgeLine| line.total == line.in_time + line.overdue + line.paused + line.no_promise;
        self.since_receipt.iter().all(parts)
            && self.since_receipt.iter().map(|line| line.total).sum::<u64>() == open
            && self.against_promise.iter().map(|line| line.total).sum::<u64>() == open
    }
}

fn count<T>(found: impl Iterator<Item = T>) -> u64 {
    u64::try_from(found.count()).unwrap_or(u64::MAX)
}

impl WorkingTime {
    pub(super) fn of(
        conn: &mut Conn,
        agency_id: &str,
        period: &Period,
        calendar: &WorkingCalendar,
    ) -> OfficeResult<Self> {
        let mut observed = Vec::new();
        let mut needs = needs::at_cut(conn, agency_id, period.begins, period.cut)?;
        Unknown::of(conn, period)?.forget_needs(&mut needs, period);
        for need in needs {
            observed.push(course(&need, period.cut)?.observed(LimitUnit::WorkingDay, calendar));
        }
        let needed = Survival::of(observed);
        Ok(Self {
            cases: needed.cases(),
            censored: needed.censored(),
            median: needed.reached_by(Rate { of: 1, total: 2 }),
            p90: needed.reached_by(Rate { of: 9, total: 10 }),
        })
    }
}
