//! How a dossier was handed in: by whom, and with which papers.

use serde::{Deserialize, Serialize};

use super::text_enum;

text_enum! {
    /// Who filled the file in and handed it in (NĐ 61/2018 Art. 16, NĐ 118/2025: also by an authorised person).
    FiledBy {
        Itself = "self",
        /// an officer of the centre filled it in with the citizen
        Assisted = "assisted",
        Representative = "representative",
    }
}

text_enum! {
    /// Who is told about the dossier.
    Addressee {
        Applicant = "applicant",
        Representative = "representative",
    }
}

text_enum! {
    /// What a paper that was handed in is.
    PaperForm {
        Original = "original",
        Copy = "copy",
        Electronic = "electronic",
    }
}

/// Most copies of one paper.
pub const COPIES_MAX: u8 = 99;
/// Most papers of a dossier.
pub const PAPERS_MAX: usize = 40;

/// A paper that was handed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperLine {
    pub name: String,
    pub copies: u8,
    pub form: PaperForm,
}
