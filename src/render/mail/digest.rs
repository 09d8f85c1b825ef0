//! The one mail of the morning: every dossier that somebody has to look at, the worst first.

use serde::{Deserialize, Serialize};

use super::wording::{Message, Row, Section};
use super::{Mail, layout};
use crate::render::RenderError;
use crate::render::dates::short_moment;
use crate::render::plain::one_line;

/// Where a dossier of the digest stands; the order of the sections.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Urgent {
    Overdue,
    DueToday,
    Soon,
    /// Without a date.
    Undated,
}

/// A dossier of the digest. Times are civil values in Vietnam.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DigestLine {
    pub urgent: Urgent,
    pub code: String,
    pub procedure: String,
    pub due_at: Option<chrono::NaiveDateTime>,
    /// Working time left, or how late it is, in words.
    pub time: String,
    /// Absolute address of its page.
    pub link: String,
}

/// What stands around the lines, frozen when the digest is made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DigestFacts {
    pub recipient_name: String,
    /// The working day it is for.
    pub day: chrono::NaiveDate,
    pub agency_name: String,
    pub agency_phone: String,
    /// Absolute address of the page of alerts.
    pub link: String,
}

/// The mail with these lines, in the order they are given.
///
/// # Errors
/// When the template fails, which is a fault of ours.
pub fn compose_digest(facts: &DigestFacts, lines: &[DigestLine]) -> Result<Mail, RenderError> {
    let day = crate::render::dates::short_date(facts.day);
    let of = |urgent: Urgent| lines.iter().filter(move |line| line.urgent == urgent);
    let sections = [
        (Urgent::Overdue, "Đã quá hạn"),
        (Urgent::DueToday, "Đến hạn hôm nay"),
        (Urgent::Soon, "Sắp đến hạn"),
        (Urgent::Undated, "Việc khác"),
    ];
    let section = |(urgent, title): (Urgent, &str)| {
        let items: Vec<Row> = of(urgent).map(item).collect();
        (!items.is_empty()).then(|| Section { title: format!("{title} ({})", items.len()), items })
    };
    let counted = |urgent: Urgent, words: &str| {
        let count = of(urgent).count();
        (count > 0).then(|| format!("{count} {words}"))
    };
    let counts: Vec<String> = [counted(Urgent::Overdue, "quá hạn"), counted(Urgent::DueToday, "đến hạn hôm nay")]
        .into_iter()
        .flatten()
        .collect();
    let (counts, none) = (counts.join(", "), counts.is_empty());
    let (tail, brackets) = if none { Default::default() } else { (format!(": {counts}"), format!(" ({counts})")) };
    layout::lay_out(Message {
        subject: format!("Việc sáng {day}: {} hồ sơ cần xem{brackets}", lines.len()),
        greeting: format!("Kính gửi đồng chí {},", one_line(&facts.recipient_name)),
        opening: vec![format!("Ngày {day}, đồng chí có {} hồ sơ cần xem{tail}.", lines.len())],
        rows: Vec::new(),
        sections: sections.into_iter().filter_map(section).collect(),
        closing: vec!["Mỗi hồ sơ có thể kèm thông báo phải xác nhận đã nhận, ở trang Báo động.".to_owned()],
        link: Some(Row { label: "Mở trang Báo động".to_owned(), value: one_line(&facts.link) }),
        agency_name: one_line(&facts.agency_name),
        agency_phone: one_line(&facts.agency_phone),
    })
}

fn item(line: &DigestLine) -> Row {
    let due = line.due_at.map(|at| format!("hẹn {}", short_moment(at)));
    let parts = [Some(one_line(&line.code)), Some(one_line(&line.procedure)), due, Some(line.time.clone())];
    let parts: Vec<String> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    Row { label: parts.join(" · "), value: one_line(&line.link) }
}

/// What a digest that left said of the dossier with this code, word for word: the heading it stood under, its
/// line and its address; `None` when it said nothing of it.
#[must_use]
pub fn digest_item(text: &str, code: &str) -> Option<String> {
    let named = |line: &str| {
        let label = line.strip_prefix("- ")?.strip_prefix(code)?;
        (label.is_empty() || label.starts_with(" · ")).then_some(())
    };
    text.split("\n\n").find_map(|block| {
        let mut lines = block.lines();
        let title = lines.next()?;
        let line = lines.find(|line| named(line).is_some())?;
        let address = lines.next().filter(|line| line.starts_with("  "));
        Some([Some(title), Some(line), address].into_iter().flatten().collect::<Vec<_>>().join("\n"))
    })
}

/// Subject and text of a digest that has not left: what it says is only known then.
#[must_use]
pub fn unsent_digest(day: &str) -> (String, String) {
    let text = "Nội dung được lập lúc gửi, theo tình trạng của từng hồ sơ khi đó.".to_owned();
    (format!("Việc sáng {day}"), text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_item_of_a_dossier_is_found_whole_and_never_another_ones() {
        let line = |code: &str, urgent| DigestLine {
            urgent,
            code: code.to_owned(),
            procedure: "Đăng ký khai sinh".to_owned(),
            due_at: None,
            time: String::new(),
            link: format!("https://xa.example/ho-so/{code}"),
        };
        let facts = DigestFacts {
            recipient_name: "Lê Văn Thử".to_owned(),
            day: chrono::NaiveDate::from_ymd_opt(2026, 3, 6).unwrap(),
            agency_name: "UBND xã".to_owned(),
            agency_phone: String::new(),
            link: "https://xa.example/bao-dong".to_owned(),
        };
        let lines = [line("H1-10", Urgent::Overdue), line("H1-1", Urgent::Overdue), line("H2", Urgent::Soon)];
        let text = compose_digest(&facts, &lines).unwrap().text;
        let item = |code: &str| digest_item(&text, code);
        assert_eq!(
            item("H1-1").as_deref(),
            Some("Đã quá hạn (2)\n- H1-1 · Đăng ký khai sinh\n  https://xa.example/ho-so/H1-1")
        );
        assert_eq!(item("H2").unwrap().lines().next(), Some("Sắp đến hạn (1)"));
        assert_eq!((item("H1"), item("")), (None, None));
    }
}
