//! What every page knows before it begins: who asks, in which language, and what was just done.

use actix_web::cookie::{Cookie, SameSite};
use actix_web::dev::Payload;
use actix_web::http::StatusCode;
use actix_web::{FromRequest, HttpMessage, HttpRequest, HttpResponse};
use askama::Template;

use crate::domain::role::{Right, Role};
use crate::domain::time::local;
use crate::office::{OfficeError, OfficeResult};
use crate::render::pages::ctx::Mode;
use crate::render::pages::phrases::{self, Done};
use crate::render::pages::{Ctx, Flash, FlashKind, Lang, Nav, Viewer, time};
use crate::web::caller::{Caller, Proof};
use crate::web::problem::Problem;
use crate::web::scope::AGENCY;
use crate::web::site::Site;

use super::{PageError, PageResult, VERSION, see_other, shown};

const LANG_COOKIE: &str = "dunghen_lang";
const FLASH_COOKIE: &str = "dunghen_flash";

/// The entrance of a page.
pub struct Front {
    pub site: Site,
    pub caller: Option<Caller>,
    pub lang: Lang,
    /// The visitor switched the language with this request.
    switched: Option<Lang>,
    done: Option<Done>,
    path: String,
    /// The agency that the page was asked for by its code.
    agency: Option<String>,
}

impl FromRequest for Front {
    type Error = PageError;
    type Future = std::future::Ready<Result<Self, PageError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        std::future::ready(Self::of(request))
    }
}

fn language(code: &str) -> Option<Lang> {
    [Lang::Vi, Lang::En].into_iter().find(|lang| lang.code() == code)
}

/// A cookie that only this site reads, and only over TLS when people use it over TLS.
pub fn cookie(site: &Site, name: &'static str, value: String) -> Cookie<'static> {
    let secure = site.office.settings().server.public_url.starts_with("https://");
    Cookie::build(name, value).path("/").http_only(true).same_site(SameSite::Lax).secure(secure).finish()
}

impl Front {
    /// What the request tells of who asks.
    ///
    /// # Errors
    /// When the site was not put together.
    pub fn of(request: &HttpRequest) -> Result<Self, PageError> {
        let site = request.extensions().get::<Site>().cloned();
        site.ok_or_else(|| PageError::from(Problem::not_found())).map(|site| {
            let parts: Vec<&str> = request.query_string().split('&').filter(|part| !part.is_empty()).collect();
            let switched = parts.iter().find_map(|part| language(part.strip_prefix("lang=")?));
            let named = |part: &&str| part.strip_prefix(AGENCY).is_some_and(|rest| rest.starts_with('='));
            let agency = parts.iter().find(|part| named(part)).map(|part| (*part).to_owned());
            let kept: Vec<&str> = parts.into_iter().filter(|part| !part.starts_with("lang=")).collect();
            let join = if kept.is_empty() { "" } else { "?" };
            let cookie = |name| request.cookie(name).map(|cookie| cookie.value().to_owned());
            let remembered = cookie(LANG_COOKIE).and_then(|code| language(&code));
            let done = cookie(FLASH_COOKIE).and_then(|told| Done::heard(&told));
            Self {
                site,
                caller: request.extensions().get::<Caller>().cloned(),
                lang: switched.or(remembered).unwrap_or_default(),
                switched,
                agency,
                done,
                path: format!("{}{join}{}", request.path(), kept.join("&")),
            }
        })
    }

    /// The same entrance for a page that must look the same to everybody.
    pub fn nameless(self) -> Self {
        Self { caller: None, ..self }
    }

    /// The same entrance for a page whose links must not lead to where it was posted to.
    pub fn at(self, path: &str) -> Self {
        Self { path: path.to_owned(), ..self }
    }

    /// The same entrance for somebody who signed in with this request.
    pub fn of_caller(self, caller: Caller) -> Self {
        Self { caller: Some(caller), ..self }
    }

    /// What links of the page add to their query, so that they stay with the agency looked at.
    pub fn of_agency(&self) -> String {
        self.agency.as_ref().map(|agency| format!("&{agency}")).unwrap_or_default()
    }

    /// Who asks; every page but the public ones has one.
    ///
    /// # Errors
    /// 401, which the guard has answered before.
    pub fn caller(&self) -> Result<&Caller, PageError> {
        self.caller.as_ref().ok_or_else(|| Problem::unauthorised().into())
    }

    /// The common part of the page's view.
    pub fn ctx(&self) -> Ctx {
        let demo = self.site.demo.is_some();
        let viewer = |caller: &Caller| Viewer {
            name: caller.account.name.clone(),
            role: shown::role(caller.account.role),
            submissions: caller.waiting.submissions,
            proposals: caller.waiting.proposals,
            tasks: caller.waiting.tasks,
            alerts: caller.waiting.alerts,
            nav: Nav::ALL.into_iter().filter(|nav| offered(caller, *nav, demo)).collect(),
        };
        let flash = |done: Done| Flash {
            kind: if matches!(done, Done::ClockRefused | Done::NothingChosen | Done::KeptForAnother | Done::NoUnit) {
                FlashKind::Refused
            } else {
                FlashKind::Done
            },
            text: done.text(self.lang),
        };
        let outages = self.caller.iter().flat_map(|caller| &caller.waiting.outages).map(|outage| {
            let way = phrases::way(self.lang, outage.delivery.as_str());
            phrases::way_is_down(self.lang, &way, &shown::at(outage.since))
        });
        Ctx {
            lang: self.lang,
            agency: self.site.office.settings().agency.name.clone(),
            user: self.caller.as_ref().map(viewer),
            csrf: self.caller.as_ref().map(|caller| caller.csrf().to_owned()).unwrap_or_default(),
            path: self.path.clone(),
            now: time::long_instant(self.lang, local(self.site.now())),
            mode: if demo { Mode::Demo } else { Mode::Live },
            flash: self.done.map(flash),
            session_ends: self.caller.as_ref().and_then(|caller| self.session_ends(caller)),
            outages: outages.collect(),
            assets: VERSION.clone(),
        }
    }

    /// When the session ends, and seconds until then.
    fn session_ends(&self, caller: &Caller) -> Option<(String, i64)> {
        match &caller.proof {
            Proof::Session { ends, .. } => Some((shown::at(*ends), (*ends - self.site.now()).num_seconds())),
            Proof::Token => None,
        }
    }

    /// Does blocking work; what it refuses becomes a page with the person's navigation.
    ///
    /// # Errors
    /// What the work answers.
    pub async fn work<T: Send + 'static>(
        &self,
        work: impl FnOnce(&crate::office::Office, crate::domain::time::Instant) -> OfficeResult<T> + Send + 'static,
    ) -> Result<T, PageError> {
        self.site.work(work).await.map_err(|error| self.refused(error))
    }

    /// The page of what was refused.
    pub fn refused(&self, error: OfficeError) -> PageError {
        PageError::of(error, Ctx { flash: None, ..self.ctx() })
    }

    /// The page as an answer.
    ///
    /// # Errors
    /// When the template fails, which is a fault of ours.
    pub fn page(&self, status: StatusCode, page: &impl Template) -> PageResult {
        let html = page.render().map_err(|error| OfficeError::Broken(error.to_string()))?;
        let mut response = HttpResponse::build(status)
            .content_type("text/html; charset=utf-8")
            // A page shows personal data and a token: nobody else's browser or proxy keeps it.
            .insert_header(("Cache-Control", "no-store"))
            .body(html);
        let mut set = |cookie: Cookie<'_>| response.add_cookie(&cookie).map_err(broken);
        if let Some(lang) = self.switched {
            let year = actix_web::cookie::time::Duration::days(365);
            let mut kept = cookie(&self.site, LANG_COOKIE, lang.code().to_owned());
            kept.set_max_age(year);
            set(kept)?;
        }
        if self.done.is_some() {
            let mut gone = cookie(&self.site, FLASH_COOKIE, String::new());
            gone.make_removal();
            set(gone)?;
        }
        Ok(response)
    }

    /// Leads on to another page, which says what was done.
    ///
    /// # Errors
    /// None that can happen with our own words.
    pub fn done(&self, done: Done, to: &str) -> PageResult {
        let mut response = see_other(to);
        response.add_cookie(&cookie(&self.site, FLASH_COOKIE, done.told())).map_err(broken)?;
        Ok(response)
    }
}

fn broken(error: impl std::fmt::Display) -> PageError {
    OfficeError::Broken(error.to_string()).into()
}

/// Which entries of the navigation a person's role may open.
fn offered(caller: &Caller, nav: Nav, demo: bool) -> bool {
    let role = caller.account.role;
    match nav {
        // Where the work of these roles begins; the others have other pages for it.
        Nav::Mine => matches!(role, Role::Officer | Role::Clerk),
        Nav::Queue
        | Nav::Alerts
        | Nav::Reception
        | Nav::Letters
        | Nav::Procedures
        | Nav::Calendar
        | Nav::TimeRules
        | Nav::Ladder
        | Nav::Agency => caller.may(Right::Read),
        Nav::Proposals => caller.may(Right::Approve),
        Nav::Intake | Nav::Desk => caller.may(Right::Intake),
        Nav::Overview | Nav::Board | Nav::Summary => caller.may(Right::Report),
        Nav::Province => caller.oversees && caller.may(Right::Report),
        Nav::Outbox => caller.may(Right::Operate),
        Nav::Jobs => caller.leads && caller.may(Right::Operate),
        Nav::Mailbox => demo && caller.may(Right::Operate),
        Nav::Administration => caller.may(Right::Audit),
    }
}
