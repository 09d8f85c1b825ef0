//! Drafts that wait for a signature.

use diesel::prelude::*;

use super::{LetterRow, LetterState};
use crate::domain::notice::NoticeKind;
use crate::domain::time::Instant;
use crate::store::columns::stored;
use crate::store::connection::Conn;
use crate::store::dossiers::DossierRow;
use crate::store::error::StoreResult;
use crate::store::schema::{alerts, dossiers, letters};
use crate::store::scope::ours;

/// The dossiers of which a letter waits to be signed.
///
/// # Errors
/// When the database cannot be read.
pub fn to_be_signed(conn: &mut Conn) -> StoreResult<Vec<String>> {
    let drafts = letters::table.filter(letters::state.eq(LetterState::Draft));
    Ok(drafts.select(letters::dossier_id).distinct().load(conn)?)
}

/// A page of the drafts that wait for a signature with their dossiers, the most urgent first; of the
/// dossiers of these units, or of all.
///
/// # Errors
/// When the database cannot be read.
pub fn waiting(
    conn: &mut Conn,
    units: Option<&[String]>,
    offset: i64,
    limit: i64,
) -> StoreResult<Vec<(LetterRow, DossierRow)>> {
    let mut query = letters::table
        .inner_join(dossiers::table)
        .filter(letters::state.eq(LetterState::Draft))
        .order((letters::decide_by.asc(), letters::id.asc()))
        .offset(offset)
        .limit(limit)
        .select((LetterRow::as_select(), DossierRow::as_select()))
        .into_boxed();
    if let Some(units) = units {
        query = query.filter(dossiers::unit_id.eq_any(units.iter().map(String::as_str)));
    }
    Ok(query.load(conn)?)
}

/// How many there are of [`waiting`].
///
/// # Errors
/// When the database cannot be read.
pub fn count_waiting(conn: &mut Conn, units: Option<&[String]>) -> StoreResult<i64> {
    let mut query = letters::table
        .inner_join(dossiers::table)
        .filter(letters::state.eq(LetterState::Draft))
        .select(diesel::dsl::count_star())
        .into_boxed();
    if let Some(units) = units {
        query = query.filter(dossiers::unit_id.eq_any(units.iter().map(String::as_str)));
    }
    Ok(query.first(conn)?)
}

/// Letters that were not signed until their moment, and of which the manager was not told yet; what was
/// refused and is about a finished file is nobody's any more.
///
/// # Errors
/// When the database cannot be read.
pub fn unsigned(conn: &mut Conn, now: Instant, limit: i64) -> StoreResult<Vec<LetterRow>> {
    let told = alerts::table
        .filter(alerts::dossier_id.eq(letters::dossier_id.nullable()))
        .filter(alerts::kind.eq(NoticeKind::Unsigned))
        .filter(alerts::promise_number.eq(letters::promise_number))
        .filter(alerts::raised_at.ge(letters::decide_by.assume_not_null()));
    let of_open = letters::state.eq(LetterState::Refused).and(dossiers::closed_at.is_null());
    Ok(letters::table
        .inner_join(dossiers::table)
        .filter(letters::state.eq(LetterState::Draft).or(of_open))
        .filter(letters::decide_by.le(stored(now)))
        .filter(ours!(letters))
        .filter(diesel::dsl::not(diesel::dsl::exists(told)))
        .order((letters::decide_by.asc(), letters::id.asc()))
        .limit(limit)
        .select(LetterRow::as_select())
        .load(conn)?)
}

/// Whether a letter of this dossier waits to be signed.
///
/// # Errors
/// When the database cannot be read.
pub fn has_draft(conn: &mut Conn, dossier_id: &str) -> StoreResult<bool> {
    let draft: Option<String> = letters::table
        .filter(letters::dossier_id.eq(dossier_id))
        .filter(letters::state.eq(LetterState::Draft))
        .select(letters::id)
        .first(conn)
        .optional()?;
    Ok(draft.is_some())
}
