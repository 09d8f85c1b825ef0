//! Letters as issued: rendered once from their frozen facts, kept by hash, printed again identically.

use sha2::{Digest, Sha256};

use crate::domain::time::Instant;
use crate::render::letter::LetterFacts;
use crate::store::journal::hex;
use crate::store::letters::{self, LetterRow, LetterState};
use crate::store::{StoreError, dossiers};

use super::Office;
use super::error::{OfficeError, OfficeResult};

impl Office {
    /// A letter by its id.
    ///
    /// # Errors
    /// Not found.
    pub fn letter(&self, id: &str) -> OfficeResult<LetterRow> {
        self.store().read(|conn| letters::find(conn, id))?.ok_or(OfficeError::NotFound)
    }

    /// The PDF of an issued letter: the bytes kept when it was issued; rendered and kept now if it never was.
    ///
    /// # Errors
    /// Not found, also for a letter that was not issued; or kept bytes that are gone or do not have their hash.
    pub fn letter_pdf(&self, now: Instant, id: &str) -> OfficeResult<(LetterRow, Vec<u8>)> {
        let letter = Some(self.letter(id)?).filter(|letter| letter.state == LetterState::Issued);
        self.issued_bytes(now, letter.ok_or(OfficeError::NotFound)?)
    }

    /// Facts as a PDF; nothing is kept.
    pub(super) fn print(&self, facts: &LetterFacts) -> OfficeResult<Vec<u8>> {
        Ok(self.press.pdf(facts)?)
    }

    /// The newest letter of a dossier, as issued.
    ///
    /// # Errors
    /// Not found when there is no such dossier or it has no letter.
    pub fn letter_of_dossier(&self, now: Instant, code: &str) -> OfficeResult<(LetterRow, Vec<u8>)> {
        let letter = self.store().read(|conn| {
            let row = dossiers::by_code(conn, code)?.ok_or(OfficeError::NotFound)?;
            letters::of_dossier(conn, &row.id)?.pop().ok_or(OfficeError::NotFound)
        })?;
        self.issued_bytes(now, letter)
    }

    fn issued_bytes(&self, now: Instant, letter: LetterRow) -> OfficeResult<(LetterRow, Vec<u8>)> {
        if let Some(hash) = &letter.document_hash {
            let kept = self.store().read(|conn| letters::document(conn, hash))?;
            let bytes = kept.filter(|bytes| hex(&Sha256::digest(bytes)) == *hash);
            return match bytes {
                Some(bytes) => Ok((letter, bytes)),
                None => {
                    Err(StoreError::Corrupt(format!("letter {}: its document is not what was issued", letter.number))
                        .into())
                }
            };
        }
        let facts: LetterFacts = serde_json::from_str(&letter.facts)?;
        let bytes = self.press.pdf(&facts)?;
        let hash = hex(&Sha256::digest(&bytes));
        self.store().write(|tx| letters::keep_document(tx, &letter.id, &hash, &bytes, now))?;
        // Two processes may have rendered it at once: what was kept first is what was issued.
        let letter = self.store().read(|conn| letters::find(conn, &letter.id))?.ok_or(OfficeError::NotFound)?;
        match letter.document_hash.as_deref() == Some(hash.as_str()) {
            true => Ok((letter, bytes)),
            false => self.issued_bytes(now, letter),
        }
    }
}
