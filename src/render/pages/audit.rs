//! `/nhat-ky`: the journal in words, and whether its chain is whole.

use askama::Template;

use super::ctx::Ctx;
use super::form::{Choice, Field, FieldError};

/// A line of the journal.
#[derive(Debug, Clone)]
pub struct AuditRow {
    pub seq: i64,
    pub at: String,
    /// When it took effect, where that was earlier.
    pub effect: Option<String>,
    pub by: String,
    pub says: String,
    pub code: Option<String>,
    pub href: Option<String>,
    pub kind: String,
    pub body: String,
    pub hash: String,
}

/// How the last walk over the chain ended.
#[derive(Debug, Clone)]
pub struct WalkView {
    pub at: String,
    pub sound: bool,
    pub entries: u64,
    pub dates: u64,
    pub broken: u64,
    pub differ: u64,
    pub days_differ: u64,
    pub named: Vec<String>,
}

/// POST `/nhat-ky/kiem-tra`.
#[derive(Debug, Clone, Template)]
#[template(config = "src/render/pages/askama.toml", path = "audit.html")]
pub struct AuditPage {
    pub c: Ctx,
    pub walk: Option<WalkView>,
    /// Lines walked, of all there are, while it runs.
    pub walking: Option<(u64, u64)>,
    pub code: String,
    pub from: String,
    pub to: String,
    pub q: String,
    pub actors: Vec<Choice>,
    pub kinds: Vec<Choice>,
    pub rows: Vec<AuditRow>,
    pub next: Option<String>,
    /// The same lines as a table.
    pub csv_href: String,
    pub errors: Vec<FieldError>,
}

impl AuditPage {
    #[must_use]
    pub fn fields(&self) -> Vec<Field> {
        let c = &self.c;
        let fields = [
            Field::new("text", "code", c.t("Mã hồ sơ", "Dossier code"), &self.code),
            Field::select("actor", c.t("Người thực hiện", "Done by"), self.actors.clone()),
            Field::select("kind", c.t("Loại việc", "Kind"), self.kinds.clone()),
            Field::new("date", "from", c.t("Từ ngày", "From"), &self.from),
            Field::new("date", "to", c.t("Đến hết ngày", "Until"), &self.to),
            Field::new("text", "q", c.t("Chữ trong nội dung", "Text of the body"), &self.q),
        ];
        fields.into_iter().map(|field| field.judged(&self.errors)).collect()
    }

    #[must_use]
    pub fn is_filtered(&self) -> bool {
        let chosen = |choices: &[Choice]| choices.iter().any(|one| one.selected && !one.value.is_empty());
        let typed = [&self.code, &self.from, &self.to, &self.q].into_iter().any(|text| !text.is_empty());
        typed || chosen(&self.actors) || chosen(&self.kinds)
    }
}
