//! The press: fonts, library and template read once, then letter after letter.

use comemo::evict;
use typst::diag::SourceDiagnostic;
use typst::foundations::{Bytes, Smart};
use typst::layout::Abs;
use typst::syntax::{FileId, Source};
use typst::text::{Font, FontBook, FontInstance, FontVariant, FontVariations};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt as _};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use super::facts::LetterFacts;
use super::fit::Fit;
use super::sheet::Sheet;
use super::world::{LetterWorld, file_id};
use crate::render::RenderError;

/// Tinos: the metrics of Times New Roman, every Vietnamese letter, embeddable (SIL OFL 1.1).
const FONTS: [&[u8]; 4] = [
    include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/config/fonts/Tinos-Regular.ttf")),
    include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/config/fonts/Tinos-Bold.ttf")),
    include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/config/fonts/Tinos-Italic.ttf")),
    include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/config/fonts/Tinos-BoldItalic.ttf")),
];

/// The shipped wording and layout.
const TEMPLATE: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/config/letters/apology.typ"));

/// Letters whose cached pieces are kept; without eviction the engine's cache only grows.
const CACHED_LETTERS: usize = 5;

/// Widths are looked up once for the characters below this one: Latin with all Vietnamese letters,
/// general punctuation and currency signs.
const TABLED: char = '\u{2100}';

/// Everything letters share. Built once, then used by reference from any number of threads.
pub struct LetterPress {
    pub(super) typst_library: LazyHash<Library>,
    pub(super) book: LazyHash<FontBook>,
    pub(super) fonts: Vec<Font>,
    faces: Vec<FontInstance>,
    /// [`widest`] of every character below [`TABLED`], by its number.
    widths: Vec<Option<f64>>,
    pub(super) template: Source,
    pub(super) sheet_id: FileId,
}

impl LetterPress {
    /// A press with the shipped template.
    ///
    /// # Errors
    /// [`RenderError::Fonts`] when the embedded fonts are damaged.
    pub fn new() -> Result<Self, RenderError> {
        Self::with_template(TEMPLATE)
    }

    /// A press with an office's own version of `config/letters/apology.typ`. Call
    /// [`check`](Self::check) before relying on it.
    ///
    /// # Errors
    /// As [`new`](Self::new).
    pub fn with_template(template: &str) -> Result<Self, RenderError> {
        let fonts: Vec<Font> = FONTS.iter().flat_map(|face| Font::iter(Bytes::new(*face))).collect();
        if fonts.len() != FONTS.len() {
            return Err(RenderError::Fonts);
        }
        let faces: Vec<FontInstance> = fonts.iter().map(face).collect();
        Ok(Self {
            typst_library: LazyHash::new(Library::default()),
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            widths: ('\0'..TABLED).map(|c| widest(&faces, c)).collect(),
            faces,
            fonts,
            template: Source::new(file_id("apology.typ")?, template.to_owned()),
            sheet_id: file_id("sheet.json")?,
        })
    }

    /// Whether the template turns the sample facts into a letter.
    ///
    /// # Errors
    /// What is wrong with the template, in the engine's words.
    pub fn check(&self) -> Result<(), RenderError> {
        self.pdf(&LetterFacts::sample()).map(drop)
    }

    /// The letter as PDF/A-2a and PDF/UA-1, fonts embedded, text extractable. The same facts give
    /// the same bytes.
    ///
    /// # Errors
    /// [`RenderError::Template`] or [`RenderError::Pdf`]; the shipped template gives neither,
    /// whatever the facts contain.
    pub fn pdf(&self, facts: &LetterFacts) -> Result<Vec<u8>, RenderError> {
        let letter = self.typeset(facts).and_then(|document| {
            let standards = PdfStandards::new(&[PdfStandard::A_2a, PdfStandard::Ua_1])
                .map_err(|e| RenderError::Pdf(e.message().to_string()))?;
            let options = PdfOptions {
                ident: Smart::Custom(format!("{} {}", facts.number, facts.dossier_code)),
                creator: Smart::Custom(Some("Đúng Hẹn".to_owned())),
                standards,
                ..PdfOptions::default()
            };
            typst_pdf::pdf(&document, &options).map_err(|e| RenderError::Pdf(explain(&e)))
        });
        evict(CACHED_LETTERS);
        letter
    }

    /// The pages, in the roomiest setting that needs one page only, else on as many as it takes.
    pub(crate) fn typeset(&self, facts: &LetterFacts) -> Result<PagedDocument, RenderError> {
        let mut sheet = Sheet::new(facts, |c| self.width(c))?;
        for fit in Fit::worth_trying(facts) {
            let document = self.set(&mut sheet, fit)?;
            if document.pages().len() == 1 {
                return Ok(document);
            }
        }
        self.set(&mut sheet, Fit::MORE_PAGES)
    }

    fn set(&self, sheet: &mut Sheet, fit: Fit) -> Result<PagedDocument, RenderError> {
        let world = LetterWorld { press: self, sheet: Bytes::new(sheet.json(fit)?) };
        typst::compile(&world).output.map_err(|e| RenderError::Template(explain(&e)))
    }

    /// Width of `c` in em in the widest face, or none unless every face has it.
    fn width(&self, c: char) -> Option<f64> {
        let known = usize::try_from(u32::from(c)).ok().and_then(|at| self.widths.get(at));
        known.copied().unwrap_or_else(|| widest(&self.faces, c))
    }
}

/// Width of `c` in em in the widest of the faces, or none unless every face has it.
fn widest(faces: &[FontInstance], c: char) -> Option<f64> {
    let mut widest = 0.0_f64;
    for face in faces {
        let face = face.ttf();
        let advance = face.glyph_hor_advance(face.glyph_index(c)?)?;
        widest = widest.max(f64::from(advance) / f64::from(face.units_per_em()));
    }
    Some(widest)
}

/// `font` opened for measuring; its widths are per em, so the size does not matter.
fn face(font: &Font) -> FontInstance {
    let (variant, size) = (FontVariant::default(), Abs::pt(12.0));
    font.clone().instantiate(variant, size, &FontVariations::default())
}

/// The engine's complaints on one line, hints included.
fn explain(diagnostics: &[SourceDiagnostic]) -> String {
    diagnostics
        .iter()
        .flat_map(|d| std::iter::once(d.message.to_string()).chain(d.hints.iter().map(|h| h.v.to_string())))
        .collect::<Vec<_>>()
        .join("; ")
}
