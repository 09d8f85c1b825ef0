//! Error pages: what happened, and what to do now.

use askama::Template;

use super::ctx::Ctx;

/// What went wrong, by HTTP status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Problem {
    BadRequest,
    Forbidden,
    NotFound,
    Conflict,
    TooLarge,
    Invalid,
    TooMany,
    Broken,
    Unavailable,
}

impl Problem {
    pub const ALL: [Self; 9] = [
        Self::BadRequest,
        Self::Forbidden,
        Self::NotFound,
        Self::Conflict,
        Self::TooLarge,
        Self::Invalid,
        Self::TooMany,
        Self::Broken,
        Self::Unavailable,
    ];

    #[must_use]
    pub fn status(&self) -> u16 {
        match self {
            Self::BadRequest => 400,
            Self::Forbidden => 403,
            Self::NotFound => 404,
            Self::Conflict => 409,
            Self::TooLarge => 413,
            Self::Invalid => 422,
            Self::TooMany => 429,
            Self::Broken => 500,
            Self::Unavailable => 503,
        }
    }

    #[must_use]
    pub fn title<'a>(&self, c: &'a Ctx) -> &'a str {
        match self {
            Self::BadRequest => c.t("Yêu cầu không đọc được", "The request cannot be read"),
            Self::Forbidden => c.t("Không được phép", "Not allowed"),
            Self::NotFound => c.t("Không tìm thấy", "Not found"),
            Self::Conflict => c.t("Hồ sơ đã thay đổi", "The dossier has changed"),
            Self::TooLarge => c.t("Dữ liệu quá lớn", "Too much data"),
            Self::Invalid => c.t("Chưa ghi được", "Not saved"),
            Self::TooMany => c.t("Quá nhiều lần thử", "Too many attempts"),
            Self::Broken => c.t("Có lỗi trong hệ thống", "Something broke"),
            Self::Unavailable => c.t("Tạm thời không phục vụ được", "Not available just now"),
        }
    }

    /// What to do now.
    #[must_use]
    pub fn advice<'a>(&self, c: &'a Ctx) -> &'a str {
        match self {
            Self::BadRequest => c.t("Quay lại trang trước và thử lại.", "Go back and try again."),
            Self::Forbidden => c.t(
                "Tài khoản này không có quyền mở trang hoặc làm việc này. Nếu cần, hãy nhờ quản trị cấp quyền.",
                "This account may not open this page or do this. Ask the administrator if you need it.",
            ),
            Self::NotFound => c.t(
                "Địa chỉ sai hoặc hồ sơ không có ở cơ quan này. Kiểm tra lại mã hồ sơ.",
                "The address is wrong or the dossier is not with this agency. Check the code.",
            ),
            Self::Conflict => c.t(
                "Có người vừa cập nhật hồ sơ, hoặc bước này không còn phù hợp. Mở lại hồ sơ để xem trạng thái mới.",
                "Somebody has just updated it, or this step no longer fits. Open the dossier again.",
            ),
            Self::TooLarge => c.t("Rút gọn nội dung rồi gửi lại.", "Shorten it and send it again."),
            Self::Invalid => c.t("Kiểm tra lại nội dung đã nhập.", "Check what you entered."),
            Self::TooMany => c.t("Vui lòng đợi ít phút rồi thử lại.", "Please wait some minutes and try again."),
            Self::Broken => c.t(
                "Việc chưa được ghi. Thử lại sau ít phút; nếu vẫn lỗi, báo quản trị kèm mã bên dưới.",
                "Nothing was saved. Try again in some minutes; if it persists, tell the administrator the code below.",
            ),
            Self::Unavailable => c.t(
                "Cơ sở dữ liệu đang bận. Thử lại sau ít phút; không có gì bị mất.",
                "The database is busy. Try again in some minutes; nothing is lost.",
            ),
        }
    }
}

#[derive(Debug, Clone, Template)]
#[template(config = "src/render/pages/askama.toml", path = "error.html")]
pub struct ErrorPage {
    pub c: Ctx,
    pub problem: Problem,
    /// The particular reason, e.g. why the stage forbids the action.
    pub detail: Option<String>,
    /// To find the log line by.
    pub request_id: Option<String>,
    /// Where to go on; `None` leads home.
    pub back: Option<String>,
}
