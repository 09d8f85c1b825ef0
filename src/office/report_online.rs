//! The online ratios of a period: of the agency, and by procedure, field and unit what each adds to the gap.

use serde::Serialize;

use crate::config::OnlineMeasure;
use crate::domain::channel::ServiceLevel;
use crate::domain::contribution::{Contribution, Contributions, Points};
use crate::domain::indicator::Indicator;
use crate::domain::rates::{Percent, Rate};
use crate::domain::summary::{Bucket, Counted, Period, rate};
use crate::domain::time::Instant;
use crate::render::report_words::{Definition, definitions, filer_name, forecast_definition};

use super::error::OfficeResult;
use super::report::{Filer, Head, OnlineTarget, Question, RateFigure};
use super::report_behind::Filers;
use super::report_groups::{Group, Grouping};
use super::{Office, Rules};

#[derive(Debug, Clone, Serialize)]
pub struct OnlineReport {
    #[serde(flatten)]
    pub head: Head,
    pub target: OnlineAim,
    pub ratios: Vec<OnlineRatio>,
    /// Offered online, received in the period, and none of the files online; most files first.
    pub never_online: Vec<NeverOnline>,
    pub definitions: Vec<Definition>,
}

/// The target of the settings for the year in which the period ends.
#[derive(Debug, Clone, Serialize)]
pub struct OnlineAim {
    pub percent: String,
    /// By which year it has to be reached.
    pub year: u16,
    /// Who asks for it.
    pub source: String,
    /// The ratio that is held against it.
    pub measure: Indicator,
}

/// One of the three ratios.
#[derive(Debug, Clone, Serialize)]
pub struct OnlineRatio {
    pub key: Indicator,
    #[serde(flatten)]
    pub rate: RateFigure,
    /// Of the files that have the quality, those that an officer filled in with the citizen.
    pub assisted: u64,
    /// Percentage points below the target, negative above it; `None` without data.
    pub gap_points: Option<String>,
    pub target: OnlineTarget,
    /// The parts of the gap, the largest first: they add up to it. Groups without files are left out.
    pub by_procedure: Vec<OnlinePart>,
    pub by_field: Vec<OnlinePart>,
    pub by_unit: Vec<OnlinePart>,
    /// By who filled the files in: officers of the centre, representatives, everybody else.
    pub by_filer: Vec<OnlinePart>,
}

/// A group of files.
#[derive(Debug, Clone, Serialize)]
pub struct OnlinePart {
    pub code: String,
    pub name: String,
    #[serde(flatten)]
    pub rate: RateFigure,
    pub assisted: u64,
    /// Percentage points by which it lowers the agency's ratio against the target; negative: it lifts it.
    pub points: String,
    /// Further files, all of them online, until the group itself meets the target.
    pub more_needed: Option<u64>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NeverOnline {
    pub code: String,
    pub name: String,
    pub field: String,
    pub service_level: ServiceLevel,
    /// Received in the period, by counter and post.
    pub files: u64,
}

impl Office {
    /// The online ratios of a period.
    ///
    /// # Errors
    /// A wrong period or agency; or the database.
    pub fn online_report(&self, now: Instant, question: &Question) -> OfficeResult<OnlineReport> {
        let period = question.period(now)?;
        let (agency, files) = self.counted(question, &period)?;
        let targets = &self.settings().targets;
        let goal = targets.online_on(question.to);
        let (ratios, never_online) = self.reading(|conn, rules| {
            let filers = Filers::of(conn, files.iter())?;
            let seen = Seen { rules, period: &period, files: &files, filers, target: goal.percent };
            let ratios: Vec<_> = OnlineMeasure::ALL.iter().map(|measure| seen.ratio(*measure)).collect();
            Ok((ratios, seen.never_online()))
        })?;
        let keys: Vec<_> = ratios.iter().map(|ratio| ratio.key).collect();
        let mut definitions = definitions(&keys);
        definitions.push(forecast_definition());
        Ok(OnlineReport {
            head: question.head(now, agency),
            target: OnlineAim {
                percent: goal.percent.to_string(),
                year: goal.year,
                source: goal.source.to_owned(),
                measure: targets.online_measure.indicator(),
            },
            ratios,
            never_online,
            definitions,
        })
    }
}

/// What the report is made of.
struct Seen<'a> {
    rules: &'a Rules,
    period: &'a Period,
    files: &'a [Counted],
    filers: Filers,
    target: Percent,
}

impl Seen<'_> {
    fn ratio(&self, measure: OnlineMeasure) -> OnlineRatio {
        let key = measure.indicator();
        let (rate, assisted) = self.count(key, self.files);
        let gap = Contributions::of(self.target, [((), rate)]).map(|whole| whole.gap);
        let parts = |by: Grouping| self.parts(key, &by.of(self.rules, self.period, self.files));
        OnlineRatio {
            key,
            rate: rate.into(),
            assisted,
            gap_points: gap.map(Points::signed),
            target: OnlineTarget::of(measure, self.target, self.files, self.period),
            by_procedure: parts(Grouping::Procedure),
            by_field: parts(Grouping::Field),
            by_unit: parts(Grouping::Unit),
            by_filer: self.parts(key, &self.by_filer()),
        }
    }

    /// The rate of some files, and how many of those that have the quality were assisted.
    fn count<'f>(&self, key: Indicator, files: impl IntoIterator<Item = &'f Counted>) -> (Rate, u64) {
        let files: Vec<_> = files.into_iter().collect();
        let helped = |file: &&&Counted| self.filers.of_file(file) == Filer::Assisted;
        let assisted = files.iter().filter(helped).filter(|file| file.is_in(key.buckets().0, self.period)).count();
        let rate = rate(files, key.buckets(), self.period);
        (rate, u64::try_from(assisted).unwrap_or(u64::MAX))
    }

    fn by_filer(&self) -> Vec<Group<'_>> {
        let of = |filer: &Filer| Group {
            code: filer.as_str(),
            name: filer_name(filer.as_str()).to_owned(),
            files: self.files.iter().filter(|file| self.filers.of_file(file) == *filer).collect(),
        };
        Filer::ALL.iter().map(of).collect()
    }

    fn parts(&self, key: Indicator, groups: &[Group<'_>]) -> Vec<OnlinePart> {
        let counted: Vec<_> = groups.iter().map(|group| self.count(key, group.files.iter().copied())).collect();
        let rates = (0..).zip(&counted).map(|(at, (rate, _))| (at, *rate));
        let parts = Contributions::of(self.target, rates).map(|split| split.parts).unwrap_or_default();
        let part = |part: Contribution<usize>| {
            let (Group { code, name, .. }, (_, assisted)) = (groups.get(part.key)?, counted.get(part.key)?);
            Some(OnlinePart {
                code: (*code).to_owned(),
                name: name.clone(),
                rate: part.rate.into(),
                assisted: *assisted,
                points: part.points.signed(),
                more_needed: part.rate.more_needed(self.target),
            })
        };
        parts.into_iter().filter_map(part).collect()
    }

    fn never_online(&self) -> Vec<NeverOnline> {
        let procedure = |group: Group<'_>| {
            let count = |bucket| {
                let found = group.files.iter().filter(|file| file.is_in(bucket, self.period)).count();
                u64::try_from(found).unwrap_or(u64::MAX)
            };
            let offered = |file: &&&Counted| {
                file.service_level != ServiceLevel::None && file.is_in(Bucket::ReceivedInPeriod, self.period)
            };
            // Of two versions in the period, the one that the newest file was received under.
            let newest = group.files.iter().filter(offered).max_by_key(|file| file.received_at)?;
            (count(Bucket::ReceivedOnline) == 0).then(|| NeverOnline {
                code: group.code.to_owned(),
                field: self
                    .rules
                    .procedure_version(&newest.procedure_id)
                    .map(|known| known.row.sector.clone())
                    .unwrap_or_default(),
                service_level: newest.service_level,
                files: count(Bucket::ReceivedInPeriod),
                name: group.name,
            })
        };
        let groups = Grouping::Procedure.of(self.rules, self.period, self.files);
        let mut found: Vec<_> = groups.into_iter().filter_map(procedure).collect();
        found.sort_by(|a, b| b.files.cmp(&a.files).then_with(|| a.code.cmp(&b.code)));
        found
    }
}
