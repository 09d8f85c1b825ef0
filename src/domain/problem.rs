//! What can be wrong with what people give us, said by field; the wording is `render::problems`.

use chrono::NaiveDate;

use super::code::CodeError;
use super::deadline::DeadlineError;
use super::dossier::InvalidTransition;
use super::limit::Limit;
use super::reschedule::NewDateError;

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

/// What is wrong with a password, a user name, or who stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccountProblem {
    WeakPassword {
        min: usize,
    },
    /// The present password was asked for and is another.
    WrongPassword,
    /// It was wrong too often in a row.
    LockedOut {
        minutes: u32,
    },
    /// The second typing of a password is another than the first.
    NotTheSame,
    /// The new password is the old one.
    SamePassword,
    /// No user name of small letters, digits, `.`, `_`, `-`; or one that the journal needs itself.
    NotAUsername,
    /// Somebody would stand in for themselves.
    OwnStandIn,
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

/// Why the stage forbids a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    Transition(InvalidTransition),
    /// The period runs until the day before this one.
    PeriodRuns {
        until: NaiveDate,
    },
    /// Closed reports are never made again.
    PeriodClosed,
    /// Who closes a period signs for it: a person with the right.
    MayNotClose,
    /// The figures are others than those that were looked at.
    FiguresMoved,
    /// The return date may be moved once only (NĐ 118/2025 Art. 19(6)).
    AlreadyRescheduled,
    /// Nothing was promised, so nothing can be moved.
    NoPromise,
    /// Somebody said before that the result will be ready by this promise.
    AlreadyAnswered,
    /// The dossier is closed or waits for the citizen.
    NotInProgress,
    /// No paper waits to be handed over, or no such consultation waits for an answer.
    NothingWaits,
    /// The same `Idempotency-Key` came with another request.
    KeyReused,
    /// Who proposed a change of rules cannot let it take effect: four eyes.
    OwnProposal,
    /// Somebody decided the proposal before.
    ProposalDecided,
    /// The rules changed since the proposal was looked at.
    ProposalOutdated,
    /// The online file was accepted or declined, or waits for its applicant.
    NotWaiting,
    /// A file is sent back in full and once (NĐ 118/2025 Art. 17(2)).
    SentBackBefore,
    /// The file was not sent back, so there is nothing to complete.
    NotSentBack,
    /// The dossier is not late, so no delay can have cost anything.
    NotLate,
    /// A draft of the letter waits for its signature.
    LetterWaits,
    /// The letter was signed, refused or dropped before.
    LetterDecided,
    /// The letter belongs to a unit that the person neither supervises nor stands in for.
    NotTheirUnit,
    /// The office would be left without an administrator.
    LastAdministrator,
    /// Somebody else's absence: theirs to enter, their supervisor's, or an administrator's.
    NotYourPeople,
    /// A late file is not handed over before its apology is issued (`apology.before_hand_over`).
    ApologyFirst,
    /// The time in which a tick of the desk can be taken back is over.
    UndoOver,
    /// Somebody else's tick: theirs to take back, or the desk's supervisor's.
    NotYourTick,
    /// Something followed from the tick that cannot be taken back with it.
    TickFollowed,
}
