//! Pages that answer a question: what is not understood is said on the page, over the usual answer.

use actix_web::http::StatusCode;

use crate::office::{FieldError, OfficeError, OfficeResult};
use crate::render::pages::Lang;
use crate::render::problems::problem_text;

use super::shown;

/// The answer to what was asked; 422 with what is wrong, and the answer to what is asked usually, where the
/// question is not understood.
pub(super) fn or_usual<A, T>(
    lang: Lang,
    asked: OfficeResult<A>,
    usual: impl FnOnce() -> A,
    answer: impl Fn(A) -> OfficeResult<T>,
) -> OfficeResult<(StatusCode, Option<String>, T)> {
    match asked.and_then(&answer) {
        Ok(found) => Ok((StatusCode::OK, None, found)),
        Err(OfficeError::Invalid(errors)) => {
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Some(said(&errors, lang)), answer(usual())?))
        }
        Err(error) => Err(error),
    }
}

/// What is wrong with what was asked, as one line.
pub(super) fn said(errors: &[FieldError], lang: Lang) -> String {
    let text = errors.iter().map(|error| problem_text(&error.problem, shown::language(lang)));
    text.collect::<Vec<_>>().join(" ")
}
