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
use super::search_key::like_pattern;

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

/// How a list is ordered; each has a cursor of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    #[default]
    DueFirst,
    NewestFirst,
}

/// Where the next page begins: the sort value and id of the last row seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct After {
    pub at: Option<Instant>,
    pub id: String,
}

/// The one place that turns a [`Filter`] into conditions, for lists and counts alike.
macro_rules! filtered {
    ($filter:expr) => {{
        let filter: &Filter = $filter;
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
        if let Some(q) = filter.q.as_deref().filter(|q| !q.trim().is_empty()) {
            query = query.filter(dossiers::search_key.like(like_pattern(q)).escape('\\'));
        }
        query
    }};
}

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
    let mut query = filtered!(filter).select(DossierRow::as_select()).limit(limit);
    match order {
        Order::DueFirst => {
            query = query.order((dossiers::due_at.is_null().asc(), dossiers::due_at.asc(), dossiers::id.asc()));
            match after {
                Some(After { at: Some(at), id }) => {
                    let at = stored(*at);
                    query = query.filter(
                        dossiers::due_at
                            .is_null()
                            .or(dossiers::due_at.gt(at).assume_not_null())
                            .or(dossiers::due_at.eq(at).assume_not_null().and(dossiers::id.gt(id.clone()))),
                    );
                }
                Some(After { at: None, id }) => {
                    query = query.filter(dossiers::due_at.is_null().and(dossiers::id.gt(id.clone())));
                }
                None => {}
            }
        }
        Order::NewestFirst => {
            query = query.order((dossiers::received_at.desc(), dossiers::id.desc()));
            if let Some(After { at: Some(at), id }) = after {
                let at = stored(*at);
                query = query.filter(
                    dossiers::received_at.lt(at).or(dossiers::received_at.eq(at).and(dossiers::id.lt(id.clone()))),
                );
            }
        }
    }
    Ok(query.load(conn)?)
}

/// How many dossiers the filter leaves.
///
/// # Errors
/// When the database cannot be read.
pub fn count(conn: &mut Conn, filter: &Filter) -> StoreResult<i64> {
    Ok(filtered!(filter).select(diesel::dsl::count_star()).first(conn)?)
}
