//! Messages decided but not yet delivered. A row is written in the transaction that decides, under
//! a unique key, so it exists once; it is claimed by a lease, so that one process sends it.

use diesel::prelude::*;

use crate::domain::notice::{Audience, NoticeKind};
use crate::domain::time::Instant;

use super::columns::{At, MaybeAt};
use super::connection::{Conn, Tx, insert_all, on_backend};
use super::error::StoreResult;
use super::schema::outbox;
use super::scope::ours;

mod lists;
mod sending;
mod tray;
mod waiting;
mod words;

pub use lists::{
    Narrow, count_by_state, count_each, newest, newest_of, of_dossier, of_letters, of_submission, retry_dead,
};
pub use sending::{
    Gate, Wanted, agencies_waiting, claim, count_stuck, last_sent, move_on, named, oldest_waiting, retry, settle,
};
pub use tray::{count_papers, hand_over, in_tray, put_back, void_in_tray};
pub(super) use waiting::Voided;
pub use waiting::{readdress, take_back, void, void_of_alerts, void_waiting};
pub use words::{Blame, Delivery, OutboxState, Raised, Settled};

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

/// # Errors
/// When the database cannot be read.
pub fn find(conn: &mut Conn, id: &str) -> StoreResult<Option<Message>> {
    Ok(outbox::table
        .filter(outbox::id.eq(id))
        .filter(ours!(outbox))
        .select(Message::as_select())
        .first(conn)
        .optional()?)
}
