//! `/tro-nang`: how far people with impairments can use these pages, how that is known, and whom to tell.

use askama::Template;

use super::ctx::Ctx;

#[derive(Debug, Clone, Template)]
#[template(config = "src/render/pages/askama.toml", path = "accessibility.html")]
pub struct AccessibilityPage {
    pub c: Ctx,
    /// Of the centre; empty: not given.
    pub phone: String,
    pub email: String,
    pub address: String,
}
