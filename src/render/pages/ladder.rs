//! `/bac-thang`: the ladder of notices, as a table and as a picture, and how a change is proposed.

use askama::Template;

use super::ctx::Ctx;
use super::form::{Choice, FieldError, error_at};
use super::procedures::{ChangePreview, VersionStanding};

/// A version of a rung.
#[derive(Debug, Clone)]
pub struct RungView {
    /// Its number in the picture; `None`: it does not hold now.
    pub number: Option<usize>,
    pub kind: String,
    pub level: String,
    pub standing: VersionStanding,
    pub from: String,
    pub when: String,
    pub who: String,
    /// Empty: it is off.
    pub accountable: String,
    pub how: String,
    pub acknowledge: String,
    pub basis: String,
    pub entered_by: String,
    pub approved_by: String,
    /// The address of the form filled with it.
    pub edit: String,
}

/// The rungs given for one procedure, or for all.
#[derive(Debug, Clone)]
pub struct LadderGroup {
    /// `Mọi thủ tục`, `Thủ tục 1.004873`.
    pub name: String,
    /// The name of the procedure; empty: all.
    pub procedure: String,
    /// The ladder that holds today, as SVG.
    pub picture: String,
    pub rungs: Vec<RungView>,
}

#[derive(Debug, Clone, Template)]
#[template(config = "src/render/pages/askama.toml", path = "ladder.html")]
pub struct LadderPage {
    pub c: Ctx,
    pub groups: Vec<LadderGroup>,
    pub may_change: bool,
}

/// What is typed.
#[derive(Debug, Clone, Default)]
pub struct RungInput {
    pub procedure: String,
    pub level: String,
    pub share_percent: String,
    pub working_days: String,
    pub acknowledge_hours: String,
    pub basis: String,
    pub valid_from: String,
}

/// POST `/bac-thang` with `csrf`, the fields, a box `audience_…` or `way_…` for each chosen one, and
/// `step`: `preview` or `propose`.
#[derive(Debug, Clone, Template)]
#[template(config = "src/render/pages/askama.toml", path = "ladder_form.html")]
pub struct LadderFormPage {
    pub c: Ctx,
    pub input: RungInput,
    pub agencies: Vec<Choice>,
    pub kinds: Vec<Choice>,
    pub audiences: Vec<Choice>,
    pub accountable: Vec<Choice>,
    pub ways: Vec<Choice>,
    pub bundlings: Vec<Choice>,
    pub urgencies: Vec<Choice>,
    /// Codes with their names.
    pub procedures: Vec<(String, String)>,
    pub errors: Vec<FieldError>,
    pub preview: Option<ChangePreview>,
    pub four_eyes: bool,
}

impl LadderFormPage {
    #[must_use]
    pub fn error(&self, field: &str) -> Option<&str> {
        error_at(&self.errors, field)
    }
}
