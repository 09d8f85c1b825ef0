//! The columns of a list of procedures, and the rows of one code as one set of facts.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde::{Deserialize, Serialize};

use crate::domain::channel::{Channel, ServiceLevel};
use crate::domain::limit::{Limit, LimitKind, LimitUnit};
use crate::domain::problem::{FieldError, FileProblem, Problem};
use crate::domain::time::Instant;
use crate::store::procedures::{Procedure, ProcedureLimit};
use crate::store::search_key::search_key;

use super::import::source::{Header, RawRow, Wanted};
use super::proposals::Authors;
use super::{OfficeResult, ids, reference};

/// How sure a row is; `limit_missing` has no limit, so that nothing can be promised.
const CONFIDENCES: &[&str] = &["confirmed", "unconfirmed", "doubtful", "unit_unconfirmed", "limit_missing"];
const FILINGS: &[&str] = &["online", "partial", "direct_or_post_only"];

/// What makes a version of a procedure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Facts {
    name: String,
    sector: String,
    service_level: ServiceLevel,
    basis: String,
    confidence: String,
    limits: Vec<LimitFacts>,
}

/// A limit; ordered by channel, so that the order of the rows is no change.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
struct LimitFacts {
    channel: Option<Channel>,
    value: Option<i32>,
    unit: Option<LimitUnit>,
    basis: String,
    confidence: String,
}

/// A row of the file; several make a procedure when the limit depends on the channel.
pub(super) struct ProcedureRow {
    number: u64,
    code: String,
    facts: Facts,
    errors: Vec<FieldError>,
}

pub(super) fn wanted() -> Wanted {
    let must = ["code", "name", "field", "limit_value", "limit_unit"].map(|name| (name, name.to_owned())).to_vec();
    Wanted { must, may: ["channel", "filing", "decision", "confidence"].map(str::to_owned).to_vec() }
}

pub(super) fn row(header: &Header, raw: &RawRow) -> ProcedureRow {
    let mut errors = Vec::new();
    let [code, name, sector, channel, value, unit, filing, decision, confidence] =
        ["code", "name", "field", "channel", "limit_value", "limit_unit", "filing", "decision", "confidence"]
            .map(|field| reference::text(header, raw, field, &mut errors));
    for (field, text, max) in [("code", &code, 50), ("name", &name, 1000), ("field", &sector, 200)] {
        if text.is_empty() && raw.fault.is_none() {
            errors.push(FieldError::new(field, "", Problem::Required));
        }
        if text.chars().count() > max {
            errors.push(FieldError::new(field, text, Problem::TooLong { max }));
        }
    }
    let channel = match channel.as_str() {
        "" | "any" => None,
        text => text.parse().map_err(|_| errors.push(FieldError::new("channel", text, Problem::UnknownChannel))).ok(),
    };
    let confidence = if confidence.is_empty() { "confirmed".to_owned() } else { confidence };
    if !CONFIDENCES.contains(&confidence.as_str()) {
        errors.push(FieldError::new("confidence", &confidence, Problem::NotOneOf { expected: CONFIDENCES }));
    }
    let service_level = level(&filing).unwrap_or_else(|error| {
        errors.push(error);
        ServiceLevel::Full
    });
    let limit = limit(&value, &unit, &confidence).unwrap_or_else(|error| {
        errors.push(error);
        None
    });
    let limits = vec![LimitFacts {
        channel,
        value: limit.and_then(|limit| i32::try_from(limit.value()).ok()),
        unit: limit.map(|limit| limit.unit()),
        basis: decision.clone(),
        confidence: confidence.clone(),
    }];
    let facts = Facts { name, sector, service_level, basis: decision, confidence, limits };
    ProcedureRow { number: raw.number, code, facts, errors }
}

/// Full online service is what the law starts from (NĐ 224/2026 Art. 14); a list that says `online`
/// does not tell full from partial, so an office has to correct the partial ones.
fn level(filing: &str) -> Result<ServiceLevel, FieldError> {
    match filing {
        "" | "online" => Ok(ServiceLevel::Full),
        "partial" => Ok(ServiceLevel::Partial),
        "direct_or_post_only" => Ok(ServiceLevel::None),
        other => Err(FieldError::new("filing", other, Problem::NotOneOf { expected: FILINGS })),
    }
}

fn limit(value: &str, unit: &str, confidence: &str) -> Result<Option<Limit>, FieldError> {
    if value.is_empty() && unit.is_empty() && confidence == "limit_missing" {
        return Ok(None);
    }
    let wrong = |field, text: &str| FieldError::new(field, text, Problem::NotALimit);
    let known: LimitUnit = unit.parse().map_err(|_| wrong("limit_unit", unit))?;
    let number = match (value, known) {
        ("", LimitUnit::SameDay) => 0,
        (text, _) => text.parse().map_err(|_| wrong("limit_value", text))?,
    };
    Limit::new(number, known).map(Some).map_err(|_| wrong("limit_value", value))
}

/// The procedures of the file by code, and every row that is wrong. A procedure with a wrong row is
/// left as it is: taken without that row it would lose a limit.
pub(super) fn grouped(rows: Vec<ProcedureRow>) -> (BTreeMap<String, Facts>, Vec<(u64, FieldError)>) {
    let broken: HashSet<String> =
        rows.iter().filter(|row| !row.errors.is_empty()).map(|row| row.code.clone()).collect();
    let mut given: BTreeMap<String, Facts> = BTreeMap::new();
    let mut wrong = Vec::new();
    for row in rows {
        if broken.contains(&row.code) {
            if row.errors.is_empty() {
                wrong.push((row.number, FieldError::new("code", &row.code, FileProblem::SiblingWrong)));
            }
            wrong.extend(row.errors.into_iter().map(|error| (row.number, error)));
            continue;
        }
        let Some(known) = given.get_mut(&row.code) else {
            given.insert(row.code, row.facts);
            continue;
        };
        let channels: Vec<_> = row.facts.limits.iter().map(|limit| limit.channel).collect();
        if known.limits.iter().any(|limit| channels.contains(&limit.channel)) {
            wrong.push((row.number, FieldError::new("code", &row.code, Problem::Contradicts { other: "channel" })));
            continue;
        }
        known.limits.extend(row.facts.limits);
        known.limits.sort();
    }
    (given, wrong)
}

/// The newest version of every known procedure, with its facts.
pub(super) fn current(rows: Vec<Procedure>, limits: Vec<ProcedureLimit>) -> HashMap<String, (Procedure, Facts)> {
    let mut limits_of: HashMap<String, Vec<LimitFacts>> = HashMap::new();
    for limit in limits.into_iter().filter(|limit| limit.kind == LimitKind::Statutory) {
        limits_of.entry(limit.procedure_id).or_default().push(LimitFacts {
            channel: limit.channel,
            value: limit.limit_value,
            unit: limit.limit_unit,
            basis: limit.basis,
            confidence: limit.confidence,
        });
    }
    let with_facts = |row: Procedure| {
        let mut limits = limits_of.remove(&row.id).unwrap_or_default();
        limits.sort();
        let facts = Facts {
            name: row.name.clone(),
            sector: row.sector.clone(),
            service_level: row.service_level,
            basis: row.basis.clone(),
            confidence: row.confidence.clone(),
            limits,
        };
        (row.code.clone(), (row, facts))
    };
    // Oldest first: the newest version of a code is put in last.
    rows.into_iter().map(with_facts).collect()
}

impl Facts {
    /// The rows of a new version, valid from `valid_from` on.
    pub(super) fn stored(
        self,
        now: Instant,
        valid_from: Instant,
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
                kind: LimitKind::Statutory,
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
            valid_to: None,
            entered_by: authors.entered_by.clone(),
            approved_by: authors.approved_by.clone(),
        };
        Ok((row, limits))
    }
}
