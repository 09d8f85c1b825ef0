//! What everybody does for themselves: their password, their days of absence, a form that was interrupted.

use askama::Template;

use super::ctx::Ctx;
use super::form::{Choice, Field, FieldError};

/// A form that was interrupted, carried from page to page as one field.
#[derive(Debug, Clone, Default)]
pub struct Kept {
    pub next: String,
    /// Empty: none.
    pub packed: String,
}

/// POST `/mat-khau`: `current`, `new`, `again`.
#[derive(Debug, Clone, Template)]
#[template(config = "src/render/pages/askama.toml", path = "own_password.html")]
pub struct OwnPasswordPage {
    pub c: Ctx,
    pub username: String,
    /// The password was given by an administrator and opens nothing else.
    pub must_change: bool,
    pub session_ends: String,
    pub min: usize,
    pub kept: Kept,
    pub errors: Vec<FieldError>,
}

impl OwnPasswordPage {
    #[must_use]
    pub fn fields(&self) -> Vec<Field> {
        let c = &self.c;
        let secret = |name, label, auto| Field { auto, ..Field::new("password", name, label, "").required() };
        let least = c.t("Ít nhất số ký tự:", "Characters at least:");
        let fields = [
            secret("current", c.t("Mật khẩu hiện tại", "Present password"), "current-password"),
            secret("new", c.t("Mật khẩu mới", "New password"), "new-password").hinted(&format!("{least} {}", self.min)),
            secret("again", c.t("Nhập lại mật khẩu mới", "New password again"), "new-password"),
        ];
        fields.into_iter().map(|field| field.judged(&self.errors)).collect()
    }
}

/// Somebody whose absence may be entered.
#[derive(Debug, Clone)]
pub struct AwayRow {
    pub name: String,
    pub href: String,
    pub current: bool,
    /// `từ 01/12/2026 đến 05/12/2026`
    pub days: Option<String>,
    pub today: bool,
    pub stand_in: Option<String>,
}

/// POST `/vang-mat`: `username`, `from`, `to`, `stand_in`.
#[derive(Debug, Clone, Template)]
#[template(config = "src/render/pages/askama.toml", path = "absence.html")]
pub struct AbsencePage {
    pub c: Ctx,
    pub username: String,
    pub name: String,
    pub from: String,
    pub to: String,
    pub stand_ins: Vec<Choice>,
    pub circle: Vec<String>,
    pub rows: Vec<AwayRow>,
    pub errors: Vec<FieldError>,
}

impl AbsencePage {
    #[must_use]
    pub fn fields(&self) -> Vec<Field> {
        let c = &self.c;
        let fields = [
            Field::new("date", "from", c.t("Vắng từ ngày", "Away from"), &self.from),
            Field::new("date", "to", c.t("Đến hết ngày", "Until the end of"), &self.to)
                .hinted(c.t("Để trống cả hai: đang có mặt", "Both empty: present")),
            Field::select("stand_in", c.t("Người thay thế", "Stand-in"), self.stand_ins.clone()).hinted(
                c.t("Nhận thông báo và ký thay trong những ngày vắng", "Gets the notices, and signs, on those days"),
            ),
        ];
        fields.into_iter().map(|field| field.judged(&self.errors)).collect()
    }
}

/// A form that was posted under a session that had ended, to be sent again.
#[derive(Debug, Clone, Template)]
#[template(config = "src/render/pages/askama.toml", path = "resume.html")]
pub struct ResumePage {
    pub c: Ctx,
    pub action: String,
    /// Name and value of every field but the token.
    pub fields: Vec<(String, String)>,
    /// A file went with it that has to be chosen again.
    pub file_lost: bool,
}

impl ResumePage {
    /// What is worth reading again.
    #[must_use]
    pub fn texts(&self) -> Vec<&str> {
        let named =
            |(name, _): &&(String, String)| !matches!(name.as_str(), "version" | "idempotency_key" | "id" | "data");
        let texts = self.fields.iter().filter(named).map(|(_, value)| value.trim());
        texts.filter(|value| !value.is_empty() && value.chars().count() <= 500).collect()
    }
}
