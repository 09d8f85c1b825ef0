//! The reports of a closed period, from what was signed.

use serde_json::Value;

use super::{Table, form_06a, form_07a, index, online, procedures, reasons, self_score, summary, units};
use crate::render::pages::ctx::Lang;

/// A report as it was frozen.
#[derive(Debug, Clone, Copy)]
pub struct ClosedReport {
    /// In the names of its files.
    pub name: &'static str,
    words: (&'static str, &'static str),
    /// Where it stands among the reports that were signed.
    place: &'static str,
    table: fn(&Value) -> Table,
}

impl ClosedReport {
    pub const ALL: [Self; 12] = [
        Self::new("tong-hop", ("Tổng hợp", "Summary"), "summary", summary),
        Self::new("06a-linh-vuc", ("Biểu II.06a theo lĩnh vực", "Form II.06a by field"), "form_06a_by_field", form_06a),
        Self::new("06a-don-vi", ("Biểu II.06a theo đơn vị", "Form II.06a by unit"), "form_06a_by_unit", form_06a),
        Self::new("07-linh-vuc", ("Biểu II.07 theo lĩnh vực", "Form II.07 by field"), "reasons_by_field", reasons),
        Self::new("07-don-vi", ("Biểu II.07 theo đơn vị", "Form II.07 by unit"), "reasons_by_unit", reasons),
        Self::new("07a-linh-vuc", ("Biểu 07a theo lĩnh vực", "Form 07a by field"), "form_07a_by_field", form_07a),
        Self::new("07a-don-vi", ("Biểu 07a theo đơn vị", "Form 07a by unit"), "form_07a_by_unit", form_07a),
        Self::new("don-vi", ("Theo đơn vị", "By unit"), "units", units),
        Self::new("truc-tuyen", ("Hồ sơ trực tuyến", "Online dossiers"), "online", online),
        Self::new("thoi-han", ("Thời hạn thủ tục", "Time limits"), "procedures", procedures),
        Self::new("chi-so", ("Bộ chỉ số QĐ 766", "Index of QĐ 766"), "index", index),
        Self::new("tu-cham", ("Tự chấm điểm", "Self-scoring"), "self_score", self_score),
    ];

    const fn new(
        name: &'static str,
        words: (&'static str, &'static str),
        place: &'static str,
        table: fn(&Value) -> Table,
    ) -> Self {
        Self { name, words, place, table }
    }

    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|report| report.name == name)
    }

    #[must_use]
    pub const fn label(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::Vi => self.words.0,
            Lang::En => self.words.1,
        }
    }

    /// The table of these signed reports.
    #[must_use]
    pub fn table(&self, reports: &Value) -> Table {
        (self.table)(reports.get(self.place).unwrap_or(&Value::Null))
    }
}
