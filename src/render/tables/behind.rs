//! Which files a number of a table counts: what the address of their list says.

use std::collections::BTreeMap;

use super::Cell;
use crate::domain::reception::Standing;
use crate::domain::summary::Bucket;
use crate::render::report_form::Files;

/// The files behind a number: what they are, and the parameters of their list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Behind {
    pub list: List,
    pub parameters: Vec<(&'static str, String)>,
}

/// What a list holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum List {
    Dossiers,
    /// Online files that nobody accepted yet.
    Submissions,
}

impl Behind {
    #[must_use]
    pub fn of(bucket: Bucket) -> Self {
        Self { list: List::Dossiers, parameters: vec![("bucket", bucket.as_str().to_owned())] }
    }

    #[must_use]
    pub fn waiting(standing: Standing) -> Self {
        Self { list: List::Submissions, parameters: vec![("standing", standing.as_str().to_owned())] }
    }

    /// Of a figure of a form; `None`: nobody knows.
    pub(super) fn figure(files: Files) -> Option<Self> {
        match files {
            Files::In(bucket) => Some(Self::of(bucket)),
            Files::LateFor(reason) => Some(Self::of(Bucket::OnTimeMissed).only(("reason", reason.as_str()))),
            Files::Waiting(standing) => Some(Self::waiting(standing)),
            Files::Unknown => None,
        }
    }

    /// Only those that have this value.
    #[must_use]
    pub fn only(&self, (name, value): (&'static str, &str)) -> Self {
        let mut more = self.clone();
        more.parameters.push((name, value.to_owned()));
        more
    }
}

/// The lists behind the numbers of rows, each row given with what its files have in common; `columns` says what
/// the numbers of each column count.
pub(super) fn behind_rows<'a>(
    rows: &[Vec<Cell>],
    columns: &[Option<Behind>],
    parts: impl Iterator<Item = Option<(&'static str, &'a str)>>,
) -> BTreeMap<(usize, usize), Behind> {
    let mut found = BTreeMap::new();
    for ((at, row), part) in rows.iter().enumerate().zip(parts) {
        for (column, (cell, files)) in row.iter().zip(columns).enumerate() {
            if let (Cell::Number(_), Some(files)) = (cell, files) {
                found.insert((at, column), part.map_or_else(|| files.clone(), |part| files.only(part)));
            }
        }
    }
    found
}
