//! Letters as issued: rendered once from their frozen facts, kept by hash, printed again identically.

use rayon::prelude::*;
use sha2::{Digest, Sha256};

use crate::domain::time::Instant;
use crate::render::letter::LetterFacts;
use crate::render::print;
use crate::store::journal::hex;
use crate::store::letters::{self, LetterRow, LetterState};
use crate::store::{StoreError, documents, dossiers, outbox};

use super::error::{OfficeError, OfficeResult};
use super::tasks::is_in_tray;
use super::{Actor, Office};

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
            let stands = |letter: &LetterRow| !letter.is_taken_back();
            letters::of_dossier(conn, &row.id)?.into_iter().rfind(stands).ok_or(OfficeError::NotFound)
        })?;
        self.issued_bytes(now, letter)
    }

    /// Prints those of these letters that never were, on all cores, and keeps them in one transaction. One
    /// that cannot be printed is left to whoever asks for it.
    pub(super) fn print_ahead(&self, now: Instant, ids: &[&str]) -> OfficeResult<()> {
        let known = self.store().read(|conn| letters::of_ids(conn, ids))?;
        let fresh = |letter: &&LetterRow| letter.state == LetterState::Issued && letter.document_hash.is_none();
        let fresh: Vec<&LetterRow> = known.iter().filter(fresh).collect();
        let printed: Vec<_> =
            fresh.par_iter().filter_map(|letter| Some((letter.id.as_str(), self.printed(letter).ok()?))).collect();
        if printed.is_empty() {
            return Ok(());
        }
        self.store().write(|tx| {
            for (id, (hash, bytes)) in &printed {
                letters::keep_document(tx, id, hash, bytes, now)?;
            }
            Ok(())
        })
    }

    /// The hash and the bytes of a letter, made from its frozen facts.
    fn printed(&self, letter: &LetterRow) -> OfficeResult<(String, Vec<u8>)> {
        let facts: LetterFacts = serde_json::from_str(&letter.facts)?;
        let bytes = self.press.pdf_with(&facts, &self.images(&facts.dressing)?)?;
        Ok((hex(&Sha256::digest(&bytes)), bytes))
    }

    fn issued_bytes(&self, now: Instant, letter: LetterRow) -> OfficeResult<(LetterRow, Vec<u8>)> {
        if let Some(hash) = &letter.document_hash {
            let kept = self.store().read(|conn| documents::find(conn, hash))?;
            let bytes = kept.map(|(_, bytes)| bytes).filter(|bytes| hex(&Sha256::digest(bytes)) == *hash);
            return match bytes {
                Some(bytes) => Ok((letter, bytes)),
                None => {
                    Err(StoreError::Corrupt(format!("letter {}: its document is not what was issued", letter.number))
                        .into())
                }
            };
        }
        let (hash, bytes) = self.printed(&letter)?;
        self.store().write(|tx| letters::keep_document(tx, &letter.id, &hash, &bytes, now))?;
        // Two processes may have rendered it at once: what was kept first is what was issued.
        let letter = self.store().read(|conn| letters::find(conn, &letter.id))?.ok_or(OfficeError::NotFound)?;
        match letter.document_hash.as_deref() == Some(hash.as_str()) {
            true => Ok((letter, bytes)),
            false => self.issued_bytes(now, letter),
        }
    }
}

/// What a letter is called as a file.
#[must_use]
pub fn file_name(number: &str) -> String {
    format!("phieu-xin-loi-{}.pdf", number.replace('/', "-"))
}

/// So many letters are printed at once; the rest wait for the next printing.
const PRINTED_AT_ONCE: i64 = 200;

impl Office {
    /// The letters that wait on paper, oldest first, as one file for the printer.
    ///
    /// # Errors
    /// Not found when none waits; or as [`Office::letter_pdf`].
    pub fn waiting_papers(&self, now: Instant) -> OfficeResult<Vec<u8>> {
        let waiting = self.store().read(|conn| outbox::in_tray(conn, PRINTED_AT_ONCE))?;
        let mut papers = Vec::new();
        for id in waiting.iter().filter_map(|message| message.letter_id.as_deref()) {
            papers.push(self.letter_pdf(now, id)?.1);
        }
        if papers.is_empty() {
            return Err(OfficeError::NotFound);
        }
        Ok(print::together(&papers)?)
    }

    /// Letters of the print tray were handed over or posted, all or none.
    ///
    /// # Errors
    /// Not found when one of them does not wait in the tray.
    pub fn hand_over_letters(&self, now: Instant, actor: &Actor, letter_ids: &[String]) -> OfficeResult<usize> {
        let messages = self.store().read(|conn| outbox::of_letters(conn, letter_ids))?;
        let mut waiting = Vec::with_capacity(letter_ids.len());
        for id in letter_ids {
            let here = messages.iter().find(|one| one.letter_id.as_deref() == Some(id) && is_in_tray(one));
            waiting.push(here.ok_or(OfficeError::NotFound)?.id.clone());
        }
        self.hand_over(now, actor, &waiting)
    }
}
