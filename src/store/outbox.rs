//! Messages decided but not yet delivered. A row is written in the transaction that decides, under
//! a unique key, so it exists once; it is claimed by a lease, so that one process sends it.

use std::collections::HashSet;

use chrono::Duration;
use diesel::prelude::*;

use crate::domain::notice::{Audience, NoticeKind};
use crate::domain::text_enum;
use crate::domain::time::Instant;

use super::columns::{At, MaybeAt, stored};
use super::connection::{Conn, Tx, insert_all, on_backend};
use super::error::StoreResult;
use super::schema::{letters, outbox};

text_enum! {
    /// The way a message takes.
    Delivery {
        Mail = "mail",
        Sms = "sms",
        Zalo = "zalo",
        /// printed and handed over at the desk
        Tray = "tray",
    }
}

text_enum! {
    /// Where a message stands.
    OutboxState {
        Ready = "ready",
        /// waits for the digest of the morning
        Collected = "collected",
        Sending = "sending",
        /// refused for now; again at `ready_at`
        Retry = "retry",
        Sent = "sent",
        /// the other side reported that it arrived
        Delivered = "delivered",
        /// it was taken, and came back
        Bounced = "bounced",
        /// refused for good or too often: a dead letter, for a person to look at
        Failed = "failed",
        /// stale before it left: the dossier had moved on
        Void = "void",
    }
}

impl OutboxState {
    /// Decided, and still to leave by itself.
    #[must_use]
    pub const fn is_waiting(self) -> bool {
        matches!(self, Self::Ready | Self::Collected | Self::Sending | Self::Retry)
    }

    /// The other side took it; it may still come back.
    #[must_use]
    pub const fn has_left(self) -> bool {
        matches!(self, Self::Sent | Self::Delivered | Self::Bounced)
    }

    /// As far as is known it reached whom it was meant for.
    #[must_use]
    pub const fn arrived(self) -> bool {
        matches!(self, Self::Sent | Self::Delivered)
    }

    /// It did not reach whom it was meant for, and nothing will change that by itself.
    #[must_use]
    pub const fn did_not_arrive(self) -> bool {
        matches!(self, Self::Bounced | Self::Failed)
    }

    /// Nothing more happens by itself; only a report of the other side moves a sent message on.
    #[must_use]
    pub const fn is_final(self) -> bool {
        !self.is_waiting()
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = outbox, treat_none_as_default_value = false)]
pub struct Message {
    pub id: String,
    pub agency_id: String,
    /// The dossier it speaks of; `None`: a submission, or the calendar.
    pub dossier_id: Option<String>,
    pub submission_id: Option<String>,
    /// Code of the dossier or submission, or the year of a calendar: what lists show.
    pub about: String,
    /// `dossier/promise/kind/audience/recipient/delivery`: makes the message exist once.
    pub notice_key: String,
    pub kind: NoticeKind,
    pub audience: Audience,
    pub promise_number: i32,
    pub delivery: Delivery,
    pub recipient: String,
    pub recipient_name: String,
    pub letter_id: Option<String>,
    /// The alert that it carries to an official.
    pub alert_id: Option<String>,
    /// The facts of the text as JSON, frozen when it was decided.
    pub facts: String,
    /// May leave at night and on days off.
    pub urgent: bool,
    pub state: OutboxState,
    #[diesel(deserialize_as = At, serialize_as = At)]
    pub created_at: Instant,
    /// Not before.
    #[diesel(deserialize_as = At, serialize_as = At)]
    pub ready_at: Instant,
    pub attempts: i32,
    pub lease: Option<String>,
    #[diesel(deserialize_as = MaybeAt, serialize_as = MaybeAt)]
    pub leased_until: Option<Instant>,
    pub message_id: String,
    /// The digest it left with.
    pub bundle_id: Option<String>,
    /// The message that did not arrive on another way.
    pub fallback_of: Option<String>,
    /// How the provider names it in its reports.
    pub provider_id: Option<String>,
    pub subject: Option<String>,
    pub body: Option<String>,
    pub last_error: Option<String>,
    #[diesel(deserialize_as = MaybeAt, serialize_as = MaybeAt)]
    pub settled_at: Option<Instant>,
}

/// What is known of a message when it is decided.
#[derive(Debug, Clone)]
pub struct Decided {
    pub id: String,
    pub agency_id: String,
    pub about: String,
    pub notice_key: String,
    pub kind: NoticeKind,
    pub audience: Audience,
    pub promise_number: i32,
    pub delivery: Delivery,
    pub recipient: String,
    pub recipient_name: String,
    pub facts: String,
    pub message_id: String,
    pub at: Instant,
}

impl Message {
    /// A message that nobody has tried to send yet; what it belongs to is the caller's to add.
    #[must_use]
    pub fn decided(decided: Decided) -> Self {
        Self {
            id: decided.id,
            agency_id: decided.agency_id,
            dossier_id: None,
            submission_id: None,
            about: decided.about,
            notice_key: decided.notice_key,
            kind: decided.kind,
            audience: decided.audience,
            promise_number: decided.promise_number,
            delivery: decided.delivery,
            recipient: decided.recipient,
            recipient_name: decided.recipient_name,
            letter_id: None,
            alert_id: None,
            facts: decided.facts,
            urgent: decided.kind.answers_at_once(),
            state: OutboxState::Ready,
            created_at: decided.at,
            ready_at: decided.at,
            attempts: 0,
            lease: None,
            leased_until: None,
            message_id: decided.message_id,
            bundle_id: None,
            fallback_of: None,
            provider_id: None,
            subject: None,
            body: None,
            last_error: None,
            settled_at: None,
        }
    }
}

/// What became of an insert.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Raised {
    New,
    AlreadyThere,
}

/// How a sending ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Settled {
    /// With the answer of the other side.
    Sent {
        subject: String,
        body: String,
        answer: String,
        provider_id: Option<String>,
    },
    Retry {
        at: Instant,
        error: String,
        blame: Blame,
    },
    Failed {
        error: String,
    },
    Void {
        reason: String,
    },
    /// It was not tried, since the way is down: as if it had not been claimed.
    Untried,
}

/// Whose fault it was that a message did not leave, this time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Blame {
    /// Its text could not be made.
    Office,
    /// The other side did not take this message, for now.
    Message,
    /// The way does not work: it says nothing of the message, and does not count as an attempt.
    Way,
}

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

/// Inserts the message unless its key is there.
///
/// # Errors
/// When the database cannot be written.
pub fn raise(tx: &mut Tx<'_>, message: Message) -> StoreResult<Raised> {
    let inserted = on_backend!(tx, conn => diesel::insert_into(outbox::table)
        .values(message)
        .on_conflict(outbox::notice_key)
        .do_nothing()
        .execute(conn))?;
    Ok(if inserted == 1 { Raised::New } else { Raised::AlreadyThere })
}

/// Inserts messages whose keys are not there.
///
/// # Errors
/// When the database cannot be written.
pub fn insert(tx: &mut Tx<'_>, messages: Vec<Message>) -> StoreResult<()> {
    insert_all!(tx, outbox::table, messages);
    Ok(())
}

/// What makes a message exist once.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = outbox)]
pub struct Known {
    pub dossier_id: Option<String>,
    pub notice_key: String,
    pub kind: NoticeKind,
    pub audience: Audience,
    pub promise_number: i32,
}

/// The messages about several dossiers, as far as they must not be doubled.
///
/// # Errors
/// When the database cannot be read.
pub fn known_of_dossiers(conn: &mut Conn, dossier_ids: &[String]) -> StoreResult<Vec<Known>> {
    Ok(outbox::table.filter(outbox::dossier_id.eq_any(dossier_ids)).select(Known::as_select()).load(conn)?)
}

/// Whether a message with this key exists.
///
/// # Errors
/// When the database cannot be read.
pub fn has_key(conn: &mut Conn, key: &str) -> StoreResult<Raised> {
    let found: Option<String> =
        outbox::table.filter(outbox::notice_key.eq(key)).select(outbox::id).first(conn).optional()?;
    Ok(if found.is_some() { Raised::AlreadyThere } else { Raised::New })
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
        Settled::Failed { error } => diesel::update(row)
            .set((
                outbox::state.eq(OutboxState::Failed),
                outbox::last_error.eq(error),
                outbox::settled_at.eq(stored(now)),
                outbox::leased_until.eq(none),
            ))
            .execute(&mut **tx)?,
        Settled::Void { reason } => diesel::update(row)
            .set((
                outbox::state.eq(OutboxState::Void),
                outbox::last_error.eq(reason),
                outbox::settled_at.eq(stored(now)),
                outbox::leased_until.eq(none),
            ))
            .execute(&mut **tx)?,
        Settled::Untried => diesel::update(row)
            .set((
                outbox::state.eq(OutboxState::Ready),
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
    Ok(outbox::table
        .filter(outbox::message_id.eq(format!("<{bare}>")).or(outbox::provider_id.eq(bare).assume_not_null()))
        .order(outbox::id.asc())
        .select(Message::as_select())
        .first(conn)
        .optional()?)
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
    Ok(diesel::update(waiting)
        .set((outbox::state.eq(OutboxState::Void), outbox::last_error.eq(reason), outbox::settled_at.eq(stored(now))))
        .execute(&mut **tx)?)
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
    Ok(diesel::update(waiting)
        .set((outbox::state.eq(OutboxState::Void), outbox::last_error.eq(reason), outbox::settled_at.eq(stored(now))))
        .execute(&mut **tx)?)
}

/// A person asks for another try of a dead letter, to `recipient` when the address was wrong.
///
/// # Errors
/// When the database cannot be written.
pub fn retry(tx: &mut Tx<'_>, id: &str, now: Instant) -> StoreResult<usize> {
    Ok(diesel::update(outbox::table.filter(outbox::id.eq(id)).filter(outbox::state.eq_any([
        OutboxState::Failed.as_str(),
        OutboxState::Bounced.as_str(),
        OutboxState::Retry.as_str(),
    ])))
    .set((outbox::state.eq(OutboxState::Ready), outbox::ready_at.eq(stored(now)), outbox::attempts.eq(0)))
    .execute(&mut **tx)?)
}

/// A letter of the print tray was handed over or posted.
///
/// # Errors
/// When the database cannot be written.
pub fn hand_over(tx: &mut Tx<'_>, id: &str, now: Instant) -> StoreResult<usize> {
    Ok(diesel::update(
        outbox::table
            .filter(outbox::id.eq(id))
            .filter(outbox::delivery.eq(Delivery::Tray))
            .filter(outbox::state.eq(OutboxState::Ready)),
    )
    .set((outbox::state.eq(OutboxState::Sent), outbox::settled_at.eq(stored(now))))
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
    .set((outbox::state.eq(OutboxState::Void), outbox::last_error.eq(reason), outbox::settled_at.eq(stored(now))))
    .execute(&mut **tx)?)
}

/// # Errors
/// When the database cannot be read.
pub fn find(conn: &mut Conn, id: &str) -> StoreResult<Option<Message>> {
    Ok(outbox::table.filter(outbox::id.eq(id)).select(Message::as_select()).first(conn).optional()?)
}

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

/// Dead letters of a kind and a way, or all, are tried again: no more than `limit`, oldest first.
///
/// # Errors
/// When the database cannot be written.
pub fn retry_dead(tx: &mut Tx<'_>, narrow: &Narrow, now: Instant, limit: i64) -> StoreResult<usize> {
    let mut dead = outbox::table.filter(outbox::state.eq(OutboxState::Failed)).into_boxed();
    if let Some(kind) = narrow.kind {
        dead = dead.filter(outbox::kind.eq(kind));
    }
    if let Some(way) = narrow.way {
        dead = dead.filter(outbox::delivery.eq(way));
    }
    let ids: Vec<String> = dead.order(outbox::id.asc()).limit(limit).select(outbox::id).load(&mut **tx)?;
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
        Ok::<_, super::StoreError>(oldest.map(|at| at.and_utc()))
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

/// Takes a message out of the print tray, since the citizen is told in another way.
///
/// # Errors
/// When the database cannot be written.
pub fn leave_tray(tx: &mut Tx<'_>, id: &str, now: Instant, reason: &str) -> StoreResult<usize> {
    Ok(diesel::update(
        outbox::table
            .filter(outbox::id.eq(id))
            .filter(outbox::delivery.eq(Delivery::Tray))
            .filter(outbox::state.eq(OutboxState::Ready)),
    )
    .set((outbox::state.eq(OutboxState::Void), outbox::last_error.eq(reason), outbox::settled_at.eq(stored(now))))
    .execute(&mut **tx)?)
}
