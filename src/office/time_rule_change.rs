//! A change of time rules: new versions of additions and sub-deadlines.

use serde::{Deserialize, Serialize};

use crate::domain::problem::{FieldError, Problem};
use crate::domain::time::Instant;
use crate::store::time_rules::TimeRule;
use crate::store::{Tx, time_rules};

use super::OfficeResult;
use super::proposals::{Authors, Difference};
use super::rules::Rules;
use super::time_rule_file::StatedRule;

/// Rules as they are to be, each from its own day on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimeRuleChange {
    pub rules: Vec<StatedRule>,
}

impl TimeRuleChange {
    pub(super) fn title(&self) -> String {
        self.rules.iter().map(StatedRule::title).collect::<Vec<_>>().join("; ")
    }

    /// The newest version of each rule it touches.
    pub(super) fn base(&self, rules: &Rules) -> String {
        let version = |stated: &StatedRule| newest(&rules.time_rules, stated).map_or(0, |row| row.version);
        self.rules.iter().map(|stated| version(stated).to_string()).collect::<Vec<_>>().join(",")
    }

    pub(super) fn check(&self, _rules: &Rules, _now: Instant) -> OfficeResult<()> {
        if self.rules.is_empty() {
            return Err(FieldError::new("kind", "", Problem::Required).into());
        }
        Ok(())
    }

    pub(super) fn differences(&self, rules: &Rules) -> Vec<Difference> {
        let line = |stated: &StatedRule| Difference {
            what: stated.title(),
            before: newest(&rules.time_rules, stated).map(StatedRule::words_of).unwrap_or_default(),
            after: stated.words(),
        };
        self.rules.iter().map(line).collect()
    }

    /// Writes the new versions; what says the same already stays.
    pub(super) fn apply(&self, tx: &mut Tx<'_>, now: Instant, authors: &Authors) -> OfficeResult<()> {
        let known = time_rules::all(tx)?;
        for stated in &self.rules {
            let before = newest(&known, stated);
            if before.is_some_and(|row| stated.says_the_same(row)) {
                continue;
            }
            let version = before.map_or(1, |row| row.version + 1);
            time_rules::insert(tx, stated.clone().stored(now, authors, version)?)?;
        }
        Ok(())
    }
}

/// The newest version of the rule that `stated` speaks of.
fn newest<'a>(known: &'a [TimeRule], stated: &StatedRule) -> Option<&'a TimeRule> {
    known.iter().filter(|row| stated.is_version_of(row)).max_by_key(|row| row.version)
}
