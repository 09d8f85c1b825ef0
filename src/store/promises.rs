//! What was promised to the citizen, with the ledger that explains it, and the pauses of the clock.

use diesel::prelude::*;

use crate::domain::dossier::StageName;
use crate::domain::limit::LimitUnit;
use crate::domain::text_enum;
use crate::domain::time::Instant;

use super::columns::{At, MaybeAt, stored};
use super::connection::{Conn, Tx, insert_all, on_backend};
use super::error::StoreResult;
use super::schema::{pauses, promises};

text_enum! {
    /// Why a promise was made.
    PromiseKind {
        Initial = "initial",
        /// made in another system and taken over as it was
        Imported = "imported",
        /// counted afresh after a complete supplement (NĐ 118/2025 Art. 19(5))
        Restarted = "restarted",
        /// moved by the time the citizen took to meet an obligation
        Resumed = "resumed",
        /// the one new date of an apology (Art. 19(6)); never judged
        Rescheduled = "rescheduled",
        /// moved later by a change of the calendar, never earlier
        Redated = "redated",
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = promises, treat_none_as_default_value = false)]
pub struct PromiseRow {
    pub id: String,
    pub dossier_id: String,
    pub number: i32,
    pub kind: PromiseKind,
    #[diesel(deserialize_as = At, serialize_as = At)]
    pub due_at: Instant,
    #[diesel(deserialize_as = At, serialize_as = At)]
    pub made_at: Instant,
    #[diesel(deserialize_as = At, serialize_as = At)]
    pub counted_from: Instant,
    #[diesel(deserialize_as = MaybeAt, serialize_as = MaybeAt)]
    pub superseded_at: Option<Instant>,
    pub limit_value: Option<i32>,
    pub limit_unit: Option<LimitUnit>,
    #[diesel(deserialize_as = MaybeAt, serialize_as = MaybeAt)]
    pub computed_due_at: Option<Instant>,
    pub calendar_version: i32,
    pub provisional: bool,
    pub basis: String,
    /// The ledger as JSON.
    pub ledger: String,
    /// What the statutory limit gives; `due_at` itself unless the office committed to less.
    #[diesel(deserialize_as = MaybeAt, serialize_as = MaybeAt)]
    pub statutory_due_at: Option<Instant>,
    /// Its ledger as JSON; empty when `ledger` is the statutory one.
    pub statutory_ledger: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = pauses, treat_none_as_default_value = false)]
pub struct PauseRow {
    pub id: String,
    pub dossier_id: String,
    pub kind: StageName,
    #[diesel(deserialize_as = At, serialize_as = At)]
    pub from_at: Instant,
    #[diesel(deserialize_as = MaybeAt, serialize_as = MaybeAt)]
    pub to_at: Option<Instant>,
}

/// # Errors
/// When the database cannot be written.
pub fn insert(tx: &mut Tx<'_>, promise: PromiseRow) -> StoreResult<()> {
    on_backend!(tx, conn => diesel::insert_into(promises::table).values(promise).execute(conn))?;
    Ok(())
}

/// # Errors
/// When the database cannot be written.
pub fn insert_all(tx: &mut Tx<'_>, promises: Vec<PromiseRow>) -> StoreResult<()> {
    insert_all!(tx, promises::table, promises);
    Ok(())
}

/// Marks the judged promise `number` as replaced by a later one.
///
/// # Errors
/// When the database cannot be written.
pub fn supersede(tx: &mut Tx<'_>, dossier_id: &str, number: i32, at: Instant) -> StoreResult<()> {
    diesel::update(promises::table.filter(promises::dossier_id.eq(dossier_id)).filter(promises::number.eq(number)))
        .set(promises::superseded_at.eq(stored(at)))
        .execute(&mut **tx)?;
    Ok(())
}

/// The promises of a dossier, oldest first.
///
/// # Errors
/// When the database cannot be read.
pub fn of_dossier(conn: &mut Conn, dossier_id: &str) -> StoreResult<Vec<PromiseRow>> {
    Ok(promises::table
        .filter(promises::dossier_id.eq(dossier_id))
        .order(promises::number.asc())
        .select(PromiseRow::as_select())
        .load(conn)?)
}

/// The promises of several dossiers in one question.
///
/// # Errors
/// When the database cannot be read.
pub fn of_dossiers(conn: &mut Conn, dossier_ids: &[String]) -> StoreResult<Vec<PromiseRow>> {
    Ok(promises::table
        .filter(promises::dossier_id.eq_any(dossier_ids))
        .order((promises::dossier_id.asc(), promises::number.asc()))
        .select(PromiseRow::as_select())
        .load(conn)?)
}

/// Up to `limit` promises after the id `after`, for replaying all of them.
///
/// # Errors
/// When the database cannot be read.
pub fn after(conn: &mut Conn, after: &str, limit: i64) -> StoreResult<Vec<PromiseRow>> {
    Ok(promises::table
        .filter(promises::id.gt(after))
        .order(promises::id.asc())
        .limit(limit)
        .select(PromiseRow::as_select())
        .load(conn)?)
}

/// # Errors
/// When the database cannot be written.
pub fn open_pause(tx: &mut Tx<'_>, pause: PauseRow) -> StoreResult<()> {
    diesel::insert_into(pauses::table).values(pause).execute(&mut **tx)?;
    Ok(())
}

/// Ends the open pause of a dossier.
///
/// # Errors
/// When the database cannot be written.
pub fn close_pause(tx: &mut Tx<'_>, dossier_id: &str, at: Instant) -> StoreResult<()> {
    diesel::update(pauses::table.filter(pauses::dossier_id.eq(dossier_id)).filter(pauses::to_at.is_null()))
        .set(pauses::to_at.eq(stored(at)))
        .execute(&mut **tx)?;
    Ok(())
}

/// The pauses of a dossier, oldest first.
///
/// # Errors
/// When the database cannot be read.
pub fn pauses_of(conn: &mut Conn, dossier_id: &str) -> StoreResult<Vec<PauseRow>> {
    Ok(pauses::table
        .filter(pauses::dossier_id.eq(dossier_id))
        .order(pauses::from_at.asc())
        .select(PauseRow::as_select())
        .load(conn)?)
}
