//! The immutable instants behind the figures, as they stood at a cut; `domain` judges them.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Nullable, Text, Timestamp};

use crate::domain::summary::Counted;
use crate::domain::time::Instant;

use super::columns::stored;
use super::connection::{Conn, at_one_moment};
use super::day_facts;
use super::error::{StoreResult, word};
use super::judged::judged;

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Text)]
    id: String,
    #[diesel(sql_type = Text)]
    procedure_id: String,
    #[diesel(sql_type = Nullable<Text>)]
    unit_id: Option<String>,
    #[diesel(sql_type = Text)]
    channel: String,
    #[diesel(sql_type = Text)]
    service_level: String,
    #[diesel(sql_type = Text)]
    stage: String,
    #[diesel(sql_type = Timestamp)]
    received_at: NaiveDateTime,
    #[diesel(sql_type = Nullable<Timestamp>)]
    closed_at: Option<NaiveDateTime>,
    #[diesel(sql_type = Nullable<Timestamp>)]
    due_at: Option<NaiveDateTime>,
    #[diesel(sql_type = Nullable<Timestamp>)]
    statutory_due_at: Option<NaiveDateTime>,
    #[diesel(sql_type = Nullable<Timestamp>)]
    new_due_at: Option<NaiveDateTime>,
    #[diesel(sql_type = Nullable<Timestamp>)]
    paused_since: Option<NaiveDateTime>,
    #[diesel(sql_type = Nullable<Timestamp>)]
    apologised_at: Option<NaiveDateTime>,
    #[diesel(sql_type = Bool)]
    paper_supplement: bool,
    #[diesel(sql_type = Bool)]
    presence_required: bool,
    #[diesel(sql_type = Bool)]
    fee_due: bool,
    #[diesel(sql_type = Bool)]
    paid_online: bool,
    #[diesel(sql_type = Bool)]
    e_result: bool,
    #[diesel(sql_type = Bool)]
    cross_boundary: bool,
}

// `$n` is read by both databases, and stands for the same value wherever it appears.
// No new date is a file's first promise, unless nothing else was promised: the index alone says that there is none.
const AT_CUT: &str = concat!(
    "
SELECT d.id, d.procedure_id, d.unit_id, d.channel, p.service_level, d.stage, d.received_at, d.closed_at,
       d.paper_supplement, d.presence_required, d.fee_due, d.paid_online, d.e_result,
       EXISTS (SELECT 1 FROM filings g WHERE g.dossier_id = d.id AND g.cross_boundary) AS cross_boundary,
       ",
    judged!("d.due_at", "q.due_at"),
    " AS due_at,
       ",
    judged!("d.statutory_due_at", "q.statutory_due_at"),
    " AS statutory_due_at,
       (SELECT q.due_at FROM promises q
         WHERE q.dossier_id = d.id AND q.number > CASE WHEN d.promise_number > 0 THEN 1 ELSE 0 END
           AND q.kind = 'rescheduled' AND q.made_at < $1
           AND (q.superseded_at IS NULL OR q.superseded_at >= $1)
         ORDER BY q.number DESC LIMIT 1) AS new_due_at,
       (SELECT u.from_at FROM pauses u
         WHERE u.dossier_id = d.id AND u.from_at < $1 AND (u.to_at IS NULL OR u.to_at >= $1)
         ORDER BY u.from_at DESC LIMIT 1) AS paused_since,
       (SELECT MIN(l.issued_at) FROM letters l
         WHERE l.dossier_id = d.id AND l.state = 'issued' AND l.issued_at < $1
           AND (l.kind IN ('apology', 'late-result')
                -- A loss that brought the one new date is the apology for the delay as well.
                OR l.kind = 'loss' AND EXISTS (SELECT 1 FROM promises r WHERE r.dossier_id = d.id
                     AND r.kind = 'rescheduled' AND r.made_at = l.issued_at))
           -- What was dropped after the cut still carried it then.
           AND (NOT EXISTS (SELECT 1 FROM outbox o WHERE o.letter_id = l.id AND o.created_at < $1)
                OR EXISTS (SELECT 1 FROM outbox o WHERE o.letter_id = l.id AND o.created_at < $1
                     AND (o.state <> 'void' OR o.settled_at >= $1)))) AS apologised_at
  FROM dossiers d JOIN procedures p ON p.id = d.procedure_id
 WHERE d.received_at < $1"
);

/// Dossiers asked for in one statement.
const AT_ONCE: usize = 500;

/// The dossiers of an agency received before `cut` and not closed before `from`, as they stood at `cut`; only the
/// unit is today's, and the journal knows the one of then. What was written down later with an earlier date is in them.
/// Of past days their facts are read, where they are kept.
///
/// # Errors
/// When the database cannot be read.
pub fn at_cut(conn: &mut Conn, agency_id: &str, from: Instant, cut: Instant) -> StoreResult<Vec<Counted>> {
    at_one_moment(conn, |conn| {
        let facts = day_facts::read(conn, agency_id, from, cut)?;
        let changing: Vec<&str> = facts.changing.iter().map(String::as_str).collect();
        let mut files = of_ids(conn, agency_id, &changing, cut)?;
        files.retain(|file| file.closed_at.is_none_or(|at| at >= from));
        let open: Vec<Row> = diesel::sql_query(format!("{AT_CUT} AND d.agency_id = $2 AND d.closed_at IS NULL"))
            .bind::<Timestamp, _>(stored(cut))
            .bind::<Text, _>(agency_id)
            .load(conn)?;
        for row in open {
            files.push(row.counted()?);
        }
        for (begins, ends) in facts.gaps(from) {
            files.extend(closed(conn, agency_id, (begins, ends), cut)?);
        }
        files.extend(facts.files);
        Ok(files)
    })
}

/// Those that ended within this time, as they stood at `cut`.
pub(super) fn closed(
    conn: &mut Conn,
    agency_id: &str,
    (begins, ends): (Instant, Option<Instant>),
    cut: Instant,
) -> StoreResult<Vec<Counted>> {
    let until = if ends.is_some() { " AND d.closed_at < $4" } else { "" };
    // Of one agency nearly all files were received before: SQLite must not begin with these.
    let at_cut = match conn {
        Conn::Pg(_) => AT_CUT.to_owned(),
        Conn::Lite(_) => AT_CUT.replace("WHERE d.received_at", "WHERE +d.received_at"),
    };
    let mut query = diesel::sql_query(format!("{at_cut} AND d.agency_id = $2 AND d.closed_at >= $3{until}"))
        .into_boxed()
        .bind::<Timestamp, _>(stored(cut))
        .bind::<Text, _>(agency_id)
        .bind::<Timestamp, _>(stored(begins));
    if let Some(ends) = ends {
        query = query.bind::<Timestamp, _>(stored(ends));
    }
    let rows: Vec<Row> = query.load(conn)?;
    rows.into_iter().map(Row::counted).collect()
}

/// These dossiers of an agency as they stood at `cut`, also those received or closed outside of any period.
///
/// # Errors
/// When the database cannot be read.
pub fn of_ids(conn: &mut Conn, agency_id: &str, ids: &[&str], cut: Instant) -> StoreResult<Vec<Counted>> {
    let mut found = Vec::with_capacity(ids.len());
    let sql = AT_CUT.replace("WHERE d.received_at < $1", "WHERE d.agency_id = $2 AND d.id IN (");
    for ids in ids.chunks(AT_ONCE) {
        let places: Vec<String> = (3..).zip(ids).map(|(at, _)| format!("${at}")).collect();
        let query = diesel::sql_query(format!("{sql}{})", places.join(", ")));
        let mut query = query.into_boxed().bind::<Timestamp, _>(stored(cut)).bind::<Text, _>(agency_id.to_owned());
        for id in ids {
            query = query.bind::<Text, _>((*id).to_owned());
        }
        let rows: Vec<Row> = query.load(conn)?;
        found.extend(rows.into_iter().map(Row::counted).collect::<StoreResult<Vec<_>>>()?);
    }
    Ok(found)
}

impl Row {
    fn counted(self) -> StoreResult<Counted> {
        let at = |at: Option<NaiveDateTime>| at.map(|at| at.and_utc());
        Ok(Counted {
            channel: word(&self.channel, "dossiers.channel")?,
            service_level: word(&self.service_level, "procedures.service_level")?,
            stage: word(&self.stage, "dossiers.stage")?,
            dossier_id: self.id,
            procedure_id: self.procedure_id,
            unit_id: self.unit_id,
            received_at: self.received_at.and_utc(),
            closed_at: at(self.closed_at),
            due_at: at(self.due_at),
            statutory_due_at: at(self.statutory_due_at),
            new_due_at: at(self.new_due_at),
            paused_since: at(self.paused_since),
            apologised_at: at(self.apologised_at),
            paper_supplement: self.paper_supplement,
            presence_required: self.presence_required,
            fee_due: self.fee_due,
            paid_online: self.paid_online,
            cross_boundary: self.cross_boundary,
            e_result: self.e_result,
        })
    }
}

/// How many dossiers there are at all.
///
/// # Errors
/// When the database cannot be read.
pub fn dossiers(conn: &mut Conn) -> StoreResult<i64> {
    #[derive(QueryableByName)]
    struct Count {
        #[diesel(sql_type = BigInt)]
        n: i64,
    }
    let counts: Vec<Count> = diesel::sql_query("SELECT COUNT(*) AS n FROM dossiers").load(conn)?;
    Ok(counts.first().map_or(0, |count| count.n))
}
