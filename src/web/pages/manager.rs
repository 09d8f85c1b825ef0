//! `/dieu-hanh`: the manager's figures as they were last computed.

use actix_web::http::StatusCode;
use actix_web::web;
use serde::Deserialize;

use crate::domain::time::Instant;
use crate::office::closing::PeriodStanding;
use crate::office::figures::Figures;
use crate::office::{Office, OfficeResult, Rules};
use crate::render::pages::Ctx;
use crate::render::pages::manager::{ComputingPage, ManagerPage};
use crate::render::pages::periods::period_name;
use crate::web::posted::Posted;
use crate::web::warm::{Task, compute};

use super::front::Front;
use super::papers::file;
use super::{Nothing, PageResult, given, see_other};

mod view;

use view::View;

/// Whose figures: of the agency that somebody looks at who looks across.
#[derive(Debug, Default, Deserialize)]
pub struct OfAgency {
    #[serde(rename = "co-quan")]
    code: Option<String>,
}

impl OfAgency {
    /// The code, if the office that was found for the request is that agency's.
    fn named(&self, rules: &Rules) -> OfficeResult<Option<String>> {
        let own = &rules.agency()?.code;
        Ok(given(self.code.as_deref()).filter(|code| code == own).map(str::to_owned))
    }
}

/// `GET /dieu-hanh?co-quan`
///
/// # Errors
/// The database; not found for an agency that is not there.
pub async fn page(front: Front, asked: web::Query<OfAgency>) -> PageResult {
    let now = front.site.now();
    let measure = front.site.office.settings().targets.online_measure;
    let mut found = front.work(|office, _| office.figures()).await?;
    if !found.as_ref().is_some_and(|figures| figures.are_of(now, measure)) {
        compute(&front.site, Task::Figures).await;
        found = front.work(|office, _| office.figures()).await?;
    }
    let c = front.ctx();
    let progress = front.site.warm.progress(&front.site.office, Task::Figures);
    let Some(figures) = found else {
        let title = c.t("Điều hành", "Overview").to_owned();
        return front.page(StatusCode::OK, &ComputingPage { title, progress, href: "/dieu-hanh", c });
    };
    let page = front
        .work(move |office, now| {
            let name = |one: &PeriodStanding| period_name(c.lang, one.period);
            let unclosed = office.periods_to_close(now)?.iter().map(name).collect();
            Ok(ManagerPage { running: progress.is_some(), unclosed, ..page_of(office, &figures, now, &asked, c)? })
        })
        .await?;
    front.page(StatusCode::OK, &page)
}

/// `GET /dieu-hanh.pdf?co-quan`: the same page on paper; led back to it while nothing was computed yet.
///
/// # Errors
/// The database.
pub async fn pdf(front: Front, asked: web::Query<OfAgency>) -> PageResult {
    let c = front.ctx();
    let printed = front
        .work(move |office, now| {
            let Some(figures) = office.figures()? else { return Ok(None) };
            Ok(Some(office.printed_overview(now, &page_of(office, &figures, now, &asked, c)?)?))
        })
        .await?;
    Ok(match printed {
        Some(bytes) => file("application/pdf", "inline", "dieu-hanh", "pdf", bytes),
        None => see_other("/dieu-hanh"),
    })
}

fn page_of(office: &Office, figures: &Figures, now: Instant, asked: &OfAgency, c: Ctx) -> OfficeResult<ManagerPage> {
    let rules = office.store().read(|conn| office.rules(conn))?;
    let targets = &office.settings().targets;
    let view = View {
        figures,
        rules: &rules,
        agency: asked.named(&rules)?,
        now,
        online: targets.online_on(figures.to).percent,
        on_time: targets.on_time(),
    };
    Ok(view.page(c))
}

/// `POST /dieu-hanh/tinh-lai`: starts the calculation; the page says whether it runs on.
///
/// # Errors
/// None of its own.
pub async fn again(front: Front, _: Posted<Nothing>) -> PageResult {
    compute(&front.site, Task::Figures).await;
    Ok(see_other("/dieu-hanh"))
}
