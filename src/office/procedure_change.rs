//! A change of procedures: new versions from a day on.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::problem::{FieldError, Problem};
use crate::domain::time::{Instant, day_begins};
use crate::store::{Tx, procedures};

use super::OfficeResult;
use super::procedure_facts::{Facts, ProcedureDelta};
use super::procedure_form::first_day;
use super::proposals::{Authors, Difference};
use super::rules::{self, Rules};

/// Characters of a name in the title of a proposal.
const NAME_SHOWN: usize = 120;

/// Procedures as they are to be from a day on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProcedureChange {
    /// The first civil day; `None`: from the approval on.
    pub valid_from: Option<NaiveDate>,
    /// By code.
    pub(super) given: BTreeMap<String, Facts>,
}

impl ProcedureChange {
    /// The procedure's code and name; of several the first codes.
    pub(super) fn title(&self) -> String {
        if let (1, Some((code, facts))) = (self.given.len(), self.given.first_key_value()) {
            let name: String = facts.name.chars().take(NAME_SHOWN).collect();
            return format!("{code} {name}");
        }
        let codes: Vec<&str> = self.given.keys().take(3).map(String::as_str).collect();
        let more = self.given.len().saturating_sub(codes.len());
        let more = if more == 0 { String::new() } else { format!(" … +{more}") };
        format!("{}{more}", codes.join(", "))
    }

    /// The newest version of each procedure it touches.
    pub(super) fn base(&self, rules: &Rules) -> String {
        let newest = |code| rules.versions_of(code).iter().map(|version| version.row.version).max().unwrap_or(0);
        self.given.keys().map(|code| format!("{code}@{}", newest(code))).collect::<Vec<_>>().join(",")
    }

    /// A day that passed while a proposal waited is no error: the change then holds from the approval on.
    pub(super) fn check(&self, _rules: &Rules, _now: Instant) -> OfficeResult<()> {
        if self.given.is_empty() {
            return Err(FieldError::new("code", "", Problem::NoChange).into());
        }
        for (code, facts) in &self.given {
            if let Some((_, problem)) = facts.loose_commitments().into_iter().next() {
                return Err(FieldError::new("commitment_value", code, problem).into());
            }
        }
        Ok(())
    }

    /// The same change from a day on: as people write it, today or later; empty: from the approval on.
    ///
    /// # Errors
    /// When the text is no such day.
    pub fn from_day(self, day: &str, now: Instant) -> Result<Self, FieldError> {
        Ok(Self { valid_from: first_day(day, now)?, ..self })
    }

    /// The moment from which it would hold if it took effect at `now`.
    #[must_use]
    pub fn begins(&self, now: Instant) -> Instant {
        self.valid_from.map_or(now, |day| day_begins(day).max(now))
    }

    /// What becomes of each procedure, field by field, held against what would be in force on its first day.
    #[must_use]
    pub fn deltas(&self, rules: &Rules, now: Instant) -> Vec<ProcedureDelta> {
        let at = self.begins(now);
        let delta = |(code, facts): (&String, &Facts)| {
            let before = rules::in_force(rules.versions_of(code), at).map(Facts::of);
            facts.delta(code, before.as_ref())
        };
        self.given.iter().map(delta).collect()
    }

    /// Whether it would leave everything as it is.
    pub(super) fn is_idle(&self, rules: &Rules, now: Instant) -> bool {
        let at = self.begins(now);
        let same = |(code, facts): (&String, &Facts)| {
            rules::in_force(rules.versions_of(code), at).is_some_and(|version| Facts::of(version) == *facts)
        };
        self.given.iter().all(same)
    }

    /// A line for each procedure; [`ProcedureChange::deltas`] has the fields.
    pub(super) fn differences(&self, rules: &Rules) -> Vec<Difference> {
        let line = |(code, facts): (&String, &Facts)| Difference {
            what: code.clone(),
            before: rules.versions_of(code).last().map(|version| version.row.name.clone()).unwrap_or_default(),
            after: facts.name.clone(),
        };
        self.given.iter().map(line).collect()
    }

    /// Writes the new versions; what says the same already stays.
    pub(super) fn apply(&self, tx: &mut Tx<'_>, now: Instant, authors: &Authors) -> OfficeResult<()> {
        let from = self.begins(now);
        let known = rules::procedure_versions(tx)?;
        for (code, facts) in &self.given {
            let versions = known.get(code).map_or(&[][..], Vec::as_slice);
            let before = rules::in_force(versions, from);
            if before.is_some_and(|version| Facts::of(version) == *facts) {
                continue;
            }
            if let Some(before) = before {
                procedures::end(tx, &before.row.id, from)?;
            }
            let version = versions.iter().map(|version| version.row.version).max().unwrap_or(0) + 1;
            let later = versions.iter().filter(|version| version.ever_holds());
            let until = later.map(|version| version.row.valid_from).find(|begins| *begins > from);
            let (row, limits) = facts.clone().stored(now, (from, until), authors, code, version)?;
            procedures::insert(tx, row, limits)?;
        }
        Ok(())
    }
}
