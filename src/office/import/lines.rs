//! Rows of a CSV file, a line at a time, in constant memory.
//!
//! Split here and not by a CSV crate, because a quotation mark that is never closed must cost its own
//! row only: a reader that follows the format to the letter would take the rest of the file for one cell.

use std::collections::VecDeque;
use std::io::{self, BufRead, Read};

use csv::ByteRecord;

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

/// A row as its bytes stand in the file.
#[derive(Debug, Default)]
pub struct Record {
    /// Of its first line, from 1.
    pub number: u64,
    /// Of a faulty row those of its first line; from the fault on what stands between separators.
    pub cells: ByteRecord,
    pub fault: Option<FileProblem>,
}

enum Split {
    Whole,
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

    /// The next row; `None` at the end.
    pub fn next_row(&mut self) -> io::Result<Option<RawRow>> {
        let mut record = Record::default();
        if !self.next_record(&mut record)? {
            return Ok(None);
        }
        Ok(Some(match record.fault {
            Some(fault) => RawRow::faulty(record.number, fault),
            None => RawRow { number: record.number, cells: record.cells.iter().map(cell_of).collect(), fault: None },
        }))
    }

    /// Puts the next row into `record`; `false` at the end.
    pub fn next_record(&mut self, record: &mut Record) -> io::Result<bool> {
        let Some(Line { number, mut text, too_long }) = self.next_line()? else { return Ok(false) };
        (record.number, record.fault) = (number, None);
        let first_line = text.len();
        let mut ahead = Vec::new();
        let mut cut = too_long;
        loop {
            match split(without_returns(&text), self.delimiter, &mut record.cells) {
                Split::Whole if !cut => return Ok(true),
                Split::Open if !cut && ahead.len() + 1 < SPAN_MAX && text.len() < LINE_MAX => {
                    let Some(line) = self.next_line()? else { break };
                    text.push(b'\n');
                    text.extend_from_slice(&line.text);
                    cut = line.too_long;
                    ahead.push(line);
                }
                Split::Whole | Split::Open | Split::Stray => break,
            }
        }
        for line in ahead.into_iter().rev() {
            self.waiting.push_front(line);
        }
        text.truncate(first_line);
        split(without_returns(&text), self.delimiter, &mut record.cells);
        record.fault = Some(if too_long { FileProblem::LineTooLong } else { FileProblem::OpenQuote });
        Ok(true)
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
        if text.last() == Some(&b'\n') {
            text.pop();
        }
        if self.number == 1 && text.starts_with(&BOM) {
            text.drain(..BOM.len());
        }
        Ok(Some(Line { number: self.number, text, too_long }))
    }
}

const BOM: [u8; 3] = [0xEF, 0xBB, 0xBF];

/// Without the carriage returns before the line's end; inside quotation marks they stay.
fn without_returns(mut text: &[u8]) -> &[u8] {
    while let Some(shorter) = text.strip_suffix(b"\r") {
        text = shorter;
    }
    text
}

fn cell_of(bytes: &[u8]) -> Cell {
    match std::str::from_utf8(bytes) {
        Ok(text) if text.trim().is_empty() => Cell::Empty,
        Ok(text) => Cell::Text(text.to_owned()),
        Err(_) => Cell::NotUtf8,
    }
}

fn split(text: &[u8], delimiter: u8, cells: &mut ByteRecord) -> Split {
    cells.clear();
    let mut rest = text;
    let fault = loop {
        if let Some(inside) = rest.strip_prefix(b"\"") {
            let Some((cell, after)) = quoted(inside) else { break Split::Open };
            match after.split_first() {
                Some((byte, more)) if *byte == delimiter => rest = more,
                Some(_) => break Split::Stray,
                None => {
                    cells.push_field(&cell);
                    return Split::Whole;
                }
            }
            cells.push_field(&cell);
        } else {
            let mut parts = rest.splitn(2, |byte| *byte == delimiter);
            cells.push_field(parts.next().unwrap_or_default());
            match parts.next() {
                None => return Split::Whole,
                Some(more) => rest = more,
            }
        }
    };
    cells.extend(rest.split(|byte| *byte == delimiter));
    fault
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
    fn a_line_without_end_is_never_taken_in_half_for_the_rest_of_a_quoted_cell() {
        let mut bytes = b"\"open\n".to_vec();
        bytes.extend(b"x\",1".iter().copied().cycle().take(LINE_MAX * 2));
        bytes.extend_from_slice(b"\na,b\n");
        let rows = rows(&bytes);
        let faults: Vec<_> = rows.iter().map(|row| row.fault.clone()).collect();
        assert_eq!(faults, [Some(FileProblem::OpenQuote.into()), Some(FileProblem::LineTooLong.into()), None]);
    }

    #[test]
    fn bytes_of_another_encoding_are_never_guessed() {
        let rows = rows(b"Nguy\xecn,1\n");
        assert_eq!(rows[0].cells[0], Cell::NotUtf8);
        assert_eq!(text(&rows[0].cells[1]), "1");
    }
}
