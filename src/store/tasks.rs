//! What a person at the desk has to do, by when.

use diesel::prelude::*;

use crate::domain::text_enum;
use crate::domain::time::Instant;

use super::columns::{At, MaybeAt};
use super::connection::{Conn, Tx, on_backend};
use super::error::StoreResult;
use super::outbox::Raised;
use super::schema::tasks;

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
    pub dossier_id: String,
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
