//! The columns of a list of procedures, and the rows of one code as one set of facts.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::io::Cursor;

use crate::domain::channel::ServiceLevel;
use crate::domain::limit::{Limit, LimitKind, LimitUnit};
use crate::domain::problem::{FieldError, FileProblem, Problem};
use crate::domain::time::Instant;

use super::OfficeResult;
use super::import::report::rejected;
use super::import::source::{self, Header, RawRow, Wanted};
use super::procedure_change::ProcedureChange;
use super::procedure_facts::{Facts, LimitFacts};
use super::reference::{self, ReferenceReport};
use super::rules::{ProcedureVersion, in_force};

/// How sure a row is; `limit_missing` has no limit, so that nothing can be promised.
pub(super) const CONFIDENCES: &[&str] = &["confirmed", "unconfirmed", "doubtful", "unit_unconfirmed", "limit_missing"];
const FILINGS: &[&str] = &["online", "partial", "direct_or_post_only"];

/// A row of the file; several make a procedure when the limit depends on the channel.
pub(super) struct ProcedureRow {
    number: u64,
    code: String,
    facts: Facts,
    errors: Vec<FieldError>,
}

/// Longest code, name and sector, in characters.
pub(super) const LONGEST: [(&str, usize); 3] = [("code", 50), ("name", 1000), ("field", 200)];

/// Whether a text can be a procedure's code: it stands in addresses and in scripts' output.
pub(super) fn is_code(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_'))
}

/// Whether the file speaks of commitments: one that does not leaves them as they are.
fn tells_commitments(header: &Header) -> bool {
    header.find("commitment_value").is_some()
}

pub(super) fn wanted() -> Wanted {
    let must = ["code", "name", "field", "limit_value", "limit_unit"].map(|name| (name, name.to_owned())).to_vec();
    let may =
        ["channel", "filing", "decision", "confidence", "commitment_value", "commitment_unit", "commitment_basis"];
    Wanted { must, may: may.map(str::to_owned).to_vec() }
}

pub(super) fn row(header: &Header, raw: &RawRow) -> ProcedureRow {
    let mut errors = Vec::new();
    let [code, name, sector, channel, value, unit, filing, decision, confidence] =
        ["code", "name", "field", "channel", "limit_value", "limit_unit", "filing", "decision", "confidence"]
            .map(|field| reference::text(header, raw, field, &mut errors));
    for ((field, max), text) in LONGEST.into_iter().zip([&code, &name, &sector]) {
        if text.is_empty() && raw.fault.is_none() {
            errors.push(FieldError::new(field, "", Problem::Required));
        }
        if text.chars().count() > max {
            errors.push(FieldError::new(field, text, Problem::TooLong { max }));
        }
    }
    if !code.is_empty() && !is_code(&code) {
        errors.push(FieldError::new("code", &code, Problem::NotAProcedureCode));
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
    let mut limits = vec![LimitFacts {
        basis: decision.clone(),
        confidence: confidence.clone(),
        ..LimitFacts::new(LimitKind::Statutory, channel, limit)
    }];
    match commitment(header, raw, limit, &mut errors) {
        Ok(Some((limit, basis))) => {
            limits.push(LimitFacts { basis, ..LimitFacts::new(LimitKind::Commitment, channel, Some(limit)) });
        }
        Ok(None) => {}
        Err(error) => errors.push(error),
    }
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

/// The office's own limit of a row with its decision; without a unit it counts as the statutory one.
fn commitment(
    header: &Header,
    raw: &RawRow,
    statutory: Option<Limit>,
    errors: &mut Vec<FieldError>,
) -> Result<Option<(Limit, String)>, FieldError> {
    let [value, unit, basis] = ["commitment_value", "commitment_unit", "commitment_basis"]
        .map(|field| reference::text(header, raw, field, errors));
    if value.is_empty() {
        return if unit.is_empty() {
            Ok(None)
        } else {
            Err(FieldError::new("commitment_value", "", Problem::Required))
        };
    }
    let unit = match (unit.as_str(), statutory) {
        ("", Some(statutory)) => statutory.unit(),
        (text, _) => text.parse().map_err(|_| FieldError::new("commitment_unit", text, Problem::NotALimit))?,
    };
    let number = value.parse().map_err(|_| FieldError::new("commitment_value", &value, Problem::NotALimit))?;
    let limit =
        Limit::new(number, unit).map_err(|_| FieldError::new("commitment_value", &value, Problem::NotALimit))?;
    Ok(Some((limit, basis)))
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
fn grouped(rows: Vec<ProcedureRow>) -> (BTreeMap<String, Facts>, Vec<(u64, FieldError)>) {
    let broken: HashSet<String> =
        rows.iter().filter(|row| !row.errors.is_empty()).map(|row| row.code.clone()).collect();
    let mut given: BTreeMap<String, (u64, Facts)> = BTreeMap::new();
    let mut wrong = Vec::new();
    for row in rows {
        if broken.contains(&row.code) {
            if row.errors.is_empty() {
                wrong.push((row.number, FieldError::new("code", &row.code, FileProblem::SiblingWrong)));
            }
            wrong.extend(row.errors.into_iter().map(|error| (row.number, error)));
            continue;
        }
        let Some((_, known)) = given.get_mut(&row.code) else {
            given.insert(row.code, (row.number, row.facts));
            continue;
        };
        let channels: Vec<_> = row.facts.limits.iter().map(|limit| limit.channel).collect();
        if known.limits.iter().any(|limit| channels.contains(&limit.channel)) {
            wrong.push((row.number, FieldError::new("code", &row.code, Problem::Contradicts { other: "channel" })));
            continue;
        }
        known.limits.extend(row.facts.limits);
    }
    let mut kept = BTreeMap::new();
    for (code, (number, mut facts)) in given {
        facts.limits.sort();
        match facts.loose_commitments().into_iter().next() {
            Some((_, problem)) => wrong.push((number, FieldError::new("commitment_value", code, problem))),
            None => drop(kept.insert(code, facts)),
        }
    }
    (kept, wrong)
}

/// Holds a list of procedures against those in force at `now`: what it would do, and the change that does it.
///
/// # Errors
/// When the file is no such table.
pub(super) fn compare(
    known: &HashMap<String, Vec<ProcedureVersion>>,
    now: Instant,
    data: &[u8],
) -> OfficeResult<(ReferenceReport, ProcedureChange)> {
    let mut report = ReferenceReport::default();
    let mut rows: Vec<ProcedureRow> = Vec::new();
    let mut commitments_told = false;
    source::read(Cursor::new(data), &wanted(), &mut |header, raw, _| {
        report.read += 1;
        commitments_told |= tells_commitments(header);
        rows.push(row(header, &raw));
        Ok(())
    })?;
    let named: BTreeSet<String> = rows.iter().map(|row| row.code.clone()).collect();
    let (given, wrong) = grouped(rows);
    report.rejected.extend(wrong.iter().map(|(row, error)| rejected(*row, error)));
    let before = |code: &String| known.get(code).and_then(|versions| in_force(versions, now)).map(Facts::of);
    let mut change = ProcedureChange { valid_from: None, given: BTreeMap::new() };
    for (code, mut facts) in given {
        let before = before(&code);
        if let Some(before) = before.as_ref().filter(|_| !commitments_told) {
            facts.keep_commitments(before);
        }
        if before.as_ref() == Some(&facts) {
            report.unchanged += 1;
            continue;
        }
        if before.is_some() {
            report.changed += 1;
        } else {
            report.added += 1;
        }
        report.changes.push(facts.delta(&code, before.as_ref()));
        change.given.insert(code, facts);
    }
    let mut missing: Vec<String> =
        known.keys().filter(|code| !named.contains(*code) && before(code).is_some()).cloned().collect();
    missing.sort();
    report.missing = missing;
    Ok((report, change))
}
