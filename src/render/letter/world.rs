//! What the typesetting engine may see: a template, a sheet, three images, four fonts; no clock, no disk,
//! no network.

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, World};

use super::press::{Images, LetterPress};
use crate::render::RenderError;

/// One paper's view of the press: its template, its facts as `sheet.json`, its images.
pub struct LetterWorld<'a> {
    pub press: &'a LetterPress,
    pub template: &'a Source,
    pub sheet: Bytes,
    pub images: &'a Images,
    /// The pixels of the QR code.
    pub code: Option<&'a Bytes>,
}

/// The engine's name for a file at `path` in the letter's imaginary folder.
pub fn file_id(path: &str) -> Result<FileId, RenderError> {
    let path = VirtualPath::new(path).map_err(|_| RenderError::Template(path.to_owned()))?;
    Ok(RootedPath::new(VirtualRoot::Project, path).intern())
}

impl World for LetterWorld<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.press.typst_library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.press.book
    }

    fn main(&self) -> FileId {
        self.template.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.template.id() { Ok(self.template.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let image = |place: FileId, image: &'_ Option<super::press::Image>| {
            image.as_ref().filter(|_| id == place).map(|image| image.bytes.clone())
        };
        Some(self.sheet.clone())
            .filter(|_| id == self.press.sheet_id)
            .or_else(|| self.code.filter(|_| id == self.press.code_id).cloned())
            .or_else(|| image(self.press.signature_id, &self.images.signature))
            .or_else(|| image(self.press.seal_id, &self.images.seal))
            .ok_or(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.press.fonts.get(index).cloned()
    }

    /// A letter knows only the dates among its facts.
    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}
