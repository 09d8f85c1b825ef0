//! Whose office a request gets: the caller's own; for people of an agency that looks across, the one they look at;
//! for a public page, the one that the page speaks of. Handlers have no other (`Site`).

use actix_web::dev::{Path, ResourceDef, ServiceRequest};
use actix_web::http::Method;

use crate::office::scope::Named;
use crate::office::{Office, OfficeError, OfficeResult};

use super::caller::Caller;
use super::routes::{Access, Route};
use super::site::Site;

/// Names an agency by its code in the query of a page.
pub const AGENCY: &str = "co-quan";
/// The same in the machine interface, whose words are English.
const AGENCY_API: &str = "agency";

/// Public pages that speak of one agency, and are asked for it by its code.
const OF_AN_AGENCY: [&str; 3] = ["/bang-thong-bao", "/tro-nang", "/thong-ke"];

/// What the address of a request says of whose rows it means.
#[derive(Debug, Clone, Default)]
struct Asked {
    agency: Option<String>,
    file: Option<String>,
    letter: Option<String>,
    token: Option<String>,
}

impl Asked {
    fn of(request: &ServiceRequest, path: &str) -> Self {
        // The router has not taken the path apart yet.
        let mut parts = Path::new(request.path().to_owned());
        ResourceDef::new(path).capture_match_info(&mut parts);
        let part = |name: &str| parts.get(name).map(decoded);
        let files = ["/ho-so/", "/truc-tuyen/", "/api/v1/dossiers/", "/api/v1/submissions/"];
        let letters = ["/thu/", "/api/v1/letters/"];
        let begins = |those: &[&str]| those.iter().any(|begun| path.starts_with(begun));
        let query: Vec<(String, String)> =
            super::posted::serde_urlencoded(request.query_string().as_bytes()).unwrap_or_default();
        let named = if path.starts_with("/api/") { AGENCY_API } else { AGENCY };
        Self {
            agency: query.into_iter().find(|(name, value)| name == named && !value.is_empty()).map(|(_, value)| value),
            file: part("code").filter(|_| begins(&files)),
            letter: part("id").filter(|_| begins(&letters)),
            token: part("token").filter(|_| path.starts_with("/tra-cuu/")),
        }
    }
}

/// A part of a path as handlers read it.
fn decoded(part: &str) -> String {
    let pair: Vec<(String, String)> =
        super::posted::serde_urlencoded(format!("part={}", part.replace('+', "%2B")).as_bytes()).unwrap_or_default();
    pair.into_iter().next().map_or_else(|| part.to_owned(), |(_, value)| value)
}

/// The service as this request sees it.
///
/// # Errors
/// Not found for an agency that is not there; the database.
pub async fn site_of(
    request: &ServiceRequest,
    site: &Site,
    caller: Option<&Caller>,
    route: &Route,
) -> OfficeResult<Site> {
    let asked = Asked::of(request, route.path);
    let looks = *request.method() == Method::GET || *request.method() == Method::HEAD;
    let office = match caller.filter(|_| route.access != Access::Public) {
        // Who signed in is known with the rules of that moment: with one agency nothing is asked again.
        Some(_) if !site.office.is_shared() => return Ok(site.clone()),
        Some(caller) => {
            let (own, across) = (caller.account.agency_id.clone(), looks && caller.oversees);
            site.work(move |office, _| if across { looked_at(office, &own, &asked) } else { office.of_agency(&own) })
                .await?
        }
        None if asked.token.is_some() || OF_AN_AGENCY.contains(&route.path) => {
            site.work(move |office, _| public(office, &asked)).await?
        }
        None => return Ok(site.clone()),
    };
    Ok(site.with(office))
}

/// What somebody looks at who may look across: the agency named, the one of the file named, or their own.
fn looked_at(office: &Office, own: &str, asked: &Asked) -> OfficeResult<Office> {
    if let Some(code) = &asked.agency {
        return office.of_agency_code(code).map_err(missing);
    }
    let named = asked.file.as_deref().map(Named::File).or_else(|| asked.letter.as_deref().map(Named::Letter));
    let found = named.map(|named| office.of_what(named)).transpose()?.flatten();
    found.map_or_else(|| office.of_agency(own), Ok)
}

/// The agency that a public page speaks of; the first for an address that leads nowhere.
fn public(office: &Office, asked: &Asked) -> OfficeResult<Office> {
    if office.agencies()?.len() < 2 {
        return Ok(office.clone());
    }
    let found = match (&asked.token, &asked.agency) {
        (Some(token), _) => office.of_what(Named::StatusToken(token))?,
        (None, Some(code)) => Some(office.of_agency_code(code).map_err(missing)?),
        (None, None) => None,
    };
    let first = || office.each()?.into_iter().next().ok_or(OfficeError::NotFound);
    found.map_or_else(first, Ok)
}

fn missing(error: OfficeError) -> OfficeError {
    match error {
        OfficeError::Invalid(_) => OfficeError::NotFound,
        other @ (OfficeError::NotFound | OfficeError::Refused(_) | OfficeError::Store(_) | OfficeError::Broken(_)) => {
            other
        }
    }
}
