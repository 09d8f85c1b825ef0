//! A form's `sheet.json`: its facts as clean text, its dates in words, its measures.

use chrono::Datelike as _;
use serde::Serialize;
use serde_json::{Value, json};
use typst::foundations::Bytes;

use super::facts::Form;
use crate::render::letter::registry::FormKind;
use crate::render::letter::sheet::{Code, LONGEST_HEAD_LINE, clean_texts, in_lines, punctuated, rule_mm, settable};
use crate::render::letter::{ImageFormats, Images};
use crate::render::{RenderError, dates};

/// The citizen's link stays whole as long as it fits on a line of its own.
const ADDRESS: &str = "status_url";
const WIDEST_ADDRESS: f64 = 33.0;

/// Sizes of the running text, in points, that are tried for one page, and the one of a paper that
/// needs more. The smallest is what a reader of sixty still reads at arm's length.
pub fn sizes(kind: FormKind) -> (&'static [f32], f32) {
    match kind {
        FormKind::Receipt | FormKind::SupplementRequest | FormKind::Refusal | FormKind::Stop => {
            (&[11.5, 11.0, 10.5, 10.0], 11.0)
        }
        FormKind::ControlSlip | FormKind::Letter => (&[13.0], 13.0),
        // A register has many pages, or few lines: in one size always.
        FormKind::Register => (&[], 9.0),
    }
}

/// Widest unbroken word, in em, that surely fits: of running text, and of a column of the form.
fn widest(kind: FormKind) -> f64 {
    match kind {
        FormKind::Receipt | FormKind::SupplementRequest | FormKind::Refusal | FormKind::Stop | FormKind::Letter => 12.0,
        FormKind::ControlSlip => 6.0,
        FormKind::Register => 3.6,
    }
}

/// Widest word in the head's left column, in em of capitals.
const WIDEST_IN_HEAD: f64 = 10.0;

/// Characters of capitals that surely fit on a line of that column on A5.
const LONGEST_HEAD_LINE_A5: usize = 18;

fn is_a5(kind: FormKind) -> bool {
    match kind {
        FormKind::Receipt | FormKind::SupplementRequest | FormKind::Refusal | FormKind::Stop => true,
        FormKind::ControlSlip | FormKind::Letter | FormKind::Register => false,
    }
}

/// What a template under `config/forms/` reads.
#[derive(Debug, Serialize)]
pub struct Sheet {
    facts: Value,
    words: Value,
    qr: Code,
    images: ImageFormats,
    fit: Value,
}

impl Sheet {
    /// The sheet of `facts`; `width` gives a character's width in em, or none when the font lacks it.
    pub fn new<F: Form>(facts: &F, images: &Images, width: impl Fn(char) -> Option<f64>) -> Result<Self, RenderError> {
        let mut kept = serde_json::to_value(facts).map_err(|error| RenderError::Facts(error.to_string()))?;
        let frame = facts.frame();
        let wide = |text: &str| settable(text, widest(F::KIND), &width);
        let capital = |c: char| width(c).map(|em| c.to_uppercase().filter_map(&width).fold(em, f64::max));
        let narrow = |text: &str| settable(text, WIDEST_IN_HEAD, &capital);
        clean_texts(&mut kept, &wide);
        let url = frame.status_url.as_deref().map(|url| settable(url, WIDEST_ADDRESS, &width));
        if let (Some(url), Some(place)) = (url, kept.pointer_mut(&format!("/frame/{ADDRESS}"))) {
            *place = Value::String(url);
        }
        let mut words = facts.words();
        if let Some(words) = words.as_object_mut() {
            let issued = frame.issued_on;
            let longest = if is_a5(F::KIND) { LONGEST_HEAD_LINE_A5 } else { LONGEST_HEAD_LINE };
            let lines = |name: &String| in_lines(&narrow(name), longest);
            let issuing: Vec<String> = frame.issuing_body.iter().flat_map(lines).collect();
            words.insert("superior".to_owned(), json!(lines(&frame.superior_body)));
            words.insert("rule_mm".to_owned(), json!(rule_mm(&issuing, &capital)));
            words.insert("issuing".to_owned(), json!(issuing));
            words.insert("number".to_owned(), json!(narrow(&frame.number)));
            words.insert("place".to_owned(), json!(narrow(&frame.place)));
            words.insert("issued_on".to_owned(), json!(dates::official_date(issued)));
            words.insert("issued".to_owned(), json!([issued.year(), issued.month(), issued.day()]));
            let copies = kept.pointer("/signature/recipients").and_then(Value::as_array).cloned().unwrap_or_default();
            let copies = copies.iter().filter_map(Value::as_str).map(str::to_owned).collect();
            words.insert("recipients".to_owned(), json!(punctuated(copies)));
        }
        Ok(Self {
            facts: kept,
            words,
            qr: Code::of(frame.status_url.as_deref()),
            images: images.formats(),
            fit: Value::Null,
        })
    }

    /// The pixels of its QR code.
    pub const fn code(&self) -> Option<&Bytes> {
        self.qr.pixels.as_ref()
    }

    /// The sheet as JSON, in this size, with page numbers or without.
    pub fn json(&mut self, size: f32, numbered: bool) -> Result<Vec<u8>, RenderError> {
        self.fit = json!({ "size": size, "numbered": numbered });
        serde_json::to_vec(self).map_err(|error| RenderError::Facts(error.to_string()))
    }
}
