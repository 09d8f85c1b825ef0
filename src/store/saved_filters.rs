//! Lists that somebody looks at often: the query of their address, kept under a name.

use diesel::prelude::*;

use crate::domain::time::Instant;

use super::columns::At;
use super::connection::{Conn, Tx};
use super::error::StoreResult;
use super::schema::saved_filters;

#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = saved_filters)]
pub struct SavedFilter {
    pub id: String,
    pub account_id: String,
    pub name: String,
    /// Of the address, `state=overdue&unit=…`.
    pub query: String,
    #[diesel(deserialize_as = At, serialize_as = At)]
    pub created_at: Instant,
}

/// # Errors
/// A conflict when the person has one of that name; or the database cannot be written.
pub fn insert(tx: &mut Tx<'_>, filter: SavedFilter) -> StoreResult<()> {
    diesel::insert_into(saved_filters::table).values(filter).execute(&mut **tx)?;
    Ok(())
}

/// # Errors
/// When the database cannot be read.
pub fn find(conn: &mut Conn, id: &str) -> StoreResult<Option<SavedFilter>> {
    Ok(saved_filters::table.filter(saved_filters::id.eq(id)).select(SavedFilter::as_select()).first(conn).optional()?)
}

/// What a person saved, by name.
///
/// # Errors
/// When the database cannot be read.
pub fn of_account(conn: &mut Conn, account_id: &str) -> StoreResult<Vec<SavedFilter>> {
    Ok(saved_filters::table
        .filter(saved_filters::account_id.eq(account_id))
        .order((saved_filters::name.asc(), saved_filters::id.asc()))
        .select(SavedFilter::as_select())
        .load(conn)?)
}

/// # Errors
/// A conflict when the person has another of that name; or the database cannot be written.
pub fn rename(tx: &mut Tx<'_>, id: &str, name: &str) -> StoreResult<()> {
    diesel::update(saved_filters::table.filter(saved_filters::id.eq(id)))
        .set(saved_filters::name.eq(name))
        .execute(&mut **tx)?;
    Ok(())
}

/// # Errors
/// When the database cannot be written.
pub fn delete(tx: &mut Tx<'_>, id: &str) -> StoreResult<()> {
    diesel::delete(saved_filters::table.filter(saved_filters::id.eq(id))).execute(&mut **tx)?;
    Ok(())
}
