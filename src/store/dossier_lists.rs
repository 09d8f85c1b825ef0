//! Lists of dossiers: how they are narrowed down, ordered and read page by page.

use diesel::prelude::*;

use crate::domain::dossier::StageName;
use crate::domain::sub_deadline::SubDeadlineKind;
use crate::domain::time::Instant;

use super::columns::stored;
use super::connection::Conn;
use super::dossiers::DossierRow;
use super::error::StoreResult;
use super::schema::{dossiers, sub_deadlines};
use super::search::{self, Asked};
use super::search_key::word_pattern;

/// Which part of the work a list shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Part {
    #[default]
    All,
    Open,
    /// open, not waiting for the citizen, the promise passed before the instant
    Overdue(Instant),
    /// open, not waiting, due from the first instant up to the second
    DueBetween(Instant, Instant),
    /// waiting for the citizen
    Waiting,
    WithoutPromise,
    /// open, its paper not yet with the handling unit
    AwaitingHandOver,
    /// open, a body that was asked did not answer before the instant
    ConsultationLate(Instant),
    Closed,
}

/// How a list is narrowed down.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    pub part: Part,
    pub stage: Option<StageName>,
    pub unit_id: Option<String>,
    pub officer_id: Option<String>,
    pub due_before: Option<Instant>,
    /// words of the code, the applicant's name or phone, with or without diacritics
    pub q: Option<String>,
    pub agency_id: Option<String>,
}

impl Filter {
    /// Whether its question is all that narrows the list.
    fn is_only_a_question(&self) -> bool {
        let Self { part, stage, unit_id, officer_id, due_before, q: _, agency_id } = self;
        *part == Part::All
            && stage.is_none()
            && unit_id.is_none()
            && officer_id.is_none()
            && due_before.is_none()
            && agency_id.is_none()
    }
}

/// How a list is ordered; each has a cursor of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// without a due date: last
    #[default]
    DueFirst,
    DueLast,
    NewestFirst,
    OldestFirst,
}

impl Order {
    /// The other way round: what comes before a row in one comes after it in the other.
    #[must_use]
    pub const fn reversed(self) -> Self {
        match self {
            Self::DueFirst => Self::DueLast,
            Self::DueLast => Self::DueFirst,
            Self::NewestFirst => Self::OldestFirst,
            Self::OldestFirst => Self::NewestFirst,
        }
    }
}

/// Where the next page begins: the sort value and id of the last row seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct After {
    pub at: Option<Instant>,
    pub id: String,
}

impl After {
    /// Behind this row.
    #[must_use]
    pub fn row(row: &DossierRow, order: Order) -> Self {
        let at = match order {
            Order::DueFirst | Order::DueLast => row.due_at,
            Order::NewestFirst | Order::OldestFirst => Some(row.received_at),
        };
        Self { at, id: row.id.clone() }
    }
}

/// The one place that turns a [`Filter`] into conditions, for lists and counts alike; `asked` is its `q`
/// as understood for the database of the connection.
macro_rules! filtered {
    ($conn:expr, $filter:expr, $asked:expr) => {{
        let filter: &Filter = $filter;
        let asked: Option<&Asked> = $asked;
        let mut query = dossiers::table.into_boxed();
        match filter.part {
            Part::All => {}
            Part::Open => query = query.filter(dossiers::closed_at.is_null()),
            Part::Overdue(now) => {
                // A pause that began after the promise had passed does not hide the lateness.
                query = query.filter(dossiers::closed_at.is_null()).filter(dossiers::due_at.lt(stored(now))).filter(
                    dossiers::paused_since.is_null().or(dossiers::paused_since.gt(dossiers::due_at).assume_not_null()),
                );
            }
            Part::DueBetween(from, to) => {
                query = query
                    .filter(dossiers::closed_at.is_null())
                    .filter(dossiers::paused_since.is_null())
                    .filter(dossiers::due_at.ge(stored(from)))
                    .filter(dossiers::due_at.lt(stored(to)));
            }
            Part::Waiting => {
                query = query.filter(dossiers::closed_at.is_null()).filter(dossiers::paused_since.is_not_null());
            }
            Part::WithoutPromise => {
                query = query.filter(dossiers::closed_at.is_null()).filter(dossiers::due_at.is_null());
            }
            Part::AwaitingHandOver => {
                let paper = sub_deadlines::table
                    .filter(sub_deadlines::ended_at.is_null())
                    .filter(sub_deadlines::kind.eq(SubDeadlineKind::HandOver))
                    .select(sub_deadlines::dossier_id);
                query = query.filter(dossiers::closed_at.is_null()).filter(dossiers::id.eq_any(paper));
            }
            Part::ConsultationLate(now) => {
                let asked = sub_deadlines::table
                    .filter(sub_deadlines::ended_at.is_null())
                    .filter(sub_deadlines::due_at.lt(stored(now)))
                    .filter(sub_deadlines::kind.eq(SubDeadlineKind::Consultation))
                    .select(sub_deadlines::dossier_id);
                query = query.filter(dossiers::closed_at.is_null()).filter(dossiers::id.eq_any(asked));
            }
            Part::Closed => query = query.filter(dossiers::closed_at.is_not_null()),
        }
        if let Some(stage) = filter.stage {
            query = query.filter(dossiers::stage.eq(stage));
        }
        if let Some(unit_id) = &filter.unit_id {
            query = query.filter(dossiers::unit_id.eq(unit_id.clone()));
        }
        if let Some(officer_id) = &filter.officer_id {
            query = query.filter(dossiers::officer_id.eq(officer_id.clone()));
        }
        if let Some(due_before) = filter.due_before {
            query = query.filter(dossiers::due_at.lt(stored(due_before)));
        }
        if let Some(agency_id) = &filter.agency_id {
            query = query.filter(dossiers::agency_id.eq(agency_id.clone()));
        }
        if let Some(asked) = asked {
            for word in &asked.words {
                query = query.filter(dossiers::search_key.like(word_pattern(word)).escape('\\'));
            }
            if let Some(text) = asked.by_index.clone() {
                query = query.filter(match $conn {
                    Conn::Pg(_) => asked.in_words(text),
                    Conn::Lite(_) => search::matching(text),
                });
            }
        }
        query
    }};
}

mod by_receipt;

use by_receipt::{by_words, in_order};

/// One page of a list. Dossiers without a due date come last when due dates order it.
///
/// # Errors
/// When the database cannot be read.
pub fn list(
    conn: &mut Conn,
    filter: &Filter,
    order: Order,
    after: Option<&After>,
    limit: i64,
) -> StoreResult<Vec<DossierRow>> {
    let asked = match understood(conn, filter) {
        Understood::Nothing => return Ok(Vec::new()),
        Understood::Everything => None,
        Understood::Words(asked) => Some(asked),
    };
    match (order, asked) {
        (Order::DueFirst | Order::DueLast, asked) => {
            let asked = asked.map(|asked| asked.weighed(conn)).transpose()?;
            by_due(conn, filter, asked.as_ref(), order, after, limit)
        }
        (Order::NewestFirst | Order::OldestFirst, Some(asked)) => by_words(conn, filter, &asked, order, after, limit),
        (Order::NewestFirst | Order::OldestFirst, None) => in_order(conn, filter, order, after, limit),
    }
}

/// What the question of a filter means.
enum Understood {
    Everything,
    /// no word can be found by
    Nothing,
    Words(Asked),
}

fn understood(conn: &Conn, filter: &Filter) -> Understood {
    let Some(q) = filter.q.as_deref().filter(|q| !q.trim().is_empty()) else { return Understood::Everything };
    search::asked(conn, q).map_or(Understood::Nothing, Understood::Words)
}

/// By due date, in two pieces that an index gives each: databases disagree where an empty date belongs.
fn by_due(
    conn: &mut Conn,
    filter: &Filter,
    asked: Option<&Asked>,
    order: Order,
    after: Option<&After>,
    limit: i64,
) -> StoreResult<Vec<DossierRow>> {
    let forward = order == Order::DueFirst;
    let mut rows = Vec::new();
    for dated in [forward, !forward] {
        // A cursor in the later piece has the earlier one behind it.
        let behind = after.is_some_and(|after| after.at.is_some() != dated && dated == forward);
        let left = limit.saturating_sub(i64::try_from(rows.len()).unwrap_or(limit));
        let none = !dated && matches!(filter.part, Part::Overdue(_) | Part::DueBetween(..));
        if behind || none || left <= 0 {
            continue;
        }
        let after = after.filter(|after| after.at.is_some() == dated);
        let mut query = filtered!(conn, filter, asked).select(DossierRow::as_select()).limit(left);
        query = match dated {
            true => query.filter(dossiers::due_at.is_not_null()),
            false => query.filter(dossiers::due_at.is_null()),
        };
        if let Some(After { at, id }) = after {
            let id = id.clone();
            // A lower bound and what it leaves to be sorted out: a range of the index.
            query = match (at.map(stored), forward) {
                (Some(at), true) => query
                    .filter(dossiers::due_at.ge(at).assume_not_null())
                    .filter(dossiers::due_at.gt(at).assume_not_null().or(dossiers::id.gt(id))),
                (Some(at), false) => query
                    .filter(dossiers::due_at.le(at).assume_not_null())
                    .filter(dossiers::due_at.lt(at).assume_not_null().or(dossiers::id.lt(id))),
                (None, true) => query.filter(dossiers::id.gt(id)),
                (None, false) => query.filter(dossiers::id.lt(id)),
            };
        }
        let query = match forward {
            true => query.order((dossiers::due_at.asc(), dossiers::id.asc())),
            false => query.order((dossiers::due_at.desc(), dossiers::id.desc())),
        };
        rows.extend(query.load::<DossierRow>(conn)?);
    }
    Ok(rows)
}

/// How many dossiers the filter leaves.
///
/// # Errors
/// When the database cannot be read.
pub fn count(conn: &mut Conn, filter: &Filter) -> StoreResult<i64> {
    let asked = match understood(conn, filter) {
        Understood::Nothing => return Ok(0),
        Understood::Everything => None,
        Understood::Words(asked) => Some(asked.weighed(conn)?),
    };
    Ok(filtered!(conn, filter, asked.as_ref()).select(diesel::dsl::count_star()).first(conn)?)
}

/// How many dossiers a filter without question leaves; counting ends at `most`.
///
/// # Errors
/// When the database cannot be read.
pub fn count_upto(conn: &mut Conn, filter: &Filter, most: i64) -> StoreResult<i64> {
    let ids: Vec<String> = filtered!(conn, filter, None).select(dossiers::id).limit(most).load(conn)?;
    Ok(i64::try_from(ids.len()).unwrap_or(most))
}
