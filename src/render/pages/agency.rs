//! `/don-vi`: the agency, its units, its people and who stands in for whom.

use askama::Template;

use super::ctx::Ctx;
use super::words::Role;

#[derive(Debug, Clone)]
pub struct PersonView {
    pub name: String,
    pub role: Role,
    pub email: String,
    pub stand_in: Option<String>,
    /// `đến 30/11/2026` while absent.
    pub away: Option<String>,
    pub open_dossiers: u64,
}

#[derive(Debug, Clone)]
pub struct UnitView {
    pub code: String,
    pub name: String,
    /// `Hộ tịch, Chứng thực …`; empty: the receiving desk.
    pub sectors: String,
    pub supervisor: Option<String>,
    pub officer: Option<String>,
    pub people: Vec<PersonView>,
}

#[derive(Debug, Clone, Template)]
#[template(config = "src/render/pages/askama.toml", path = "agency.html")]
pub struct AgencyPage {
    pub c: Ctx,
    pub code: String,
    pub superior: String,
    pub address: String,
    pub phone: String,
    pub email: String,
    pub hours: Vec<String>,
    pub units: Vec<UnitView>,
    /// Whether the person may change how the agency writes (`/mau-giay`).
    pub may_change: bool,
}
