//! The sub-deadlines of dossiers.

use diesel::prelude::*;

use crate::domain::sub_deadline::{SubDeadlineKind, SubOutcome};
use crate::domain::time::Instant;
use crate::domain::time_rule::NoticeLevel;

use super::columns::{At, MaybeAt, stored};
use super::connection::{Conn, Tx, on_backend};
use super::error::StoreResult;
use super::schema::sub_deadlines;

#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = sub_deadlines, treat_none_as_default_value = false)]
pub struct SubDeadline {
    pub id: String,
    pub dossier_id: String,
    pub kind: SubDeadlineKind,
    /// The n-th of its kind in this dossier, from 1.
    pub number: i32,
    /// The consulted body; empty for the other kinds.
    pub body: String,
    pub content: String,
    #[diesel(deserialize_as = At, serialize_as = At)]
    pub started_at: Instant,
    #[diesel(deserialize_as = At, serialize_as = At)]
    pub due_at: Instant,
    #[diesel(deserialize_as = MaybeAt, serialize_as = MaybeAt)]
    pub ended_at: Option<Instant>,
    pub outcome: Option<SubOutcome>,
    pub notice: NoticeLevel,
    pub basis: String,
    pub calendar_version: i32,
}

/// # Errors
/// When the database cannot be written.
pub fn insert(tx: &mut Tx<'_>, sub_deadline: SubDeadline) -> StoreResult<()> {
    // On the connection itself the statement is known by its type and never written out again.
    on_backend!(tx, conn => diesel::insert_into(sub_deadlines::table).values(sub_deadline).execute(conn))?;
    Ok(())
}

/// Ends an open sub-deadline; 0 when it had ended.
///
/// # Errors
/// When the database cannot be written.
pub fn end(tx: &mut Tx<'_>, id: &str, at: Instant, outcome: SubOutcome) -> StoreResult<usize> {
    Ok(diesel::update(sub_deadlines::table.filter(sub_deadlines::id.eq(id)).filter(sub_deadlines::ended_at.is_null()))
        .set((sub_deadlines::ended_at.eq(stored(at)), sub_deadlines::outcome.eq(outcome)))
        .execute(&mut **tx)?)
}

/// Of a dossier, in the order they started.
///
/// # Errors
/// When the database cannot be read.
pub fn of_dossier(conn: &mut Conn, dossier_id: &str) -> StoreResult<Vec<SubDeadline>> {
    Ok(sub_deadlines::table
        .filter(sub_deadlines::dossier_id.eq(dossier_id))
        .order((sub_deadlines::started_at.asc(), sub_deadlines::id.asc()))
        .select(SubDeadline::as_select())
        .load(conn)?)
}

/// The open ones of several dossiers.
///
/// # Errors
/// When the database cannot be read.
pub fn open_of_dossiers(conn: &mut Conn, dossier_ids: &[String]) -> StoreResult<Vec<SubDeadline>> {
    Ok(sub_deadlines::table
        .filter(sub_deadlines::dossier_id.eq_any(dossier_ids))
        .filter(sub_deadlines::ended_at.is_null())
        .order((sub_deadlines::dossier_id.asc(), sub_deadlines::started_at.asc()))
        .select(SubDeadline::as_select())
        .load(conn)?)
}

/// Of several dossiers, in the order they started.
///
/// # Errors
/// When the database cannot be read.
pub fn of_dossiers(conn: &mut Conn, dossier_ids: &[String]) -> StoreResult<Vec<SubDeadline>> {
    Ok(sub_deadlines::table
        .filter(sub_deadlines::dossier_id.eq_any(dossier_ids))
        .order((sub_deadlines::started_at.asc(), sub_deadlines::id.asc()))
        .select(SubDeadline::as_select())
        .load(conn)?)
}
