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
    /// All of it in English, for a page in that language.
    #[serde(skip)]
    english: String,
}

/// A field and what is wrong with it.
#[derive(Debug, Clone, Serialize)]
pub struct FieldProblem {
    pub field: String,
    pub value: String,
    pub message: String,
}

impl Problem {
    /// What it is, in Vietnamese and in English.
    #[must_use]
    pub fn new(status: StatusCode, kind: &'static str, (title, english): (&str, &str)) -> Self {
        Self {
            kind,
            title: title.to_owned(),
            status: status.as_u16(),
            detail: String::new(),
            errors: Vec::new(),
            english: english.to_owned(),
        }
    }

    /// Everything that is said of it, as one line of a page.
    #[must_use]
    pub fn told(&self, language: Language) -> String {
        match language {
            Language::English => self.english.clone(),
            Language::Vietnamese => {
                let fields = self.errors.iter().map(|error| &error.message);
                let parts = [&self.title, &self.detail].into_iter().chain(fields).map(String::as_str);
                parts.filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ")
            }
        }
    }

    #[must_use]
    pub fn unauthorised() -> Self {
        Self::new(
            StatusCode::UNAUTHORIZED,
            "/problems/unauthorised",
            ("Cần đăng nhập hoặc mã truy cập API hợp lệ.", "Sign in, or send a valid API token."),
        )
    }

    #[must_use]
    pub fn forbidden() -> Self {
        Self::new(
            StatusCode::FORBIDDEN,
            "/problems/forbidden",
            ("Tài khoản này không có quyền làm việc đó.", "This account may not do that."),
        )
    }

    #[must_use]
    pub fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "/problems/not-found", ("Không tìm thấy.", "Not found."))
    }

    #[must_use]
    pub fn bad_request(detail: &str) -> Self {
        let problem = Self::new(
            StatusCode::BAD_REQUEST,
            "/problems/bad-request",
            ("Yêu cầu không đọc được.", "The request cannot be read."),
        );
        Self { detail: detail.to_owned(), ..problem }
    }

    #[must_use]
    pub fn invalid(errors: &[FieldError]) -> Self {
        let problem = Self::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "/problems/invalid",
            ("Có trường nhập chưa đúng.", "Something entered is not right."),
        );
        let field = |error: &FieldError| FieldProblem {
            field: error.field.to_owned(),
            value: error.value.clone(),
            message: problem_text(&error.problem, Language::Vietnamese),
        };
        let english = errors.iter().map(|error| problem_text(&error.problem, Language::English));
        let english = std::iter::once(problem.english).chain(english).collect::<Vec<_>>().join(" ");
        Self { errors: errors.iter().map(field).collect(), english, ..problem }
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
                    (
                        "Hồ sơ đang ở trạng thái không cho phép việc này.",
                        "The dossier is in a state that does not allow this.",
                    ),
                );
                let english = format!("{} {}", problem.english, refusal_text(&refusal, Language::English));
                Self { detail: refusal_text(&refusal, Language::Vietnamese), english, ..problem }
            }
            OfficeError::Store(StoreError::Conflict(why)) => {
                tracing::info!(%why, "somebody else was faster");
                Self::new(
                    StatusCode::CONFLICT,
                    "/problems/conflict",
                    (
                        "Hồ sơ vừa được người khác thay đổi. Hãy tải lại rồi làm lại.",
                        "Somebody else has just changed the dossier. Open it again, then do it again.",
                    ),
                )
            }
            OfficeError::Store(StoreError::Unavailable(why)) => {
                tracing::error!(%why, "database unavailable");
                Self::new(
                    StatusCode::SERVICE_UNAVAILABLE,
                    "/problems/unavailable",
                    (
                        "Cơ sở dữ liệu đang bận hoặc không sẵn sàng. Chưa có gì được ghi; hãy thử lại sau ít phút.",
                        "The database is busy or not available. Nothing was saved; try again in a few minutes.",
                    ),
                )
            }
            OfficeError::Store(StoreError::Corrupt(why)) | OfficeError::Broken(why) => {
                tracing::error!(%why, "a fault of ours");
                Self::new(
                    StatusCode::INTERNAL_SERVER_ERROR,
                    "/problems/internal",
                    (
                        "Hệ thống gặp lỗi. Lỗi đã được ghi lại cho quản trị viên.",
                        "The system failed. The fault was recorded for the administrator.",
                    ),
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
