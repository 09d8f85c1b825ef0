//! The door: who may pass is read from the table of routes; what is not in the table is refused.

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::{Method, header};
use actix_web::middleware::Next;
use actix_web::{HttpMessage, HttpResponse, ResponseError, web};

use crate::office::OfficeResult;
use crate::office::entering::Waiting;

use super::caller::{COOKIE, Caller, Proof};
use super::problem::Problem;
use super::routes::{self, Access};
use super::site::Site;

/// Checks the caller's right before any handler runs.
///
/// # Errors
/// Only what the server itself cannot do; a refusal is an answer.
pub async fn guard(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let Some(site) = request.app_data::<web::Data<Site>>().cloned() else {
        return Ok(refuse(request, &Problem::not_found()));
    };
    // A file of the import wizard has a limit of its own, told on its page while it comes.
    let streamed = request.method() == Method::POST && request.match_pattern().as_deref() == Some("/nhap");
    if !streamed && too_large(&request, site.office.settings().server.max_body_bytes) {
        let problem = Problem::new(
            actix_web::http::StatusCode::PAYLOAD_TOO_LARGE,
            "/problems/too-large",
            (
                "Dữ liệu gửi lên quá lớn. Hãy chia nhỏ, hoặc nhập bằng lệnh `dunghen import dossiers`.",
                "Too much was sent. Send it in parts, or import it with `dunghen import dossiers`.",
            ),
        );
        return Ok(refuse(request, &problem));
    }
    let pattern = request.match_pattern();
    let Some(route) = pattern.as_deref().and_then(|pattern| routes::find(request.method(), pattern)) else {
        return Ok(refuse(request, &Problem::not_found()));
    };
    // Until it is known who asks, and of whom a page speaks.
    request.extensions_mut().insert(site.as_ref().clone());
    let caller = match identify(&request, &site).await {
        Ok(caller) => caller,
        Err(error) => return Ok(refuse(request, &error.into())),
    };
    if let Some(problem) = refusal(route.access, caller.as_ref()) {
        // A form that comes after its session ended is carried through signing in, never from another site.
        if problem.status == 401 && !is_foreign_write(&request, None) {
            return Ok(door(request, &problem).await);
        }
        return Ok(refuse(request, &problem));
    }
    if is_foreign_write(&request, caller.as_ref()) {
        return Ok(refuse(request, &Problem::forbidden()));
    }
    if caller.as_ref().is_some_and(Caller::must_change) && !OPEN_WITH_ONE_TIME_PASSWORD.contains(&route.path) {
        let to = HttpResponse::SeeOther().insert_header((header::LOCATION, "/mat-khau")).finish();
        return Ok(request.into_response(to));
    }
    match super::scope::site_of(&request, &site, caller.as_ref(), route).await {
        Ok(site) => {
            if let Some(caller) = caller {
                let visits = site.office.whose().is_some_and(|whose| *whose != *caller.account.agency_id);
                request.extensions_mut().insert(Caller { visits, ..caller });
            }
            request.extensions_mut().insert(site);
        }
        Err(error) => return Ok(refuse(request, &error.into())),
    }
    next.call(request).await.map(ServiceResponse::map_into_boxed_body)
}

/// Why the caller does not pass; `None`: they do.
fn refusal(access: Access, caller: Option<&Caller>) -> Option<Problem> {
    let may = match (access, caller) {
        (Access::Public, _) | (Access::SignedIn, Some(_)) => true,
        (Access::Needs(_) | Access::Leads(_) | Access::Across(_) | Access::SignedIn, None) => {
            return Some(Problem::unauthorised());
        }
        (Access::Needs(right), Some(caller)) => caller.may(right),
        (Access::Leads(right), Some(caller)) => caller.leads && caller.may(right),
        (Access::Across(right), Some(caller)) => caller.oversees && caller.may(right),
    };
    (!may).then(Problem::forbidden)
}

/// What a one-time password opens: setting one's own, and leaving.
const OPEN_WITH_ONE_TIME_PASSWORD: [&str; 3] = ["/mat-khau", "/dang-xuat", "/assets/{name}"];

/// Who is not signed in: a posted form of ours goes along to the sign-in page, everything else is led there.
async fn door(request: ServiceRequest, problem: &Problem) -> ServiceResponse<BoxBody> {
    if *request.method() != Method::POST || request.path().starts_with("/api/") {
        return refuse(request, problem);
    }
    let (request, mut payload) = request.into_parts();
    let page = super::carried::at_the_door(&request, &mut payload).await;
    match page {
        Some(page) => ServiceResponse::new(request, page),
        None => refuse(ServiceRequest::from_parts(request, payload), problem),
    }
}

async fn identify(request: &ServiceRequest, site: &Site) -> OfficeResult<Option<Caller>> {
    if let Some(token) = bearer(request) {
        let known = site.work(move |office, now| {
            let account = office.account_of_token(now, &token)?;
            account.map(|account| Caller::of(office, account, Proof::Token, Waiting::default())).transpose()
        });
        return known.await;
    }
    let Some(cookie) = request.cookie(COOKIE) else { return Ok(None) };
    site.work(move |office, now| {
        office.entering(now, cookie.value())?.map(|entering| Caller::entered(office, entering)).transpose()
    })
    .await
}

fn bearer(request: &ServiceRequest) -> Option<String> {
    let value = request.headers().get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim().to_owned())
}

/// A write that a browser sends from another site, with our cookie: refused before the form is read.
fn is_foreign_write(request: &ServiceRequest, caller: Option<&Caller>) -> bool {
    let by_token = caller.is_some_and(|caller| caller.proof == Proof::Token);
    if by_token || matches!(*request.method(), Method::GET | Method::HEAD) {
        return false;
    }
    let value = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok());
    match (value("sec-fetch-site"), value("origin")) {
        (Some(site), _) => !matches!(site, "same-origin" | "none"),
        (None, Some(origin)) => {
            let host = value("host").unwrap_or_default();
            origin.split("://").nth(1) != Some(host)
        }
        (None, None) => false,
    }
}

fn too_large(request: &ServiceRequest, limit: usize) -> bool {
    let length =
        request.headers().get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<usize>().ok());
    length.is_some_and(|length| length > limit)
}

/// A page for people, a problem document for programs; who is not signed in is led to the door.
fn refuse(request: ServiceRequest, problem: &Problem) -> ServiceResponse<BoxBody> {
    let path = request.path().to_owned();
    let response = if is_for_programs(&path) {
        problem.error_response()
    } else if problem.status == 401 {
        let back = url_encoded(request.uri().path_and_query().map_or("/", |path| path.as_str()));
        HttpResponse::SeeOther().insert_header((header::LOCATION, format!("/dang-nhap?tiep={back}"))).finish()
    } else {
        super::pages::problem_page(request.request(), problem)
    };
    request.into_response(response)
}

fn is_for_programs(path: &str) -> bool {
    path.starts_with("/api/") || path.starts_with("/health/") || path == "/metrics"
}

/// What is said of a query or a part of an address that cannot be read.
pub(super) fn unreadable(error: &impl std::fmt::Display, path: &str) -> actix_web::Error {
    let problem = Problem::bad_request(&error.to_string());
    if is_for_programs(path) { problem.into() } else { super::pages::PageError::from(problem).into() }
}

pub(super) fn url_encoded(text: &str) -> String {
    use std::fmt::Write;
    text.bytes().fold(String::new(), |mut encoded, byte| {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'-' | b'_' | b'.' | b'~') {
            encoded.push(char::from(byte));
        } else {
            let _ = write!(encoded, "%{byte:02X}");
        }
        encoded
    })
}
