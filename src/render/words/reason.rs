//! Why a letter of apology goes out, as facts of the file.

use chrono::{NaiveDate, NaiveDateTime};

use crate::render::dates::{short_date, visit_moment};

/// Another body that was asked for its opinion.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    pub body: &'a str,
    pub on: NaiveDate,
    /// Until when an answer was asked for.
    pub by: NaiveDate,
    /// `None`: it did not answer yet.
    pub answered: Option<NaiveDate>,
}

/// The reason of a letter that the system raises: where the file stands, since when, waiting for whom. A
/// fact of the file, since a sentence that fits every file explains none.
#[must_use]
pub fn where_it_stands(unit: &str, since: NaiveDateTime, asked: &[Asked<'_>]) -> String {
    let since = short_date(since.date());
    let waits: Vec<String> = asked
        .iter()
        .filter(|one| one.answered.is_none())
        .map(|one| {
            format!(
                "{} (hỏi ngày {}, đề nghị trả lời trước hết ngày {})",
                one.body,
                short_date(one.on),
                short_date(one.by)
            )
        })
        .collect();
    if waits.is_empty() {
        format!("Hồ sơ do {} xử lý từ ngày {since}, đến hết thời hạn trên giấy hẹn vẫn chưa có kết quả.", of_unit(unit))
    } else {
        format!(
            "Hồ sơ do {} xử lý từ ngày {since}, đang chờ ý kiến của {}; đến hết thời hạn trên giấy hẹn vẫn chưa \
             có kết quả.",
            of_unit(unit),
            waits.join("; ")
        )
    }
}

/// The same of a file that was finished late: who had it, whose answers it waited for, when it was ready.
#[must_use]
pub fn how_it_went(unit: &str, received: NaiveDateTime, ready: NaiveDateTime, asked: &[Asked<'_>]) -> String {
    let answers: String = asked
        .iter()
        .filter_map(|one| {
            let answered = short_date(one.answered?);
            Some(format!(", hỏi ý kiến {} ngày {} và được trả lời ngày {answered}", one.body, short_date(one.on)))
        })
        .collect();
    format!(
        "Hồ sơ do {} xử lý từ ngày {}{answers}; {} mới có kết quả.",
        of_unit(unit),
        short_date(received.date()),
        visit_moment(ready)
    )
}

fn of_unit(unit: &str) -> &str {
    if unit.is_empty() { "cơ quan" } else { unit }
}

/// What happened to a file, and what the office does about it, as one text.
#[must_use]
pub fn what_and_remedy(what: &str, remedy: &str) -> String {
    let sentence = |text: &str| {
        let text = text.trim();
        if text.ends_with(['.', '!', '?']) { text.to_owned() } else { format!("{text}.") }
    };
    if remedy.is_empty() {
        return sentence(what);
    }
    format!("{} Cơ quan khắc phục: {}", sentence(what), sentence(remedy))
}
