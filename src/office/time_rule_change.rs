//! A change of time rules: new versions of additions and sub-deadlines.

use serde::{Deserialize, Serialize};

use crate::domain::problem::{FieldError, Problem};
use crate::domain::time::{Instant, civil_day};
use crate::domain::time_rule::RuleKind;
use crate::store::time_rules::TimeRule;
use crate::store::{Tx, time_rules};

use super::OfficeResult;
use super::intake::nfc;
use super::procedure_form::{first_day, sane};
use super::proposals::{Authors, Difference};
use super::rules::Rules;
use super::time_rule_file::{RuleTyped, StatedRule};

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

    /// The newest version of a rule that it speaks of.
    #[must_use]
    pub fn before<'a>(&self, rules: &'a Rules, stated: &StatedRule) -> Option<&'a TimeRule> {
        newest(&rules.time_rules, stated)
    }

    /// Writes the new versions; what says the same already stays. A day that passed while the proposal
    /// waited becomes the day of the approval: what was promised meanwhile stays explained.
    pub(super) fn apply(&self, tx: &mut Tx<'_>, now: Instant, authors: &Authors) -> OfficeResult<()> {
        let known = time_rules::all(tx)?;
        for stated in &self.rules {
            let before = newest(&known, stated);
            if before.is_some_and(|row| stated.says_the_same(row)) {
                continue;
            }
            let version = before.map_or(1, |row| row.version + 1);
            let stated = StatedRule { valid_from: stated.valid_from.max(civil_day(now)), ..stated.clone() };
            time_rules::insert(tx, stated.stored(now, authors, version)?)?;
        }
        Ok(())
    }
}

impl RuleTyped {
    /// The change that the form of the rules' page asks for.
    ///
    /// # Errors
    /// Every wrong field.
    pub fn change(&self, rules: &Rules, now: Instant) -> Result<TimeRuleChange, Vec<FieldError>> {
        let mut errors = Vec::new();
        let mut plain = |field, text: &str| {
            sane(field, text, usize::MAX, &mut errors);
            nfc(text.trim())
        };
        let mut typed = Self {
            kind: plain("kind", &self.kind),
            area: plain("area", &self.area),
            sector: plain("sector", &self.sector),
            limit_value: plain("limit_value", &self.limit_value),
            limit_unit: plain("limit_unit", &self.limit_unit),
            notice: plain("notice", &self.notice),
            basis: plain("basis", &self.basis),
            confidence: plain("confidence", &self.confidence),
            valid_from: String::new(),
        };
        if typed.kind == RuleKind::AreaAddition.as_str() {
            // An addition counts in the unit of the limit that it is added to.
            typed.limit_unit = String::new();
        }
        if typed.basis.is_empty() {
            errors.push(FieldError::new("basis", "", Problem::Required));
        }
        match first_day(&self.valid_from, now) {
            Ok(Some(day)) => typed.valid_from = day.to_string(),
            Ok(None) => typed.valid_from = civil_day(now).to_string(),
            Err(error) => {
                errors.push(error);
                typed.valid_from = civil_day(now).to_string();
            }
        }
        let stated = typed.stated(errors)?;
        let before = newest(&rules.time_rules, &stated);
        let ends_nothing = before.is_none() && stated.limit_value.is_none();
        if ends_nothing || before.is_some_and(|row| stated.says_the_same(row)) {
            return Err(vec![FieldError::new("limit_value", &self.limit_value, Problem::NoChange)]);
        }
        Ok(TimeRuleChange { rules: vec![stated] })
    }
}

/// The newest version of the rule that `stated` speaks of.
fn newest<'a>(known: &'a [TimeRule], stated: &StatedRule) -> Option<&'a TimeRule> {
    known.iter().filter(|row| stated.is_version_of(row)).max_by_key(|row| row.version)
}
