//! The journal: everything that happened, in one order, each line sealed with the hash of the one before.
//!
//! The events of a dossier are its lines here. Bodies hold no personal data, so that a name can be
//! corrected or erased without breaking the chain.

use diesel::prelude::*;
use sha2::{Digest, Sha256};

use crate::domain::dossier::StepKind;
use crate::domain::time::{Instant, rfc3339};

use super::columns::{At, stored};
use super::connection::{Conn, Tx, insert_all};
use super::error::StoreResult;
use super::schema::{journal, journal_head};

mod search;

pub use search::{Wanted, search};

/// A line to be written.
#[derive(Debug, Clone)]
pub struct Line<'a> {
    /// When it was written down.
    pub recorded_at: Instant,
    /// When it took effect; earlier for a history taken over by import.
    pub at: Instant,
    pub actor: &'a str,
    pub kind: &'a str,
    pub dossier_id: Option<&'a str>,
    /// JSON without personal data.
    pub body: String,
}

/// A line as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = journal)]
pub struct Entry {
    pub seq: i64,
    #[diesel(deserialize_as = At)]
    pub recorded_at: Instant,
    #[diesel(deserialize_as = At)]
    pub at: Instant,
    pub actor: String,
    pub kind: String,
    pub dossier_id: Option<String>,
    pub body: String,
    pub hash: String,
}

/// Appends the lines in order and seals them.
///
/// # Errors
/// When the database cannot be written.
pub fn append(tx: &mut Tx<'_>, lines: &[Line<'_>]) -> StoreResult<()> {
    let (before, mut hash) = head(tx)?;
    let mut last = before;
    let mut sealed = Vec::with_capacity(lines.len());
    for (seq, line) in (before + 1..).zip(lines) {
        last = seq;
        hash = seal(&hash, seq, line);
        sealed.push((
            journal::seq.eq(seq),
            journal::recorded_at.eq(stored(line.recorded_at)),
            journal::at.eq(stored(line.at)),
            journal::actor.eq(line.actor),
            journal::kind.eq(line.kind),
            journal::dossier_id.eq(line.dossier_id),
            journal::body.eq(&line.body),
            journal::hash.eq(hash.clone()),
        ));
    }
    insert_all!(tx, journal::table, sealed);
    diesel::update(journal_head::table.filter(journal_head::id.eq(1)))
        .set((journal_head::seq.eq(last), journal_head::hash.eq(&hash)))
        .execute(&mut **tx)?;
    Ok(())
}

/// The events of one dossier, oldest first.
///
/// # Errors
/// When the database cannot be read.
pub fn of_dossier(conn: &mut Conn, dossier_id: &str) -> StoreResult<Vec<Entry>> {
    Ok(journal::table
        .filter(journal::dossier_id.eq(dossier_id))
        .order(journal::seq.asc())
        .select(Entry::as_select())
        .load(conn)?)
}

/// The events of one kind of several dossiers, oldest first.
///
/// # Errors
/// When the database cannot be read.
pub fn of_dossiers_and_kind(conn: &mut Conn, dossier_ids: &[String], kind: &str) -> StoreResult<Vec<Entry>> {
    Ok(journal::table
        .filter(journal::dossier_id.eq_any(dossier_ids))
        .filter(journal::kind.eq(kind))
        .order(journal::seq.asc())
        .select(Entry::as_select())
        .load(conn)?)
}

/// The bodies of the lines that speak of letters of these dossiers and took effect before `cut`, oldest first,
/// with the dossier of each.
///
/// # Errors
/// When the database cannot be read.
pub fn of_letters_before(conn: &mut Conn, dossier_ids: &[&str], cut: Instant) -> StoreResult<Vec<(String, String)>> {
    let kinds = [
        StepKind::DelayDeclared,
        StepKind::Rescheduled,
        StepKind::LetterDrafted,
        StepKind::LetterIssued,
        StepKind::LossDeclared,
    ]
    .map(StepKind::as_str);
    let mut found = Vec::new();
    // Databases limit the values of one statement.
    for ids in dossier_ids.chunks(500) {
        let rows: Vec<(Option<String>, String)> = journal::table
            .filter(journal::dossier_id.eq_any(ids.iter().copied()))
            .filter(journal::kind.eq_any(kinds))
            .filter(journal::at.lt(stored(cut)))
            .order(journal::seq.asc())
            .select((journal::dossier_id, journal::body))
            .load(conn)?;
        found.extend(rows.into_iter().filter_map(|(dossier_id, body)| Some((dossier_id?, body))));
    }
    Ok(found)
}

/// The events of one kind of a dossier, oldest first.
///
/// # Errors
/// When the database cannot be read.
pub fn of_dossier_and_kind(conn: &mut Conn, dossier_id: &str, kind: &str) -> StoreResult<Vec<Entry>> {
    Ok(journal::table
        .filter(journal::dossier_id.eq(dossier_id))
        .filter(journal::kind.eq(kind))
        .order(journal::seq.asc())
        .select(Entry::as_select())
        .load(conn)?)
}

/// The lines of one kind, oldest first.
///
/// # Errors
/// When the database cannot be read.
pub fn of_kind(conn: &mut Conn, kind: &str) -> StoreResult<Vec<Entry>> {
    Ok(journal::table.filter(journal::kind.eq(kind)).order(journal::seq.asc()).select(Entry::as_select()).load(conn)?)
}

/// The events of one kind that took effect at `at` or later, oldest first.
///
/// # Errors
/// When the database cannot be read.
pub fn of_kind_since(conn: &mut Conn, kind: &str, at: Instant) -> StoreResult<Vec<Entry>> {
    Ok(journal::table
        .filter(journal::kind.eq(kind))
        .filter(journal::at.ge(stored(at)))
        .order((journal::at.asc(), journal::seq.asc()))
        .select(Entry::as_select())
        .load(conn)?)
}

/// The events of these kinds that were written down at `known` or later and took effect before `cut`, oldest
/// first. `known` is no earlier than `cut`, so that all of them were written down after they took effect.
///
/// # Errors
/// When the database cannot be read.
pub fn belated(conn: &mut Conn, known: Instant, cut: Instant, kinds: &[&str]) -> StoreResult<Vec<Entry>> {
    Ok(journal::table
        .filter(journal::recorded_at.gt(journal::at))
        .filter(journal::recorded_at.ge(stored(known)))
        .filter(journal::at.lt(stored(cut)))
        .filter(journal::kind.eq_any(kinds))
        .order(journal::seq.asc())
        .select(Entry::as_select())
        .load(conn)?)
}

/// Up to `limit` lines after `seq`, for walking the chain.
///
/// # Errors
/// When the database cannot be read.
pub fn after(conn: &mut Conn, seq: i64, limit: i64) -> StoreResult<Vec<Entry>> {
    Ok(journal::table
        .filter(journal::seq.gt(seq))
        .order(journal::seq.asc())
        .limit(limit)
        .select(Entry::as_select())
        .load(conn)?)
}

/// The earliest moment at which one of the lines after `seq` took effect.
///
/// # Errors
/// When the database cannot be read.
pub fn earliest_effect_after(conn: &mut Conn, seq: i64) -> StoreResult<Option<Instant>> {
    let earliest: Option<chrono::NaiveDateTime> =
        journal::table.filter(journal::seq.gt(seq)).select(diesel::dsl::min(journal::at)).first(conn)?;
    Ok(earliest.map(|at| at.and_utc()))
}

/// When the newest `limit` lines of a kind were written down, newest first.
///
/// # Errors
/// When the database cannot be read.
pub fn newest_of_kind(conn: &mut Conn, kind: &str, limit: i64) -> StoreResult<Vec<Instant>> {
    let rows: Vec<chrono::NaiveDateTime> = journal::table
        .filter(journal::kind.eq(kind))
        .order(journal::seq.desc())
        .limit(limit)
        .select(journal::recorded_at)
        .load(conn)?;
    Ok(rows.into_iter().map(|at| at.and_utc()).collect())
}

/// Number of the newest line and its hash.
///
/// # Errors
/// When the database cannot be read.
pub fn head(conn: &mut Conn) -> StoreResult<(i64, String)> {
    Ok(journal_head::table.select((journal_head::seq, journal_head::hash)).first(conn)?)
}

/// The seal of a line: SHA-256 over the seal before it and every field, each ended by a line feed
/// (no field but the body can hold one, and the body comes last).
#[must_use]
pub fn seal(before: &str, seq: i64, line: &Line<'_>) -> String {
    let text = format!(
        "{before}\n{seq}\n{}\n{}\n{}\n{}\n{}\n{}",
        rfc3339(line.recorded_at),
        rfc3339(line.at),
        line.actor,
        line.kind,
        line.dossier_id.unwrap_or(""),
        line.body
    );
    hex(&Sha256::digest(text.as_bytes()))
}

impl Entry {
    /// The seal this line should carry after one sealed `before`.
    #[must_use]
    pub fn expected_hash(&self, before: &str) -> String {
        let line = Line {
            recorded_at: self.recorded_at,
            at: self.at,
            actor: &self.actor,
            kind: &self.kind,
            dossier_id: self.dossier_id.as_deref(),
            body: self.body.clone(),
        };
        seal(before, self.seq, &line)
    }
}

/// Lower-case hexadecimal digits of `bytes`.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
