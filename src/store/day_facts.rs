//! Facts of past days: what every report reads of a finished file, kept by the day on which it ended.
//!
//! A finished file is counted alike at every cut behind its end, so what was promised and paused need not be asked
//! of it again and again. Files that may be counted otherwise at another cut are named, and read as before. What is
//! kept can always be thrown away: whatever touches a finished file does so with its day, and a day without facts is
//! read from the files.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use diesel::sql_types::{Date, Nullable, Text, Timestamp};

use crate::domain::summary::Counted;
use crate::domain::time::{Instant, civil_day, day_begins};

use super::columns::stored;
use super::connection::{Conn, Tx, at_one_moment};
use super::error::{StoreError, StoreResult};
use super::schema::{day_facts, dossiers};

mod ended;
mod text;

use ended::{Ended, ended};
use text::{Reader, Unreadable, written};

/// Facts of files that took about as long: `2^span` days or more, and less than twice that.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = day_facts)]
struct Row {
    agency_id: String,
    day: NaiveDate,
    span: i32,
    earliest: NaiveDateTime,
    files: String,
}

/// What is known of finished files at a cut.
#[derive(Debug)]
pub(super) struct Facts {
    pub files: Vec<Counted>,
    /// Ids of those that have to be read.
    pub changing: Vec<String>,
    days: BTreeSet<NaiveDate>,
}

/// Reads what is kept of the files that ended at `from` or later and were received before `cut`.
pub(super) fn read(conn: &mut Conn, agency_id: &str, from: Instant, cut: Instant) -> StoreResult<Facts> {
    #[derive(QueryableByName)]
    struct Found {
        #[diesel(sql_type = Date)]
        day: NaiveDate,
        #[diesel(sql_type = Nullable<Text>)]
        files: Option<String>,
    }
    let asked = "SELECT f.day, CASE WHEN f.earliest < $1 THEN f.files END AS files
                   FROM day_facts f WHERE f.agency_id = $2 AND f.day >= $3";
    let rows: Vec<Found> = diesel::sql_query(asked)
        .bind::<Timestamp, _>(stored(cut))
        .bind::<Text, _>(agency_id)
        .bind::<Date, _>(civil_day(from))
        .load(conn)?;
    let (mut reader, mut days) = (Reader::new(from, cut), BTreeSet::new());
    for Found { day, files } in rows {
        days.insert(day);
        let read = files.map_or(Ok(()), |text| reader.add(&text));
        read.map_err(|Unreadable| StoreError::Corrupt(format!("day_facts.files of {day}")))?;
    }
    Ok(Facts { files: reader.files, changing: reader.changing, days })
}

impl Facts {
    /// From when until when files ended of which nothing is kept; `None`: until today and ever after.
    pub(super) fn gaps(&self, from: Instant) -> Vec<(Instant, Option<Instant>)> {
        let (mut gaps, mut at) = (Vec::new(), from);
        for day in &self.days {
            let begins = day_begins(*day);
            if begins > at {
                gaps.push((at, Some(begins)));
            }
            at = at.max(day_begins(*day + Days::new(1)));
        }
        gaps.push((at, None));
        gaps
    }
}

/// Takes away what is kept of the day on which a file ended.
pub(super) fn forget(tx: &mut Tx<'_>, agency_id: &str, closed_at: Option<Instant>) -> StoreResult<()> {
    let Some(closed_at) = closed_at else { return Ok(()) };
    let of_day =
        day_facts::table.filter(day_facts::agency_id.eq(agency_id)).filter(day_facts::day.eq(civil_day(closed_at)));
    diesel::delete(of_day).execute(&mut **tx)?;
    Ok(())
}

/// Takes away what is kept of the days on which these dossiers ended, as far as they did.
pub(super) fn forget_of(tx: &mut Tx<'_>, ids: &[&str]) -> StoreResult<()> {
    let ended: Vec<(String, Option<NaiveDateTime>)> = dossiers::table
        .filter(dossiers::id.eq_any(ids.iter().copied()))
        .filter(dossiers::closed_at.is_not_null())
        .select((dossiers::agency_id, dossiers::closed_at))
        .load(&mut **tx)?;
    let days: BTreeMap<(&str, NaiveDate), Instant> = ended
        .iter()
        .filter_map(|(agency_id, at)| at.map(|at| ((agency_id.as_str(), civil_day(at.and_utc())), at.and_utc())))
        .collect();
    days.into_iter().try_for_each(|((agency_id, _), at)| forget(tx, agency_id, Some(at)))
}

/// Takes away everything that is kept of an agency.
///
/// # Errors
/// When the database cannot be written.
pub fn forget_all(tx: &mut Tx<'_>, agency_id: &str) -> StoreResult<()> {
    diesel::delete(day_facts::table.filter(day_facts::agency_id.eq(agency_id))).execute(&mut **tx)?;
    Ok(())
}

/// The days before `until` of which nothing is kept, since the first file of the agency ended.
///
/// # Errors
/// When the database cannot be read.
pub fn missing(conn: &mut Conn, agency_id: &str, until: NaiveDate) -> StoreResult<Vec<NaiveDate>> {
    let first: Option<NaiveDateTime> = dossiers::table
        .filter(dossiers::agency_id.eq(agency_id))
        .filter(dossiers::closed_at.is_not_null())
        .select(diesel::dsl::min(dossiers::closed_at))
        .first(conn)?;
    let Some(first) = first else { return Ok(Vec::new()) };
    let kept = days(conn, agency_id)?;
    let all = civil_day(first.and_utc()).iter_days().take_while(|day| *day < until);
    Ok(all.filter(|day| !kept.contains(day)).collect())
}

/// The days of an agency of which something is kept.
///
/// # Errors
/// When the database cannot be read.
pub fn days(conn: &mut Conn, agency_id: &str) -> StoreResult<BTreeSet<NaiveDate>> {
    let days: Vec<NaiveDate> =
        day_facts::table.filter(day_facts::agency_id.eq(agency_id)).select(day_facts::day).distinct().load(conn)?;
    Ok(days.into_iter().collect())
}

/// Keeps the facts of a day in place of those that may be there; answers how many files ended on it.
///
/// # Errors
/// When the database cannot be read or written.
pub fn keep(tx: &mut Tx<'_>, agency_id: &str, day: NaiveDate) -> StoreResult<u64> {
    let (rows, files) = made(tx, agency_id, day)?;
    forget(tx, agency_id, Some(day_begins(day)))?;
    for row in rows {
        diesel::insert_into(day_facts::table).values(row).execute(&mut **tx)?;
    }
    Ok(files)
}

/// Whether what is kept of a day is what its files give; so it is when nothing is.
///
/// # Errors
/// When the database cannot be read.
pub fn holds(conn: &mut Conn, agency_id: &str, day: NaiveDate) -> StoreResult<bool> {
    // Whoever touches a file meanwhile takes its day away with it: seen at one moment, there is nothing between.
    at_one_moment(conn, |conn| {
        let kept: Vec<Row> = day_facts::table
            .filter(day_facts::agency_id.eq(agency_id))
            .filter(day_facts::day.eq(day))
            .order(day_facts::span.asc())
            .select(Row::as_select())
            .load(conn)?;
        Ok(kept.is_empty() || kept == made(conn, agency_id, day)?.0)
    })
}

/// The rows of a day as its files give them, and how many files these are. A day on which none ended has a row, too.
fn made(conn: &mut Conn, agency_id: &str, day: NaiveDate) -> StoreResult<(Vec<Row>, u64)> {
    let mut files = ended(conn, agency_id, day_begins(day), day_begins(day + Days::new(1)))?;
    files.sort_by(|one, other| one.file.dossier_id.cmp(&other.file.dossier_id));
    let mut spans: BTreeMap<i32, Vec<Ended>> = BTreeMap::new();
    let count = u64::try_from(files.len()).unwrap_or(u64::MAX);
    spans.entry(0).or_default();
    for one in files {
        spans.entry(span(&one.file)).or_default().push(one);
    }
    let row = |(span, files): (i32, Vec<Ended>)| {
        let earliest = files.iter().map(|one| one.file.received_at).min().unwrap_or_else(|| day_begins(day));
        let (agency_id, earliest) = (agency_id.to_owned(), stored(earliest));
        Row { agency_id, day, span, earliest, files: written(files) }
    };
    Ok((spans.into_iter().map(row).collect(), count))
}

fn span(file: &Counted) -> i32 {
    let days = file.closed_at.map_or(0, |at| (at - file.received_at).num_days());
    i32::try_from(u64::try_from(days).unwrap_or(0).saturating_add(1).ilog2()).unwrap_or(0)
}
