//! What an import did, as it is told.

use serde::{Deserialize, Serialize};

use crate::domain::ledger::Language;
use crate::domain::problem::{FieldError, Problem};
use crate::render::problems::problem_text;

/// Lines of a list that are kept; of a million wrong rows the first show what is wrong.
const LISTED_MAX: usize = 10_000;
/// Characters of a wrong value that are repeated.
const VALUE_MAX: usize = 200;

/// What became of the rows: `read` = `imported` + `unchanged` + `updated` + `rejected_rows`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ImportReport {
    pub read: u64,
    pub imported: u64,
    pub unchanged: u64,
    pub updated: u64,
    pub rejected: Vec<Rejected>,
    pub differs: Vec<Differs>,
    /// Rows behind `rejected`, which has a line for each wrong field.
    pub rejected_rows: u64,
    /// Lines that `rejected` and `differs` would have more.
    pub rejected_more: u64,
    pub differs_more: u64,
}

/// A field that keeps a row out; `row` as a person sees it in the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Rejected {
    pub row: u64,
    pub field: &'static str,
    pub value: String,
    pub reason: String,
    /// The reason without anything that stood in the file or is kept of a person: for the log of imports.
    #[serde(skip)]
    pub kept_reason: String,
}

/// A promise taken over that the rules would not have given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Differs {
    pub code: String,
    pub promised: String,
    pub computed: Option<String>,
    pub why: String,
}

/// A report that was kept as JSON, read again.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct KeptReport {
    pub read: u64,
    pub imported: u64,
    pub unchanged: u64,
    pub updated: u64,
    pub rejected: Vec<KeptRejected>,
    pub differs: Vec<Differs>,
    pub rejected_rows: u64,
    pub rejected_more: u64,
    pub differs_more: u64,
}

/// [`Rejected`], read again.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct KeptRejected {
    pub row: u64,
    pub field: String,
    pub value: String,
    pub reason: String,
}

impl ImportReport {
    pub(super) fn reject(&mut self, row: u64, errors: &[FieldError]) {
        self.rejected_rows += 1;
        for error in errors {
            push(&mut self.rejected, &mut self.rejected_more, rejected(row, error));
        }
    }

    pub(super) fn differ(&mut self, differs: Differs) {
        push(&mut self.differs, &mut self.differs_more, differs);
    }

    /// Adds what another batch did.
    pub(super) fn add(&mut self, other: Self) {
        self.read += other.read;
        self.imported += other.imported;
        self.unchanged += other.unchanged;
        self.updated += other.updated;
        self.rejected_rows += other.rejected_rows;
        self.rejected_more += other.rejected_more;
        self.differs_more += other.differs_more;
        for line in other.rejected {
            push(&mut self.rejected, &mut self.rejected_more, line);
        }
        for line in other.differs {
            push(&mut self.differs, &mut self.differs_more, line);
        }
    }
}

/// A wrong field in words.
pub(crate) fn rejected(row: u64, error: &FieldError) -> Rejected {
    Rejected {
        row,
        field: error.field,
        value: error.value.chars().take(VALUE_MAX).collect(),
        reason: problem_text(&error.problem, Language::Vietnamese),
        kept_reason: kept_reason(error),
    }
}

/// What is wrong, without the values that some problems repeat.
pub(crate) fn kept_reason(error: &FieldError) -> String {
    let bare = if matches!(error.problem, Problem::CannotChange { .. }) {
        &Problem::CannotChange { kept: "…".to_owned() }
    } else if matches!(error.problem, Problem::Unreadable { .. }) {
        &Problem::Unreadable { why: "…".to_owned() }
    } else {
        &error.problem
    };
    problem_text(bare, Language::Vietnamese)
}

fn push<T>(list: &mut Vec<T>, more: &mut u64, line: T) {
    if list.len() < LISTED_MAX {
        list.push(line);
    } else {
        *more += 1;
    }
}
