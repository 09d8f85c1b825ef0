//! `/thu-tuc`: the procedures in force, their versions, and how a change is proposed.

use askama::Template;

use super::ctx::Ctx;
use super::form::{Choice, FieldError, error_at};
use super::proposals::DifferenceRow;

/// The limits for one way of filing.
#[derive(Debug, Clone)]
pub struct LimitLine {
    /// Empty: for every channel.
    pub channel: String,
    /// `None` when the limit is missing: such a dossier has no promise.
    pub limit: Option<String>,
    pub commitment: Option<String>,
}

#[derive(Debug, Clone)]
pub struct ProcedureRow {
    pub code: String,
    pub name: String,
    pub sector: String,
    pub limits: Vec<LimitLine>,
    pub basis: Option<String>,
    /// `Toàn trình`, `Một phần`, or how it may be filed.
    pub level: String,
    /// The limit was confirmed against the published decision.
    pub confirmed: bool,
    /// First day of a version that is announced.
    pub coming: Option<String>,
}

/// Query parameters: `q`, `sector`.
#[derive(Debug, Clone, Template)]
#[template(config = "src/render/pages/askama.toml", path = "procedures.html")]
pub struct ProceduresPage {
    pub c: Ctx,
    pub q: String,
    pub sectors: Vec<Choice>,
    pub rows: Vec<ProcedureRow>,
    /// Procedures that are announced and not in force yet: code, name, first day.
    pub announced: Vec<(String, String, String)>,
    /// Whether the viewer may propose changes.
    pub may_change: bool,
}

/// Where a version stands in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VersionStanding {
    InForce,
    Coming,
    Past,
    /// Another version took its place before it began.
    Replaced,
}

impl VersionStanding {
    #[must_use]
    pub fn tone(&self) -> &'static str {
        match self {
            Self::InForce => "good",
            Self::Coming => "soon",
            Self::Past | Self::Replaced => "none",
        }
    }

    #[must_use]
    pub fn icon(&self) -> &'static str {
        match self {
            Self::InForce => "check",
            Self::Coming => "forward",
            Self::Past => "clock",
            Self::Replaced => "stop",
        }
    }

    #[must_use]
    pub fn word<'a>(&self, c: &'a Ctx) -> &'a str {
        match self {
            Self::InForce => c.t("đang áp dụng", "in force"),
            Self::Coming => c.t("sắp áp dụng", "to come"),
            Self::Past => c.t("đã thay", "past"),
            Self::Replaced => c.t("bị thay trước khi áp dụng", "replaced before it began"),
        }
    }
}

/// The head of a version's column.
#[derive(Debug, Clone)]
pub struct VersionHead {
    pub number: String,
    pub standing: VersionStanding,
    pub from: String,
    pub until: Option<String>,
}

/// A value of a version; `changed` against the version before.
#[derive(Debug, Clone)]
pub struct VersionCell {
    pub text: String,
    pub changed: bool,
}

/// The versions of one procedure side by side, the newest first.
#[derive(Debug, Clone, Template)]
#[template(config = "src/render/pages/askama.toml", path = "procedure.html")]
pub struct ProcedurePage {
    pub c: Ctx,
    pub code: String,
    pub name: String,
    pub heads: Vec<VersionHead>,
    /// The name of each line, with a cell for each version.
    pub lines: Vec<(String, Vec<VersionCell>)>,
    pub may_change: bool,
}

/// A text field of the form.
#[derive(Debug, Clone, Default)]
pub struct ProcedureInput {
    pub code: String,
    pub name: String,
    pub sector: String,
    pub basis: String,
    pub commitment_basis: String,
    pub valid_from: String,
}

/// A row of the table of limits: the names of its fields and what they hold.
#[derive(Debug, Clone)]
pub struct LimitInput {
    pub label: String,
    pub names: [&'static str; 3],
    pub value: String,
    pub units: Vec<Choice>,
    pub commitment: String,
}

/// What a change would do to one procedure.
#[derive(Debug, Clone)]
pub struct DeltaView {
    pub code: String,
    pub name: String,
    pub added: bool,
    pub rows: Vec<DifferenceRow>,
}

/// What a form would do, shown before it is sent.
#[derive(Debug, Clone)]
pub struct ChangePreview {
    pub deltas: Vec<DeltaView>,
    /// First day; `None`: from the approval on.
    pub from: Option<String>,
}

/// POST `/thu-tuc` (a new one) or `/thu-tuc/{code}` with `csrf`, the fields, and `step`: `preview` or
/// `propose`.
#[derive(Debug, Clone, Template)]
#[template(config = "src/render/pages/askama.toml", path = "procedure_form.html")]
pub struct ProcedureFormPage {
    pub c: Ctx,
    /// The code of the procedure that is changed; `None`: a new one.
    pub known: Option<String>,
    pub input: ProcedureInput,
    pub sectors: Vec<String>,
    pub levels: Vec<Choice>,
    pub confidences: Vec<Choice>,
    pub limits: Vec<LimitInput>,
    pub errors: Vec<FieldError>,
    pub preview: Option<ChangePreview>,
    /// Whether somebody else has to approve it.
    pub four_eyes: bool,
}

impl ProcedureFormPage {
    #[must_use]
    pub fn error(&self, field: &str) -> Option<&str> {
        error_at(&self.errors, field)
    }

    #[must_use]
    pub fn action(&self) -> String {
        self.known.as_ref().map_or_else(|| "/thu-tuc".to_owned(), |code| format!("/thu-tuc/{code}"))
    }
}

/// A row of the file that is not taken.
#[derive(Debug, Clone)]
pub struct RejectedRow {
    pub row: u64,
    pub field: String,
    pub value: String,
    pub reason: String,
}

/// What a list would do.
#[derive(Debug, Clone, Default)]
pub struct ListPreview {
    pub read: u64,
    pub added: u64,
    pub changed: u64,
    pub unchanged: u64,
    pub deltas: Vec<DeltaView>,
    pub rejected: Vec<RejectedRow>,
    /// Code and name of procedures that the list does not name.
    pub missing: Vec<(String, String)>,
    /// The file itself, to be sent again when it is taken.
    pub data: String,
    /// What the file was called.
    pub name: String,
    pub valid_from: String,
}

impl ListPreview {
    /// Whether there is anything to take.
    #[must_use]
    pub fn moves(&self) -> bool {
        self.added + self.changed > 0
    }
}

/// POST `/thu-tuc/nhap`: a file (`multipart/form-data`, field `file`), then `data` with `step=propose`.
#[derive(Debug, Clone, Template)]
#[template(config = "src/render/pages/askama.toml", path = "procedure_list.html")]
pub struct ProcedureListPage {
    pub c: Ctx,
    pub errors: Vec<FieldError>,
    pub preview: Option<ListPreview>,
    pub four_eyes: bool,
    /// Largest file in kilobytes.
    pub kilobytes: u64,
}
