//! What was issued or uploaded, byte for byte, under its hash.

use diesel::prelude::*;

use crate::domain::time::Instant;

use super::columns::stored;
use super::connection::{Conn, Tx, on_backend};
use super::error::StoreResult;
use super::schema::documents;

/// Keeps `bytes` under their hash, once.
///
/// # Errors
/// When the database cannot be written.
pub fn keep(tx: &mut Tx<'_>, hash: &str, media_type: &str, bytes: &[u8], now: Instant) -> StoreResult<()> {
    on_backend!(tx, conn => diesel::insert_into(documents::table)
        .values((
            documents::hash.eq(hash),
            documents::media_type.eq(media_type),
            documents::bytes.eq(bytes),
            documents::kept_at.eq(stored(now)),
        ))
        .on_conflict_do_nothing()
        .execute(conn))?;
    Ok(())
}

/// The media type and the bytes kept under `hash`.
///
/// # Errors
/// When the database cannot be read.
pub fn find(conn: &mut Conn, hash: &str) -> StoreResult<Option<(String, Vec<u8>)>> {
    let wanted = documents::table.filter(documents::hash.eq(hash));
    Ok(wanted.select((documents::media_type, documents::bytes)).first(conn).optional()?)
}
