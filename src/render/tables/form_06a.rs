//! The report 06a on the form of its last day.

use serde_json::Value;

use super::behind::behind_rows;
use super::{Cell, TOTAL, Table, definition_lines, moment, note_lines, period};
use crate::render::report_form::{Place, form_06a as form_of};

/// The report, given as its JSON: a line a field or unit, and the total.
#[must_use]
pub fn form_06a(report: &Value) -> Table {
    let to = report.pointer("/period/to").and_then(Value::as_str).and_then(|day| day.parse().ok());
    let Some(form) = to.and_then(form_of) else { return Table::default() };
    let columns = form.columns;
    let by_unit = report.get("by").and_then(Value::as_str) == Some("unit");
    let head = columns.iter().map(|column| match column.place {
        Place::Name { of_units } if by_unit => of_units,
        Place::Number | Place::Name { .. } | Place::Figure { .. } => column.heading,
    });
    let row = |line: &Value, name: Cell| {
        let cell = |place: &Place| match place {
            Place::Number => Cell::from_json(line.get("no")),
            Place::Name { .. } => name.clone(),
            Place::Figure { key, .. } => Cell::from_json(line.pointer(&format!("/{}", key.replace('.', "/")))),
        };
        columns.iter().map(|column| cell(&column.place)).collect::<Vec<_>>()
    };
    let lines = report.get("lines").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let mut rows: Vec<_> = lines.iter().map(|line| row(line, Cell::from_json(line.get("name")))).collect();
    rows.extend(report.get("total").map(|total| row(total, Cell::Text(TOTAL.to_owned()))));
    let buckets: Vec<_> = columns
        .iter()
        .map(|column| match column.place {
            Place::Figure { bucket, .. } => Some(bucket),
            Place::Number | Place::Name { .. } => None,
        })
        .collect();
    let part = if by_unit { "unit" } else { "field" };
    let parts = lines.iter().map(|line| Some((part, line.get("code").and_then(Value::as_str)?)));
    let behind = behind_rows(&rows, &buckets, parts.chain([None]));
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
