//! Words about rules: fields of a procedure, kinds of time rules, how sure a number is.

use crate::domain::channel::{Channel, ServiceLevel};
use crate::domain::limit::{Limit, LimitUnit};
use crate::domain::procedure_field::ProcedureField;
use crate::domain::time_rule::{NoticeLevel, RuleKind};

use super::ctx::Lang;
use super::phrases;

const fn pick(lang: Lang, vi: &'static str, en: &'static str) -> &'static str {
    match lang {
        Lang::Vi => vi,
        Lang::En => en,
    }
}

/// How it was filed; `None`: every way.
#[must_use]
pub const fn channel(lang: Lang, channel: Option<Channel>) -> &'static str {
    match channel {
        None => pick(lang, "mọi hình thức", "every channel"),
        Some(Channel::Online) => pick(lang, "trực tuyến", "online"),
        Some(Channel::Counter) => pick(lang, "trực tiếp", "counter"),
        Some(Channel::Post) => pick(lang, "bưu chính", "post"),
    }
}

/// `Thời hạn (trực tuyến)`.
#[must_use]
pub fn field(lang: Lang, field: ProcedureField, of: Option<Channel>) -> String {
    let word = match field {
        ProcedureField::Name => pick(lang, "Tên", "Name"),
        ProcedureField::Sector => pick(lang, "Lĩnh vực", "Sector"),
        ProcedureField::ServiceLevel => pick(lang, "Mức trực tuyến", "Online level"),
        ProcedureField::Basis => pick(lang, "Căn cứ", "Basis"),
        ProcedureField::Confidence => pick(lang, "Mức xác nhận", "Certainty"),
        ProcedureField::Limit => pick(lang, "Thời hạn theo quy định", "Statutory limit"),
        ProcedureField::LimitBasis => pick(lang, "Căn cứ của thời hạn", "Basis of the limit"),
        ProcedureField::LimitConfidence => pick(lang, "Mức xác nhận của thời hạn", "Certainty of the limit"),
        ProcedureField::Commitment => pick(lang, "Thời hạn cam kết", "Commitment"),
        ProcedureField::CommitmentBasis => pick(lang, "Căn cứ của cam kết", "Basis of the commitment"),
    };
    match of {
        None => word.to_owned(),
        Some(_) => format!("{word} ({})", channel(lang, of)),
    }
}

/// The value of a field (`5 working_day`, `full`, `confirmed`) in words; other text as it is.
#[must_use]
pub fn value(lang: Lang, field: ProcedureField, text: &str) -> String {
    match field {
        ProcedureField::Limit | ProcedureField::Commitment => text
            .parse::<Limit>()
            .map_or_else(|_| text.to_owned(), |limit| phrases::limit(lang, i64::from(limit.value()), limit.unit())),
        ProcedureField::ServiceLevel => {
            text.parse::<ServiceLevel>().map_or_else(|_| text.to_owned(), |level| phrases::level(lang, level))
        }
        ProcedureField::Confidence | ProcedureField::LimitConfidence => confidence(lang, text),
        ProcedureField::Name
        | ProcedureField::Sector
        | ProcedureField::Basis
        | ProcedureField::LimitBasis
        | ProcedureField::CommitmentBasis => text.to_owned(),
    }
}

/// How sure a number is.
#[must_use]
pub fn confidence(lang: Lang, code: &str) -> String {
    let word = match code {
        "confirmed" => pick(lang, "đã xác nhận", "confirmed"),
        "unconfirmed" => pick(lang, "chưa xác nhận", "unconfirmed"),
        "doubtful" => pick(lang, "còn nghi vấn", "doubtful"),
        "unit_unconfirmed" => pick(lang, "chưa chắc đơn vị tính", "unit not confirmed"),
        "limit_missing" => pick(lang, "chưa có thời hạn", "no limit known"),
        other => return other.to_owned(),
    };
    word.to_owned()
}

/// The name of a kind of time rule, and the article it comes from.
#[must_use]
pub const fn rule(lang: Lang, kind: RuleKind) -> (&'static str, &'static str) {
    match kind {
        RuleKind::AreaAddition => (
            pick(lang, "Cộng thêm ngày theo địa bàn", "Days added for an area"),
            pick(
                lang,
                "Quy định riêng của lĩnh vực, ví dụ đất đai ở xã miền núi",
                "Decrees of a sector, such as land in mountain communes",
            ),
        ),
        RuleKind::Acceptance => (
            pick(lang, "Thời hạn tiếp nhận hồ sơ trực tuyến", "Acceptance of an online file"),
            pick(lang, "điểm c khoản 2 Điều 17 Nghị định 118/2025/NĐ-CP", "NĐ 118/2025 Art. 17(2)(c)"),
        ),
        RuleKind::CompletionNotice => (
            pick(lang, "Thời hạn thông báo bổ sung hồ sơ", "Notice that a file needs completion"),
            pick(lang, "khoản 5 Điều 19 Nghị định 118/2025/NĐ-CP", "NĐ 118/2025 Art. 19(5)"),
        ),
        RuleKind::Supplement => (
            pick(lang, "Thời gian chờ công dân bổ sung", "Time for the citizen to complete it"),
            pick(lang, "khoản 5 Điều 19 Nghị định 118/2025/NĐ-CP", "NĐ 118/2025 Art. 19(5)"),
        ),
        RuleKind::HandOver => (
            pick(lang, "Thời hạn chuyển hồ sơ giấy đến đơn vị giải quyết", "Paper to the handling unit"),
            pick(lang, "Điều 18 Nghị định 118/2025/NĐ-CP", "NĐ 118/2025 Art. 18"),
        ),
    }
}

/// What a time rule gives: `8 giờ làm việc`, `cộng 10 ngày`; without a value it ended.
#[must_use]
pub fn rule_limit(lang: Lang, value: Option<i32>, unit: Option<LimitUnit>) -> String {
    match (value, unit) {
        (None, _) => pick(lang, "hết áp dụng", "ended").to_owned(),
        (Some(value), Some(unit)) => phrases::limit(lang, i64::from(value), unit),
        (Some(value), None) => match lang {
            Lang::Vi => format!("cộng {value} ngày"),
            Lang::En => format!("{value} days more"),
        },
    }
}

/// How loudly a rule is kept.
#[must_use]
pub const fn notice(lang: Lang, level: NoticeLevel) -> &'static str {
    match level {
        NoticeLevel::Off => pick(lang, "không nhắc", "not told"),
        NoticeLevel::Screen => pick(lang, "hiện trên trang", "shown on pages"),
        NoticeLevel::Mail => pick(lang, "hiện trên trang và gửi tin", "shown and sent by message"),
    }
}

/// A unit in a select.
#[must_use]
pub const fn unit(lang: Lang, unit: LimitUnit) -> &'static str {
    match unit {
        LimitUnit::WorkingDay => pick(lang, "ngày làm việc", "working days"),
        LimitUnit::CalendarDay => pick(lang, "ngày", "days"),
        LimitUnit::Month => pick(lang, "tháng", "months"),
        LimitUnit::WorkingHour => pick(lang, "giờ làm việc", "working hours"),
        LimitUnit::Hour => pick(lang, "giờ", "hours"),
        LimitUnit::SameDay => pick(lang, "trong ngày", "same day"),
    }
}

/// An area as the settings name it.
#[must_use]
pub fn area(lang: Lang, code: &str) -> String {
    match code {
        "" => pick(lang, "mọi địa bàn", "every area").to_owned(),
        "mountain" => pick(lang, "xã miền núi", "mountain commune").to_owned(),
        other => other.to_owned(),
    }
}

/// No sector named.
#[must_use]
pub fn sector(lang: Lang, text: &str) -> String {
    if text.is_empty() { phrases::every_sector(lang) } else { text.to_owned() }
}

/// Who entered what nobody did by hand.
#[must_use]
pub fn author(lang: Lang, name: &str) -> String {
    match name {
        "" => "–".to_owned(),
        "system" => pick(lang, "kèm phần mềm", "came with the program").to_owned(),
        "cli" => phrases::by_command(lang),
        other => other.to_owned(),
    }
}
