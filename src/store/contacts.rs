//! How a citizen is reached, when it is not as the office usually does.

use diesel::prelude::*;

use crate::domain::time::Instant;

use super::columns::At;
use super::connection::{Conn, Tx, on_backend};
use super::error::StoreResult;
use super::schema::contacts;

#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = contacts, treat_none_as_default_value = false)]
pub struct Contact {
    pub dossier_id: String,
    /// Ways in order of preference, parted by spaces; empty: as usual.
    pub ways: String,
    /// Ways that failed for good, parted by spaces.
    pub dead: String,
    #[diesel(deserialize_as = At, serialize_as = At)]
    pub changed_at: Instant,
}

/// # Errors
/// When the database cannot be read.
pub fn find(conn: &mut Conn, dossier_id: &str) -> StoreResult<Option<Contact>> {
    Ok(contacts::table
        .filter(contacts::dossier_id.eq(dossier_id))
        .select(Contact::as_select())
        .first(conn)
        .optional()?)
}

/// Of several dossiers.
///
/// # Errors
/// When the database cannot be read.
pub fn of_dossiers(conn: &mut Conn, dossier_ids: &[String]) -> StoreResult<Vec<Contact>> {
    Ok(contacts::table.filter(contacts::dossier_id.eq_any(dossier_ids)).select(Contact::as_select()).load(conn)?)
}

/// Writes the row, in the place of the one that was there.
///
/// # Errors
/// When the database cannot be written.
pub fn put(tx: &mut Tx<'_>, contact: Contact) -> StoreResult<()> {
    on_backend!(tx, conn => diesel::insert_into(contacts::table)
        .values(contact.clone())
        .on_conflict(contacts::dossier_id)
        .do_update()
        .set(contact)
        .execute(conn))?;
    Ok(())
}
