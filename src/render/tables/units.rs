//! The summary of each unit as a table: a line a unit, and the whole.

use serde_json::Value;

use super::behind::behind_rows;
use super::{Behind, Cell, TOTAL, Table, definition_lines, moment, period};
use crate::domain::summary::Bucket;

/// Where a column stands in the JSON of a line, what it is called, and the files behind it.
const COLUMNS: [(&str, &str, Option<Bucket>); 27] = [
    ("/no", "TT", None),
    ("/code", "Mã", None),
    ("/name", "Đơn vị", None),
    ("/received/total", "Tiếp nhận: tổng số", Some(Bucket::Received)),
    ("/received/online", "Mới, trực tuyến", Some(Bucket::ReceivedOnline)),
    ("/received/counter", "Mới, trực tiếp", Some(Bucket::ReceivedCounter)),
    ("/received/post", "Mới, bưu chính", Some(Bucket::ReceivedPost)),
    ("/received/carried_over", "Từ kỳ trước", Some(Bucket::CarriedOver)),
    ("/resolved/total", "Đã giải quyết: tổng số", Some(Bucket::Resolved)),
    ("/resolved/early", "Trước hạn", Some(Bucket::Early)),
    ("/resolved/on_time", "Đúng hạn", Some(Bucket::OnTime)),
    ("/resolved/late", "Quá hạn", Some(Bucket::Late)),
    ("/resolved/late_with_apology", "Quá hạn có xin lỗi", Some(Bucket::LateWithApology)),
    ("/resolved/late_without_apology", "Quá hạn không xin lỗi", Some(Bucket::LateWithoutApology)),
    ("/resolved/no_promise", "Đã xong, không ngày hẹn", Some(Bucket::ResolvedNoPromise)),
    ("/in_progress/total", "Đang giải quyết: tổng số", Some(Bucket::InProgress)),
    ("/in_progress/in_time", "Đang, trong hạn", Some(Bucket::InTime)),
    ("/in_progress/overdue", "Đang, quá hạn", Some(Bucket::Overdue)),
    ("/in_progress/paused", "Đang tạm dừng", Some(Bucket::Paused)),
    ("/in_progress/no_promise", "Đang, không ngày hẹn", Some(Bucket::NoPromise)),
    ("/statutory/late", "Quá hạn theo quy định", Some(Bucket::StatutoryLate)),
    ("/rates/on_time/percent", "Trước và đúng hạn (%)", None),
    ("/rates/online_submission/percent", "Nộp trực tuyến (%)", None),
    ("/rates/full_online/percent", "Toàn trình (%)", None),
    ("/rates/entirely_online/percent", "Hoàn toàn trực tuyến (%)", None),
    ("/rates/apology/percent", "Có phiếu xin lỗi (%)", None),
    ("/statutory/on_time_rate/percent", "Đúng hạn theo quy định (%)", None),
];

/// The report, given as its JSON.
#[must_use]
pub fn units(report: &Value) -> Table {
    let row = |line: &Value| COLUMNS.iter().map(|(place, ..)| Cell::from_json(line.pointer(place))).collect::<Vec<_>>();
    let lines = report.get("units").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let mut rows: Vec<_> = lines.iter().map(row).collect();
    if let Some(total) = report.get("total") {
        let mut whole = row(total);
        if let Some(name) = whole.get_mut(2) {
            *name = Cell::Text(TOTAL.to_owned());
        }
        rows.push(whole);
    }
    let columns = COLUMNS.map(|(.., bucket)| bucket.map(Behind::of));
    let parts = lines.iter().map(|line| Some(("unit", line.get("code").and_then(Value::as_str)?)));
    Table {
        behind: behind_rows(&rows, &columns, parts.chain([None])),
        title: format!("Tổng hợp theo đơn vị {}, nhìn lúc {}", period(report), moment(report.pointer("/as_of"))),
        head: COLUMNS.iter().map(|(_, name, _)| *name).collect(),
        rows,
        definitions: definition_lines(report),
        ..Table::default()
    }
}
