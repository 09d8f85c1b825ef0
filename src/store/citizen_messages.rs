//! What citizens say on their page.

use diesel::prelude::*;

use crate::domain::text_enum;
use crate::domain::time::Instant;

use super::columns::{At, MaybeAt, stored};
use super::connection::{Conn, Tx};
use super::error::StoreResult;
use super::schema::{citizen_messages, dossiers};

text_enum! {
    /// What it is about.
    CitizenMessageKind {
        /// "my contact is wrong"
        Contact = "contact",
        /// "what this delay cost me"
        Cost = "cost",
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = citizen_messages, treat_none_as_default_value = false)]
pub struct CitizenMessage {
    pub id: String,
    pub agency_id: String,
    pub dossier_id: String,
    pub kind: CitizenMessageKind,
    pub text: String,
    #[diesel(deserialize_as = At, serialize_as = At)]
    pub said_at: Instant,
    #[diesel(deserialize_as = MaybeAt, serialize_as = MaybeAt)]
    pub seen_at: Option<Instant>,
    /// User name; empty: nobody yet.
    pub seen_by: String,
}

/// # Errors
/// When the database cannot be written.
pub fn insert(tx: &mut Tx<'_>, message: CitizenMessage) -> StoreResult<()> {
    diesel::insert_into(citizen_messages::table).values(message).execute(&mut **tx)?;
    Ok(())
}

/// What was said about a dossier, oldest first.
///
/// # Errors
/// When the database cannot be read.
pub fn of_dossier(conn: &mut Conn, dossier_id: &str) -> StoreResult<Vec<CitizenMessage>> {
    Ok(citizen_messages::table
        .filter(citizen_messages::dossier_id.eq(dossier_id))
        .order((citizen_messages::said_at.asc(), citizen_messages::id.asc()))
        .select(CitizenMessage::as_select())
        .load(conn)?)
}

/// What was said about several dossiers, oldest first.
///
/// # Errors
/// When the database cannot be read.
pub fn of_dossiers(conn: &mut Conn, dossier_ids: &[String]) -> StoreResult<Vec<CitizenMessage>> {
    Ok(citizen_messages::table
        .filter(citizen_messages::dossier_id.eq_any(dossier_ids))
        .order((citizen_messages::said_at.asc(), citizen_messages::id.asc()))
        .select(CitizenMessage::as_select())
        .load(conn)?)
}

/// What nobody saw yet of what was said about the dossiers of a unit, with their codes; the oldest first.
///
/// # Errors
/// When the database cannot be read.
pub fn unseen_of_unit(conn: &mut Conn, unit_id: &str) -> StoreResult<Vec<(CitizenMessage, String)>> {
    Ok(citizen_messages::table
        .inner_join(dossiers::table)
        .filter(citizen_messages::seen_at.is_null())
        .filter(dossiers::unit_id.eq(unit_id))
        .order((citizen_messages::said_at.asc(), citizen_messages::id.asc()))
        .select((CitizenMessage::as_select(), dossiers::code))
        .load(conn)?)
}

/// How much of a kind was said about a dossier since a moment.
///
/// # Errors
/// When the database cannot be read.
pub fn count_since(conn: &mut Conn, dossier_id: &str, kind: CitizenMessageKind, since: Instant) -> StoreResult<i64> {
    Ok(citizen_messages::table
        .filter(citizen_messages::dossier_id.eq(dossier_id))
        .filter(citizen_messages::kind.eq(kind))
        .filter(citizen_messages::said_at.ge(stored(since)))
        .select(diesel::dsl::count_star())
        .first(conn)?)
}

/// Notes who saw a message of a dossier first; 0 when there is none that nobody saw.
///
/// # Errors
/// When the database cannot be written.
pub fn see(tx: &mut Tx<'_>, id: &str, dossier_id: &str, by: &str, now: Instant) -> StoreResult<usize> {
    Ok(diesel::update(
        citizen_messages::table
            .filter(citizen_messages::id.eq(id))
            .filter(citizen_messages::dossier_id.eq(dossier_id))
            .filter(citizen_messages::seen_at.is_null()),
    )
    .set((citizen_messages::seen_at.eq(stored(now)), citizen_messages::seen_by.eq(by)))
    .execute(&mut **tx)?)
}
