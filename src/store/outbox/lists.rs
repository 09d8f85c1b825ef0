//! The outbox as lists and counts, and dead letters tried again together.

use std::collections::HashSet;

use diesel::prelude::*;

use super::{Delivery, Message, OutboxState};
use crate::domain::notice::NoticeKind;
use crate::domain::time::Instant;
use crate::store::columns::stored;
use crate::store::connection::{Conn, Tx};
use crate::store::error::StoreResult;
use crate::store::schema::outbox;
use crate::store::scope::ours;

/// The messages of a dossier, oldest first.
///
/// # Errors
/// When the database cannot be read.
pub fn of_dossier(conn: &mut Conn, dossier_id: &str) -> StoreResult<Vec<Message>> {
    Ok(outbox::table
        .filter(outbox::dossier_id.eq(dossier_id))
        .order((outbox::created_at.asc(), outbox::id.asc()))
        .select(Message::as_select())
        .load(conn)?)
}

/// The messages about an online file, oldest first.
///
/// # Errors
/// When the database cannot be read.
pub fn of_submission(conn: &mut Conn, submission_id: &str) -> StoreResult<Vec<Message>> {
    Ok(outbox::table
        .filter(outbox::submission_id.eq(submission_id))
        .order((outbox::created_at.asc(), outbox::id.asc()))
        .select(Message::as_select())
        .load(conn)?)
}

/// The messages that carry these letters.
///
/// # Errors
/// When the database cannot be read.
pub fn of_letters(conn: &mut Conn, letter_ids: &[String]) -> StoreResult<Vec<Message>> {
    Ok(outbox::table
        .filter(outbox::letter_id.eq_any(letter_ids.iter().map(String::as_str)))
        .order(outbox::created_at.asc())
        .select(Message::as_select())
        .load(conn)?)
}

/// How a list of messages is narrowed down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Narrow {
    pub state: Option<OutboxState>,
    pub kind: Option<NoticeKind>,
    pub way: Option<Delivery>,
}

/// Messages, newest first, of one state or all, from `offset`.
///
/// # Errors
/// When the database cannot be read.
pub fn newest(conn: &mut Conn, state: Option<OutboxState>, offset: i64, limit: i64) -> StoreResult<Vec<Message>> {
    newest_of(conn, &Narrow { state, ..Narrow::default() }, offset, limit)
}

/// Messages that fit, newest first, from `offset`.
///
/// # Errors
/// When the database cannot be read.
pub fn newest_of(conn: &mut Conn, narrow: &Narrow, offset: i64, limit: i64) -> StoreResult<Vec<Message>> {
    let mut query = outbox::table
        .select(Message::as_select())
        .order((outbox::created_at.desc(), outbox::id.desc()))
        .offset(offset)
        .limit(limit)
        .into_boxed();
    if let Some(state) = narrow.state {
        query = query.filter(outbox::state.eq(state));
    }
    if let Some(kind) = narrow.kind {
        query = query.filter(outbox::kind.eq(kind));
    }
    if let Some(way) = narrow.way {
        query = query.filter(outbox::delivery.eq(way));
    }
    Ok(query.load(conn)?)
}

/// How many messages of each kind and way stand in each state.
///
/// # Errors
/// When the database cannot be read.
pub fn count_each(conn: &mut Conn) -> StoreResult<Vec<(OutboxState, NoticeKind, Delivery, i64)>> {
    let each = (outbox::state, outbox::kind, outbox::delivery);
    Ok(outbox::table
        .group_by(each)
        .select((outbox::state, outbox::kind, outbox::delivery, diesel::dsl::count_star()))
        .load(conn)?)
}

/// Dead letters of a kind and a way, or all, are tried again: no more than `limit`, oldest first.
///
/// # Errors
/// When the database cannot be written.
pub fn retry_dead(tx: &mut Tx<'_>, narrow: &Narrow, now: Instant, limit: i64) -> StoreResult<usize> {
    let mut dead = outbox::table.filter(outbox::state.eq(OutboxState::Failed)).filter(ours!(outbox)).into_boxed();
    if let Some(kind) = narrow.kind {
        dead = dead.filter(outbox::kind.eq(kind));
    }
    if let Some(way) = narrow.way {
        dead = dead.filter(outbox::delivery.eq(way));
    }
    let mut ids: Vec<String> = dead.order(outbox::id.asc()).limit(limit).select(outbox::id).load(&mut **tx)?;
    let overtaken: Vec<Option<String>> =
        outbox::table.filter(outbox::fallback_of.eq_any(&ids)).select(outbox::fallback_of).load(&mut **tx)?;
    let overtaken: HashSet<String> = overtaken.into_iter().flatten().collect();
    ids.retain(|id| !overtaken.contains(id));
    Ok(diesel::update(outbox::table.filter(outbox::id.eq_any(&ids)).filter(outbox::state.eq(OutboxState::Failed)))
        .set((outbox::state.eq(OutboxState::Ready), outbox::ready_at.eq(stored(now)), outbox::attempts.eq(0)))
        .execute(&mut **tx)?)
}

/// How many messages stand in each state.
///
/// # Errors
/// When the database cannot be read.
pub fn count_by_state(conn: &mut Conn) -> StoreResult<Vec<(OutboxState, i64)>> {
    Ok(outbox::table.group_by(outbox::state).select((outbox::state, diesel::dsl::count_star())).load(conn)?)
}
