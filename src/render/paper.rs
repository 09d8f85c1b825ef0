//! The forms given to citizens and kept by the office (01, 02, 03, 05, 06, 07 of TT 03/2025/TT-VPCP,
//! Annex I): each kind has its facts, frozen as JSON, and a template under `config/forms/`.
//!
//! The press and the registry of templates are those of the letters (`render::letter`).

mod facts;
mod listed;
mod samples;
mod sheet;

pub use facts::{Form, Frame, Party, ReceiptFacts, RefusalFacts, Signature, StopFacts, SupplementFacts};
pub use listed::{RegisterFacts, RegisterRow, SlipFacts, SlipRow};

use typst_layout::PagedDocument;

use super::RenderError;
use super::letter::registry::FormKind;
use super::letter::{Images, LetterPress};
use sheet::{Sheet, sizes};

impl LetterPress {
    /// A form as PDF/A-2a and PDF/UA-1. The same facts and images give the same bytes.
    ///
    /// # Errors
    /// [`RenderError::Template`] or [`RenderError::Pdf`]; the shipped templates give neither, whatever
    /// the facts contain.
    pub fn paper<F: Form>(&self, facts: &F, images: &Images) -> Result<Vec<u8>, RenderError> {
        let frame = facts.frame();
        Self::printed(self.laid_out(facts, images), &format!("{} {}", frame.number, frame.dossier_code))
    }

    /// [`paper`](Self::paper) from facts as they are kept; forms only.
    ///
    /// # Errors
    /// As there; [`RenderError::Facts`] for JSON that is not of this kind.
    pub fn paper_of(&self, kind: FormKind, json: &str, images: &Images) -> Result<Vec<u8>, RenderError> {
        fn read<F: Form>(json: &str) -> Result<F, RenderError> {
            serde_json::from_str(json).map_err(|error| RenderError::Facts(error.to_string()))
        }
        match kind {
            FormKind::Receipt => self.paper(&read::<ReceiptFacts>(json)?, images),
            FormKind::SupplementRequest => self.paper(&read::<SupplementFacts>(json)?, images),
            FormKind::Refusal => self.paper(&read::<RefusalFacts>(json)?, images),
            FormKind::Stop => self.paper(&read::<StopFacts>(json)?, images),
            FormKind::ControlSlip => self.paper(&read::<SlipFacts>(json)?, images),
            FormKind::Register => self.paper(&read::<RegisterFacts>(json)?, images),
            FormKind::Letter => Err(RenderError::Facts("a letter is no form".to_owned())),
        }
    }

    /// The pages: in the largest size that needs one page only, else numbered, on as many as it takes.
    fn laid_out<F: Form>(&self, facts: &F, images: &Images) -> Result<PagedDocument, RenderError> {
        let frame = facts.frame();
        let template = self.template(F::KIND, &frame.dressing.template, frame.issued_on)?;
        let mut sheet = Sheet::new(facts, images, |c| self.width(c))?;
        let (one_page, many) = sizes(F::KIND);
        for size in one_page {
            let document = self.set(template, sheet.json(*size, false)?, images, sheet.code())?;
            if document.pages().len() == 1 {
                return Ok(document);
            }
        }
        self.set(template, sheet.json(many, true)?, images, sheet.code())
    }
}

#[cfg(test)]
mod tests;
