//! What a job did, kept as JSON, in words.

use super::pick;
use crate::render::pages::ctx::Lang;

/// The result of a job, kept as JSON, in words: `đã gửi 3, gửi lại sau 0`.
#[must_use]
pub fn job_result(lang: Lang, result: &str) -> String {
    if let Some(why) = result.strip_prefix("failed: ") {
        return format!("{} {why}", pick(lang, "Lý do:", "Why:"));
    }
    match serde_json::from_str(result) {
        Ok(serde_json::Value::Object(fields)) => {
            fields.iter().map(|(name, value)| job_count(lang, name, value)).collect::<Vec<_>>().join(", ")
        }
        Ok(serde_json::Value::Number(count)) => format!("{} {count}", pick(lang, "đã dọn", "removed")),
        Ok(_) | Err(_) => result.to_owned(),
    }
}

/// Whether a job that ran to its end found something wrong.
#[must_use]
pub fn found_faults(result: &str) -> bool {
    let Ok(serde_json::Value::Object(fields)) = serde_json::from_str(result) else { return false };
    ["broken", "differ", "days_differ"]
        .iter()
        .any(|name| fields.get(*name).and_then(serde_json::Value::as_u64).is_some_and(|n| n > 0))
}

fn job_count(lang: Lang, name: &str, value: &serde_json::Value) -> String {
    let (vi, en) = match name {
        "examined" => ("đã xét", "examined"),
        "raised" => ("lập mới", "raised"),
        "already_there" => ("đã có sẵn", "already there"),
        "failed" => ("lỗi", "failed"),
        "sent" => ("đã gửi", "sent"),
        "retry" => ("gửi lại sau", "to retry"),
        "missing" => ("năm còn thiếu", "years missing"),
        "void" => ("đã bỏ", "void"),
        "untried" => ("chưa gửi", "not tried"),
        "digests" => ("bản tin", "digests"),
        "bundled" => ("thông báo đã gộp", "notices bundled"),
        "read" => ("đã đọc", "read"),
        "delayed" => ("bị chậm", "delayed"),
        "delivered" => ("đã đến", "delivered"),
        "other" => ("không liên quan", "unrelated"),
        "entries" => ("dòng nhật ký", "lines of the journal"),
        "days" => ("ngày", "days"),
        "days_differ" => ("ngày khác số liệu", "days that differ"),
        "files" => ("hồ sơ", "files"),
        "dates_replayed" => ("ngày hẹn tính lại", "promises replayed"),
        "broken" => ("dòng sai", "broken lines"),
        "differ" => ("ngày hẹn khác", "dates that differ"),
        name => (name, name),
    };
    let count = match value {
        serde_json::Value::Object(kinds) => {
            kinds.values().filter_map(serde_json::Value::as_u64).sum::<u64>().to_string()
        }
        serde_json::Value::Array(all) if all.is_empty() => "0".to_owned(),
        serde_json::Value::Array(all) => {
            let all: Vec<String> = all.iter().map(ToString::to_string).collect();
            all.join(" ")
        }
        serde_json::Value::Null
        | serde_json::Value::Bool(_)
        | serde_json::Value::Number(_)
        | serde_json::Value::String(_) => value.to_string(),
    };
    format!("{} {count}", pick(lang, vi, en))
}
