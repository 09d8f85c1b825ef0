//! What a reconciliation asks: which codes are here, and which were received in a time.

use std::collections::HashMap;

use diesel::prelude::*;

use crate::domain::channel::Channel;
use crate::domain::dossier::StageName;
use crate::domain::time::Instant;

use super::columns::{At, MaybeAt, stored};
use super::connection::Conn;
use super::error::StoreResult;
use super::schema::{dossiers, promises};

const PAGE: i64 = 2_000;

/// Those of these codes that a dossier has.
///
/// # Errors
/// When the database cannot be read.
pub fn known_codes(conn: &mut Conn, codes: &[&str]) -> StoreResult<Vec<String>> {
    Ok(dossiers::table.filter(dossiers::code.eq_any(codes.iter().copied())).select(dossiers::code).load(conn)?)
}

/// A page of dossiers received in a time, both ends inside: receipt, id, code.
///
/// # Errors
/// When the database cannot be read.
pub fn received_between(
    conn: &mut Conn,
    (from, to): (Instant, Instant),
    after: Option<&(Instant, String)>,
) -> StoreResult<Vec<(Instant, String, String)>> {
    let mut asked = dossiers::table
        .filter(dossiers::received_at.ge(stored(from)))
        .filter(dossiers::received_at.le(stored(to)))
        .into_boxed();
    if let Some((at, id)) = after {
        let at = stored(*at);
        asked = asked
            .filter(dossiers::received_at.gt(at).or(dossiers::received_at.eq(at).and(dossiers::id.gt(id.clone()))));
    }
    let page: Vec<(At, String, String)> = asked
        .order((dossiers::received_at.asc(), dossiers::id.asc()))
        .limit(PAGE)
        .select((dossiers::received_at, dossiers::id, dossiers::code))
        .load(conn)?;
    Ok(page.into_iter().map(|(at, id, code)| (at.into(), id, code)).collect())
}

/// A dossier as a reconciliation holds it against another system's row.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = dossiers)]
pub struct HeldRow {
    pub id: String,
    pub code: String,
    pub channel: Channel,
    pub stage: StageName,
    #[diesel(deserialize_as = At)]
    pub received_at: Instant,
    #[diesel(deserialize_as = MaybeAt)]
    pub due_at: Option<Instant>,
    #[diesel(deserialize_as = MaybeAt)]
    pub new_due_at: Option<Instant>,
    #[diesel(deserialize_as = MaybeAt)]
    pub closed_at: Option<Instant>,
    #[diesel(deserialize_as = MaybeAt)]
    pub returned_at: Option<Instant>,
    #[diesel(deserialize_as = MaybeAt)]
    pub paused_since: Option<Instant>,
}

/// The dossiers of an agency with these codes.
///
/// # Errors
/// When the database cannot be read.
pub fn with_codes(conn: &mut Conn, agency_id: &str, codes: &[&str]) -> StoreResult<Vec<HeldRow>> {
    Ok(dossiers::table
        .filter(dossiers::agency_id.eq(agency_id))
        .filter(dossiers::code.eq_any(codes.iter().copied()))
        .select(HeldRow::as_select())
        .load(conn)?)
}

/// A page of the dossiers of an agency received before a cut and not closed before a moment, by their ids.
///
/// # Errors
/// When the database cannot be read.
pub fn of_span(
    conn: &mut Conn,
    agency_id: &str,
    (begins, cut): (Instant, Instant),
    after: &str,
) -> StoreResult<Vec<HeldRow>> {
    let begins = stored(begins);
    Ok(dossiers::table
        .filter(dossiers::agency_id.eq(agency_id))
        .filter(dossiers::id.gt(after))
        .filter(dossiers::received_at.lt(stored(cut)))
        .filter(dossiers::closed_at.is_null().or(dossiers::closed_at.ge(begins)))
        .order(dossiers::id.asc())
        .limit(PAGE)
        .select(HeldRow::as_select())
        .load(conn)?)
}

/// The first promise of each of these dossiers.
///
/// # Errors
/// When the database cannot be read.
pub fn first_promises(conn: &mut Conn, ids: &[&str]) -> StoreResult<HashMap<String, Instant>> {
    let found: Vec<(String, At)> = promises::table
        .filter(promises::dossier_id.eq_any(ids.iter().copied()))
        .filter(promises::number.eq(1))
        .select((promises::dossier_id, promises::due_at))
        .load(conn)?;
    Ok(found.into_iter().map(|(id, at)| (id, at.into())).collect())
}
