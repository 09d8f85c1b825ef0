//! `/ho-so/nguy-co`: open files by how likely they become late, those of the units of who looks.

use actix_web::http::StatusCode;
use actix_web::web;
use serde::Deserialize;

use crate::domain::rates::Percent;
use crate::domain::risk::Handling;
use crate::domain::role::Role;
use crate::domain::time::{Instant, parse_instant, rfc3339};
use crate::office::at_risk::{AtRiskReport, RiskLine, Silence, Whose};
use crate::office::queue::office_minutes;
use crate::office::{FieldError, Office, OfficeError, OfficeResult, Problem as Trouble, Rules};
use crate::render::pages::at_risk::{AtRiskPage, ChanceView, RiskFile};
use crate::render::pages::board::UnitLink;
use crate::render::pages::phrases::Done;
use crate::render::pages::{Ctx, Lang, phrases, time};
use crate::render::tables;
use crate::store::people::{Account, Unit};
use crate::web::api::reports::instant_of;

use super::front::Front;
use super::paging::{Place, at};
use super::summary::typed;
use super::table_file::{TableFile, table_file};
use super::{PageResult, encoded, given, shown};

const HERE: &str = "/ho-so/nguy-co";
/// From this chance on, in hundredths of a percent, a file is marked.
const LIKELY: [(u64, &str); 2] = [(50_00, "bad"), (20_00, "warn")];

#[derive(Debug, Clone, Deserialize)]
pub struct Chosen {
    /// Nothing: all that one may look at.
    #[serde(rename = "don-vi")]
    unit: Option<String>,
    /// What was known then; nothing: now.
    as_of: Option<String>,
    cursor: Option<i64>,
}

/// `GET /ho-so/nguy-co?don-vi&as_of&cursor`
///
/// # Errors
/// 404 for a unit whose files are not for the reader; 422 for "as of" that is no moment.
pub async fn page(front: Front, query: web::Query<Chosen>) -> PageResult {
    let (c, me) = (front.ctx(), front.caller()?.account.clone());
    let page = front
        .work(move |office, now| {
            let units = office.units_of(now, &me)?;
            let Some(whose) = whose(&me, &units, &query)? else { return Ok(None) };
            let report = office.at_risk(now, &whose)?;
            let rules = office.store().read(|conn| office.rules(conn))?;
            Ok(Some(view(c, (now, whose.as_of), &rules, &units, &query, report)))
        })
        .await?;
    match page {
        Some(page) => front.page(StatusCode::OK, &page),
        None => front.done(Done::NoUnit, "/ho-so"),
    }
}

/// `GET /ho-so/nguy-co.csv`, `.xlsx` and `.pdf`
///
/// # Errors
/// As [`page`]; 404 for another format.
pub async fn download(front: Front, ending: web::Path<String>, query: web::Query<Chosen>) -> PageResult {
    let me = front.caller()?.account.clone();
    table_file(&front, &ending, move |office: &Office, now| {
        let units = office.units_of(now, &me)?;
        let whose = whose(&me, &units, &query)?.ok_or(OfficeError::NotFound)?;
        let table = tables::at_risk(&serde_json::json!(office.at_risk(now, &whose)?));
        Ok(TableFile::new("ho-so-nguy-co-tre", now, table))
    })
    .await
}

/// Whose files are shown; `None` to who belongs to no unit and leads none.
fn whose(me: &Account, units: &[Unit], asked: &Chosen) -> OfficeResult<Option<Whose>> {
    let everything = matches!(me.role, Role::Manager | Role::Admin);
    let as_of = instant_of(asked.as_of.as_deref())?;
    let codes = match given(asked.unit.as_deref()) {
        Some(code) if units.iter().any(|unit| unit.code == code) => Some(vec![code.to_owned()]),
        Some(code) => return Err(FieldError::new("don-vi", code, Trouble::UnknownUnit).into()),
        // Files that no unit has are theirs too.
        None if everything => None,
        None => Some(units.iter().map(|unit| unit.code.clone()).collect()),
    };
    let nobody = codes.as_ref().is_some_and(Vec::is_empty);
    Ok((!nobody).then_some(Whose { units: codes, agency: None, as_of }))
}

fn view(
    c: Ctx,
    (now, as_of): (Instant, Option<Instant>),
    rules: &Rules,
    units: &[Unit],
    query: &Chosen,
    report: AtRiskReport,
) -> AtRiskPage {
    let chosen = given(query.unit.as_deref()).unwrap_or_default();
    let asked = |unit: &str| {
        let unit = (!unit.is_empty()).then(|| format!("don-vi={}", encoded(unit)));
        let as_of = as_of.map(|at| format!("as_of={}", encoded(&rfc3339(at))));
        unit.into_iter().chain(as_of).collect::<Vec<_>>().join("&")
    };
    let href = |unit: &str| format!("{HERE}?{}", asked(unit)).trim_end_matches('?').to_owned();
    let all = UnitLink { name: phrases::every_unit(c.lang), href: href(""), current: chosen.is_empty() };
    let link = |unit: &Unit| UnitLink { name: unit.name.clone(), href: href(&unit.code), current: unit.code == chosen };
    let (seen, here) = (as_of.map_or(now, |at| at.min(now)), href(chosen));
    let place = Place::of(query.cursor, report.total);
    AtRiskPage {
        units: if units.len() > 1 { std::iter::once(all).chain(units.iter().map(link)).collect() } else { Vec::new() },
        asked: asked(chosen),
        unit: chosen.to_owned(),
        as_of: as_of.map(typed).unwrap_or_default(),
        seen_at: as_of.map(shown::at),
        history: format!("{} – {}", time::date(report.history.from), time::date(report.history.to)),
        min_finished: report.min_finished,
        silent: report.silent,
        late: report.late,
        paused: report.paused,
        no_promise: report.no_promise,
        rows: place.cut(report.files.into_iter()).into_iter().map(|line| row(line, seen, rules, c.lang)).collect(),
        pager: place.linked(|offset| at(&here, offset)),
        c,
    }
}

fn row(line: RiskLine, now: Instant, rules: &Rules, lang: Lang) -> RiskFile {
    let left = |now, due| {
        let (minutes, a_day) = office_minutes(&rules.calendar, now, due);
        time::left(lang, minutes, a_day)
    };
    let due_at = parse_instant(&line.due_at);
    let chance = line.chance_percent.zip(line.low_percent.zip(line.high_percent));
    RiskFile {
        code: line.code,
        procedure: line.procedure,
        unit: line.unit.unwrap_or_default(),
        officer: line.officer.unwrap_or_default(),
        due: due_at.map(shown::at).unwrap_or_default(),
        left: due_at.map(|due| left(now, due)).unwrap_or_default(),
        again: line.stage == Handling::Again,
        chance: chance.map(|(late, (low, high))| ChanceView { tone: tone(&late), late, low, high }),
        cases: line.cases,
        finished: line.finished,
        too_few: line.silent == Some(Silence::Few),
    }
}

fn tone(chance: &str) -> &'static str {
    let percent = chance.parse().map_or(0, Percent::hundredths);
    LIKELY.iter().find(|(from, _)| percent >= *from).map_or("good", |(_, tone)| tone)
}
