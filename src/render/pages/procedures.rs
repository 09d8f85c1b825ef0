//! `/thu-tuc`: the procedures in force.

use askama::Template;

use super::ctx::Ctx;
use super::form::Choice;

#[derive(Debug, Clone)]
pub struct ProcedureRow {
    pub code: String,
    pub name: String,
    pub sector: String,
    /// `None` when the limit is missing: such a dossier has no promise.
    pub limit: Option<String>,
    pub basis: Option<String>,
    /// `Toàn trình`, `Một phần`, or how it may be filed.
    pub level: String,
    /// The limit was confirmed against the published decision.
    pub confirmed: bool,
}

/// Query parameters: `q`, `sector`.
#[derive(Debug, Clone, Template)]
#[template(config = "src/render/pages/askama.toml", path = "procedures.html")]
pub struct ProceduresPage {
    pub c: Ctx,
    pub q: String,
    pub sectors: Vec<Choice>,
    pub rows: Vec<ProcedureRow>,
}
