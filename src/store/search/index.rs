//! The index of words: made with the database, kept with each dossier, filled for those from before it was there.

use chrono::NaiveDateTime;
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{Text, Timestamp};

use super::phrase;
use crate::store::connection::{Conn, Tx};
use crate::store::error::StoreResult;
use crate::store::kept;
use crate::store::schema::dossiers;
use crate::store::search_key::{AskedWord, dossier_key};

/// Made on PostgreSQL when it is not there. The words stand in a table of their own, for each step of a dossier
/// writes its row anew, and every index of that table with it. What the index knows: the words of the key; `^` and
/// each of the first letters of a word, so that what was begun is found like a word; a word, `^` and up to three
/// first letters of another, all of them plain letters, for the parts of names are common and their pairs are not; `~`
/// and the week of receipt, so that the newest are found without the others.
const INDEX_POSTGRES: &str = "
DO $made$ BEGIN
IF to_regclass('dossier_words') IS NULL THEN
    CREATE TABLE dossier_words (dossier_id text PRIMARY KEY, key text NOT NULL, received_at timestamp NOT NULL);
    INSERT INTO dossier_words SELECT id, search_key, received_at FROM dossiers ORDER BY received_at;
END IF;
IF to_regclass('dossier_words_pairs') IS NULL THEN
    DROP INDEX IF EXISTS dossiers_words, dossiers_lexemes, dossier_words_lexemes;
    CREATE OR REPLACE FUNCTION dossier_lexemes(key text, received timestamp) RETURNS tsvector
    LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 1000 AS $lexemes$
        WITH words AS MATERIALIZED (
            SELECT word FROM unnest(string_to_array(btrim(key), ' ')) AS w(word) WHERE word <> '')
        SELECT array_to_tsvector(array_append(
                   array_agg(DISTINCT lexeme), '~' || (received::date - date '0001-01-01' + 1) / 7))
          FROM (SELECT word AS lexeme FROM words
                UNION ALL
                SELECT '^' || left(word, n) FROM words, generate_series(1, least(6, length(word))) AS n
                UNION ALL
                SELECT one.word || '^' || left(other.word, n)
                  FROM words AS one, words AS other, generate_series(1, least(3, length(other.word))) AS n
                 WHERE one.word <> other.word AND one.word COLLATE \"C\" ~ '^[a-z]+$'
                   AND left(other.word, n) COLLATE \"C\" ~ '^[a-z]+$') AS l
    $lexemes$;
    CREATE INDEX dossier_words_pairs ON dossier_words
     USING gin (dossier_lexemes(key, received_at)) WITH (fastupdate = on, gin_pending_list_limit = 256);
    ANALYZE dossier_words; -- what is common is known of an expression only after this
END IF;
END $made$";
/// Where the filling of older dossiers stands: the last id, or [`FILLED`].
const PROGRESS: &str = "search_index";
const FILLED: &str = "filled";
/// Dossiers filled in one transaction.
const BATCH: i64 = 1_000;

/// Makes the index of a database of this version, unless it is there. It is no migration, for the two
/// databases have nothing in common here, and all of it follows from the dossiers.
pub(in crate::store) fn make_index(conn: &mut Conn) -> QueryResult<()> {
    match conn {
        // What is new waits in a short list, for many are put into the index much faster together (an import);
        // every question has to read through it.
        Conn::Pg(conn) => conn.batch_execute(INDEX_POSTGRES),
        Conn::Lite(conn) => conn.batch_execute(
            "CREATE VIRTUAL TABLE IF NOT EXISTS dossier_words USING fts5(key, dossier_id UNINDEXED, prefix='1 2 3')",
        ),
    }
}

/// Keeps the words of a dossier; on SQLite of a new one.
pub(in crate::store) fn keep(
    tx: &mut Tx<'_>,
    dossier_id: &str,
    key: &str,
    received_at: NaiveDateTime,
) -> StoreResult<()> {
    match &mut **tx {
        Conn::Lite(conn) => diesel::sql_query("INSERT INTO dossier_words (key, dossier_id) VALUES (?, ?)")
            .bind::<Text, _>(key)
            .bind::<Text, _>(dossier_id)
            .execute(conn)?,
        Conn::Pg(conn) => diesel::sql_query(
            "INSERT INTO dossier_words (dossier_id, key, received_at) VALUES ($1, $2, $3)
             ON CONFLICT (dossier_id) DO UPDATE SET key = excluded.key",
        )
        .bind::<Text, _>(dossier_id)
        .bind::<Text, _>(key)
        .bind::<Timestamp, _>(received_at)
        .execute(conn)?,
    };
    Ok(())
}

/// Keeps the words of a dossier whose key changed from `before` to `key`.
pub(in crate::store) fn replace(
    tx: &mut Tx<'_>,
    dossier_id: &str,
    (before, key): (&str, &str),
    received_at: NaiveDateTime,
) -> StoreResult<()> {
    // The code stands first and never changes: few dossiers begin so.
    let code = before.split_whitespace().next();
    let code = code.map(|code| phrase(&AskedWord { text: code.to_owned(), whole: false }));
    if let (Conn::Lite(conn), Some(code)) = (&mut **tx, code) {
        diesel::sql_query("DELETE FROM dossier_words WHERE dossier_words MATCH ? AND dossier_id = ?")
            .bind::<Text, _>(code)
            .bind::<Text, _>(dossier_id)
            .execute(conn)?;
    }
    keep(tx, dossier_id, key, received_at)
}

/// What was filled, and whether older dossiers are left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Filling {
    Done,
    GoesOn { dossiers: usize },
}

/// Keeps the words of the next dossiers from before there was this index; to be called until it is done.
///
/// # Errors
/// When the database cannot be written.
pub fn fill(tx: &mut Tx<'_>) -> StoreResult<Filling> {
    type Known = (String, String, String, Option<String>, Option<String>, String, NaiveDateTime);
    let after = kept::get(tx, PROGRESS)?.unwrap_or_default();
    if after == FILLED {
        return Ok(Filling::Done);
    }
    let rows: Vec<Known> = dossiers::table
        .filter(dossiers::id.gt(&after))
        .order(dossiers::id.asc())
        .limit(BATCH)
        .select((
            dossiers::id,
            dossiers::code,
            dossiers::applicant_name,
            dossiers::applicant_phone,
            dossiers::applicant_email,
            dossiers::search_key,
            dossiers::received_at,
        ))
        .load(&mut **tx)?;
    for (id, code, name, phone, email, before, received_at) in &rows {
        let key = dossier_key(code, name, phone.as_deref(), email.as_deref());
        if key != *before {
            diesel::update(dossiers::table.filter(dossiers::id.eq(id)))
                .set(dossiers::search_key.eq(&key))
                .execute(&mut **tx)?;
        }
        keep(tx, id, &key, *received_at)?;
    }
    let last = rows.last().map_or(FILLED, |(id, ..)| id.as_str());
    kept::put(tx, PROGRESS, last)?;
    Ok(if rows.is_empty() { Filling::Done } else { Filling::GoesOn { dossiers: rows.len() } })
}

/// Whether the words of every dossier are kept.
///
/// # Errors
/// When the database cannot be read.
pub fn is_filled(conn: &mut Conn) -> StoreResult<bool> {
    Ok(kept::get(conn, PROGRESS)?.as_deref() == Some(FILLED))
}
