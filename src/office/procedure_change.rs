//! A change of procedures: new versions from a day on.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::problem::{FieldError, Problem};
use crate::domain::time::{Instant, civil_day, day_begins};
use crate::store::{Tx, procedures};

use super::OfficeResult;
use super::procedure_file::{self, Facts};
use super::proposals::{Authors, Difference};
use super::rules::Rules;

/// Procedures as they are to be from a day on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProcedureChange {
    /// The first civil day; `None`: from the approval on.
    pub valid_from: Option<NaiveDate>,
    /// By code.
    pub(super) given: BTreeMap<String, Facts>,
}

impl ProcedureChange {
    pub(super) fn title(&self) -> String {
        let codes: Vec<&str> = self.given.keys().take(3).map(String::as_str).collect();
        let more = self.given.len().saturating_sub(codes.len());
        let more = if more == 0 { String::new() } else { format!(" … +{more}") };
        format!("{}{more}", codes.join(", "))
    }

    /// The newest version of each procedure it touches.
    pub(super) fn base(&self, rules: &Rules) -> String {
        let version = |code: &String| rules.newest_version(code).map_or(0, |version| version.row.version);
        self.given.keys().map(|code| format!("{code}@{}", version(code))).collect::<Vec<_>>().join(",")
    }

    pub(super) fn check(&self, _rules: &Rules, now: Instant) -> OfficeResult<()> {
        if self.given.is_empty() {
            return Err(FieldError::new("code", "", Problem::Required).into());
        }
        match self.valid_from {
            Some(day) if day < civil_day(now) => {
                Err(FieldError::new("valid_from", day.to_string(), Problem::NotADay).into())
            }
            Some(_) | None => Ok(()),
        }
    }

    pub(super) fn differences(&self, rules: &Rules) -> Vec<Difference> {
        let line = |code: &String| Difference {
            what: code.clone(),
            before: rules.newest_version(code).map(|version| version.row.name.clone()).unwrap_or_default(),
            after: String::new(),
        };
        self.given.keys().map(line).collect()
    }

    /// Writes the new versions.
    pub(super) fn apply(&self, tx: &mut Tx<'_>, now: Instant, authors: &Authors) -> OfficeResult<()> {
        let valid_from = self.valid_from.map_or(now, |day| day_begins(day).max(now));
        let known = procedure_file::current(procedures::all(tx)?, procedures::all_limits(tx)?);
        for (code, facts) in &self.given {
            let version = match known.get(code) {
                Some((row, _)) => {
                    procedures::end(tx, &row.id, valid_from)?;
                    row.version + 1
                }
                None => 1,
            };
            let (row, limits) = facts.clone().stored(now, valid_from, authors, code, version)?;
            procedures::insert(tx, row, limits)?;
        }
        Ok(())
    }
}
