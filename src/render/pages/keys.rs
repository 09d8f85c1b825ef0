//! `/phim-tat`: the keyboard's shortcuts, as a page and as the sheet that `?` opens.

use askama::Template;

use super::ctx::Ctx;

#[derive(Debug, Clone, Template)]
#[template(config = "src/render/pages/askama.toml", path = "keys.html")]
pub struct KeysPage {
    pub c: Ctx,
}
