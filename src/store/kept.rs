//! Small facts about the installation itself, by name (the demonstration's clock, seeds already sown).

use diesel::prelude::*;

use super::connection::{Conn, Tx, on_backend};
use super::error::StoreResult;
use super::schema::settings_kept;

/// The value kept under `name`.
///
/// # Errors
/// When the database cannot be read.
pub fn get(conn: &mut Conn, name: &str) -> StoreResult<Option<String>> {
    Ok(settings_kept::table.filter(settings_kept::name.eq(name)).select(settings_kept::value).first(conn).optional()?)
}

/// Keeps `value` under `name`.
///
/// # Errors
/// When the database cannot be written.
pub fn put(tx: &mut Tx<'_>, name: &str, value: &str) -> StoreResult<()> {
    on_backend!(tx, conn => diesel::insert_into(settings_kept::table)
        .values((settings_kept::name.eq(name), settings_kept::value.eq(value)))
        .on_conflict(settings_kept::name)
        .do_update()
        .set(settings_kept::value.eq(value))
        .execute(conn))?;
    Ok(())
}
