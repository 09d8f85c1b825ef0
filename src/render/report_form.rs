//! The forms that ministries prescribe for reports: which columns, in which order, under which headings.
//! They change from year to year; a new one is a new row here, and a report has the form of its last day.

use chrono::NaiveDate;

use crate::domain::late_reason::LateReason;
use crate::domain::reception::Standing;
use crate::domain::summary::Bucket;

mod centre;
mod reasons;

pub use centre::FORMS_07A;
pub use reasons::FORMS_REASONS;

/// A prescribed form.
#[derive(Debug, Clone, Copy)]
pub struct ReportForm {
    pub symbol: &'static str,
    pub title: &'static str,
    /// The rule that prescribes it.
    pub basis: &'static str,
    /// First day on which a report may end that has this form; the oldest form serves earlier ones too.
    pub valid_from: NaiveDate,
    pub columns: &'static [Column],
}

#[derive(Debug, Clone, Copy)]
pub struct Column {
    pub heading: &'static str,
    pub place: Place,
}

/// What stands in a column.
#[derive(Debug, Clone, Copy)]
pub enum Place {
    /// The number of the line.
    Number,
    /// Field or unit; the heading is that of fields.
    Name { of_units: &'static str },
    /// A figure by its key in the report's JSON, the files behind it, and what it counts in words.
    Figure { key: &'static str, files: Files, meaning: &'static str },
    /// Words by their key in the report's JSON.
    Words { key: &'static str },
}

/// The files that a figure counts.
#[derive(Debug, Clone, Copy)]
pub enum Files {
    In(Bucket),
    /// Of the late ones those whose reason is of this group.
    LateFor(LateReason),
    /// Online files that nobody accepted yet.
    Waiting(Standing),
    /// No record tells.
    Unknown,
}

/// Every form of the report 06a, the newest first.
pub const FORMS_06A: &[ReportForm] = &[ReportForm {
    symbol: "II.06a/VPCP/KSTT",
    title: "Tình hình, kết quả giải quyết thủ tục hành chính",
    basis: "Biểu II.06a/VPCP/KSTT, TT 01/2020/TT-VPCP (21/10/2020)",
    valid_from: day(2020, 10, 21),
    columns: &[
        Column { heading: "TT (1)", place: Place::Number },
        Column { heading: "Lĩnh vực (2)", place: Place::Name { of_units: "Đơn vị (2)" } },
        figure(
            "Tiếp nhận: tổng số (3)",
            "received.total",
            Bucket::Received,
            "hồ sơ tiếp nhận trong kỳ và từ kỳ trước chuyển qua",
        ),
        figure(
            "Tiếp nhận trong kỳ: trực tuyến (4)",
            "received.online",
            Bucket::ReceivedOnline,
            "hồ sơ tiếp nhận trong kỳ, nộp trực tuyến",
        ),
        figure(
            "Tiếp nhận trong kỳ: trực tiếp, bưu chính (5)",
            "received.counter_post",
            Bucket::ReceivedNotOnline,
            "hồ sơ tiếp nhận trong kỳ, nộp trực tiếp hoặc qua bưu chính",
        ),
        figure(
            "Tiếp nhận: từ kỳ trước (6)",
            "received.carried_over",
            Bucket::CarriedOver,
            "hồ sơ tiếp nhận trước kỳ, chưa giải quyết xong khi kỳ bắt đầu",
        ),
        figure(
            "Đã giải quyết: tổng số (7)",
            "resolved.total",
            Bucket::Resolved,
            "hồ sơ có kết quả, bị từ chối, người nộp rút hoặc dừng giải quyết trong kỳ",
        ),
        figure(
            "Đã giải quyết: trước hạn (8)",
            "resolved.early",
            Bucket::Early,
            "hồ sơ đã giải quyết trước ngày hẹn trả (ngày hẹn đầu hoặc ngày tính lại theo luật)",
        ),
        figure(
            "Đã giải quyết: đúng hạn (9)",
            "resolved.on_time",
            Bucket::OnTime,
            "hồ sơ đã giải quyết trong ngày hẹn trả, không muộn hơn giờ hẹn",
        ),
        figure(
            "Đã giải quyết: quá hạn (10)",
            "resolved.late",
            Bucket::LateOrUndated,
            "hồ sơ đã giải quyết sau giờ hẹn trả, và hồ sơ đã giải quyết không có ngày hẹn",
        ),
        figure(
            "Đang giải quyết: tổng số (11)",
            "in_progress.total",
            Bucket::InProgress,
            "hồ sơ chưa giải quyết xong vào lúc chốt số liệu",
        ),
        figure(
            "Đang giải quyết: trong hạn (12)",
            "in_progress.in_time",
            Bucket::NotOverdue,
            "hồ sơ đang giải quyết chưa quá hẹn, kể cả tạm dừng và chưa có ngày hẹn",
        ),
        figure(
            "Đang giải quyết: quá hạn (13)",
            "in_progress.overdue",
            Bucket::Overdue,
            "hồ sơ đang giải quyết đã quá hẹn, dù có ngày hẹn lại",
        ),
    ],
}];

/// The form of a report that ends on a day.
#[must_use]
pub fn form_06a(to: NaiveDate) -> Option<&'static ReportForm> {
    form_on(FORMS_06A, to)
}

/// The form of a report in the shape of 2026 that ends on a day.
#[must_use]
pub fn form_07a(to: NaiveDate) -> Option<&'static ReportForm> {
    form_on(FORMS_07A, to)
}

/// The form of the reasons of late files of a report that ends on a day.
#[must_use]
pub fn form_reasons(to: NaiveDate) -> Option<&'static ReportForm> {
    form_on(FORMS_REASONS, to)
}

/// Of some forms, the newest first, the one that holds on a day; the oldest serves earlier days, too.
#[must_use]
pub fn form_on(forms: &'static [ReportForm], to: NaiveDate) -> Option<&'static ReportForm> {
    forms.iter().find(|form| form.valid_from <= to).or_else(|| forms.last())
}

const fn figure(heading: &'static str, key: &'static str, bucket: Bucket, meaning: &'static str) -> Column {
    Column { heading, place: Place::Figure { key, files: Files::In(bucket), meaning } }
}

/// A day of the table; what is none does not compile.
const fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    match NaiveDate::from_ymd_opt(year, month, day) {
        Some(day) => day,
        None => panic!("no such day"),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{FORMS_06A, FORMS_07A, FORMS_REASONS, Place, ReportForm, form_06a, form_07a};
    use crate::domain::form_06a::FormCounts;
    use crate::domain::form_07a::CentreCounts;

    fn figures(forms: &[ReportForm], counts: &Value) {
        for form in forms {
            for (number, column) in (1..).zip(form.columns) {
                assert!(column.heading.ends_with(&format!(" ({number})")), "{}", column.heading);
                if let Place::Figure { key, .. } = column.place {
                    assert!(counts.pointer(&format!("/{}", key.replace('.', "/"))).is_some(), "{key}");
                }
            }
        }
    }

    #[test]
    fn every_figure_of_every_form_is_in_the_report_and_the_columns_are_numbered() {
        figures(FORMS_06A, &json!(FormCounts::default()));
        let mut counts = json!(CentreCounts::default());
        counts["waiting_for_reception"] = json!({"in_time": 0, "late": 0, "returned": 0, "not_accepted": 0});
        figures(FORMS_07A, &counts);
        let reasons = json!({
            "late": {"total": 0, "resolved": 0, "open": 0},
            "reasons": {"rules": 0, "officials": 0, "other": 0, "not_recorded": 0},
        });
        figures(FORMS_REASONS, &reasons);
    }

    #[test]
    fn a_report_has_the_form_of_its_last_day_and_the_newest_comes_first() {
        for forms in [FORMS_06A, FORMS_07A, FORMS_REASONS] {
            assert!(forms.windows(2).all(|two| two[0].valid_from > two[1].valid_from));
        }
        for (day, symbol) in [("2019-12-31", "II.06a/VPCP/KSTT"), ("2026-03-31", "II.06a/VPCP/KSTT")] {
            assert_eq!(form_06a(day.parse().unwrap()).map(|form| form.symbol), Some(symbol), "{day}");
        }
        assert_eq!(form_07a("2026-03-31".parse().unwrap()).map(|form| form.symbol), Some("07a (2026)"));
    }
}
