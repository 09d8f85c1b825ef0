//! Saving a letterhead: what an administrator typed, looked at field by field, is the next version.

use serde_json::json;
use sha2::{Digest, Sha256};

use crate::domain::time::Instant;
use crate::office::error::{FieldError, OfficeError, OfficeResult, Problem};
use crate::office::image::Drawing;
use crate::office::intake::nfc;
use crate::office::{Actor, Office, ids, rules};
use crate::render::letter::{Image, Images, LetterFacts};
use crate::store::journal::{self, Line, hex};
use crate::store::letterheads::{self, LetterheadRow};
use crate::store::{StoreError, documents};

use super::Letterhead;

/// The journal's word for a new letterhead.
pub const CHANGED: &str = "letterhead_changed";

/// Longest text of a field.
const TEXT_MAX: usize = 200;
/// Most lines of a list.
const LINES_MAX: usize = 12;

/// What becomes of an image when a letterhead is saved.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum ImageChange {
    #[default]
    Keep,
    Remove,
    Put(Vec<u8>),
}

impl Office {
    /// Saves a letterhead as the next version, with what becomes of its images.
    ///
    /// # Errors
    /// Every field that is empty though needed, too long or broken, and an image that cannot be used.
    pub fn save_letterhead(
        &self,
        now: Instant,
        actor: &Actor,
        head: &Letterhead,
        signature: &ImageChange,
        seal: &ImageChange,
    ) -> OfficeResult<Letterhead> {
        let (head, signature, seal) = self.checked_letterhead(head, signature, seal)?;
        self.writing(|tx, known| {
            let agency_id = known.agency()?.id.clone();
            let before = self.letterhead(tx)?;
            if head.version != before.version {
                let newer = format!("the letterhead was at version {}", before.version);
                return Err(StoreError::Conflict(newer).into());
            }
            let mut keep = |image: &Checked, kept: Option<String>| -> OfficeResult<Option<String>> {
                match image {
                    Checked::Keep => Ok(kept),
                    Checked::Remove => Ok(None),
                    Checked::Put(drawing) => {
                        let hash = hex(&Sha256::digest(&drawing.bytes));
                        documents::keep(tx, &hash, drawing.media_type, &drawing.bytes, now)?;
                        Ok(Some(hash))
                    }
                }
            };
            let signature_hash = keep(&signature, before.signature_hash.clone())?;
            let seal_hash = keep(&seal, before.seal_hash.clone())?;
            let version = before.version + 1;
            let saved = Letterhead { version, signature_hash, seal_hash, ..head.clone() };
            if (Letterhead { version: before.version, ..saved.clone() }) == before {
                return Err(FieldError::new("signer_title", "", Problem::NoChange).into());
            }
            letterheads::insert(
                tx,
                LetterheadRow {
                    id: ids::id(now)?,
                    agency_id,
                    version,
                    body: serde_json::to_string(&saved)?,
                    signature_hash: saved.signature_hash.clone(),
                    seal_hash: saved.seal_hash.clone(),
                    entered_by: actor.journal_name().to_owned(),
                    entered_at: now,
                },
            )?;
            // The contact of an agency stands in its settings, which are kept with the rules.
            rules::touch(tx, now)?;
            // The signer's name stays out of the journal: what was said is proved by its hash.
            let body = json!({
                "version": version,
                "body_hash": hex(&Sha256::digest(serde_json::to_string(&saved)?)),
                "signature": saved.signature_hash,
                "seal": saved.seal_hash,
            });
            let line = Line {
                recorded_at: now,
                at: now,
                actor: actor.journal_name(),
                kind: CHANGED,
                dossier_id: None,
                body: body.to_string(),
            };
            journal::append(tx, &[line])?;
            Ok(saved)
        })
    }

    /// The letterhead with its texts on one line each, and the images as they will be drawn.
    pub(in crate::office) fn checked_letterhead(
        &self,
        head: &Letterhead,
        signature: &ImageChange,
        seal: &ImageChange,
    ) -> OfficeResult<(Letterhead, Checked, Checked)> {
        let mut errors = Vec::new();
        let clean = clean(head, &mut errors);
        let mut image = |field, change: &ImageChange| match change {
            ImageChange::Keep => Checked::Keep,
            ImageChange::Remove => Checked::Remove,
            ImageChange::Put(bytes) => match Drawing::read(bytes).and_then(|drawing| self.drawable(drawing)) {
                Ok(drawing) => Checked::Put(drawing),
                Err(problem) => {
                    errors.push(FieldError::new(field, "", problem));
                    Checked::Keep
                }
            },
        };
        let (signature, seal) = (image("signature", signature), image("seal", seal));
        if errors.is_empty() { Ok((clean, signature, seal)) } else { Err(OfficeError::Invalid(errors)) }
    }

    /// An image that the press can set: tried on a sample, so that no letter fails because of it.
    fn drawable(&self, drawing: Drawing) -> Result<Drawing, Problem> {
        let image = Image::new(Drawing::format_of(drawing.media_type), drawing.bytes.clone());
        let images = Images { signature: Some(image), seal: None };
        match self.press.pdf_with(&LetterFacts::sample(), &images) {
            Ok(_) => Ok(drawing),
            Err(_) => Err(Problem::NotAnImage),
        }
    }
}

/// An image after it was looked at.
#[derive(Debug, Clone)]
pub(in crate::office) enum Checked {
    Keep,
    Remove,
    Put(Drawing),
}

fn clean(head: &Letterhead, errors: &mut Vec<FieldError>) -> Letterhead {
    let mut line = |field: &'static str, text: &str, needed: bool| {
        let line = nfc(&text.split_whitespace().collect::<Vec<_>>().join(" "));
        let problem = match line.chars().count() {
            0 if needed => Some(Problem::Required),
            count if count > TEXT_MAX => Some(Problem::TooLong { max: TEXT_MAX }),
            _ if line.chars().any(char::is_control) => Some(Problem::ControlCharacters),
            _ => None,
        };
        errors.extend(problem.map(|problem| FieldError::new(field, &line, problem)));
        line
    };
    let clean = Letterhead {
        version: head.version,
        signature_hash: head.signature_hash.clone(),
        seal_hash: head.seal_hash.clone(),
        superior: line("superior", &head.superior, false),
        issuing: head.issuing.iter().map(|text| line("issuing", text, false)).filter(|text| !text.is_empty()).collect(),
        place: line("place", &head.place, true),
        address: line("address", &head.address, false),
        phone: line("phone", &head.phone, false),
        email: line("email", &head.email, false),
        salutation: line("salutation", &head.salutation, true),
        title: line("title", &head.title, true),
        symbol: line("symbol", &head.symbol, true),
        receipt_symbol: line("receipt_symbol", &head.receipt_symbol, true),
        supplement_symbol: line("supplement_symbol", &head.supplement_symbol, true),
        refusal_symbol: line("refusal_symbol", &head.refusal_symbol, true),
        stop_symbol: line("stop_symbol", &head.stop_symbol, true),
        signer_authority: line("signer_authority", &head.signer_authority, false),
        signer_title: line("signer_title", &head.signer_title, true),
        signer_name: line("signer_name", &head.signer_name, false),
        copies: head.copies.iter().map(|text| line("copies", text, false)).filter(|text| !text.is_empty()).collect(),
    };
    if clean.issuing.is_empty() {
        errors.push(FieldError::new("issuing", "", Problem::Required));
    }
    for (field, lines) in [("issuing", &clean.issuing), ("copies", &clean.copies)] {
        if lines.len() > LINES_MAX {
            errors.push(FieldError::new(field, "", Problem::TooManyLines { max: LINES_MAX }));
        }
    }
    clean
}
