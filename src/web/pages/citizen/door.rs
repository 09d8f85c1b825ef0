//! The entrance to the public pages: every visitor is counted, and who asks too often waits.

use std::net::IpAddr;

use actix_web::HttpRequest;
use actix_web::http::{StatusCode, header};

use crate::office::{OfficeError, OfficeResult};
use crate::render::pages::Ctx;
use crate::render::pages::citizen::{CitizenNotePage, Note, Saying, SayingDraft};
use crate::web::pages::front::Front;
use crate::web::pages::submission::for_the_citizen;
use crate::web::pages::{PageResult, see_other, shown};
use crate::web::visits::{Wait, visitor};

use super::here;
use super::view::assemble;

/// The entrance of a visitor: counted, and the same for everybody.
pub(in crate::web::pages) struct Door {
    pub(in crate::web::pages) front: Front,
    visitor: IpAddr,
    /// Forms of an official who looks at the page carry the session's token.
    csrf: String,
}

impl Door {
    pub(in crate::web::pages) fn open(front: Front, request: &HttpRequest) -> (Self, Result<(), Wait>) {
        let trusted = front.site.office.settings().server.trusted_proxies().unwrap_or_default();
        let visitor = visitor(request, &trusted);
        let csrf = front.caller.as_ref().map(|caller| caller.csrf().to_owned()).unwrap_or_default();
        let asked = front.site.visits.ask(visitor, front.site.now());
        (Self { front: front.nameless(), visitor, csrf }, asked)
    }

    fn ctx(&self, token: &str) -> Ctx {
        let c = self.front.ctx();
        // The address that the language switch leads to, also from the answer to a form.
        Ctx { csrf: self.csrf.clone(), path: here(token), ..c }
    }

    pub(super) fn note(&self, status: StatusCode, note: Note, token: Option<&str>) -> PageResult {
        let agency = &self.front.site.office.settings().agency;
        let page = CitizenNotePage {
            c: self.front.ctx(),
            note,
            back: token.map(here),
            centre_phone: agency.phone.clone(),
            centre_address: format!("{}, {}", agency.name, agency.address),
        };
        self.front.page(status, &page)
    }

    pub(in crate::web::pages) fn too_many(&self, wait: Wait) -> PageResult {
        let mut response = self.note(StatusCode::TOO_MANY_REQUESTS, Note::TooMany(wait.0), None)?;
        response.headers_mut().insert(header::RETRY_AFTER, header::HeaderValue::from(wait.0));
        Ok(response)
    }

    /// What was refused; an address that leads nowhere is counted.
    pub(super) fn refused(&self, error: OfficeError) -> PageResult {
        if matches!(error, OfficeError::NotFound) {
            self.front.site.visits.guessed(self.visitor, self.front.site.now());
            return self.note(StatusCode::NOT_FOUND, Note::NotFound, None);
        }
        Err(self.front.refused(error))
    }

    /// The page, as an answer to a form with what was wrong about it.
    pub(super) async fn show(&self, token: &str, status: StatusCode, open: Option<Refused>) -> PageResult {
        let (c, secret) = (self.ctx(token), token.to_owned());
        let lang = c.lang;
        let found = self
            .front
            .site
            .work(move |office, now| match office.submission_by_status_token(&secret)? {
                Some(waiting) => Ok(Err(for_the_citizen(office, now, &waiting, c)?)),
                None => Ok(Ok(assemble(office, now, &secret, c)?)),
            })
            .await;
        match found {
            Ok(Ok(mut page)) => {
                if let Some(refused) = open {
                    page.open = Some(refused.saying);
                    page.errors = shown::errors(&refused.errors, lang);
                    page.draft = refused.draft;
                }
                self.front.page(status, &page)
            }
            Ok(Err(submission)) => self.front.page(status, &submission),
            Err(error) => self.refused(error),
        }
    }

    /// Leads to the thanks, or back to the form with everything that was typed.
    pub(super) async fn answered(
        &self,
        token: &str,
        said: OfficeResult<()>,
        saying: Saying,
        draft: SayingDraft,
    ) -> PageResult {
        match said {
            Ok(()) => Ok(see_other(&format!("{}/cam-on/{}", here(token), saying.slug()))),
            Err(OfficeError::Invalid(errors)) => {
                let enough = |error: &crate::office::FieldError| {
                    matches!(error.problem, crate::office::Problem::EnoughToday { .. })
                };
                let status = match errors.iter().any(enough) {
                    true => StatusCode::TOO_MANY_REQUESTS,
                    false => StatusCode::UNPROCESSABLE_ENTITY,
                };
                self.show(token, status, Some(Refused { saying, errors, draft })).await
            }
            Err(error @ OfficeError::Refused(_)) => Err(self.front.refused(error).leading_to(here(token))),
            Err(error) => self.refused(error),
        }
    }
}

/// A form that was refused.
pub(super) struct Refused {
    saying: Saying,
    errors: Vec<crate::office::FieldError>,
    draft: SayingDraft,
}
