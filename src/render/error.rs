//! Why a text could not be made.

use std::error::Error;
use std::fmt;

/// Why a letter or a mail could not be rendered. None of these is cured by trying again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RenderError {
    /// The fonts built into the program could not be read.
    Fonts,
    /// The facts could not be handed to the template.
    Facts(String),
    /// The letter template does not compile; the text is the engine's own explanation.
    Template(String),
    /// The laid-out letter does not meet PDF/A.
    Pdf(String),
    /// No wording exists for this kind of notice.
    UnknownKind(String),
    /// The page template of a mail failed.
    Page(String),
}

impl fmt::Display for RenderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fonts => f.write_str("the embedded letter fonts are unreadable"),
            Self::Facts(why) => write!(f, "the letter's facts cannot be written as JSON: {why}"),
            Self::Template(why) => write!(f, "the letter template does not compile: {why}"),
            Self::Pdf(why) => write!(f, "the letter cannot be written as PDF/A: {why}"),
            Self::UnknownKind(kind) => write!(f, "no mail wording for notices of kind {kind:?}"),
            Self::Page(why) => write!(f, "the mail's page template failed: {why}"),
        }
    }
}

impl Error for RenderError {}
