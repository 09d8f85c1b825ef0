//! How the agency writes: names, titles, symbols, signature block. The settings, until an administrator
//! saves another; each save is a version, in force for what is issued from then on.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::domain::time::Instant;
use crate::render::letter::registry::FormKind;
use crate::render::letter::{Dressing, Image, Images, Signer};
use crate::store::journal::hex;
use crate::store::letterheads;
use crate::store::{Conn, StoreError, documents};

use super::Office;
use super::error::OfficeResult;
use super::image::Drawing;

mod saving;

pub(super) use saving::Checked;
pub use saving::{CHANGED, ImageChange};

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
}
