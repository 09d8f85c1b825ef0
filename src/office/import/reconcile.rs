//! A file against our records, after an import: dossiers that only one side has.

use std::collections::HashSet;
use std::io::{Read, Seek};

use chrono::Duration;
use serde::{Deserialize, Serialize};

use crate::domain::time::{Instant, civil_day, day_begins, parse_instant, rfc3339};
use crate::office::{Office, OfficeResult};
use crate::store::reconciling;

use super::mapping::Mapping;
use super::row::RowReader;
use super::source;

/// Lines of a list that are kept.
const LISTED_MAX: usize = 1_000;
/// Codes that are asked for in one statement.
const AT_ONCE: usize = 500;

/// What one side has and the other has not.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reconciled {
    /// The first and last receipt of the file; empty: it tells of none.
    pub from: String,
    pub to: String,
    /// Received here in that time, and not in the file.
    pub only_here: Vec<String>,
    pub only_here_more: u64,
    /// In the file (row, code) and not here: their rows were rejected.
    pub only_there: Vec<(u64, String)>,
    pub only_there_more: u64,
}

impl Office {
    /// Holds a file against the records.
    ///
    /// # Errors
    /// When the file cannot be read, or the database.
    pub fn reconcile_import<R: Read + Seek>(&self, file: R, mapping: &Mapping) -> OfficeResult<Reconciled> {
        let mut codes: Vec<(u64, String)> = Vec::new();
        let mut span: Option<(Instant, Instant)> = None;
        let mut reader: Option<RowReader<'_>> = None;
        source::read(file, &mapping.wanted(), &mut |header, raw, _| {
            let reader = reader.get_or_insert_with(|| RowReader::new(mapping, mapping.places(header)));
            let told = reader.read(&raw);
            if let Some(at) = parse_instant(&told.form.received_at) {
                span = Some(span.map_or((at, at), |(from, to)| (from.min(at), to.max(at))));
            }
            if !told.form.code.is_empty() {
                codes.push((told.row, told.form.code));
            }
            Ok(())
        })?;
        let mut found = Reconciled::default();
        for some in codes.chunks(AT_ONCE) {
            let asked: Vec<&str> = some.iter().map(|(_, code)| code.as_str()).collect();
            let known: HashSet<String> =
                self.store().read(|conn| reconciling::known_codes(conn, &asked))?.into_iter().collect();
            for (row, code) in some.iter().filter(|(_, code)| !known.contains(code)) {
                push(&mut found.only_there, &mut found.only_there_more, (*row, code.clone()));
            }
        }
        // Whole days: what came an hour before the first row belongs to the same register.
        if let Some((from, to)) = span.map(|(from, to)| (day_begins(civil_day(from)), day_ends(to))) {
            (found.from, found.to) = (rfc3339(from), rfc3339(to));
            let there: HashSet<&str> = codes.iter().map(|(_, code)| code.as_str()).collect();
            let mut after: Option<(Instant, String)> = None;
            loop {
                let page = self.store().read(|conn| reconciling::received_between(conn, (from, to), after.as_ref()))?;
                for (_, _, code) in page.iter().filter(|(_, _, code)| !there.contains(code.as_str())) {
                    push(&mut found.only_here, &mut found.only_here_more, code.clone());
                }
                match page.into_iter().last() {
                    Some((received_at, id, _)) => after = Some((received_at, id)),
                    None => break,
                }
            }
        }
        Ok(found)
    }
}

/// The last second of the civil day of `at`.
fn day_ends(at: Instant) -> Instant {
    day_begins(civil_day(at) + Duration::days(1)) - Duration::seconds(1)
}

fn push<T>(list: &mut Vec<T>, more: &mut u64, line: T) {
    if list.len() < LISTED_MAX {
        list.push(line);
    } else {
        *more += 1;
    }
}
