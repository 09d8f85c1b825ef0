//! The state of the timetable: which planned times are taken care of. Claimed by compare-and-set,
//! so several processes never run the same tick.

use diesel::prelude::*;

use crate::domain::time::Instant;

use super::columns::{At, MaybeAt, stored};
use super::connection::{Conn, Tx, on_backend};
use super::error::StoreResult;
use super::schema::jobs;

#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = jobs)]
pub struct JobState {
    pub name: String,
    #[diesel(deserialize_as = At)]
    pub last_tick: Instant,
    #[diesel(deserialize_as = MaybeAt)]
    pub started_at: Option<Instant>,
    #[diesel(deserialize_as = MaybeAt)]
    pub finished_at: Option<Instant>,
    pub result: Option<String>,
}

/// # Errors
/// When the database cannot be read.
pub fn all(conn: &mut Conn) -> StoreResult<Vec<JobState>> {
    Ok(jobs::table.order(jobs::name.asc()).select(JobState::as_select()).load(conn)?)
}

/// Makes the job known; its first planned time lies after `now`.
///
/// # Errors
/// When the database cannot be written.
pub fn register(tx: &mut Tx<'_>, name: &str, now: Instant) -> StoreResult<()> {
    on_backend!(tx, conn => diesel::insert_into(jobs::table)
        .values((jobs::name.eq(name), jobs::last_tick.eq(stored(now))))
        .on_conflict_do_nothing()
        .execute(conn))?;
    Ok(())
}

/// Takes the run for the planned time `tick` if nobody took it since `seen`.
///
/// # Errors
/// When the database cannot be written.
pub fn claim(tx: &mut Tx<'_>, name: &str, seen: Instant, tick: Instant, now: Instant) -> StoreResult<Claim> {
    let mine = diesel::update(jobs::table.filter(jobs::name.eq(name)).filter(jobs::last_tick.eq(stored(seen))))
        .set((jobs::last_tick.eq(stored(tick)), jobs::started_at.eq(stored(now))))
        .execute(&mut **tx)?;
    Ok(if mine == 1 { Claim::Mine } else { Claim::Taken })
}

/// Whether this process got the run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Claim {
    Mine,
    Taken,
}

/// Writes down that a run began, for those who watch it.
///
/// # Errors
/// When the database cannot be written.
pub fn begin(tx: &mut Tx<'_>, name: &str, started_at: Instant) -> StoreResult<()> {
    diesel::update(jobs::table.filter(jobs::name.eq(name)))
        .set(jobs::started_at.eq(stored(started_at)))
        .execute(&mut **tx)?;
    Ok(())
}

/// Writes down how a run ended.
///
/// # Errors
/// When the database cannot be written.
pub fn finish(tx: &mut Tx<'_>, name: &str, started_at: Instant, now: Instant, result: &str) -> StoreResult<()> {
    diesel::update(jobs::table.filter(jobs::name.eq(name)))
        .set((jobs::started_at.eq(stored(started_at)), jobs::finished_at.eq(stored(now)), jobs::result.eq(result)))
        .execute(&mut **tx)?;
    Ok(())
}
