//! Files brought by the import wizard: how far each is. Work on one is taken by compare-and-set.

use diesel::prelude::*;

use crate::domain::text_enum;
use crate::domain::time::Instant;

use super::columns::{At, MaybeAt, stored};
use super::connection::{Conn, Tx, on_backend};
use super::error::StoreResult;
use super::schema::{import_mappings, import_runs};
use super::scope::of_our_people;

text_enum! {
    ImportRunState {
        /// the columns are to be mapped
        Uploaded = "uploaded",
        /// read without writing
        Checking = "checking",
        Checked = "checked",
        Importing = "importing",
        Done = "done",
        /// the file could not be read at all
        Failed = "failed",
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = import_runs, treat_none_as_default_value = false)]
pub struct ImportRun {
    pub id: String,
    /// Who brought the file; once a round began, who asked for it.
    pub username: String,
    pub file_name: String,
    pub bytes: i64,
    /// As the command line reads it; empty: none yet.
    pub mapping: String,
    pub state: ImportRunState,
    #[diesel(deserialize_as = At, serialize_as = At)]
    pub uploaded_at: Instant,
    pub rows_read: i64,
    pub bytes_done: i64,
    pub beats: i64,
    pub beats_seen: i64,
    #[diesel(deserialize_as = MaybeAt, serialize_as = MaybeAt)]
    pub seen_at: Option<Instant>,
    /// JSON; empty: none yet.
    pub report: String,
    pub reconciled: String,
    /// Why it failed, as JSON; empty: it did not.
    pub problem: String,
    #[diesel(deserialize_as = MaybeAt, serialize_as = MaybeAt)]
    pub finished_at: Option<Instant>,
}

#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = import_mappings, treat_none_as_default_value = false)]
pub struct SavedMapping {
    pub name: String,
    pub body: String,
    pub saved_by: String,
    #[diesel(deserialize_as = At, serialize_as = At)]
    pub saved_at: Instant,
}

/// What a round of work gave.
#[derive(Debug, Clone, Default)]
pub struct Ended<'a> {
    pub report: &'a str,
    pub reconciled: &'a str,
    pub problem: &'a str,
}

/// # Errors
/// When the database cannot be written.
pub fn insert(tx: &mut Tx<'_>, row: ImportRun) -> StoreResult<()> {
    on_backend!(tx, conn => diesel::insert_into(import_runs::table).values(row).execute(conn))?;
    Ok(())
}

/// # Errors
/// When the database cannot be read.
pub fn find(conn: &mut Conn, id: &str) -> StoreResult<Option<ImportRun>> {
    Ok(import_runs::table
        .filter(import_runs::id.eq(id))
        .filter(of_our_people!(import_runs::username))
        .select(ImportRun::as_select())
        .first(conn)
        .optional()?)
}

/// # Errors
/// When the database cannot be read.
pub fn newest(conn: &mut Conn, limit: i64) -> StoreResult<Vec<ImportRun>> {
    Ok(import_runs::table
        .order((import_runs::uploaded_at.desc(), import_runs::id.desc()))
        .limit(limit)
        .select(ImportRun::as_select())
        .load(conn)?)
}

/// Those that somebody works on, or should.
///
/// # Errors
/// When the database cannot be read.
pub fn under_way(conn: &mut Conn) -> StoreResult<Vec<ImportRun>> {
    Ok(import_runs::table
        .filter(import_runs::state.eq_any([ImportRunState::Checking.as_str(), ImportRunState::Importing.as_str()]))
        .order((import_runs::uploaded_at.asc(), import_runs::id.asc()))
        .select(ImportRun::as_select())
        .load(conn)?)
}

/// Begins a round of work of `username` from one of `from`; 0: it is not there (any more).
///
/// # Errors
/// When the database cannot be written.
pub fn begin(
    tx: &mut Tx<'_>,
    id: &str,
    from: &[ImportRunState],
    to: ImportRunState,
    mapping: &str,
    username: &str,
) -> StoreResult<usize> {
    let words: Vec<&str> = from.iter().map(|state| state.as_str()).collect();
    let here = import_runs::table
        .filter(import_runs::id.eq(id))
        .filter(import_runs::state.eq_any(words))
        .filter(of_our_people!(import_runs::username));
    Ok(diesel::update(here)
        .set((
            import_runs::state.eq(to),
            import_runs::mapping.eq(mapping),
            import_runs::username.eq(username),
            import_runs::rows_read.eq(0),
            import_runs::bytes_done.eq(0),
            import_runs::beats.eq(import_runs::beats + 1),
            import_runs::problem.eq(""),
        ))
        .execute(&mut **tx)?)
}

/// Tells how far a round is, if it is still the one that began at `beats`; answers the next beat.
///
/// # Errors
/// When the database cannot be written.
pub fn beat(tx: &mut Tx<'_>, id: &str, beats: i64, (rows, bytes): (i64, i64)) -> StoreResult<usize> {
    let here = import_runs::table.filter(import_runs::id.eq(id)).filter(import_runs::beats.eq(beats));
    Ok(diesel::update(here)
        .set((import_runs::beats.eq(beats + 1), import_runs::rows_read.eq(rows), import_runs::bytes_done.eq(bytes)))
        .execute(&mut **tx)?)
}

/// Ends the round that is at `beats`.
///
/// # Errors
/// When the database cannot be written.
pub fn end(
    tx: &mut Tx<'_>,
    id: &str,
    beats: i64,
    now: Instant,
    state: ImportRunState,
    ended: &Ended<'_>,
) -> StoreResult<usize> {
    let here = import_runs::table.filter(import_runs::id.eq(id)).filter(import_runs::beats.eq(beats));
    Ok(diesel::update(here)
        .set((
            import_runs::state.eq(state),
            import_runs::beats.eq(beats + 1),
            import_runs::report.eq(ended.report),
            import_runs::reconciled.eq(ended.reconciled),
            import_runs::problem.eq(ended.problem),
            import_runs::finished_at.eq(stored(now)),
        ))
        .execute(&mut **tx)?)
}

/// The job looked: nobody had moved on since.
///
/// # Errors
/// When the database cannot be written.
pub fn saw(tx: &mut Tx<'_>, id: &str, beats: i64, now: Instant) -> StoreResult<()> {
    diesel::update(import_runs::table.filter(import_runs::id.eq(id)))
        .set((import_runs::beats_seen.eq(beats), import_runs::seen_at.eq(stored(now))))
        .execute(&mut **tx)?;
    Ok(())
}

/// Deletes a run unless it is being imported: how that ended has to be written down.
///
/// # Errors
/// When the database cannot be written.
pub fn delete(tx: &mut Tx<'_>, id: &str) -> StoreResult<usize> {
    let idle = import_runs::table
        .filter(import_runs::id.eq(id))
        .filter(of_our_people!(import_runs::username))
        .filter(import_runs::state.ne(ImportRunState::Importing.as_str()));
    Ok(diesel::delete(idle).execute(&mut **tx)?)
}

/// Those uploaded before `at` that nobody works on.
///
/// # Errors
/// When the database cannot be read.
pub fn older(conn: &mut Conn, at: Instant) -> StoreResult<Vec<ImportRun>> {
    Ok(import_runs::table
        .filter(import_runs::uploaded_at.lt(stored(at)))
        .filter(import_runs::state.ne_all([ImportRunState::Checking.as_str(), ImportRunState::Importing.as_str()]))
        .select(ImportRun::as_select())
        .load(conn)?)
}

/// Saved mappings by name.
///
/// # Errors
/// When the database cannot be read.
pub fn mappings(conn: &mut Conn) -> StoreResult<Vec<SavedMapping>> {
    Ok(import_mappings::table.order(import_mappings::name.asc()).select(SavedMapping::as_select()).load(conn)?)
}

/// Keeps a mapping in the place of the one with its name.
///
/// # Errors
/// When the database cannot be written.
pub fn save_mapping(tx: &mut Tx<'_>, mapping: SavedMapping) -> StoreResult<()> {
    on_backend!(tx, conn => diesel::insert_into(import_mappings::table)
        .values(mapping.clone())
        .on_conflict(import_mappings::name)
        .do_update()
        .set(mapping)
        .execute(conn))?;
    Ok(())
}
