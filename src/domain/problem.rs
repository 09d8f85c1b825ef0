//! What can be wrong with what people give us, said by field; the wording is `render::problems`.

use chrono::NaiveDate;

use super::code::CodeError;
use super::deadline::DeadlineError;
use super::limit::Limit;
use super::reschedule::NewDateError;

mod account;
mod file;
mod refusal;

pub use account::AccountProblem;
pub use file::{CalendarFileProblem, FileProblem};
pub use refusal::Refusal;

/// What is wrong with the value of a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    Required,
    TooLong {
        max: usize,
    },
    ControlCharacters,
    UnknownProcedure,
    UnknownUnit,
    /// No dossier has this code.
    UnknownDossier,
    UnknownChannel,
    UnknownOfficer,
    UnknownReason,
    /// The name of a reason from the settings in place of a sentence about this file.
    CannedSentence,
    /// Neither a loss nor an error.
    UnknownLoss,
    UnknownOutcome,
    NotAnInstant,
    /// No place in a list that an answer gave.
    NotACursor,
    NotADay,
    /// No month, quarter, half-year or year.
    NotAPeriod,
    /// No year from 1990 to 2100.
    NotAYear,
    NotYesOrNo,
    /// No percentage from 0 to below 100.
    NotAShare,
    /// No whole number within bounds.
    NotInRange {
        min: u32,
        max: u32,
    },
    UnknownAgency,
    InTheFuture,
    BeforeReceipt,
    BeforeCalendar {
        first_day: Option<NaiveDate>,
    },
    NotAnEmail,
    NotAPhone,
    Code(CodeError),
    CodeTaken,
    NewDate(NewDateError),
    Deadline(DeadlineError),
    /// An append-only fact that another value was given for; empty when none is kept.
    CannotChange {
        kept: String,
    },
    /// A step of a dossier that this office received: it is recorded when it happens, no file brings it afterwards.
    RecordedHere,
    /// Two values that contradict each other.
    Contradicts {
        other: &'static str,
    },
    NotALimit,
    NotAProcedureCode,
    /// Something of the person has this name already.
    NameTaken,
    /// As many as are kept.
    TooMany {
        max: usize,
    },
    /// A procedure has this code already.
    ProcedureExists,
    /// The procedure comes into force later.
    NotYetInForce {
        from: NaiveDate,
    },
    /// A commitment that is not shorter than the statutory limit.
    NotShorter {
        limit: Limit,
    },
    /// A commitment in another unit than the statutory limit.
    OtherUnit {
        limit: Limit,
    },
    /// A day that is over.
    InThePast,
    /// It says what holds already.
    NoChange,
    /// Who should go on with the dossier has it already.
    SameHolder,
    /// A line of the list of papers that cannot be read.
    NotAPaper {
        line: usize,
    },
    NotADayKind,
    /// A word outside a fixed list.
    NotOneOf {
        expected: &'static [&'static str],
    },
    ColumnMissing,
    /// A column that is needed stands twice in the header.
    ColumnTwice,
    Unreadable {
        why: String,
    },
    /// More lines than a list on paper has room for.
    TooManyLines {
        max: usize,
    },
    /// More rows than one file holds.
    TooManyRows {
        max: usize,
    },
    /// A period that ends before it begins.
    EndsBeforeItBegins,
    /// No PNG or JPEG, and no SVG of plain shapes.
    NotAnImage,
    ImageTooLarge {
        kilobytes: usize,
        pixels: u32,
    },
    /// No code of letters, digits and `-`.
    NotAUnitCode,
    /// Another unit handles the sector.
    SectorTaken {
        sector: String,
        unit: String,
    },
    /// No provider is set up for this way.
    WayNotSetUp,
    /// So many were sent within minutes already.
    TooOften {
        minutes: i64,
    },
    /// So much was said about this dossier today already.
    EnoughToday {
        max: usize,
    },
    /// The step is refused in the stage the dossier has.
    Refused(Refusal),
    File(FileProblem),
    Day(DayProblem),
    Account(AccountProblem),
    Moment(MomentProblem),
}

/// What is wrong with the moment at which a result is said to have been ready.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MomentProblem {
    /// It is recorded so.
    Recorded,
    /// Before the clock of the dossier went on for the last time.
    BeforeResumed,
    /// After the result was returned.
    AfterReturn,
}

impl From<MomentProblem> for Problem {
    fn from(problem: MomentProblem) -> Self {
        Self::Moment(problem)
    }
}

/// What is wrong with a day of a changed calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayProblem {
    /// A day off that is worked on no other day, or a day worked for no day off.
    PairIncomplete,
    /// A make-up day on a weekday that is worked anyway.
    AlreadyWorked,
    /// A day off on a weekly rest day.
    AlreadyOff,
    /// A swap on a public holiday or the day off in its place.
    Occupied,
    /// The calendar says so already.
    NothingChanges,
    TooMany {
        max: usize,
    },
}

/// A field, the value that was given, and what is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    pub field: &'static str,
    pub value: String,
    pub problem: Problem,
}

impl FieldError {
    #[must_use]
    pub fn new(field: &'static str, value: impl Into<String>, problem: impl Into<Problem>) -> Self {
        Self { field, value: value.into(), problem: problem.into() }
    }
}
