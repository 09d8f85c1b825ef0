//! Messages that leave together: the notices collected for one recipient's digest of the morning.

use diesel::prelude::*;

use crate::domain::time::Instant;

use super::columns::stored;
use super::connection::{Conn, Tx};
use super::error::StoreResult;
use super::outbox::{Delivery, Message, OutboxState, Voided};
use super::schema::outbox;
use super::scope::ours;

/// The notices that wait for a digest and belong to none yet, oldest first.
///
/// # Errors
/// When the database cannot be read.
pub fn collected(conn: &mut Conn, now: Instant) -> StoreResult<Vec<Message>> {
    Ok(outbox::table
        .filter(outbox::state.eq(OutboxState::Collected))
        .filter(outbox::delivery.eq(Delivery::Mail))
        .filter(outbox::bundle_id.is_null())
        .filter(ours!(outbox))
        .filter(outbox::ready_at.le(stored(now)))
        .order((outbox::created_at.asc(), outbox::id.asc()))
        .select(Message::as_select())
        .load(conn)?)
}

/// Ties a collected notice to a digest; 0: it is in one already.
///
/// # Errors
/// When the database cannot be written.
pub fn tie(tx: &mut Tx<'_>, id: &str, bundle_id: &str) -> StoreResult<usize> {
    let free = outbox::table
        .filter(outbox::id.eq(id))
        .filter(outbox::state.eq(OutboxState::Collected))
        .filter(outbox::bundle_id.is_null());
    Ok(diesel::update(free).set(outbox::bundle_id.eq(bundle_id)).execute(&mut **tx)?)
}

/// The notices that leave with a digest, oldest first; after a failure those that failed with it.
///
/// # Errors
/// When the database cannot be read.
pub fn members(conn: &mut Conn, bundle_id: &str) -> StoreResult<Vec<Message>> {
    Ok(outbox::table
        .filter(outbox::bundle_id.eq(bundle_id))
        .filter(outbox::state.eq_any([OutboxState::Collected.as_str(), OutboxState::Failed.as_str()]))
        .order((outbox::created_at.asc(), outbox::id.asc()))
        .select(Message::as_select())
        .load(conn)?)
}

/// Leaves a notice out of its digest, since it no longer holds.
///
/// # Errors
/// When the database cannot be written.
pub fn leave_out(tx: &mut Tx<'_>, id: &str, now: Instant, reason: &str) -> StoreResult<usize> {
    let waiting = outbox::table
        .filter(outbox::id.eq(id))
        .filter(outbox::state.eq_any([OutboxState::Collected.as_str(), OutboxState::Failed.as_str()]));
    Ok(diesel::update(waiting).set(Voided::of(reason, now)).execute(&mut **tx)?)
}

/// What became of a digest became of every notice in it.
///
/// # Errors
/// When the database cannot be written.
pub fn settle_members(
    tx: &mut Tx<'_>,
    bundle_id: &str,
    state: OutboxState,
    now: Instant,
    error: Option<&str>,
) -> StoreResult<usize> {
    let waiting = outbox::table
        .filter(outbox::bundle_id.eq(bundle_id))
        .filter(outbox::state.eq_any([OutboxState::Collected.as_str(), OutboxState::Failed.as_str()]));
    Ok(diesel::update(waiting)
        .set((outbox::state.eq(state), outbox::last_error.eq(error), outbox::settled_at.eq(stored(now))))
        .execute(&mut **tx)?)
}

/// Everything decided that may leave by `at`, or be handed over then, oldest first.
///
/// # Errors
/// When the database cannot be read.
pub fn leaving(conn: &mut Conn, at: Instant) -> StoreResult<Vec<Message>> {
    Ok(outbox::table
        .filter(outbox::state.eq_any([
            OutboxState::Ready.as_str(),
            OutboxState::Retry.as_str(),
            OutboxState::Sending.as_str(),
        ]))
        .filter(outbox::ready_at.le(stored(at)))
        .filter(ours!(outbox))
        .order((outbox::created_at.asc(), outbox::id.asc()))
        .select(Message::as_select())
        .load(conn)?)
}
