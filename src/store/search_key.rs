//! Search without diacritics: SQLite does not fold Vietnamese, so Rust does, for both databases.

use unicode_normalization::UnicodeNormalization;

/// Lower case, marks stripped, đ → d, white space run together.
///
/// ```
/// use dunghen::store::search_key::search_key;
/// assert_eq!(search_key("  NGUYỄN  Thị Đào "), "nguyen thi dao");
/// ```
#[must_use]
pub fn search_key(text: &str) -> String {
    let folded: String = text
        .nfd()
        .filter(|c| !('\u{300}'..='\u{36f}').contains(c))
        .flat_map(char::to_lowercase)
        .map(|c| if c == 'đ' { 'd' } else { c })
        .collect();
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What a dossier is found by: code, name, digits of the telephone (all, and the last six), mail; also what
/// follows a hyphen, so that a code is found by its end. Each word once, between spaces.
#[must_use]
pub fn dossier_key(code: &str, name: &str, phone: Option<&str>, email: Option<&str>) -> String {
    let phone = phone.map(digits).unwrap_or_default();
    let tail = phone.len().checked_sub(6).filter(|at| *at > 0).and_then(|at| phone.get(at..)).unwrap_or_default();
    let text = search_key(&format!("{code} {name} {phone} {tail} {}", email.unwrap_or_default()));
    let mut words: Vec<&str> = Vec::new();
    for word in text.split(' ') {
        let ends = word.match_indices('-').filter_map(|(at, _)| word.get(at + 1..));
        for word in std::iter::once(word).chain(ends) {
            if !word.is_empty() && !words.contains(&word) {
                words.push(word);
            }
        }
    }
    format!(" {} ", words.join(" "))
}

/// The digits of a telephone number as people write it here: `+84 912 …` is `0912…`.
fn digits(phone: &str) -> String {
    let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
    match digits.strip_prefix("84") {
        Some(rest) if phone.trim_start().starts_with('+') => format!("0{rest}"),
        _ => digits,
    }
}

/// Longest beginning of a word that an index is asked for, in bytes.
const LONGEST: usize = 40;
/// Most words of a question.
const MOST_ASKED: usize = 6;

/// A word of a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedWord {
    pub text: String,
    /// Another word was typed after it, so that it is written out; a number never is.
    pub whole: bool,
}

/// The words of a question, the longest first; digits of a telephone number written apart are one word.
#[must_use]
pub fn asked_words(q: &str) -> Vec<AskedWord> {
    let mut words: Vec<String> = Vec::new();
    let mut in_number = false;
    for word in search_key(q).split(' ').filter(|word| !word.is_empty()) {
        let number = word.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '+' | '(' | ')'));
        let begins = number && word.starts_with(['0', '+', '(']);
        let goes_on = number && in_number && !word.starts_with('+');
        match words.last_mut().filter(|_| goes_on) {
            Some(last) => last.push_str(&digits(word)),
            None if begins => words.push(digits(word)),
            None => words.push(word.to_owned()),
        }
        in_number = begins || goes_on;
    }
    words.retain(|word| !word.is_empty());
    let last = words.len();
    let mut asked: Vec<AskedWord> = words
        .into_iter()
        .zip(1..)
        .map(|(text, at)| AskedWord { whole: at < last && !text.chars().any(|c| c.is_ascii_digit()), text })
        .collect();
    // Of the same word twice the whole one says more.
    asked.sort_by(|one, other| {
        other.text.len().cmp(&one.text.len()).then_with(|| one.text.cmp(&other.text)).then(other.whole.cmp(&one.whole))
    });
    asked.dedup_by(|one, before| one.text == before.text);
    asked.truncate(MOST_ASKED);
    asked
}

/// The first bytes of a word, whole characters.
pub(super) fn beginning(word: &str) -> &str {
    let end = (0..=LONGEST.min(word.len())).rev().find(|at| word.is_char_boundary(*at)).unwrap_or(0);
    word.get(..end).unwrap_or(word)
}

/// A LIKE pattern that finds `text` anywhere; its own wildcards are taken literally.
#[must_use]
pub fn like_pattern(text: &str) -> String {
    format!("%{}%", literally(&search_key(text)))
}

/// A LIKE pattern that finds a word of a key, whole or by its beginning.
pub(super) fn word_pattern(word: &AskedWord) -> String {
    let end = if word.whole { " " } else { "" };
    format!("% {}{end}%", literally(&word.text))
}

/// A text for a LIKE pattern, its wildcards as letters; the escape is a backslash.
pub(super) fn literally(text: &str) -> String {
    text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_holds_the_digits_of_the_telephone_and_its_last_six() {
        let key = dossier_key("H38.12-261117-0014", "Đào  Thị Mỷ", Some("+84 912 345.678"), None);
        assert_eq!(key, " h38.12-261117-0014 261117-0014 0014 dao thi my 0912345678 345678 ");
        assert_eq!(dossier_key("X", "A", Some("113"), Some("a@b.vn")), " x a 113 a@b.vn ");
    }

    #[test]
    fn a_number_written_apart_is_one_word_and_a_name_is_several() {
        let told = |q: &str| asked_words(q).into_iter().map(|word| (word.text, word.whole)).collect::<Vec<_>>();
        let words =
            |all: &[(&str, bool)]| all.iter().map(|(text, whole)| ((*text).to_owned(), *whole)).collect::<Vec<_>>();
        assert_eq!(told("Mỷ 0912 345.678"), words(&[("0912345678", false), ("my", true)]));
        assert_eq!(told("+84 912 345"), words(&[("0912345", false)]));
        assert_eq!(told("0014 "), words(&[("0014", false)]));
        assert_eq!(told("261117-0014 đào ĐÀO"), words(&[("261117-0014", false), ("dao", true)]));
        assert_eq!(told("Lù Seo P"), words(&[("seo", true), ("lu", true), ("p", false)]));
        assert!(asked_words("  ").is_empty() && asked_words("+").is_empty());
    }

    #[test]
    fn a_long_word_is_cut_between_characters() {
        let long = "ư".repeat(60);
        assert_eq!(beginning(&long).len(), 40);
        assert_eq!(beginning(&"ệ".repeat(30)).len(), 39);
    }
}
