//! Messages that wait and no longer hold as they were: voided, or told to somebody else.

use diesel::prelude::*;

use super::{Message, OutboxState};
use crate::domain::notice::NoticeKind;
use crate::domain::time::Instant;
use crate::store::columns::stored;
use crate::store::connection::Tx;
use crate::store::error::StoreResult;
use crate::store::schema::outbox;

/// A message that does not leave any more, and why.
#[derive(AsChangeset)]
#[diesel(table_name = outbox)]
pub(in crate::store) struct Voided<'a> {
    state: OutboxState,
    last_error: &'a str,
    settled_at: chrono::NaiveDateTime,
}

impl<'a> Voided<'a> {
    pub(in crate::store) fn of(reason: &'a str, now: Instant) -> Self {
        Self { state: OutboxState::Void, last_error: reason, settled_at: stored(now) }
    }
}

/// Voids messages of `kind` that still wait to be sent or handed over, for dossiers that moved on.
///
/// # Errors
/// When the database cannot be written.
pub fn void_waiting(
    tx: &mut Tx<'_>,
    dossier_ids: &[String],
    kind: NoticeKind,
    now: Instant,
    reason: &str,
) -> StoreResult<usize> {
    let waiting = outbox::table
        .filter(outbox::dossier_id.eq_any(dossier_ids))
        .filter(outbox::kind.eq(kind))
        .filter(outbox::state.eq_any([OutboxState::Ready.as_str(), OutboxState::Retry.as_str()]));
    Ok(diesel::update(waiting).set(Voided::of(reason, now)).execute(&mut **tx)?)
}

/// Voids one message that still waits to be sent or handed over.
///
/// # Errors
/// When the database cannot be written.
pub fn void(tx: &mut Tx<'_>, id: &str, now: Instant, reason: &str) -> StoreResult<usize> {
    let waiting = outbox::table
        .filter(outbox::id.eq(id))
        .filter(outbox::state.eq_any([OutboxState::Ready.as_str(), OutboxState::Retry.as_str()]));
    Ok(diesel::update(waiting).set(Voided::of(reason, now)).execute(&mut **tx)?)
}

/// Sends a message that still waits, and is in no digest yet, to somebody else.
///
/// # Errors
/// When the database cannot be written.
pub fn readdress(tx: &mut Tx<'_>, id: &str, (recipient, name): (&str, &str), facts: &str) -> StoreResult<usize> {
    let waiting =
        outbox::table.filter(outbox::id.eq(id)).filter(outbox::bundle_id.is_null()).filter(outbox::state.eq_any([
            OutboxState::Collected.as_str(),
            OutboxState::Ready.as_str(),
            OutboxState::Retry.as_str(),
        ]));
    Ok(diesel::update(waiting)
        .set((outbox::recipient.eq(recipient), outbox::recipient_name.eq(name), outbox::facts.eq(facts)))
        .execute(&mut **tx)?)
}

/// Voids what still waits of the messages that carry these alerts.
///
/// # Errors
/// When the database cannot be written.
pub fn void_of_alerts(tx: &mut Tx<'_>, alert_ids: &[String], now: Instant, reason: &str) -> StoreResult<usize> {
    let waiting = outbox::table.filter(outbox::alert_id.eq_any(alert_ids)).filter(outbox::state.eq_any([
        OutboxState::Collected.as_str(),
        OutboxState::Ready.as_str(),
        OutboxState::Retry.as_str(),
    ]));
    Ok(diesel::update(waiting).set(Voided::of(reason, now)).execute(&mut **tx)?)
}

/// Voids a message whose letter is taken back. It is kept under `given`, as the letter is.
///
/// # Errors
/// When the database cannot be written.
pub fn take_back(tx: &mut Tx<'_>, message: &Message, given: i32, now: Instant, reason: &str) -> StoreResult<usize> {
    let void = message.state == OutboxState::Void;
    let reason = if void { message.last_error.as_deref() } else { Some(reason) };
    Ok(diesel::update(outbox::table.filter(outbox::id.eq(&message.id)))
        .set((
            outbox::state.eq(OutboxState::Void),
            outbox::promise_number.eq(given),
            outbox::notice_key.eq(format!("{}/taken-back/{given}", message.notice_key)),
            outbox::last_error.eq(reason),
            // Since when nothing carries the letter: a report of the past asks.
            outbox::settled_at.eq(stored(message.settled_at.filter(|_| void).unwrap_or(now))),
        ))
        .execute(&mut **tx)?)
}
