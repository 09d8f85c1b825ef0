//! What makes a version of a procedure, and in what two versions differ.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::domain::channel::{Channel, ServiceLevel};
use crate::domain::limit::{Limit, LimitKind, LimitUnit};
use crate::domain::problem::Problem;
use crate::domain::procedure_field::ProcedureField;
use crate::domain::time::Instant;
use crate::store::procedures::{Procedure, ProcedureLimit};
use crate::store::search_key::search_key;

use super::proposals::Authors;
use super::rules::ProcedureVersion;
use super::{OfficeResult, ids};

/// One field of the facts as text.
type Pick = fn(&Facts) -> String;

/// What makes a version of a procedure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Facts {
    pub name: String,
    pub sector: String,
    pub service_level: ServiceLevel,
    pub basis: String,
    pub confidence: String,
    /// Sorted, so that the order of rows is no change.
    pub limits: Vec<LimitFacts>,
}

/// A limit: statutory ones first, then by channel.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct LimitFacts {
    pub kind: LimitKind,
    pub channel: Option<Channel>,
    pub value: Option<i32>,
    pub unit: Option<LimitUnit>,
    pub basis: String,
    pub confidence: String,
}

/// One field before and after, in the words of the list's columns (`5 working_day`); empty: none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldDelta {
    pub field: ProcedureField,
    /// Of a limit that holds for one channel only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel: Option<Channel>,
    pub before: String,
    pub after: String,
}

/// What becomes of one procedure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ProcedureDelta {
    pub code: String,
    pub name: String,
    /// There was none before.
    pub added: bool,
    pub fields: Vec<FieldDelta>,
}

impl LimitFacts {
    pub(super) fn new(kind: LimitKind, channel: Option<Channel>, limit: Option<Limit>) -> Self {
        Self {
            kind,
            channel,
            value: limit.and_then(|limit| i32::try_from(limit.value()).ok()),
            unit: limit.map(|limit| limit.unit()),
            basis: String::new(),
            confidence: "confirmed".to_owned(),
        }
    }

    pub(super) fn limit(&self) -> Option<Limit> {
        Limit::new(u32::try_from(self.value?).ok()?, self.unit?).ok()
    }

    fn words(&self) -> String {
        self.limit().map(|limit| limit.to_string()).unwrap_or_default()
    }
}

impl Facts {
    /// Those of a kept version.
    pub(super) fn of(version: &ProcedureVersion) -> Self {
        let limit = |row: &ProcedureLimit| LimitFacts {
            kind: row.kind,
            channel: row.channel,
            value: row.limit_value,
            unit: row.limit_unit,
            basis: row.basis.clone(),
            confidence: row.confidence.clone(),
        };
        let mut limits: Vec<_> = version.limits.iter().map(limit).collect();
        limits.sort();
        Self {
            name: version.row.name.clone(),
            sector: version.row.sector.clone(),
            service_level: version.row.service_level,
            basis: version.row.basis.clone(),
            confidence: version.row.confidence.clone(),
            limits,
        }
    }

    /// The commitments among the limits.
    pub(super) fn commitments(&self) -> impl Iterator<Item = &LimitFacts> {
        self.limits.iter().filter(|limit| limit.kind == LimitKind::Commitment)
    }

    /// Takes over the commitments of another version, but not those that would not be shorter any more.
    pub(super) fn keep_commitments(&mut self, of: &Self) {
        self.limits.extend(of.commitments().cloned());
        self.limits.sort();
        let loose: Vec<_> = self.loose_commitments().into_iter().map(|(channel, _)| channel).collect();
        self.limits.retain(|limit| limit.kind != LimitKind::Commitment || !loose.contains(&limit.channel));
    }

    /// Commitments that are not shorter than the statutory limit, or cannot be compared with it.
    pub(super) fn loose_commitments(&self) -> Vec<(Option<Channel>, Problem)> {
        let mut loose = Vec::new();
        for commitment in self.commitments() {
            let Some(ours) = commitment.limit() else { continue };
            let problem = self.measures(commitment.channel).into_iter().find_map(|law| match law {
                law if law.unit() != ours.unit() => Some(Problem::OtherUnit { limit: law }),
                law if law.value() <= ours.value() => Some(Problem::NotShorter { limit: law }),
                _ => None,
            });
            loose.extend(problem.map(|problem| (commitment.channel, problem)));
        }
        loose
    }

    /// The statutory limits that a commitment for `channel` is held against.
    pub(super) fn measures(&self, channel: Option<Channel>) -> Vec<Limit> {
        let statutory = || self.limits.iter().filter(|limit| limit.kind == LimitKind::Statutory);
        let own = statutory().find(|limit| limit.channel == channel);
        match (own.or_else(|| statutory().find(|limit| limit.channel.is_none())), channel) {
            (Some(row), _) => row.limit().into_iter().collect(),
            (None, Some(_)) => Vec::new(),
            (None, None) => statutory().filter_map(LimitFacts::limit).collect(),
        }
    }

    /// The rows of a new version, valid from `valid_from` on, until another begins.
    pub(super) fn stored(
        self,
        now: Instant,
        (valid_from, valid_to): (Instant, Option<Instant>),
        authors: &Authors,
        code: &str,
        version: i32,
    ) -> OfficeResult<(Procedure, Vec<ProcedureLimit>)> {
        let id = ids::id(now)?;
        let limits = self.limits.into_iter().map(|limit| {
            Ok(ProcedureLimit {
                id: ids::id(now)?,
                procedure_id: id.clone(),
                channel: limit.channel,
                limit_value: limit.value,
                limit_unit: limit.unit,
                basis: limit.basis,
                confidence: limit.confidence,
                kind: limit.kind,
            })
        });
        let limits = limits.collect::<OfficeResult<Vec<_>>>()?;
        let row = Procedure {
            search_key: search_key(&format!("{code} {} {}", self.name, self.sector)),
            id,
            code: code.to_owned(),
            version,
            name: self.name,
            sector: self.sector,
            service_level: self.service_level,
            basis: self.basis,
            confidence: self.confidence,
            valid_from,
            valid_to,
            entered_by: authors.entered_by.clone(),
            approved_by: authors.approved_by.clone(),
        };
        Ok((row, limits))
    }

    /// In what these facts differ from those before.
    pub(super) fn delta(&self, code: &str, before: Option<&Self>) -> ProcedureDelta {
        let mut fields = Vec::new();
        let mut add = |field, channel, before: String, after: String| {
            if before != after {
                fields.push(FieldDelta { field, channel, before, after });
            }
        };
        let old = |pick: fn(&Self) -> String| before.map(pick).unwrap_or_default();
        let plain: [(ProcedureField, Pick); 5] = [
            (ProcedureField::Name, |facts| facts.name.clone()),
            (ProcedureField::Sector, |facts| facts.sector.clone()),
            (ProcedureField::ServiceLevel, |facts| facts.service_level.to_string()),
            (ProcedureField::Basis, |facts| facts.basis.clone()),
            (ProcedureField::Confidence, |facts| facts.confidence.clone()),
        ];
        for (field, pick) in plain {
            add(field, None, old(pick), pick(self));
        }
        let rows = |facts: &Self| -> BTreeMap<_, LimitFacts> {
            facts.limits.iter().map(|limit| ((limit.kind, limit.channel), limit.clone())).collect()
        };
        let (was, is) = (before.map(rows).unwrap_or_default(), rows(self));
        let keys: std::collections::BTreeSet<_> = was.keys().chain(is.keys()).copied().collect();
        for key in keys {
            let (was, is) = (was.get(&key), is.get(&key));
            let pair =
                |pick: fn(&LimitFacts) -> String| (was.map(pick).unwrap_or_default(), is.map(pick).unwrap_or_default());
            let (limit, basis, sure) = match key.0 {
                LimitKind::Statutory => {
                    (ProcedureField::Limit, ProcedureField::LimitBasis, Some(ProcedureField::LimitConfidence))
                }
                LimitKind::Commitment => (ProcedureField::Commitment, ProcedureField::CommitmentBasis, None),
            };
            let (a, b) = pair(LimitFacts::words);
            add(limit, key.1, a, b);
            // What only repeats the procedure's own basis or certainty is told once.
            let (a, b) = pair(|limit| limit.basis.clone());
            if (&a, &b) != (&old(|facts| facts.basis.clone()), &self.basis) {
                add(basis, key.1, a, b);
            }
            let (a, b) = pair(|limit| limit.confidence.clone());
            if let Some(sure) = sure.filter(|_| (&a, &b) != (&old(|facts| facts.confidence.clone()), &self.confidence))
            {
                add(sure, key.1, a, b);
            }
        }
        ProcedureDelta { code: code.to_owned(), name: self.name.clone(), added: before.is_none(), fields }
    }
}
