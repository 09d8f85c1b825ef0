//! The forms given to citizens and between units, their facts frozen when they are first made.

use diesel::prelude::*;

use crate::domain::text_enum;
use crate::domain::time::Instant;

use super::columns::At;
use super::connection::{Conn, Tx};
use super::documents;
use super::error::StoreResult;
use super::schema::papers;
use super::scope::ours;

text_enum! {
    /// The forms of TT 03/2025/TT-VPCP, Annex I, that belong to one dossier (04 is a letter, 07 a list).
    PaperKind {
        /// 01
        Receipt = "receipt",
        /// 02
        SupplementRequest = "supplement-request",
        /// 03
        Refusal = "refusal",
        /// 05
        Stop = "stop",
        /// 06
        ControlSlip = "control-slip",
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = papers, treat_none_as_default_value = false)]
pub struct Paper {
    pub id: String,
    pub agency_id: String,
    pub dossier_id: String,
    pub kind: PaperKind,
    /// The n-th of its kind for this dossier, from 1.
    pub occasion: i32,
    pub number: String,
    #[diesel(deserialize_as = At, serialize_as = At)]
    pub issued_at: Instant,
    pub issued_by: String,
    /// The facts as JSON, frozen.
    pub facts: String,
    /// SHA-256 of the issued PDF, once rendered.
    pub document_hash: Option<String>,
}

/// # Errors
/// When the database cannot be written, or the paper is there.
pub fn insert(tx: &mut Tx<'_>, paper: Paper) -> StoreResult<()> {
    diesel::insert_into(papers::table).values(paper).execute(&mut **tx)?;
    Ok(())
}

/// The papers of a dossier, oldest first.
///
/// # Errors
/// When the database cannot be read.
pub fn of_dossier(conn: &mut Conn, dossier_id: &str) -> StoreResult<Vec<Paper>> {
    Ok(papers::table
        .filter(papers::dossier_id.eq(dossier_id))
        .order((papers::issued_at.asc(), papers::id.asc()))
        .select(Paper::as_select())
        .load(conn)?)
}

/// # Errors
/// When the database cannot be read.
pub fn find(conn: &mut Conn, id: &str) -> StoreResult<Option<Paper>> {
    Ok(papers::table
        .filter(papers::id.eq(id))
        .filter(ours!(papers))
        .select(Paper::as_select())
        .first(conn)
        .optional()?)
}

/// Keeps the issued bytes under their hash and ties them to the paper, once.
///
/// # Errors
/// When the database cannot be written.
pub fn keep_document(tx: &mut Tx<'_>, paper_id: &str, hash: &str, bytes: &[u8], now: Instant) -> StoreResult<()> {
    documents::keep(tx, hash, "application/pdf", bytes, now)?;
    diesel::update(papers::table.filter(papers::id.eq(paper_id)).filter(papers::document_hash.is_null()))
        .set(papers::document_hash.eq(hash))
        .execute(&mut **tx)?;
    Ok(())
}
