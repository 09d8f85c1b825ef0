//! The pages: what the office answers, put into the view structs of `render::pages`.

use actix_web::HttpResponse;

use super::problem::Problem;

/// The page of a refusal.
#[must_use]
pub fn problem_page(problem: &Problem) -> HttpResponse {
    HttpResponse::build(actix_web::http::StatusCode::from_u16(problem.status).unwrap_or_default())
        .content_type("text/plain; charset=utf-8")
        .body(problem.title.clone())
}
