//! `/don-vi-toi`: the board of a unit, and the files behind each of its numbers.

use actix_web::http::StatusCode;
use actix_web::web;
use chrono::Duration;
use serde::Deserialize;

use crate::domain::role::Right;
use crate::domain::time::civil_day;
use crate::office::alarm::answered::Standing;
use crate::office::board::{Board, Load, Part, Whose, risk_ends};
use crate::office::{FieldError, Problem as Trouble};
use crate::render::pages::board::{AlertLine, AwayRow, BoardPage, LoadView, OfficerRow, SaidRow, UnitLink};
use crate::render::pages::phrases::Done;
use crate::render::pages::summary::Count;
use crate::render::pages::{Lang, phrases, time};
use crate::store::citizen_messages::CitizenMessage;
use crate::store::people::Account;

use super::alerts::about_and_href;
use super::behind::Behind;
use super::front::Front;
use super::proof::saying;
use super::{PageResult, encoded, given, may, shown};

/// Alerts and words of citizens that the board shows at once.
const SHOWN: usize = 6;

#[derive(Debug, Deserialize)]
pub struct Chosen {
    #[serde(rename = "don-vi")]
    unit: Option<String>,
}

/// `GET /don-vi-toi?don-vi`; who belongs to no unit and leads none goes on to the list of all files.
///
/// # Errors
/// 422 for a unit that nobody knows.
pub async fn page(front: Front, query: web::Query<Chosen>) -> PageResult {
    let (c, me) = (front.ctx(), front.caller()?.account.clone());
    let may_sign = may(&front, Right::Sign).is_some();
    let page = front
        .work(move |office, now| {
            let units = office.units_of(now, &me)?;
            let asked = given(query.unit.as_deref()).map(str::to_owned);
            let Some(code) = asked.or_else(|| units.first().map(|unit| unit.code.clone())) else { return Ok(None) };
            let board = office.board(now, &code)?;
            let rules = office.store().read(|conn| office.rules(conn))?;
            let alerts = office.standing_alerts(now, &me.id, 0, i64::try_from(SHOWN).unwrap_or(0))?;
            let letters = if may_sign { office.count_letters_to_sign(now, &me.id)? } else { 0 };
            let risk = risk_ends(now, office.settings().legal_moment(), &rules.calendar) - Duration::seconds(1);
            let number = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
            let today = civil_day(now);
            let link = |unit: &crate::store::people::Unit| UnitLink {
                name: unit.name.clone(),
                href: here(&unit.code),
                current: unit.id == board.unit.id,
            };
            let officer = |(who, load): &(Option<Account>, Load)| OfficerRow {
                name: who.as_ref().map_or_else(|| phrases::nobody_yet(c.lang), |who| who.name.clone()),
                away: who.as_ref().is_some_and(|who| who.is_absent_on(today)),
                load: links(load, &code, Some(who.as_ref().map_or("", |who| who.username.as_str()))),
            };
            Ok(Some(BoardPage {
                unit: board.unit.name.clone(),
                here: here(&code),
                risk_href: format!("/ho-so/nguy-co?don-vi={}", encoded(&code)),
                units: units.iter().map(link).collect(),
                total: links(&board.total, &code, None),
                risk_until: time::long_date(c.lang, civil_day(risk)),
                officers: board.officers.iter().map(officer).collect(),
                alerts_count: office.count_alerts(now, &me.id)?,
                alerts: alerts.iter().map(|one| alert(one, now, c.lang)).collect(),
                letters,
                said_count: number(board.said.len()),
                said: board.said.iter().take(SHOWN).map(said).collect(),
                away: away(&board, c.lang),
                may_sign,
                c,
            }))
        })
        .await?;
    match page {
        Some(page) => front.page(StatusCode::OK, &page),
        None => front.done(Done::NoUnit, "/ho-so"),
    }
}

fn here(unit: &str) -> String {
    format!("/don-vi-toi?don-vi={}", encoded(unit))
}

/// The numbers with their lists; `officer` is a user name, empty: nobody's files.
fn links(load: &Load, unit: &str, officer: Option<&str>) -> LoadView {
    let whose = officer.map(|name| format!("&can-bo={}", encoded(name))).unwrap_or_default();
    let count = |part: Part| Count {
        n: load.of(part),
        href: format!("/don-vi-toi/ho-so?don-vi={}&phan={part}{whose}", encoded(unit)),
    };
    LoadView {
        open: count(Part::Open),
        late: count(Part::Late),
        at_risk: count(Part::AtRisk),
        to_sign: count(Part::ToSign),
        waiting: count(Part::Waiting),
    }
}

/// An alert as one line.
fn alert(one: &Standing, now: crate::domain::time::Instant, lang: Lang) -> AlertLine {
    let alert = &one.alert;
    let (about, href) = about_and_href(alert, lang);
    AlertLine {
        id: alert.id.clone(),
        kind: shown::message_kind(alert.kind),
        about,
        href,
        since: shown::at(alert.raised_at),
        until: alert.acknowledge_by.map(shown::at),
        late: alert.acknowledge_by.is_some_and(|until| until < now),
    }
}

fn said((message, code): &(CitizenMessage, String)) -> SaidRow {
    SaidRow {
        href: format!("/ho-so/{}/bang-chung", encoded(code)),
        code: code.clone(),
        what: saying(message.kind),
        text: message.text.clone(),
        at: shown::at(message.said_at),
    }
}

fn away(board: &Board, lang: Lang) -> Vec<AwayRow> {
    let row = |(who, stand_in): &(Account, Option<Account>)| AwayRow {
        name: who.name.clone(),
        until: who.absent_to.map(|day| phrases::away_until(lang, &time::date(day))),
        stand_in: stand_in.as_ref().map(|who| who.name.clone()),
    };
    board.away.iter().map(row).collect()
}

#[derive(Debug, Deserialize)]
pub struct BehindQuery {
    #[serde(rename = "don-vi")]
    unit: Option<String>,
    phan: Option<String>,
    /// A user name; empty: files that nobody has.
    #[serde(rename = "can-bo")]
    officer: Option<String>,
    cursor: Option<i64>,
}

/// `GET /don-vi-toi/ho-so?don-vi&phan&can-bo`: the files behind a number of the board.
///
/// # Errors
/// 422 for a part, unit or person that nobody knows.
pub async fn behind(front: Front, query: web::Query<BehindQuery>) -> PageResult {
    let c = front.ctx();
    let page = front
        .work(move |office, now| {
            let name = given(query.phan.as_deref()).unwrap_or_default();
            let unknown =
                |_| FieldError::new("phan", name, Trouble::NotOneOf { expected: &["qua-han", "sap-tre", "…"] });
            let part: Part = name.parse().map_err(unknown)?;
            let unit = given(query.unit.as_deref()).unwrap_or_default();
            let whose = match query.officer.as_deref() {
                None => Whose::Everybody,
                Some("") => Whose::Nobody,
                Some(name) => Whose::Officer(name),
            };
            let found = office.board_files(now, unit, part, whose)?;
            let rules = office.store().read(|conn| office.rules(conn))?;
            let lang = c.lang;
            let mut narrowed = format!("{}, {}", phrases::board_part(lang, part.as_str()), unit_name(&rules, unit));
            let mut here = format!("/don-vi-toi/ho-so?don-vi={}&phan={part}", encoded(unit));
            if let Some(name) = query.officer.as_deref() {
                let who = rules.accounts.values().find(|who| who.username == name).map(|who| who.name.clone());
                narrowed = format!("{narrowed}, {}", who.unwrap_or_else(|| phrases::nobody_yet(lang)));
                here = format!("{here}&can-bo={}", encoded(name));
            }
            let list = Behind { narrowed, here, late: part == Part::Late, seen: now, cursor: query.cursor };
            Ok(list.page(c, &rules, now, &found))
        })
        .await?;
    front.page(StatusCode::OK, &page)
}

fn unit_name(rules: &crate::office::Rules, code: &str) -> String {
    rules.unit_named(code).map_or_else(|| code.to_owned(), |unit| unit.name.clone())
}
