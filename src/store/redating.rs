//! What a change of the calendar asks about every open dossier: few columns of many rows.

use diesel::prelude::*;

use crate::domain::dossier::StageName;
use crate::domain::limit::LimitUnit;
use crate::domain::time::Instant;

use super::columns::{At, MaybeAt, stored};
use super::connection::{Conn, Tx};
use super::error::StoreResult;
use super::schema::{dossiers, pauses, promises, sub_deadlines};
use super::sub_deadlines::SubDeadline;

/// An open dossier and its judged promise, or its reschedule, that has not passed.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Running {
    pub dossier_id: String,
    #[diesel(deserialize_as = At)]
    pub received_at: Instant,
    #[diesel(deserialize_as = MaybeAt)]
    pub paused_since: Option<Instant>,
    #[diesel(deserialize_as = MaybeAt)]
    pub new_due_at: Option<Instant>,
    #[diesel(deserialize_as = At)]
    pub due_at: Instant,
    #[diesel(deserialize_as = At)]
    pub counted_from: Instant,
    pub limit_value: Option<i32>,
    pub limit_unit: Option<LimitUnit>,
    #[diesel(deserialize_as = MaybeAt)]
    pub computed_due_at: Option<Instant>,
    /// The second ledger; empty unless the promise is the office's shorter commitment.
    pub statutory_ledger: String,
}

/// Every open dossier with a promise, or a new date, at or after `now`; by due date.
///
/// # Errors
/// When the database cannot be read.
pub fn running(conn: &mut Conn, now: Instant) -> StoreResult<Vec<Running>> {
    let judged = promises::dossier_id.eq(dossiers::id).and(promises::number.eq(dossiers::promise_number));
    Ok(dossiers::table
        .inner_join(promises::table.on(judged))
        .filter(dossiers::closed_at.is_null())
        .filter(
            dossiers::due_at
                .ge(stored(now))
                .assume_not_null()
                .or(dossiers::new_due_at.ge(stored(now)).assume_not_null()),
        )
        .order((dossiers::due_at.asc(), dossiers::id.asc()))
        .select((
            dossiers::id,
            dossiers::received_at,
            dossiers::paused_since,
            dossiers::new_due_at,
            promises::due_at,
            promises::counted_from,
            promises::limit_value,
            promises::limit_unit,
            promises::computed_due_at,
            promises::statutory_ledger,
        ))
        .load(conn)?)
}

/// The ended pauses for an obligation of all open dossiers: dossier, from, to.
///
/// # Errors
/// When the database cannot be read.
pub fn pauses(conn: &mut Conn) -> StoreResult<Vec<(String, Instant, Instant)>> {
    let rows: Vec<(String, chrono::NaiveDateTime, Option<chrono::NaiveDateTime>)> = pauses::table
        .inner_join(dossiers::table.on(dossiers::id.eq(pauses::dossier_id)))
        .filter(dossiers::closed_at.is_null())
        .filter(pauses::kind.eq(StageName::AwaitingObligation))
        .filter(pauses::to_at.is_not_null())
        .order(pauses::from_at.asc())
        .select((pauses::dossier_id, pauses::from_at, pauses::to_at))
        .load(conn)?;
    let ended = |(id, from, to): (String, chrono::NaiveDateTime, Option<chrono::NaiveDateTime>)| {
        Some((id, from.and_utc(), to?.and_utc()))
    };
    Ok(rows.into_iter().filter_map(ended).collect())
}

/// Makes the sweep look again at every open dossier that it looks at by itself.
///
/// # Errors
/// When the database cannot be written.
pub fn check_all_again(tx: &mut Tx<'_>, now: Instant) -> StoreResult<usize> {
    Ok(diesel::update(
        dossiers::table
            .filter(dossiers::closed_at.is_null())
            .filter(dossiers::next_check_at.gt(stored(now)).assume_not_null()),
    )
    .set(dossiers::next_check_at.eq(stored(now)))
    .execute(&mut **tx)?)
}

/// The open sub-deadlines due at or after `now`, with the sector of their procedure.
///
/// # Errors
/// When the database cannot be read.
pub fn sub_deadlines(conn: &mut Conn, now: Instant) -> StoreResult<Vec<(SubDeadline, String)>> {
    use super::schema::procedures;
    Ok(sub_deadlines::table
        .inner_join(dossiers::table.inner_join(procedures::table))
        .filter(sub_deadlines::ended_at.is_null())
        .filter(sub_deadlines::due_at.ge(stored(now)))
        .order(sub_deadlines::id.asc())
        .select((SubDeadline::as_select(), procedures::sector))
        .load(conn)?)
}

/// Moves an open sub-deadline.
///
/// # Errors
/// When the database cannot be written.
pub fn move_sub_deadline(tx: &mut Tx<'_>, id: &str, due_at: Instant, calendar_version: i32) -> StoreResult<()> {
    diesel::update(sub_deadlines::table.filter(sub_deadlines::id.eq(id)))
        .set((sub_deadlines::due_at.eq(stored(due_at)), sub_deadlines::calendar_version.eq(calendar_version)))
        .execute(&mut **tx)?;
    Ok(())
}
