//! What the numbers of the reports mean, in words: printed with them, and in their JSON.

use serde::Serialize;
use serde_json::Value;

use super::report_form::{Column, Place, ReportForm};
use crate::domain::form_06a::FormNote;
use crate::domain::indicator::{Counts, Exclusion, Indicator};

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
    let (name, numerator) = (text("name"), text("numerator"));
    let Some(denominator) = definition.get("denominator").and_then(Value::as_str) else {
        return format!("{name}: {numerator}.");
    };
    let exclusions = definition.get("exclusions").and_then(Value::as_array);
    let without: Vec<&str> = exclusions.into_iter().flatten().filter_map(Value::as_str).collect();
    let without = if without.is_empty() { String::new() } else { format!(" Không tính: {}.", without.join("; ")) };
    let (version, source) = (text("version"), text("source"));
    format!("{name} (định nghĩa {version}): {numerator} trên {denominator}.{without} Căn cứ: {source}.")
}

/// The definitions of some indicators.
#[must_use]
pub fn definitions(indicators: &[Indicator]) -> Vec<Definition> {
    indicators.iter().map(|indicator| definition(*indicator)).collect()
}

fn definition(indicator: Indicator) -> Definition {
    let Counts { version, exclusions, basis, .. } = indicator.counts();
    let (name, numerator, denominator) = match indicator {
        Indicator::OnTime => (
            "Tỷ lệ trước và đúng hạn",
            "hồ sơ đã giải quyết trước hoặc đúng ngày hẹn trả (ngày hẹn đầu hoặc ngày tính lại theo luật, không phải ngày hẹn lại khi xin lỗi)",
            "hồ sơ đã giải quyết (kể cả không có ngày hẹn) và hồ sơ đang giải quyết đã quá hẹn",
        ),
        Indicator::OnlineSubmission => (
            "Tỷ lệ nộp trực tuyến",
            "hồ sơ tiếp nhận trong kỳ nộp trực tuyến",
            "mọi hồ sơ tiếp nhận trong kỳ: trực tuyến, trực tiếp và bưu chính",
        ),
        Indicator::FullOnline => (
            "Tỷ lệ trực tuyến toàn trình",
            "hồ sơ tiếp nhận trong kỳ nộp trực tuyến của thủ tục cung cấp toàn trình",
            "mọi hồ sơ tiếp nhận trong kỳ của thủ tục cung cấp toàn trình",
        ),
        Indicator::EntirelyOnline => (
            "Tỷ lệ xử lý hoàn toàn trực tuyến",
            "hồ sơ có kết quả nộp trực tuyến, không nộp thêm giấy, không phải đến nơi, trả phí trực tuyến nếu có phí, kết quả điện tử",
            "mọi hồ sơ có kết quả (giải quyết hoặc từ chối) trong kỳ",
        ),
        Indicator::Apology => (
            "Tỷ lệ hồ sơ quá hạn có phiếu xin lỗi",
            "hồ sơ quá hẹn đã có phiếu xin lỗi phát hành",
            "mọi hồ sơ quá hẹn, đã và đang giải quyết",
        ),
        Indicator::StatutoryOnTime => (
            "Tỷ lệ trước và đúng hạn theo quy định",
            "hồ sơ đã giải quyết trong thời hạn luật định",
            "hồ sơ đã giải quyết và hồ sơ đang giải quyết đã quá thời hạn luật định",
        ),
    };
    Definition {
        key: indicator.as_str(),
        name,
        version: version.to_string(),
        numerator,
        denominator: Some(denominator),
        exclusions: exclusions.iter().map(|exclusion| excluded(*exclusion)).collect(),
        source: basis,
    }
}

const fn excluded(exclusion: Exclusion) -> &'static str {
    match exclusion {
        Exclusion::OpenInTime => "hồ sơ đang giải quyết còn trong hạn",
        Exclusion::OpenPaused => "hồ sơ đang tạm dừng trước khi quá hẹn",
        Exclusion::OpenNoPromise => "hồ sơ đang giải quyết không có ngày hẹn",
        Exclusion::CarriedOver => "hồ sơ từ kỳ trước chuyển qua",
        Exclusion::NotFullOnline => "hồ sơ của thủ tục một phần hoặc không trực tuyến",
        Exclusion::WithoutResult => "hồ sơ đang giải quyết, người nộp rút hoặc dừng giải quyết",
        Exclusion::NotLate => "hồ sơ không quá hẹn",
        Exclusion::NotAccepted => "hồ sơ trực tuyến chưa được tiếp nhận",
    }
}

/// What the columns of a form count.
#[must_use]
pub fn form_definitions(form: &ReportForm) -> Vec<Definition> {
    let of = |column: &Column| match column.place {
        Place::Number | Place::Name { .. } => None,
        Place::Figure { key, meaning } => Some(Definition {
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

/// What a form says of files that it has no column for.
#[must_use]
pub fn form_note(note: FormNote, count: u64) -> String {
    match note {
        FormNote::ResolvedNoPromise => format!(
            "“Đã giải quyết: quá hạn” gồm {count} hồ sơ không có ngày hẹn trả: không bao giờ được tính là đúng hạn."
        ),
        FormNote::OpenNoPromise => {
            format!("“Đang giải quyết: trong hạn” gồm {count} hồ sơ chưa có ngày hẹn trả.")
        }
        FormNote::Paused => format!(
            "“Đang giải quyết: trong hạn” gồm {count} hồ sơ tạm dừng trước khi quá hẹn; hồ sơ tạm dừng sau khi quá hẹn là quá hạn."
        ),
        FormNote::WithoutResult => format!(
            "“Đã giải quyết” gồm {count} hồ sơ người nộp rút hoặc dừng giải quyết, xếp theo lúc kết thúc so với ngày hẹn trả."
        ),
    }
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
