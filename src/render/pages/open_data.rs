//! `/du-lieu-mo`: what is published of closed months, for everybody.

use askama::Template;

use super::ctx::Ctx;

#[derive(Debug, Clone)]
pub struct OpenDataRow {
    pub name: String,
    pub agency: String,
    /// Without its ending.
    pub href: String,
    pub sha256: String,
}

#[derive(Debug, Clone, Template)]
#[template(config = "src/render/pages/askama.toml", path = "open_data.html")]
pub struct OpenDataPage {
    pub c: Ctx,
    pub rows: Vec<OpenDataRow>,
    /// Empty: the agency has named none.
    pub licence: String,
    pub least: u64,
}
