//! `/quy-tac`: rules about time by kind, their versions, and how a change is proposed.

use askama::Template;

use super::ctx::Ctx;
use super::form::{Choice, FieldError, error_at};
use super::procedures::{ChangePreview, VersionStanding};

/// A version of a rule.
#[derive(Debug, Clone)]
pub struct RuleVersionView {
    pub number: String,
    pub standing: VersionStanding,
    pub from: String,
    /// `8 giờ làm việc`, `cộng 10 ngày`, `hết áp dụng`.
    pub limit: String,
    pub notice: String,
    pub basis: String,
    pub confidence: String,
    pub confirmed: bool,
    pub entered_by: String,
    pub approved_by: String,
}

/// A rule: where it holds, and its versions, the newest first.
#[derive(Debug, Clone)]
pub struct RuleView {
    pub area: String,
    pub sector: String,
    /// Whether the agency lies in the area.
    pub here: bool,
    /// The address of the form filled with it.
    pub edit: String,
    pub versions: Vec<RuleVersionView>,
}

/// The rules of one kind.
#[derive(Debug, Clone)]
pub struct RuleGroup {
    pub name: String,
    pub article: String,
    pub rules: Vec<RuleView>,
}

#[derive(Debug, Clone, Template)]
#[template(config = "src/render/pages/askama.toml", path = "time_rules.html")]
pub struct TimeRulesPage {
    pub c: Ctx,
    pub groups: Vec<RuleGroup>,
    pub may_change: bool,
}

/// What is typed.
#[derive(Debug, Clone, Default)]
pub struct RuleInput {
    pub area: String,
    pub sector: String,
    pub limit_value: String,
    pub basis: String,
    pub valid_from: String,
}

/// POST `/quy-tac` with `csrf`, the fields, and `step`: `preview`, `propose`, or `end` (the rule ends on
/// the day; shown first).
#[derive(Debug, Clone, Template)]
#[template(config = "src/render/pages/askama.toml", path = "time_rule_form.html")]
pub struct TimeRuleFormPage {
    pub c: Ctx,
    pub input: RuleInput,
    pub kinds: Vec<Choice>,
    pub units: Vec<Choice>,
    pub notices: Vec<Choice>,
    pub confidences: Vec<Choice>,
    pub sectors: Vec<String>,
    pub areas: Vec<String>,
    pub errors: Vec<FieldError>,
    pub preview: Option<ChangePreview>,
    pub four_eyes: bool,
}

impl TimeRuleFormPage {
    #[must_use]
    pub fn error(&self, field: &str) -> Option<&str> {
        error_at(&self.errors, field)
    }
}
