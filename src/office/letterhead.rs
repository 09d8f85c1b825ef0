//! How the agency writes: names, titles, symbols, signature block. The settings, until an administrator
//! saves another; each save is a version, in force for what is issued from then on.

use serde::{Deserialize, Serialize};
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::domain::time::Instant;
use crate::render::letter::registry::FormKind;
use crate::render::letter::{Dressing, Image, Images, Signer};
use crate::store::journal::{self, Line, hex};
use crate::store::letterheads::{self, LetterheadRow};
use crate::store::{Conn, StoreError, documents};

use super::error::{FieldError, OfficeResult, Problem};
use super::image::Drawing;
use super::{Actor, Office, ids};

/// The journal's word for a new letterhead.
pub const CHANGED: &str = "letterhead_changed";

/// Longest text of a field.
const TEXT_MAX: usize = 200;
/// Most lines of a list.
const LINES_MAX: usize = 12;

/// A letterhead in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letterhead {
    /// 0: the settings.
    #[serde(skip)]
    pub version: i32,
    #[serde(skip)]
    pub signature_hash: Option<String>,
    #[serde(skip)]
    pub seal_hash: Option<String>,
    /// Line above the issuing body.
    pub superior: String,
    /// The issuing body, one entry a printed line.
    pub issuing: Vec<String>,
    pub place: String,
    pub address: String,
    pub phone: String,
    pub email: String,
    pub salutation: String,
    /// Title of the apology.
    pub title: String,
    /// The apology's number reads nn/SYMBOL; so do those of the forms.
    pub symbol: String,
    pub receipt_symbol: String,
    pub supplement_symbol: String,
    pub refusal_symbol: String,
    pub stop_symbol: String,
    pub signer_authority: String,
    pub signer_title: String,
    pub signer_name: String,
    /// "Nơi nhận"
    pub copies: Vec<String>,
}

impl Letterhead {
    #[must_use]
    pub fn signer(&self) -> Signer {
        Signer {
            authority: self.signer_authority.clone(),
            title: self.signer_title.clone(),
            name: self.signer_name.clone(),
        }
    }

    /// Whom to ask: `name` of the agency, address, telephone, e-mail.
    #[must_use]
    pub fn contact(&self, name: &str) -> String {
        let phone = if self.phone.is_empty() { String::new() } else { format!("điện thoại {}", self.phone) };
        let parts = [name, self.address.as_str(), phone.as_str(), self.email.as_str()];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
    }
}

/// What becomes of an image when a letterhead is saved.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum ImageChange {
    #[default]
    Keep,
    Remove,
    Put(Vec<u8>),
}

impl Office {
    /// The letterhead in force.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn letterhead(&self, conn: &mut Conn) -> OfficeResult<Letterhead> {
        let rules = self.rules(conn)?;
        let Some(row) = letterheads::newest(conn, &rules.agency()?.id)? else {
            return Ok(self.letterhead_of_settings());
        };
        let kept: Letterhead = serde_json::from_str(&row.body)?;
        Ok(Letterhead { version: row.version, signature_hash: row.signature_hash, seal_hash: row.seal_hash, ..kept })
    }

    pub(super) fn letterhead_of_settings(&self) -> Letterhead {
        let (agency, letter, papers) = (&self.settings().agency, &self.settings().letter, &self.settings().papers);
        let text = String::clone;
        Letterhead {
            version: 0,
            signature_hash: None,
            seal_hash: None,
            superior: text(&agency.superior),
            issuing: agency.issuing.split('|').map(|line| line.trim().to_owned()).collect(),
            place: text(&agency.place),
            address: text(&agency.address),
            phone: text(&agency.phone),
            email: text(&agency.email),
            salutation: text(&letter.salutation),
            title: text(&letter.title),
            symbol: text(&letter.symbol),
            receipt_symbol: text(&papers.receipt),
            supplement_symbol: text(&papers.supplement_request),
            refusal_symbol: text(&papers.refusal),
            stop_symbol: text(&papers.stop),
            signer_authority: text(&letter.signer_authority),
            signer_title: text(&letter.signer_title),
            signer_name: text(&letter.signer_name),
            copies: letter.copies.clone(),
        }
    }

    /// What a paper of `kind` issued at `now` wears: the template in force, and, when the agency signs
    /// it, the images of the signature block.
    #[must_use]
    pub fn dressing(&self, head: &Letterhead, kind: FormKind, now: Instant) -> Dressing {
        let template = self.press.version_on(kind, crate::domain::time::civil_day(now)).to_owned();
        match kind {
            FormKind::Letter | FormKind::Stop => {
                Dressing { template, signature: head.signature_hash.clone(), seal: head.seal_hash.clone() }
            }
            FormKind::Receipt
            | FormKind::SupplementRequest
            | FormKind::Refusal
            | FormKind::ControlSlip
            | FormKind::Register => Dressing { template, ..Dressing::default() },
        }
    }

    /// The images that facts name.
    ///
    /// # Errors
    /// When one is gone or is not what was kept.
    pub fn images(&self, dressing: &Dressing) -> OfficeResult<Images> {
        let image = |hash: &Option<String>| -> OfficeResult<Option<Image>> {
            let Some(hash) = hash else { return Ok(None) };
            let kept = self.store().read(|conn| documents::find(conn, hash))?;
            let whole = kept.filter(|(_, bytes)| hex(&Sha256::digest(bytes)) == *hash);
            let (media, bytes) =
                whole.ok_or_else(|| StoreError::Corrupt(format!("image {hash} is not what was kept")))?;
            let format = Drawing::format_of(&media);
            Ok(Some(Image::new(format, bytes)))
        };
        Ok(Images { signature: image(&dressing.signature)?, seal: image(&dressing.seal)? })
    }

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
        self.writing(|tx, rules| {
            let agency_id = rules.agency()?.id.clone();
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
            super::rules::touch(tx, now)?;
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
    pub(super) fn checked_letterhead(
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
        if errors.is_empty() { Ok((clean, signature, seal)) } else { Err(super::OfficeError::Invalid(errors)) }
    }

    /// An image that the press can set: tried on a sample, so that no letter fails because of it.
    fn drawable(&self, drawing: Drawing) -> Result<Drawing, Problem> {
        let image = Image::new(Drawing::format_of(drawing.media_type), drawing.bytes.clone());
        let images = Images { signature: Some(image), seal: None };
        match self.press.pdf_with(&crate::render::letter::LetterFacts::sample(), &images) {
            Ok(_) => Ok(drawing),
            Err(_) => Err(Problem::NotAnImage),
        }
    }
}

/// An image after it was looked at.
#[derive(Debug, Clone)]
pub(super) enum Checked {
    Keep,
    Remove,
    Put(Drawing),
}

fn clean(head: &Letterhead, errors: &mut Vec<FieldError>) -> Letterhead {
    let mut line = |field: &'static str, text: &str, needed: bool| {
        let line = super::intake::nfc(&text.split_whitespace().collect::<Vec<_>>().join(" "));
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
