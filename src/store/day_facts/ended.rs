//! The files that ended on a day, and which of them are counted alike at every later cut.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveTime};
use diesel::prelude::*;
use diesel::sql_types::{Bool, Text, Timestamp};

use crate::domain::summary::Counted;
use crate::domain::time::Instant;
use crate::store::columns::stored;
use crate::store::connection::Conn;
use crate::store::counts;
use crate::store::error::StoreResult;

/// A file that ended, as it is counted at every cut behind its end.
#[derive(Debug)]
pub(super) struct Ended {
    pub file: Counted,
    /// It may be counted otherwise at another cut: it was promised something more, or got a letter.
    pub changing: bool,
    /// It waited for its applicant at some time before its end.
    pub waited: bool,
}

#[derive(QueryableByName)]
struct Special {
    #[diesel(sql_type = Text)]
    id: String,
    #[diesel(sql_type = Bool)]
    changing: bool,
}

/// Few of a day: all others are counted alike at any cut.
const SPECIAL: &str = "
SELECT id, changing FROM (
    SELECT d.id,
           d.promise_number > 1 OR d.reschedule_number > 0
           OR EXISTS (SELECT 1 FROM letters l WHERE l.dossier_id = d.id)
           OR EXISTS (SELECT 1 FROM pauses u
                       WHERE u.dossier_id = d.id AND (u.to_at IS NULL OR u.to_at > d.closed_at)) AS changing,
           EXISTS (SELECT 1 FROM pauses u WHERE u.dossier_id = d.id) AS waited
      FROM dossiers d
     WHERE d.agency_id = $1 AND d.closed_at >= $2 AND d.closed_at < $3) ended
 WHERE changing OR waited";

/// The files of an agency that ended from `begins` until before `ends`.
pub(super) fn ended(conn: &mut Conn, agency_id: &str, begins: Instant, ends: Instant) -> StoreResult<Vec<Ended>> {
    let special: Vec<Special> = diesel::sql_query(SPECIAL)
        .bind::<Text, _>(agency_id)
        .bind::<Timestamp, _>(stored(begins))
        .bind::<Timestamp, _>(stored(ends))
        .load(conn)?;
    let special: HashMap<String, bool> = special.into_iter().map(|one| (one.id, one.changing)).collect();
    let files = counts::closed(conn, agency_id, (begins, Some(ends)), at_last())?;
    let one = |file: Counted| {
        let changing = special.get(&file.dossier_id);
        Ended { changing: changing == Some(&true), waited: changing == Some(&false), file }
    };
    Ok(files.into_iter().map(one).collect())
}

/// A cut behind everything.
fn at_last() -> Instant {
    NaiveDate::from_ymd_opt(9_999, 1, 1).unwrap_or_default().and_time(NaiveTime::MIN).and_utc()
}
