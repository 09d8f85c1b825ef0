//! The facts of past days are what their files give.

use chrono::NaiveDate;

use crate::store::people::Agency;
use crate::store::{Conn, StoreResult, day_facts};

use super::{DifferentDay, VerifyReport};

/// Makes the facts of a day again and holds them against what is kept.
pub(super) fn check(conn: &mut Conn, agency: &Agency, day: NaiveDate, report: &mut VerifyReport) -> StoreResult<()> {
    report.days += 1;
    if !day_facts::holds(conn, &agency.id, day)? {
        report.days_differ.push(DifferentDay { agency: agency.code.clone(), day });
    }
    Ok(())
}
