//! The press: fonts, library and templates read once, then paper after paper.

use std::sync::OnceLock;

use comemo::evict;
use serde::Serialize;
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
use super::registry::{self, FormKind, Template};
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

/// Reports as tables.
const TABLE: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/config/reports/table.typ"));

/// The manager's page.
const OVERVIEW: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/config/reports/overview.typ"));

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
    /// Every template of the registry, in its order.
    templates: Vec<Loaded>,
    /// Reports; they are printed anew whenever asked for, so there is no older version to be kept.
    pub(in crate::render) table_template: Source,
    pub(in crate::render) overview_template: Source,
    pub(super) sheet_id: FileId,
    pub(super) signature_id: FileId,
    pub(super) seal_id: FileId,
    pub(super) code_id: FileId,
}

struct Loaded {
    template: Template,
    source: Source,
}

/// An image drawn in a signature block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Image {
    /// `png`, `jpg`, `svg`: as the engine names it.
    pub format: &'static str,
    pub bytes: Bytes,
}

impl Image {
    #[must_use]
    pub fn new(format: &'static str, bytes: Vec<u8>) -> Self {
        Self { format, bytes: Bytes::new(bytes) }
    }
}

/// The images of one paper.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Images {
    pub signature: Option<Image>,
    pub seal: Option<Image>,
}

/// What the template needs to know of the images.
#[derive(Debug, Clone, Copy, Serialize)]
pub(in crate::render) struct ImageFormats {
    signature: Option<&'static str>,
    seal: Option<&'static str>,
}

impl Images {
    pub(in crate::render) fn formats(&self) -> ImageFormats {
        let format = |image: &Option<Image>| image.as_ref().map(|image| image.format);
        ImageFormats { signature: format(&self.signature), seal: format(&self.seal) }
    }
}

impl LetterPress {
    /// A press with the shipped templates.
    ///
    /// # Errors
    /// [`RenderError::Fonts`] when the embedded fonts are damaged.
    pub fn new() -> Result<Self, RenderError> {
        Self::with_templates(&registry::SHIPPED)
    }

    /// The press with the shipped templates, made once in a process: to read fonts and templates takes a while.
    ///
    /// # Errors
    /// As [`new`](Self::new).
    pub fn shared() -> Result<&'static Self, RenderError> {
        static SHARED: OnceLock<LetterPress> = OnceLock::new();
        if let Some(press) = SHARED.get() {
            return Ok(press);
        }
        // Who comes at the same moment makes one too; the first is kept.
        let press = Self::new()?;
        Ok(SHARED.get_or_init(|| press))
    }

    /// A press with an office's own version of `config/letters/apology.typ` only. Call
    /// [`check`](Self::check) before relying on it.
    ///
    /// # Errors
    /// As [`new`](Self::new).
    pub fn with_template(template: &'static str) -> Result<Self, RenderError> {
        let own = Template { kind: FormKind::Letter, version: "own", valid_from: (1990, 1, 1), source: template };
        Self::with_templates(&[own])
    }

    /// A press with these templates; of each kind the newest in force on the day of issue is taken.
    ///
    /// # Errors
    /// As [`new`](Self::new).
    pub fn with_templates(templates: &[Template]) -> Result<Self, RenderError> {
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
            templates: templates.iter().map(load).collect::<Result<_, _>>()?,
            table_template: Source::new(file_id("table.typ")?, TABLE.to_owned()),
            overview_template: Source::new(file_id("overview.typ")?, OVERVIEW.to_owned()),
            sheet_id: file_id("sheet.json")?,
            signature_id: file_id("signature")?,
            seal_id: file_id("seal")?,
            code_id: file_id("code")?,
        })
    }

    /// The version of the template that a paper of `kind` issued on `day` is set with; its facts keep it.
    #[must_use]
    pub fn version_on(&self, kind: FormKind, day: chrono::NaiveDate) -> &'static str {
        registry::in_force(self.templates.iter().map(|loaded| &loaded.template), kind, day)
            .map_or("", |template| template.version)
    }

    /// The template that facts name, or, when they name none, the one in force on their day.
    pub(in crate::render) fn template(
        &self,
        kind: FormKind,
        version: &str,
        day: chrono::NaiveDate,
    ) -> Result<&Source, RenderError> {
        let version = if version.is_empty() { self.version_on(kind, day) } else { version };
        let found = self.templates.iter().find(|one| one.template.kind == kind && one.template.version == version);
        found
            .map(|loaded| &loaded.source)
            .ok_or_else(|| RenderError::Template(format!("no template {version:?} of {kind:?}")))
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
        self.pdf_with(facts, &Images::default())
    }

    /// [`pdf`](Self::pdf) with images in its signature block.
    ///
    /// # Errors
    /// As there; [`RenderError::Template`] also for an image that the engine cannot read.
    pub fn pdf_with(&self, facts: &LetterFacts, images: &Images) -> Result<Vec<u8>, RenderError> {
        let document = self.typeset_with(facts, images);
        Self::printed(document, &format!("{} {}", facts.number, facts.dossier_code))
    }

    /// The pages as a file; what the engine cached for them is let go after a few papers.
    pub(in crate::render) fn printed(
        document: Result<PagedDocument, RenderError>,
        ident: &str,
    ) -> Result<Vec<u8>, RenderError> {
        let paper = document.and_then(|document| {
            let standards = PdfStandards::new(&[PdfStandard::A_2a, PdfStandard::Ua_1])
                .map_err(|e| RenderError::Pdf(e.message().to_string()))?;
            let options = PdfOptions {
                ident: Smart::Custom(ident.to_owned()),
                creator: Smart::Custom(Some("Đúng Hẹn".to_owned())),
                standards,
                ..PdfOptions::default()
            };
            typst_pdf::pdf(&document, &options).map_err(|e| RenderError::Pdf(explain(&e)))
        });
        evict(CACHED_LETTERS);
        paper
    }

    #[cfg(test)]
    pub(crate) fn typeset(&self, facts: &LetterFacts) -> Result<PagedDocument, RenderError> {
        self.typeset_with(facts, &Images::default())
    }

    /// The pages, in the roomiest setting that needs one page only, else on as many as it takes.
    fn typeset_with(&self, facts: &LetterFacts, images: &Images) -> Result<PagedDocument, RenderError> {
        let template = self.template(FormKind::Letter, &facts.dressing.template, facts.issued_on)?;
        let mut sheet = Sheet::new(facts, images, |c| self.width(c))?;
        for fit in Fit::worth_trying(facts) {
            let document = self.set(template, sheet.json(fit)?, images, sheet.code())?;
            if document.pages().len() == 1 {
                return Ok(document);
            }
        }
        self.set(template, sheet.json(Fit::MORE_PAGES)?, images, sheet.code())
    }

    /// The pages that `template` makes of a sheet and the pixels of its QR code.
    pub(in crate::render) fn set(
        &self,
        template: &Source,
        sheet: Vec<u8>,
        images: &Images,
        code: Option<&Bytes>,
    ) -> Result<PagedDocument, RenderError> {
        let world = LetterWorld { press: self, template, sheet: Bytes::new(sheet), images, code };
        typst::compile(&world).output.map_err(|e| RenderError::Template(explain(&e)))
    }

    /// Width of `c` in em in the widest face, or none unless every face has it.
    pub(in crate::render) fn width(&self, c: char) -> Option<f64> {
        let known = usize::try_from(u32::from(c)).ok().and_then(|at| self.widths.get(at));
        known.copied().unwrap_or_else(|| widest(&self.faces, c))
    }
}

fn load(template: &Template) -> Result<Loaded, RenderError> {
    let id = file_id(&format!("{}-{}.typ", template.kind.as_str(), template.version))?;
    Ok(Loaded { template: *template, source: Source::new(id, template.source.to_owned()) })
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
