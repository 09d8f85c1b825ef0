//! Online files that wait for acceptance: not dossiers yet, since the clock of the limit starts when
//! the file is complete and correct (NĐ 118/2025 Art. 17(3)).

use diesel::prelude::*;

use crate::domain::text_enum;
use crate::domain::time::Instant;

use super::columns::{At, MaybeAt, stored};
use super::connection::{Conn, Tx};
use super::error::{StoreError, StoreResult};
use super::schema::submissions;

text_enum! {
    /// Where an online file stands before it is a dossier.
    SubmissionState {
        /// chờ tiếp nhận trực tuyến
        Waiting = "waiting",
        /// sent back to be completed; the clock of acceptance stands still
        Returned = "returned",
        Accepted = "accepted",
        /// không được tiếp nhận
        Declined = "declined",
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = submissions, treat_none_as_default_value = false, treat_none_as_null = true)]
pub struct Submission {
    pub id: String,
    pub agency_id: String,
    /// The code that the dossier will keep.
    pub code: String,
    pub procedure_code: String,
    pub applicant_name: String,
    pub applicant_phone: Option<String>,
    pub applicant_email: Option<String>,
    pub search_key: String,
    /// What was handed in, as the intake form in JSON.
    pub form: String,
    pub unit_id: Option<String>,
    #[diesel(deserialize_as = At, serialize_as = At)]
    pub submitted_at: Instant,
    /// From when acceptance counts: the submission, or the applicant's last answer.
    #[diesel(deserialize_as = At, serialize_as = At)]
    pub counted_from: Instant,
    /// By when it has to be accepted, sent back or declined.
    #[diesel(deserialize_as = At, serialize_as = At)]
    pub due_at: Instant,
    pub basis: String,
    pub calendar_version: i32,
    pub state: SubmissionState,
    /// What has to be completed, or why it was declined.
    pub note: String,
    #[diesel(deserialize_as = MaybeAt, serialize_as = MaybeAt)]
    pub decided_at: Option<Instant>,
    pub dossier_id: Option<String>,
    /// Random secret of the citizen's page.
    pub status_token: String,
    #[diesel(deserialize_as = MaybeAt, serialize_as = MaybeAt)]
    pub next_check_at: Option<Instant>,
    pub revision: i32,
}

/// # Errors
/// A conflict when the code is taken; or the database cannot be written.
pub fn insert(tx: &mut Tx<'_>, submission: Submission) -> StoreResult<()> {
    diesel::insert_into(submissions::table).values(submission).execute(&mut **tx)?;
    Ok(())
}

/// Saves `submission` if nobody saved since it was read; its revision is the one read.
///
/// # Errors
/// A conflict when somebody was faster; or the database cannot be written.
pub fn save(tx: &mut Tx<'_>, submission: Submission) -> StoreResult<()> {
    let (id, revision) = (submission.id.clone(), submission.revision);
    let next = Submission { revision: revision + 1, ..submission };
    let row = submissions::table.filter(submissions::id.eq(&id)).filter(submissions::revision.eq(revision));
    match diesel::update(row).set(next).execute(&mut **tx)? {
        0 => Err(StoreError::Conflict(format!("submission {id} was changed meanwhile"))),
        _ => Ok(()),
    }
}

/// # Errors
/// When the database cannot be read.
pub fn find(conn: &mut Conn, id: &str) -> StoreResult<Option<Submission>> {
    Ok(submissions::table.filter(submissions::id.eq(id)).select(Submission::as_select()).first(conn).optional()?)
}

/// # Errors
/// When the database cannot be read.
pub fn by_code(conn: &mut Conn, code: &str) -> StoreResult<Option<Submission>> {
    Ok(submissions::table.filter(submissions::code.eq(code)).select(Submission::as_select()).first(conn).optional()?)
}

/// # Errors
/// When the database cannot be read.
pub fn by_status_token(conn: &mut Conn, token: &str) -> StoreResult<Option<Submission>> {
    Ok(submissions::table
        .filter(submissions::status_token.eq(token))
        .select(Submission::as_select())
        .first(conn)
        .optional()?)
}

/// Up to `limit` submissions whose next check has come.
///
/// # Errors
/// When the database cannot be read.
pub fn to_check(conn: &mut Conn, now: Instant, limit: i64) -> StoreResult<Vec<Submission>> {
    Ok(submissions::table
        .filter(submissions::next_check_at.le(stored(now)))
        .order((submissions::next_check_at.asc(), submissions::id.asc()))
        .limit(limit)
        .select(Submission::as_select())
        .load(conn)?)
}

/// The submissions of a state, by due date; at most `limit`.
///
/// # Errors
/// When the database cannot be read.
pub fn in_state(conn: &mut Conn, state: SubmissionState, limit: i64) -> StoreResult<Vec<Submission>> {
    Ok(submissions::table
        .filter(submissions::state.eq(state))
        .order((submissions::due_at.asc(), submissions::id.asc()))
        .limit(limit)
        .select(Submission::as_select())
        .load(conn)?)
}
