//! `/don-vi/{code}`: a unit, the sectors it handles, and who answers for it.

use askama::Template;

use super::ctx::Ctx;
use super::form::{Choice, Field, FieldError, error_at};

/// A sector to tick.
#[derive(Debug, Clone)]
pub struct SectorView {
    pub name: String,
    pub checked: bool,
    /// The other unit that handles it.
    pub other: Option<String>,
}

/// POST `/don-vi` or `/don-vi/{code}`: `code`, `name`, `supervisor`, `officer`, and `sectors` for each tick.
#[derive(Debug, Clone, Template)]
#[template(config = "src/render/pages/askama.toml", path = "unit.html")]
pub struct UnitPage {
    pub c: Ctx,
    /// `None`: a new one.
    pub known: Option<String>,
    pub action: String,
    pub code: String,
    pub name: String,
    pub supervisors: Vec<Choice>,
    pub officers: Vec<Choice>,
    pub sectors: Vec<SectorView>,
    pub errors: Vec<FieldError>,
}

impl UnitPage {
    #[must_use]
    pub fn fields(&self) -> Vec<Field> {
        let c = &self.c;
        let code = self.known.is_none().then(|| {
            Field::new("text", "code", c.t("Mã đơn vị", "Code"), &self.code)
                .required()
                .hinted(c.t("Sau không đổi được", "Cannot be changed later"))
        });
        let others = [
            Field::new("text", "name", c.t("Tên đơn vị", "Name"), &self.name).required(),
            Field::select("supervisor", c.t("Người phụ trách", "Supervisor"), self.supervisors.clone())
                .hinted(c.t("Nhận báo động trễ hẹn, ký phiếu xin lỗi", "Hears of late dossiers, signs letters")),
            Field::select("officer", c.t("Công chức xử lý mặc định", "Default officer"), self.officers.clone())
                .hinted(c.t("Nhận hồ sơ khi không chỉ định ai", "Gets dossiers for which nobody is named")),
        ];
        code.into_iter().chain(others).map(|field| field.judged(&self.errors)).collect()
    }

    #[must_use]
    pub fn sector_error(&self) -> Option<&str> {
        error_at(&self.errors, "sectors")
    }
}
