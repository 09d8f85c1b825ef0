//! Letters to citizens: numbered once, their facts frozen, their issued bytes kept by hash.

use diesel::prelude::*;

use crate::domain::notice::NoticeKind;
use crate::domain::text_enum;
use crate::domain::time::Instant;

use super::columns::{At, MaybeAt, stored};
use super::connection::{Conn, Tx, insert_all};
use super::documents;
use super::dossiers::DossierRow;
use super::error::StoreResult;
use super::outbox::OutboxState;
use super::schema::{alerts, dossiers, letters, outbox};
use super::scope::ours;

text_enum! {
    /// What a letter is.
    LetterKind {
        Apology = "apology",
        /// of a file that was finished late before any apology left
        LateResult = "late-result",
        /// loss or error by the office
        Loss = "loss",
        /// the new date was missed too
        SecondMiss = "second-miss",
    }
}

text_enum! {
    /// Where a letter stands.
    LetterState {
        Draft = "draft",
        Issued = "issued",
        Refused = "refused",
        /// never issued: the dossier moved on
        Void = "void",
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = letters, treat_none_as_default_value = false, treat_none_as_null = true)]
pub struct LetterRow {
    pub id: String,
    pub agency_id: String,
    pub dossier_id: String,
    pub kind: LetterKind,
    /// Number of the promise it speaks of; of a loss: the n-th of the dossier, from 1.
    pub promise_number: i32,
    pub state: LetterState,
    /// Of the series; `None`, as `serial`: not signed.
    pub year: Option<i32>,
    pub serial: Option<i64>,
    /// Empty until it is signed.
    pub number: String,
    #[diesel(deserialize_as = At, serialize_as = At)]
    pub drafted_at: Instant,
    /// The legal moment: a draft that waits longer is told to the citizen without it.
    #[diesel(deserialize_as = MaybeAt, serialize_as = MaybeAt)]
    pub decide_by: Option<Instant>,
    #[diesel(deserialize_as = MaybeAt, serialize_as = MaybeAt)]
    pub issued_at: Option<Instant>,
    /// In whose name it is issued.
    pub signer: String,
    /// `system`, or the user name of who signed or refused; while it waits, of who asked for it.
    pub signed_by: String,
    /// Why it was refused or dropped, or taken back after it was issued.
    pub note: String,
    /// Of the settings; empty when no reason was chosen.
    pub reason_code: String,
    /// The facts of the letter as JSON, frozen when it was decided.
    pub facts: String,
    /// SHA-256 of the issued PDF, once rendered.
    pub document_hash: Option<String>,
}

impl LetterRow {
    /// When it was issued; a draft: when it was drafted.
    #[must_use]
    pub fn dated_at(&self) -> Instant {
        self.issued_at.unwrap_or(self.drafted_at)
    }

    /// Issued, and taken back before it reached anybody: it keeps its number and says nothing any more.
    #[must_use]
    pub fn is_taken_back(&self) -> bool {
        self.state == LetterState::Issued && !self.note.is_empty()
    }
}

/// # Errors
/// When the database cannot be written, or a letter exists.
pub fn insert(tx: &mut Tx<'_>, letters: Vec<LetterRow>) -> StoreResult<()> {
    insert_all!(tx, letters::table, letters);
    Ok(())
}

/// # Errors
/// When the database cannot be read.
pub fn find(conn: &mut Conn, id: &str) -> StoreResult<Option<LetterRow>> {
    Ok(letters::table
        .filter(letters::id.eq(id))
        .filter(ours!(letters))
        .select(LetterRow::as_select())
        .first(conn)
        .optional()?)
}

/// Writes `letter` over the row as it stood in `was`; answers whether it still stood so.
///
/// # Errors
/// When the database cannot be written.
pub fn change(tx: &mut Tx<'_>, letter: LetterRow, was: LetterState) -> StoreResult<bool> {
    let row = letters::table.filter(letters::id.eq(letter.id.clone())).filter(letters::state.eq(was));
    Ok(diesel::update(row).set(letter).execute(&mut **tx)? == 1)
}

/// Every letter of a dossier, whatever became of it, in the order they were drafted.
///
/// # Errors
/// When the database cannot be read.
pub fn all_of_dossier(conn: &mut Conn, dossier_id: &str) -> StoreResult<Vec<LetterRow>> {
    Ok(letters::table
        .filter(letters::dossier_id.eq(dossier_id))
        .order((letters::drafted_at.asc(), letters::id.asc()))
        .select(LetterRow::as_select())
        .load(conn)?)
}

/// The dossiers of which a letter waits to be signed.
///
/// # Errors
/// When the database cannot be read.
pub fn to_be_signed(conn: &mut Conn) -> StoreResult<Vec<String>> {
    let drafts = letters::table.filter(letters::state.eq(LetterState::Draft));
    Ok(drafts.select(letters::dossier_id).distinct().load(conn)?)
}

/// Every letter of several dossiers, in the order they were drafted.
///
/// # Errors
/// When the database cannot be read.
pub fn of_dossiers(conn: &mut Conn, dossier_ids: &[String]) -> StoreResult<Vec<LetterRow>> {
    Ok(letters::table
        .filter(letters::dossier_id.eq_any(dossier_ids))
        .order((letters::drafted_at.asc(), letters::id.asc()))
        .select(LetterRow::as_select())
        .load(conn)?)
}

/// A page of the drafts that wait for a signature with their dossiers, the most urgent first; of the
/// dossiers of these units, or of all.
///
/// # Errors
/// When the database cannot be read.
pub fn waiting(
    conn: &mut Conn,
    units: Option<&[String]>,
    offset: i64,
    limit: i64,
) -> StoreResult<Vec<(LetterRow, DossierRow)>> {
    let mut query = letters::table
        .inner_join(dossiers::table)
        .filter(letters::state.eq(LetterState::Draft))
        .order((letters::decide_by.asc(), letters::id.asc()))
        .offset(offset)
        .limit(limit)
        .select((LetterRow::as_select(), DossierRow::as_select()))
        .into_boxed();
    if let Some(units) = units {
        query = query.filter(dossiers::unit_id.eq_any(units.iter().map(String::as_str)));
    }
    Ok(query.load(conn)?)
}

/// How many there are of [`waiting`].
///
/// # Errors
/// When the database cannot be read.
pub fn count_waiting(conn: &mut Conn, units: Option<&[String]>) -> StoreResult<i64> {
    let mut query = letters::table
        .inner_join(dossiers::table)
        .filter(letters::state.eq(LetterState::Draft))
        .select(diesel::dsl::count_star())
        .into_boxed();
    if let Some(units) = units {
        query = query.filter(dossiers::unit_id.eq_any(units.iter().map(String::as_str)));
    }
    Ok(query.first(conn)?)
}

/// Letters that were not signed until their moment, and of which the manager was not told yet; what was
/// refused and is about a finished file is nobody's any more.
///
/// # Errors
/// When the database cannot be read.
pub fn unsigned(conn: &mut Conn, now: Instant, limit: i64) -> StoreResult<Vec<LetterRow>> {
    let told = alerts::table
        .filter(alerts::dossier_id.eq(letters::dossier_id.nullable()))
        .filter(alerts::kind.eq(NoticeKind::Unsigned))
        .filter(alerts::promise_number.eq(letters::promise_number))
        .filter(alerts::raised_at.ge(letters::decide_by.assume_not_null()));
    let of_open = letters::state.eq(LetterState::Refused).and(dossiers::closed_at.is_null());
    Ok(letters::table
        .inner_join(dossiers::table)
        .filter(letters::state.eq(LetterState::Draft).or(of_open))
        .filter(letters::decide_by.le(stored(now)))
        .filter(ours!(letters))
        .filter(diesel::dsl::not(diesel::dsl::exists(told)))
        .order((letters::decide_by.asc(), letters::id.asc()))
        .limit(limit)
        .select(LetterRow::as_select())
        .load(conn)?)
}

/// The register of a year: issued letters by their serial, with code and applicant, from `offset`.
///
/// # Errors
/// When the database cannot be read.
pub fn issued_in(
    conn: &mut Conn,
    agency_id: &str,
    year: i32,
    offset: i64,
    limit: i64,
) -> StoreResult<Vec<(LetterRow, String, String)>> {
    Ok(letters::table
        .inner_join(dossiers::table)
        .filter(letters::agency_id.eq(agency_id))
        .filter(letters::year.eq(year))
        .filter(letters::state.eq(LetterState::Issued))
        .order(letters::serial.asc())
        .offset(offset)
        .limit(limit)
        .select((LetterRow::as_select(), dossiers::code, dossiers::applicant_name))
        .load(conn)?)
}

/// The serials of the register of a year, in order.
///
/// # Errors
/// When the database cannot be read.
pub fn serials(conn: &mut Conn, agency_id: &str, year: i32) -> StoreResult<Vec<i64>> {
    let serials: Vec<Option<i64>> = letters::table
        .filter(letters::agency_id.eq(agency_id))
        .filter(letters::year.eq(year))
        .filter(letters::state.eq(LetterState::Issued))
        .order(letters::serial.asc())
        .select(letters::serial)
        .load(conn)?;
    Ok(serials.into_iter().flatten().collect())
}

/// The years in which letters were issued, newest first.
///
/// # Errors
/// When the database cannot be read.
pub fn years(conn: &mut Conn, agency_id: &str) -> StoreResult<Vec<i32>> {
    let years: Vec<Option<i32>> = letters::table
        .filter(letters::agency_id.eq(agency_id))
        .filter(letters::year.is_not_null())
        .select(letters::year)
        .distinct()
        .order(letters::year.desc())
        .load(conn)?;
    Ok(years.into_iter().flatten().collect())
}

/// Drops drafts, since the dossier moved on.
///
/// # Errors
/// When the database cannot be written.
pub fn void_drafts(tx: &mut Tx<'_>, ids: &[String], why: &str) -> StoreResult<usize> {
    let drafts = letters::table.filter(letters::id.eq_any(ids)).filter(letters::state.eq(LetterState::Draft));
    Ok(diesel::update(drafts).set((letters::state.eq(LetterState::Void), letters::note.eq(why))).execute(&mut **tx)?)
}

/// Takes an issued letter back. It is kept under `given`, the promise that it made, so that the one it
/// apologised for can have another letter.
///
/// # Errors
/// When the database cannot be written.
pub fn take_back(tx: &mut Tx<'_>, id: &str, given: i32, why: &str) -> StoreResult<usize> {
    let issued = letters::table.filter(letters::id.eq(id)).filter(letters::state.eq(LetterState::Issued));
    Ok(diesel::update(issued).set((letters::promise_number.eq(given), letters::note.eq(why))).execute(&mut **tx)?)
}

/// The issued letters of a dossier, oldest first.
///
/// # Errors
/// When the database cannot be read.
pub fn of_dossier(conn: &mut Conn, dossier_id: &str) -> StoreResult<Vec<LetterRow>> {
    Ok(letters::table
        .filter(letters::dossier_id.eq(dossier_id))
        .filter(letters::state.eq(LetterState::Issued))
        .order((letters::issued_at.asc(), letters::serial.asc()))
        .select(LetterRow::as_select())
        .load(conn)?)
}

/// Whether a letter of this dossier waits to be signed.
///
/// # Errors
/// When the database cannot be read.
pub fn has_draft(conn: &mut Conn, dossier_id: &str) -> StoreResult<bool> {
    let draft: Option<String> = letters::table
        .filter(letters::dossier_id.eq(dossier_id))
        .filter(letters::state.eq(LetterState::Draft))
        .select(letters::id)
        .first(conn)
        .optional()?;
    Ok(draft.is_some())
}

/// Issued letters with the code and applicant of their dossier, newest first, from `offset`.
///
/// # Errors
/// When the database cannot be read.
pub fn newest(conn: &mut Conn, offset: i64, limit: i64) -> StoreResult<Vec<(LetterRow, String, String)>> {
    Ok(letters::table
        .inner_join(dossiers::table)
        .filter(letters::state.eq(LetterState::Issued))
        .order((letters::issued_at.desc(), letters::serial.desc()))
        .offset(offset)
        .limit(limit)
        .select((LetterRow::as_select(), dossiers::code, dossiers::applicant_name))
        .load(conn)?)
}

/// Issued letters with the code of their dossier, newest first, after the letter of this moment and id; of
/// one state of the newest message that carries them, or all.
///
/// # Errors
/// When the database cannot be read.
pub fn issued_page(
    conn: &mut Conn,
    state: Option<OutboxState>,
    after: Option<(Instant, &str)>,
    limit: i64,
) -> StoreResult<Vec<(LetterRow, String)>> {
    let newer = diesel::alias!(outbox as newer);
    let mut query = letters::table
        .inner_join(dossiers::table)
        .filter(letters::state.eq(LetterState::Issued))
        .order((letters::issued_at.desc(), letters::id.desc()))
        .limit(limit)
        .select((LetterRow::as_select(), dossiers::code))
        .into_boxed();
    if let Some((at, id)) = after {
        let issued_at = letters::issued_at.assume_not_null();
        let earlier = issued_at.lt(stored(at)).or(issued_at.eq(stored(at)).and(letters::id.lt(id.to_owned())));
        query = query.filter(earlier);
    }
    if let Some(state) = state {
        let replaced = newer
            .filter(newer.field(outbox::letter_id).eq(outbox::letter_id))
            .filter(newer.field(outbox::id).gt(outbox::id));
        let carrier = outbox::table
            .filter(outbox::letter_id.eq(letters::id.nullable()))
            .filter(outbox::state.eq(state))
            .filter(diesel::dsl::not(diesel::dsl::exists(replaced)));
        query = query.filter(diesel::dsl::exists(carrier));
    }
    Ok(query.load(conn)?)
}

/// # Errors
/// When the database cannot be read.
pub fn of_ids(conn: &mut Conn, ids: &[&str]) -> StoreResult<Vec<LetterRow>> {
    Ok(letters::table.filter(letters::id.eq_any(ids)).select(LetterRow::as_select()).load(conn)?)
}

/// Keeps the issued bytes under their hash and ties them to the letter, once.
///
/// # Errors
/// When the database cannot be written.
pub fn keep_document(tx: &mut Tx<'_>, letter_id: &str, hash: &str, bytes: &[u8], now: Instant) -> StoreResult<()> {
    documents::keep(tx, hash, "application/pdf", bytes, now)?;
    diesel::update(letters::table.filter(letters::id.eq(letter_id)).filter(letters::document_hash.is_null()))
        .set(letters::document_hash.eq(hash))
        .execute(&mut **tx)?;
    Ok(())
}
