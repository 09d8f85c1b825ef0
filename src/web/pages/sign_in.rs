//! In and out.

use actix_web::http::StatusCode;
use actix_web::{FromRequest as _, HttpRequest, HttpResponse, web};
use secrecy::SecretString;
use serde::Deserialize;

use crate::domain::role::Role;
use crate::office::queue::minutes_until;
use crate::office::sign_in::SignIn;
use crate::render::pages::phrases::Done;
use crate::render::pages::sign_in::{DemoAccount, SignInPage, SignInProblem};
use crate::web::caller::{COOKIE, Caller};
use crate::web::carried::Carried;
use crate::web::posted::Posted;

use super::front::{Front, cookie};
use super::{PageError, PageResult, given, own, see_other, shown};

#[derive(Debug, Deserialize)]
pub struct Where {
    /// Path to go on to.
    tiep: Option<String>,
}

/// `GET /dang-nhap`
///
/// # Errors
/// The database.
pub async fn form(front: Front, query: web::Query<Where>) -> PageResult {
    let next = local_path(query.tiep.as_deref());
    if front.caller.is_some() {
        return Ok(see_other(&next));
    }
    show(&front, StatusCode::OK, None, String::new(), (next, String::new())).await
}

#[derive(Debug, Deserialize)]
pub struct Credentials {
    #[serde(default)]
    username: String,
    #[serde(default)]
    password: SecretString,
    next: Option<String>,
    /// A form that was interrupted.
    #[serde(default)]
    kept: String,
}

/// `POST /dang-nhap`
///
/// # Errors
/// The database; a wrong password is the form again, 401 or, when locked, 429.
pub async fn submit(front: Front, Posted(form): Posted<Credentials>) -> PageResult {
    let (username, password) = (form.username.clone(), form.password);
    let (now, answer) = front.work(move |office, now| Ok((now, office.sign_in(now, &username, &password)?))).await?;
    let next = local_path(form.next.as_deref());
    match answer {
        SignIn::Welcome { token, .. } => welcome(front, token, (next, form.kept)).await,
        SignIn::Unknown => {
            show(&front, StatusCode::UNAUTHORIZED, Some(SignInProblem::Wrong), form.username, (next, form.kept)).await
        }
        SignIn::Locked { until } => {
            let problem = SignInProblem::Locked { minutes: minutes_until(now, until) };
            show(&front, StatusCode::TOO_MANY_REQUESTS, Some(problem), form.username, (next, form.kept)).await
        }
    }
}

/// Leads on; with a form of the same account that was interrupted, to where it can be sent.
async fn welcome(front: Front, token: String, (next, kept): (String, String)) -> PageResult {
    let site = front.site.clone();
    let mut response = match Carried::unpacked(&kept) {
        None => see_other(&next),
        Some(carried) => {
            let (csrf, session) = (carried.csrf().to_owned(), token.clone());
            let (owner, entering) = front
                .work(move |office, now| {
                    let entering = office.entering(now, &session)?;
                    let caller = entering.map(|entering| Caller::entered(office, entering)).transpose()?;
                    Ok((office.account_of_form(&csrf)?, caller))
                })
                .await?;
            match entering {
                Some(caller) if owner.as_ref() == Some(&caller.account.id) => {
                    own::go_on(&front.of_caller(caller), &carried)?
                }
                Some(_) | None => front.done(Done::KeptForAnother, "/")?,
            }
        }
    };
    response.add_cookie(&cookie(&site, COOKIE, token)).map_err(fault)?;
    Ok(response)
}

/// The sign-in page for a form whose session has ended.
///
/// # Errors
/// The database.
pub async fn interrupted(request: &HttpRequest, carried: &Carried) -> PageResult {
    let front = Front::extract(request).await?.at("/dang-nhap");
    let kept = (String::from("/"), carried.packed());
    show(&front, StatusCode::UNAUTHORIZED, Some(SignInProblem::Expired), String::new(), kept).await
}

/// `POST /phien`: the session lasts longer.
///
/// # Errors
/// The database.
pub async fn stay(front: Front, request: HttpRequest, _: Posted<super::Nothing>) -> PageResult {
    if let Some(token) = request.cookie(COOKIE) {
        front.work(move |office, now| office.stay(now, token.value())).await?;
    }
    front.done(Done::Stayed, "/mat-khau")
}

/// `POST /dang-xuat`
///
/// # Errors
/// The database.
pub async fn leave(front: Front, request: HttpRequest, _: Posted<super::Nothing>) -> PageResult {
    if let Some(token) = request.cookie(COOKIE) {
        front.work(move |office, now| office.sign_out(now, token.value())).await?;
    }
    let mut response: HttpResponse = see_other("/dang-nhap");
    let mut gone = cookie(&front.site, COOKIE, String::new());
    gone.make_removal();
    response.add_cookie(&gone).map_err(fault)?;
    Ok(response)
}

fn fault(error: impl std::fmt::Display) -> PageError {
    crate::office::OfficeError::Broken(error.to_string()).into()
}

async fn show(
    front: &Front,
    status: StatusCode,
    problem: Option<SignInProblem>,
    username: String,
    (next, kept): (String, String),
) -> PageResult {
    let demo_accounts = match front.site.demo.clone() {
        None => Vec::new(),
        Some(demo) => {
            front
                .work(move |office, _| {
                    let rules = office.store().read(|conn| office.rules(conn))?;
                    let account = |(username, _, password): &(String, String, String)| {
                        let account = rules.person_named(username)?;
                        let (name, role) = (account.name.clone(), shown::role(account.role));
                        let shown = DemoAccount { username: username.clone(), password: password.clone(), role, name };
                        Some((account.role, shown))
                    };
                    let mut accounts: Vec<(Role, DemoAccount)> = demo.accounts.iter().filter_map(account).collect();
                    accounts.sort_by_key(|(role, _)| *role);
                    Ok(accounts.into_iter().map(|(_, account)| account).collect())
                })
                .await?
        }
    };
    front.page(status, &SignInPage { c: front.ctx(), problem, username, next, kept, demo_accounts })
}

/// A path on this site, and nothing that a browser could take for another one.
pub fn local_path(asked: Option<&str>) -> String {
    let fits = |path: &&str| {
        path.starts_with('/')
            && !path.starts_with("//")
            && !path.contains(|c: char| c == '\\' || c.is_control() || c.is_whitespace())
            && !path.starts_with("/dang-")
    };
    given(asked).filter(fits).unwrap_or("/").to_owned()
}

#[cfg(test)]
mod tests {
    use super::local_path;

    #[test]
    fn only_paths_of_this_site_are_gone_on_to() {
        assert_eq!(local_path(Some("/ho-so?state=overdue")), "/ho-so?state=overdue");
        for foreign in
            ["//evil.example", "/\\evil.example", "https://evil.example", "evil", "", "/a\r\nb", "/dang-xuat"]
        {
            assert_eq!(local_path(Some(foreign)), "/", "{foreign:?}");
        }
    }
}
