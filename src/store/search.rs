//! Finding dossiers among very many by the words of their key. The full-text index of each database (FTS5 of
//! SQLite, GIN of PostgreSQL) finds those that may fit; the key decides. What is common stands among the
//! newest dossiers anyway: these are read first.

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime};
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Text, Timestamp};

use super::connection::Conn;
use super::error::StoreResult;
use super::schema::dossiers;
use super::search_key::{AskedWord, asked_words, beginning, word_pattern};

mod index;

pub use index::{Filling, fill, is_filled};
pub(super) use index::{keep, make_index, replace};

/// So many first letters of each word are in the index of PostgreSQL.
const BEGINNINGS: usize = 6;
/// So many first letters of the second word of a pair.
const OF_PAIRS: usize = 3;
/// Words of a whole name, at least.
const NAME_WORDS: usize = 3;
/// Fewer dossiers are looked at one by one rather than met in the order of a list.
const FEW: i64 = 1_500;

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
        Conn::Pg(_) => lexemes(&known.collect::<Vec<_>>()).join(" & "),
        Conn::Lite(_) => known.map(phrase).collect::<Vec<_>>().join(" AND "),
    };
    Some(Asked { words, by_index: Some(text).filter(|text| !text.is_empty()), first: None })
}

/// What the index of PostgreSQL is asked for: pairs of words, and the words that no pair tells.
fn lexemes(words: &[&AskedWord]) -> Vec<String> {
    let plain = words.iter().copied().filter(|word| word.text.bytes().all(|letter| letter.is_ascii_lowercase()));
    // One at most is begun. It comes second in each of its pairs, as first letters.
    let (whole, begun): (Vec<&AskedWord>, Vec<&AskedWord>) = plain.partition(|word| word.whole);
    let (mut told, mut all) = (Vec::new(), Vec::new());
    for (at, one) in whole.iter().enumerate() {
        for other in whole.iter().skip(at + 1).chain(&begun) {
            // What was begun may mean the very word that is written out: no pair then.
            if other.whole || !one.text.starts_with(&other.text) {
                let letters = other.text.get(..OF_PAIRS).unwrap_or(&other.text);
                all.push(format!("'{}^{letters}'", one.text));
                told.push(&one.text);
                told.extend((letters == other.text).then_some(&other.text));
            }
        }
    }
    all.extend(words.iter().filter(|word| !told.contains(&&word.text)).map(|word| lexeme(word)));
    all
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

    /// Whether it seems to ask for one person or dossier: by a whole name, or by most of a number.
    #[must_use]
    pub fn is_of_one(&self) -> bool {
        let number =
            |word: &AskedWord| word.text.len() > BEGINNINGS && word.text.bytes().any(|letter| letter.is_ascii_digit());
        self.words.len() >= NAME_WORDS || self.words.iter().any(number)
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
