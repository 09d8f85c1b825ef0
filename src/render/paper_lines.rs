//! The list of papers handed in as people write it: a paper a line, `Tờ khai; 1; bản chính`.

use crate::domain::filing::{COPIES_MAX, PaperForm, PaperLine};

/// What a line ends with when it says nothing else.
const USUAL: PaperForm = PaperForm::Original;

/// The lines of a list; of one that cannot be read its number, from 1. Empty lines are passed over.
///
/// # Errors
/// The number of the first line that cannot be read.
pub fn read(text: &str) -> Result<Vec<PaperLine>, usize> {
    let lines = text.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty());
    lines.map(|(line, number)| line_of(line).ok_or(number)).collect()
}

fn line_of(line: &str) -> Option<PaperLine> {
    // The name may hold semicolons of its own: only what is a number or a known word is taken off its end.
    let mut parts: Vec<&str> = line.split(';').map(str::trim).collect();
    let form = if parts.len() > 1 { parts.last().and_then(|word| form_of(word)) } else { None };
    if form.is_some() {
        parts.pop();
    }
    let copies = if parts.len() > 1 { parts.last().and_then(|text| text.parse::<u32>().ok()) } else { None };
    if copies.is_some() {
        parts.pop();
    }
    let name = parts.join("; ");
    let copies = u8::try_from(copies.unwrap_or(1)).ok().filter(|copies| (1..=COPIES_MAX).contains(copies))?;
    (!name.is_empty()).then(|| PaperLine { name, copies, form: form.unwrap_or(USUAL) })
}

fn form_of(word: &str) -> Option<PaperForm> {
    let word = word.to_lowercase();
    match word.strip_prefix("bản ").unwrap_or(&word).trim() {
        "chính" | "gốc" | "original" => Some(PaperForm::Original),
        "sao" | "chụp" | "copy" => Some(PaperForm::Copy),
        "điện tử" | "electronic" => Some(PaperForm::Electronic),
        _ => None,
    }
}

/// The list as it is typed again.
#[must_use]
pub fn write(lines: &[PaperLine]) -> String {
    let line = |line: &PaperLine| format!("{}; {}; {}", line.name, line.copies, form_text(line.form));
    lines.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// What a paper is, as forms say it.
#[must_use]
pub const fn form_text(form: PaperForm) -> &'static str {
    match form {
        PaperForm::Original => "bản chính",
        PaperForm::Copy => "bản sao",
        PaperForm::Electronic => "bản điện tử",
    }
}

/// A paper as it stands on the receipt: `Tờ khai (2 bản chính)`.
#[must_use]
pub fn paper_text(line: &PaperLine) -> String {
    match line.copies {
        1 => format!("{} ({})", line.name, form_text(line.form)),
        copies => format!("{} ({copies} {})", line.name, form_text(line.form)),
    }
}

#[cfg(test)]
mod tests {
    use super::{paper_text, read, write};

    #[test]
    fn a_list_is_read_as_it_is_written_and_the_usual_may_be_left_out() {
        let typed = "Tờ khai; 1; bản chính\n\n  Giấy chứng sinh \nẢnh 3x4; 2\nCăn cước; bản sao\nBiên bản; số 5; 3; bản điện tử";
        let lines = read(typed).unwrap();
        let texts: Vec<_> = lines.iter().map(paper_text).collect();
        assert_eq!(
            texts,
            [
                "Tờ khai (bản chính)",
                "Giấy chứng sinh (bản chính)",
                "Ảnh 3x4 (2 bản chính)",
                "Căn cước (bản sao)",
                "Biên bản; số 5 (3 bản điện tử)",
            ]
        );
        assert_eq!(read(&write(&lines)).unwrap(), lines);
    }

    #[test]
    fn a_line_without_a_name_or_with_too_many_copies_is_named() {
        assert_eq!(read("Tờ khai\n; 2; bản sao"), Err(2));
        assert_eq!(read("Tờ khai; 0"), Err(1));
        assert_eq!(read("a\nb\nTờ khai; 100; copy"), Err(3));
        assert_eq!(read(""), Ok(Vec::new()));
    }
}
