//! Which files a number of a table counts: what the address of their list says.

use std::collections::BTreeMap;

use super::Cell;
use crate::domain::summary::Bucket;

/// The files behind a number, as the parameters of their list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Behind(Vec<(&'static str, String)>);

impl Behind {
    #[must_use]
    pub fn of(bucket: Bucket) -> Self {
        Self(vec![("bucket", bucket.as_str().to_owned())])
    }

    /// Only those that have this value.
    #[must_use]
    pub fn only(&self, (name, value): (&'static str, &str)) -> Self {
        let mut more = self.clone();
        more.0.push((name, value.to_owned()));
        more
    }

    #[must_use]
    pub fn parameters(&self) -> &[(&'static str, String)] {
        &self.0
    }
}

/// The lists behind the numbers of rows, each row given with what its files have in common; `buckets` by column.
pub(super) fn behind_rows<'a>(
    rows: &[Vec<Cell>],
    buckets: &[Option<Bucket>],
    parts: impl Iterator<Item = Option<(&'static str, &'a str)>>,
) -> BTreeMap<(usize, usize), Behind> {
    let mut found = BTreeMap::new();
    for ((at, row), part) in rows.iter().enumerate().zip(parts) {
        for (column, (cell, bucket)) in row.iter().zip(buckets).enumerate() {
            if let (Cell::Number(_), Some(bucket)) = (cell, bucket) {
                let all = Behind::of(*bucket);
                found.insert((at, column), part.map_or(all.clone(), |part| all.only(part)));
            }
        }
    }
    found
}
