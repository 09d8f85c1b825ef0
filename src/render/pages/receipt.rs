//! `/ho-so/{code}/bien-nhan`: the receipt, printed on A5.

use askama::Template;

use super::ctx::Ctx;

/// The receipt is a Vietnamese form whatever the page's language; only its buttons are switched.
#[derive(Debug, Clone, Template)]
#[template(config = "src/render/pages/askama.toml", path = "receipt.html")]
pub struct ReceiptPage {
    pub c: Ctx,
    /// Line above the agency, e.g. the province's committee; empty hides it.
    pub superior: String,
    /// The issuing body, one entry a printed line.
    pub issuing: Vec<String>,
    pub place: String,
    /// `ngày 24 tháng 11 năm 2026`.
    pub dated: String,
    pub code: String,
    pub procedure: String,
    pub procedure_code: String,
    pub applicant: String,
    pub address: String,
    pub phone: String,
    pub email: String,
    pub limit: String,
    pub received: String,
    pub due: Option<String>,
    /// The date rests on days that nobody published or confirmed yet.
    pub provisional: bool,
    pub channel: super::words::Channel,
    /// `Tờ khai (bản chính)`, one a paper.
    pub papers: Vec<String>,
    /// Name and telephone of who handed in for the applicant.
    pub representative: Option<String>,
    pub received_by: String,
    pub centre_phone: String,
    /// Absolute address of the citizen's page.
    pub lookup_url: String,
    /// QR code of `lookup_url` as SVG markup made by this program; trusted. Empty shows the address only.
    pub qr_svg: String,
}
