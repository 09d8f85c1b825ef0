//! `/ho-so/nguy-co`: open files by how likely they become late.

use askama::Template;

use super::board::UnitLink;
use super::ctx::Ctx;
use super::pager::Pager;

/// An open file.
#[derive(Debug, Clone)]
pub struct RiskFile {
    pub code: String,
    pub procedure: String,
    pub unit: String,
    pub officer: String,
    pub due: String,
    /// `còn 2 ngày 3 giờ làm việc`
    pub left: String,
    /// Its count began afresh with the supplement.
    pub again: bool,
    /// `None`: nothing can be said.
    pub chance: Option<ChanceView>,
    /// Files of its kind that were still open after as much working time, and those of them that are finished.
    pub cases: u64,
    pub finished: u64,
    /// Nothing is said because they are too few, and not because none took as long.
    pub too_few: bool,
}

/// `37.50`, and between which two the true one lies.
#[derive(Debug, Clone)]
pub struct ChanceView {
    pub late: String,
    pub low: String,
    pub high: String,
    pub tone: &'static str,
}

/// Query parameters: `don-vi`, `as_of` (`datetime-local`, empty = now), `cursor`.
#[derive(Debug, Clone, Template)]
#[template(config = "src/render/pages/askama.toml", path = "at_risk.html")]
pub struct AtRiskPage {
    pub c: Ctx,
    /// More than one: to choose from; the first stands for all of them.
    pub units: Vec<UnitLink>,
    /// The choice as query parameters, for the files to take away.
    pub asked: String,
    /// Code of the unit that is shown; empty: all.
    pub unit: String,
    /// As the field of the form has it.
    pub as_of: String,
    /// `15:20 17/11/2026`; `None`: now.
    pub seen_at: Option<String>,
    /// The days whose files are compared with.
    pub history: String,
    pub min_finished: u64,
    pub silent: u64,
    pub late: u64,
    pub paused: u64,
    pub no_promise: u64,
    pub rows: Vec<RiskFile>,
    pub pager: Pager,
}
