//! What a verb answers when it does not do what was asked: said by field, for a person to mend.

use crate::store::StoreError;

pub use crate::domain::problem::{FieldError, Problem, Refusal};

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
