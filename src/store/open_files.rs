//! The dossiers in progress of some units, with no more than a count by officer needs.

use diesel::prelude::*;

use crate::domain::dossier::StageName;
use crate::domain::time::Instant;

use super::columns::MaybeAt;
use super::connection::Conn;
use super::error::StoreResult;
use super::schema::dossiers;

#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = dossiers)]
pub struct OpenFile {
    pub id: String,
    pub officer_id: Option<String>,
    pub stage: StageName,
    #[diesel(deserialize_as = MaybeAt)]
    pub paused_since: Option<Instant>,
    #[diesel(deserialize_as = MaybeAt)]
    pub due_at: Option<Instant>,
    #[diesel(deserialize_as = MaybeAt)]
    pub new_due_at: Option<Instant>,
}

/// The open dossiers of a unit.
///
/// # Errors
/// When the database cannot be read.
pub fn of_unit(conn: &mut Conn, unit_id: &str) -> StoreResult<Vec<OpenFile>> {
    Ok(dossiers::table
        .filter(dossiers::closed_at.is_null())
        .filter(dossiers::unit_id.eq(unit_id))
        .select(OpenFile::as_select())
        .load(conn)?)
}
