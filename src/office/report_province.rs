//! The summary of every agency of the install, ranked, and the whole that they add up to.

use std::cmp::Ordering;

use serde::Serialize;

use crate::domain::indicator::Indicator;
use crate::domain::rates::Rate;
use crate::domain::summary::{Bucket, Summary};
use crate::domain::time::Instant;
use crate::render::report_words::{Definition, definitions};

use super::error::OfficeResult;
use super::report::{Head, Question, SummaryFigures};
use super::{Office, OfficeError};

#[derive(Debug, Clone, Serialize)]
pub struct ProvinceReport {
    #[serde(flatten)]
    pub head: Head,
    /// The best first; those without a rate at the end, by code.
    pub agencies: Vec<AgencyLine>,
    pub total: SummaryFigures,
    /// Of all: late, done or not, without a letter of apology.
    pub unapologised: u64,
    pub definitions: Vec<Definition>,
}

#[derive(Debug, Clone, Serialize)]
pub struct AgencyLine {
    /// By the on-time rate; who has the same rate has the same rank. `None`: nothing to be ranked by.
    pub rank: Option<u64>,
    pub code: String,
    pub name: String,
    #[serde(flatten)]
    pub figures: SummaryFigures,
    /// Late, done or not, without a letter of apology.
    pub unapologised: u64,
}

impl Office {
    /// The figures of a period by agency.
    ///
    /// # Errors
    /// A wrong period; the database; [`OfficeError::Broken`] when the agencies do not add up.
    pub fn province_report(&self, now: Instant, question: &Question) -> OfficeResult<ProvinceReport> {
        let all = self.everywhere();
        let period = question.period(now)?;
        let mut parts = Vec::new();
        for agency in all.agencies()? {
            let asked = Question { agency: Some(agency.code.clone()), ..question.clone() };
            let summary = Summary::of(all.counted(&asked, &period)?.1.iter(), &period);
            // The centre of the province is one of the agencies only where it receives files itself.
            if !agency.oversees || summary.count(Bucket::Received) > 0 {
                parts.push((agency, summary));
            }
        }
        let whole = Summary::sum(parts.iter().map(|(_, summary)| summary));
        if !whole.is_consistent() || !parts.iter().all(|(_, summary)| summary.is_consistent()) {
            return Err(OfficeError::Broken("the agencies do not add up to the province".to_owned()));
        }
        let on_time = |summary: &Summary| summary.rate(Indicator::OnTime);
        parts.sort_by(|(a, one), (b, other)| better(on_time(one), on_time(other)).then_with(|| a.code.cmp(&b.code)));
        let mut agencies: Vec<AgencyLine> = Vec::with_capacity(parts.len());
        let mut last: Option<(Rate, u64)> = None;
        for (place, (agency, summary)) in (1..).zip(&parts) {
            let rate = on_time(summary);
            let tied = last.filter(|(before, _)| better(*before, rate) == Ordering::Equal).map(|(_, rank)| rank);
            let rank = (rate.total > 0).then(|| tied.unwrap_or(place));
            last = rank.map(|rank| (rate, rank));
            agencies.push(AgencyLine {
                rank,
                code: agency.code.clone(),
                name: agency.name.clone(),
                figures: SummaryFigures::of(summary),
                unapologised: unapologised(summary),
            });
        }
        Ok(ProvinceReport {
            head: question.head(now, String::new()),
            agencies,
            total: SummaryFigures::of(&whole),
            unapologised: unapologised(&whole),
            definitions: definitions(Indicator::ALL),
        })
    }
}

fn unapologised(summary: &Summary) -> u64 {
    summary.count(Bucket::LateAll).saturating_sub(summary.count(Bucket::ApologyGiven))
}

/// Which rate comes first: the higher, compared as fractions so that no rounding makes a tie; none comes last.
fn better(one: Rate, other: Rate) -> Ordering {
    let wide = u128::from;
    match (one.total, other.total) {
        (0, 0) => Ordering::Equal,
        (0, _) => Ordering::Greater,
        (_, 0) => Ordering::Less,
        (a, b) => (wide(other.of) * wide(a)).cmp(&(wide(one.of) * wide(b))),
    }
}

#[cfg(test)]
mod tests {
    use std::cmp::Ordering;

    use super::{Rate, better};

    #[test]
    fn rates_are_compared_exactly_and_no_data_is_last() {
        let rate = |of, total| Rate { of, total };
        assert_eq!(better(rate(9_999, 10_000), rate(99_991, 100_000)), Ordering::Greater);
        assert_eq!(better(rate(1, 2), rate(50, 100)), Ordering::Equal);
        assert_eq!(better(rate(0, 5), rate(0, 0)), Ordering::Less);
        assert_eq!(better(rate(0, 0), rate(0, 0)), Ordering::Equal);
    }
}
