//! What writes dossiers: a new one, the columns that a step moves, the contact, and when the sweep looks again.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use diesel::query_dsl::methods;
use diesel::upsert::excluded;

use super::DossierRow;
use crate::domain::dossier::StageName;
use crate::domain::time::Instant;
use crate::store::columns::stored;
use crate::store::connection::{Conn, Tx, on_backend};
use crate::store::error::{StoreError, StoreResult};
use crate::store::schema::dossiers;
use crate::store::scope::ours;
use crate::store::search;

/// The columns that move with each step; receipt, channel and code never do.
#[derive(Debug, Clone, AsChangeset)]
#[diesel(table_name = dossiers, treat_none_as_null = true)]
struct Moved {
    officer_label: Option<String>,
    stage: StageName,
    stage_since: NaiveDateTime,
    promise_number: i32,
    reschedule_number: i32,
    new_due_at: Option<NaiveDateTime>,
    returned_at: Option<NaiveDateTime>,
    paper_supplement: bool,
    presence_required: bool,
    fee_due: bool,
    paid_online: bool,
    e_result: bool,
    next_check_at: Option<NaiveDateTime>,
    revision: i32,
    statutory_due_at: Option<NaiveDateTime>,
}

/// The columns that lists are made by. They stand in many indexes, which are written anew whenever one of them
/// is set, also to what it was.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, AsChangeset)]
#[diesel(table_name = dossiers, treat_none_as_null = true)]
struct Listed {
    unit_id: Option<String>,
    officer_id: Option<String>,
    paused_since: Option<NaiveDateTime>,
    due_at: Option<NaiveDateTime>,
    closed_at: Option<NaiveDateTime>,
}

/// # Errors
/// A conflict when the code is taken; or the database cannot be written.
pub fn insert(tx: &mut Tx<'_>, dossier: DossierRow) -> StoreResult<()> {
    let (id, key, received_at) = (dossier.id.clone(), dossier.search_key.clone(), stored(dossier.received_at));
    // On the connection itself the statement is known by its type and never written out again.
    on_backend!(tx, conn => diesel::insert_into(dossiers::table).values(dossier).execute(conn))?;
    search::keep(tx, &id, &key, received_at)
}

/// Saves the moved columns of `row` if nobody saved since it was read; its revision is the one read.
///
/// # Errors
/// A conflict when somebody was faster; or the database cannot be written.
pub fn save(tx: &mut Tx<'_>, row: &DossierRow) -> StoreResult<()> {
    let moved = Moved {
        officer_label: row.officer_label.clone(),
        stage: row.stage,
        stage_since: stored(row.stage_since),
        promise_number: row.promise_number,
        reschedule_number: row.reschedule_number,
        new_due_at: row.new_due_at.map(stored),
        returned_at: row.returned_at.map(stored),
        paper_supplement: row.paper_supplement,
        presence_required: row.presence_required,
        fee_due: row.fee_due,
        paid_online: row.paid_online,
        e_result: row.e_result,
        next_check_at: row.next_check_at.map(stored),
        revision: row.revision + 1,
        statutory_due_at: row.statutory_due_at.map(stored),
    };
    let here = dossiers::table.filter(dossiers::id.eq(&row.id));
    let saved = diesel::update(here.filter(dossiers::revision.eq(row.revision))).set(moved).execute(&mut **tx)?;
    if saved != 1 {
        return Err(StoreError::Conflict(format!("dossier {} was changed meanwhile", row.code)));
    }
    let listed = Listed {
        unit_id: row.unit_id.clone(),
        officer_id: row.officer_id.clone(),
        paused_since: row.paused_since.map(stored),
        due_at: row.due_at.map(stored),
        closed_at: row.closed_at.map(stored),
    };
    let stands = here.select(Listed::as_select()).first(&mut **tx)?;
    if stands != listed {
        diesel::update(here).set(listed).execute(&mut **tx)?;
    }
    Ok(())
}

/// [`save`] for many rows: on PostgreSQL in one statement.
///
/// # Errors
/// A conflict when somebody was faster; or the database cannot be written.
pub fn save_all(tx: &mut Tx<'_>, rows: Vec<DossierRow>) -> StoreResult<()> {
    if let [row] = rows.as_slice() {
        return save(tx, row);
    }
    match &mut **tx {
        Conn::Lite(_) => rows.iter().try_for_each(|row| save(tx, row)),
        Conn::Pg(conn) => {
            let wanted = rows.len();
            let upsert = diesel::insert_into(dossiers::table).values(rows).on_conflict(dossiers::id).do_update().set((
                dossiers::unit_id.eq(excluded(dossiers::unit_id)),
                dossiers::officer_id.eq(excluded(dossiers::officer_id)),
                dossiers::officer_label.eq(excluded(dossiers::officer_label)),
                dossiers::stage.eq(excluded(dossiers::stage)),
                dossiers::stage_since.eq(excluded(dossiers::stage_since)),
                dossiers::paused_since.eq(excluded(dossiers::paused_since)),
                dossiers::promise_number.eq(excluded(dossiers::promise_number)),
                dossiers::due_at.eq(excluded(dossiers::due_at)),
                dossiers::reschedule_number.eq(excluded(dossiers::reschedule_number)),
                dossiers::new_due_at.eq(excluded(dossiers::new_due_at)),
                dossiers::closed_at.eq(excluded(dossiers::closed_at)),
                dossiers::returned_at.eq(excluded(dossiers::returned_at)),
                dossiers::paper_supplement.eq(excluded(dossiers::paper_supplement)),
                dossiers::presence_required.eq(excluded(dossiers::presence_required)),
                dossiers::fee_due.eq(excluded(dossiers::fee_due)),
                dossiers::paid_online.eq(excluded(dossiers::paid_online)),
                dossiers::e_result.eq(excluded(dossiers::e_result)),
                dossiers::next_check_at.eq(excluded(dossiers::next_check_at)),
                dossiers::revision.eq(dossiers::revision + 1),
                dossiers::statutory_due_at.eq(excluded(dossiers::statutory_due_at)),
            ));
            let saved = methods::FilterDsl::filter(upsert, dossiers::revision.eq(excluded(dossiers::revision)))
                .execute(conn)?;
            if saved == wanted {
                Ok(())
            } else {
                Err(StoreError::Conflict("dossiers were changed meanwhile".to_owned()))
            }
        }
    }
}

/// How the applicant is reached, and the words the dossier is found by.
#[derive(Debug, Clone, PartialEq, Eq, AsChangeset)]
#[diesel(table_name = dossiers, treat_none_as_null = true)]
pub struct ContactColumns {
    pub applicant_phone: Option<String>,
    pub applicant_email: Option<String>,
    pub applicant_address: Option<String>,
    pub search_key: String,
}

/// Puts the contact right if nobody saved since `row` was read.
///
/// # Errors
/// A conflict when somebody was faster; or the database cannot be written.
pub fn save_contact(tx: &mut Tx<'_>, row: &DossierRow, contact: ContactColumns) -> StoreResult<()> {
    search::replace(tx, &row.id, (&row.search_key, &contact.search_key), stored(row.received_at))?;
    let here = dossiers::table.filter(dossiers::id.eq(&row.id)).filter(dossiers::revision.eq(row.revision));
    let saved = diesel::update(here).set((contact, dossiers::revision.eq(row.revision + 1))).execute(&mut **tx)?;
    if saved == 1 { Ok(()) } else { Err(StoreError::Conflict(format!("dossier {} was changed meanwhile", row.code))) }
}

/// Tells the sweep when to look at these dossiers again.
///
/// # Errors
/// When the database cannot be written.
pub fn set_next_check(tx: &mut Tx<'_>, ids: &[&str], at: Option<Instant>) -> StoreResult<()> {
    diesel::update(dossiers::table.filter(dossiers::id.eq_any(ids.iter().copied())))
        .set(dossiers::next_check_at.eq(at.map(stored)))
        .execute(&mut **tx)?;
    Ok(())
}

/// Makes the sweep look again at the open dossiers with a promise that were received at `from` or later.
///
/// # Errors
/// When the database cannot be written.
pub fn check_received_since(tx: &mut Tx<'_>, from: Instant, now: Instant) -> StoreResult<usize> {
    let later = dossiers::next_check_at.is_null().or(dossiers::next_check_at.gt(stored(now)).assume_not_null());
    let open = dossiers::closed_at.is_null().and(dossiers::due_at.is_not_null());
    Ok(diesel::update(
        dossiers::table
            .filter(open)
            .filter(dossiers::received_at.ge(stored(from)))
            .filter(later)
            .filter(ours!(dossiers)),
    )
    .set(dossiers::next_check_at.eq(stored(now)))
    .execute(&mut **tx)?)
}
