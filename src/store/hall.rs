//! What the board in the hall shows: codes, dates, and names that are shortened before anybody sees them.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::domain::dossier::StageName;
use crate::domain::time::Instant;

use super::columns::stored;
use super::connection::Conn;
use super::error::StoreResult;
use super::schema::dossiers;

/// A dossier on the board.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    pub code: String,
    pub applicant_name: String,
    /// When it was ready, or the date in force.
    pub at: Instant,
}

type Columns = (String, String, Option<NaiveDateTime>);

/// Results that wait to be collected and were ready at `since` or later, the newest first.
///
/// # Errors
/// When the database cannot be read.
pub fn ready(conn: &mut Conn, since: Instant, limit: i64) -> StoreResult<Vec<Shown>> {
    let rows: Vec<Columns> = dossiers::table
        .filter(dossiers::closed_at.ge(stored(since)).assume_not_null())
        .filter(dossiers::returned_at.is_null())
        .filter(dossiers::stage.eq_any([StageName::Granted.as_str(), StageName::Refused.as_str()]))
        .order((dossiers::closed_at.desc(), dossiers::id.asc()))
        .limit(limit)
        .select((dossiers::code, dossiers::applicant_name, dossiers::closed_at))
        .load(conn)?;
    Ok(shown(rows))
}

/// Dossiers in progress whose first promise ends from `from` until before `until`, the earliest first.
///
/// # Errors
/// When the database cannot be read.
pub fn promised(conn: &mut Conn, from: Instant, until: Instant, limit: i64) -> StoreResult<Vec<Shown>> {
    let rows: Vec<Columns> = dossiers::table
        .filter(dossiers::closed_at.is_null())
        .filter(dossiers::paused_since.is_null())
        .filter(dossiers::new_due_at.is_null())
        .filter(dossiers::due_at.ge(stored(from)).assume_not_null())
        .filter(dossiers::due_at.lt(stored(until)).assume_not_null())
        .order((dossiers::due_at.asc(), dossiers::id.asc()))
        .limit(limit)
        .select((dossiers::code, dossiers::applicant_name, dossiers::due_at))
        .load(conn)?;
    Ok(shown(rows))
}

/// Dossiers in progress whose new date, given with an apology, has not passed; the earliest first.
///
/// # Errors
/// When the database cannot be read.
pub fn rescheduled(conn: &mut Conn, from: Instant, limit: i64) -> StoreResult<Vec<Shown>> {
    let rows: Vec<Columns> = dossiers::table
        .filter(dossiers::closed_at.is_null())
        .filter(dossiers::paused_since.is_null())
        .filter(dossiers::new_due_at.ge(stored(from)).assume_not_null())
        .order((dossiers::new_due_at.asc(), dossiers::id.asc()))
        .limit(limit)
        .select((dossiers::code, dossiers::applicant_name, dossiers::new_due_at))
        .load(conn)?;
    Ok(shown(rows))
}

fn shown(rows: Vec<Columns>) -> Vec<Shown> {
    let one = |(code, applicant_name, at): Columns| Some(Shown { code, applicant_name, at: at?.and_utc() });
    rows.into_iter().filter_map(one).collect()
}
