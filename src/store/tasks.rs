//! What a person at the desk has to do, by when.

use diesel::prelude::*;
use diesel::sql_types::Integer;

use crate::domain::text_enum;
use crate::domain::time::Instant;

use super::columns::{At, MaybeAt, stored};
use super::connection::{Conn, Tx, insert_all, on_backend};
use super::error::StoreResult;
use super::outbox::{Delivery, Message, OutboxState, Raised};
use super::schema::{dossiers, outbox, tasks};
use super::scope::ours;

text_enum! {
    /// What is to be done.
    TaskKind {
        /// tell the citizen by telephone
        Phone = "phone",
        /// print, and hand over or post
        Print = "print",
        /// put a wrong address right
        Contact = "contact",
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = tasks, treat_none_as_default_value = false)]
pub struct Task {
    pub id: String,
    pub agency_id: String,
    /// `None`: an online file that is no dossier yet.
    pub dossier_id: Option<String>,
    pub submission_id: Option<String>,
    /// The message that did not arrive.
    pub outbox_id: Option<String>,
    /// Makes the task exist once.
    pub task_key: String,
    pub kind: TaskKind,
    pub reason: String,
    #[diesel(deserialize_as = At, serialize_as = At)]
    pub opened_at: Instant,
    #[diesel(deserialize_as = At, serialize_as = At)]
    pub due_at: Instant,
    #[diesel(deserialize_as = MaybeAt, serialize_as = MaybeAt)]
    pub done_at: Option<Instant>,
    pub done_by: String,
    pub note: String,
}

/// Opens the task unless its key is there.
///
/// # Errors
/// When the database cannot be written.
pub fn open(tx: &mut Tx<'_>, task: Task) -> StoreResult<Raised> {
    let inserted = on_backend!(tx, conn => diesel::insert_into(tasks::table)
        .values(task)
        .on_conflict(tasks::task_key)
        .do_nothing()
        .execute(conn))?;
    Ok(if inserted == 1 { Raised::New } else { Raised::AlreadyThere })
}

/// Opens tasks whose keys are not there.
///
/// # Errors
/// When the database cannot be written.
pub fn insert(tx: &mut Tx<'_>, tasks: Vec<Task>) -> StoreResult<()> {
    insert_all!(tx, tasks::table, tasks);
    Ok(())
}

/// The tasks of a dossier, oldest first.
///
/// # Errors
/// When the database cannot be read.
pub fn of_dossier(conn: &mut Conn, dossier_id: &str) -> StoreResult<Vec<Task>> {
    Ok(tasks::table
        .filter(tasks::dossier_id.eq(dossier_id))
        .order((tasks::opened_at.asc(), tasks::id.asc()))
        .select(Task::as_select())
        .load(conn)?)
}

/// # Errors
/// When the database cannot be read.
pub fn find(conn: &mut Conn, id: &str) -> StoreResult<Option<Task>> {
    Ok(tasks::table.filter(tasks::id.eq(id)).filter(ours!(tasks)).select(Task::as_select()).first(conn).optional()?)
}

/// The tasks about an online file, oldest first.
///
/// # Errors
/// When the database cannot be read.
pub fn of_submission(conn: &mut Conn, submission_id: &str) -> StoreResult<Vec<Task>> {
    Ok(tasks::table
        .filter(tasks::submission_id.eq(submission_id))
        .order((tasks::opened_at.asc(), tasks::id.asc()))
        .select(Task::as_select())
        .load(conn)?)
}

/// A page of the open tasks, the soonest due first.
///
/// # Errors
/// When the database cannot be read.
pub fn open_by_due(conn: &mut Conn, offset: i64, limit: i64) -> StoreResult<Vec<Task>> {
    Ok(tasks::table
        .filter(tasks::done_at.is_null())
        .order((tasks::due_at.asc(), tasks::id.asc()))
        .offset(offset)
        .limit(limit)
        .select(Task::as_select())
        .load(conn)?)
}

/// The open tasks that became due after `from` and until `until`.
///
/// # Errors
/// When the database cannot be read.
pub fn came_due(conn: &mut Conn, from: Instant, until: Instant) -> StoreResult<Vec<Task>> {
    Ok(tasks::table
        .filter(tasks::done_at.is_null())
        .filter(ours!(tasks))
        .filter(tasks::due_at.gt(stored(from)))
        .filter(tasks::due_at.le(stored(until)))
        .order((tasks::due_at.asc(), tasks::id.asc()))
        .select(Task::as_select())
        .load(conn)?)
}

/// Up to `limit` messages of the print tray that nobody has a task for, oldest first.
///
/// # Errors
/// When the database cannot be read.
pub fn missing(conn: &mut Conn, limit: i64) -> StoreResult<Vec<Message>> {
    let known = diesel::dsl::exists(tasks::table.filter(tasks::outbox_id.eq(outbox::id.nullable())));
    Ok(outbox::table
        .filter(outbox::delivery.eq(Delivery::Tray))
        .filter(outbox::state.eq(OutboxState::Ready))
        .filter(ours!(outbox))
        .filter(diesel::dsl::not(known))
        .order((outbox::created_at.asc(), outbox::id.asc()))
        .limit(limit)
        .select(Message::as_select())
        .load(conn)?)
}

/// The open tasks that have nothing left to do: the file was handed over, or the message no longer
/// waits for the desk.
///
/// # Errors
/// When the database cannot be read.
pub fn settled_otherwise(conn: &mut Conn) -> StoreResult<Vec<String>> {
    let waits = outbox::id.nullable().eq(tasks::outbox_id).and(outbox::state.eq(OutboxState::Ready));
    let waiting = diesel::dsl::exists(outbox::table.filter(waits));
    let returned = dossiers::returned_at.nullable().is_not_null();
    Ok(tasks::table
        .left_join(dossiers::table)
        .filter(tasks::done_at.is_null())
        .filter(ours!(tasks))
        .filter(returned.or(tasks::outbox_id.is_not_null().and(diesel::dsl::not(waiting))))
        .select(tasks::id)
        .load(conn)?)
}

/// How many tasks are open.
///
/// # Errors
/// When the database cannot be read.
pub fn count_open(conn: &mut Conn) -> StoreResult<i64> {
    Ok(tasks::table.filter(tasks::done_at.is_null()).count().get_result(conn)?)
}

/// The same, counted no further than to `most`.
///
/// # Errors
/// When the database cannot be read.
pub fn count_open_upto(conn: &mut Conn, most: i64) -> StoreResult<usize> {
    let open = tasks::table.filter(tasks::done_at.is_null()).select(1.into_sql::<Integer>()).limit(most);
    Ok(open.load::<i32>(conn)?.len())
}

/// How many open tasks should have been done before `now`.
///
/// # Errors
/// When the database cannot be read.
pub fn count_late(conn: &mut Conn, now: Instant) -> StoreResult<i64> {
    Ok(tasks::table.filter(tasks::done_at.is_null()).filter(tasks::due_at.lt(stored(now))).count().get_result(conn)?)
}

/// Writes down that the task is done, once.
///
/// # Errors
/// When the database cannot be written.
pub fn finish(tx: &mut Tx<'_>, id: &str, now: Instant, by: &str, note: &str) -> StoreResult<usize> {
    Ok(diesel::update(tasks::table.filter(tasks::id.eq(id)).filter(tasks::done_at.is_null()))
        .set((tasks::done_at.eq(stored(now)), tasks::done_by.eq(by), tasks::note.eq(note)))
        .execute(&mut **tx)?)
}

/// [`finish`] for what was opened for a message.
///
/// # Errors
/// When the database cannot be written.
pub fn finish_of_message(tx: &mut Tx<'_>, outbox_id: &str, now: Instant, by: &str, note: &str) -> StoreResult<usize> {
    Ok(diesel::update(tasks::table.filter(tasks::outbox_id.eq(outbox_id)).filter(tasks::done_at.is_null()))
        .set((tasks::done_at.eq(stored(now)), tasks::done_by.eq(by), tasks::note.eq(note)))
        .execute(&mut **tx)?)
}

/// The tasks opened for a message.
///
/// # Errors
/// When the database cannot be read.
pub fn of_message(conn: &mut Conn, outbox_id: &str) -> StoreResult<Vec<Task>> {
    Ok(tasks::table.filter(tasks::outbox_id.eq(outbox_id)).select(Task::as_select()).load(conn)?)
}

/// Up to `limit` tasks that were done at `since` or later, the newest first.
///
/// # Errors
/// When the database cannot be read.
pub fn done_since(conn: &mut Conn, since: Instant, limit: i64) -> StoreResult<Vec<Task>> {
    Ok(tasks::table
        .filter(tasks::done_at.ge(stored(since)))
        .order((tasks::done_at.desc(), tasks::id.desc()))
        .limit(limit)
        .select(Task::as_select())
        .load(conn)?)
}

/// Opens a done task again as it was.
///
/// # Errors
/// When the database cannot be written.
pub fn reopen(tx: &mut Tx<'_>, id: &str) -> StoreResult<usize> {
    Ok(diesel::update(tasks::table.filter(tasks::id.eq(id)).filter(tasks::done_at.is_not_null()))
        .set((tasks::done_at.eq(None::<chrono::NaiveDateTime>), tasks::done_by.eq(""), tasks::note.eq("")))
        .execute(&mut **tx)?)
}
