//! Lines of the journal as sentences: what was done, and what of the body a person wants to know.

use serde_json::Value;

use crate::domain::time::{local, parse_instant};

use super::ctx::Lang;
use super::time;

/// Every kind of line: how the journal names it, and the words after the name of who did it.
pub const KINDS: &[(&str, &str, &str)] = &[
    ("logged", "tiếp nhận hồ sơ", "logged a dossier"),
    ("supplement_requested", "yêu cầu bổ sung giấy tờ", "asked for a supplement"),
    ("supplement_received", "nhận bổ sung, tính lại thời hạn", "received the supplement, time restarts"),
    ("obligation_requested", "yêu cầu thực hiện nghĩa vụ tài chính", "asked for an obligation"),
    ("obligation_met", "ghi nhận đã thực hiện nghĩa vụ tài chính", "recorded the obligation as met"),
    ("delay_declared", "báo trễ hẹn", "declared a delay"),
    ("rescheduled", "hẹn lại ngày trả kết quả", "made a new promise"),
    ("redated", "dời ngày hẹn theo lịch nghỉ", "moved the date with the calendar"),
    ("promise_imported", "nhận ngày hẹn từ hệ thống khác", "took over a promise"),
    ("result_ready", "ghi nhận có kết quả", "recorded the result"),
    ("returned", "trả kết quả", "returned the result"),
    ("withdrawn", "ghi nhận người nộp rút hồ sơ", "recorded a withdrawal"),
    ("stopped", "dừng giải quyết", "stopped the handling"),
    ("handed_over", "bàn giao hồ sơ giấy", "handed the paper over"),
    ("consultation_asked", "lấy ý kiến cơ quan khác", "asked another body"),
    ("consultation_answered", "nhận ý kiến trả lời", "received the opinion"),
    ("reassigned", "chuyển hồ sơ cho đơn vị, người khác xử lý", "passed a dossier on"),
    ("result_corrected", "đính chính thời điểm có kết quả", "corrected when the result was ready"),
    ("period_closed", "chốt kỳ báo cáo", "closed a period"),
    ("ready_confirmed", "xác nhận sẽ kịp hạn", "confirmed that it will be ready"),
    ("letter_drafted", "dự thảo phiếu xin lỗi", "drafted a letter of apology"),
    ("letter_issued", "phát hành phiếu xin lỗi", "issued a letter of apology"),
    ("letter_refused", "không ký phiếu xin lỗi", "refused a letter of apology"),
    ("loss_declared", "báo mất, hỏng hoặc sai sót", "declared a loss or an error"),
    ("submitted_online", "ghi nhận hồ sơ nộp trực tuyến", "recorded an online file"),
    ("submission_received", "nhận hồ sơ trực tuyến chờ tiếp nhận", "took in an online file"),
    ("submission_returned", "yêu cầu bổ sung hồ sơ trực tuyến", "sent an online file back"),
    ("submission_completed", "ghi nhận hồ sơ trực tuyến đã bổ sung", "recorded an online file as completed"),
    ("submission_declined", "không tiếp nhận hồ sơ trực tuyến", "declined an online file"),
    ("paper_made", "lập giấy tờ", "made a paper"),
    ("alert_acknowledged", "xác nhận đã nhận báo động", "acknowledged an alert"),
    ("task_done", "ghi nhận xong việc tại bàn", "recorded a desk task as done"),
    ("task_undone", "hoàn tác ghi nhận việc tại bàn", "took the record of a desk task back"),
    ("letter_taken_back", "rút phiếu xin lỗi chưa gửi", "took back an apology that had not left"),
    ("contact-corrected", "sửa thông tin liên hệ", "corrected the contact"),
    ("letterhead_changed", "sửa mẫu giấy tờ", "changed the letterhead"),
    ("calendar_changed", "đổi lịch nghỉ", "changed the calendar"),
    ("calendar_imported", "nhập lịch nghỉ từ tệp", "imported the calendar"),
    ("procedures_imported", "nhập danh mục thủ tục", "imported procedures"),
    ("time_rules_imported", "nhập quy tắc thời hạn", "imported time rules"),
    ("ladder_imported", "nhập bậc thang nhắc việc", "imported the ladder of notices"),
    ("change_proposed", "đề xuất thay đổi quy định", "proposed a change of rules"),
    ("change_approved", "duyệt đề xuất", "approved a proposal"),
    ("change_refused", "từ chối đề xuất", "refused a proposal"),
    ("change_withdrawn", "rút đề xuất", "withdrew a proposal"),
    ("signed_in", "đăng nhập", "signed in"),
    ("locked_out", "bị tạm khóa vì sai mật khẩu nhiều lần", "was locked out after wrong passwords"),
    ("account_added", "thêm tài khoản", "added an account"),
    ("account_changed", "sửa tài khoản", "changed an account"),
    ("account_disabled", "ngừng dùng tài khoản", "disabled an account"),
    ("account_enabled", "mở lại tài khoản", "enabled an account"),
    ("password_set", "đặt mật khẩu", "set a password"),
    ("one_time_password_set", "cấp mật khẩu dùng một lần", "gave a one-time password"),
    ("password_changed", "đổi mật khẩu của mình", "changed their own password"),
    ("sessions_ended", "kết thúc mọi phiên", "ended all sessions"),
    ("absence_set", "ghi ngày vắng, người thay thế", "entered an absence"),
    ("token_added", "lập mã truy cập API", "made an API token"),
    ("token_revoked", "thu hồi mã truy cập API", "revoked an API token"),
    ("unit_added", "thêm đơn vị", "added a unit"),
    ("unit_changed", "sửa đơn vị", "changed a unit"),
    ("test_sent", "gửi tin thử", "sent a test"),
    ("import_dropped", "xóa tệp đã đưa lên để nhập", "deleted a file brought for import"),
    ("message_retried", "gửi lại một tin không gửi được", "tried a failed message again"),
    ("messages_retried", "gửi lại các tin không gửi được", "tried failed messages again"),
];

/// The words of a kind; an unknown kind as it is.
#[must_use]
pub fn kind_word(lang: Lang, kind: &str) -> String {
    let known = KINDS.iter().find(|(name, _, _)| *name == kind);
    known.map_or(kind, |(_, vi, en)| pick(lang, vi, en)).to_owned()
}

/// What a line says after the name of who did it.
#[must_use]
pub fn sentence(lang: Lang, kind: &str, body: &str) -> String {
    let body: Value = serde_json::from_str(body).unwrap_or_default();
    let details = body.as_object().into_iter().flatten().filter_map(|(name, value)| detail(lang, name, value));
    let details: Vec<String> = details.collect();
    let word = kind_word(lang, kind);
    if details.is_empty() { format!("{word}.") } else { format!("{word}: {}.", details.join("; ")) }
}

/// A field of the body in words; `None` for what only machines read.
fn detail(lang: Lang, name: &str, value: &Value) -> Option<String> {
    let (vi, en) = match name {
        "username" => ("tài khoản", "account"),
        "unit" => ("đơn vị", "unit"),
        "name" => ("tên", "name"),
        "role" => ("vai trò", "role"),
        "fields" => ("mục", "fields"),
        "from" => ("từ", "from"),
        "to" => ("đến hết", "until"),
        "stand_in" => ("người thay", "stand-in"),
        "due_at" => ("hẹn trả", "promised for"),
        "new_due_at" => ("hẹn lại", "new date"),
        "accept_by" => ("tiếp nhận trước", "to accept by"),
        "was" => ("đã ghi", "recorded"),
        "becomes" => ("nay là", "now"),
        "entered_by" => ("đề xuất bởi", "proposed by"),
        "reason" => ("lý do", "reason"),
        "note" => ("nội dung", "note"),
        "number" => ("số", "number"),
        "version" => ("bản", "version"),
        "decision" => ("quyết định", "decision"),
        "proposal" => ("đề xuất", "proposal"),
        "procedure" => ("thủ tục", "procedure"),
        "added" => ("thêm", "added"),
        "changed" => ("đổi", "changed"),
        "removed" => ("bỏ", "removed"),
        "rejected" => ("không nhận", "rejected"),
        "way" => ("kênh", "way"),
        "taken" => ("bên nhận đã nhận", "taken"),
        "count" => ("số tin", "messages"),
        "kind" => ("loại", "kind"),
        _ => return None,
    };
    let text = match value {
        Value::String(text) if text.is_empty() => return None,
        Value::String(text) => parse_instant(text)
            .filter(|_| text.contains('T'))
            .map_or_else(|| word(lang, text), |at| time::instant(local(at))),
        Value::Number(number) => number.to_string(),
        Value::Bool(yes) => pick(lang, if *yes { "có" } else { "không" }, if *yes { "yes" } else { "no" }).to_owned(),
        Value::Array(all) => {
            let all: Vec<String> = all.iter().filter_map(Value::as_str).map(|text| word(lang, text)).collect();
            all.join(", ")
        }
        Value::Null | Value::Object(_) => return None,
    };
    (!text.is_empty()).then(|| format!("{} {text}", pick(lang, vi, en)))
}

/// Words that stand in bodies for something with a name of its own.
fn word(lang: Lang, text: &str) -> String {
    let (vi, en) = match text {
        "clerk" => ("công chức tiếp nhận", "receiving officer"),
        "officer" => ("công chức xử lý", "officer"),
        "supervisor" => ("phụ trách", "supervisor"),
        "manager" => ("lãnh đạo", "manager"),
        "admin" => ("quản trị", "administrator"),
        "name" => ("tên", "name"),
        "role" => ("vai trò", "role"),
        "unit" => ("đơn vị", "unit"),
        "email" | "applicant_email" | "mail" => ("thư điện tử", "e-mail"),
        "phone" | "applicant_phone" => ("điện thoại", "phone"),
        "applicant_address" => ("địa chỉ", "address"),
        "contact_ways" => ("cách nhận tin", "way preferred"),
        "sectors" => ("lĩnh vực", "sectors"),
        "procedures" => ("thủ tục", "procedures"),
        "calendar" => ("lịch nghỉ", "calendar"),
        "time_rules" => ("quy tắc thời hạn", "time rules"),
        "ladder" => ("bậc thang nhắc việc", "ladder of notices"),
        other => return other.to_owned(),
    };
    pick(lang, vi, en).to_owned()
}

const fn pick<'a>(lang: Lang, vi: &'a str, en: &'a str) -> &'a str {
    match lang {
        Lang::Vi => vi,
        Lang::En => en,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_a_sentence_and_what_only_machines_read_stays_out() {
        let body = r#"{"due_at":"2026-03-05T17:00:00+07:00","promise":1,"note":"thiếu bản sao","stage":"x"}"#;
        let said = sentence(Lang::Vi, "supplement_requested", body);
        assert_eq!(said, "yêu cầu bổ sung giấy tờ: hẹn trả 17:00 05/03/2026; nội dung thiếu bản sao.");
        assert_eq!(sentence(Lang::En, "signed_in", "{}"), "signed in.");
        assert_eq!(sentence(Lang::Vi, "unknown_kind", "no json"), "unknown_kind.");
    }

    #[test]
    fn every_step_of_a_dossier_has_its_words() {
        for step in crate::domain::dossier::StepKind::ALL {
            assert_ne!(kind_word(Lang::Vi, step.as_str()), step.as_str());
        }
    }
}
