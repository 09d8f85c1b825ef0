//! Facts to words: letters (PDF), mails and pages. Every Vietnamese sentence a person reads is written here.

pub mod dates;
mod error;
pub mod letter;
pub mod mail;
mod plain;
pub mod words;

pub use error::RenderError;
