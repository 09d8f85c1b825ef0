//! How papers would look with a letterhead that is not saved: samples, nobody real.

use crate::domain::text_enum;
use crate::render::letter::registry::FormKind;
use crate::render::letter::{Image, Images, LetterFacts, LetterForm, Signer};
use crate::render::paper::{
    Form, Frame, ReceiptFacts, RefusalFacts, RegisterFacts, SlipFacts, StopFacts, SupplementFacts,
};
use crate::store::{Conn, StoreError, documents};

use super::Office;
use super::error::OfficeResult;
use super::image::Drawing;
use super::letterhead::{Checked, ImageChange, Letterhead};

text_enum! {
    /// Which paper is looked at.
    Preview {
        Apology = "apology",
        LateResult = "late-result",
        Loss = "loss",
        SecondMiss = "second-miss",
        Receipt = "receipt",
        SupplementRequest = "supplement-request",
        Refusal = "refusal",
        Stop = "stop",
        ControlSlip = "control-slip",
        Register = "register",
    }
}

impl Office {
    /// A sample paper as it would look. Nothing is kept.
    ///
    /// # Errors
    /// As [`Office::save_letterhead`].
    pub fn preview_letterhead(
        &self,
        head: &Letterhead,
        signature: &ImageChange,
        seal: &ImageChange,
        which: Preview,
    ) -> OfficeResult<Vec<u8>> {
        let (head, signature, seal) = self.checked_letterhead(head, signature, seal)?;
        let (name, images) = self.reading(|conn, rules| {
            let saved = self.letterhead(conn)?;
            let images = Images {
                signature: shown(conn, &signature, saved.signature_hash.as_deref())?,
                seal: shown(conn, &seal, saved.seal_hash.as_deref())?,
            };
            Ok((rules.agency()?.name.clone(), images))
        })?;
        let letter = |form| self.press.pdf_with(&self.sample_letter(&head, &name, form), &images);
        let pdf = match which {
            Preview::Apology => letter(LetterForm::Apology),
            Preview::LateResult => letter(LetterForm::LateResult),
            Preview::Loss => letter(LetterForm::Loss),
            Preview::SecondMiss => letter(LetterForm::SecondMiss),
            Preview::Receipt => {
                let sample = ReceiptFacts::sample();
                let frame = framed(sample.frame, &head, &name, &head.receipt_symbol);
                self.press.paper(&ReceiptFacts { frame, return_place: name.clone(), ..sample }, &Images::default())
            }
            Preview::SupplementRequest => {
                let sample = SupplementFacts::sample();
                let frame = framed(sample.frame, &head, &name, &head.supplement_symbol);
                self.press.paper(&SupplementFacts { frame, ..sample }, &Images::default())
            }
            Preview::Refusal => {
                let sample = RefusalFacts::sample();
                let frame = framed(sample.frame, &head, &name, &head.refusal_symbol);
                self.press.paper(&RefusalFacts { frame, ..sample }, &Images::default())
            }
            Preview::Stop => {
                let sample = StopFacts::sample();
                let frame = framed(sample.frame, &head, &name, &head.stop_symbol);
                let mut signature = sample.signature;
                (signature.signer, signature.recipients) = (head.signer(), head.copies.clone());
                self.press.paper(&StopFacts { frame, signature, ..sample }, &images)
            }
            Preview::ControlSlip => {
                let sample = SlipFacts::sample();
                let frame = framed(sample.frame, &head, &name, "");
                self.press.paper(&SlipFacts { frame, ..sample }, &Images::default())
            }
            Preview::Register => {
                let sample = RegisterFacts::sample();
                let frame = framed(sample.frame, &head, &name, "");
                self.press.paper(&RegisterFacts { frame, ..sample }, &Images::default())
            }
        };
        Ok(pdf?)
    }

    fn sample_letter(&self, head: &Letterhead, name: &str, form: LetterForm) -> LetterFacts {
        let sample = LetterFacts::sample_of(form);
        let signer: Signer = head.signer();
        LetterFacts {
            dressing: crate::render::letter::Dressing {
                template: self.press.version_on(FormKind::Letter, sample.issued_on).to_owned(),
                ..sample.dressing
            },
            title: head.title.clone(),
            superior_body: head.superior.clone(),
            issuing_body: head.issuing.clone(),
            issuer_name: name.to_owned(),
            receiving_body: name.to_owned(),
            number: format!("05/{}", head.symbol),
            place: head.place.clone(),
            salutation: head.salutation.clone(),
            recipients: head.copies.clone(),
            contact: head.contact(name),
            signer,
            ..sample
        }
    }
}

fn framed(sample: Frame, head: &Letterhead, name: &str, symbol: &str) -> Frame {
    Frame {
        superior_body: head.superior.clone(),
        issuing_body: head.issuing.clone(),
        issuer_name: name.to_owned(),
        number: if symbol.is_empty() { String::new() } else { format!("05/{symbol}") },
        place: head.place.clone(),
        contact: head.contact(name),
        ..sample
    }
}

/// The image that would be drawn: the one just chosen, or the one kept.
fn shown(conn: &mut Conn, change: &Checked, kept: Option<&str>) -> OfficeResult<Option<Image>> {
    match (change, kept) {
        (Checked::Put(drawing), _) => {
            Ok(Some(Image::new(Drawing::format_of(drawing.media_type), drawing.bytes.clone())))
        }
        (Checked::Keep, Some(hash)) => {
            let found = documents::find(conn, hash)?;
            let (media, bytes) = found.ok_or_else(|| StoreError::Corrupt(format!("image {hash} is gone")))?;
            Ok(Some(Image::new(Drawing::format_of(&media), bytes)))
        }
        (Checked::Keep, None) | (Checked::Remove, _) => Ok(None),
    }
}
