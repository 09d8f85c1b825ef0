//! Rows of a file that was brought, for the pages that show them beside what was found.

use std::collections::BTreeSet;

use crate::office::import::mapping::Field;
use crate::office::import::{Mapping, source};
use crate::office::{Office, OfficeResult};
use crate::store::import_runs::ImportRun;

/// Rows of a file as they stand in it, under the fields they are mapped to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Excerpt {
    pub fields: Vec<Field>,
    /// Number of the row and its cells.
    pub rows: Vec<(u64, Vec<String>)>,
}

impl Office {
    /// Rows of a file in its own words: these, or the first ones.
    ///
    /// # Errors
    /// When the file or its mapping cannot be read.
    pub fn import_excerpt(&self, row: &ImportRun, only: Option<&BTreeSet<u64>>, most: usize) -> OfficeResult<Excerpt> {
        let mapping = Mapping::parse(&row.mapping)?;
        let last = only.and_then(|rows| rows.iter().nth(most.saturating_sub(1)).or(rows.last()).copied());
        let mut excerpt = Excerpt::default();
        let mut places = None;
        if only.is_some_and(BTreeSet::is_empty) {
            return Ok(excerpt);
        }
        let read = source::read(self.brought(&row.id)?, &mapping.wanted(), &mut |header, raw, _| {
            let places = places.get_or_insert_with(|| mapping.places(header));
            if excerpt.fields.is_empty() {
                excerpt.fields = Field::ALL.iter().copied().filter(|field| places.contains_key(field)).collect();
            }
            if only.is_none_or(|rows| rows.contains(&raw.number)) {
                let cell = |field: &Field| {
                    places.get(field).and_then(|at| raw.cells.get(*at)).map(source::Cell::shown).unwrap_or_default()
                };
                excerpt.rows.push((raw.number, excerpt.fields.iter().map(cell).collect()));
            }
            let over = excerpt.rows.len() >= most || last.is_some_and(|last| raw.number >= last);
            if over { Err(source::enough()) } else { Ok(()) }
        });
        source::until_enough(read)?;
        Ok(excerpt)
    }
}
