//! `/tinh`: the agencies of a province beside each other, and the whole.

use askama::Template;

use super::ctx::Ctx;
use super::summary::{Count, RateKind};

/// An agency, or all of them.
#[derive(Debug, Clone)]
pub struct AgencyRow {
    /// `None`: nothing to be ranked by.
    pub rank: Option<u64>,
    pub code: String,
    pub name: String,
    pub received: Count,
    pub resolved: Count,
    /// Met and counted for the on-time rate.
    pub on_time: (Count, Count),
    pub on_time_percent: Option<String>,
    /// Those that have the quality which is held against the target, of these.
    pub online: (Count, Count),
    pub online_percent: Option<String>,
    pub overdue: Count,
    pub unapologised: Count,
}

/// Query parameters: `from`, `to` (civil days), `as_of`.
#[derive(Debug, Clone, Template)]
#[template(config = "src/render/pages/askama.toml", path = "province.html")]
pub struct ProvincePage {
    pub c: Ctx,
    pub from: String,
    pub to: String,
    pub as_of: String,
    pub period: String,
    pub cut: String,
    pub error: Option<String>,
    /// The query of the same figures as files.
    pub query: String,
    /// Which online rate stands in the table: the one held against the target.
    pub online: RateKind,
    pub rows: Vec<AgencyRow>,
    /// Its numbers have no list of their own.
    pub total: AgencyRow,
}
