//! Three ways in which the database says no; absence is an `Option`, not an error.

use diesel::result::{DatabaseErrorKind, Error as DieselError};

/// What went wrong between us and the database.
#[derive(Debug)]
pub enum StoreError {
    /// Not reachable, locked, disk full: trying again later can help.
    Unavailable(String),
    /// What is stored cannot be read as what it should be.
    Corrupt(String),
    /// Somebody else was faster: a unique key, or a row that moved on.
    Conflict(String),
}

pub type StoreResult<T> = Result<T, StoreError>;

impl std::fmt::Display for StoreError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Unavailable(why) => write!(f, "database unavailable: {why}"),
            Self::Corrupt(why) => write!(f, "stored data unreadable: {why}"),
            Self::Conflict(why) => write!(f, "conflict: {why}"),
        }
    }
}

impl std::error::Error for StoreError {}

impl From<DieselError> for StoreError {
    #[expect(clippy::wildcard_enum_match_arm, reason = "the enum of diesel is open; the rest is one case for us")]
    fn from(error: DieselError) -> Self {
        match &error {
            DieselError::DatabaseError(DatabaseErrorKind::UniqueViolation, info) => {
                Self::Conflict(info.message().to_owned())
            }
            DieselError::DeserializationError(why) => Self::Corrupt(why.to_string()),
            // Everything else is the database's state, not ours: locked, full, gone, refused.
            _ => Self::Unavailable(error.to_string()),
        }
    }
}

impl From<diesel::r2d2::PoolError> for StoreError {
    fn from(error: diesel::r2d2::PoolError) -> Self {
        Self::Unavailable(error.to_string())
    }
}

/// Reads a stored word back into its enum.
pub(super) fn word<T: std::str::FromStr>(text: &str, column: &str) -> StoreResult<T> {
    text.parse().map_err(|_| StoreError::Corrupt(format!("{column}: {text:?}")))
}
