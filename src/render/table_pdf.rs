//! Tables as printed pages: A4, upright while the columns find room, else lying.

use chrono::Datelike;
use serde::Serialize;

use super::RenderError;
use super::dates::{short_date, short_moment, short_time};
use super::letter::{Images, LetterPress};
use super::tables::{Cell, Table};
use crate::domain::time::{Instant, local, parse_instant};

/// With more columns the page lies.
const UPRIGHT_COLUMNS: usize = 6;
/// What a column may weigh beside the others, in characters: an empty one, and the longest text.
const WIDTHS: (usize, usize) = (6, 28);

/// What the template reads.
#[derive(Debug, Serialize)]
struct Sheet<'a> {
    title: &'a str,
    author: &'a str,
    note: String,
    made: (i32, u32, u32),
    landscape: bool,
    /// Points.
    size: f32,
    columns: Vec<Column<'a>>,
    rows: Vec<Vec<String>>,
    /// Under the table.
    below: Vec<&'a str>,
}

#[derive(Debug, Serialize)]
struct Column<'a> {
    name: &'a str,
    /// Width beside the others.
    share: usize,
    /// Numbers stand to the right.
    counts: bool,
}

impl LetterPress {
    /// The table of an office as PDF/A-2a and PDF/UA-1, its head line on every page.
    ///
    /// # Errors
    /// [`RenderError::Template`] or [`RenderError::Pdf`]; the template gives neither, whatever the cells hold.
    pub fn table(&self, table: &Table, office: &str, made_at: Instant) -> Result<Vec<u8>, RenderError> {
        let made = local(made_at);
        let rows: Vec<Vec<String>> = table.rows.iter().map(|row| row.iter().map(shown).collect()).collect();
        let sheet = Sheet {
            title: &table.title,
            author: office,
            note: format!("Lập lúc {}", short_moment(made)),
            made: (made.year(), made.month(), made.day()),
            landscape: table.head.len() > UPRIGHT_COLUMNS,
            size: if table.head.len() > 2 * UPRIGHT_COLUMNS { 6.5 } else { 9.0 },
            columns: (0..).zip(&table.head).map(|(at, name)| column(at, name, &rows, &table.rows)).collect(),
            rows,
            below: table.notes.iter().chain(&table.definitions).map(String::as_str).collect(),
        };
        let sheet = serde_json::to_vec(&sheet).map_err(|error| RenderError::Facts(error.to_string()))?;
        Self::printed(self.set(&self.table_template, sheet, &Images::default(), None), &table.title)
    }
}

fn column<'a>(at: usize, name: &'a str, shown: &[Vec<String>], cells: &[Vec<Cell>]) -> Column<'a> {
    let texts = || shown.iter().filter_map(|row| row.get(at)).map(String::as_str);
    let word = |text: &str| text.split_whitespace().map(|word| word.chars().count()).max().unwrap_or(0);
    let longest = texts().map(|text| text.chars().count()).max().unwrap_or(0).min(WIDTHS.1);
    let words = texts().chain([name]).map(word).max().unwrap_or(0);
    Column {
        name,
        share: longest.max(words).max(WIDTHS.0),
        counts: cells.iter().filter_map(|row| row.get(at)).all(|cell| match cell {
            Cell::Number(_) | Cell::Empty => true,
            Cell::Text(text) => is_share(text),
        }),
    }
}

/// A cell as people read it: moments as a date and a time of day.
fn shown(cell: &Cell) -> String {
    match cell {
        Cell::Number(number) => number.to_string(),
        Cell::Empty => "–".to_owned(),
        Cell::Text(text) => match parse_instant(text).filter(|_| text.contains('T')) {
            Some(at) => format!("{} {}", short_date(local(at).date()), short_time(local(at))),
            None if is_share(text) => text.replace('.', ","),
            None => text.clone(),
        },
    }
}

/// A percentage as reports give it: `93.10`.
fn is_share(text: &str) -> bool {
    text.split_once('.').is_some_and(|(whole, parts)| {
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        digits(whole) && digits(parts) && parts.len() == 2
    })
}
