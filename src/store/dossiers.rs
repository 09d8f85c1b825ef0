//! Dossiers: the current columns (a fold of the journal's events), and how one is found by what is known of it.
//! `dossiers/saving.rs` writes them; lists and counts stand in `dossier_lists.rs` and `dossier_counts.rs`.

use diesel::prelude::*;

use crate::domain::channel::Channel;
use crate::domain::dossier::StageName;
use crate::domain::time::Instant;

use super::columns::{At, MaybeAt, stored};
use super::connection::{Conn, Tx};
use super::error::StoreResult;
use super::schema::dossiers;
use super::scope::ours;

mod saving;

pub use super::dossier_counts::{Counts, Ends, counts};
pub use super::dossier_lists::{After, Filter, Order, Part, count, count_upto, list};
pub use saving::{ContactColumns, check_received_since, insert, save, save_all, save_contact, set_next_check};

#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = dossiers, treat_none_as_default_value = false)]
pub struct DossierRow {
    pub id: String,
    pub agency_id: String,
    pub code: String,
    pub procedure_id: String,
    pub applicant_name: String,
    pub applicant_phone: Option<String>,
    pub applicant_email: Option<String>,
    pub applicant_address: Option<String>,
    pub search_key: String,
    pub channel: Channel,
    pub unit_id: Option<String>,
    pub officer_id: Option<String>,
    pub officer_label: Option<String>,
    #[diesel(deserialize_as = At, serialize_as = At)]
    pub received_at: Instant,
    pub stage: StageName,
    #[diesel(deserialize_as = At, serialize_as = At)]
    pub stage_since: Instant,
    #[diesel(deserialize_as = MaybeAt, serialize_as = MaybeAt)]
    pub paused_since: Option<Instant>,
    /// Number of the judged promise; 0 when none was made.
    pub promise_number: i32,
    #[diesel(deserialize_as = MaybeAt, serialize_as = MaybeAt)]
    pub due_at: Option<Instant>,
    /// Number of the reschedule; 0 when there was none.
    pub reschedule_number: i32,
    #[diesel(deserialize_as = MaybeAt, serialize_as = MaybeAt)]
    pub new_due_at: Option<Instant>,
    #[diesel(deserialize_as = MaybeAt, serialize_as = MaybeAt)]
    pub closed_at: Option<Instant>,
    #[diesel(deserialize_as = MaybeAt, serialize_as = MaybeAt)]
    pub returned_at: Option<Instant>,
    pub paper_supplement: bool,
    pub presence_required: bool,
    pub fee_due: bool,
    pub paid_online: bool,
    pub e_result: bool,
    /// Random secret of the citizen's page.
    pub status_token: String,
    /// When the sweep has to look again; `None`: not before something happens.
    #[diesel(deserialize_as = MaybeAt, serialize_as = MaybeAt)]
    pub next_check_at: Option<Instant>,
    /// Counts the changes: who saves an older revision is told.
    pub revision: i32,
    /// What the statutory limit gives, when `due_at` is the office's shorter commitment.
    #[diesel(deserialize_as = MaybeAt, serialize_as = MaybeAt)]
    pub statutory_due_at: Option<Instant>,
}

/// # Errors
/// When the database cannot be read.
pub fn find(conn: &mut Conn, id: &str) -> StoreResult<Option<DossierRow>> {
    Ok(dossiers::table
        .filter(dossiers::id.eq(id))
        .filter(ours!(dossiers))
        .select(DossierRow::as_select())
        .first(conn)
        .optional()?)
}

/// # Errors
/// When the database cannot be read.
pub fn by_code(conn: &mut Conn, code: &str) -> StoreResult<Option<DossierRow>> {
    Ok(dossiers::table
        .filter(dossiers::code.eq(code))
        .filter(ours!(dossiers))
        .select(DossierRow::as_select())
        .first(conn)
        .optional()?)
}

/// Whether any agency has a dossier with this code.
///
/// # Errors
/// When the database cannot be read.
pub fn is_taken(tx: &mut Tx<'_>, code: &str) -> StoreResult<bool> {
    Ok(diesel::select(diesel::dsl::exists(dossiers::table.filter(dossiers::code.eq(code)))).get_result(&mut **tx)?)
}

/// The dossiers that have these codes.
///
/// # Errors
/// When the database cannot be read.
pub fn by_codes(conn: &mut Conn, codes: &[String]) -> StoreResult<Vec<DossierRow>> {
    Ok(dossiers::table
        .filter(dossiers::code.eq_any(codes))
        .filter(ours!(dossiers))
        .select(DossierRow::as_select())
        .load(conn)?)
}

/// The dossier behind the secret of the citizen's page.
///
/// # Errors
/// When the database cannot be read.
pub fn by_status_token(conn: &mut Conn, token: &str) -> StoreResult<Option<DossierRow>> {
    Ok(dossiers::table
        .filter(dossiers::status_token.eq(token))
        .select(DossierRow::as_select())
        .first(conn)
        .optional()?)
}

/// Up to `limit` dossiers whose next check has come, but these.
///
/// # Errors
/// When the database cannot be read.
pub fn to_check(conn: &mut Conn, now: Instant, but: &[String], limit: usize) -> StoreResult<Vec<DossierRow>> {
    // Ties stay as the index has them: thousands fall due at one moment, and sorting reads them all.
    let mut rows: Vec<DossierRow> = dossiers::table
        .filter(dossiers::next_check_at.le(stored(now)))
        .filter(dossiers::id.ne_all(but))
        .filter(ours!(dossiers))
        .order(dossiers::next_check_at.asc())
        .limit(i64::try_from(limit).unwrap_or(i64::MAX))
        .select(DossierRow::as_select())
        .load(conn)?;
    rows.sort_by(|a, b| (a.next_check_at, &a.id).cmp(&(b.next_check_at, &b.id)));
    Ok(rows)
}

/// The dossiers with these ids, by due date.
///
/// # Errors
/// When the database cannot be read.
pub fn by_ids(conn: &mut Conn, ids: &[&str]) -> StoreResult<Vec<DossierRow>> {
    let mut rows = Vec::with_capacity(ids.len());
    // Databases limit the values of one statement.
    for ids in ids.chunks(500) {
        rows.extend(
            dossiers::table
                .filter(dossiers::id.eq_any(ids.iter().copied()))
                .select(DossierRow::as_select())
                .load::<DossierRow>(conn)?,
        );
    }
    rows.sort_by(|a, b| (a.due_at.is_none(), a.due_at, &a.id).cmp(&(b.due_at.is_none(), b.due_at, &b.id)));
    Ok(rows)
}
