//! Whether the dates of dossiers still rest on days that nobody published or confirmed. Every page, paper
//! and interface asks here or [`Rules::is_provisional`], which it rests on.

use std::collections::HashSet;

use crate::domain::time::civil_day;
use crate::store::dossiers::DossierRow;
use crate::store::promises::{self, PromiseRow};

use super::error::OfficeResult;
use super::rules::Rules;
use super::{Office, look::Whole};

/// Number of the promise a citizen goes by: the new date of the apology, where there is one.
fn in_force(row: &DossierRow) -> i32 {
    if row.reschedule_number == 0 { row.promise_number } else { row.reschedule_number }
}

impl Office {
    /// Ids of the dossiers among `rows` whose date in force is provisional.
    ///
    /// # Errors
    /// The database.
    pub fn provisional(&self, rules: &Rules, rows: &[DossierRow]) -> OfficeResult<HashSet<String>> {
        // Almost always no day of a dossier is doubtful: then nothing is asked.
        let may = |row: &&DossierRow| {
            let due_at = row.new_due_at.or(row.due_at);
            due_at.is_some_and(|at| rules.calendar.is_doubtful(civil_day(row.received_at), civil_day(at)))
        };
        let wanted: Vec<&DossierRow> = rows.iter().filter(may).collect();
        if wanted.is_empty() {
            return Ok(HashSet::new());
        }
        let ids: Vec<String> = wanted.iter().map(|row| row.id.clone()).collect();
        let kept = self.store().read(|conn| promises::of_dossiers(conn, &ids))?;
        let holds = |row: &&DossierRow| {
            let number = in_force(row);
            let mut mine = kept.iter().filter(|promise| promise.dossier_id == row.id && promise.number == number);
            mine.any(|promise| rules.is_provisional(promise))
        };
        Ok(wanted.into_iter().filter(holds).map(|row| row.id.clone()).collect())
    }
}

impl Whole {
    /// Whether the date in force is provisional.
    #[must_use]
    pub fn is_provisional(&self, rules: &Rules) -> bool {
        self.promise(in_force(&self.row)).is_some_and(|promise| rules.is_provisional(promise))
    }

    /// Its promise with this number.
    #[must_use]
    pub fn promise(&self, number: i32) -> Option<&PromiseRow> {
        self.promises.iter().find(|promise| promise.number == number)
    }
}
