//! Online files that wait for acceptance: not dossiers yet, since the clock of the limit starts when
//! the file is complete and correct (NĐ 118/2025 Art. 17(3)).

use diesel::prelude::*;

use crate::domain::reception::Moments;
pub use crate::domain::reception::SubmissionState;
use crate::domain::time::Instant;

use super::columns::{At, MaybeAt, stored};
use super::connection::{Conn, Tx};
use super::error::{StoreError, StoreResult};
use super::schema::submissions;
use super::scope::ours;
use super::search_key::like_pattern;

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
    /// By when the first answer was owed.
    #[diesel(deserialize_as = At, serialize_as = At)]
    pub first_due_at: Instant,
    /// When it was sent back to be completed: once at most.
    #[diesel(deserialize_as = MaybeAt, serialize_as = MaybeAt)]
    pub returned_at: Option<Instant>,
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
    /// When it was accepted or declined.
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
    Ok(submissions::table
        .filter(submissions::id.eq(id))
        .filter(ours!(submissions))
        .select(Submission::as_select())
        .first(conn)
        .optional()?)
}

/// Whether any agency has an online file with this code.
///
/// # Errors
/// When the database cannot be read.
pub fn is_taken(tx: &mut Tx<'_>, code: &str) -> StoreResult<bool> {
    let known = submissions::table.filter(submissions::code.eq(code));
    Ok(diesel::select(diesel::dsl::exists(known)).get_result(&mut **tx)?)
}

/// # Errors
/// When the database cannot be read.
pub fn by_code(conn: &mut Conn, code: &str) -> StoreResult<Option<Submission>> {
    Ok(submissions::table
        .filter(submissions::code.eq(code))
        .filter(ours!(submissions))
        .select(Submission::as_select())
        .first(conn)
        .optional()?)
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
        .filter(ours!(submissions))
        .order((submissions::next_check_at.asc(), submissions::id.asc()))
        .limit(limit)
        .select(Submission::as_select())
        .load(conn)?)
}

/// The submissions of a state that match `q`, a page of them: what waits by due date, what was
/// decided newest first.
///
/// # Errors
/// When the database cannot be read.
pub fn in_state(
    conn: &mut Conn,
    state: SubmissionState,
    q: Option<&str>,
    offset: i64,
    limit: i64,
) -> StoreResult<Vec<Submission>> {
    let mut query = submissions::table
        .filter(submissions::state.eq(state))
        .select(Submission::as_select())
        .offset(offset)
        .limit(limit)
        .into_boxed();
    if let Some(q) = q {
        query = query.filter(submissions::search_key.like(like_pattern(q)).escape('\\'));
    }
    Ok(match state {
        SubmissionState::Waiting | SubmissionState::Returned => {
            query.order((submissions::due_at.asc(), submissions::id.asc())).load(conn)?
        }
        SubmissionState::Accepted | SubmissionState::Declined => {
            query.order((submissions::decided_at.desc(), submissions::id.desc())).load(conn)?
        }
    })
}

/// How many submissions of a state match `q`.
///
/// # Errors
/// When the database cannot be read.
pub fn count(conn: &mut Conn, state: SubmissionState, q: Option<&str>) -> StoreResult<i64> {
    let mut query =
        submissions::table.filter(submissions::state.eq(state)).select(diesel::dsl::count_star()).into_boxed();
    if let Some(q) = q {
        query = query.filter(submissions::search_key.like(like_pattern(q)).escape('\\'));
    }
    Ok(query.first(conn)?)
}

/// How many wait though their time was over before `now`.
///
/// # Errors
/// When the database cannot be read.
pub fn count_late(conn: &mut Conn, now: Instant) -> StoreResult<i64> {
    Ok(submissions::table
        .filter(submissions::state.eq(SubmissionState::Waiting))
        .filter(submissions::due_at.lt(stored(now)))
        .select(diesel::dsl::count_star())
        .first(conn)?)
}

/// When the sweep looks again at one that still waits; no change of the file itself.
///
/// # Errors
/// When the database cannot be written.
pub fn set_next_check(tx: &mut Tx<'_>, id: &str, at: Option<Instant>) -> StoreResult<()> {
    let row = submissions::table.filter(submissions::id.eq(id)).filter(submissions::state.eq(SubmissionState::Waiting));
    diesel::update(row).set(submissions::next_check_at.eq(at.map(stored))).execute(&mut **tx)?;
    Ok(())
}

/// What was handed in before `cut` and not decided before `from`.
///
/// # Errors
/// When the database cannot be read.
pub fn at_cut(conn: &mut Conn, agency_id: &str, from: Instant, cut: Instant) -> StoreResult<Vec<Submission>> {
    let open = submissions::decided_at.is_null().or(submissions::decided_at.ge(stored(from)).assume_not_null());
    Ok(submissions::table
        .filter(submissions::agency_id.eq(agency_id))
        .filter(submissions::submitted_at.lt(stored(cut)))
        .filter(open)
        .order((submissions::due_at.asc(), submissions::id.asc()))
        .select(Submission::as_select())
        .load(conn)?)
}

impl Submission {
    #[must_use]
    pub fn moments(&self) -> Moments {
        Moments {
            submitted_at: self.submitted_at,
            first_due_at: self.first_due_at,
            returned_at: self.returned_at,
            counted_from: self.counted_from,
            due_at: self.due_at,
            decided_at: self.decided_at,
            state: self.state,
        }
    }

    /// Which wait for acceptance this is: 1, or 2 after the applicant completed the file.
    #[must_use]
    pub fn round(&self) -> i32 {
        if self.counted_from > self.submitted_at { 2 } else { 1 }
    }
}
