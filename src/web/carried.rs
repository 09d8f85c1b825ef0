//! A form that was posted after its session ended: carried through signing in and sent again when its writer
//! says so. It goes along in the pages, in no cookie and no table. Whose form it is says its own token, which only a
//! page of that session ever held; nobody else gets to see it or to send it.

use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::{FromRequest as _, HttpMessage as _, HttpRequest, HttpResponse, web};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};

use super::caller::Caller;
use super::pages::sign_in::{interrupted, local_path};
use super::site::Site;
use super::{posted, upload};

/// Largest form that is carried, as text; more is not typed by hand.
const MOST: usize = 64 * 1024;

/// Fields that a form may have.
const FIELDS_MAX: usize = 200;

/// Forms that hold a password or the register of another system, or that mean nothing later.
const NEVER: [&str; 6] = ["/dang-nhap", "/dang-xuat", "/mat-khau", "/phien", "/dong-ho", "/nhap"];

/// A form on its way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Carried {
    /// Where it was posted to.
    pub path: String,
    pub fields: Vec<(String, String)>,
    /// A file went with it that is no text.
    pub file_lost: bool,
}

impl Carried {
    /// The form of a request; `None` for one that is not carried.
    #[must_use]
    pub fn of(request: &HttpRequest, body: &[u8]) -> Option<Self> {
        let path = request.path();
        if NEVER.contains(&path) || local_path(Some(path)) != path {
            return None;
        }
        let media = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let (fields, file_lost) = match media.and_then(upload::boundary_of) {
            None => (posted::serde_urlencoded(body).ok()?, false),
            Some(boundary) => upload::texts(body, &boundary)?,
        };
        let carried = Self { path: path.to_owned(), fields, file_lost };
        (carried.length() <= MOST && carried.fields.len() <= FIELDS_MAX).then_some(carried)
    }

    /// As one field of a form.
    #[must_use]
    pub fn packed(&self) -> String {
        serde_json::to_vec(self).map(|json| URL_SAFE_NO_PAD.encode(json)).unwrap_or_default()
    }

    /// Out of that field; `None` for anything that we did not make.
    #[must_use]
    pub fn unpacked(text: &str) -> Option<Self> {
        // Base64 is a third longer, and JSON may write a character as six.
        if text.is_empty() || text.len() > MOST * 8 {
            return None;
        }
        let carried: Self = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(text).ok()?).ok()?;
        let fits = local_path(Some(&carried.path)) == carried.path && !NEVER.contains(&carried.path.as_str());
        (fits && carried.length() <= MOST && carried.fields.len() <= FIELDS_MAX).then_some(carried)
    }

    /// The token of the session under which it was filled in.
    #[must_use]
    pub fn csrf(&self) -> &str {
        self.fields.iter().find(|(name, _)| name == "csrf").map_or("", |(_, value)| value.as_str())
    }

    fn length(&self) -> usize {
        self.fields.iter().map(|(name, value)| name.len() + value.len()).sum()
    }
}

/// The sign-in page with the form of an ended session; `None`: the request holds none of ours.
pub async fn at_the_door(request: &HttpRequest, payload: &mut Payload) -> Option<HttpResponse> {
    let site = request.extensions().get::<Site>()?.clone();
    let body = web::Bytes::from_request(request, payload).await.ok()?;
    let carried = Carried::of(request, &body)?;
    let csrf = carried.csrf().to_owned();
    site.work(move |office, _| office.account_of_form(&csrf)).await.ok()??;
    interrupted(request, &carried).await.ok()
}

/// Whether a form whose token is not the session's own was filled in by the same account under an earlier
/// session: then it is theirs, and kept.
pub async fn is_of_caller(request: &HttpRequest, carried: &Carried) -> bool {
    let Some(site) = request.extensions().get::<Site>().cloned() else { return false };
    let Some(account) = request.extensions().get::<Caller>().map(|caller| caller.account.id.clone()) else {
        return false;
    };
    let csrf = carried.csrf().to_owned();
    let owner = site.work(move |office, _| office.account_of_form(&csrf)).await;
    owner.is_ok_and(|owner| owner == Some(account))
}

#[cfg(test)]
mod tests {
    use super::Carried;

    fn carried(path: &str, value: &str) -> Carried {
        let fields = vec![("csrf".to_owned(), "t".to_owned()), ("note".to_owned(), value.to_owned())];
        Carried { path: path.to_owned(), fields, file_lost: false }
    }

    #[test]
    fn a_form_comes_out_as_it_went_in() {
        let form = carried("/ho-so/H38.19-1/bo-sung-yeu-cau", "thiếu\r\n«bản sao» & \u{1}");
        assert_eq!(Carried::unpacked(&form.packed()), Some(form.clone()));
        assert_eq!(form.csrf(), "t");
    }

    #[test]
    fn what_leads_elsewhere_holds_a_password_or_is_too_long_is_not_carried() {
        for path in ["//evil.example", "https://evil.example", "/dang-xuat", "/mat-khau", "/nhap", "/\\evil", ""] {
            assert_eq!(Carried::unpacked(&carried(path, "x").packed()), None, "{path}");
        }
        assert_eq!(Carried::unpacked(&carried("/ho-so", &"a".repeat(70_000)).packed()), None);
        for junk in ["", "e30", "not base64!", "bnVsbA"] {
            assert_eq!(Carried::unpacked(junk), None, "{junk}");
        }
    }
}
