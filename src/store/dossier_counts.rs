//! How many open dossiers stand in each part of the queue, in one question: the same parts as in
//! `dossier_lists`, and a test holds them together.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text, Timestamp};

use crate::domain::time::Instant;

use super::columns::stored;
use super::connection::Conn;
use super::error::StoreResult;
use super::scope;

/// The ends of the days that the queue tells apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ends {
    pub now: Instant,
    pub today: Instant,
    pub tomorrow: Instant,
    pub week: Instant,
}

/// Open dossiers by part.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, QueryableByName)]
pub struct Counts {
    #[diesel(sql_type = BigInt)]
    pub open: i64,
    #[diesel(sql_type = BigInt)]
    pub overdue: i64,
    #[diesel(sql_type = BigInt)]
    pub today: i64,
    #[diesel(sql_type = BigInt)]
    pub tomorrow: i64,
    #[diesel(sql_type = BigInt)]
    pub week: i64,
    #[diesel(sql_type = BigInt)]
    pub waiting: i64,
    #[diesel(sql_type = BigInt)]
    pub without_promise: i64,
    #[diesel(sql_type = BigInt)]
    pub hand_over: i64,
    #[diesel(sql_type = BigInt)]
    pub consultation: i64,
}

// `$n` is read by both databases; SQLite numbers them in order of appearance, so they appear in order.
const COUNTS: &str = "
SELECT COUNT(*) AS open,
       COUNT(CASE WHEN d.due_at < $1 AND (d.paused_since IS NULL OR d.paused_since > d.due_at) THEN 1 END) AS overdue,
       COUNT(CASE WHEN d.paused_since IS NULL AND d.due_at >= $1 AND d.due_at < $2 THEN 1 END) AS today,
       COUNT(CASE WHEN d.paused_since IS NULL AND d.due_at >= $2 AND d.due_at < $3 THEN 1 END) AS tomorrow,
       COUNT(CASE WHEN d.paused_since IS NULL AND d.due_at >= $1 AND d.due_at < $4 THEN 1 END) AS week,
       COUNT(d.paused_since) AS waiting,
       COUNT(CASE WHEN d.due_at IS NULL THEN 1 END) AS without_promise,
       (SELECT COUNT(DISTINCT h.dossier_id) FROM sub_deadlines h JOIN dossiers d ON d.id = h.dossier_id
         WHERE h.ended_at IS NULL AND h.kind = 'hand_over' AND d.closed_at IS NULL /*narrowed*/) AS hand_over,
       (SELECT COUNT(DISTINCT k.dossier_id) FROM sub_deadlines k JOIN dossiers d ON d.id = k.dossier_id
         WHERE k.ended_at IS NULL AND k.due_at < $1 AND k.kind = 'consultation' AND d.closed_at IS NULL /*narrowed*/) AS consultation
  FROM dossiers d /*index*/
 WHERE d.closed_at IS NULL /*narrowed*/";

/// The open dossiers, of a unit and of an officer where these are given.
///
/// # Errors
/// When the database cannot be read.
pub fn counts(conn: &mut Conn, ends: Ends, unit_id: Option<&str>, officer_id: Option<&str>) -> StoreResult<Counts> {
    let narrowed = match (unit_id, officer_id) {
        (None, None) => "",
        (Some(_), None) => "AND d.unit_id = $5",
        (None, Some(_)) => "AND d.officer_id = $5",
        (Some(_), Some(_)) => "AND d.unit_id = $5 AND d.officer_id = $6",
    };
    // Without statistics SQLite takes the index of all dossiers of a person for as good as that of the open ones.
    let veiled = scope::is_veiled(conn)?;
    let index = match (&conn, unit_id, officer_id) {
        (Conn::Pg(_), ..) => "",
        // A view has no index to name.
        _ if veiled => "",
        (Conn::Lite(_), _, Some(_)) => "INDEXED BY dossiers_open_of_officer",
        (Conn::Lite(_), Some(_), None) => "INDEXED BY dossiers_open_of_unit",
        (Conn::Lite(_), None, None) => "INDEXED BY dossiers_open",
    };
    let query = diesel::sql_query(COUNTS.replace("/*narrowed*/", narrowed).replace("/*index*/", index))
        .bind::<Timestamp, _>(stored(ends.now))
        .bind::<Timestamp, _>(stored(ends.today))
        .bind::<Timestamp, _>(stored(ends.tomorrow))
        .bind::<Timestamp, _>(stored(ends.week));
    Ok(match (unit_id, officer_id) {
        (None, None) => query.get_result(conn)?,
        (Some(id), None) | (None, Some(id)) => query.bind::<Text, _>(id).get_result(conn)?,
        (Some(unit), Some(officer)) => query.bind::<Text, _>(unit).bind::<Text, _>(officer).get_result(conn)?,
    })
}
