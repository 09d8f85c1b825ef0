//! An export of the national portal or the province's system against our records: files that one side has
//! not, dates and words that differ, and totals with what moves them. Reads only.
//!
//! The file is read row by row, as an import reads it; of our side a page at a time is at hand.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::io::{Read, Seek};

use serde::Serialize;

use crate::domain::reconcile::differences::differences;
use crate::domain::reconcile::totals::{Moves, Totals};
use crate::domain::reconcile::{Cause, Compared, OurFile, Span, Theirs, Total};
use crate::domain::time::{Instant, rfc3339};
use crate::store::Conn;
use crate::store::reconciling::{self, HeldRow};

use super::import::Mapping;
use super::import::mapping::Field;
use super::import::source;
use super::import::told::{TheirRow, row_of};
use super::report::{Head, Question};
use super::{Office, OfficeResult};

/// Lines of the list that are kept; the counts beside it are of all.
const LISTED_MAX: usize = 100_000;
/// Rows that are held at once.
const AT_ONCE: usize = 500;

/// Both sides of a period.
#[derive(Debug, Clone, Serialize)]
pub struct Reconciliation {
    #[serde(flatten)]
    pub head: Head,
    /// Rows of the file, rows of it without a code, and files that both sides have.
    pub rows: u64,
    pub without_code: u64,
    pub both: u64,
    /// Those of them of which nothing differs.
    pub same: u64,
    pub totals: Vec<TotalLine>,
    /// How often each difference occurs, the most frequent first.
    pub causes: Vec<CauseLine>,
    pub differences: Vec<DifferenceLine>,
    /// Lines that the list would have more.
    pub more: u64,
}

/// A total of both sides; the causes add up to theirs less ours.
#[derive(Debug, Clone, Serialize)]
pub struct TotalLine {
    pub key: Total,
    pub ours: u64,
    pub theirs: u64,
    pub difference: i64,
    pub causes: Vec<Moved>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Moved {
    pub cause: Cause,
    pub files: i64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CauseLine {
    pub what: Compared,
    pub cause: Cause,
    pub count: u64,
}

/// Something that differs of one file.
#[derive(Debug, Clone, Serialize)]
pub struct DifferenceLine {
    pub code: String,
    /// Of the file, as a person sees it; `None`: it has none.
    pub row: Option<u64>,
    pub what: Compared,
    pub cause: Cause,
    pub ours: Option<String>,
    pub theirs: Option<String>,
}

impl Office {
    /// Holds a file against the records of a period.
    ///
    /// # Errors
    /// A wrong period or agency; everything wrong with the file or its header; or the database.
    pub fn reconcile<R: Read + Seek>(
        &self,
        now: Instant,
        question: &Question,
        file: R,
        mapping: &Mapping,
    ) -> OfficeResult<Reconciliation> {
        let period = question.period(now)?;
        let (agency_id, agency) = self.reading(|_, rules| {
            let agency = question.agency_of(rules)?;
            Ok((agency.id.clone(), agency.code.clone()))
        })?;
        let mut held = Held {
            office: self,
            agency_id,
            span: Span { begins: period.begins, cut: period.cut },
            waiting: Vec::with_capacity(AT_ONCE),
            seen: HashSet::new(),
            totals: Totals::default(),
            causes: BTreeMap::new(),
            found: Reconciliation {
                head: question.head(now, agency),
                rows: 0,
                without_code: 0,
                both: 0,
                same: 0,
                totals: Vec::new(),
                causes: Vec::new(),
                differences: Vec::new(),
                more: 0,
            },
        };
        let mut places = None;
        source::read(file, &mapping.wanted_for(Field::Code), &mut |header, raw, _| {
            let places = places.get_or_insert_with(|| mapping.places(header));
            held.row(row_of(mapping, places, &raw))
        })?;
        held.hold()?;
        held.only_here()?;
        Ok(held.end())
    }
}

struct Held<'a> {
    office: &'a Office,
    agency_id: String,
    span: Span,
    waiting: Vec<TheirRow>,
    /// Codes of the file.
    seen: HashSet<String>,
    totals: Totals,
    causes: BTreeMap<(Compared, Cause), u64>,
    found: Reconciliation,
}

impl Held<'_> {
    fn row(&mut self, row: TheirRow) -> OfficeResult<()> {
        self.found.rows += 1;
        if row.code.is_empty() {
            self.found.without_code += 1;
            return Ok(());
        }
        self.waiting.push(row);
        if self.waiting.len() < AT_ONCE { Ok(()) } else { self.hold() }
    }

    /// Holds the rows at hand against ours.
    fn hold(&mut self) -> OfficeResult<()> {
        let rows = std::mem::take(&mut self.waiting);
        let codes: Vec<&str> = rows.iter().map(|row| row.code.as_str()).collect();
        let agency = &self.agency_id;
        let ours = self.office.store().read(|conn| {
            let rows = reconciling::with_codes(conn, agency, &codes)?;
            with_first(conn, rows)
        })?;
        let ours: HashMap<&str, &OurFile> = ours.iter().map(|(_, file)| (file.code.as_str(), file)).collect();
        for row in rows {
            if !self.seen.insert(row.code.clone()) {
                self.totals.only_there(&row.file, self.span, Cause::Twice);
                self.tell(&row.code, Some(row.row), (Compared::Presence, Cause::Twice), (None, None));
                continue;
            }
            let Some(ours) = ours.get(row.code.as_str()) else {
                self.totals.only_there(&row.file, self.span, Cause::MissingHere);
                self.tell(&row.code, Some(row.row), (Compared::Presence, Cause::MissingHere), (None, None));
                continue;
            };
            self.found.both += 1;
            self.totals.both(ours, &row.file, self.span);
            let found = differences(ours, &row.file);
            self.found.same += u64::from(found.is_empty());
            for (what, cause) in found {
                let texts = (ours_shown(ours, what), theirs_shown(&row, what));
                self.tell(&row.code, Some(row.row), (what, cause), texts);
            }
        }
        Ok(())
    }

    /// Ours of the period that the file has not.
    fn only_here(&mut self) -> OfficeResult<()> {
        let mut after = String::new();
        loop {
            let (agency, span) = (&self.agency_id, (self.span.begins, self.span.cut));
            let page = self.office.store().read(|conn| {
                let rows = reconciling::of_span(conn, agency, span, &after)?;
                with_first(conn, rows)
            })?;
            let Some((last, _)) = page.last() else { return Ok(()) };
            after.clone_from(last);
            for (_, ours) in page {
                if !self.seen.contains(&ours.code) {
                    self.totals.only_here(&ours, self.span);
                    let received = Some(rfc3339(ours.received_at));
                    self.tell(&ours.code, None, (Compared::Presence, Cause::MissingThere), (received, None));
                }
            }
        }
    }

    fn tell(
        &mut self,
        code: &str,
        row: Option<u64>,
        (what, cause): (Compared, Cause),
        (ours, theirs): (Option<String>, Option<String>),
    ) {
        *self.causes.entry((what, cause)).or_default() += 1;
        if self.found.differences.len() < LISTED_MAX {
            self.found.differences.push(DifferenceLine { code: code.to_owned(), row, what, cause, ours, theirs });
        } else {
            self.found.more += 1;
        }
    }

    fn end(self) -> Reconciliation {
        let line = |(key, ours, theirs, causes): Moves| TotalLine {
            key,
            ours,
            theirs,
            difference: causes.iter().map(|(_, by)| by).sum(),
            causes: causes.into_iter().map(|(cause, files)| Moved { cause, files }).collect(),
        };
        let mut causes: Vec<CauseLine> =
            self.causes.into_iter().map(|((what, cause), count)| CauseLine { what, cause, count }).collect();
        causes.sort_by_key(|line| std::cmp::Reverse(line.count));
        Reconciliation { totals: self.totals.lines().into_iter().map(line).collect(), causes, ..self.found }
    }
}

/// The rows with their first promises, each with its id.
fn with_first(conn: &mut Conn, rows: Vec<HeldRow>) -> OfficeResult<Vec<(String, OurFile)>> {
    let mut first = HashMap::new();
    for some in rows.chunks(AT_ONCE) {
        let ids: Vec<&str> = some.iter().map(|row| row.id.as_str()).collect();
        first.extend(reconciling::first_promises(conn, &ids)?);
    }
    let file = |row: HeldRow| {
        let file = OurFile {
            code: row.code,
            channel: row.channel,
            stage: row.stage,
            received_at: row.received_at,
            due_at: row.due_at,
            first_due_at: first.get(&row.id).copied(),
            new_due_at: row.new_due_at,
            closed_at: row.closed_at,
            returned_at: row.returned_at,
            paused_since: row.paused_since,
        };
        (row.id, file)
    };
    Ok(rows.into_iter().map(file).collect())
}

fn ours_shown(ours: &OurFile, what: Compared) -> Option<String> {
    match what {
        Compared::Presence => None,
        Compared::ReceivedAt => Some(rfc3339(ours.received_at)),
        Compared::DueAt => ours.due_at.map(rfc3339),
        Compared::ResolvedAt => ours.closed_at.map(rfc3339),
        Compared::ReturnedAt => ours.returned_at.map(rfc3339),
        Compared::Channel => Some(ours.channel.to_string()),
        Compared::Status => Some(ours.stage.to_string()),
    }
}

fn theirs_shown(row: &TheirRow, what: Compared) -> Option<String> {
    let date = |theirs: Theirs, field: Field| match theirs {
        Theirs::Nothing => None,
        Theirs::At(at) => Some(rfc3339(at)),
        Theirs::On(day) => Some(day.to_string()),
        Theirs::Unreadable => row.unread.get(&field).cloned(),
    };
    match what {
        Compared::Presence => None,
        Compared::ReceivedAt => date(row.file.received, Field::ReceivedAt),
        Compared::DueAt => date(row.file.due, Field::DueAt),
        Compared::ResolvedAt => date(row.file.resolved, Field::ResolvedAt),
        Compared::ReturnedAt => date(row.file.returned, Field::ReturnedAt),
        Compared::Channel => match row.file.channel {
            Some(Ok(channel)) => Some(channel.to_string()),
            Some(Err(())) | None => row.unread.get(&Field::Channel).cloned(),
        },
        Compared::Status => match row.file.status {
            Some(Ok(stage)) => Some(stage.to_string()),
            Some(Err(())) | None => row.unread.get(&Field::Outcome).cloned(),
        },
    }
}
