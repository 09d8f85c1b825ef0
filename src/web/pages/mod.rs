//! The pages: what the office answers, put into the view structs of `render::pages`.

use std::sync::LazyLock;

use actix_web::http::{StatusCode, header};
use actix_web::{FromRequest as _, HttpRequest, HttpResponse, ResponseError, web};
use askama::Template;
use sha2::{Digest, Sha256};

use crate::domain::role::{Right, Role};
use crate::office::OfficeError;
use crate::render::pages::error::{ErrorPage, Problem as Kind};
use crate::render::pages::own::ResumePage;
use crate::render::pages::{Ctx, Lang};
use crate::render::problems::refusal_text;

use super::carried::Carried;
use super::problem::Problem;

pub mod absence;
mod account_view;
pub mod accounts;
pub mod administration;
mod again;
pub mod agency;
pub mod alerts;
mod asked;
pub mod at_risk;
pub mod audit;
mod behind;
pub mod board;
pub mod calendar;
pub mod calendar_change;
mod changes;
pub mod citizen;
pub mod contact;
pub mod correction;
pub mod demo_clock;
pub mod desk;
pub mod dossier;
mod dossier_view;
pub mod finding;
mod front;

pub mod import_log;
mod import_view;
pub mod imports;
pub mod indices;
pub mod intake;
pub mod intake_help;
pub mod jobs;
pub mod ladder;
pub mod late;
pub mod ledger;
pub mod letterhead;
pub mod letters;
pub mod mailbox;
pub mod manager;
pub mod my_work;
pub mod number;
pub mod open_data;
pub mod outbox;
pub mod outgoing;
pub mod own;
mod paging;
pub mod papers;
pub mod periods;
pub mod procedure_change;
pub mod procedure_list;
pub mod procedures;
pub mod proof;
pub mod proposals;
pub mod province;
pub mod public;
pub mod queue;
pub mod receipt;
pub mod reconcile;
pub mod reports;
pub mod saved;
pub mod sending;
pub mod several;
mod shown;
pub mod sign_in;
pub mod signing;
mod sub_deadlines;
pub mod submission;
pub mod submissions;
pub mod summary;
mod table_file;
pub mod time_limits;
pub mod time_rules;
pub mod tomorrow;
pub mod units;
pub mod waiting;

use front::Front;

/// What a page's handler answers.
pub type PageResult = Result<HttpResponse, PageError>;

/// What the pages load, by name: media type and bytes.
const ASSETS: [(&str, &str, &[u8]); 7] = [
    ("app.css", "text/css; charset=utf-8", include_bytes!("../assets/app.css")),
    ("app.js", "text/javascript; charset=utf-8", include_bytes!("../assets/app.js")),
    ("find.js", "text/javascript; charset=utf-8", include_bytes!("../assets/find.js")),
    ("import.js", "text/javascript; charset=utf-8", include_bytes!("../assets/import.js")),
    ("intake.js", "text/javascript; charset=utf-8", include_bytes!("../assets/intake.js")),
    ("queue.js", "text/javascript; charset=utf-8", include_bytes!("../assets/queue.js")),
    ("icon.svg", "image/svg+xml", include_bytes!("../assets/icon.svg")),
];

/// Short hash of the assets: part of their addresses, so that browsers may keep them for ever.
static VERSION: LazyLock<String> = LazyLock::new(|| {
    let mut hash = Sha256::new();
    for (_, _, bytes) in ASSETS {
        hash.update(bytes);
    }
    crate::store::journal::hex(&hash.finalize()).chars().take(10).collect()
});

/// A problem told to a person.
#[derive(Debug)]
pub struct PageError {
    problem: Box<Problem>,
    c: Box<Ctx>,
    back: Option<String>,
    /// A form of an earlier session, to be sent again, in place of the problem.
    resume: Option<Box<ResumePage>>,
}

impl PageError {
    /// The problem on a page that still knows who is signed in.
    fn of(problem: impl Into<Problem>, c: Ctx) -> Self {
        Self { problem: Box::new(problem.into()), c: Box::new(c), back: None, resume: None }
    }

    fn leading_to(self, back: String) -> Self {
        Self { back: Some(back), ..self }
    }

    /// The caller's own form of an earlier session, to be sent again under this one.
    pub async fn resuming(request: &HttpRequest, carried: &Carried) -> Self {
        match Front::extract(request).await {
            Ok(front) => {
                let again = Self::from(Problem::new(StatusCode::CONFLICT, "/problems/conflict", ("", "")));
                Self { resume: Some(Box::new(own::resume(front.ctx(), carried))), ..again }
            }
            Err(error) => error,
        }
    }
}

impl<T: Into<Problem>> From<T> for PageError {
    fn from(problem: T) -> Self {
        Self::of(problem, bare())
    }
}

impl std::fmt::Display for PageError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.problem.fmt(f)
    }
}

impl ResponseError for PageError {
    fn status_code(&self) -> StatusCode {
        self.problem.status_code()
    }

    fn error_response(&self) -> HttpResponse {
        if let Some(html) = self.resume.as_ref().and_then(|page| page.render().ok()) {
            return HttpResponse::build(self.status_code())
                .content_type("text/html; charset=utf-8")
                .insert_header(("Cache-Control", "no-store"))
                .body(html);
        }
        error_page(&self.problem, Ctx::clone(&self.c), self.back.clone())
    }
}

/// A page without a person: what is known when nothing is.
fn bare() -> Ctx {
    Ctx { lang: Lang::Vi, assets: VERSION.clone(), ..Ctx::default() }
}

/// The page of a refusal, in the language of who asked.
#[must_use]
pub fn problem_page(request: &HttpRequest, problem: &Problem) -> HttpResponse {
    error_page(problem, Front::of(request).map_or_else(|_| bare(), |front| front.nameless().ctx()), None)
}

fn error_page(problem: &Problem, c: Ctx, back: Option<String>) -> HttpResponse {
    let detail = problem.told(shown::language(c.lang));
    let page = ErrorPage {
        c,
        problem: kind_of(problem),
        // What a machine says about a request it cannot read helps nobody in front of a page.
        detail: (problem.status != 400).then_some(detail),
        request_id: None,
        back,
    };
    let status = problem.status_code();
    match page.render() {
        Ok(html) => HttpResponse::build(status).content_type("text/html; charset=utf-8").body(html),
        Err(error) => {
            tracing::error!(%error, "the error page could not be rendered");
            HttpResponse::build(status).content_type("text/plain; charset=utf-8").body(problem.title.clone())
        }
    }
}

fn kind_of(problem: &Problem) -> Kind {
    Kind::ALL.into_iter().find(|kind| kind.status() == problem.status).unwrap_or(Kind::Broken)
}

/// Why something was refused, as one line among those of others.
fn why(error: OfficeError, c: &Ctx) -> String {
    let language = shown::language(c.lang);
    match error {
        OfficeError::Refused(refusal) => refusal_text(&refusal, language),
        OfficeError::Invalid(errors) => asked::said(&errors, c.lang),
        error @ (OfficeError::NotFound | OfficeError::Store(_) | OfficeError::Broken(_)) => {
            let kind = kind_of(&Problem::from(error));
            format!("{}. {}", kind.title(c), kind.advice(c))
        }
    }
}

fn see_other(to: &str) -> HttpResponse {
    HttpResponse::SeeOther().insert_header((header::LOCATION, to)).finish()
}

/// `GET /`: where the work of each role begins.
///
/// # Errors
/// None of its own.
pub async fn home(front: Front) -> PageResult {
    let role = front.caller()?.account.role;
    Ok(see_other(match role {
        Role::Manager => "/dieu-hanh",
        Role::Supervisor => "/don-vi-toi",
        Role::Officer => my_work::HERE,
        Role::Clerk | Role::Admin => "/ho-so",
    }))
}

/// `GET /assets/{name}`.
///
/// # Errors
/// 404.
pub async fn asset(name: web::Path<String>) -> PageResult {
    let known = ASSETS.into_iter().find(|(known, _, _)| *known == name.as_str());
    let (_, media_type, bytes) = known.ok_or_else(Problem::not_found)?;
    let cache = (header::CACHE_CONTROL, "public, max-age=31536000, immutable");
    Ok(HttpResponse::Ok().content_type(media_type).insert_header(cache).body(bytes))
}

/// A page of the demonstration that a real service does not have.
fn only_in_demo(front: &Front) -> Result<(), PageError> {
    if front.site.demo.is_some() { Ok(()) } else { Err(OfficeError::NotFound.into()) }
}

/// The text of an optional parameter; empty means absent.
fn given(text: Option<&str>) -> Option<&str> {
    text.map(str::trim).filter(|text| !text.is_empty())
}

/// A query parameter in an address.
fn encoded(text: &str) -> String {
    super::guard::url_encoded(text).replace('/', "%2F")
}

/// Whether the pages of a role offer what needs this right.
fn may(front: &Front, right: Right) -> Option<()> {
    front.caller.as_ref().filter(|caller| caller.may(right)).map(|_| ())
}

/// Whether somebody changes what all agencies share.
fn may_lead(front: &Front) -> bool {
    front.caller.as_ref().is_some_and(|caller| caller.leads && caller.may(Right::Administer))
}

/// A form with nothing in it but its token.
#[derive(Debug, serde::Deserialize)]
pub struct Nothing {}
