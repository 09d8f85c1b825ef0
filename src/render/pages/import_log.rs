//! `/nhap-lieu`: every file that was read, and what came of its rows.

use askama::Template;

use super::ctx::Ctx;
use super::form::Choice;

/// What a file held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    Dossiers,
    Procedures,
    Calendar,
    Rules,
    Ladder,
}

impl FileKind {
    #[must_use]
    pub fn word<'a>(&self, c: &'a Ctx) -> &'a str {
        match self {
            Self::Dossiers => c.t("Hồ sơ", "Dossiers"),
            Self::Procedures => c.t("Danh mục thủ tục", "Procedures"),
            Self::Calendar => c.t("Lịch nghỉ", "Calendar"),
            Self::Rules => c.t("Quy tắc thời hạn", "Time rules"),
            Self::Ladder => c.t("Bậc thang nhắc việc", "Ladder of notices"),
        }
    }
}

/// What became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileFate {
    Taken,
    Proposed,
    Looked,
    Failed,
}

impl FileFate {
    pub const ALL: [Self; 4] = [Self::Taken, Self::Proposed, Self::Looked, Self::Failed];

    #[must_use]
    pub fn tone(&self) -> &'static str {
        match self {
            Self::Taken => "good",
            Self::Proposed => "soon",
            Self::Looked => "wait",
            Self::Failed => "bad",
        }
    }

    #[must_use]
    pub fn icon(&self) -> &'static str {
        match self {
            Self::Taken => "check",
            Self::Proposed => "clock",
            Self::Looked => "search",
            Self::Failed => "alarm",
        }
    }

    #[must_use]
    pub fn word<'a>(&self, c: &'a Ctx) -> &'a str {
        match self {
            Self::Taken => c.t("Đã nhập", "Imported"),
            Self::Proposed => c.t("Đã gửi đề xuất", "Proposed"),
            Self::Looked => c.t("Xem thử, không ghi", "Looked at only"),
            Self::Failed => c.t("Không đọc được", "Failed"),
        }
    }
}

#[derive(Debug, Clone)]
pub struct ImportView {
    pub href: String,
    pub kind: FileKind,
    pub fate: FileFate,
    pub at: String,
    pub by: String,
    pub file_name: String,
    /// `12,3 kB`
    pub size: String,
    pub read: u64,
    pub added: u64,
    pub changed: u64,
    pub unchanged: u64,
    pub removed: u64,
    pub rejected: u64,
}

#[derive(Debug, Clone, Template)]
#[template(config = "src/render/pages/askama.toml", path = "import_log.html")]
pub struct ImportLogPage {
    pub c: Ctx,
    /// Address and word of each filter.
    pub kinds: Vec<Choice>,
    pub rows: Vec<ImportView>,
    pub next: Option<String>,
}

/// A row that stayed out: number in the file, field, why.
#[derive(Debug, Clone)]
pub struct RejectionView {
    pub row: u64,
    pub field: String,
    pub reason: String,
}

#[derive(Debug, Clone, Template)]
#[template(config = "src/render/pages/askama.toml", path = "import_log_entry.html")]
pub struct ImportLogEntryPage {
    pub c: Ctx,
    pub view: ImportView,
    pub bytes: u64,
    pub sha256: String,
    pub error: Option<String>,
    pub rejections: Vec<RejectionView>,
}
