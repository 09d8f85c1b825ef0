//! Text from outside made safe to set in one line of a letter or a mail.

use unicode_normalization::UnicodeNormalization as _;

/// `text` as one line: NFC, every run of white space or control characters one space, none at the
/// ends, and without the invisible characters that reorder or hide text.
///
/// CR and LF become spaces, so the answer is also safe in a mail header.
pub fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    let mut gap = false;
    for c in text.nfc() {
        if c.is_whitespace() || c.is_control() {
            gap = true;
        } else if !is_invisible(c) {
            if gap && !line.is_empty() {
                line.push(' ');
            }
            gap = false;
            line.push(c);
        }
    }
    line
}

/// At most `limit` characters of `line`, the cut marked by an ellipsis.
pub fn shortened(line: &str, limit: usize) -> String {
    if line.chars().count() <= limit {
        return line.to_owned();
    }
    let kept: String = line.chars().take(limit.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

/// Zero-width and direction marks, private-use characters and noncharacters: they carry no word,
/// can make a name read as another one, and are refused by PDF/A.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{00ad}' | '\u{061c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff0}'..='\u{fffb}'
        | '\u{e000}'..='\u{f8ff}' | '\u{fdd0}'..='\u{fdef}' | '\u{fffe}'..='\u{ffff}'
        | '\u{e0000}'..='\u{10ffff}')
}

#[cfg(test)]
mod tests {
    use super::{one_line, shortened};

    #[test]
    fn line_breaks_and_control_characters_become_one_space() {
        assert_eq!(one_line("  a\r\nBcc: x\u{0}\t b\u{7f}\u{2028}"), "a Bcc: x b");
    }

    #[test]
    fn decomposed_vietnamese_is_composed() {
        assert_eq!(one_line("Nguye\u{302}\u{303}n"), "Nguyễn");
    }

    #[test]
    fn marks_that_reorder_text_are_dropped() {
        assert_eq!(one_line("An\u{202e}h\u{200b} \u{e000}B"), "Anh B");
    }

    #[test]
    fn a_long_line_is_cut_at_a_character_and_marked() {
        assert_eq!(shortened("Đường", 5), "Đường");
        assert_eq!(shortened("Đường sá", 5), "Đườn…");
    }
}
