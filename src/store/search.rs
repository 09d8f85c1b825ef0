//! Finding dossiers among very many by the words of their key. The full-text index of each database (FTS5 of
//! SQLite, GIN of PostgreSQL) finds those that may fit; the key decides. What is common stands among the
//! newest dossiers anyway: these are read first.

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime};
use diesel::connection::SimpleConnection;
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Text, Timestamp};

use super::connection::{Conn, Tx};
use super::error::StoreResult;
use super::kept;
use super::schema::dossiers;
use super::search_key::{AskedWord, asked_words, beginning, dossier_key, word_pattern};

/// Made on PostgreSQL when it is not there. The words stand in a table of their own, for each step of a dossier
/// writes its row anew, and every index of that table with it. What the index knows: the words of the key; `^` and
/// each of the first letters of a word, so that what was begun is found like a word; `~` and the week of receipt,
/// so that the newest are found without the others.
const INDEX_POSTGRES: &str = "
DO $made$ BEGIN
IF to_regclass('dossier_words') IS NULL THEN
    CREATE OR REPLACE FUNCTION dossier_lexemes(key text, received timestamp) RETURNS tsvector
    LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 1000 AS $lexemes$
        SELECT array_to_tsvector(array_append(
                   array_agg(DISTINCT lexeme), '~' || (received::date - date '0001-01-01' + 1) / 7))
          FROM unnest(string_to_array(btrim(key), ' ')) AS w(word),
               LATERAL (SELECT word UNION ALL
                        SELECT '^' || left(word, n) FROM generate_series(1, least(6, length(word))) AS n) AS l(lexeme)
         WHERE word <> ''
    $lexemes$;
    CREATE TABLE dossier_words (dossier_id text PRIMARY KEY, key text NOT NULL, received_at timestamp NOT NULL);
    INSERT INTO dossier_words SELECT id, search_key, received_at FROM dossiers ORDER BY received_at;
    CREATE INDEX dossier_words_lexemes ON dossier_words
     USING gin (dossier_lexemes(key, received_at)) WITH (fastupdate = on, gin_pending_list_limit = 256);
    DROP INDEX IF EXISTS dossiers_words, dossiers_lexemes;
    ANALYZE dossier_words; -- what is common is known of an expression only after this
END IF;
END $made$";
/// So many first letters of each word are in the index of PostgreSQL.
const BEGINNINGS: usize = 6;
/// Fewer dossiers are looked at one by one rather than met in the order of a list.
const FEW: i64 = 1_500;
/// Where the filling of older dossiers stands: the last id, or [`FILLED`].
const PROGRESS: &str = "search_index";
const FILLED: &str = "filled";
/// Dossiers filled in one transaction.
const BATCH: i64 = 1_000;

/// A question as the lists ask it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    pub words: Vec<AskedWord>,
    /// The same in the language of the database's index; `None`: the index is not asked.
    pub by_index: Option<String>,
    /// The first of them by receipt, as far as nothing else narrows the list: PostgreSQL's index gives no more.
    pub first: Option<First>,
}

/// What a dossier has to meet.
pub(super) type Condition = Box<dyn BoxableExpression<dossiers::table, <Conn as Connection>::Backend, SqlType = Bool>>;

/// A page of the order by receipt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct First {
    pub newest: bool,
    /// Behind this moment.
    pub beyond: Option<NaiveDateTime>,
    /// Behind this dossier.
    pub after: Option<(NaiveDateTime, String)>,
    /// `None`: something else narrows the list, so that more may be needed than a page.
    pub limit: Option<i64>,
}

/// Understands a question, to be asked of the index; `None`: there is no word in it.
#[must_use]
pub fn asked(conn: &Conn, q: &str) -> Option<Asked> {
    let words = asked_words(q);
    if words.is_empty() {
        return None;
    }
    // The index of SQLite knows letters and digits alone.
    let known = words.iter().filter(|word| word.text.chars().any(char::is_alphanumeric));
    let text = match conn {
        Conn::Pg(_) => known.map(lexeme).collect::<Vec<_>>().join(" & "),
        Conn::Lite(_) => known.map(phrase).collect::<Vec<_>>().join(" AND "),
    };
    Some(Asked { words, by_index: Some(text).filter(|text| !text.is_empty()), first: None })
}

/// A word for `tsquery`; a beginning that the index does not know as such ends with `:*`.
fn lexeme(word: &AskedWord) -> String {
    let begun = beginning(&word.text);
    let text = begun.replace('\\', "\\\\").replace('\'', "''");
    match () {
        () if is_whole(word) => format!("'{text}'"),
        () if begun.chars().count() <= BEGINNINGS => format!("'^{text}'"),
        () => format!("'{text}':*"),
    }
}

/// A word for FTS5; `*` is a beginning.
fn phrase(word: &AskedWord) -> String {
    let text = beginning(&word.text).replace('"', "\"\"");
    format!("\"{text}\"{}", if is_whole(word) { "" } else { "*" })
}

/// Whether all of it is asked of the index.
fn is_whole(word: &AskedWord) -> bool {
    word.whole && beginning(&word.text).len() == word.text.len()
}

impl Asked {
    /// The same of one page by receipt.
    #[must_use]
    pub fn of_first(&self, first: First) -> Self {
        Self { first: Some(first), ..self.clone() }
    }

    /// The condition that PostgreSQL's table of words puts on a dossier.
    pub(super) fn in_words(&self, text: String) -> Condition {
        let new_year = |year| NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or_default().and_time(NaiveTime::MIN);
        let patterns: Vec<String> = self.words.iter().map(word_pattern).collect();
        let First { newest, beyond, after, limit } =
            self.first.clone().unwrap_or(First { newest: true, beyond: None, after: None, limit: None });
        // Nothing is older than the first year and nothing newer than the last: a bound that is not given.
        let edge = new_year(if newest { 9_999 } else { 1 });
        let (at, id) = after.unwrap_or((edge, String::new()));
        let (behind, order) = if newest { ("<", "DESC") } else { (">", "ASC") };
        // A planner that could look into it would read all dossiers in order and hope to meet these soon.
        let end = limit.map_or_else(|| "OFFSET 0".to_owned(), |limit| format!("LIMIT {limit}"));
        let condition = sql::<Bool>(
            "dossiers.id IN (SELECT w.dossier_id FROM dossier_words w \
             WHERE dossier_lexemes(w.key, w.received_at) @@ ",
        )
        .bind::<Text, _>(text)
        // A word has no line feed.
        .sql("::tsquery AND w.key LIKE ALL (string_to_array(")
        .bind::<Text, _>(patterns.join("\n"))
        .sql(&format!(", chr(10))) AND w.received_at {behind} "))
        .bind::<Timestamp, _>(beyond.unwrap_or(edge))
        .sql(&format!(" AND (w.received_at, w.dossier_id) {behind} ("))
        .bind::<Timestamp, _>(at)
        .sql(", ")
        .bind::<Text, _>(id)
        .sql(&format!(") ORDER BY w.received_at {order}, w.dossier_id {order} {end})"));
        Box::new(condition)
    }

    /// Without the index: the key alone decides.
    #[must_use]
    pub fn by_key(&self) -> Self {
        Self { by_index: None, ..self.clone() }
    }

    /// Whether so few dossiers fit that they are looked at one by one. SQLite counts them; PostgreSQL would
    /// gather them all for that.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn is_rare(&self, conn: &mut Conn) -> StoreResult<bool> {
        #[derive(QueryableByName)]
        struct Count {
            #[diesel(sql_type = BigInt)]
            n: i64,
        }
        let (Some(text), Conn::Lite(conn)) = (&self.by_index, conn) else { return Ok(false) };
        let count = "SELECT COUNT(*) AS n FROM (SELECT 1 FROM dossier_words WHERE dossier_words MATCH ? LIMIT ?)";
        let count: Count = diesel::sql_query(count).bind::<Text, _>(text).bind::<BigInt, _>(FEW).get_result(conn)?;
        Ok(count.n < FEW)
    }

    /// The same among what PostgreSQL's index has of one week and the next.
    #[must_use]
    pub fn of_weeks(&self, first: i32) -> Self {
        let weeks = format!("('~{first}' | '~{}')", first.saturating_add(1));
        let text = self.by_index.as_ref().map_or_else(|| weeks.clone(), |text| format!("{text} & {weeks}"));
        Self { by_index: Some(text), ..self.clone() }
    }

    /// The same for an order that an index gives: SQLite would look at every dossier that fits before it
    /// orders them, so there the words are left to the key where these are many. PostgreSQL weighs that by itself.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn weighed(self, conn: &mut Conn) -> StoreResult<Self> {
        let leave = matches!(conn, Conn::Lite(_)) && !self.is_rare(conn)?;
        Ok(if leave { self.by_key() } else { self })
    }
}

/// The condition that SQLite's index puts on a dossier.
pub(super) fn matching(text: String) -> Condition {
    let within = "dossiers.id IN (SELECT dossier_id FROM dossier_words WHERE dossier_words MATCH ";
    Box::new(sql::<Bool>(within).bind::<Text, _>(text).sql(")"))
}

/// The number of the week that a moment lies in, as PostgreSQL's index counts it.
#[must_use]
pub fn week(at: NaiveDateTime) -> i32 {
    at.num_days_from_ce().div_euclid(7)
}

/// The first moment of a week.
#[must_use]
pub fn week_begins(week: i32) -> Option<NaiveDateTime> {
    NaiveDate::from_num_days_from_ce_opt(week.checked_mul(7)?)?.and_hms_opt(0, 0, 0)
}

/// Makes the index of a database of this version, unless it is there. It is no migration, for the two
/// databases have nothing in common here, and all of it follows from the dossiers.
pub(super) fn make_index(conn: &mut Conn) -> QueryResult<()> {
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
pub(super) fn keep(tx: &mut Tx<'_>, dossier_id: &str, key: &str, received_at: NaiveDateTime) -> StoreResult<()> {
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
pub(super) fn replace(
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
