//! `ledger CODE`: why each date of a dossier is what it is.

use serde_json::{Value, json};

use crate::domain::ledger::{Language, Ledger, LedgerDay};
use crate::domain::time::rfc3339;
use crate::office::Office;
use crate::office::look::Whole;
use crate::render::differs::limit_text;
use crate::store::promises::{PromiseKind, PromiseRow};

use super::deadline::day_line;
use super::output::{Failure, Streams, json_instant, moment};

/// Answers `ledger`.
///
/// # Errors
/// When there is no such dossier.
pub fn run(office: &Office, code: &str, streams: &mut Streams<'_>) -> Result<(), Failure> {
    let whole = office.whole(code).map_err(|error| Failure::office(&error, &format!("hồ sơ {code}")))?;
    streams.answer(&as_json(&whole), || as_text(&whole))
}

fn as_json(whole: &Whole) -> Value {
    let promises: Vec<Value> = whole.promises.iter().map(promise).collect();
    let pauses: Vec<Value> = whole
        .pauses
        .iter()
        .map(|pause| json!({ "kind": pause.kind, "from": rfc3339(pause.from_at), "to": json_instant(pause.to_at) }))
        .collect();
    json!({
        "code": whole.row.code,
        "received_at": rfc3339(whole.row.received_at),
        "due_at": json_instant(whole.row.due_at),
        "new_due_at": json_instant(whole.row.new_due_at),
        "promises": promises,
        "pauses": pauses,
    })
}

fn promise(row: &PromiseRow) -> Value {
    json!({
        "number": row.number,
        "kind": row.kind,
        "due_at": rfc3339(row.due_at),
        "made_at": rfc3339(row.made_at),
        "counted_from": rfc3339(row.counted_from),
        "superseded_at": json_instant(row.superseded_at),
        "limit": limit(row),
        "computed_due_at": json_instant(row.computed_due_at),
        "provisional": row.provisional,
        "basis": row.basis,
        "calendar_version": row.calendar_version,
        "ledger": days(row),
    })
}

/// `5 working_day`; none for the new date of an apology.
fn limit(row: &PromiseRow) -> Option<String> {
    Some(format!("{} {}", row.limit_value?, row.limit_unit?))
}

fn days(row: &PromiseRow) -> Vec<LedgerDay> {
    // A promise made elsewhere without a date of ours has the empty ledger `{}`.
    serde_json::from_str::<Ledger>(&row.ledger)
        .map(|ledger| ledger.days(Language::Vietnamese).collect())
        .unwrap_or_default()
}

fn as_text(whole: &Whole) -> String {
    let mut lines = vec![format!("Hồ sơ {}, tiếp nhận {}", whole.row.code, moment(whole.row.received_at))];
    if whole.promises.is_empty() {
        lines.push("Không có ngày hẹn: thủ tục chưa có thời hạn".to_owned());
    }
    for row in &whole.promises {
        lines.push(String::new());
        lines.push(format!("{}. {}: {}", row.number, kind(row.kind), moment(row.due_at)));
        if let Some(limit) = limit(row).and_then(|limit| limit.parse().ok()) {
            lines.push(format!("  Thời hạn {}, tính từ {}", limit_text(limit), moment(row.counted_from)));
        }
        if let Some(computed) = row.computed_due_at {
            lines.push(format!("  Theo quy định tính ra: {}", moment(computed)));
        }
        if !row.basis.is_empty() {
            lines.push(format!("  Căn cứ: {}", row.basis));
        }
        if let Some(at) = row.superseded_at {
            lines.push(format!("  Hết hiệu lực từ {}", moment(at)));
        }
        lines.extend(days(row).iter().map(day_line));
    }
    lines.join("\n")
}

const fn kind(kind: PromiseKind) -> &'static str {
    match kind {
        PromiseKind::Initial => "Hẹn trả",
        PromiseKind::Imported => "Hẹn trả (theo nguồn nhập)",
        PromiseKind::Restarted => "Hẹn trả, tính lại từ khi nhận đủ hồ sơ bổ sung",
        PromiseKind::Resumed => "Hẹn trả, trừ thời gian tạm dừng",
        PromiseKind::Redated => "Hẹn trả, dời theo thay đổi của lịch",
        PromiseKind::Rescheduled => "Hẹn lại theo phiếu xin lỗi",
    }
}
