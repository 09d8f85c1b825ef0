//! A closed period today: the frozen numbers stay, what was corrected since stands beside them.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::domain::dossier::StepKind;
use crate::domain::summary::{Bucket, Counted, Period};
use crate::domain::time::{Instant, day_begins, rfc3339};
use crate::office::report::Question;
use crate::office::{Office, OfficeResult};
use crate::store::closed_periods::ClosedPeriod;
use crate::store::{dossiers, journal};

use super::{Frozen, PeriodAsked};

/// What is different by now.
#[derive(Debug, Clone, Serialize)]
pub struct Delta {
    pub period: String,
    pub sha256: String,
    pub closed_at: String,
    pub as_of: String,
    /// Every number of the summary.
    pub numbers: Vec<DeltaLine>,
    /// The dossiers that make the differences, and those that were corrected without one.
    pub dossiers: Vec<Changed>,
    /// Numbers whose difference no dossier explains: another definition, or a fault of ours.
    pub unexplained: Vec<Bucket>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DeltaLine {
    pub number: Bucket,
    pub frozen: u64,
    pub today: u64,
    pub difference: i64,
}

/// A dossier that stands in other numbers by now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Changed {
    pub code: String,
    /// Numbers it stands in by now, and did not.
    pub now_in: Vec<Bucket>,
    pub no_longer_in: Vec<Bucket>,
    /// What was written down since the closing.
    pub because: Vec<ChangedBy>,
}

/// A line of the journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChangedBy {
    pub seq: i64,
    pub kind: String,
    #[serde(serialize_with = "told")]
    pub recorded_at: Instant,
    #[serde(serialize_with = "told")]
    pub at: Instant,
    pub actor: String,
    /// As it was typed; empty: none.
    pub note: String,
}

impl Delta {
    #[must_use]
    pub fn is_none(&self) -> bool {
        self.numbers.iter().all(|line| line.difference == 0)
    }
}

impl Office {
    /// A closed period, its frozen numbers and those of today.
    ///
    /// # Errors
    /// As [`Office::closed_period`].
    pub fn period_delta(&self, now: Instant, asked: &PeriodAsked) -> OfficeResult<Delta> {
        let (closed, bytes) = self.closed_period(asked)?;
        let frozen: Frozen = serde_json::from_slice(&bytes)?;
        let question = Question { from: frozen.from, to: frozen.to, as_of: None, agency: Some(frozen.agency.clone()) };
        let then = Question { as_of: Some(closed.closed_at), ..question.clone() };
        let (before, after) = (self.places(now, &then)?, self.places(now, &question)?);
        let numbers: Vec<DeltaLine> = Bucket::ALL.iter().map(|bucket| line(*bucket, &frozen, &after)).collect();
        let ids: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
        let none = BTreeSet::new();
        let mut moved = BTreeMap::new();
        for id in ids {
            let (was, is) = (before.get(id).unwrap_or(&none), after.get(id).unwrap_or(&none));
            if was != is {
                let only = |one: &BTreeSet<Bucket>, other: &BTreeSet<Bucket>| one.difference(other).copied().collect();
                moved.insert(id.as_str(), (only(is, was), only(was, is)));
            }
        }
        let explained = |line: &DeltaLine| {
            let count = |places: &Places| places.values().filter(|in_| in_.contains(&line.number)).count();
            u64::try_from(count(&before)).is_ok_and(|count| count == line.frozen)
        };
        Ok(Delta {
            period: closed.period.clone(),
            sha256: closed.sha256.clone(),
            closed_at: rfc3339(closed.closed_at),
            as_of: rfc3339(now),
            unexplained: numbers.iter().filter(|line| !explained(line)).map(|line| line.number).collect(),
            dossiers: self.changed(&closed, &moved)?,
            numbers,
        })
    }

    /// By dossier, the numbers it stands in.
    fn places(&self, now: Instant, question: &Question) -> OfficeResult<Places> {
        let period = question.period(now)?;
        let (_, files) = self.counted(question, &period)?;
        Ok(files.iter().map(|file| (file.dossier_id.clone(), places(file, &period))).collect())
    }

    fn changed(
        &self,
        closed: &ClosedPeriod,
        moved: &BTreeMap<&str, (Vec<Bucket>, Vec<Bucket>)>,
    ) -> OfficeResult<Vec<Changed>> {
        let ends = day_begins(closed.to_day + chrono::Duration::days(1));
        self.store().read(|conn| {
            let corrected = journal::belated(conn, closed.closed_at, ends, &[StepKind::ResultCorrected.as_str()])?;
            let corrected = corrected.iter().filter_map(|line| line.dossier_id.as_deref());
            let ids: BTreeSet<&str> = moved.keys().copied().chain(corrected).collect();
            let ids: Vec<&str> = ids.into_iter().collect();
            let mut found = Vec::with_capacity(ids.len());
            for row in dossiers::by_ids(conn, &ids)?.into_iter().filter(|row| row.agency_id == closed.agency_id) {
                let (now_in, no_longer_in) = moved.get(row.id.as_str()).cloned().unwrap_or_default();
                let lines = journal::of_dossier(conn, &row.id)?.into_iter();
                let since = lines.filter(|line| line.recorded_at >= closed.closed_at && line.at < ends);
                found.push(Changed {
                    code: row.code,
                    now_in,
                    no_longer_in,
                    because: since.map(ChangedBy::of).collect(),
                });
            }
            found.sort_by(|a, b| a.code.cmp(&b.code));
            Ok(found)
        })
    }
}

type Places = BTreeMap<String, BTreeSet<Bucket>>;

fn places(file: &Counted, period: &Period) -> BTreeSet<Bucket> {
    Bucket::ALL.iter().copied().filter(|bucket| file.is_in(*bucket, period)).collect()
}

fn line(number: Bucket, frozen: &Frozen, today: &Places) -> DeltaLine {
    let was = frozen.counts.get(&number).copied().unwrap_or(0);
    let is = today.values().filter(|places| places.contains(&number)).count();
    let is = u64::try_from(is).unwrap_or(u64::MAX);
    let signed = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    DeltaLine { number, frozen: was, today: is, difference: signed(is) - signed(was) }
}

impl ChangedBy {
    fn of(line: journal::Entry) -> Self {
        let body: serde_json::Value = serde_json::from_str(&line.body).unwrap_or_default();
        let note = ["reason", "note"].iter().find_map(|name| body.get(*name)?.as_str());
        Self {
            seq: line.seq,
            kind: line.kind,
            recorded_at: line.recorded_at,
            at: line.at,
            actor: line.actor,
            note: note.unwrap_or_default().to_owned(),
        }
    }
}

fn told<S: serde::Serializer>(at: &Instant, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&rfc3339(*at))
}
