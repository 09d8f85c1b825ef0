//! A row of another system as it is held against ours: what it tells, and what of it cannot be read. Unlike
//! an import it takes every row that has a code.

use std::collections::HashMap;

use crate::domain::dossier::Outcome;
use crate::domain::reconcile::{Tells, TheirFile, Theirs};
use crate::office::intake::nfc;

use super::dates::Given;
use super::mapping::{Field, Mapping};
use super::source::{Cell, RawRow};

/// Characters of a text that are repeated.
const SHOWN: usize = 60;

/// A row, and the texts of it that say nothing.
#[derive(Debug, Clone, Default)]
pub struct TheirRow {
    /// As a person sees it in the file.
    pub row: u64,
    /// Empty: it cannot be known again.
    pub code: String,
    pub file: TheirFile,
    pub unread: HashMap<Field, String>,
}

/// What the row tells.
pub fn row_of(mapping: &Mapping, places: &HashMap<Field, usize>, raw: &RawRow) -> TheirRow {
    let mut row = TheirRow { row: raw.number, ..TheirRow::default() };
    if raw.fault.is_some() {
        return row;
    }
    let cell = |field| places.get(&field).and_then(|at: &usize| raw.cells.get(*at)).unwrap_or(&Cell::Empty);
    let text = |field: Field| match mapping.constant(field) {
        Some(constant) => constant.to_owned(),
        None => match cell(field) {
            Cell::Text(text) => mapping.ours(field, text.trim()).to_owned(),
            Cell::Moment(at) => at.to_string(),
            Cell::Empty | Cell::NotUtf8 | Cell::Wrong(_) => String::new(),
        },
    };
    let has = |field: Field| places.contains_key(&field) || mapping.constant(field).is_some();
    row.code = nfc(&text(Field::Code));
    let mut unread = HashMap::new();
    let mut date = |field: Field| {
        let given = match (mapping.constant(field), cell(field)) {
            (None, Cell::Empty) => return Theirs::Nothing,
            (None, Cell::Moment(at)) => mapping.dates.of_sheet(*at),
            _ => mapping.dates.read(&text(field)),
        };
        match given {
            Some(Given::At(at)) => Theirs::At(at),
            Some(Given::On(day)) => Theirs::On(day),
            None => {
                unread.insert(field, cell(field).shown().chars().take(SHOWN).collect());
                Theirs::Unreadable
            }
        }
    };
    let [received, due, resolved, returned] =
        [Field::ReceivedAt, Field::DueAt, Field::ResolvedAt, Field::ReturnedAt].map(&mut date);
    let mut word = |field: Field| {
        Some(text(field)).filter(|text| has(field) && !text.is_empty()).inspect(|text| {
            unread.insert(field, text.chars().take(SHOWN).collect());
        })
    };
    let channel = word(Field::Channel).map(|text| text.parse().map_err(|_| ()));
    let status = word(Field::Outcome).map(|text| text.parse().map(Outcome::stage).map_err(|_| ()));
    row.file = TheirFile {
        channel,
        status,
        received,
        due,
        resolved,
        returned,
        tells: Tells {
            received: has(Field::ReceivedAt),
            due: has(Field::DueAt),
            resolved: has(Field::ResolvedAt),
            returned: has(Field::ReturnedAt),
        },
    };
    row.unread = unread;
    row
}
