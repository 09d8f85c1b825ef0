//! Messages on their way: claimed by a lease, settled, reported about.

use std::collections::HashSet;

use chrono::Duration;
use diesel::prelude::*;

use super::{Blame, Delivery, Message, OutboxState, Settled};
use crate::domain::time::Instant;
use crate::store::columns::stored;
use crate::store::connection::{Conn, Tx, on_backend};
use crate::store::error::StoreResult;
use crate::store::schema::outbox;
use crate::store::scope::ours;

/// Which messages may be claimed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gate {
    Open,
    /// Quiet hours.
    UrgentOnly,
}

/// What a claim asks for.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    pub way: Delivery,
    pub gate: Gate,
    /// Names the claim.
    pub lease: &'a str,
    pub hold: Duration,
    pub limit: i64,
}

/// Claims messages of a way that are ready, or whose sender died, under a lease until `now + hold`; the
/// longest waiting first, urgent ones before them.
///
/// # Errors
/// When the database cannot be written.
pub fn claim(tx: &mut Tx<'_>, now: Instant, wanted: &Wanted<'_>) -> StoreResult<Vec<Message>> {
    let Wanted { way, gate, lease, hold, limit } = *wanted;
    let claimable = || {
        let waiting = outbox::state
            .eq_any([OutboxState::Ready.as_str(), OutboxState::Retry.as_str()])
            .and(outbox::ready_at.le(stored(now)));
        let abandoned =
            outbox::state.eq(OutboxState::Sending.as_str()).and(outbox::leased_until.le(stored(now)).assume_not_null());
        waiting.or(abandoned)
    };
    let mut query = outbox::table
        .filter(outbox::delivery.eq(way))
        .filter(ours!(outbox))
        .filter(claimable())
        .order((outbox::urgent.desc(), outbox::ready_at.asc(), outbox::id.asc()))
        .limit(limit)
        .select(Message::as_select())
        .into_boxed();
    if gate == Gate::UrgentOnly {
        query = query.filter(outbox::urgent.eq(true));
    }
    let candidates: Vec<Message> = query.load(&mut **tx)?;
    let ids: Vec<&str> = candidates.iter().map(|message| message.id.as_str()).collect();
    // Asked again with the update: another process may have claimed some since the select.
    let rows = outbox::table.filter(outbox::id.eq_any(ids)).filter(claimable());
    let claimed = (
        outbox::state.eq(OutboxState::Sending),
        outbox::attempts.eq(outbox::attempts + 1),
        outbox::lease.eq(lease),
        outbox::leased_until.eq(stored(now + hold)),
    );
    let taken: Vec<String> =
        on_backend!(tx, conn => diesel::update(rows).set(claimed).returning(outbox::id).get_results(conn))?;
    let taken: HashSet<String> = taken.into_iter().collect();
    let mine = candidates.into_iter().filter(|message| taken.contains(&message.id)).map(|message| Message {
        state: OutboxState::Sending,
        attempts: message.attempts + 1,
        lease: Some(lease.to_owned()),
        ..message
    });
    Ok(mine.collect())
}

/// The agencies that have messages ready or given up by their sender at `now`.
///
/// # Errors
/// When the database cannot be read.
pub fn agencies_waiting(conn: &mut Conn, now: Instant) -> StoreResult<Vec<String>> {
    let words = [OutboxState::Ready.as_str(), OutboxState::Retry.as_str(), OutboxState::Sending.as_str()];
    Ok(outbox::table
        .filter(outbox::state.eq_any(words))
        .filter(outbox::delivery.ne(Delivery::Tray))
        .filter(outbox::ready_at.le(stored(now)))
        .select(outbox::agency_id)
        .distinct()
        .order(outbox::agency_id.asc())
        .load(conn)?)
}

/// Writes down how the sending under `lease` ended; a lost lease settles nothing.
///
/// # Errors
/// When the database cannot be written.
pub fn settle(tx: &mut Tx<'_>, id: &str, lease: &str, now: Instant, outcome: &Settled) -> StoreResult<usize> {
    // Only what is still on its way: a second settling under the same lease changes nothing.
    let row = outbox::table
        .filter(outbox::id.eq(id))
        .filter(outbox::lease.eq(lease))
        .filter(outbox::state.eq(OutboxState::Sending));
    let none = None::<chrono::NaiveDateTime>;
    let done = match outcome {
        Settled::Sent { subject, body, provider_id, .. } => diesel::update(row)
            .set((
                outbox::state.eq(OutboxState::Sent),
                outbox::subject.eq(subject),
                outbox::body.eq(body),
                outbox::provider_id.eq(provider_id),
                outbox::settled_at.eq(stored(now)),
                outbox::leased_until.eq(none),
            ))
            .execute(&mut **tx)?,
        Settled::Retry { at, error, blame } => diesel::update(row)
            .set((
                outbox::state.eq(OutboxState::Retry),
                outbox::ready_at.eq(stored(*at)),
                outbox::attempts.eq(outbox::attempts - i32::from(*blame == Blame::Way)),
                outbox::last_error.eq(error),
                outbox::leased_until.eq(none),
            ))
            .execute(&mut **tx)?,
        Settled::Failed { error: why } | Settled::Void { reason: why } => {
            let state = if matches!(outcome, Settled::Failed { .. }) { OutboxState::Failed } else { OutboxState::Void };
            diesel::update(row)
                .set((
                    outbox::state.eq(state),
                    outbox::last_error.eq(why),
                    outbox::settled_at.eq(stored(now)),
                    outbox::leased_until.eq(none),
                ))
                .execute(&mut **tx)?
        }
        Settled::Untried { not_before } => diesel::update(row)
            .set((
                outbox::state.eq(OutboxState::Ready),
                not_before.map(|at| outbox::ready_at.eq(stored(at))),
                outbox::attempts.eq(outbox::attempts - 1),
                outbox::leased_until.eq(none),
            ))
            .execute(&mut **tx)?,
    };
    Ok(done)
}

/// Moves a message on that the other side reported about; nothing unless it still stands in `from`.
///
/// # Errors
/// When the database cannot be written.
pub fn move_on(
    tx: &mut Tx<'_>,
    id: &str,
    from: OutboxState,
    to: OutboxState,
    now: Instant,
    detail: &str,
) -> StoreResult<usize> {
    let row = outbox::table.filter(outbox::id.eq(id)).filter(outbox::state.eq(from));
    let error = Some(detail).filter(|_| to.did_not_arrive());
    Ok(diesel::update(row)
        .set((
            outbox::state.eq(to),
            outbox::last_error.eq(error),
            outbox::settled_at.eq(stored(now)),
            outbox::leased_until.eq(None::<chrono::NaiveDateTime>),
        ))
        .execute(&mut **tx)?)
}

/// The message that a report names by its Message-ID (with or without angle brackets) or by the
/// provider's own name for it.
///
/// # Errors
/// When the database cannot be read.
pub fn named(conn: &mut Conn, name: &str) -> StoreResult<Option<Message>> {
    let bare = name.trim().trim_start_matches('<').trim_end_matches('>');
    if bare.is_empty() {
        return Ok(None);
    }
    // A Message-ID begins with the message's id: no index of its own is needed.
    let id = bare.split('@').next().unwrap_or_default();
    let ours = outbox::table
        .filter(outbox::id.eq(id))
        .filter(outbox::message_id.eq(format!("<{bare}>")))
        .filter(ours!(outbox))
        .select(Message::as_select())
        .first(conn)
        .optional()?;
    if ours.is_some() {
        return Ok(ours);
    }
    Ok(outbox::table
        .filter(outbox::provider_id.eq(bare))
        .filter(ours!(outbox))
        .order(outbox::id.asc())
        .select(Message::as_select())
        .first(conn)
        .optional()?)
}

/// A person asks for another try of a dead letter, to `recipient` when the address was wrong.
///
/// # Errors
/// When the database cannot be written.
pub fn retry(tx: &mut Tx<'_>, id: &str, now: Instant) -> StoreResult<usize> {
    Ok(diesel::update(outbox::table.filter(outbox::id.eq(id)).filter(ours!(outbox)).filter(outbox::state.eq_any([
        OutboxState::Failed.as_str(),
        OutboxState::Bounced.as_str(),
        OutboxState::Retry.as_str(),
    ])))
    .set((outbox::state.eq(OutboxState::Ready), outbox::ready_at.eq(stored(now)), outbox::attempts.eq(0)))
    .execute(&mut **tx)?)
}

/// When the newest message that left by this way did.
///
/// # Errors
/// When the database cannot be read.
pub fn last_sent(conn: &mut Conn, way: Delivery) -> StoreResult<Option<Instant>> {
    // Ids sort by time, so the first row that fits is found at the end of the index.
    let at: Option<Option<chrono::NaiveDateTime>> = outbox::table
        .filter(outbox::delivery.eq(way))
        .filter(outbox::state.eq_any([OutboxState::Sent.as_str(), OutboxState::Delivered.as_str()]))
        .order(outbox::id.desc())
        .select(outbox::settled_at)
        .first(conn)
        .optional()?;
    Ok(at.flatten().map(|at| at.and_utc()))
}

/// Since when the oldest message that leaves by itself waits: among ordinary ones, and among urgent ones.
///
/// # Errors
/// When the database cannot be read.
pub fn oldest_waiting(conn: &mut Conn, now: Instant) -> StoreResult<(Option<Instant>, Option<Instant>)> {
    let mut oldest = |urgent: bool| {
        let oldest: Option<chrono::NaiveDateTime> = outbox::table
            .filter(outbox::delivery.ne(Delivery::Tray))
            .filter(outbox::state.eq_any([
                OutboxState::Ready.as_str(),
                OutboxState::Retry.as_str(),
                OutboxState::Sending.as_str(),
            ]))
            .filter(outbox::urgent.eq(urgent))
            .filter(outbox::created_at.le(stored(now)))
            .select(diesel::dsl::min(outbox::created_at))
            .first(conn)?;
        Ok::<_, crate::store::StoreError>(oldest.map(|at| at.and_utc()))
    };
    Ok((oldest(false)?, oldest(true)?))
}

/// How many messages have been on their way since before `lease_over`, the end of their lease: their sender
/// died and nobody took them over.
///
/// # Errors
/// When the database cannot be read.
pub fn count_stuck(conn: &mut Conn, lease_over: Instant) -> StoreResult<i64> {
    Ok(outbox::table
        .filter(outbox::state.eq(OutboxState::Sending))
        .filter(outbox::leased_until.le(stored(lease_over)).assume_not_null())
        .count()
        .get_result(conn)?)
}
