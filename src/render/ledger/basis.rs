//! What a promise rests on, from the line that is kept with it, in the words of a person.

use crate::domain::limit::Limit;
use crate::render::pages::{Lang, phrases};

use super::pick;

/// The parts of the kept line after procedure and version: `5 working_day + 10: Nghị định …` becomes
/// `5 ngày làm việc + 10: Nghị định …`, a doubt is told in words. Empty when nothing is known.
pub(super) fn in_words(kept: &str, procedure_code: &str, lang: Lang) -> String {
    let parts = kept.split("; ").map(|part| part_in_words(part, lang));
    let named = |part: &str| part.strip_prefix(procedure_code).is_some_and(|rest| rest.starts_with(" v"));
    let parts: Vec<String> = parts.filter(|part| !part.is_empty() && !named(part)).collect();
    parts.join("; ")
}

fn part_in_words(part: &str, lang: Lang) -> String {
    let doubt = match part {
        "unconfirmed" => Some(("thời hạn chưa xác nhận với văn bản", "limit not confirmed against the text")),
        "unit_unconfirmed" => Some(("đơn vị thời hạn chưa xác nhận", "unit of the limit not confirmed")),
        "doubtful" => Some(("còn nghi vấn, cần kiểm tra văn bản", "doubtful, to be checked against the text")),
        "limit_missing" => Some(("danh mục chưa có thời hạn", "no limit in the list")),
        "in_process" => Some(("hồ sơ còn đang được giải quyết", "the dossier is still being handled")),
        _ => None,
    };
    if let Some((vi, en)) = doubt {
        return pick(lang, vi, en).to_owned();
    }
    if let Some(committed) = part.strip_prefix("commitment ") {
        return format!("{} {}", pick(lang, "cam kết", "commitment"), part_in_words(committed, lang));
    }
    // A limit in front stands as scripts write it.
    let end = part.find([':', '+']).unwrap_or(0);
    match part.split_at_checked(end) {
        Some((limit, rest)) => match limit.trim().parse::<Limit>() {
            Ok(limit) => {
                let space = if rest.starts_with('+') { " " } else { "" };
                format!("{}{space}{rest}", phrases::limit(lang, i64::from(limit.value()), limit.unit()))
            }
            Err(_) => part.to_owned(),
        },
        None => part.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Lang, in_words};

    #[test]
    fn the_kept_line_is_told_in_words_and_without_the_procedure() {
        let kept = "1.012753 v2; QĐ 12/QĐ-UBND; 20 working_day + 10: Nghị định về đất đai; doubtful; commitment 15 working_day: KH 7";
        assert_eq!(
            in_words(kept, "1.012753", Lang::Vi),
            "QĐ 12/QĐ-UBND; 20 ngày làm việc + 10: Nghị định về đất đai; còn nghi vấn, cần kiểm tra văn bản; cam kết 15 ngày làm việc: KH 7"
        );
        assert_eq!(in_words("1.1 v1; unconfirmed", "1.1", Lang::En), "limit not confirmed against the text");
        assert_eq!(in_words("1.1 v1", "1.1", Lang::Vi), "");
        assert_eq!(in_words("khoản 6 Điều 19: a+b", "", Lang::Vi), "khoản 6 Điều 19: a+b");
    }
}
