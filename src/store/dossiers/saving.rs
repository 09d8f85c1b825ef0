//! What writes dossiers: a new one, the columns that a step moves, the contact, and when the sweep looks again.

use chrono::NaiveDateTime;
use diesel::PgConnection;
use diesel::prelude::*;
use diesel::sql_types::{Array, Bool, Integer, Nullable, Text, Timestamp};

use super::DossierRow;
use crate::domain::dossier::StageName;
use crate::domain::time::Instant;
use crate::store::columns::stored;
use crate::store::connection::{Conn, Tx, on_backend};
use crate::store::day_facts;
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
    day_facts::forget(tx, &dossier.agency_id, dossier.closed_at)?;
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
    day_facts::forget(tx, &row.agency_id, stands.closed_at.map(|at| at.and_utc()))?;
    day_facts::forget(tx, &row.agency_id, row.closed_at)?;
    if stands != listed {
        diesel::update(here).set(listed).execute(&mut **tx)?;
    }
    Ok(())
}

/// [`save`] for many rows: on PostgreSQL in one statement.
///
/// # Errors
/// A conflict when somebody was faster; or the database cannot be written.
pub fn save_all(tx: &mut Tx<'_>, rows: &[DossierRow]) -> StoreResult<()> {
    if let [row] = rows {
        return save(tx, row);
    }
    if matches!(**tx, Conn::Lite(_)) {
        return rows.iter().try_for_each(|row| save(tx, row));
    }
    let ids: Vec<&str> = rows.iter().map(|row| row.id.as_str()).collect();
    day_facts::forget_of(tx, &ids)?;
    if let Conn::Pg(conn) = &mut **tx
        && save_all_postgres(conn, rows)? != rows.len()
    {
        return Err(StoreError::Conflict("dossiers were changed meanwhile".to_owned()));
    }
    rows.iter().try_for_each(|row| day_facts::forget(tx, &row.agency_id, row.closed_at))
}

/// The statement of [`save_all`]: the columns as arrays, one value a row; a value each for hundreds of rows takes
/// longer to be read than to be written.
const SAVE_ALL_POSTGRES: &str = "
UPDATE dossiers d
   SET unit_id = m.unit_id, officer_id = m.officer_id, officer_label = m.officer_label,
       stage = m.stage, stage_since = m.stage_since, paused_since = m.paused_since,
       promise_number = m.promise_number, due_at = m.due_at, statutory_due_at = m.statutory_due_at,
       reschedule_number = m.reschedule_number, new_due_at = m.new_due_at,
       closed_at = m.closed_at, returned_at = m.returned_at,
       paper_supplement = m.paper_supplement, presence_required = m.presence_required, fee_due = m.fee_due,
       paid_online = m.paid_online, e_result = m.e_result, next_check_at = m.next_check_at,
       revision = d.revision + 1
  FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)
    AS m (id, revision, unit_id, officer_id, officer_label, stage, stage_since, paused_since, promise_number, due_at,
          statutory_due_at, reschedule_number, new_due_at, closed_at, returned_at, paper_supplement,
          presence_required, fee_due, paid_online, e_result, next_check_at)
 WHERE d.id = m.id AND d.revision = m.revision";

fn save_all_postgres(conn: &mut PgConnection, rows: &[DossierRow]) -> QueryResult<usize> {
    fn each<'a, T>(rows: &'a [DossierRow], value: impl Fn(&'a DossierRow) -> T) -> Vec<T> {
        rows.iter().map(value).collect()
    }
    let moment = |at: &Option<Instant>| at.map(stored);
    diesel::sql_query(SAVE_ALL_POSTGRES)
        .bind::<Array<Text>, _>(each(rows, |row| row.id.as_str()))
        .bind::<Array<Integer>, _>(each(rows, |row| row.revision))
        .bind::<Array<Nullable<Text>>, _>(each(rows, |row| row.unit_id.as_deref()))
        .bind::<Array<Nullable<Text>>, _>(each(rows, |row| row.officer_id.as_deref()))
        .bind::<Array<Nullable<Text>>, _>(each(rows, |row| row.officer_label.as_deref()))
        .bind::<Array<Text>, _>(each(rows, |row| row.stage))
        .bind::<Array<Timestamp>, _>(each(rows, |row| stored(row.stage_since)))
        .bind::<Array<Nullable<Timestamp>>, _>(each(rows, |row| moment(&row.paused_since)))
        .bind::<Array<Integer>, _>(each(rows, |row| row.promise_number))
        .bind::<Array<Nullable<Timestamp>>, _>(each(rows, |row| moment(&row.due_at)))
        .bind::<Array<Nullable<Timestamp>>, _>(each(rows, |row| moment(&row.statutory_due_at)))
        .bind::<Array<Integer>, _>(each(rows, |row| row.reschedule_number))
        .bind::<Array<Nullable<Timestamp>>, _>(each(rows, |row| moment(&row.new_due_at)))
        .bind::<Array<Nullable<Timestamp>>, _>(each(rows, |row| moment(&row.closed_at)))
        .bind::<Array<Nullable<Timestamp>>, _>(each(rows, |row| moment(&row.returned_at)))
        .bind::<Array<Bool>, _>(each(rows, |row| row.paper_supplement))
        .bind::<Array<Bool>, _>(each(rows, |row| row.presence_required))
        .bind::<Array<Bool>, _>(each(rows, |row| row.fee_due))
        .bind::<Array<Bool>, _>(each(rows, |row| row.paid_online))
        .bind::<Array<Bool>, _>(each(rows, |row| row.e_result))
        .bind::<Array<Nullable<Timestamp>>, _>(each(rows, |row| moment(&row.next_check_at)))
        .execute(conn)
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
