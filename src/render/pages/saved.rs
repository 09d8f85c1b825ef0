//! `/bo-loc`: the filters that a person saved.

use askama::Template;

use super::ctx::Ctx;
use super::form::{FieldError, error_at};

#[derive(Debug, Clone)]
pub struct SavedRow {
    pub id: String,
    pub name: String,
    /// The list it opens.
    pub href: String,
    /// The address to pass on.
    pub link: String,
}

/// A new filter whose name was not taken, to be saved under another.
#[derive(Debug, Clone)]
pub struct Unsaved {
    pub name: String,
    pub query: String,
}

#[derive(Debug, Clone, Template)]
#[template(config = "src/render/pages/askama.toml", path = "saved.html")]
pub struct SavedPage {
    pub c: Ctx,
    pub rows: Vec<SavedRow>,
    pub unsaved: Option<Unsaved>,
    /// Of the form of `wrong`, or of the new filter.
    pub errors: Vec<FieldError>,
    /// Id of the filter that was not renamed, and the name that was not taken.
    pub wrong: Option<(String, String)>,
}

impl SavedPage {
    #[must_use]
    pub fn error_of(&self, id: &str) -> Option<&str> {
        let here = self.wrong.as_ref().map_or(id.is_empty(), |(wrong, _)| wrong == id);
        here.then(|| error_at(&self.errors, "name")).flatten()
    }

    #[must_use]
    pub fn name_of<'a>(&'a self, row: &'a SavedRow) -> &'a str {
        self.wrong.as_ref().filter(|(id, _)| *id == row.id).map_or(&row.name, |(_, name)| name)
    }
}
