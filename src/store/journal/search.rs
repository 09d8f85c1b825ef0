//! Looking for lines of the journal, for people who go through it.

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Text};

use super::Entry;
use crate::domain::time::Instant;
use crate::store::columns::stored;
use crate::store::connection::Conn;
use crate::store::error::StoreResult;
use crate::store::schema::journal;
use crate::store::search_key::literally;

/// What lines are looked for; nothing given: all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    pub dossier_id: Option<String>,
    pub actor: Option<String>,
    /// Any of these kinds; empty: every kind.
    pub kinds: Vec<String>,
    /// Written down from the first moment on, and before the second.
    pub from: Option<Instant>,
    pub until: Option<Instant>,
    /// A text in the body, in small letters or capitals.
    pub text: Option<String>,
}

/// Lines that fit, newest first, before the line `before` when one is given.
///
/// # Errors
/// When the database cannot be read.
pub fn search(conn: &mut Conn, wanted: &Wanted, before: Option<i64>, limit: i64) -> StoreResult<Vec<Entry>> {
    let mut query = journal::table.into_boxed();
    if let Some(id) = &wanted.dossier_id {
        query = query.filter(journal::dossier_id.eq(id));
    }
    if let Some(actor) = &wanted.actor {
        query = query.filter(journal::actor.eq(actor));
    }
    if !wanted.kinds.is_empty() {
        query = query.filter(journal::kind.eq_any(&wanted.kinds));
    }
    if let Some(from) = wanted.from {
        query = query.filter(journal::recorded_at.ge(stored(from)));
    }
    if let Some(until) = wanted.until {
        query = query.filter(journal::recorded_at.lt(stored(until)));
    }
    if let Some(text) = &wanted.text {
        // Only a to z without marks are folded: that is all SQLite can, and PostgreSQL does no more by bytes.
        let pattern = format!("%{}%", literally(&text.to_ascii_lowercase()));
        query = query.filter(sql::<Bool>("lower(journal.body) LIKE ").bind::<Text, _>(pattern).sql(" ESCAPE '\\'"));
    }
    if let Some(before) = before {
        query = query.filter(journal::seq.lt(before));
    }
    Ok(query.order(journal::seq.desc()).limit(limit).select(Entry::as_select()).load(conn)?)
}
