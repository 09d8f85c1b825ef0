//! What a reconciliation asks: which codes are here, and which were received in a time.

use diesel::prelude::*;

use crate::domain::time::Instant;

use super::columns::{At, stored};
use super::connection::Conn;
use super::error::StoreResult;
use super::schema::dossiers;

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
