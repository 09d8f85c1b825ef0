//! Reports on prescribed forms, each on the form of its last day.

use serde_json::Value;

use super::behind::behind_rows;
use super::{Behind, Cell, TOTAL, Table, definition_lines, moment, note_lines, period};
use crate::render::report_form::{FORMS_06A, FORMS_07A, FORMS_REASONS, Place, ReportForm, form_on};

/// The report 06a, given as its JSON.
#[must_use]
pub fn form_06a(report: &Value) -> Table {
    form(report, FORMS_06A)
}

/// The report in the shape of 2026, given as its JSON.
#[must_use]
pub fn form_07a(report: &Value) -> Table {
    form(report, FORMS_07A)
}

/// The report on the reasons of late files, given as its JSON.
#[must_use]
pub fn reasons(report: &Value) -> Table {
    form(report, FORMS_REASONS)
}

/// A line a field or unit, and the total.
fn form(report: &Value, forms: &'static [ReportForm]) -> Table {
    let to = report.pointer("/period/to").and_then(Value::as_str).and_then(|day| day.parse().ok());
    let Some(form) = to.and_then(|to| form_on(forms, to)) else { return Table::default() };
    let columns = form.columns;
    let by_unit = report.get("by").and_then(Value::as_str) == Some("unit");
    let head = columns.iter().map(|column| match column.place {
        Place::Name { of_units } if by_unit => of_units,
        Place::Number | Place::Name { .. } | Place::Figure { .. } | Place::Words { .. } => column.heading,
    });
    let row = |line: &Value, name: Cell| {
        let cell = |place: &Place| match place {
            Place::Number => Cell::from_json(line.get("no")),
            Place::Name { .. } => name.clone(),
            Place::Words { key } => Cell::maybe(line.get(key).and_then(Value::as_str).map(str::to_owned)),
            Place::Figure { key, .. } => Cell::from_json(line.pointer(&format!("/{}", key.replace('.', "/")))),
        };
        columns.iter().map(|column| cell(&column.place)).collect::<Vec<_>>()
    };
    let lines = report.get("lines").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let mut rows: Vec<_> = lines.iter().map(|line| row(line, Cell::from_json(line.get("name")))).collect();
    rows.extend(report.get("total").map(|total| row(total, Cell::Text(TOTAL.to_owned()))));
    let counted: Vec<_> = columns
        .iter()
        .map(|column| match column.place {
            Place::Figure { files, .. } => Behind::figure(files),
            Place::Number | Place::Name { .. } | Place::Words { .. } => None,
        })
        .collect();
    let part = if by_unit { "unit" } else { "field" };
    let parts = lines.iter().map(|line| Some((part, line.get("code").and_then(Value::as_str)?)));
    let behind = behind_rows(&rows, &counted, parts.chain([None]));
    let mut definitions = definition_lines(report);
    definitions.push(format!("Căn cứ: {}.", form.basis));
    Table {
        title: format!(
            "Biểu {}. {} {}, nhìn lúc {}",
            form.symbol,
            form.title,
            period(report),
            moment(report.pointer("/as_of"))
        ),
        head: head.collect(),
        rows,
        notes: note_lines(report),
        definitions,
        behind,
    }
}
