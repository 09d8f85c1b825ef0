//! The letter of apology with its new return date, as a PDF in the official layout.
//!
//! [`LetterFacts`] is frozen when the letter is decided; [`LetterPress`] turns the same facts into
//! the same bytes at any later time. The wording stands in `config/letters/apology.typ`.

mod facts;
mod fit;
mod press;
mod sheet;
mod world;

pub use facts::{LetterFacts, LetterForm, Signer, TITLE_APOLOGY_AND_EXTENSION, TITLE_APOLOGY_AND_NEW_DATE};
pub use press::LetterPress;

#[cfg(test)]
mod tests;
