//! What tells how long files take: the columns of it and no more, since it is read of years of files.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use diesel::sql_types::{Nullable, Text, Timestamp};

use crate::domain::dossier::StageName;
use crate::domain::limit::LimitUnit;
use crate::domain::time::Instant;

use super::columns::stored;
use super::connection::Conn;
use super::error::{StoreResult, word};

/// A dossier with its judged promise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RiskRow {
    pub id: String,
    pub procedure_code: String,
    /// Of the limit promised; `None`: a promise of another system that could not be counted, or none.
    pub limit_unit: Option<LimitUnit>,
    pub stage: StageName,
    pub received_at: Instant,
    pub closed_at: Option<Instant>,
    pub due_at: Option<Instant>,
}

/// A pause of one of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RiskPause {
    pub dossier_id: String,
    pub waits_for: StageName,
    pub from: Instant,
    pub to: Option<Instant>,
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Text)]
    id: String,
    #[diesel(sql_type = Text)]
    code: String,
    #[diesel(sql_type = Nullable<Text>)]
    limit_unit: Option<String>,
    #[diesel(sql_type = Text)]
    stage: String,
    #[diesel(sql_type = Timestamp)]
    received_at: NaiveDateTime,
    #[diesel(sql_type = Nullable<Timestamp>)]
    closed_at: Option<NaiveDateTime>,
    #[diesel(sql_type = Nullable<Timestamp>)]
    due_at: Option<NaiveDateTime>,
}

#[derive(QueryableByName)]
struct Stood {
    #[diesel(sql_type = Text)]
    dossier_id: String,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Timestamp)]
    from_at: NaiveDateTime,
    #[diesel(sql_type = Nullable<Timestamp>)]
    to_at: Option<NaiveDateTime>,
}

// `$n` is read by both databases; SQLite numbers them in order of appearance, so they appear in order.
const FILES: &str = "
SELECT d.id, p.code, q.limit_unit, d.stage, d.received_at, d.closed_at, d.due_at
  FROM dossiers d
  JOIN procedures p ON p.id = d.procedure_id
  LEFT JOIN promises q ON q.dossier_id = d.id AND q.number = d.promise_number";

const PAUSES: &str = "
SELECT u.dossier_id, u.kind, u.from_at, u.to_at FROM pauses u JOIN dossiers d ON d.id = u.dossier_id";

/// Those received from then on up to `now`, and those that are still open.
const WHICH: &str = " WHERE d.agency_id = $1 AND d.received_at <= $2 AND (d.received_at >= $3 OR d.closed_at IS NULL)";

/// The dossiers of an agency received from `from` on up to `now`, and every open one, with their pauses in order.
///
/// # Errors
/// When the database cannot be read.
pub fn since(
    conn: &mut Conn,
    agency_id: &str,
    (from, now): (Instant, Instant),
) -> StoreResult<(Vec<RiskRow>, Vec<RiskPause>)> {
    let bound = |sql: String| {
        diesel::sql_query(sql)
            .bind::<Text, _>(agency_id)
            .bind::<Timestamp, _>(stored(now))
            .bind::<Timestamp, _>(stored(from))
    };
    let rows: Vec<Row> = bound(format!("{FILES}{WHICH}")).load(conn)?;
    let pauses: Vec<Stood> = bound(format!("{PAUSES}{WHICH} ORDER BY u.dossier_id, u.from_at, u.id")).load(conn)?;
    let rows = rows.into_iter().map(Row::risk).collect::<StoreResult<_>>()?;
    let pauses = pauses.into_iter().map(Stood::pause).collect::<StoreResult<_>>()?;
    Ok((rows, pauses))
}

impl Row {
    fn risk(self) -> StoreResult<RiskRow> {
        let at = |at: Option<NaiveDateTime>| at.map(|at| at.and_utc());
        Ok(RiskRow {
            id: self.id,
            procedure_code: self.code,
            limit_unit: self.limit_unit.map(|unit| word(&unit, "promises.limit_unit")).transpose()?,
            stage: word(&self.stage, "dossiers.stage")?,
            received_at: self.received_at.and_utc(),
            closed_at: at(self.closed_at),
            due_at: at(self.due_at),
        })
    }
}

impl Stood {
    fn pause(self) -> StoreResult<RiskPause> {
        Ok(RiskPause {
            dossier_id: self.dossier_id,
            waits_for: word(&self.kind, "pauses.kind")?,
            from: self.from_at.and_utc(),
            to: self.to_at.map(|to| to.and_utc()),
        })
    }
}
