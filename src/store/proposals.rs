//! Changes of rules, and corrections of dossiers, that one person proposes and another decides.

use diesel::prelude::*;

use crate::domain::text_enum;
use crate::domain::time::Instant;

use super::columns::{At, MaybeAt, stored};
use super::connection::{Conn, Tx};
use super::error::StoreResult;
use super::schema::proposals;
use super::scope::of_our_people;

text_enum! {
    /// What a proposal changes.
    ProposalKind {
        Procedures = "procedures",
        Calendar = "calendar",
        TimeRules = "time_rules",
        Ladder = "ladder",
        /// of when the result of a dossier was ready
        Correction = "correction",
    }
}

text_enum! {
    /// Where a proposal stands.
    ProposalState {
        Waiting = "waiting",
        Approved = "approved",
        Refused = "refused",
        /// taken back by who made it
        Withdrawn = "withdrawn",
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = proposals, treat_none_as_default_value = false)]
pub struct Proposal {
    pub id: String,
    pub kind: ProposalKind,
    /// One line for lists.
    pub title: String,
    /// The change as JSON.
    pub body: String,
    /// Revision of the rules it was made against.
    pub base: String,
    /// User name.
    pub proposed_by: String,
    #[diesel(deserialize_as = At, serialize_as = At)]
    pub proposed_at: Instant,
    pub state: ProposalState,
    /// User name; empty while it waits.
    pub decided_by: String,
    #[diesel(deserialize_as = MaybeAt, serialize_as = MaybeAt)]
    pub decided_at: Option<Instant>,
    /// Why it was refused.
    pub note: String,
}

/// # Errors
/// When the database cannot be written.
pub fn insert(tx: &mut Tx<'_>, proposal: Proposal) -> StoreResult<()> {
    diesel::insert_into(proposals::table).values(proposal).execute(&mut **tx)?;
    Ok(())
}

/// # Errors
/// When the database cannot be read.
pub fn find(conn: &mut Conn, id: &str) -> StoreResult<Option<Proposal>> {
    Ok(proposals::table
        .filter(proposals::id.eq(id))
        .filter(of_our_people!(proposals::proposed_by))
        .select(Proposal::as_select())
        .first(conn)
        .optional()?)
}

/// The proposals, waiting ones first, then the newest; at most `limit`.
///
/// # Errors
/// When the database cannot be read.
pub fn newest(conn: &mut Conn, limit: i64) -> StoreResult<Vec<Proposal>> {
    let mut all: Vec<Proposal> = proposals::table
        .filter(proposals::state.eq(ProposalState::Waiting))
        .filter(of_our_people!(proposals::proposed_by))
        .order(proposals::proposed_at.asc())
        .select(Proposal::as_select())
        .load(conn)?;
    all.extend(
        proposals::table
            .filter(proposals::state.ne(ProposalState::Waiting))
            .filter(of_our_people!(proposals::proposed_by))
            .order((proposals::proposed_at.desc(), proposals::id.desc()))
            .limit(limit)
            .select(Proposal::as_select())
            .load::<Proposal>(conn)?,
    );
    Ok(all)
}

/// How many wait that `username` did not make.
///
/// # Errors
/// When the database cannot be read.
pub fn waiting_for(conn: &mut Conn, username: &str) -> StoreResult<u64> {
    let count: i64 = proposals::table
        .filter(proposals::state.eq(ProposalState::Waiting))
        .filter(proposals::proposed_by.ne(username))
        .filter(of_our_people!(proposals::proposed_by))
        .count()
        .get_result(conn)?;
    Ok(u64::try_from(count).unwrap_or(0))
}

/// Decides a waiting proposal; 0 when somebody decided before.
///
/// # Errors
/// When the database cannot be written.
pub fn decide(
    tx: &mut Tx<'_>,
    id: &str,
    state: ProposalState,
    by: &str,
    at: Instant,
    note: &str,
) -> StoreResult<usize> {
    Ok(diesel::update(
        proposals::table.filter(proposals::id.eq(id)).filter(proposals::state.eq(ProposalState::Waiting)),
    )
    .set((
        proposals::state.eq(state),
        proposals::decided_by.eq(by),
        proposals::decided_at.eq(stored(at)),
        proposals::note.eq(note),
    ))
    .execute(&mut **tx)?)
}
