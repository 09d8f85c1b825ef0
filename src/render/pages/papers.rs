//! The papers of a dossier as its page lists them, and `/so-theo-doi`: the register of a period.

use askama::Template;

use super::ctx::Ctx;
use super::form::{FieldError, error_at};

/// A paper by its form (TT 03/2025/TT-VPCP, Annex I).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaperName {
    Receipt,
    SupplementRequest,
    Refusal,
    Stop,
    ControlSlip,
}

impl PaperName {
    pub const ALL: [Self; 5] = [Self::Receipt, Self::SupplementRequest, Self::Refusal, Self::Stop, Self::ControlSlip];

    /// Last part of its address: `/ho-so/{code}/giay/{slug}`, `.pdf` once it is made.
    #[must_use]
    pub fn slug(&self) -> &'static str {
        match self {
            Self::Receipt => "giay-hen",
            Self::SupplementRequest => "yeu-cau-bo-sung",
            Self::Refusal => "tu-choi",
            Self::Stop => "dung",
            Self::ControlSlip => "kiem-soat",
        }
    }

    #[must_use]
    pub fn word<'a>(&self, c: &'a Ctx) -> &'a str {
        match self {
            Self::Receipt => c.t("Giấy tiếp nhận và hẹn trả kết quả", "Receipt with appointment"),
            Self::SupplementRequest => c.t("Phiếu yêu cầu bổ sung", "Request for completion"),
            Self::Refusal => c.t("Phiếu từ chối", "Refusal"),
            Self::Stop => c.t("Thông báo dừng giải quyết", "Stop notice"),
            Self::ControlSlip => c.t("Phiếu kiểm soát quá trình", "Control slip"),
        }
    }
}

/// A paper that is there, or can be made.
#[derive(Debug, Clone)]
pub struct PaperView {
    pub name: PaperName,
    /// From 1; shown when there are several.
    pub occasion: i32,
    /// Number and symbol, empty where the form has none; `None`: not made.
    pub number: Option<String>,
    /// When it was made.
    pub made: String,
    /// Offered to be made, or made once more.
    pub may_make: bool,
}

impl PaperView {
    /// POST `/ho-so/{code}/giay/{slug}` with `csrf`, `occasion` and, for a refusal, `reason`.
    #[must_use]
    pub fn needs_reason(&self) -> bool {
        self.name == PaperName::Refusal
    }
}

/// `/so-theo-doi?from&to`
#[derive(Debug, Clone, Template)]
#[template(config = "src/render/pages/askama.toml", path = "register.html")]
pub struct RegisterPage {
    pub c: Ctx,
    /// `YYYY-MM-DD`
    pub from: String,
    pub to: String,
    /// How many dossiers the period has; `None` while the period is wrong.
    pub count: Option<u64>,
    pub errors: Vec<FieldError>,
}

impl RegisterPage {
    #[must_use]
    pub fn error(&self, field: &str) -> Option<&str> {
        error_at(&self.errors, field)
    }
}
