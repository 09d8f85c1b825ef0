//! `/bac-thang`: the ladder of notices with its versions, and the form that proposes a change.

use std::collections::HashMap;

use actix_web::http::StatusCode;
use actix_web::web;
use serde::Deserialize;

use crate::domain::ladder::{Bundling, RUNG_AUDIENCES, RUNG_KINDS, Rung, Urgency, Way};
use crate::domain::notice::{Audience, NoticeKind};
use crate::domain::role::Right;
use crate::domain::time::{Instant, civil_day, day_begins};
use crate::office::ladder_rung::{RungTyped, StatedRung};
use crate::office::proposals::{Change, Proposed};
use crate::office::rules::rung;
use crate::office::{Actor, FieldError, Office, OfficeResult, Rules};
use crate::render::chart::ladder::{Place, Step, Told, climb};
use crate::render::pages::form::Choice;
use crate::render::pages::ladder::{LadderFormPage, LadderGroup, LadderPage, RungInput, RungView};
use crate::render::pages::procedures::ChangePreview;
use crate::render::pages::{Ctx, Lang, ladder_words, rule_words, time};
use crate::store::rungs::RungRow;
use crate::web::posted::Posted;

use super::front::Front;
use super::procedure_change::{rules_at, today};
use super::{PageResult, changes, encoded, may, shown};

/// `GET /bac-thang`
///
/// # Errors
/// The database.
pub async fn page(front: Front) -> PageResult {
    let c = front.ctx();
    let may_change = may(&front, Right::Administer).is_some();
    let page = front
        .work(move |office, now| {
            let rules = rules_at(office)?;
            let mut places: Vec<(&str, &str)> = Vec::new();
            for row in &rules.rungs {
                let place = (row.procedure_code.as_str(), row.agency_code.as_str());
                if !places.contains(&place) {
                    places.push(place);
                }
            }
            places.sort_unstable();
            let group = |place: &(&str, &str)| group(*place, &rules, &c, now);
            Ok(LadderPage { groups: places.iter().map(group).collect::<OfficeResult<_>>()?, may_change, c })
        })
        .await?;
    front.page(StatusCode::OK, &page)
}

fn group((procedure, agency): (&str, &str), rules: &Rules, c: &Ctx, now: Instant) -> OfficeResult<LadderGroup> {
    let place = |kind: NoticeKind| RUNG_KINDS.iter().position(|known| *known == kind);
    let mut rows: Vec<&RungRow> = rules
        .rungs
        .iter()
        .filter(|row| (row.procedure_code.as_str(), row.agency_code.as_str()) == (procedure, agency))
        .collect();
    rows.sort_by_key(|row| (place(row.kind), row.level, std::cmp::Reverse((row.valid_from, row.version))));
    let (today, name) = (civil_day(now), ladder_words::place(c.lang, agency, procedure));
    let holds = |row: &RungRow| {
        let same = rows.iter().filter(|other| (other.kind, other.level) == (row.kind, row.level));
        let newest =
            same.filter(|other| other.valid_from <= today).max_by_key(|other| (other.valid_from, other.version));
        newest.is_some_and(|newest| newest.id == row.id)
    };
    let (mut rungs, mut steps, mut next_from) = (Vec::new(), Vec::new(), None);
    for row in &rows {
        let read = rung(row)?;
        let number = holds(row).then_some(steps.len() + 1);
        if let Some(number) = number {
            steps.push(step(number, &read));
        }
        let until = next_from.filter(|(kind, level, _)| (*kind, *level) == (row.kind, row.level)).map(|(.., day)| day);
        next_from = Some((row.kind, row.level, row.valid_from));
        rungs.push(view(c.lang, row, &read, number, until, now));
    }
    let words = [c.t("Tiếp nhận", "Receipt"), c.t("Hẹn trả", "Promise"), c.t("Hẹn lại", "New date")];
    let spoken: Vec<String> = rungs
        .iter()
        .filter_map(|rung| rung.number.map(|number| format!("{number}. {}: {}", rung.kind, rung.when)))
        .collect();
    let known = rules.procedure_at(procedure, now).map(|version| version.row.name.clone());
    Ok(LadderGroup {
        picture: climb(&format!("{name}. {}", spoken.join("; ")), words, &steps),
        name,
        procedure: known.unwrap_or_default(),
        rungs,
    })
}

fn step(number: usize, rung: &Rung) -> Step {
    let place = if rung.kind == NoticeKind::Overdue {
        Place::AtThePromise
    } else if rung.kind == NoticeKind::Escalation {
        Place::AtTheNewDate
    } else if rung.kind == NoticeKind::StillOverdue {
        Place::After(rung.working_days)
    } else {
        Place::Before(rung.working_days)
    };
    Step { number, place, told: if rung.is_off() { Told::Nobody } else { Told::Somebody } }
}

fn view(
    lang: Lang,
    row: &RungRow,
    rung: &Rung,
    number: Option<usize>,
    until: Option<chrono::NaiveDate>,
    now: Instant,
) -> RungView {
    let key = [
        ("kind", row.kind.as_str()),
        ("procedure", &row.procedure_code),
        ("agency", &row.agency_code),
        ("level", &row.level.to_string()),
    ]
    .map(|(name, value)| format!("{name}={}", encoded(value)))
    .join("&");
    RungView {
        number,
        kind: ladder_words::kind(lang, row.kind).to_owned(),
        level: row.level.to_string(),
        standing: changes::standing(day_begins(row.valid_from), until.map(day_begins), number.is_some(), now),
        from: time::date(row.valid_from),
        when: ladder_words::when(lang, rung),
        who: ladder_words::audiences(lang, rung),
        accountable: ladder_words::accountable(lang, rung),
        how: ladder_words::how(lang, rung),
        acknowledge: ladder_words::acknowledge(lang, rung),
        basis: row.basis.clone(),
        entered_by: rule_words::author(lang, &row.entered_by),
        approved_by: rule_words::author(lang, &row.approved_by),
        edit: format!("/bac-thang/sua?{key}"),
    }
}

/// Which rung the form is to be filled with.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct RungQuery {
    agency: String,
    procedure: String,
    kind: String,
    level: String,
}

/// `GET /bac-thang/sua`
///
/// # Errors
/// The database.
pub async fn form(front: Front, query: web::Query<RungQuery>) -> PageResult {
    let c = front.ctx();
    let page = front
        .work(move |office, now| {
            let rules = rules_at(office)?;
            let meant = |row: &&RungRow| {
                (row.agency_code.as_str(), row.procedure_code.as_str(), row.kind.as_str(), &row.level.to_string())
                    == (query.agency.as_str(), query.procedure.as_str(), query.kind.as_str(), &query.level)
            };
            let known = rules.rungs.iter().filter(meant).max_by_key(|row| row.version);
            let filled = known.map(StatedRung::of).transpose()?.map(|stated| stated.typed());
            let fresh = || RungTyped {
                level: "1".to_owned(),
                ways: "screen mail".to_owned(),
                audiences: "officer".to_owned(),
                share_percent: "0".to_owned(),
                working_days: "0".to_owned(),
                acknowledge_hours: "0".to_owned(),
                ..RungTyped::default()
            };
            let typed = RungTyped { valid_from: today(now), ..filled.unwrap_or_else(fresh) };
            Ok(assemble(office, &rules, c, typed, now, Ok(None)))
        })
        .await?;
    front.page(StatusCode::OK, &page)
}

type Fields = HashMap<String, String>;

enum Answer {
    Again(StatusCode, Box<LadderFormPage>),
    Sent(Proposed),
}

/// `POST /bac-thang`
///
/// # Errors
/// The database; wrong fields are the form again, 422.
pub async fn submit(front: Front, Posted(fields): Posted<Fields>) -> PageResult {
    let c = front.ctx();
    let actor = front.caller()?.actor();
    let text = |name: &str| fields.get(name).cloned().unwrap_or_default();
    let ticked = |prefix: &str, words: &[&str]| {
        let on = |word: &&&str| fields.contains_key(&format!("{prefix}_{word}"));
        words.iter().filter(on).copied().collect::<Vec<_>>().join(" ")
    };
    let typed = RungTyped {
        agency: text("agency"),
        procedure: text("procedure"),
        kind: text("kind"),
        level: text("level"),
        share_percent: text("share_percent"),
        working_days: text("working_days"),
        audiences: ticked("audience", &RUNG_AUDIENCES.map(Audience::as_str)),
        accountable: text("accountable"),
        ways: ticked("way", &Way::ALL.iter().map(|way| way.as_str()).collect::<Vec<_>>()),
        bundling: text("bundling"),
        urgency: text("urgency"),
        acknowledge_hours: text("acknowledge_hours"),
        basis: text("basis"),
        valid_from: text("valid_from"),
    };
    let proposes = text("step") == "propose";
    match front.work(move |office, now| answer(office, c, now, &actor, &typed, proposes)).await? {
        Answer::Again(status, page) => front.page(status, page.as_ref()),
        Answer::Sent(proposed) => changes::sent(&front, &proposed, "/bac-thang"),
    }
}

fn answer(
    office: &Office,
    c: Ctx,
    now: Instant,
    actor: &Actor,
    typed: &RungTyped,
    proposes: bool,
) -> OfficeResult<Answer> {
    let rules = rules_at(office)?;
    let again =
        |status, c, outcome| Answer::Again(status, Box::new(assemble(office, &rules, c, typed.clone(), now, outcome)));
    match typed.change(&rules, now) {
        Err(errors) => Ok(again(StatusCode::UNPROCESSABLE_ENTITY, c, Err(errors))),
        Ok(change) if proposes => Ok(Answer::Sent(office.propose(now, actor, &Change::Ladder(change))?)),
        Ok(change) => {
            let preview = changes::ladder(c.lang, &change, &rules, now);
            Ok(again(StatusCode::OK, c, Ok(Some(preview))))
        }
    }
}

fn assemble(
    office: &Office,
    rules: &Rules,
    c: Ctx,
    typed: RungTyped,
    now: Instant,
    outcome: Result<Option<ChangePreview>, Vec<FieldError>>,
) -> LadderFormPage {
    let (preview, errors) = match outcome {
        Ok(preview) => (preview, Vec::new()),
        Err(errors) => (None, shown::errors(&errors, c.lang)),
    };
    let lang = c.lang;
    let among = |list: &str, word: &str| list.split_whitespace().any(|one| one == word);
    let every = Choice::new("", c.t("Mọi cơ quan", "Every agency"), &typed.agency);
    let agency = |code: &str, name: &str| Choice::new(code, name, &typed.agency);
    let audience = |chosen: &str| {
        RUNG_AUDIENCES.map(|one| Choice::new(one.as_str(), ladder_words::audience(lang, one), chosen)).to_vec()
    };
    let ticked = |choices: Vec<Choice>, list: &str| {
        choices.into_iter().map(|choice| Choice { selected: among(list, &choice.value), ..choice }).collect()
    };
    let ways = Way::ALL.iter().map(|way| Choice::new(way.as_str(), ladder_words::way(lang, *way), "")).collect();
    let bundling = |one: &Bundling| Choice::new(one.as_str(), ladder_words::bundling(lang, *one), &typed.bundling);
    let urgency = |one: &Urgency| Choice::new(one.as_str(), ladder_words::urgency(lang, *one), &typed.urgency);
    let current = rules.current_procedures(now);
    LadderFormPage {
        agencies: std::iter::once(every)
            .chain(rules.agencies.iter().map(|known| agency(&known.code, &known.name)))
            .collect(),
        kinds: RUNG_KINDS.map(|kind| Choice::new(kind.as_str(), ladder_words::kind(lang, kind), &typed.kind)).to_vec(),
        audiences: ticked(audience(""), &typed.audiences),
        accountable: audience(&typed.accountable),
        ways: ticked(ways, &typed.ways),
        bundlings: Bundling::ALL.iter().map(bundling).collect(),
        urgencies: Urgency::ALL.iter().map(urgency).collect(),
        procedures: current.iter().map(|version| (version.row.code.clone(), version.row.name.clone())).collect(),
        errors,
        preview,
        four_eyes: office.settings().rules.four_eyes,
        input: RungInput {
            procedure: typed.procedure,
            level: typed.level,
            share_percent: typed.share_percent,
            working_days: typed.working_days,
            acknowledge_hours: typed.acknowledge_hours,
            basis: typed.basis,
            valid_from: typed.valid_from,
        },
        c,
    }
}
