//! The index of QĐ 766 as far as our records tell it, and the self-scoring sheet of a local PAR INDEX.

use std::collections::HashSet;

use serde::Serialize;

use crate::domain::channel::{Channel, ServiceLevel};
use crate::domain::index_766::{IndexGroup, IndexPart, Score, Source};
use crate::domain::rates::Rate;
use crate::domain::self_score::{self, ScoreStep, SelfScoreItem};
use crate::domain::summary::{Bucket, Counted, Period, Summary};
use crate::domain::text_enum;
use crate::domain::time::Instant;
use crate::render::index_words::{self, INDEX_SOURCE, PartWords, SELF_SCORE_SOURCE};

use super::error::OfficeResult;
use super::report::{Head, Question};
use super::{Office, Rules};

/// The index of a period: points of what our records can tell, out of a hundred.
#[derive(Debug, Clone, Serialize)]
pub struct IndexReport {
    #[serde(flatten)]
    pub head: Head,
    /// The sum of the points as they are printed.
    pub points: String,
    /// The most that the parts with points give together.
    pub supported: String,
    pub most: String,
    pub groups: Vec<IndexGroupLine>,
    pub source: &'static str,
}

#[derive(Debug, Clone, Serialize)]
pub struct IndexGroupLine {
    pub key: IndexGroup,
    pub name: &'static str,
    pub points: String,
    pub supported: String,
    pub most: String,
    pub parts: Vec<ScoredLine<IndexPart>>,
}

text_enum! {
    /// Whether a part or an item has points.
    Told {
        Scored = "scored",
        /// nothing of the kind was counted in the period
        NoCases = "no_cases",
        /// our records do not tell
        Missing = "missing",
    }
}

/// A part of the index, or an item of the sheet.
#[derive(Debug, Clone, Serialize)]
pub struct ScoredLine<K> {
    pub key: K,
    pub name: &'static str,
    pub formula: &'static str,
    pub state: Told,
    /// What the records would have to tell.
    pub missing: Option<&'static str>,
    pub of: Option<u64>,
    pub total: Option<u64>,
    pub percent: Option<String>,
    /// Of a part: from which share on it gives all points.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub full_at_percent: Option<String>,
    pub points: Option<String>,
    pub most: String,
    /// Of an item: from these shares on so many points, the highest first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub steps: Option<Vec<StepLine>>,
    /// The lists behind the two numbers, where they are files.
    #[serde(skip)]
    pub buckets: Option<(Bucket, Bucket)>,
}

/// The sheet of a period.
#[derive(Debug, Clone, Serialize)]
pub struct SelfScoreReport {
    #[serde(flatten)]
    pub head: Head,
    pub points: String,
    /// The most that the scored items give together, and all of them.
    pub supported: String,
    pub most: String,
    pub items: Vec<ScoredLine<SelfScoreItem>>,
    pub source: &'static str,
}

#[derive(Debug, Clone, Serialize)]
pub struct StepLine {
    pub from_percent: String,
    pub points: String,
}

impl Office {
    /// The index of a period.
    ///
    /// # Errors
    /// A wrong period or agency; or the database.
    pub fn index_report(&self, now: Instant, question: &Question) -> OfficeResult<IndexReport> {
        let period = question.period(now)?;
        let (agency, files) = self.counted(question, &period)?;
        let summary = Summary::of(files.iter(), &period);
        let procedures = self.reading(|_, rules| Ok(Procedures::of(rules, &period, &files)))?;
        let mut whole = Sum::default();
        let group = |group: &IndexGroup| {
            let mut sum = Sum::default();
            let parts = IndexPart::ALL.iter().filter(|part| part.group() == *group);
            let parts = parts.map(|part| sum.part(*part, procedures.rate(part.source(), &summary))).collect();
            whole.add(&sum);
            let Sum { points, supported, most } = sum;
            IndexGroupLine {
                key: *group,
                name: index_words::group(*group).0,
                points: points.to_string(),
                supported: supported.to_string(),
                most: most.to_string(),
                parts,
            }
        };
        let groups = IndexGroup::ALL.iter().map(group).collect();
        Ok(IndexReport {
            head: question.head(now, agency),
            points: whole.points.to_string(),
            supported: whole.supported.to_string(),
            most: whole.most.to_string(),
            groups,
            source: INDEX_SOURCE.0,
        })
    }

    /// The self-scoring sheet of a period.
    ///
    /// # Errors
    /// As [`Office::index_report`].
    pub fn self_score(&self, now: Instant, question: &Question) -> OfficeResult<SelfScoreReport> {
        let period = question.period(now)?;
        let (agency, files) = self.counted(question, &period)?;
        let summary = Summary::of(files.iter(), &period);
        let mut sum = Sum::default();
        let line = |item: &SelfScoreItem| {
            let buckets = item.buckets();
            let rate = buckets.map(|(of, total)| Rate { of: summary.count(of), total: summary.count(total) });
            let (steps, most) = self.settings().par_index.item(*item);
            let points = rate.and_then(|rate| self_score::points(&steps, rate));
            let line = sum.line(*item, index_words::item(*item), rate, (points, most));
            ScoredLine { steps: Some(steps.iter().map(step).collect()), buckets, ..line }
        };
        let items = SelfScoreItem::ALL.iter().map(line).collect();
        Ok(SelfScoreReport {
            head: question.head(now, agency),
            points: sum.points.to_string(),
            supported: sum.supported.to_string(),
            most: sum.most.to_string(),
            items,
            source: SELF_SCORE_SOURCE.0,
        })
    }
}

fn step(step: &ScoreStep) -> StepLine {
    StepLine { from_percent: step.from.to_string(), points: step.points.to_string() }
}

fn told(rate: Option<Rate>, points: Option<Score>) -> Told {
    match (rate, points) {
        (None, _) => Told::Missing,
        (Some(_), None) => Told::NoCases,
        (Some(_), Some(_)) => Told::Scored,
    }
}

/// Points as they are printed: their sum is what a person gets who adds them up.
#[derive(Debug, Default)]
struct Sum {
    points: Score,
    supported: Score,
    most: Score,
}

impl Sum {
    fn count(&mut self, points: Option<Score>, most: Score) {
        self.most.0 += most.0;
        if let Some(points) = points {
            self.points.0 += points.0;
            self.supported.0 += most.0;
        }
    }

    fn add(&mut self, other: &Self) {
        self.points.0 += other.points.0;
        self.supported.0 += other.supported.0;
        self.most.0 += other.most.0;
    }

    /// Counts the points of a line, and tells them.
    fn line<K>(
        &mut self,
        key: K,
        words: PartWords,
        rate: Option<Rate>,
        (points, most): (Option<Score>, Score),
    ) -> ScoredLine<K> {
        self.count(points, most);
        let PartWords { name, formula, missing } = words;
        ScoredLine {
            key,
            name: name.0,
            formula: formula.0,
            state: told(rate, points),
            missing: Some(missing.0).filter(|text| !text.is_empty()),
            of: rate.map(|rate| rate.of),
            total: rate.map(|rate| rate.total),
            percent: rate.and_then(Rate::percent).map(|percent| percent.to_string()),
            full_at_percent: None,
            points: points.map(|points| points.to_string()),
            most: most.to_string(),
            steps: None,
            buckets: None,
        }
    }

    fn part(&mut self, part: IndexPart, rate: Option<Rate>) -> ScoredLine<IndexPart> {
        let points = rate.and_then(|rate| part.points(rate));
        let line = self.line(part, index_words::part(part), rate, (points, part.most()));
        let buckets = match part.source() {
            Source::Files(of, total) => Some((of, total)),
            Source::OfferedProcedures | Source::UsedProcedures | Source::Nothing => None,
        };
        ScoredLine { full_at_percent: Some(part.full_at().to_string()), buckets, ..line }
    }
}

/// Procedures at the cut: all, those offered online, and those of them that had online files in the period.
struct Procedures {
    all: u64,
    offered: u64,
    used: u64,
}

impl Procedures {
    fn of(rules: &Rules, period: &Period, files: &[Counted]) -> Self {
        let online =
            files.iter().filter(|file| file.channel == Channel::Online && file.is_in(Bucket::ReceivedInPeriod, period));
        let used: HashSet<&str> = online
            .filter_map(|file| rules.procedure_version(&file.procedure_id))
            .map(|version| version.row.code.as_str())
            .collect();
        let mut found = Self { all: 0, offered: 0, used: 0 };
        for version in rules.procedures_at(period.cut - chrono::Duration::seconds(1)) {
            let offered = version.row.service_level != ServiceLevel::None;
            found.all += 1;
            found.offered += u64::from(offered);
            found.used += u64::from(offered && used.contains(version.row.code.as_str()));
        }
        found
    }

    fn rate(&self, source: Source, summary: &Summary) -> Option<Rate> {
        match source {
            Source::Files(of, total) => Some(Rate { of: summary.count(of), total: summary.count(total) }),
            Source::OfferedProcedures => Some(Rate { of: self.offered, total: self.all }),
            Source::UsedProcedures => Some(Rate { of: self.used, total: self.offered }),
            Source::Nothing => None,
        }
    }
}
