//! Finding dossiers among very many: a row a word, kept with the dossier. A question looks its rarest
//! word up there and holds the others against the dossier's key; where every word is common, the
//! newest dossiers are read first, since a page of them is soon full.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Binary};

use super::connection::{Conn, Tx, on_backend};
use super::error::StoreResult;
use super::kept;
use super::schema::{dossiers, search_words};
use super::search_key::{asked_words, beginning, dossier_key, words_of};

/// A word with at most so many dossiers is rare: they are looked at one by one.
const FEW: i64 = 1_500;
/// How far common words are told apart.
const MANY: i64 = 50_000;
/// Where the filling of older dossiers stands: the last id, or [`FILLED`].
const PROGRESS: &str = "search_words";
const FILLED: &str = "filled";
/// Dossiers filled in one transaction.
const BATCH: i64 = 1_000;

/// A question as the lists ask it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// All of them begin a word of the dossier's key.
    pub words: Vec<String>,
    /// Those of the rarest word, unless all are common.
    pub rarest: Option<Range>,
}

/// The words that begin alike, as bytes: from the first, before the second.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Range {
    pub from: Vec<u8>,
    pub before: Vec<u8>,
}

impl Range {
    fn of(word: &str) -> Self {
        let from = beginning(word).as_bytes().to_vec();
        let mut before = from.clone();
        // No byte of a text is 255.
        if let Some(last) = before.last_mut() {
            *last = last.saturating_add(1);
        }
        Self { from, before }
    }

    /// How many words begin so; counting ends at `most`.
    fn count(&self, conn: &mut Conn, most: i64) -> StoreResult<i64> {
        #[derive(QueryableByName)]
        struct Count {
            #[diesel(sql_type = BigInt)]
            n: i64,
        }
        let text = "SELECT COUNT(*) AS n FROM \
                    (SELECT 1 AS one FROM search_words WHERE word >= $1 AND word < $2 LIMIT $3) AS inside";
        let count: Count = diesel::sql_query(text)
            .bind::<Binary, _>(&self.from)
            .bind::<Binary, _>(&self.before)
            .bind::<BigInt, _>(most)
            .get_result(conn)?;
        Ok(count.n)
    }
}

/// Understands a question; its rarest word is named when it is rare. `None`: there is no word in it.
///
/// # Errors
/// When the database cannot be read.
pub fn asked(conn: &mut Conn, q: &str) -> StoreResult<Option<Asked>> {
    let words = asked_words(q);
    if words.is_empty() {
        return Ok(None);
    }
    let rarest = least(conn, &words, FEW)?;
    Ok(Some(Asked { words, rarest }))
}

impl Asked {
    /// The same with its rarest word named, though it is common.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn by_the_least(self, conn: &mut Conn) -> StoreResult<Self> {
        let rarest = least(conn, &self.words, MANY)?.or_else(|| self.words.first().map(|word| Range::of(word)));
        Ok(Self { rarest, ..self })
    }
}

/// The word with the fewest dossiers, when they are fewer than `most`.
fn least(conn: &mut Conn, words: &[String], most: i64) -> StoreResult<Option<Range>> {
    let mut least = (most, None);
    for range in words.iter().map(|word| Range::of(word)) {
        let count = range.count(conn, least.0)?;
        if count < least.0 {
            least = (count, Some(range));
        }
    }
    Ok(least.1)
}

/// Keeps the words of a new dossier.
pub(super) fn keep(tx: &mut Tx<'_>, dossier_id: &str, key: &str) -> StoreResult<()> {
    let rows: Vec<_> = words_of(key)
        .into_iter()
        .map(|word| (search_words::word.eq(word.as_bytes().to_vec()), search_words::dossier_id.eq(dossier_id)))
        .collect();
    on_backend!(tx, conn => diesel::insert_into(search_words::table)
        .values(&rows).on_conflict_do_nothing().execute(conn))?;
    Ok(())
}

/// Keeps the words of a dossier whose key changed from `before` to `key`.
pub(super) fn replace(tx: &mut Tx<'_>, dossier_id: &str, before: &str, key: &str) -> StoreResult<()> {
    let gone: Vec<Vec<u8>> = words_of(before).into_iter().map(|word| word.as_bytes().to_vec()).collect();
    let of_dossier = search_words::table.filter(search_words::dossier_id.eq(dossier_id));
    diesel::delete(of_dossier.filter(search_words::word.eq_any(gone))).execute(&mut **tx)?;
    keep(tx, dossier_id, key)
}

/// What was filled, and whether older dossiers are left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Filling {
    Done,
    GoesOn { dossiers: usize },
}

/// Keeps the words of the next dossiers from before there were words; to be called until it is done.
///
/// # Errors
/// When the database cannot be written.
pub fn fill(tx: &mut Tx<'_>) -> StoreResult<Filling> {
    type Known = (String, String, String, Option<String>, Option<String>, String);
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
        ))
        .load(&mut **tx)?;
    for (id, code, name, phone, email, before) in &rows {
        let key = dossier_key(code, name, phone.as_deref(), email.as_deref());
        if key != *before {
            diesel::update(dossiers::table.filter(dossiers::id.eq(id)))
                .set(dossiers::search_key.eq(&key))
                .execute(&mut **tx)?;
        }
        keep(tx, id, &key)?;
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
