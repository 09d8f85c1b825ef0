//! What went wrong, told to a program as a problem document (RFC 9457) and to a person as a page.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, ResponseError};
use serde::Serialize;

use crate::office::{FieldError, OfficeError};
use crate::render::problems::{Language, problem_text, refusal_text};
use crate::store::StoreError;

/// A problem document.
#[derive(Debug, Clone, Serialize)]
pub struct Problem {
    #[serde(rename = "type")]
    pub kind: &'static str,
    pub title: String,
    pub status: u16,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub detail: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldProblem>,
}

/// A field and what is wrong with it.
#[derive(Debug, Clone, Serialize)]
pub struct FieldProblem {
    pub field: String,
    pub value: String,
    pub message: String,
}

impl Problem {
    #[must_use]
    pub fn new(status: StatusCode, kind: &'static str, title: &str) -> Self {
        Self { kind, title: title.to_owned(), status: status.as_u16(), detail: String::new(), errors: Vec::new() }
    }

    #[must_use]
    pub fn unauthorised() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "/problems/unauthorised", "Cần đăng nhập hoặc mã truy cập API hợp lệ.")
    }

    #[must_use]
    pub fn forbidden() -> Self {
        Self::new(StatusCode::FORBIDDEN, "/problems/forbidden", "Tài khoản này không có quyền làm việc đó.")
    }

    #[must_use]
    pub fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "/problems/not-found", "Không tìm thấy.")
    }

    #[must_use]
    pub fn bad_request(detail: &str) -> Self {
        let problem = Self::new(StatusCode::BAD_REQUEST, "/problems/bad-request", "Yêu cầu không đọc được.");
        Self { detail: detail.to_owned(), ..problem }
    }

    #[must_use]
    pub fn invalid(errors: &[FieldError]) -> Self {
        let problem = Self::new(StatusCode::UNPROCESSABLE_ENTITY, "/problems/invalid", "Có trường nhập chưa đúng.");
        let field = |error: &FieldError| FieldProblem {
            field: error.field.to_owned(),
            value: error.value.clone(),
            message: problem_text(&error.problem, Language::Vietnamese),
        };
        Self { errors: errors.iter().map(field).collect(), ..problem }
    }
}

impl From<OfficeError> for Problem {
    fn from(error: OfficeError) -> Self {
        match error {
            OfficeError::NotFound => Self::not_found(),
            OfficeError::Invalid(errors) => Self::invalid(&errors),
            OfficeError::Refused(refusal) => {
                let problem = Self::new(
                    StatusCode::CONFLICT,
                    "/problems/refused",
                    "Hồ sơ đang ở trạng thái không cho phép việc này.",
                );
                Self { detail: refusal_text(&refusal, Language::Vietnamese), ..problem }
            }
            OfficeError::Store(StoreError::Conflict(why)) => {
                tracing::info!(%why, "somebody else was faster");
                Self::new(
                    StatusCode::CONFLICT,
                    "/problems/conflict",
                    "Hồ sơ vừa được người khác thay đổi. Hãy tải lại rồi làm lại.",
                )
            }
            OfficeError::Store(StoreError::Unavailable(why)) => {
                tracing::error!(%why, "database unavailable");
                Self::new(
                    StatusCode::SERVICE_UNAVAILABLE,
                    "/problems/unavailable",
                    "Cơ sở dữ liệu đang bận hoặc không sẵn sàng. Chưa có gì được ghi; hãy thử lại sau ít phút.",
                )
            }
            OfficeError::Store(StoreError::Corrupt(why)) | OfficeError::Broken(why) => {
                tracing::error!(%why, "a fault of ours");
                Self::new(
                    StatusCode::INTERNAL_SERVER_ERROR,
                    "/problems/internal",
                    "Hệ thống gặp lỗi. Lỗi đã được ghi lại cho quản trị viên.",
                )
            }
        }
    }
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.status, self.title)
    }
}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    fn error_response(&self) -> HttpResponse {
        let mut response = HttpResponse::build(self.status_code());
        if self.status == 401 {
            response.insert_header(("WWW-Authenticate", "Bearer"));
        }
        response.content_type("application/problem+json").body(serde_json::to_string(self).unwrap_or_default())
    }
}
