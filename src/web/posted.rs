//! A form that was really sent by our own page: its token is held against the session's.

use actix_web::dev::Payload;
use actix_web::http::StatusCode;
use actix_web::{FromRequest, HttpMessage, HttpRequest, web};
use serde::de::DeserializeOwned;

use super::caller::Caller;
use super::carried::{self, Carried};
use super::pages::PageError;
use super::problem::Problem;

/// The fields of a posted form, its token checked.
#[derive(Debug)]
pub struct Posted<T>(pub T);

impl<T: DeserializeOwned + 'static> FromRequest for Posted<T> {
    type Error = PageError;
    type Future = std::pin::Pin<Box<dyn Future<Output = Result<Self, PageError>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let caller = request.extensions().get::<Caller>().cloned();
        let body = web::Bytes::from_request(request, payload);
        let request = request.clone();
        Box::pin(async move {
            let body = body.await.map_err(|error| unread(&error))?;
            let token = |wanted: &str| {
                let fields: Vec<(String, String)> = serde_urlencoded(&body).unwrap_or_default();
                fields.iter().any(|(name, value)| name == "csrf" && value == wanted)
            };
            if let Some(caller) = &caller
                && !token(caller.csrf())
            {
                return Err(not_this_session(&request, &body).await);
            }
            let form = serde_urlencoded(&body)?;
            Ok(Self(form))
        })
    }
}

/// A form that carries another token than the session's: filled in by the same account under an earlier session
/// it is shown to be sent again; anything else is refused.
pub(super) async fn not_this_session(request: &HttpRequest, body: &[u8]) -> PageError {
    match Carried::of(request, body) {
        Some(carried) if carried::is_of_caller(request, &carried).await => PageError::resuming(request, &carried).await,
        Some(_) | None => Problem::forbidden().into(),
    }
}

/// A body that could not be read: too long without having said so, or broken off.
pub(super) fn unread(error: &actix_web::Error) -> Problem {
    if error.as_response_error().status_code() == StatusCode::PAYLOAD_TOO_LARGE {
        let title = ("Dữ liệu gửi lên quá lớn.", "Too much was sent.");
        return Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "/problems/too-large", title);
    }
    Problem::bad_request(&error.to_string())
}

pub(super) fn serde_urlencoded<T: DeserializeOwned>(body: &[u8]) -> Result<T, Problem> {
    let text = std::str::from_utf8(body).map_err(|error| Problem::bad_request(&error.to_string()))?;
    web::Query::<T>::from_query(text)
        .map(web::Query::into_inner)
        .map_err(|error| Problem::bad_request(&error.to_string()))
}
