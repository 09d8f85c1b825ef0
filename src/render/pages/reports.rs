//! The room of the reports: one page each, made of the table that its files are made of.

use askama::Template;

use super::ctx::{Ctx, Lang};
use super::form::Choice;
use crate::domain::reporting_period::{PeriodKind, PeriodShape, ReportingPeriod};
use crate::render::tables::{Behind, Cell, TOTAL, Table};

/// A door of the room.
#[derive(Debug, Clone)]
pub struct Tab {
    pub href: String,
    pub label: &'static str,
    pub current: bool,
}

/// What is asked of a report: its days and the moment from which it looks.
#[derive(Debug, Clone, Default)]
pub struct PeriodForm {
    pub from: String,
    pub to: String,
    pub as_of: String,
    /// Groups of periods to choose from; empty value: the days typed.
    pub periods: Vec<(&'static str, Vec<Choice>)>,
    pub shapes: Vec<Choice>,
    /// Code of the agency that is looked at, where it is not one's own.
    pub agency: Option<String>,
}

/// A table, or a part of one under a heading of its own.
#[derive(Debug, Clone, Default)]
pub struct Section {
    /// What the columns say that it was parted by; none: it is the whole table.
    pub captions: Vec<String>,
    /// Heading, and whether numbers stand under it.
    pub head: Vec<(&'static str, bool)>,
    pub rows: Vec<Row>,
}

#[derive(Debug, Clone, Default)]
pub struct Row {
    /// It adds up the others.
    pub total: bool,
    pub cells: Vec<View>,
}

/// A cell as it is read.
#[derive(Debug, Clone, Default)]
pub struct View {
    pub text: String,
    /// The list behind a number.
    pub href: Option<String>,
    /// It names the row.
    pub names: bool,
    pub number: bool,
}

/// Query parameters: `period` (`2026-11`, `2026-Q4`, …) with `shape`, or `from` and `to`; `as_of`, `by`.
#[derive(Debug, Clone, Template)]
#[template(config = "src/render/pages/askama.toml", path = "report.html")]
pub struct ReportPage {
    pub c: Ctx,
    pub tabs: Vec<Tab>,
    pub asked: PeriodForm,
    /// Address of the page without its question.
    pub here: String,
    /// Fields or units; empty: the report has one kind of lines.
    pub by: Vec<Choice>,
    /// The ratios of which one is shown, in Vietnamese; empty: all is shown.
    pub ratios: Vec<Choice>,
    pub title: &'static str,
    /// The title of the table, in Vietnamese.
    pub table_title: String,
    pub period: String,
    pub cut: String,
    pub error: Option<String>,
    pub sections: Vec<Section>,
    pub notes: Vec<String>,
    /// What is said of the figures comes before them.
    pub notes_first: bool,
    pub definitions: Vec<String>,
    /// Address and name of each file of the same answer.
    pub files: Vec<(String, &'static str)>,
}

impl Section {
    fn caption(&self) -> String {
        self.captions.join(" – ")
    }

    /// The parts of a table, parted where one of its first `by` columns changes; these are their headings.
    #[must_use]
    pub fn all(c: &Ctx, table: &Table, by: usize, list: &dyn Fn(&Behind) -> String) -> Vec<Self> {
        let mut sections: Vec<Self> = Vec::new();
        for (at, row) in table.rows.iter().enumerate() {
            let captions: Vec<String> = row.iter().take(by).map(|cell| shown(c, cell)).collect();
            if sections.last().is_none_or(|last| last.captions != captions) {
                let numbers = |column: usize| matches!(row.get(column), Some(Cell::Number(_)));
                let head = table.head.iter().enumerate().skip(by).map(|(column, name)| (*name, numbers(column)));
                sections.push(Self { captions, head: head.collect(), rows: Vec::new() });
            }
            let names = name_of(row, by);
            let cells = row.iter().enumerate().skip(by).map(|(column, cell)| View {
                text: shown(c, cell),
                href: table.behind.get(&(at, column)).map(list),
                names: names == Some(column),
                number: is_number(cell),
            });
            let total = row.contains(&Cell::Text(TOTAL.to_owned()));
            if let Some(section) = sections.last_mut() {
                section.rows.push(Row { total, cells: cells.collect() });
            }
        }
        sections
    }
}

/// The column that names the row: the first text from `by` on, or the name beside it where that is a code.
fn name_of(row: &[Cell], by: usize) -> Option<usize> {
    let words = |cell: &Cell| matches!(cell, Cell::Text(text) if !text.is_empty()) && !is_number(cell);
    let first = row.iter().skip(by).position(words)? + by;
    Some(first + usize::from(row.get(first + 1).is_some_and(words)))
}

fn shown(c: &Ctx, cell: &Cell) -> String {
    match cell {
        Cell::Number(number) => c.n(number),
        Cell::Empty => "–".to_owned(),
        Cell::Text(text) if is_number(cell) => text.replace('.', c.t(",", ".")),
        Cell::Text(text) => text.clone(),
    }
}

/// A count, no data, or a percentage with its two decimals.
fn is_number(cell: &Cell) -> bool {
    match cell {
        Cell::Number(_) | Cell::Empty => true,
        Cell::Text(text) => text.split_once('.').is_some_and(|(whole, parts)| {
            let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
            digits(whole) && digits(parts) && parts.len() == 2
        }),
    }
}

/// `Quý IV/2026`.
#[must_use]
pub fn period_name(lang: Lang, period: ReportingPeriod) -> String {
    let (year, number) = (period.year(), period.number());
    let roman = match number {
        1 => "I",
        2 => "II",
        3 => "III",
        _ => "IV",
    };
    match (lang, period.kind()) {
        (Lang::Vi, PeriodKind::Month) => format!("Tháng {number:02}/{year}"),
        (Lang::En, PeriodKind::Month) => format!("Month {number:02}/{year}"),
        (Lang::Vi, PeriodKind::Quarter) => format!("Quý {roman}/{year}"),
        (Lang::En, PeriodKind::Quarter) => format!("Quarter {number}/{year}"),
        (Lang::Vi, PeriodKind::HalfYear) if number == 1 => format!("6 tháng đầu năm {year}"),
        (Lang::Vi, PeriodKind::HalfYear) => format!("6 tháng cuối năm {year}"),
        (Lang::En, PeriodKind::HalfYear) => format!("Half-year {number}/{year}"),
        (Lang::Vi, PeriodKind::Year) => format!("Năm {year}"),
        (Lang::En, PeriodKind::Year) => format!("Year {year}"),
    }
}

/// The heading of the periods of a kind.
#[must_use]
pub const fn kind_name(lang: Lang, kind: PeriodKind) -> &'static str {
    match (lang, kind) {
        (Lang::Vi, PeriodKind::Month) => "Tháng",
        (Lang::En, PeriodKind::Month) => "Months",
        (Lang::Vi, PeriodKind::Quarter) => "Quý",
        (Lang::En, PeriodKind::Quarter) => "Quarters",
        (Lang::Vi, PeriodKind::HalfYear) => "6 tháng",
        (Lang::En, PeriodKind::HalfYear) => "Half-years",
        (Lang::Vi, PeriodKind::Year) => "Năm",
        (Lang::En, PeriodKind::Year) => "Years",
    }
}

#[must_use]
pub const fn shape_name(lang: Lang, shape: PeriodShape) -> &'static str {
    match (lang, shape) {
        (Lang::Vi, PeriodShape::Calendar) => "Trọn tháng theo lịch",
        (Lang::En, PeriodShape::Calendar) => "Whole months",
        (Lang::Vi, PeriodShape::Official) => "Kỳ chốt 15 đến 14",
        (Lang::En, PeriodShape::Official) => "Official, 15th to 14th",
    }
}
