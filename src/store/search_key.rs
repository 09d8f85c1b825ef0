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

/// A LIKE pattern that finds `text` anywhere; its own wildcards are taken literally.
#[must_use]
pub fn like_pattern(text: &str) -> String {
    let escaped = search_key(text).replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    format!("%{escaped}%")
}
