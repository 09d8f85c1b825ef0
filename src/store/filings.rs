//! How dossiers were handed in. Written once with the dossier; only a telephone is put right.

use std::collections::HashMap;

use diesel::prelude::*;

use crate::domain::filing::{Addressee, FiledBy};
use crate::domain::time::Instant;

use super::columns::{At, stored};
use super::connection::{Conn, Tx, on_backend};
use super::error::StoreResult;
use super::schema::filings;

#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = filings, treat_none_as_default_value = false)]
pub struct Filing {
    pub dossier_id: String,
    pub procedure_code: String,
    #[diesel(deserialize_as = At, serialize_as = At)]
    pub filed_at: Instant,
    pub filed_by: FiledBy,
    /// Empty: nobody.
    pub representative_name: String,
    pub representative_phone: String,
    pub addressee: Addressee,
    /// JSON.
    pub papers: String,
    /// Handed in at another centre than that of the applicant's home.
    pub cross_boundary: bool,
}

/// # Errors
/// When the database cannot be written.
pub fn insert(tx: &mut Tx<'_>, filing: Filing) -> StoreResult<()> {
    on_backend!(tx, conn => diesel::insert_into(filings::table).values(filing).execute(conn))?;
    Ok(())
}

/// # Errors
/// When the database cannot be read.
pub fn find(conn: &mut Conn, dossier_id: &str) -> StoreResult<Option<Filing>> {
    Ok(filings::table.filter(filings::dossier_id.eq(dossier_id)).select(Filing::as_select()).first(conn).optional()?)
}

/// Of several dossiers.
///
/// # Errors
/// When the database cannot be read.
pub fn of_dossiers(conn: &mut Conn, dossier_ids: &[String]) -> StoreResult<Vec<Filing>> {
    Ok(filings::table.filter(filings::dossier_id.eq_any(dossier_ids)).select(Filing::as_select()).load(conn)?)
}

/// Who filled a dossier in for its applicant, by the dossier's id.
pub type Helped = HashMap<String, FiledBy>;

/// Of the dossiers received from `from` on and before `to` those that somebody else filled in: an officer of the
/// centre or a representative. Of those taken over from another system nobody knows it.
///
/// # Errors
/// When the database cannot be read.
pub fn helped_between(conn: &mut Conn, from: Instant, to: Instant) -> StoreResult<Helped> {
    let rows: Vec<(String, FiledBy)> = filings::table
        .filter(filings::filed_by.ne(FiledBy::Itself))
        .filter(filings::filed_at.ge(stored(from)))
        .filter(filings::filed_at.lt(stored(to)))
        .select((filings::dossier_id, filings::filed_by))
        .load(conn)?;
    Ok(rows.into_iter().collect())
}

/// Puts the telephone of the representative right.
///
/// # Errors
/// When the database cannot be written.
pub fn save_phone(tx: &mut Tx<'_>, dossier_id: &str, phone: &str) -> StoreResult<()> {
    diesel::update(filings::table.filter(filings::dossier_id.eq(dossier_id)))
        .set(filings::representative_phone.eq(phone))
        .execute(&mut **tx)?;
    Ok(())
}

/// The papers of the last dossier of a procedure that had any.
///
/// # Errors
/// When the database cannot be read.
pub fn last_papers(conn: &mut Conn, procedure_code: &str) -> StoreResult<Option<String>> {
    Ok(filings::table
        .filter(filings::procedure_code.eq(procedure_code))
        .filter(filings::papers.ne("[]"))
        .order((filings::filed_at.desc(), filings::dossier_id.desc()))
        .select(filings::papers)
        .first(conn)
        .optional()?)
}
