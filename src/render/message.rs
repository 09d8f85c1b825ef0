//! The text of a short message: code, dates, the centre's telephone and the address of the page
//! behind the receipt. No name and no procedure: a telephone lies about, and some procedures tell
//! more of a person than a stranger should read.

use chrono::NaiveDateTime;
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use super::RenderError;
use super::dates::{short_date, short_time};
use super::mail::MailFacts;
use crate::domain::notice::Audience;

/// Whether diacritics are written: they more than halve what a segment holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Diacritics {
    Written,
    Dropped,
}

/// A message has at most so many segments.
const SEGMENTS: usize = 2;

/// The text for these facts, in two segments at most. With diacritics only when all of it fits so.
///
/// # Errors
/// [`RenderError::UnknownKind`] for a kind that no citizen is told.
pub fn compose(facts: &MailFacts, diacritics: Diacritics) -> Result<String, RenderError> {
    let facts = facts.clean();
    let core = match facts.audience {
        Audience::Applicant => to_the_citizen(&facts)?,
        Audience::Officer | Audience::Supervisor | Audience::Manager | Audience::Desk | Audience::Admin => {
            to_an_official(&facts)
        }
    };
    let phone = Some(&facts.agency_phone).filter(|phone| !phone.is_empty()).map(|phone| format!("ĐT {phone}."));
    let link = facts.link.clone();
    let parts = |phone: Option<&String>, link: Option<&String>| {
        std::iter::once(&core).chain(phone).chain(link).map(String::as_str).collect::<Vec<_>>().join(" ")
    };
    let whole = parts(phone.as_ref(), link.as_ref());
    if diacritics == Diacritics::Written && segments(&whole) <= SEGMENTS {
        return Ok(whole);
    }
    let shorter = [whole, parts(None, link.as_ref()), parts(phone.as_ref(), None), core.clone()];
    let fitting = shorter.into_iter().map(|text| plain(&text)).find(|text| segments(text) <= SEGMENTS);
    // Only a monstrous code gets here.
    Ok(fitting.unwrap_or_else(|| plain(&core).chars().take(150).collect()))
}

fn to_the_citizen(facts: &MailFacts) -> Result<String, RenderError> {
    let code = &facts.dossier_code;
    let due = facts.due_at.map(moment).unwrap_or_default();
    let asked = facts.sub_deadline.as_ref().and_then(|sub| sub.due_at);
    let new = facts.new_due_at.map(moment);
    let by = |words: &str, at: Option<NaiveDateTime>| at.map_or(String::new(), |at| format!("{words} {}", moment(at)));
    let missed = facts.due_at.map_or(String::new(), |at| format!(" {}", short_date(at.date())));
    Ok(match facts.kind.as_str() {
        "receipt" => format!("Đã nhận hồ sơ {code}{}.", by(", hẹn trả kết quả", facts.due_at)),
        "submission-received" => {
            format!("Đã nhận hồ sơ trực tuyến {code}{}.", by(", sẽ trả lời trước", facts.due_at))
        }
        "submission-returned" => format!("Hồ sơ trực tuyến {code} cần hoàn thiện thêm."),
        "submission-declined" => format!("Hồ sơ trực tuyến {code} không được tiếp nhận."),
        "apology" => match new {
            Some(new) => format!("Xin lỗi: hồ sơ {code} không kịp hẹn{missed}, hẹn lại {new}."),
            None => format!("Xin lỗi: hồ sơ {code} không kịp hẹn{missed}."),
        },
        "delay-notice" => format!("Xin lỗi: hồ sơ {code} không kịp hẹn{missed}. Phiếu hẹn lại sẽ gửi sau."),
        "late-result" => format!("Xin lỗi: hồ sơ {code} hẹn{missed} đã có kết quả, chậm so với hẹn."),
        "loss" => format!("Xin lỗi: cơ quan có sai sót với hồ sơ {code}, xem phiếu xin lỗi."),
        "second-miss" => match new {
            Some(new) => format!("Xin lỗi: hồ sơ {code} không kịp hẹn lại {new}. Xem phiếu và người phụ trách."),
            None => format!("Xin lỗi: hồ sơ {code} lại chậm. Xem phiếu và người phụ trách."),
        },
        "redated" => match new {
            Some(new) => format!("Hồ sơ {code}: lịch làm việc thay đổi, hẹn trả {due} chuyển sang {new}."),
            None => format!("Hồ sơ {code}: lịch làm việc thay đổi, ngày hẹn sẽ báo sau."),
        },
        "supplement-request" => format!("Hồ sơ {code} cần bổ sung{}.", by(" trước", asked)),
        "supplement-reminder" => format!("Nhắc: hồ sơ {code} cần bổ sung{}.", by(" trước", asked)),
        "closed-unanswered" => format!("Hồ sơ {code} đã đóng vì chưa nhận được bổ sung."),
        _ => return Err(RenderError::UnknownKind(facts.kind.clone())),
    })
}

fn to_an_official(facts: &MailFacts) -> String {
    let code = &facts.dossier_code;
    let at = |at: Option<NaiveDateTime>| at.map_or(String::new(), |at| format!(" {}", moment(at)));
    match facts.kind.as_str() {
        "due-soon" => format!("Hồ sơ {code} sắp đến hạn{}.", at(facts.due_at)),
        "apology-due" => format!("Hồ sơ {code} hạn{} có kịp không? Cần trả lời.", at(facts.due_at)),
        "overdue" | "still-overdue" => format!("Hồ sơ {code} quá hạn{}.", at(facts.due_at)),
        "escalation" => format!("Hồ sơ {code} lỡ hẹn lại{}.", at(facts.new_due_at)),
        "unacknowledged" => format!("Cảnh báo về hồ sơ {code} chưa có ai xác nhận."),
        "signature-due" | "unsigned" => format!("Phiếu xin lỗi của hồ sơ {code} chờ ký."),
        "task-late" => format!("Việc tại bàn của hồ sơ {code} quá giờ."),
        "delivery-alarm" => "Không gửi được thư hoặc tin cho người dân.".to_owned(),
        _ => format!("Có việc cần xem ở hồ sơ {code}."),
    }
}

/// `17:00 09/12/2026`
fn moment(at: NaiveDateTime) -> String {
    format!("{} {}", short_time(at), short_date(at.date()))
}

/// The text in the letters that every telephone shows at seven bits each.
fn plain(text: &str) -> String {
    text.nfd()
        .filter(|c| !is_combining_mark(*c))
        .map(|c| match c {
            'đ' => 'd',
            'Đ' => 'D',
            '–' | '—' => '-',
            '`' => '\'',
            c if c.is_ascii() && !c.is_ascii_control() => c,
            _ => '?',
        })
        .collect()
}

/// How many segments a text takes: 160 characters of the GSM alphabet, or 70 of UTF-16, and a little
/// less in each of several.
#[must_use]
pub fn segments(text: &str) -> usize {
    let is_plain = text.bytes().all(|byte| (b' '..=b'~').contains(&byte) && byte != b'`');
    let (length, one, each) = if is_plain {
        let escaped = text.chars().filter(|c| "^{}\\[~]|".contains(*c)).count();
        (text.len() + escaped, 160, 153)
    } else {
        (text.encode_utf16().count(), 70, 67)
    };
    if length <= one { 1 } else { length.div_ceil(each) }
}

#[cfg(test)]
mod tests;
