//! The register of outgoing letters: one series a year and agency, in the order of its numbers.

use crate::domain::time::Instant;
use crate::store::evidence;
use crate::store::letters::{self, LetterRow};
use crate::store::outbox::Message;

use super::error::OfficeResult;
use super::{Office, grouped};

/// A year of the register.
#[derive(Debug, Clone)]
pub struct OutgoingRegister {
    pub year: i32,
    /// The years there are, newest first.
    pub years: Vec<i32>,
    /// The lines of the whole year.
    pub total: u64,
    /// Those asked for, by their numbers.
    pub lines: Vec<Registered>,
    /// Numbers that no letter has, though a higher one is taken: there must be none.
    pub missing: Vec<i64>,
}

/// A letter of the register.
#[derive(Debug, Clone)]
pub struct Registered {
    pub letter: LetterRow,
    pub code: String,
    pub applicant: String,
    /// How it was sent, each way it took.
    pub messages: Vec<Message>,
}

impl Office {
    /// The register of a year; of the newest one, or this one, when none is named. `part` says from the
    /// length of the register where the lines begin and how many are wanted.
    ///
    /// # Errors
    /// The database.
    pub fn outgoing_register(
        &self,
        now: Instant,
        year: Option<i32>,
        part: impl Fn(u64) -> (i64, i64),
    ) -> OfficeResult<OutgoingRegister> {
        use chrono::Datelike as _;
        let this_year = crate::domain::time::civil_day(now).year();
        self.reading(|conn, rules| {
            let agency = &rules.agency()?.id;
            let years = letters::years(conn, agency)?;
            let year = year.or_else(|| years.first().copied()).unwrap_or(this_year);
            let serials = letters::serials(conn, agency, year)?;
            let total = u64::try_from(serials.len()).unwrap_or(u64::MAX);
            let (offset, limit) = part(total);
            let rows = letters::issued_in(conn, agency, year, offset, limit)?;
            let ids: Vec<String> = rows.iter().map(|(letter, _, _)| letter.id.clone()).collect();
            let messages = evidence::carriers_of(conn, &ids)?;
            let mut messages = grouped(messages, |one| one.letter_id.clone().unwrap_or_default());
            let lines = rows.into_iter().map(|(letter, code, applicant)| Registered {
                messages: messages.remove(&letter.id).unwrap_or_default(),
                letter,
                code,
                applicant,
            });
            Ok(OutgoingRegister { year, years, total, lines: lines.collect(), missing: missing(&serials) })
        })
    }
}

/// The numbers from 1 to the highest that are not among `serials`, which are in order.
fn missing(serials: &[i64]) -> Vec<i64> {
    let mut next = 1;
    let mut missing = Vec::new();
    for serial in serials {
        missing.extend(next..*serial);
        next = serial + 1;
    }
    missing
}

#[cfg(test)]
mod tests {
    use super::missing;

    #[test]
    fn a_hole_in_the_series_is_seen() {
        assert_eq!(missing(&[1, 2, 3]), Vec::<i64>::new());
        assert_eq!(missing(&[2, 3, 6]), [1, 4, 5]);
        assert_eq!(missing(&[]), Vec::<i64>::new());
    }
}
