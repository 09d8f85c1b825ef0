//! What may be wrong with an account.

use super::Problem;

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

impl From<AccountProblem> for Problem {
    fn from(problem: AccountProblem) -> Self {
        Self::Account(problem)
    }
}
