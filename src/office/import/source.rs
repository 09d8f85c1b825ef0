//! A table in a file, CSV or XLSX: what it is, where its header is, and its rows one after the other.

use std::io::{BufReader, Read, Seek};

use chrono::NaiveDateTime;

use crate::domain::problem::{FieldError, FileProblem, Problem};
use crate::office::intake::nfc;
use crate::office::{OfficeError, OfficeResult};

use super::lines::Lines;
use super::sheet;

/// Rows above the header that are passed over: titles, merged cells, blank lines.
pub const TITLE_ROWS: usize = 20;
/// How much of a file is looked at to tell what it is.
const HEAD: u64 = 64 * 1024;

/// A value as the file holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    Empty,
    Text(String),
    /// A date of a spreadsheet, as its wall clock shows it.
    Moment(NaiveDateTime),
    NotUtf8,
    /// An error value of a spreadsheet, such as `#N/A`.
    Wrong(String),
}

impl Cell {
    /// As a person sees it in the file.
    #[must_use]
    pub fn shown(&self) -> String {
        match self {
            Self::Empty | Self::NotUtf8 => String::new(),
            Self::Text(text) => text.chars().take(200).collect(),
            Self::Moment(at) => at.to_string(),
            Self::Wrong(error) => error.clone(),
        }
    }
}

/// A row as the file holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawRow {
    /// As a person sees it: the first line or row of the file is 1.
    pub number: u64,
    pub cells: Vec<Cell>,
    pub fault: Option<Problem>,
}

impl RawRow {
    pub fn faulty(number: u64, problem: FileProblem) -> Self {
        Self { number, cells: Vec::new(), fault: Some(problem.into()) }
    }

    fn is_blank(&self) -> bool {
        self.fault.is_none() && self.cells.iter().all(|cell| *cell == Cell::Empty)
    }
}

/// The columns that are looked for.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// Field and column; without all of them a row is no header.
    pub must: Vec<(&'static str, String)>,
    /// Columns that are used when they are there.
    pub may: Vec<String>,
}

impl Wanted {
    fn names(&self) -> impl Iterator<Item = &str> {
        self.must.iter().map(|(_, column)| column.as_str()).chain(self.may.iter().map(String::as_str))
    }
}

/// The names of the columns.
#[derive(Debug, Clone, Default)]
pub struct Header(Vec<String>);

impl Header {
    fn of(row: &RawRow) -> Self {
        let name = |cell: &Cell| match cell {
            Cell::Text(text) => plain_name(text),
            Cell::Empty | Cell::Moment(_) | Cell::NotUtf8 | Cell::Wrong(_) => String::new(),
        };
        Self(row.cells.iter().map(name).collect())
    }

    /// Where the column stands.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<usize> {
        let name = plain_name(name);
        self.0.iter().position(|known| *known == name)
    }

    fn is_twice(&self, name: &str) -> bool {
        let name = plain_name(name);
        self.0.iter().filter(|known| **known == name).count() > 1
    }
}

/// A column's name without the accidents of typing: composed letters, single spaces.
fn plain_name(text: &str) -> String {
    nfc(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Hears of every row under the header, with the bytes read so far (0 when unknown).
pub type EachRow<'a> = dyn FnMut(&Header, RawRow, u64) -> OfficeResult<()> + 'a;

/// Reads the table and gives every row under the header that is not blank to `each`.
///
/// # Errors
/// Everything that is wrong with the file or its header, at once; or what `each` answers.
pub fn read<R: Read + Seek>(mut file: R, wanted: &Wanted, each: &mut EachRow<'_>) -> OfficeResult<()> {
    let broken = |error: std::io::Error| FieldError::new("file", "", Problem::Unreadable { why: error.to_string() });
    let mut head = Vec::new();
    file.by_ref().take(HEAD).read_to_end(&mut head).map_err(broken)?;
    file.rewind().map_err(broken)?;
    let mut table = Table { wanted, titles: 0, best: None, other_encoding: false, header: None, each };
    match kind_of(&head)? {
        Kind::Sheet => sheet::rows(BufReader::new(file), &mut |row| table.take(row, 0))?,
        Kind::Text => {
            let delimiter = delimiter_of(&head, wanted);
            let mut lines = Lines::new(BufReader::with_capacity(256 * 1024, file), delimiter);
            while let Some(mut row) = lines.next_row().map_err(broken)? {
                let width = table.header.as_ref().map_or(usize::MAX, |header| header.0.len());
                if row.cells.iter().skip(width).any(|cell| *cell != Cell::Empty) {
                    row.fault = Some(FileProblem::TooManyValues.into());
                }
                table.take(row, lines.bytes())?;
            }
        }
    }
    if table.header.is_some() { Ok(()) } else { Err(table.no_header()) }
}

/// Gives every row that is not blank to `each`, with nothing known of the header but which names are
/// likely; the separator is the one that gives the most of them, else the most cells.
///
/// # Errors
/// When it is no table; or what `each` answers.
pub fn raw<R: Read + Seek>(
    mut file: R,
    likely: &dyn Fn(&str) -> bool,
    each: &mut dyn FnMut(RawRow) -> OfficeResult<()>,
) -> OfficeResult<()> {
    let broken = |error: std::io::Error| FieldError::new("file", "", Problem::Unreadable { why: error.to_string() });
    let mut head = Vec::new();
    file.by_ref().take(HEAD).read_to_end(&mut head).map_err(broken)?;
    file.rewind().map_err(broken)?;
    let mut each = |row: RawRow| if row.is_blank() { Ok(()) } else { each(row) };
    match kind_of(&head)? {
        Kind::Sheet => sheet::rows(BufReader::new(file), &mut each),
        Kind::Text => {
            let score = |row: &RawRow| {
                let names = Header::of(row).0;
                (names.iter().filter(|name| likely(name)).count(), names.len())
            };
            let found = |delimiter: u8| {
                let mut lines = Lines::new(head.as_slice(), delimiter);
                let rows = std::iter::from_fn(|| lines.next_row().ok().flatten()).take(TITLE_ROWS + 1);
                rows.map(|row| score(&row)).max().unwrap_or_default()
            };
            let delimiter = [b'\t', b';', b','].into_iter().max_by_key(|delimiter| found(*delimiter)).unwrap_or(b',');
            let mut lines = Lines::new(BufReader::with_capacity(256 * 1024, file), delimiter);
            while let Some(row) = lines.next_row().map_err(broken)? {
                each(row)?;
            }
            Ok(())
        }
    }
}

/// What `each` answers when it wants no more rows.
#[must_use]
pub const fn enough() -> OfficeError {
    OfficeError::NotFound
}

/// An answer of [`raw`] or [`read`] in which [`enough`] is no error.
///
/// # Errors
/// Any other.
pub fn until_enough(read: OfficeResult<()>) -> OfficeResult<()> {
    match read {
        Err(OfficeError::NotFound) => Ok(()),
        read => read,
    }
}

enum Kind {
    Text,
    Sheet,
}

fn kind_of(head: &[u8]) -> OfficeResult<Kind> {
    let refuse = |problem: FileProblem| Err(FieldError::new("file", "", problem).into());
    if head.is_empty() {
        return refuse(FileProblem::Empty);
    }
    if head.starts_with(b"PK\x03\x04") {
        return Ok(Kind::Sheet);
    }
    if head.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        return refuse(FileProblem::OldSpreadsheet);
    }
    if head.starts_with(&[0xFF, 0xFE]) || head.starts_with(&[0xFE, 0xFF]) || is_sparse(head) {
        return refuse(FileProblem::Utf16);
    }
    Ok(Kind::Text)
}

/// UTF-16 without its mark: with plain letters every other byte is 0. A few of them in a text spoil their rows only.
fn is_sparse(head: &[u8]) -> bool {
    let zeros = head.split(|byte| *byte == 0).count() - 1;
    zeros * 8 > head.len()
}

/// The separator with which the most wanted columns are found near the top.
fn delimiter_of(head: &[u8], wanted: &Wanted) -> u8 {
    let found = |delimiter: u8| {
        let mut lines = Lines::new(head, delimiter);
        let rows = std::iter::from_fn(|| lines.next_row().ok().flatten()).take(TITLE_ROWS + 1);
        rows.map(|row| hits(&Header::of(&row), wanted)).max().unwrap_or(0)
    };
    // The last of equals wins: a comma when nothing was found at all.
    [b'\t', b';', b','].into_iter().max_by_key(|delimiter| found(*delimiter)).unwrap_or(b',')
}

fn hits(header: &Header, wanted: &Wanted) -> usize {
    wanted.names().filter(|name| header.find(name).is_some()).count()
}

struct Table<'a, 'b> {
    wanted: &'a Wanted,
    titles: usize,
    /// The row that came nearest to a header.
    best: Option<(usize, Header)>,
    other_encoding: bool,
    header: Option<Header>,
    each: &'a mut EachRow<'b>,
}

impl Table<'_, '_> {
    fn take(&mut self, row: RawRow, bytes: u64) -> OfficeResult<()> {
        if row.is_blank() {
            return Ok(());
        }
        if let Some(header) = &self.header {
            return (self.each)(header, row, bytes);
        }
        let header = Header::of(&row);
        if self.wanted.must.iter().all(|(_, column)| header.find(column).is_some()) {
            let twice: Vec<_> = self.wanted.names().filter(|name| header.is_twice(name)).collect();
            if !twice.is_empty() {
                let errors = twice.into_iter().map(|name| FieldError::new("file", name, Problem::ColumnTwice));
                return Err(OfficeError::Invalid(errors.collect()));
            }
            self.header = Some(header);
            return Ok(());
        }
        self.other_encoding |= row.cells.contains(&Cell::NotUtf8);
        let found = hits(&header, self.wanted);
        if self.best.as_ref().is_none_or(|(best, _)| found > *best) {
            self.best = Some((found, header));
        }
        self.titles += 1;
        if self.titles > TITLE_ROWS { Err(self.no_header()) } else { Ok(()) }
    }

    fn no_header(&self) -> OfficeError {
        let Some((_, best)) = &self.best else {
            return FieldError::new("file", "", FileProblem::Empty).into();
        };
        let missing = self.wanted.must.iter().filter(|(_, column)| best.find(column).is_none());
        let mut errors: Vec<_> =
            missing.map(|(field, column)| FieldError::new(field, column, Problem::ColumnMissing)).collect();
        if self.other_encoding {
            errors.insert(0, FieldError::new("file", "", FileProblem::NotUtf8));
        }
        OfficeError::Invalid(errors)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::{Cell, RawRow, Wanted, read};
    use crate::domain::problem::{FieldError, FileProblem, Problem};
    use crate::office::{OfficeError, OfficeResult};

    fn wanted() -> Wanted {
        Wanted {
            must: vec![("code", "Mã hồ sơ".into()), ("received_at", "Ngày nhận".into())],
            may: vec!["Kênh".into()],
        }
    }

    fn table(bytes: &[u8]) -> OfficeResult<Vec<RawRow>> {
        let mut rows = Vec::new();
        read(Cursor::new(bytes), &wanted(), &mut |_, row, _| {
            rows.push(row);
            Ok(())
        })?;
        Ok(rows)
    }

    fn refused(bytes: &[u8]) -> Vec<FieldError> {
        match table(bytes) {
            Err(OfficeError::Invalid(errors)) => errors,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn the_header_is_found_below_titles_and_with_either_separator() {
        for text in [
            "Mã hồ sơ,Ngày nhận\nA,1\n",
            "Danh sách, quý III, xã A; B\n\nMã  hồ sơ;Ngày nhận;Kênh\n\nA;1\n",
            "Mã hồ sơ\tNgày nhận\nA\t1\n",
            // The name typed with combining marks.
            "Ma\u{303} hồ sơ,Ngày nhận\nA,1\n",
        ] {
            let rows = table(text.as_bytes()).unwrap();
            assert_eq!(rows.len(), 1, "{text}");
            assert_eq!(rows[0].cells[..2], [Cell::Text("A".into()), Cell::Text("1".into())], "{text}");
        }
    }

    #[test]
    fn every_missing_column_is_named_at_once() {
        let errors = refused("Kênh,Khác\nA,1\n".as_bytes());
        let missing: Vec<_> = errors.iter().map(|error| (error.field, error.value.as_str())).collect();
        assert_eq!(missing, [("code", "Mã hồ sơ"), ("received_at", "Ngày nhận")]);
        assert!(errors.iter().all(|error| error.problem == Problem::ColumnMissing));
    }

    #[test]
    fn what_is_no_table_of_ours_is_refused_by_name() {
        let problem = |bytes: &[u8]| refused(bytes)[0].problem.clone();
        assert_eq!(problem(b""), FileProblem::Empty.into());
        assert_eq!(problem(b"\n\n\n"), FileProblem::Empty.into());
        assert_eq!(problem(b"\xff\xfeM\x00"), FileProblem::Utf16.into());
        assert_eq!(problem(b"\xd0\xcf\x11\xe0\xa1\xb1"), FileProblem::OldSpreadsheet.into());
        assert_eq!(problem(b"M\xe3 h\xf4 s\xb8,Ng\xb5y\nA,1\n"), FileProblem::NotUtf8.into());
        assert!(matches!(problem(b"PK\x03\x04 and nothing more"), Problem::Unreadable { .. }));
    }

    #[test]
    fn a_needed_column_that_stands_twice_is_refused_and_an_unneeded_one_is_not() {
        assert_eq!(refused("Mã hồ sơ,Ngày nhận,Mã hồ sơ\n".as_bytes())[0].problem, Problem::ColumnTwice);
        assert_eq!(table("Mã hồ sơ,Ngày nhận,x,x\n".as_bytes()).unwrap(), []);
    }

    #[test]
    fn a_separator_inside_an_unquoted_value_is_told() {
        let rows = table("Mã hồ sơ,Ngày nhận\nA,1,2\nB,1,\n".as_bytes()).unwrap();
        assert_eq!(rows[0].fault, Some(FileProblem::TooManyValues.into()));
        assert_eq!(rows[1].fault, None, "an empty cell at the end is no value");
    }
}
