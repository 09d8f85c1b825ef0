//! The dossiers of a period in the order they were received, for the register.

use std::collections::HashMap;

use diesel::prelude::*;

use crate::domain::sub_deadline::{SubDeadlineKind, SubOutcome};
use crate::domain::time::Instant;

use super::columns::stored;
use super::connection::Conn;
use super::dossiers::DossierRow;
use super::error::StoreResult;
use super::schema::{dossiers, sub_deadlines};

/// Up to `limit` dossiers received from `from` until before `until`, after the one named.
///
/// # Errors
/// When the database cannot be read.
pub fn received(
    conn: &mut Conn,
    (from, until): (Instant, Instant),
    after: Option<&DossierRow>,
    limit: i64,
) -> StoreResult<Vec<DossierRow>> {
    let mut query = dossiers::table
        .filter(dossiers::received_at.ge(stored(from)))
        .filter(dossiers::received_at.lt(stored(until)))
        .order((dossiers::received_at.asc(), dossiers::id.asc()))
        .limit(limit)
        .select(DossierRow::as_select())
        .into_boxed();
    if let Some(last) = after {
        let at = stored(last.received_at);
        query = query.filter(
            dossiers::received_at.gt(at).or(dossiers::received_at.eq(at).and(dossiers::id.gt(last.id.clone()))),
        );
    }
    Ok(query.load(conn)?)
}

/// How many dossiers were received from `from` until before `until`.
///
/// # Errors
/// When the database cannot be read.
pub fn count(conn: &mut Conn, (from, until): (Instant, Instant)) -> StoreResult<i64> {
    Ok(dossiers::table
        .filter(dossiers::received_at.ge(stored(from)))
        .filter(dossiers::received_at.lt(stored(until)))
        .count()
        .get_result(conn)?)
}

/// When the paper of these dossiers reached its unit, by dossier.
///
/// # Errors
/// When the database cannot be read.
pub fn handed_over(conn: &mut Conn, dossier_ids: &[String]) -> StoreResult<HashMap<String, Instant>> {
    let done: Vec<(String, Option<chrono::NaiveDateTime>)> = sub_deadlines::table
        .filter(sub_deadlines::dossier_id.eq_any(dossier_ids))
        .filter(sub_deadlines::kind.eq(SubDeadlineKind::HandOver))
        .filter(sub_deadlines::outcome.eq_any([SubOutcome::Met, SubOutcome::Late]))
        .select((sub_deadlines::dossier_id, sub_deadlines::ended_at))
        .load(conn)?;
    Ok(done.into_iter().filter_map(|(id, at)| Some((id, at?.and_utc()))).collect())
}
