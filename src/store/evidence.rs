//! What was written about many dossiers at once: for the page of proof and the list of late files.

use std::collections::HashMap;

use chrono::NaiveDateTime;
use diesel::dsl::case_when;
use diesel::prelude::*;
use diesel::sql_types::{Nullable, Text};

use crate::domain::dossier::StepKind;
use crate::domain::notice::NoticeKind;
use crate::domain::time::Instant;

use super::columns::stored;
use super::connection::Conn;
use super::error::StoreResult;
use super::journal::Entry;
use super::letters::{LetterKind, LetterRow};
use super::outbox::Message;
use super::schema::{journal, letters, outbox};

/// Databases limit the values of one statement.
pub const CHUNK: usize = 500;

/// Every letter of these dossiers, drafts and refused ones too, oldest first.
///
/// # Errors
/// When the database cannot be read.
pub fn letters_of(conn: &mut Conn, dossier_ids: &[&str]) -> StoreResult<Vec<LetterRow>> {
    let mut found = Vec::new();
    for ids in dossier_ids.chunks(CHUNK) {
        found.extend(
            letters::table
                .filter(letters::dossier_id.eq_any(ids.iter().copied()))
                .order((letters::drafted_at.asc(), letters::id.asc()))
                .select(LetterRow::as_select())
                .load::<LetterRow>(conn)?,
        );
    }
    Ok(found)
}

/// [`letters_of`] without their facts, which are long; only a loss keeps them, since they say whether it
/// brought a new date.
///
/// # Errors
/// When the database cannot be read.
pub fn standing_of(conn: &mut Conn, dossier_ids: &[&str]) -> StoreResult<Vec<LetterRow>> {
    let mut found = Vec::new();
    for ids in dossier_ids.chunks(CHUNK) {
        let facts = case_when(letters::kind.eq(LetterKind::Loss), letters::facts).otherwise("".into_sql::<Text>());
        found.extend(
            letters::table
                .filter(letters::dossier_id.eq_any(ids.iter().copied()))
                .order((letters::drafted_at.asc(), letters::id.asc()))
                .select((
                    letters::id,
                    letters::agency_id,
                    letters::dossier_id,
                    letters::kind,
                    letters::promise_number,
                    letters::state,
                    letters::year,
                    letters::serial,
                    letters::number,
                    letters::drafted_at,
                    letters::decide_by,
                    letters::issued_at,
                    letters::signer,
                    letters::signed_by,
                    letters::note,
                    letters::reason_code,
                    facts,
                    letters::document_hash,
                ))
                .load::<LetterRow>(conn)?,
        );
    }
    Ok(found)
}

/// The messages that carry these letters, oldest first, without facts and texts, which are long.
///
/// # Errors
/// When the database cannot be read.
pub fn carriers_of(conn: &mut Conn, letter_ids: &[String]) -> StoreResult<Vec<Message>> {
    let mut found = Vec::new();
    for ids in letter_ids.chunks(CHUNK) {
        found.extend(
            outbox::table
                .filter(outbox::letter_id.eq_any(ids.iter().map(String::as_str)))
                .order((outbox::created_at.asc(), outbox::id.asc()))
                .select((
                    outbox::id,
                    outbox::agency_id,
                    outbox::dossier_id,
                    outbox::submission_id,
                    outbox::about,
                    outbox::notice_key,
                    outbox::kind,
                    outbox::audience,
                    outbox::promise_number,
                    outbox::delivery,
                    outbox::recipient,
                    outbox::recipient_name,
                    outbox::letter_id,
                    outbox::alert_id,
                    "".into_sql::<Text>(),
                    outbox::urgent,
                    outbox::state,
                    outbox::created_at,
                    outbox::ready_at,
                    outbox::attempts,
                    outbox::lease,
                    outbox::leased_until,
                    outbox::message_id,
                    outbox::bundle_id,
                    outbox::fallback_of,
                    outbox::provider_id,
                    None::<String>.into_sql::<Nullable<Text>>(),
                    None::<String>.into_sql::<Nullable<Text>>(),
                    outbox::last_error,
                    outbox::settled_at,
                ))
                .load::<Message>(conn)?,
        );
    }
    Ok(found)
}

/// The facts of these letters, by id; `each` reads one at a time, since they are long.
///
/// # Errors
/// When the database cannot be read.
pub fn facts_of(conn: &mut Conn, letter_ids: &[&str], each: &mut dyn FnMut(String, &str)) -> StoreResult<()> {
    for ids in letter_ids.chunks(CHUNK) {
        let rows: Vec<(String, String)> = letters::table
            .filter(letters::id.eq_any(ids.iter().copied()))
            .select((letters::id, letters::facts))
            .load(conn)?;
        for (id, facts) in rows {
            each(id, &facts);
        }
    }
    Ok(())
}

/// The messages of these kinds about these dossiers, oldest first.
///
/// # Errors
/// When the database cannot be read.
pub fn messages_of(conn: &mut Conn, dossier_ids: &[&str], kinds: &[NoticeKind]) -> StoreResult<Vec<Message>> {
    let mut found = Vec::new();
    for ids in dossier_ids.chunks(CHUNK) {
        found.extend(
            outbox::table
                .filter(outbox::dossier_id.eq_any(ids.iter().copied()))
                .filter(outbox::kind.eq_any(kinds.iter().map(|kind| kind.as_str())))
                .order((outbox::created_at.asc(), outbox::id.asc()))
                .select(Message::as_select())
                .load::<Message>(conn)?,
        );
    }
    Ok(found)
}

/// The messages with these ids.
///
/// # Errors
/// When the database cannot be read.
pub fn messages(conn: &mut Conn, ids: &[String]) -> StoreResult<Vec<Message>> {
    Ok(outbox::table.filter(outbox::id.eq_any(ids)).select(Message::as_select()).load(conn)?)
}

/// The lines of these kinds about these dossiers that were written down before a moment, oldest first.
///
/// # Errors
/// When the database cannot be read.
pub fn lines_of(conn: &mut Conn, dossier_ids: &[&str], kinds: &[&str], before: Instant) -> StoreResult<Vec<Entry>> {
    let mut found = Vec::new();
    for ids in dossier_ids.chunks(CHUNK) {
        found.extend(
            journal::table
                .filter(journal::dossier_id.eq_any(ids.iter().copied()))
                .filter(journal::kind.eq_any(kinds))
                .filter(journal::recorded_at.lt(stored(before)))
                .order(journal::seq.asc())
                .select(Entry::as_select())
                .load::<Entry>(conn)?,
        );
    }
    Ok(found)
}

/// When each of these dossiers was written down here: later than its receipt for one taken over.
///
/// # Errors
/// When the database cannot be read.
pub fn recorded_at(conn: &mut Conn, dossier_ids: &[&str]) -> StoreResult<HashMap<String, Instant>> {
    let mut found = HashMap::new();
    for ids in dossier_ids.chunks(CHUNK) {
        let lines: Vec<(Option<String>, NaiveDateTime)> = journal::table
            .filter(journal::dossier_id.eq_any(ids.iter().copied()))
            .filter(journal::kind.eq(StepKind::Logged.as_str()))
            .select((journal::dossier_id, journal::recorded_at))
            .load(conn)?;
        found.extend(lines.into_iter().filter_map(|(id, at)| Some((id?, at.and_utc()))));
    }
    Ok(found)
}
