//! The public statistics: per procedure what is promised and what was really needed. Computed by a job and
//! kept; what speaks of few files is left out before it is kept.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::channel::Channel;
use crate::domain::limit::LimitUnit;
use crate::domain::rates::Rate;
use crate::domain::time::{Instant, rfc3339};
use crate::store::kept;

use super::Office;
use super::error::OfficeResult;
use super::report_procedures::{ProcedureLine, last_year};
use super::trend::pinned;

const STATISTICS: &str = "public_statistics";

/// What everybody may read, of the files received in a period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statistics {
    pub as_of: Instant,
    pub from: NaiveDate,
    pub to: NaiveDate,
    /// The most files first.
    pub lines: Vec<PublicLine>,
    /// Procedures with files, but too few.
    pub withheld: u64,
}

/// A procedure, or one channel of it where the limits differ by channel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicLine {
    pub code: String,
    pub name: String,
    pub channel: Option<Channel>,
    /// The law's limit, and the office's shorter one.
    pub statutory: (u32, LimitUnit),
    pub commitment: Option<(u32, LimitUnit)>,
    pub cases: u64,
    /// In the unit of the law's limit; `None`: too many are open to say.
    pub median: Option<u32>,
    pub p90: Option<u32>,
    /// Of the files that were finished or are late; `None` when these are too few.
    pub on_time: Option<Rate>,
}

/// How a calculation went.
#[derive(Debug, Clone, Default, Serialize)]
pub struct StatisticsReport {
    pub as_of: String,
    pub published: usize,
    pub withheld: u64,
}

impl Office {
    /// The statistics as they were last computed; `None`: never.
    ///
    /// # Errors
    /// The database.
    pub fn statistics(&self) -> OfficeResult<Option<Statistics>> {
        let text = self.reading(|conn, rules| Ok(kept::get(conn, &rules.own_name(STATISTICS))?))?;
        Ok(text.and_then(|text| serde_json::from_str(&text).ok()))
    }

    /// Computes the statistics of the last twelve months and keeps them.
    ///
    /// # Errors
    /// The database.
    pub fn refresh_statistics(&self, now: Instant) -> OfficeResult<StatisticsReport> {
        self.for_each(
            |office| office.refresh_own_statistics(now),
            |sum: &mut StatisticsReport, part| {
                sum.as_of = part.as_of;
                sum.published += part.published;
                sum.withheld += part.withheld;
            },
        )
    }

    fn refresh_own_statistics(&self, now: Instant) -> OfficeResult<StatisticsReport> {
        let question = pinned(&last_year(now), now);
        let enough = self.settings().public.statistics_min_cases;
        let report = self.procedures_report(now, &question, None)?;
        let (many, few): (Vec<_>, Vec<_>) =
            report.procedures.into_iter().filter(|line| line.cases > 0).partition(|line| line.cases >= enough);
        let mut lines: Vec<PublicLine> = many.into_iter().map(|line| published(line, enough)).collect();
        lines.sort_by(|a, b| b.cases.cmp(&a.cases).then_with(|| a.code.cmp(&b.code)));
        let statistics = Statistics {
            as_of: question.as_of.unwrap_or(now),
            from: question.from,
            to: question.to,
            withheld: u64::try_from(few.len()).unwrap_or(u64::MAX),
            lines,
        };
        let text = serde_json::to_string(&statistics)?;
        self.writing(|tx, rules| Ok(kept::put(tx, &rules.own_name(STATISTICS), &text)?))?;
        Ok(StatisticsReport {
            as_of: rfc3339(statistics.as_of),
            published: statistics.lines.len(),
            withheld: statistics.withheld,
        })
    }
}

fn published(line: ProcedureLine, enough: u64) -> PublicLine {
    PublicLine {
        statutory: (line.statutory, line.unit),
        commitment: line.commitment.zip(line.commitment_unit),
        on_time: Some(line.on_time).filter(|rate| rate.total >= enough),
        code: line.code,
        name: line.name,
        channel: line.channel,
        cases: line.cases,
        median: line.median,
        p90: line.p90,
    }
}
