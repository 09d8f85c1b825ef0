//! `/mau-giay`: how the agency writes, with a preview of every paper before anything is saved.

use std::collections::BTreeMap;

use askama::Template;

use super::ctx::Ctx;
use super::form::{Choice, FieldError, error_at};

/// A text of the letterhead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum HeadField {
    Superior,
    Issuing,
    Place,
    Address,
    Phone,
    Email,
    Salutation,
    Title,
    Symbol,
    ReceiptSymbol,
    SupplementSymbol,
    RefusalSymbol,
    StopSymbol,
    SignerAuthority,
    SignerTitle,
    SignerName,
    Copies,
}

impl HeadField {
    pub const ALL: [Self; 17] = [
        Self::Superior,
        Self::Issuing,
        Self::Place,
        Self::Address,
        Self::Phone,
        Self::Email,
        Self::Salutation,
        Self::Title,
        Self::Symbol,
        Self::ReceiptSymbol,
        Self::SupplementSymbol,
        Self::RefusalSymbol,
        Self::StopSymbol,
        Self::SignerAuthority,
        Self::SignerTitle,
        Self::SignerName,
        Self::Copies,
    ];

    /// Name of the form's field.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Superior => "superior",
            Self::Issuing => "issuing",
            Self::Place => "place",
            Self::Address => "address",
            Self::Phone => "phone",
            Self::Email => "email",
            Self::Salutation => "salutation",
            Self::Title => "title",
            Self::Symbol => "symbol",
            Self::ReceiptSymbol => "receipt_symbol",
            Self::SupplementSymbol => "supplement_symbol",
            Self::RefusalSymbol => "refusal_symbol",
            Self::StopSymbol => "stop_symbol",
            Self::SignerAuthority => "signer_authority",
            Self::SignerTitle => "signer_title",
            Self::SignerName => "signer_name",
            Self::Copies => "copies",
        }
    }

    #[must_use]
    pub fn word<'a>(&self, c: &'a Ctx) -> &'a str {
        match self {
            Self::Superior => c.t("Cơ quan chủ quản (dòng trên)", "Superior body (first line)"),
            Self::Issuing => c.t("Cơ quan ban hành (mỗi dòng một dòng in)", "Issuing body (a printed line each)"),
            Self::Place => c.t("Địa danh", "Place"),
            Self::Address => c.t("Địa chỉ", "Address"),
            Self::Phone => c.t("Điện thoại", "Telephone"),
            Self::Email => c.t("Thư điện tử", "E-mail"),
            Self::Salutation => c.t("Xưng hô với người nộp", "How the applicant is addressed"),
            Self::Title => c.t("Tên của phiếu xin lỗi", "Title of the apology"),
            Self::Symbol => c.t("Ký hiệu phiếu xin lỗi", "Symbol of apologies"),
            Self::ReceiptSymbol => c.t("Ký hiệu giấy tiếp nhận (01)", "Symbol of receipts (01)"),
            Self::SupplementSymbol => c.t("Ký hiệu phiếu bổ sung (02)", "Symbol of completion requests (02)"),
            Self::RefusalSymbol => c.t("Ký hiệu phiếu từ chối (03)", "Symbol of refusals (03)"),
            Self::StopSymbol => c.t("Ký hiệu thông báo dừng (05)", "Symbol of stop notices (05)"),
            Self::SignerAuthority => c.t(
                "Thẩm quyền ký (TUQ., KT., TL.; để trống: người đứng đầu)",
                "Authority (TUQ., KT., TL.; empty: the head)",
            ),
            Self::SignerTitle => c.t("Chức vụ người ký", "Signer's title"),
            Self::SignerName => c.t("Họ tên người ký", "Signer's name"),
            Self::Copies => c.t("Nơi nhận (mỗi dòng một nơi)", "Copies to (one a line)"),
        }
    }

    /// Whether several lines are typed.
    #[must_use]
    pub fn has_lines(&self) -> bool {
        matches!(self, Self::Issuing | Self::Copies)
    }
}

/// POST `/mau-giay` (multipart) with `csrf`, `version`, a text a [`HeadField`], the files `signature` and
/// `seal`, and `remove_signature`, `remove_seal`; `/mau-giay/xem-thu` with `preview` as well.
#[derive(Debug, Clone, Template)]
#[template(config = "src/render/pages/askama.toml", path = "letterhead.html")]
pub struct LetterheadPage {
    pub c: Ctx,
    /// The version changed from; 0: the settings.
    pub version: i32,
    pub texts: BTreeMap<HeadField, String>,
    /// The titles of the apology in use.
    pub titles: Vec<String>,
    /// Whether there is an image.
    pub signature: bool,
    pub seal: bool,
    pub previews: Vec<Choice>,
    /// Who saved the version in force, and when.
    pub entered: Option<String>,
    pub errors: Vec<FieldError>,
}

impl LetterheadPage {
    #[must_use]
    pub fn fields(&self) -> [HeadField; 17] {
        HeadField::ALL
    }

    #[must_use]
    pub fn text(&self, field: &HeadField) -> &str {
        self.texts.get(field).map_or("", String::as_str)
    }

    #[must_use]
    pub fn error(&self, field: &str) -> Option<&str> {
        error_at(&self.errors, field)
    }
}
