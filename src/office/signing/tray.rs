//! What waits for a person's signature, and a letter as it would be printed.

use crate::domain::time::Instant;
use crate::office::Office;
use crate::office::apology::{as_printed, dossier_of};
use crate::office::error::{OfficeError, OfficeResult};
use crate::render::letter::LetterFacts;
use crate::store::dossiers::DossierRow;
use crate::store::letters::{self, LetterRow, LetterState};

use super::facts_of;
use super::rights::{may_sign, signs_for};

/// A letter that waits for the person who asks.
#[derive(Debug, Clone)]
pub struct Waits {
    pub letter: LetterRow,
    pub row: DossierRow,
    pub facts: LetterFacts,
    /// The moment by which it had to be signed has passed.
    pub overdue: bool,
}

/// A letter opened for signing.
#[derive(Debug, Clone)]
pub struct Opened {
    pub letter: LetterRow,
    pub row: DossierRow,
    pub facts: LetterFacts,
    /// Whether the person who opened it may sign it now.
    pub may_sign: bool,
}

impl Office {
    /// A page of the letters that wait for the signature of this account, the most urgent first.
    ///
    /// # Errors
    /// The database.
    pub fn letters_to_sign(&self, now: Instant, account_id: &str, offset: i64, limit: i64) -> OfficeResult<Vec<Waits>> {
        self.reading(|conn, rules| {
            let Some(who) = rules.accounts.get(account_id) else { return Ok(Vec::new()) };
            let mine = letters::waiting(conn, signs_for(rules, who, now).as_deref(), offset, limit)?.into_iter();
            mine.map(|(letter, row)| {
                let overdue = letter.decide_by.is_some_and(|by| by < now);
                Ok(Waits { facts: facts_of(&letter)?, overdue, letter, row })
            })
            .collect()
        })
    }

    /// How many letters wait for the signature of this account.
    ///
    /// # Errors
    /// The database.
    pub fn count_letters_to_sign(&self, now: Instant, account_id: &str) -> OfficeResult<u64> {
        self.reading(|conn, rules| {
            let Some(who) = rules.accounts.get(account_id) else { return Ok(0) };
            let count = letters::count_waiting(conn, signs_for(rules, who, now).as_deref())?;
            Ok(u64::try_from(count).unwrap_or(0))
        })
    }

    /// A letter that was drafted, for the page where it is decided.
    ///
    /// # Errors
    /// Not found, also for a letter that was issued without a draft; the database.
    pub fn drafted_letter(&self, now: Instant, account_id: &str, id: &str) -> OfficeResult<Opened> {
        self.reading(|conn, rules| {
            let letter = letters::find(conn, id)?.filter(|letter| letter.decide_by.is_some());
            let letter = letter.ok_or(OfficeError::NotFound)?;
            let row = dossier_of(conn, &letter)?;
            let may = rules.accounts.get(account_id).is_some_and(|who| may_sign(rules, who, &row, now));
            let may_sign = may && letter.state == LetterState::Draft;
            Ok(Opened { facts: facts_of(&letter)?, may_sign, letter, row })
        })
    }

    /// The code of the dossier of a letter.
    ///
    /// # Errors
    /// Not found.
    pub fn dossier_code_of_letter(&self, id: &str) -> OfficeResult<String> {
        let letter = self.letter(id)?;
        Ok(self.reading(|conn, _| dossier_of(conn, &letter))?.code)
    }

    /// A draft as it would be printed, marked as one and without a number; nothing is kept.
    ///
    /// # Errors
    /// Not found unless it waits.
    pub fn draft_pdf(&self, id: &str) -> OfficeResult<Vec<u8>> {
        let letter = self.letter(id)?;
        if letter.state != LetterState::Draft {
            return Err(OfficeError::NotFound);
        }
        let facts = as_printed(facts_of(&letter)?);
        let head = self.store().read(|conn| self.letterhead(conn))?;
        let number = format!("(DỰ THẢO)/{}", head.symbol);
        self.print(&LetterFacts { number, ..facts })
    }
}
