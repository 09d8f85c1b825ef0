//! Time rules as versions: additions for an area, and sub-deadlines.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::domain::limit::LimitUnit;
use crate::domain::time::Instant;
use crate::domain::time_rule::{NoticeLevel, RuleKind};

use super::columns::At;
use super::connection::{Conn, Tx};
use super::error::StoreResult;
use super::schema::time_rules;

#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = time_rules, treat_none_as_default_value = false)]
pub struct TimeRule {
    pub id: String,
    pub kind: RuleKind,
    /// The area it holds in; empty: everywhere.
    pub area: String,
    /// The sector it holds for; empty: every sector.
    pub sector: String,
    pub version: i32,
    /// `None`: from `valid_from` on there is no such rule.
    pub limit_value: Option<i32>,
    /// `None` for an addition, which counts in the unit of the limit it is added to.
    pub limit_unit: Option<LimitUnit>,
    pub notice: NoticeLevel,
    pub basis: String,
    pub confidence: String,
    /// The first civil day it holds.
    pub valid_from: NaiveDate,
    pub entered_by: String,
    /// Empty: nobody had to.
    pub approved_by: String,
    #[diesel(deserialize_as = At, serialize_as = At)]
    pub entered_at: Instant,
}

/// Every version of every rule, oldest first.
///
/// # Errors
/// When the database cannot be read.
pub fn all(conn: &mut Conn) -> StoreResult<Vec<TimeRule>> {
    Ok(time_rules::table
        .order((time_rules::kind.asc(), time_rules::area.asc(), time_rules::sector.asc(), time_rules::version.asc()))
        .select(TimeRule::as_select())
        .load(conn)?)
}

/// # Errors
/// When the database cannot be written, or the version is there.
pub fn insert(tx: &mut Tx<'_>, rule: TimeRule) -> StoreResult<()> {
    diesel::insert_into(time_rules::table).values(rule).execute(&mut **tx)?;
    Ok(())
}
