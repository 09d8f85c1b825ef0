//! Many papers as one, to be printed at once: each page is drawn as it was issued. The copy is for the
//! printer only; what was issued stays the kept file.

use std::fmt::Write as _;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt as _, World};
use typst_layout::PagedDocument;
use typst_pdf::PdfOptions;

use super::RenderError;

/// What the engine sees of a batch: a page for each page, and the papers themselves.
struct Batch {
    typst_library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    main: Source,
    papers: Vec<(FileId, Bytes)>,
}

impl World for Batch {
    fn library(&self) -> &LazyHash<Library> {
        &self.typst_library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main.id() { Ok(self.main.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let paper = self.papers.iter().find(|(known, _)| *known == id);
        paper.map(|(_, bytes)| bytes.clone()).ok_or(FileError::AccessDenied)
    }

    fn font(&self, _index: usize) -> Option<Font> {
        None
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}

/// The pages of all papers, in their order, each in its own size.
///
/// # Errors
/// [`RenderError::Pdf`] when a paper is no PDF, or the whole cannot be written.
pub fn together(papers: &[Vec<u8>]) -> Result<Vec<u8>, RenderError> {
    let mut text = String::new();
    let mut files = Vec::with_capacity(papers.len());
    for (number, paper) in papers.iter().enumerate() {
        let bytes = Bytes::new(paper.clone());
        let pages = pages(paper).ok_or_else(|| RenderError::Pdf("a paper is no PDF".to_owned()))?;
        let name = format!("{number}.pdf");
        for page in 1..=pages {
            // Writing to a string cannot fail.
            let _ = writeln!(text, "#page(width: auto, height: auto, margin: 0pt, image(\"{name}\", page: {page}))");
        }
        files.push((file_id(&name)?, bytes));
    }
    let batch = Batch {
        typst_library: LazyHash::new(Library::default()),
        book: LazyHash::new(FontBook::new()),
        main: Source::new(file_id("batch.typ")?, text),
        papers: files,
    };
    let explain = |what: &typst::diag::SourceDiagnostic| what.message.to_string();
    let explained = |all: &[typst::diag::SourceDiagnostic]| all.iter().map(explain).collect::<Vec<_>>().join("; ");
    let document: PagedDocument = typst::compile(&batch).output.map_err(|e| RenderError::Pdf(explained(&e)))?;
    let options = PdfOptions { tagged: false, ..PdfOptions::default() };
    let pdf = typst_pdf::pdf(&document, &options).map_err(|e| RenderError::Pdf(explained(&e)));
    comemo::evict(0);
    pdf
}

/// How many pages a paper has; `None` when it is no PDF.
fn pages(paper: &[u8]) -> Option<usize> {
    hayro_syntax::Pdf::new(paper.to_vec()).ok().map(|document| document.pages().len())
}

fn file_id(path: &str) -> Result<FileId, RenderError> {
    let path = VirtualPath::new(path).map_err(|_| RenderError::Template(path.to_owned()))?;
    Ok(RootedPath::new(VirtualRoot::Project, path).intern())
}

#[cfg(test)]
mod tests {
    use super::{pages, together};
    use crate::render::letter::{LetterFacts, LetterPress};

    #[test]
    fn papers_are_put_together_page_by_page_and_stay_text() {
        let press = LetterPress::new().unwrap();
        let facts = |number: &str| LetterFacts { number: number.to_owned(), ..LetterFacts::sample() };
        let papers = [press.pdf(&facts("01/PXL")).unwrap(), press.pdf(&facts("02/PXL")).unwrap()];
        let batch = together(&papers).unwrap();
        assert_eq!(pages(&batch), Some(2));
    }

    #[test]
    fn what_is_no_pdf_is_refused() {
        assert!(together(&[b"not a paper".to_vec()]).is_err());
    }
}
