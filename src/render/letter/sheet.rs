//! One letter's `sheet.json`: its facts as clean text, its dates in words, its measures.

use chrono::Datelike as _;
use serde::Serialize;
use serde_json::Value;
use typst::foundations::Bytes;

use super::facts::{LetterFacts, LetterForm, TITLE_APOLOGY_AND_EXTENSION, TITLE_APOLOGY_AND_NEW_DATE};
use super::fit::Fit;
use super::press::{ImageFormats, Images};
use crate::render::plain::one_line;
use crate::render::{RenderError, dates, qr};

/// Widest unbroken word, in em, of the running text and, in capitals, of the head and foot columns.
/// Wider ones get places to break, or they would run off the paper.
const WIDEST_WORD: f64 = 27.0;
const WIDEST_WORD_IN_COLUMN: f64 = 11.0;

/// The facts set in the narrow columns.
const IN_COLUMN: [&str; 5] = ["superior_body", "issuing_body", "number", "place", "signer"];

/// The citizen's link: it stands on a line of its own and is left whole as long as it fits there,
/// since a link with a break place in it cannot be copied.
const ADDRESS: &str = "status_url";

/// Em that surely fit on that line.
const WIDEST_ADDRESS: f64 = 33.0;

/// Characters of capitals that surely fit on a line of the head's left column.
pub(in crate::render) const LONGEST_HEAD_LINE: usize = 22;

/// Stands for a character the font lacks.
const NO_GLYPH: char = '\u{25a1}';

/// A space at which no line ends.
const NO_BREAK: &str = "\u{a0}";

/// Where a line may end without a space.
const BREAK_PLACE: char = '\u{200b}';

/// What the template reads.
#[derive(Debug, Clone, Serialize)]
pub struct Sheet {
    facts: Value,
    words: Words,
    qr: Code,
    images: ImageFormats,
    fit: Fit,
}

#[derive(Debug, Clone, Serialize)]
struct Words {
    heading: String,
    superior: Vec<String>,
    issuing: Vec<String>,
    /// Length of the rule under the issuing body.
    rule_mm: f64,
    year: i32,
    month: u32,
    day: u32,
    issued_on: String,
    received_on: String,
    due: String,
    new_due: String,
    /// When the result was ready.
    result: String,
    reach: String,
    recipients: Vec<String>,
}

impl Sheet {
    /// The sheet of `facts`; `width` gives a character's width in em, or none when the font lacks
    /// it. Such a character is shown as a hollow square: a name in a foreign script must not stop
    /// a letter, and PDF/A refuses missing glyphs.
    pub fn new(facts: &LetterFacts, images: &Images, width: impl Fn(char) -> Option<f64>) -> Result<Self, RenderError> {
        let json = serde_json::to_value(facts).map_err(|e| RenderError::Facts(e.to_string()))?;
        let Value::Object(mut fields) = json else {
            return Err(RenderError::Facts("not an object".to_owned()));
        };
        let wide = |text: &str| settable(text, WIDEST_WORD, &width);
        let capital = |c: char| width(c).map(|em| c.to_uppercase().filter_map(&width).fold(em, f64::max));
        let narrow = |text: &str| settable(text, WIDEST_WORD_IN_COLUMN, &capital);
        for (name, value) in &mut fields {
            if name == ADDRESS {
                clean_texts(value, &|text: &str| settable(text, WIDEST_ADDRESS, &width));
            } else if IN_COLUMN.contains(&name.as_str()) {
                clean_texts(value, &narrow);
            } else {
                clean_texts(value, &wide);
            }
        }
        let words = Words::new(facts, &wide, &narrow, &capital);
        let qr = Code::of(facts.status_url.as_deref());
        Ok(Self { facts: Value::Object(fields), words, qr, images: images.formats(), fit: Fit::MORE_PAGES })
    }

    /// The pixels of its QR code.
    pub const fn code(&self) -> Option<&Bytes> {
        self.qr.pixels.as_ref()
    }

    /// The sheet as JSON, set by `fit`.
    pub fn json(&mut self, fit: Fit) -> Result<Vec<u8>, RenderError> {
        self.fit = fit;
        serde_json::to_vec(self).map_err(|e| RenderError::Facts(e.to_string()))
    }
}

/// The citizen's page as a QR code: the template reads the side in pixels, 0 without one, and finds the pixels
/// as the file `code`.
#[derive(Debug, Clone, Default, Serialize)]
#[serde(transparent)]
pub(in crate::render) struct Code {
    side: usize,
    #[serde(skip)]
    pub pixels: Option<Bytes>,
}

impl Code {
    pub fn of(address: Option<&str>) -> Self {
        let picture = address.and_then(|address| qr::picture(&one_line(address)));
        picture
            .map_or_else(Self::default, |picture| Self { side: picture.side, pixels: Some(Bytes::new(picture.pixels)) })
    }
}

impl Words {
    fn new(
        facts: &LetterFacts,
        wide: &impl Fn(&str) -> String,
        narrow: &impl Fn(&str) -> String,
        capital: &impl Fn(char) -> Option<f64>,
    ) -> Self {
        let reach = [("Điện thoại", &facts.applicant_phone), ("Email", &facts.applicant_email)]
            .into_iter()
            .map(|(label, value)| (label, wide(value)))
            .filter(|(_, value)| !value.is_empty())
            .map(|(label, value)| format!("{label}: {value}"))
            .collect::<Vec<_>>()
            .join("; ");
        let issuing: Vec<String> =
            facts.issuing_body.iter().flat_map(|line| in_lines(&narrow(line), LONGEST_HEAD_LINE)).collect();
        Self {
            rule_mm: rule_mm(&issuing, &capital),
            heading: heading(facts.kind, narrow(&facts.title)),
            superior: in_lines(&narrow(&facts.superior_body), LONGEST_HEAD_LINE),
            issuing,
            year: facts.issued_on.year(),
            month: facts.issued_on.month(),
            day: facts.issued_on.day(),
            issued_on: dates::official_date(facts.issued_on),
            received_on: dates::bare_official_date(facts.received_at.date()),
            due: dates::official_moment(facts.due_at),
            new_due: facts.new_due_at.map(dates::official_moment).unwrap_or_default(),
            result: facts.result_at.map(dates::official_moment).unwrap_or_default(),
            reach,
            recipients: punctuated(facts.recipients.iter().map(|line| narrow(line)).collect()),
        }
    }
}

/// The rule under the issuing body: 42 % of its longest line, set in capitals of 12 pt, since it is to be a
/// third to a half of it (Phụ lục I Nghị định 30/2020/NĐ-CP), and at most 30 mm.
pub(in crate::render) fn rule_mm(lines: &[String], capital: &impl Fn(char) -> Option<f64>) -> f64 {
    const EM_MM: f64 = 12.0 * 25.4 / 72.0;
    let longest = lines.iter().map(|line| line.chars().filter_map(capital).sum::<f64>()).fold(0.0, f64::max);
    (longest * EM_MM * 0.42).min(30.0)
}

/// The title given, unless it is none or that of an apology over another letter.
fn heading(kind: LetterForm, given: String) -> String {
    let of_apology = [TITLE_APOLOGY_AND_NEW_DATE, TITLE_APOLOGY_AND_EXTENSION]
        .iter()
        .any(|title| title.to_lowercase() == given.to_lowercase());
    if given.is_empty() || (of_apology && kind != LetterForm::Apology) { kind.title().to_owned() } else { given }
}

/// A body's name too long for one line of the head, broken where its words part:
/// `Ủy ban nhân dân` / `xã Mường Khương`, `TRUNG TÂM PHỤC VỤ` / `HÀNH CHÍNH CÔNG`.
pub(in crate::render) fn in_lines(name: &str, longest: usize) -> Vec<String> {
    const STARTS: [&str; 6] = [" xã ", " phường ", " đặc khu ", " tỉnh ", " thành phố ", " hành chính công"];
    let start = STARTS.iter().filter_map(|start| name.rfind(start).or_else(|| name.rfind(&start.to_uppercase()))).max();
    match start.and_then(|at| name.split_at_checked(at)) {
        Some((first, second)) if name.chars().count() > longest => {
            vec![first.to_owned(), second.trim_start().to_owned()]
        }
        _ => vec![name.to_owned()],
    }
}

/// Each line ends with a semicolon, the last with a full stop, whatever it ended with before.
pub(in crate::render) fn punctuated(lines: Vec<String>) -> Vec<String> {
    let last = lines.len().saturating_sub(1);
    let end = |i| if i == last { '.' } else { ';' };
    lines
        .into_iter()
        .enumerate()
        .map(|(i, line)| format!("{}{}", line.trim_end_matches([';', '.', ',', ' ']), end(i)))
        .collect()
}

pub(in crate::render) fn clean_texts(json: &mut Value, clean: &impl Fn(&str) -> String) {
    match json {
        Value::String(text) => *text = clean(text),
        Value::Array(items) => items.iter_mut().for_each(|item| clean_texts(item, clean)),
        Value::Object(fields) => fields.values_mut().for_each(|value| clean_texts(value, clean)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// `text` on one line, in characters the font has, with break places in words wider than `limit` and
/// none in telephone numbers.
pub(in crate::render) fn settable(text: &str, limit: f64, width: &impl Fn(char) -> Option<f64>) -> String {
    let line = one_line(text);
    let words = line.split(' ').map(|word| {
        let word: Vec<(char, f64)> = word.chars().map(|c| width(c).map_or((NO_GLYPH, 1.0), |em| (c, em))).collect();
        breakable(&word, limit)
    });
    let words: Vec<String> = words.collect();
    tied(&words, |number| number.chars().filter_map(width).sum::<f64>() <= limit)
}

/// The words with spaces between them; the groups of a telephone number that `fits` on a line, such as
/// `0912 345 678` or `+84 912 345 678`, with no-break spaces.
fn tied(words: &[String], fits: impl Fn(&str) -> bool) -> String {
    let mut line = String::with_capacity(words.iter().map(|word| word.len() + 2).sum());
    let mut rest = words;
    while let Some((word, others)) = rest.split_first() {
        let number = Some(rest.iter().take(groups_of_number(rest)).map(String::as_str).collect::<Vec<_>>());
        let number = number.filter(|groups| groups.len() > 1).map(|groups| (groups.len(), groups.join(NO_BREAK)));
        let (used, piece) = number.filter(|(_, number)| fits(number)).unwrap_or_else(|| (1, word.clone()));
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(&piece);
        rest = rest.get(used..).unwrap_or(others);
    }
    line
}

/// How many of the first words are one telephone number; 0: they begin with none.
fn groups_of_number(words: &[String]) -> usize {
    let digits = |word: &str, least: usize, most: usize| {
        (least..=most).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit())
    };
    let begins = |word: &str| {
        let word = word.trim_start_matches('(');
        word.strip_prefix('+').map_or(word.starts_with('0') && digits(word, 2, 5), |rest| digits(rest, 2, 5))
    };
    if !words.first().is_some_and(|word| begins(word)) {
        return 0;
    }
    let mut count = 1;
    for word in words.iter().skip(1).take(4) {
        // The last group may end in a sign: "0912 345 678;".
        let number = word.trim_end_matches(|c: char| c.is_ascii_punctuation());
        if !digits(number, 2, 4) {
            break;
        }
        count += 1;
        if number != word {
            break;
        }
    }
    count
}

/// A word with places to break when it is wider than `limit`: after the signs at which people part
/// codes and addresses, and wherever a part between them is still too wide.
fn breakable(word: &[(char, f64)], limit: f64) -> String {
    let whole = word.iter().map(|(_, em)| em).sum::<f64>() <= limit;
    let mut set = String::with_capacity(word.len());
    let mut run = 0.0;
    for (c, em) in word {
        run += em;
        if run > limit && !whole && !set.is_empty() {
            set.push(BREAK_PLACE);
            run = *em;
        }
        set.push(*c);
        if !whole && matches!(c, '-' | '@' | '_') {
            set.push(BREAK_PLACE);
            run = 0.0;
        }
    }
    set
}

#[cfg(test)]
mod tests {
    use super::settable;

    #[test]
    fn a_telephone_number_is_not_broken_unless_its_column_is_narrower() {
        let set = |text: &str, limit: f64| settable(text, limit, &|_| Some(0.5));
        assert_eq!(set("gọi 0912 345 678; hoặc", 27.0), "gọi 0912\u{a0}345\u{a0}678; hoặc");
        assert_eq!(set("(+84 912 345 678) 07 h", 27.0), "(+84\u{a0}912\u{a0}345\u{a0}678) 07 h");
        assert_eq!(set("0214 000 0000, 0912 345 678", 27.0), "0214\u{a0}000\u{a0}0000, 0912\u{a0}345\u{a0}678");
        assert_eq!(set("0912 345 678", 3.6), "0912 345 678");
        assert_eq!(set("ngày 05 tháng 11 năm 2026, khoản 6", 27.0), "ngày 05 tháng 11 năm 2026, khoản 6");
    }
}
