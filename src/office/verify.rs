//! Proof: the journal's chain is whole, and every promise follows again from its ledger.
//!
//! Journal and promises are read in pages that do not know each other. A few lanes take page after
//! page, each on a connection of its own; what they find is put in order at the end.

mod chain;
mod facts;
mod frozen;
mod replay;
mod told;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use chrono::NaiveDate;
use rayon::iter::{IntoParallelIterator, ParallelIterator};
use serde::Serialize;

use crate::store::people::{self, Agency};
use crate::store::proof::{self, JournalEnd};
use crate::store::{Conn, StoreResult, day_facts};

use super::Office;
use super::error::OfficeResult;
use replay::Calendars;

/// Rows of a page; also how often progress is told.
const PAGE: i64 = 2_000;

/// Pages looked at side by side at most: the database keeps more connections for readers than these.
const LANES: usize = 4;

/// What `verify` found; anything in `broken`, `dates_differ` or `days_differ` is a fault.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct VerifyReport {
    pub entries: u64,
    pub broken: Vec<BrokenLine>,
    /// Closed periods whose frozen reports were looked at.
    pub periods: u64,
    pub dates_replayed: u64,
    pub dates_differ: Vec<DifferentDate>,
    /// Days of agencies whose facts were made again.
    pub days: u64,
    pub days_differ: Vec<DifferentDay>,
}

/// A journal line whose seal does not fit, or that is missing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct BrokenLine {
    pub seq: i64,
    pub why: &'static str,
}

/// A promise that its ledger does not give again.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct DifferentDate {
    pub code: String,
    pub promise: i32,
    pub kept: String,
    pub replayed: String,
}

/// A day whose kept facts are not what its files give.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct DifferentDay {
    /// Its code.
    pub agency: String,
    pub day: NaiveDate,
}

/// How far it is: rows looked at, of all there are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Progress {
    pub done: u64,
    pub total: u64,
}

/// A page of one of the two tables, or a day.
enum Page {
    /// Lines `from..=to`.
    Lines { from: i64, to: i64 },
    /// Promises from the first id up to, and without, the second.
    Promises { from: String, until: Option<String> },
    /// The facts of a day.
    Day { agency: Arc<Agency>, day: NaiveDate },
}

impl VerifyReport {
    /// Whether nothing is off.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.broken.is_empty() && self.dates_differ.is_empty() && self.days_differ.is_empty()
    }

    fn and(mut self, other: Self) -> Self {
        self.entries += other.entries;
        self.periods += other.periods;
        self.dates_replayed += other.dates_replayed;
        self.broken.extend(other.broken);
        self.dates_differ.extend(other.dates_differ);
        self.days += other.days;
        self.days_differ.extend(other.days_differ);
        self
    }
}

impl Office {
    /// Walks the journal and replays every ledger; what is written meanwhile is left for the next time.
    /// The report does not depend on the order in which pages were done.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn verify(&self, progress: &mut (dyn FnMut(Progress) + Send)) -> OfficeResult<VerifyReport> {
        let (end, pages, total) = self.store().read(plan)?;
        let at = Mutex::new((progress, Progress { done: 0, total }));
        let told = |rows: u64| {
            if let Ok(mut at) = at.lock() {
                at.1.done += rows;
                let now = at.1;
                (at.0)(now);
            }
        };
        told(0);
        let (next, calendars) = (AtomicUsize::new(0), Calendars::default());
        let lane = |_| {
            self.store().read(|conn| {
                let mut found = VerifyReport::default();
                while let Some(page) = pages.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let rows = match page {
                        Page::Lines { from, to } => chain::walk(conn, (*from, *to), &end, &mut found)?,
                        Page::Promises { from, until } => {
                            replay::replay(conn, (from, until.as_deref()), &calendars, &mut found)?
                        }
                        Page::Day { agency, day } => {
                            facts::check(conn, agency, *day, &mut found)?;
                            0
                        }
                    };
                    told(rows);
                }
                OfficeResult::Ok(found)
            })
        };
        let lanes = rayon::current_num_threads().min(LANES);
        let found: Vec<VerifyReport> = (0..lanes).into_par_iter().map(lane).collect::<OfficeResult<_>>()?;
        let mut report = found.into_iter().fold(VerifyReport::default(), VerifyReport::and);
        self.store().read(|conn| frozen::check(conn, &mut report))?;
        report.broken.sort();
        report.dates_differ.sort();
        report.days_differ.sort();
        Ok(report)
    }
}

/// Where the journal ends, every page, and how many rows they hold.
fn plan(conn: &mut Conn) -> StoreResult<(JournalEnd, Vec<Page>, u64)> {
    // The end first: lines that come later lie behind it.
    let end = proof::journal_end(conn)?;
    let (lines, promises) = proof::counts(conn)?;
    let starts = proof::journal_pages(conn, PAGE)?;
    let ends = starts.iter().skip(1).map(|next| next - 1).chain([end.last]);
    let mut pages: Vec<Page> = starts.iter().zip(ends).map(|(from, to)| Page::Lines { from: *from, to }).collect();
    pages.retain(|page| !matches!(page, Page::Lines { from, .. } if *from > end.last));
    let starts = proof::promise_pages(conn, PAGE)?;
    let ends = starts.iter().skip(1).cloned().map(Some).chain([None]);
    pages.extend(starts.iter().cloned().zip(ends).map(|(from, until)| Page::Promises { from, until }));
    for agency in people::all_agencies(conn)?.into_iter().map(Arc::new) {
        let days = day_facts::days(conn, &agency.id)?.into_iter();
        pages.extend(days.map(|day| Page::Day { agency: Arc::clone(&agency), day }));
    }
    Ok((end, pages, u64::try_from(lines + promises).unwrap_or(0)))
}
