//! Rows of a CSV file, a line at a time, in constant memory.
//!
//! Split here and not by a CSV crate, because a quotation mark that is never closed must cost its own
//! row only: a reader that follows the format to the letter would take the rest of the file for one cell.

use std::collections::VecDeque;
use std::io::{self, BufRead, Read};

use crate::domain::problem::FileProblem;

use super::source::{Cell, RawRow};

/// Longest line that is read; a row of ours has a few hundred characters.
const LINE_MAX: usize = 64 * 1024;
/// Most lines that one row can span, by line breaks inside quotation marks.
const SPAN_MAX: usize = 20;

/// The rows of a CSV text.
pub struct Lines<R> {
    reader: R,
    delimiter: u8,
    /// Lines that were read ahead for a row that turned out not to span them.
    waiting: VecDeque<Line>,
    number: u64,
    bytes: u64,
}

struct Line {
    number: u64,
    text: Vec<u8>,
    too_long: bool,
}

enum Split {
    Whole(Vec<Vec<u8>>),
    /// The text ends inside quotation marks.
    Open,
    /// Something follows a closing quotation mark.
    Stray,
}

impl<R: BufRead> Lines<R> {
    pub fn new(reader: R, delimiter: u8) -> Self {
        Self { reader, delimiter, waiting: VecDeque::new(), number: 0, bytes: 0 }
    }

    /// How many bytes were read.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// The next row; `None` at the end. Its number is that of its first line, from 1.
    pub fn next_row(&mut self) -> io::Result<Option<RawRow>> {
        let Some(first) = self.next_line()? else { return Ok(None) };
        if first.too_long {
            return Ok(Some(RawRow::faulty(first.number, FileProblem::LineTooLong)));
        }
        let mut text = first.text.clone();
        let mut ahead = Vec::new();
        loop {
            match split(&text, self.delimiter) {
                Split::Whole(cells) => {
                    let cells = cells.into_iter().map(cell_of).collect();
                    return Ok(Some(RawRow { number: first.number, cells, fault: None }));
                }
                Split::Open if ahead.len() + 1 < SPAN_MAX => match self.next_line()? {
                    Some(line) => {
                        text.push(b'\n');
                        text.extend_from_slice(&line.text);
                        ahead.push(line);
                    }
                    None => break,
                },
                Split::Open | Split::Stray => break,
            }
        }
        for line in ahead.into_iter().rev() {
            self.waiting.push_front(line);
        }
        Ok(Some(RawRow::faulty(first.number, FileProblem::OpenQuote)))
    }

    fn next_line(&mut self) -> io::Result<Option<Line>> {
        if let Some(line) = self.waiting.pop_front() {
            return Ok(Some(line));
        }
        let mut text = Vec::new();
        let limit = u64::try_from(LINE_MAX).unwrap_or(u64::MAX);
        let read = self.reader.by_ref().take(limit).read_until(b'\n', &mut text)?;
        if read == 0 {
            return Ok(None);
        }
        self.number += 1;
        self.bytes += u64::try_from(read).unwrap_or(0);
        let too_long = read == LINE_MAX && text.last() != Some(&b'\n');
        if too_long {
            self.bytes += u64::try_from(self.reader.skip_until(b'\n')?).unwrap_or(0);
        }
        while matches!(text.last(), Some(b'\n' | b'\r')) {
            text.pop();
        }
        if self.number == 1 && text.starts_with(&BOM) {
            text.drain(..BOM.len());
        }
        Ok(Some(Line { number: self.number, text, too_long }))
    }
}

const BOM: [u8; 3] = [0xEF, 0xBB, 0xBF];

fn cell_of(bytes: Vec<u8>) -> Cell {
    match String::from_utf8(bytes) {
        Ok(text) if text.trim().is_empty() => Cell::Empty,
        Ok(text) => Cell::Text(text),
        Err(_) => Cell::NotUtf8,
    }
}

fn split(text: &[u8], delimiter: u8) -> Split {
    let mut cells = Vec::new();
    let mut rest = text;
    loop {
        if let Some(inside) = rest.strip_prefix(b"\"") {
            let Some((cell, after)) = quoted(inside) else { return Split::Open };
            cells.push(cell);
            match after.split_first() {
                None => return Split::Whole(cells),
                Some((byte, more)) if *byte == delimiter => rest = more,
                Some(_) => return Split::Stray,
            }
        } else {
            let mut parts = rest.splitn(2, |byte| *byte == delimiter);
            cells.push(parts.next().unwrap_or_default().to_vec());
            match parts.next() {
                None => return Split::Whole(cells),
                Some(more) => rest = more,
            }
        }
    }
}

/// The cell whose opening quotation mark was just passed, and what follows the closing one.
fn quoted(mut inside: &[u8]) -> Option<(Vec<u8>, &[u8])> {
    let mut cell = Vec::new();
    loop {
        let at = inside.iter().position(|byte| *byte == b'"')?;
        let (before, mark_and_more) = inside.split_at_checked(at)?;
        let (_, after) = mark_and_more.split_first()?;
        cell.extend_from_slice(before);
        match after.strip_prefix(b"\"") {
            Some(more) => {
                cell.push(b'"');
                inside = more;
            }
            None => return Some((cell, after)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{LINE_MAX, Lines};
    use crate::domain::problem::FileProblem;
    use crate::office::import::source::{Cell, RawRow};

    fn rows(bytes: &[u8]) -> Vec<RawRow> {
        let mut lines = Lines::new(bytes, b',');
        std::iter::from_fn(|| lines.next_row().unwrap()).collect()
    }

    fn text(cell: &Cell) -> &str {
        match cell {
            Cell::Text(text) => text,
            Cell::Empty => "",
            Cell::Moment(_) | Cell::NotUtf8 | Cell::Wrong(_) => panic!("{cell:?}"),
        }
    }

    fn texts(row: &RawRow) -> Vec<&str> {
        row.cells.iter().map(text).collect()
    }

    #[test]
    fn quoted_cells_hold_separators_marks_and_line_breaks() {
        let rows = rows("\u{feff}a,b\r\n\"x, y\",\"he said \"\"no\"\"\"\r\n\"two\nlines\",z\n5\" pipe,\n".as_bytes());
        assert_eq!(texts(&rows[0]), ["a", "b"], "the byte order mark is no part of the first name");
        assert_eq!(texts(&rows[1]), ["x, y", "he said \"no\""]);
        assert_eq!(texts(&rows[2]), ["two\nlines", "z"]);
        assert_eq!(texts(&rows[3]), ["5\" pipe", ""], "a mark inside an unquoted cell is an ordinary character");
        assert_eq!(rows.iter().map(|row| row.number).collect::<Vec<_>>(), [1, 2, 3, 5]);
    }

    #[test]
    fn a_mark_that_is_never_closed_costs_its_own_row_only() {
        let rows = rows(b"a,b\n\"open,1\nc,2\n\"d\",3\n");
        assert_eq!(rows[1].fault, Some(FileProblem::OpenQuote.into()));
        assert_eq!(texts(&rows[2]), ["c", "2"]);
        assert_eq!(texts(&rows[3]), ["d", "3"]);
        assert_eq!(rows[3].number, 4);
    }

    #[test]
    fn a_line_without_end_is_refused_without_keeping_it() {
        let mut bytes = vec![b'x'; LINE_MAX * 3];
        bytes.extend_from_slice(b"\na,b\n");
        let rows = rows(&bytes);
        assert_eq!(rows[0].fault, Some(FileProblem::LineTooLong.into()));
        assert_eq!(texts(&rows[1]), ["a", "b"]);
    }

    #[test]
    fn bytes_of_another_encoding_are_never_guessed() {
        let rows = rows(b"Nguy\xecn,1\n");
        assert_eq!(rows[0].cells[0], Cell::NotUtf8);
        assert_eq!(text(&rows[0].cells[1]), "1");
    }
}
