//! Forms that are half filled in: one for an account, gone after some hours.

use diesel::prelude::*;

use crate::domain::time::Instant;

use super::columns::{At, stored};
use super::connection::{Conn, Tx, on_backend};
use super::error::StoreResult;
use super::schema::drafts;

#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = drafts, treat_none_as_default_value = false)]
pub struct Draft {
    pub account_id: String,
    /// The form as it was typed, as JSON.
    pub body: String,
    #[diesel(deserialize_as = At, serialize_as = At)]
    pub saved_at: Instant,
}

/// # Errors
/// When the database cannot be read.
pub fn find(conn: &mut Conn, account_id: &str) -> StoreResult<Option<Draft>> {
    Ok(drafts::table.filter(drafts::account_id.eq(account_id)).select(Draft::as_select()).first(conn).optional()?)
}

/// Keeps it in the place of the one before.
///
/// # Errors
/// When the database cannot be written.
pub fn put(tx: &mut Tx<'_>, draft: Draft) -> StoreResult<()> {
    on_backend!(tx, conn => diesel::insert_into(drafts::table)
        .values(draft.clone())
        .on_conflict(drafts::account_id)
        .do_update()
        .set(draft)
        .execute(conn))?;
    Ok(())
}

/// # Errors
/// When the database cannot be written.
pub fn delete(tx: &mut Tx<'_>, account_id: &str) -> StoreResult<()> {
    diesel::delete(drafts::table.filter(drafts::account_id.eq(account_id))).execute(&mut **tx)?;
    Ok(())
}

/// # Errors
/// When the database cannot be written.
pub fn delete_before(tx: &mut Tx<'_>, at: Instant) -> StoreResult<usize> {
    Ok(diesel::delete(drafts::table.filter(drafts::saved_at.lt(stored(at)))).execute(&mut **tx)?)
}
