//! A form that was not taken: its page again, with what was typed and what is wrong.

use actix_web::http::StatusCode;

use crate::office::{FieldError, OfficeError};
use crate::render::pages::{Ctx, Flash, FlashKind, phrases};
use crate::render::problems::refusal_text;
use crate::store::StoreError;

use super::front::Front;
use super::{PageError, shown};

/// How such a form is answered.
pub(super) struct Again {
    pub status: StatusCode,
    pub errors: Vec<FieldError>,
    /// Somebody changed what the form speaks of since it was opened.
    pub outrun: bool,
    /// The page's common part, with what concerns no field.
    pub c: Ctx,
}

impl Again {
    /// Of the error that the form was answered with; `path` is where the form stands.
    ///
    /// # Errors
    /// What the form cannot tell, as a page of its own that leads on to `back`.
    pub fn of(front: &Front, error: OfficeError, path: String, back: &str) -> Result<Self, PageError> {
        let outrun = matches!(error, OfficeError::Store(StoreError::Conflict(_)));
        let (status, errors, text) = match error {
            OfficeError::Invalid(errors) => (StatusCode::UNPROCESSABLE_ENTITY, errors, None),
            OfficeError::Refused(refusal) => {
                (StatusCode::CONFLICT, Vec::new(), Some(refusal_text(&refusal, shown::language(front.lang))))
            }
            OfficeError::Store(StoreError::Conflict(_)) => {
                (StatusCode::CONFLICT, Vec::new(), Some(phrases::somebody_was_faster(front.lang)))
            }
            error @ (OfficeError::NotFound | OfficeError::Broken(_)) => return Err(front.refused(error)),
            error @ OfficeError::Store(_) => return Err(front.refused(error).leading_to(back.to_owned())),
        };
        let mut c = front.ctx();
        c.flash = text.map(|text| Flash { kind: FlashKind::Refused, text });
        // A link in the page must not lead to an address that can only be posted to.
        c.path = path;
        Ok(Self { status, errors, outrun, c })
    }
}
