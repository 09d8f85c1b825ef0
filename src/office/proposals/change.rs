//! A change of rules, whatever it changes: what it would do, and whether it may.

use serde::{Deserialize, Serialize};

use crate::domain::time::Instant;
use crate::office::OfficeResult;
use crate::office::calendar_change::CalendarChange;
use crate::office::correction::Correction;
use crate::office::ladder_change::LadderChange;
use crate::office::procedure_change::ProcedureChange;
use crate::office::rules::Rules;
use crate::office::time_rule_change::TimeRuleChange;
use crate::store::proposals::ProposalKind;

/// A change, as it is kept until somebody decides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    Calendar(CalendarChange),
    Procedures(ProcedureChange),
    TimeRules(TimeRuleChange),
    Ladder(LadderChange),
    Correction(Correction),
}

/// One thing that a change would do, for people to compare.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// What it is about: a day, a procedure and its field, a rule.
    pub what: String,
    /// Empty: new.
    pub before: String,
    /// Empty: taken away.
    pub after: String,
}

impl Change {
    pub(super) const fn kind(&self) -> ProposalKind {
        match self {
            Self::Calendar(_) => ProposalKind::Calendar,
            Self::Procedures(_) => ProposalKind::Procedures,
            Self::TimeRules(_) => ProposalKind::TimeRules,
            Self::Ladder(_) => ProposalKind::Ladder,
            Self::Correction(_) => ProposalKind::Correction,
        }
    }

    /// One line for lists.
    pub(super) fn title(&self) -> String {
        match self {
            Self::Calendar(change) => change.title(),
            Self::Procedures(change) => change.title(),
            Self::TimeRules(change) => change.title(),
            Self::Ladder(change) => change.title(),
            Self::Correction(change) => change.title(),
        }
    }

    /// Against which rules it is compared. Another answer later means that what was looked at is not
    /// what would happen.
    #[must_use]
    pub fn base(&self, rules: &Rules) -> String {
        match self {
            Self::Calendar(_) => rules.calendar_version.to_string(),
            Self::Procedures(change) => change.base(rules),
            Self::TimeRules(change) => change.base(rules),
            Self::Ladder(change) => change.base(rules),
            Self::Correction(change) => change.base(),
        }
    }

    /// What it would do to the rules as they are.
    #[must_use]
    pub fn differences(&self, rules: &Rules) -> Vec<Difference> {
        match self {
            Self::Calendar(change) => change.differences(rules),
            Self::Procedures(change) => change.differences(rules),
            Self::TimeRules(change) => change.differences(rules),
            Self::Ladder(change) => change.differences(rules),
            Self::Correction(change) => change.differences(),
        }
    }

    /// Holds the change against the rules as they are at `now`.
    pub(super) fn check(&self, rules: &Rules, now: Instant) -> OfficeResult<()> {
        match self {
            Self::Calendar(change) => change.check(rules),
            Self::Procedures(change) => change.check(rules, now),
            Self::TimeRules(change) => change.check(rules, now),
            Self::Ladder(change) => change.check(rules, now),
            // Held against its dossier when it is proposed and when it is applied.
            Self::Correction(_) => Ok(()),
        }
    }
}
