//! Issued letters as lists: the register of a year by its serials, and the newest first.

use diesel::prelude::*;

use super::{LetterRow, LetterState};
use crate::domain::time::Instant;
use crate::store::columns::stored;
use crate::store::connection::Conn;
use crate::store::error::StoreResult;
use crate::store::outbox::OutboxState;
use crate::store::schema::{dossiers, letters, outbox};

/// The register of a year: issued letters by their serial, with code and applicant, from `offset`.
///
/// # Errors
/// When the database cannot be read.
pub fn issued_in(
    conn: &mut Conn,
    agency_id: &str,
    year: i32,
    offset: i64,
    limit: i64,
) -> StoreResult<Vec<(LetterRow, String, String)>> {
    Ok(letters::table
        .inner_join(dossiers::table)
        .filter(letters::agency_id.eq(agency_id))
        .filter(letters::year.eq(year))
        .filter(letters::state.eq(LetterState::Issued))
        .order(letters::serial.asc())
        .offset(offset)
        .limit(limit)
        .select((LetterRow::as_select(), dossiers::code, dossiers::applicant_name))
        .load(conn)?)
}

/// The serials of the register of a year, in order.
///
/// # Errors
/// When the database cannot be read.
pub fn serials(conn: &mut Conn, agency_id: &str, year: i32) -> StoreResult<Vec<i64>> {
    let serials: Vec<Option<i64>> = letters::table
        .filter(letters::agency_id.eq(agency_id))
        .filter(letters::year.eq(year))
        .filter(letters::state.eq(LetterState::Issued))
        .order(letters::serial.asc())
        .select(letters::serial)
        .load(conn)?;
    Ok(serials.into_iter().flatten().collect())
}

/// The years in which letters were issued, newest first.
///
/// # Errors
/// When the database cannot be read.
pub fn years(conn: &mut Conn, agency_id: &str) -> StoreResult<Vec<i32>> {
    let years: Vec<Option<i32>> = letters::table
        .filter(letters::agency_id.eq(agency_id))
        .filter(letters::year.is_not_null())
        .select(letters::year)
        .distinct()
        .order(letters::year.desc())
        .load(conn)?;
    Ok(years.into_iter().flatten().collect())
}

/// Issued letters with the code and applicant of their dossier, newest first, from `offset`.
///
/// # Errors
/// When the database cannot be read.
pub fn newest(conn: &mut Conn, offset: i64, limit: i64) -> StoreResult<Vec<(LetterRow, String, String)>> {
    Ok(letters::table
        .inner_join(dossiers::table)
        .filter(letters::state.eq(LetterState::Issued))
        .order((letters::issued_at.desc(), letters::serial.desc()))
        .offset(offset)
        .limit(limit)
        .select((LetterRow::as_select(), dossiers::code, dossiers::applicant_name))
        .load(conn)?)
}

/// Issued letters with the code of their dossier, newest first, after the letter of this moment and id; of
/// one state of the newest message that carries them, or all.
///
/// # Errors
/// When the database cannot be read.
pub fn issued_page(
    conn: &mut Conn,
    state: Option<OutboxState>,
    after: Option<(Instant, &str)>,
    limit: i64,
) -> StoreResult<Vec<(LetterRow, String)>> {
    let newer = diesel::alias!(outbox as newer);
    let mut query = letters::table
        .inner_join(dossiers::table)
        .filter(letters::state.eq(LetterState::Issued))
        .order((letters::issued_at.desc(), letters::id.desc()))
        .limit(limit)
        .select((LetterRow::as_select(), dossiers::code))
        .into_boxed();
    if let Some((at, id)) = after {
        let issued_at = letters::issued_at.assume_not_null();
        let earlier = issued_at.lt(stored(at)).or(issued_at.eq(stored(at)).and(letters::id.lt(id.to_owned())));
        query = query.filter(earlier);
    }
    if let Some(state) = state {
        let replaced = newer
            .filter(newer.field(outbox::letter_id).eq(outbox::letter_id))
            .filter(newer.field(outbox::id).gt(outbox::id));
        let carrier = outbox::table
            .filter(outbox::letter_id.eq(letters::id.nullable()))
            .filter(outbox::state.eq(state))
            .filter(diesel::dsl::not(diesel::dsl::exists(replaced)));
        query = query.filter(diesel::dsl::exists(carrier));
    }
    Ok(query.load(conn)?)
}
