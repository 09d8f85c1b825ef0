//! Agency, units and the people who work there.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::domain::role::Role;
use crate::domain::time::Instant;

use super::columns::{At, MaybeAt, stored};
use super::connection::{Conn, Tx};
use super::error::StoreResult;
use super::schema::{accounts, agencies, units};
use super::scope::ours;

#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = agencies, treat_none_as_default_value = false)]
pub struct Agency {
    pub id: String,
    pub code: String,
    pub name: String,
    /// Areas of time rules that the agency lies in, one a line: `mountain`.
    pub area: String,
    /// Its people look across all agencies, and change what these share.
    pub oversees: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = units, treat_none_as_default_value = false, treat_none_as_null = true)]
pub struct Unit {
    pub id: String,
    pub agency_id: String,
    pub code: String,
    pub name: String,
    /// Sectors of the procedure list that this unit handles, one a line.
    pub sectors: String,
    pub supervisor_id: Option<String>,
    pub officer_id: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = accounts, treat_none_as_default_value = false, treat_none_as_null = true)]
pub struct Account {
    pub id: String,
    pub agency_id: String,
    pub username: String,
    pub name: String,
    pub role: Role,
    pub unit_id: Option<String>,
    pub email: Option<String>,
    pub stand_in_id: Option<String>,
    pub absent_from: Option<NaiveDate>,
    pub absent_to: Option<NaiveDate>,
    pub password_hash: Option<String>,
    pub failed_logins: i32,
    #[diesel(deserialize_as = MaybeAt, serialize_as = MaybeAt)]
    pub locked_until: Option<Instant>,
    #[diesel(deserialize_as = MaybeAt, serialize_as = MaybeAt)]
    pub disabled_at: Option<Instant>,
    #[diesel(deserialize_as = At, serialize_as = At)]
    pub created_at: Instant,
    /// For notices by message.
    pub phone: Option<String>,
    /// Somebody else set the password: it opens nothing but the page that changes it.
    pub must_change: bool,
}

impl Account {
    /// Whether the person is away on `day`.
    #[must_use]
    pub fn is_absent_on(&self, day: NaiveDate) -> bool {
        match (self.absent_from, self.absent_to) {
            (Some(from), Some(to)) => from <= day && day <= to,
            (Some(from), None) => from <= day,
            (None, Some(to)) => day <= to,
            (None, None) => false,
        }
    }
}

/// # Errors
/// When the database cannot be read.
pub fn all_agencies(conn: &mut Conn) -> StoreResult<Vec<Agency>> {
    Ok(agencies::table.order(agencies::code.asc()).select(Agency::as_select()).load(conn)?)
}

/// # Errors
/// When the database cannot be read.
pub fn all_units(conn: &mut Conn) -> StoreResult<Vec<Unit>> {
    Ok(units::table.order(units::code.asc()).select(Unit::as_select()).load(conn)?)
}

/// # Errors
/// When the database cannot be read.
pub fn all_accounts(conn: &mut Conn) -> StoreResult<Vec<Account>> {
    Ok(accounts::table.order(accounts::username.asc()).select(Account::as_select()).load(conn)?)
}

/// # Errors
/// When the database cannot be read.
pub fn account_by_username(conn: &mut Conn, username: &str) -> StoreResult<Option<Account>> {
    Ok(accounts::table
        .filter(accounts::username.eq(username))
        .filter(ours!(accounts))
        .select(Account::as_select())
        .first(conn)
        .optional()?)
}

/// Whether anybody has this user name, in any agency.
///
/// # Errors
/// When the database cannot be read.
pub fn is_taken(tx: &mut Tx<'_>, username: &str) -> StoreResult<bool> {
    let known = accounts::table.filter(accounts::username.eq(username));
    Ok(diesel::select(diesel::dsl::exists(known)).get_result(&mut **tx)?)
}

/// # Errors
/// When the database cannot be read.
pub fn account_by_id(conn: &mut Conn, id: &str) -> StoreResult<Option<Account>> {
    Ok(accounts::table
        .filter(accounts::id.eq(id))
        .filter(ours!(accounts))
        .select(Account::as_select())
        .first(conn)
        .optional()?)
}

/// # Errors
/// When the database cannot be written, or the code is taken.
pub fn insert_agency(tx: &mut Tx<'_>, agency: &Agency) -> StoreResult<()> {
    diesel::insert_into(agencies::table).values(agency).execute(&mut **tx)?;
    Ok(())
}

/// # Errors
/// When the database cannot be written.
pub fn update_agency(tx: &mut Tx<'_>, agency: &Agency) -> StoreResult<()> {
    diesel::update(agencies::table.filter(agencies::id.eq(&agency.id))).set(agency).execute(&mut **tx)?;
    Ok(())
}

/// # Errors
/// When the database cannot be written, or the code is taken.
pub fn insert_unit(tx: &mut Tx<'_>, unit: &Unit) -> StoreResult<()> {
    diesel::insert_into(units::table).values(unit).execute(&mut **tx)?;
    Ok(())
}

/// # Errors
/// When the database cannot be written.
pub fn update_unit(tx: &mut Tx<'_>, unit: &Unit) -> StoreResult<()> {
    diesel::update(units::table.filter(units::id.eq(&unit.id))).set(unit).execute(&mut **tx)?;
    Ok(())
}

/// # Errors
/// When the database cannot be written, or the user name is taken.
pub fn insert_account(tx: &mut Tx<'_>, account: Account) -> StoreResult<()> {
    diesel::insert_into(accounts::table).values(account).execute(&mut **tx)?;
    Ok(())
}

/// # Errors
/// When the database cannot be written.
pub fn update_account(tx: &mut Tx<'_>, account: Account) -> StoreResult<()> {
    let id = account.id.clone();
    diesel::update(accounts::table.filter(accounts::id.eq(id))).set(account).execute(&mut **tx)?;
    Ok(())
}

/// Counts a failed sign-in and, from the limit on, locks the account until then.
///
/// # Errors
/// When the database cannot be written.
pub fn record_failed_login(tx: &mut Tx<'_>, id: &str, locked_until: Option<Instant>) -> StoreResult<()> {
    diesel::update(accounts::table.filter(accounts::id.eq(id)))
        .set((
            accounts::failed_logins.eq(accounts::failed_logins + 1),
            accounts::locked_until.eq(locked_until.map(stored)),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// Forgets earlier failures after a sign-in.
///
/// # Errors
/// When the database cannot be written.
pub fn clear_failed_logins(tx: &mut Tx<'_>, id: &str) -> StoreResult<()> {
    diesel::update(accounts::table.filter(accounts::id.eq(id)))
        .set((accounts::failed_logins.eq(0), accounts::locked_until.eq(None::<chrono::NaiveDateTime>)))
        .execute(&mut **tx)?;
    Ok(())
}
