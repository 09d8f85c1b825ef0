//! What the numbers of the reports mean, in words: printed with them, and in their JSON.

use serde::Serialize;
use serde_json::Value;

use super::report_form::{Column, Place, ReportForm};
use crate::domain::indicator::Indicator;

mod forms;
mod indicators;
mod measures;

pub use forms::{form_note, own_reasons_note, reasons_line, undated_note, unrecorded_notes};
pub use measures::{ageing_definition, filer_name, forecast_definition, working_time_definitions};

/// Files that no unit handles.
pub const NO_UNIT: &str = "Chưa giao đơn vị";
/// Files of a procedure without a field.
pub const NO_FIELD: &str = "Chưa ghi lĩnh vực";

/// What a number counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Definition {
    /// Where the number stands in the report.
    pub key: &'static str,
    pub name: &'static str,
    /// Of the definition: another one counts something else.
    pub version: String,
    pub numerator: &'static str,
    /// `None`: a count and no rate.
    pub denominator: Option<&'static str>,
    /// Files in no part of it.
    pub exclusions: Vec<&'static str>,
    /// Law or plan.
    pub source: &'static str,
}

/// A definition, given as its JSON, on one line for under a table; of a count only what it counts.
#[must_use]
pub fn definition_line(definition: &Value) -> String {
    let text = |key: &str| definition.get(key).and_then(Value::as_str).unwrap_or_default();
    let exclusions = definition.get("exclusions").and_then(Value::as_array);
    let without: Vec<&str> = exclusions.into_iter().flatten().filter_map(Value::as_str).collect();
    let denominator = definition.get("denominator").and_then(Value::as_str);
    line([text("name"), text("version"), text("numerator"), text("source")], denominator, &without)
}

fn line([name, version, numerator, source]: [&str; 4], denominator: Option<&str>, without: &[&str]) -> String {
    let Some(denominator) = denominator else { return format!("{name}: {numerator}.") };
    let without = if without.is_empty() { String::new() } else { format!(" Không tính: {}.", without.join("; ")) };
    format!("{name} (định nghĩa {version}): {numerator} trên {denominator}.{without} Căn cứ: {source}.")
}

impl Definition {
    /// On one line, as under a table.
    #[must_use]
    pub fn line(&self) -> String {
        line([self.name, &self.version, self.numerator, self.source], self.denominator, &self.exclusions)
    }
}

/// The definitions of some indicators.
#[must_use]
pub fn definitions(of: &[Indicator]) -> Vec<Definition> {
    of.iter().map(|indicator| indicators::definition(*indicator)).collect()
}

/// Everything that the summary shows.
#[must_use]
pub fn summary_definitions() -> Vec<Definition> {
    let mut all = definitions(Indicator::ALL);
    all.push(ageing_definition());
    all.extend(working_time_definitions());
    all.push(forecast_definition());
    all
}

/// What the columns of a form count.
#[must_use]
pub fn form_definitions(form: &ReportForm) -> Vec<Definition> {
    let of = |column: &Column| match column.place {
        Place::Number | Place::Name { .. } | Place::Words { .. } => None,
        Place::Figure { key, meaning, .. } => Some(Definition {
            key,
            name: column.heading,
            version: form.symbol.to_owned(),
            numerator: meaning,
            denominator: None,
            exclusions: Vec::new(),
            source: form.basis,
        }),
    };
    form.columns.iter().filter_map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::{definition_line, definitions};
    use crate::domain::indicator::Indicator;

    #[test]
    fn a_definition_names_what_is_counted_what_is_left_out_and_why() {
        let all = definitions(Indicator::ALL);
        assert!(
            all.iter().all(|one| one.denominator.is_some() && !one.exclusions.is_empty() && !one.source.is_empty())
        );
        assert_eq!(
            definition_line(&serde_json::to_value(&all[0]).unwrap()),
            "Tỷ lệ trước và đúng hạn (định nghĩa 1): hồ sơ đã giải quyết trước hoặc đúng ngày hẹn trả (ngày hẹn đầu hoặc \
             ngày tính lại theo luật, không phải ngày hẹn lại khi xin lỗi) trên hồ sơ đã giải quyết (kể cả không có ngày hẹn) và hồ sơ đang giải quyết đã quá hẹn. Không tính: hồ sơ đang giải quyết \
             còn trong hạn; hồ sơ đang tạm dừng trước khi quá hẹn; hồ sơ đang giải quyết không có ngày hẹn; hồ sơ trực \
             tuyến chưa được tiếp nhận. Căn cứ: QĐ 766/QĐ-TTg (23/6/2022), nhóm tiến độ giải quyết; NĐ 224/2026/NĐ-CP \
             Điều 19(2)."
        );
    }
}
