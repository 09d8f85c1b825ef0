//! What may be wrong with a file that is to be read.

use super::Problem;

/// What is wrong with a file that is to be read, or with its mapping.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileProblem {
    /// Nothing in it, or no header.
    Empty,
    /// Bytes that are no UTF-8.
    NotUtf8,
    Utf16,
    /// The binary format of Excel before 2007.
    OldSpreadsheet,
    /// A quotation mark that is never closed.
    OpenQuote,
    /// More values than the header has columns: a separator inside a value, most likely.
    TooManyValues,
    LineTooLong,
    /// Another row of the same code is wrong.
    SiblingWrong,
    /// The mapping names a field that does not exist.
    UnknownField,
    /// The mapping gives a field both a column and a constant.
    FieldTwice,
    UnknownZone,
    NotADateFormat,
    Calendar(CalendarFileProblem),
}

/// What is wrong with an iCalendar file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CalendarFileProblem {
    /// A calendar of days off of more than a megabyte.
    TooLarge,
    /// Neither a table nor readable iCalendar.
    Unreadable,
    /// iCalendar without an event.
    Empty,
    /// An event with a rule of repetition.
    Repeating,
    /// An event with a time of day.
    NotAWholeDay,
}

impl From<CalendarFileProblem> for Problem {
    fn from(problem: CalendarFileProblem) -> Self {
        Self::File(FileProblem::Calendar(problem))
    }
}

impl From<FileProblem> for Problem {
    fn from(problem: FileProblem) -> Self {
        Self::File(problem)
    }
}
