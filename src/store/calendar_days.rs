//! Official days off and make-up days, each valid over a range of calendar versions.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::connection::{Conn, Tx};
use super::error::StoreResult;
use super::schema::calendar_days;

#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = calendar_days, treat_none_as_default_value = false)]
pub struct StoredDay {
    pub id: String,
    pub day: NaiveDate,
    pub kind: String,
    pub name: String,
    pub basis: String,
    pub confidence: String,
    pub since_version: i32,
    pub until_version: Option<i32>,
}

/// The newest version; 0 before anything was entered.
///
/// # Errors
/// When the database cannot be read.
pub fn version(conn: &mut Conn) -> StoreResult<i32> {
    let since: Option<i32> = calendar_days::table.select(diesel::dsl::max(calendar_days::since_version)).first(conn)?;
    let until: Option<i32> = calendar_days::table.select(diesel::dsl::max(calendar_days::until_version)).first(conn)?;
    Ok(since.unwrap_or(0).max(until.unwrap_or(0)))
}

/// The days as `version` had them.
///
/// # Errors
/// When the database cannot be read.
pub fn of_version(conn: &mut Conn, version: i32) -> StoreResult<Vec<StoredDay>> {
    Ok(calendar_days::table
        .filter(calendar_days::since_version.le(version))
        .filter(calendar_days::until_version.is_null().or(calendar_days::until_version.gt(version)))
        .order(calendar_days::day.asc())
        .select(StoredDay::as_select())
        .load(conn)?)
}

/// # Errors
/// When the database cannot be written.
pub fn insert(tx: &mut Tx<'_>, day: &StoredDay) -> StoreResult<()> {
    diesel::insert_into(calendar_days::table).values(day).execute(&mut **tx)?;
    Ok(())
}

/// The row holds for versions before `version` only.
///
/// # Errors
/// When the database cannot be written.
pub fn end(tx: &mut Tx<'_>, id: &str, version: i32) -> StoreResult<()> {
    diesel::update(calendar_days::table.filter(calendar_days::id.eq(id)))
        .set(calendar_days::until_version.eq(version))
        .execute(&mut **tx)?;
    Ok(())
}
