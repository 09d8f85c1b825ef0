//! What the dossiers of a period tell about the time they needed, as it stood at a cut; `domain` judges.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use diesel::sql_types::{Nullable, Text, Timestamp};

use crate::domain::channel::Channel;
use crate::domain::dossier::StageName;
use crate::domain::time::Instant;

use super::columns::stored;
use super::connection::Conn;
use super::error::{StoreResult, word};
use super::judged::judged;

/// One dossier with its judged promise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Need {
    pub dossier_id: String,
    pub procedure_code: String,
    pub channel: Channel,
    pub received_at: Instant,
    /// The stage it has today; only its closed kinds may be read, since a closed dossier stays so.
    pub stage: StageName,
    /// When it was closed, if that was before the cut.
    pub closed_at: Option<Instant>,
    /// The judged promise as it stood at the cut.
    pub due_at: Option<Instant>,
    /// Its ledger as JSON, where that tells more than the receipt.
    pub ledger: Option<String>,
    /// Since when and for what it waited at the cut, or when it was closed.
    pub standing: Option<(Instant, StageName)>,
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Text)]
    id: String,
    #[diesel(sql_type = Text)]
    code: String,
    #[diesel(sql_type = Text)]
    channel: String,
    #[diesel(sql_type = Text)]
    stage: String,
    #[diesel(sql_type = Timestamp)]
    received_at: NaiveDateTime,
    #[diesel(sql_type = Nullable<Timestamp>)]
    closed_at: Option<NaiveDateTime>,
    #[diesel(sql_type = Nullable<Timestamp>)]
    due_at: Option<NaiveDateTime>,
    #[diesel(sql_type = Nullable<Text>)]
    ledger: Option<String>,
    #[diesel(sql_type = Nullable<Timestamp>)]
    since: Option<NaiveDateTime>,
    #[diesel(sql_type = Nullable<Text>)]
    waits_for: Option<String>,
}

// `$n` is read by both databases, and stands for the same value wherever it appears.
// A first promise counts from the receipt: its ledger, the bulk of the bytes, stays where it is.
const AT_CUT: &str = concat!(
    "
SELECT d.id, p.code, d.channel, d.stage, d.received_at, d.closed_at,
       ",
    judged!("d.due_at", "q.due_at"),
    " AS due_at,
       ",
    judged!("NULL", "CASE WHEN q.kind IN ('initial', 'imported') THEN NULL ELSE q.ledger END"),
    " AS ledger,
       u.from_at AS since, u.kind AS waits_for
  FROM dossiers d
  JOIN procedures p ON p.id = d.procedure_id
  LEFT JOIN pauses u ON u.dossier_id = d.id AND u.from_at < $1 AND (u.to_at IS NULL OR u.to_at >= $1)
 WHERE d.received_at < $1 AND d.received_at >= $2 AND d.agency_id = $3"
);

/// The dossiers of an agency received from `from` on and before `cut`, as they stood at `cut`. What was written
/// down later with an earlier date is in them.
///
/// # Errors
/// When the database cannot be read.
pub fn at_cut(conn: &mut Conn, agency_id: &str, from: Instant, cut: Instant) -> StoreResult<Vec<Need>> {
    let rows: Vec<Row> = diesel::sql_query(AT_CUT)
        .bind::<Timestamp, _>(stored(cut))
        .bind::<Timestamp, _>(stored(from))
        .bind::<Text, _>(agency_id)
        .load(conn)?;
    rows.into_iter().map(|row| row.need(cut)).collect()
}

impl Row {
    fn need(self, cut: Instant) -> StoreResult<Need> {
        let at = |at: Option<NaiveDateTime>| at.map(|at| at.and_utc());
        let waits_for = self.waits_for.map(|kind| word(&kind, "pauses.kind")).transpose()?;
        Ok(Need {
            dossier_id: self.id,
            procedure_code: self.code,
            channel: word(&self.channel, "dossiers.channel")?,
            received_at: self.received_at.and_utc(),
            stage: word(&self.stage, "dossiers.stage")?,
            closed_at: at(self.closed_at).filter(|closed_at| *closed_at < cut),
            due_at: at(self.due_at),
            ledger: self.ledger,
            standing: at(self.since).zip(waits_for),
        })
    }
}
