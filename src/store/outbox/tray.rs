//! The print tray: what is printed, handed over or posted.

use diesel::prelude::*;

use super::waiting::Voided;
use super::{Delivery, Message, OutboxState};
use crate::domain::notice::NoticeKind;
use crate::domain::time::Instant;
use crate::store::columns::stored;
use crate::store::connection::{Conn, Tx};
use crate::store::error::StoreResult;
use crate::store::schema::{letters, outbox};
use crate::store::scope::ours;

/// A letter of the print tray was handed over or posted.
///
/// # Errors
/// When the database cannot be written.
pub fn hand_over(tx: &mut Tx<'_>, id: &str, now: Instant) -> StoreResult<usize> {
    Ok(diesel::update(
        outbox::table
            .filter(outbox::id.eq(id))
            .filter(ours!(outbox))
            .filter(outbox::delivery.eq(Delivery::Tray))
            .filter(outbox::state.eq(OutboxState::Ready)),
    )
    .set((outbox::state.eq(OutboxState::Sent), outbox::settled_at.eq(stored(now))))
    .execute(&mut **tx)?)
}

/// Puts a letter that was ticked off at `at` back into the print tray.
///
/// # Errors
/// When the database cannot be written.
pub fn put_back(tx: &mut Tx<'_>, id: &str, at: Instant) -> StoreResult<usize> {
    Ok(diesel::update(
        outbox::table
            .filter(outbox::id.eq(id))
            .filter(ours!(outbox))
            .filter(outbox::delivery.eq(Delivery::Tray))
            .filter(outbox::state.eq(OutboxState::Sent))
            .filter(outbox::settled_at.eq(stored(at))),
    )
    .set((outbox::state.eq(OutboxState::Ready), outbox::settled_at.eq(None::<chrono::NaiveDateTime>)))
    .execute(&mut **tx)?)
}

/// Takes messages of these kinds back out of the print tray, since they no longer hold.
///
/// # Errors
/// When the database cannot be written.
pub fn void_in_tray(
    tx: &mut Tx<'_>,
    dossier_id: &str,
    kinds: &[NoticeKind],
    now: Instant,
    reason: &str,
) -> StoreResult<usize> {
    Ok(diesel::update(
        outbox::table
            .filter(outbox::dossier_id.eq(dossier_id))
            .filter(outbox::delivery.eq(Delivery::Tray))
            .filter(outbox::state.eq(OutboxState::Ready))
            .filter(outbox::kind.eq_any(kinds.iter().map(|kind| kind.as_str()))),
    )
    .set(Voided::of(reason, now))
    .execute(&mut **tx)?)
}

/// What waits in the print tray, oldest first: letters, and what is told without one.
///
/// # Errors
/// When the database cannot be read.
pub fn in_tray(conn: &mut Conn, limit: i64) -> StoreResult<Vec<Message>> {
    Ok(outbox::table
        .left_join(letters::table)
        .filter(outbox::delivery.eq(Delivery::Tray))
        .filter(outbox::state.eq(OutboxState::Ready))
        // One sweep writes many at once, in no order of its own: by their numbers they lie in the register.
        .order((outbox::created_at.asc(), letters::year.asc(), letters::serial.asc(), outbox::id.asc()))
        .limit(limit)
        .select(Message::as_select())
        .load(conn)?)
}

/// How many letters wait in the print tray.
///
/// # Errors
/// When the database cannot be read.
pub fn count_papers(conn: &mut Conn) -> StoreResult<i64> {
    Ok(outbox::table
        .filter(outbox::delivery.eq(Delivery::Tray))
        .filter(outbox::state.eq(OutboxState::Ready))
        .filter(outbox::letter_id.is_not_null())
        .count()
        .get_result(conn)?)
}
