//! What stands under and beside the figures of the prescribed forms.

use crate::domain::form_06a::FormNote;

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

/// Of the column of those without a reason.
#[must_use]
pub fn undated_note(count: u64) -> String {
    format!("“Quá hạn: đã giải quyết” gồm {count} hồ sơ không có ngày hẹn trả, như cột (10) của Biểu II.06a.")
}

/// Reasons that the system gave when it apologised by itself.
#[must_use]
pub fn own_reasons_note(count: u64) -> String {
    format!(
        "{count} hồ sơ có lý do do hệ thống tự ghi khi xin lỗi (hồ sơ còn ở khâu nào), vì chưa ai nêu lý do; xếp nhóm theo cài đặt."
    )
}

/// What the records do not hold, with the key of its figure.
#[must_use]
pub fn unrecorded_notes() -> [(&'static str, &'static str); 1] {
    [("payments_counter", "“Thanh toán tại quầy” in “–”: chỉ thanh toán trực tuyến được ghi, nên không suy ra số.")]
}

/// Single reasons of a line: the name in the settings, the code, how often.
#[must_use]
pub fn reasons_line(reasons: &[(Option<String>, String, u64)]) -> String {
    let one = |(listed, code, count): &(Option<String>, String, u64)| {
        let name = listed.as_deref().unwrap_or(match code.as_str() {
            "in_process" => "Hệ thống tự ghi",
            "loss" => "Mất, hỏng giấy tờ",
            code => code,
        });
        format!("{name}: {count}")
    };
    reasons.iter().map(one).collect::<Vec<_>>().join("; ")
}
