//! The letters of apology as PDFs in the official layout, and the press that sets them and every form.
//!
//! [`LetterFacts`] is frozen when the letter is decided; [`LetterPress`] turns the same facts into
//! the same bytes at any later time. The wording stands in `config/letters/apology.typ`; which version
//! of a template a day takes is [`registry`].

mod facts;
mod fit;
mod press;
pub mod registry;
pub(super) mod sheet;
mod world;

pub use facts::{Dressing, LetterFacts, LetterForm, Signer, TITLE_APOLOGY_AND_EXTENSION, TITLE_APOLOGY_AND_NEW_DATE};
pub(super) use press::ImageFormats;
pub use press::{Image, Images, LetterPress};

#[cfg(test)]
mod tests;
