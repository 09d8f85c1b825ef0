//! What was written about many dossiers at once: for the page of proof and the list of late files.

use std::collections::HashMap;

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::domain::dossier::StepKind;
use crate::domain::notice::NoticeKind;
use crate::domain::time::Instant;

use super::connection::Conn;
use super::error::StoreResult;
use super::letters::LetterRow;
use super::outbox::Message;
use super::schema::{journal, letters, outbox};

/// Databases limit the values of one statement.
const CHUNK: usize = 500;

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
