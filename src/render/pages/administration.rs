//! `/quan-tri`: where an administrator's work begins, each door with how it stands behind it.

use askama::Template;

use super::ctx::Ctx;

/// A door of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Door {
    Accounts,
    Units,
    Absences,
    Sending,
    Outbox,
    Jobs,
    Imports,
    Journal,
    Letterhead,
}

impl Door {
    pub const ALL: [Self; 9] = [
        Self::Accounts,
        Self::Units,
        Self::Absences,
        Self::Sending,
        Self::Outbox,
        Self::Jobs,
        Self::Imports,
        Self::Journal,
        Self::Letterhead,
    ];

    #[must_use]
    pub fn href(&self) -> &'static str {
        match self {
            Self::Accounts => "/tai-khoan",
            Self::Units => "/don-vi",
            Self::Absences => "/vang-mat",
            Self::Sending => "/gui-tin",
            Self::Outbox => "/hop-di",
            Self::Jobs => "/cong-viec",
            Self::Imports => "/nhap-lieu",
            Self::Journal => "/nhat-ky",
            Self::Letterhead => "/mau-giay",
        }
    }

    #[must_use]
    pub fn icon(&self) -> &'static str {
        match self {
            Self::Accounts => "people",
            Self::Units => "home",
            Self::Absences => "calendar",
            Self::Sending => "phone",
            Self::Outbox => "send",
            Self::Jobs => "clock",
            Self::Imports => "inbox",
            Self::Journal => "book",
            Self::Letterhead => "letter",
        }
    }

    #[must_use]
    pub fn word<'a>(&self, c: &'a Ctx) -> &'a str {
        match self {
            Self::Accounts => c.t("Tài khoản", "Accounts"),
            Self::Units => c.t("Đơn vị, cán bộ", "Units, people"),
            Self::Absences => c.t("Vắng mặt, thay thế", "Absence, stand-in"),
            Self::Sending => c.t("Kênh gửi tin", "Ways of delivery"),
            Self::Outbox => c.t("Hộp gửi đi", "Outbox"),
            Self::Jobs => c.t("Việc tự chạy", "Jobs"),
            Self::Imports => c.t("Nhật ký nhập liệu", "Imports"),
            Self::Journal => c.t("Nhật ký", "Journal"),
            Self::Letterhead => c.t("Mẫu giấy tờ", "Letterhead"),
        }
    }
}

/// A door and what is worth knowing before it is opened.
#[derive(Debug, Clone)]
pub struct DoorView {
    pub door: Door,
    pub says: String,
    /// Somebody has to look.
    pub bad: bool,
}

#[derive(Debug, Clone, Template)]
#[template(config = "src/render/pages/askama.toml", path = "administration.html")]
pub struct AdministrationPage {
    pub c: Ctx,
    pub doors: Vec<DoorView>,
}
