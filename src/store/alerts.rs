//! What stands on an official's screen until it is acknowledged. One alert for a person and a thing; its
//! mail and its message are rows of the outbox.

use diesel::prelude::*;

use crate::domain::notice::{Audience, NoticeKind};
use crate::domain::time::Instant;

use super::columns::{At, MaybeAt, stored};
use super::connection::{Conn, Tx, insert_all, on_backend};
use super::error::StoreResult;
use super::outbox::Raised;
use super::schema::alerts;
use super::scope::ours;

mod screens;

pub use screens::{count_standing, count_standing_upto, standing};

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

/// Inserts alerts whose keys are not there.
///
/// # Errors
/// When the database cannot be written.
pub fn insert(tx: &mut Tx<'_>, alerts: Vec<Alert>) -> StoreResult<()> {
    insert_all!(tx, alerts::table, alerts);
    Ok(())
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
    Ok(alerts::table
        .filter(alerts::id.eq(id))
        .filter(ours!(alerts))
        .select(Alert::as_select())
        .first(conn)
        .optional()?)
}

/// Ends alerts that stopped to matter.
///
/// # Errors
/// When the database cannot be written.
pub fn end_all(tx: &mut Tx<'_>, ids: &[String], at: Instant) -> StoreResult<usize> {
    let open = alerts::table.filter(alerts::id.eq_any(ids)).filter(alerts::ended_at.is_null());
    Ok(diesel::update(open).set(alerts::ended_at.eq(stored(at))).execute(&mut **tx)?)
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

/// The alerts of several dossiers, oldest first.
///
/// # Errors
/// When the database cannot be read.
pub fn of_dossiers(conn: &mut Conn, dossier_ids: &[String]) -> StoreResult<Vec<Alert>> {
    Ok(alerts::table
        .filter(alerts::dossier_id.eq_any(dossier_ids))
        .order((alerts::raised_at.asc(), alerts::id.asc()))
        .select(Alert::as_select())
        .load(conn)?)
}

/// Puts an alert that still matters on another screen.
///
/// # Errors
/// When the database cannot be written.
pub fn readdress(tx: &mut Tx<'_>, id: &str, account_id: &str) -> StoreResult<usize> {
    let open = alerts::table.filter(alerts::id.eq(id)).filter(alerts::ended_at.is_null());
    Ok(diesel::update(open).set(alerts::account_id.eq(account_id)).execute(&mut **tx)?)
}

/// The alert with this key.
///
/// # Errors
/// When the database cannot be read.
pub fn by_key(conn: &mut Conn, key: &str) -> StoreResult<Option<Alert>> {
    Ok(alerts::table.filter(alerts::alert_key.eq(key)).select(Alert::as_select()).first(conn).optional()?)
}

/// Up to `limit` alerts that nobody acknowledged before `now` though somebody had to.
///
/// # Errors
/// When the database cannot be read.
pub fn unanswered(conn: &mut Conn, now: Instant, limit: i64) -> StoreResult<Vec<Alert>> {
    Ok(alerts::table
        .filter(alerts::acknowledge_by.lt(stored(now)).assume_not_null())
        .filter(ours!(alerts))
        .filter(alerts::ended_at.is_null())
        .order((alerts::acknowledge_by.asc(), alerts::id.asc()))
        .limit(limit)
        .select(Alert::as_select())
        .load(conn)?)
}

/// Takes the clock from an alert that is passed on; 0: another process did, or it ended.
///
/// # Errors
/// When the database cannot be written.
pub fn pass_on(tx: &mut Tx<'_>, id: &str) -> StoreResult<usize> {
    let waiting = alerts::table
        .filter(alerts::id.eq(id))
        .filter(alerts::acknowledge_by.is_not_null())
        .filter(alerts::ended_at.is_null());
    Ok(diesel::update(waiting).set(alerts::acknowledge_by.eq(None::<chrono::NaiveDateTime>)).execute(&mut **tx)?)
}

/// Somebody received it, and it ends; 0: it had ended before.
///
/// # Errors
/// When the database cannot be written.
pub fn acknowledge(tx: &mut Tx<'_>, id: &str, now: Instant, username: &str, answer: &str) -> StoreResult<usize> {
    Ok(diesel::update(alerts::table.filter(alerts::id.eq(id)).filter(alerts::ended_at.is_null()).filter(ours!(alerts)))
        .set((
            alerts::acknowledged_at.eq(stored(now)),
            alerts::acknowledged_by.eq(username),
            alerts::answer.eq(answer),
            alerts::ended_at.eq(stored(now)),
        ))
        .execute(&mut **tx)?)
}

/// The dossier moved on: nobody has to look any more.
///
/// # Errors
/// When the database cannot be written.
pub fn end(tx: &mut Tx<'_>, id: &str, now: Instant) -> StoreResult<usize> {
    Ok(diesel::update(alerts::table.filter(alerts::id.eq(id)).filter(alerts::ended_at.is_null()))
        .set(alerts::ended_at.eq(stored(now)))
        .execute(&mut **tx)?)
}

/// The alerts raised at `at`, oldest first.
///
/// # Errors
/// When the database cannot be read.
pub fn raised_at(conn: &mut Conn, at: Instant) -> StoreResult<Vec<Alert>> {
    Ok(alerts::table
        .filter(alerts::raised_at.eq(stored(at)))
        .filter(ours!(alerts))
        .order(alerts::id.asc())
        .select(Alert::as_select())
        .load(conn)?)
}
