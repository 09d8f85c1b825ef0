//! People who handed something in before, found again by telephone, name or the code of a dossier.

use crate::store::dossiers::{DossierRow, Filter, Order};

use super::Office;
use super::error::OfficeResult;

/// Shorter questions would show anybody.
pub const ASKED_MIN: usize = 3;
/// People that are offered.
const OFFERED: usize = 8;
/// Dossiers that are looked at for them.
const LOOKED_AT: i64 = 60;

impl Office {
    /// The newest dossier of everybody who fits: each person once, by name and telephone.
    ///
    /// # Errors
    /// The database.
    pub fn earlier_applicants(&self, asked: &str) -> OfficeResult<Vec<DossierRow>> {
        if asked.trim().chars().count() < ASKED_MIN {
            return Ok(Vec::new());
        }
        let filter = Filter { q: Some(asked.trim().to_owned()), ..Filter::default() };
        let mut people: Vec<DossierRow> = Vec::new();
        for row in self.list(&filter, Order::NewestFirst, None, LOOKED_AT)? {
            let known = |one: &DossierRow| one.applicant_name == row.applicant_name && digits(one) == digits(&row);
            if !people.iter().any(known) {
                people.push(row);
            }
        }
        people.truncate(OFFERED);
        Ok(people)
    }
}

/// The telephone number without the accidents of typing.
fn digits(row: &DossierRow) -> String {
    row.applicant_phone.iter().flat_map(|phone| phone.chars()).filter(char::is_ascii_digit).collect()
}
