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
use super::judged::judged;

/// A dossier with its judged promise, as it stood at a cut.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RiskRow {
    pub id: String,
    pub procedure_code: String,
    /// Of the limit promised; `None`: a promise of another system that could not be counted, or none.
    pub limit_unit: Option<LimitUnit>,
    /// The stage it has today; only its closed kinds may be read, since a closed dossier stays so.
    pub stage: StageName,
    pub received_at: Instant,
    /// When it was closed, if that was before the cut.
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
const FILES: &str = concat!(
    "
SELECT d.id, p.code, j.limit_unit, d.stage, d.received_at, d.closed_at, j.due_at
  FROM dossiers d
  JOIN procedures p ON p.id = d.procedure_id
  LEFT JOIN promises j ON j.dossier_id = d.id AND j.number = ",
    judged!("d.promise_number", "q.number")
);

/// Begun before the cut: also one that a supplement ended at the very moment.
const PAUSES: &str = "
SELECT u.dossier_id, u.kind, u.from_at, u.to_at FROM pauses u JOIN dossiers d ON d.id = u.dossier_id AND u.from_at < $1";

/// Those received from then on and before the cut, and those that were open at it.
const WHICH: &str = " WHERE d.received_at < $1 AND d.agency_id = $2
   AND (d.received_at >= $3 OR d.closed_at IS NULL OR d.closed_at >= $1)";

/// The dossiers of an agency received from `from` on and before `cut`, and every one open then, as they stood at
/// `cut`, with their pauses in order. What was written down later with an earlier date is in them.
///
/// # Errors
/// When the database cannot be read.
pub fn since(
    conn: &mut Conn,
    agency_id: &str,
    (from, cut): (Instant, Instant),
) -> StoreResult<(Vec<RiskRow>, Vec<RiskPause>)> {
    let bound = |sql: String| {
        diesel::sql_query(sql)
            .bind::<Timestamp, _>(stored(cut))
            .bind::<Text, _>(agency_id)
            .bind::<Timestamp, _>(stored(from))
    };
    let rows: Vec<Row> = bound(format!("{FILES}{WHICH}")).load(conn)?;
    let pauses: Vec<Stood> = bound(format!("{PAUSES}{WHICH} ORDER BY u.dossier_id, u.from_at, u.id")).load(conn)?;
    read(rows, pauses, cut)
}

/// These dossiers of an agency in the same way, also those closed or received outside of that time.
///
/// # Errors
/// When the database cannot be read.
pub fn of_ids(
    conn: &mut Conn,
    agency_id: &str,
    ids: &[&str],
    cut: Instant,
) -> StoreResult<(Vec<RiskRow>, Vec<RiskPause>)> {
    let (mut rows, mut pauses): (Vec<Row>, Vec<Stood>) = (Vec::new(), Vec::new());
    for ids in ids.chunks(AT_ONCE) {
        let places: Vec<String> = (3..).zip(ids).map(|(at, _)| format!("${at}")).collect();
        let which = format!(" WHERE d.received_at < $1 AND d.agency_id = $2 AND d.id IN ({})", places.join(", "));
        let bound = |sql: String| {
            let query = diesel::sql_query(sql).into_boxed().bind::<Timestamp, _>(stored(cut));
            let query = query.bind::<Text, _>(agency_id.to_owned());
            ids.iter().fold(query, |query, id| query.bind::<Text, _>((*id).to_owned()))
        };
        rows.extend(bound(format!("{FILES}{which}")).load::<Row>(conn)?);
        let ordered = format!("{PAUSES}{which} ORDER BY u.dossier_id, u.from_at, u.id");
        pauses.extend(bound(ordered).load::<Stood>(conn)?);
    }
    read(rows, pauses, cut)
}

/// Dossiers asked for in one statement.
const AT_ONCE: usize = 500;

fn read(rows: Vec<Row>, pauses: Vec<Stood>, cut: Instant) -> StoreResult<(Vec<RiskRow>, Vec<RiskPause>)> {
    let rows = rows.into_iter().map(|row| row.risk(cut)).collect::<StoreResult<_>>()?;
    let pauses = pauses.into_iter().map(|stood| stood.pause(cut)).collect::<StoreResult<_>>()?;
    Ok((rows, pauses))
}

impl Row {
    fn risk(self, cut: Instant) -> StoreResult<RiskRow> {
        let at = |at: Option<NaiveDateTime>| at.map(|at| at.and_utc());
        Ok(RiskRow {
            id: self.id,
            procedure_code: self.code,
            limit_unit: self.limit_unit.map(|unit| word(&unit, "promises.limit_unit")).transpose()?,
            stage: word(&self.stage, "dossiers.stage")?,
            received_at: self.received_at.and_utc(),
            closed_at: at(self.closed_at).filter(|closed_at| *closed_at < cut),
            due_at: at(self.due_at),
        })
    }
}

impl Stood {
    fn pause(self, cut: Instant) -> StoreResult<RiskPause> {
        Ok(RiskPause {
            dossier_id: self.dossier_id,
            waits_for: word(&self.kind, "pauses.kind")?,
            from: self.from_at.and_utc(),
            to: self.to_at.map(|to| to.and_utc()).filter(|to| *to < cut),
        })
    }
}
