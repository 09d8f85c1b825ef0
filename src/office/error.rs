//! What a verb answers when it does not do what was asked: said by field, for a person to mend.

use chrono::NaiveDate;

use crate::domain::code::CodeError;
use crate::domain::deadline::DeadlineError;
use crate::domain::dossier::InvalidTransition;
use crate::domain::reschedule::NewDateError;
use crate::store::StoreError;

/// What is wrong with the value of a field; the wording is `render::problems`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    Required,
    TooLong {
        max: usize,
    },
    ControlCharacters,
    UnknownProcedure,
    UnknownUnit,
    UnknownChannel,
    UnknownReason,
    UnknownOutcome,
    NotAnInstant,
    NotADay,
    NotYesOrNo,
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
    /// An append-only fact that another value was given for.
    CannotChange {
        kept: String,
    },
    /// Two values that contradict each other.
    Contradicts {
        other: &'static str,
    },
    NotALimit,
    NotADayKind,
    ColumnMissing,
    Unreadable {
        why: String,
    },
    WeakPassword {
        min: usize,
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
    pub fn new(field: &'static str, value: impl Into<String>, problem: Problem) -> Self {
        Self { field, value: value.into(), problem }
    }
}

/// Why the stage forbids a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    Transition(InvalidTransition),
    /// The return date may be moved once only (NĐ 118/2025 Art. 19(6)).
    AlreadyRescheduled,
    /// Nothing was promised, so nothing can be moved.
    NoPromise,
    /// The dossier is closed or waits for the citizen.
    NotInProgress,
    /// The same `Idempotency-Key` came with another request.
    KeyReused,
}

/// Why a verb did not do what was asked.
#[derive(Debug)]
pub enum OfficeError {
    NotFound,
    Invalid(Vec<FieldError>),
    Refused(Refusal),
    Store(StoreError),
    /// A letter or text could not be made, or kept facts not be read: a fault of ours.
    Broken(String),
}

pub type OfficeResult<T> = Result<T, OfficeError>;

impl From<StoreError> for OfficeError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<serde_json::Error> for OfficeError {
    fn from(error: serde_json::Error) -> Self {
        Self::Broken(error.to_string())
    }
}

impl From<crate::render::RenderError> for OfficeError {
    fn from(error: crate::render::RenderError) -> Self {
        Self::Broken(error.to_string())
    }
}

impl From<Refusal> for OfficeError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<FieldError> for OfficeError {
    fn from(error: FieldError) -> Self {
        Self::Invalid(vec![error])
    }
}

impl std::fmt::Display for OfficeError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NotFound => f.write_str("not found"),
            Self::Invalid(errors) => {
                let fields: Vec<_> = errors.iter().map(|error| error.field).collect();
                write!(f, "invalid: {}", fields.join(", "))
            }
            Self::Refused(refusal) => write!(f, "refused: {refusal:?}"),
            Self::Store(error) => error.fmt(f),
            Self::Broken(why) => f.write_str(why),
        }
    }
}

impl std::error::Error for OfficeError {}
