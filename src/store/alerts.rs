//! What stands on an official's screen until it is acknowledged. One alert for a person and a thing; its
//! mail and its message are rows of the outbox.

use diesel::prelude::*;

use crate::domain::notice::{Audience, NoticeKind};
use crate::domain::time::Instant;

use super::columns::{At, MaybeAt, stored};
use super::connection::{Conn, Tx, on_backend};
use super::error::StoreResult;
use super::outbox::Raised;
use super::schema::alerts;

#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = alerts, treat_none_as_default_value = false)]
pub struct Alert {
    pub id: String,
    pub agency_id: String,
    /// `None`: a submission, a way of delivery.
    pub dossier_id: Option<String>,
    /// The code shown.
    pub about: String,
    /// `dossier/promise/kind/level/audience`: makes the alert exist once.
    pub alert_key: String,
    pub kind: NoticeKind,
    /// Which rung of its kind; 0: none.
    pub level: i32,
    pub audience: Audience,
    pub promise_number: i32,
    pub account_id: String,
    /// The facts of its text as JSON, as in the outbox.
    pub facts: String,
    #[diesel(deserialize_as = At, serialize_as = At)]
    pub raised_at: Instant,
    /// `None`: nobody has to, or it was passed on to the next one up.
    #[diesel(deserialize_as = MaybeAt, serialize_as = MaybeAt)]
    pub acknowledge_by: Option<Instant>,
    #[diesel(deserialize_as = MaybeAt, serialize_as = MaybeAt)]
    pub acknowledged_at: Option<Instant>,
    /// User name; empty: nobody.
    pub acknowledged_by: String,
    /// What the recipient said with it.
    pub answer: String,
    /// When it stopped to matter.
    #[diesel(deserialize_as = MaybeAt, serialize_as = MaybeAt)]
    pub ended_at: Option<Instant>,
}

/// Inserts the alert unless its key is there.
///
/// # Errors
/// When the database cannot be written.
pub fn raise(tx: &mut Tx<'_>, alert: Alert) -> StoreResult<Raised> {
    let inserted = on_backend!(tx, conn => diesel::insert_into(alerts::table)
        .values(alert)
        .on_conflict(alerts::alert_key)
        .do_nothing()
        .execute(conn))?;
    Ok(if inserted == 1 { Raised::New } else { Raised::AlreadyThere })
}

/// Ends alerts of a kind about a thing that no longer matters.
///
/// # Errors
/// When the database cannot be written.
pub fn end_about(tx: &mut Tx<'_>, kind: NoticeKind, about: &str, now: Instant) -> StoreResult<usize> {
    let open =
        alerts::table.filter(alerts::kind.eq(kind)).filter(alerts::about.eq(about)).filter(alerts::ended_at.is_null());
    Ok(diesel::update(open).set(alerts::ended_at.eq(stored(now))).execute(&mut **tx)?)
}

/// # Errors
/// When the database cannot be read.
pub fn find(conn: &mut Conn, id: &str) -> StoreResult<Option<Alert>> {
    Ok(alerts::table.filter(alerts::id.eq(id)).select(Alert::as_select()).first(conn).optional()?)
}

/// The alerts of a dossier, oldest first.
///
/// # Errors
/// When the database cannot be read.
pub fn of_dossier(conn: &mut Conn, dossier_id: &str) -> StoreResult<Vec<Alert>> {
    Ok(alerts::table
        .filter(alerts::dossier_id.eq(dossier_id))
        .order((alerts::raised_at.asc(), alerts::id.asc()))
        .select(Alert::as_select())
        .load(conn)?)
}
