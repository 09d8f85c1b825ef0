//! `/tim`: the best hits while somebody types in the search of the page head; a fragment.

use askama::Template;

use super::ctx::Ctx;
use super::words::Standing;

#[derive(Debug, Clone)]
pub struct Hit {
    pub code: String,
    pub applicant: String,
    pub procedure: String,
    pub standing: Standing,
    /// The day in force.
    pub due: Option<String>,
}

#[derive(Debug, Clone, Template)]
#[template(config = "src/render/pages/askama.toml", path = "hits.html")]
pub struct Hits {
    pub c: Ctx,
    pub hits: Vec<Hit>,
}
