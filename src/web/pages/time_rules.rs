//! `/quy-tac`: time rules by kind with their versions, and the form that proposes a change.

use std::collections::HashMap;

use actix_web::http::StatusCode;
use actix_web::web;
use serde::Deserialize;

use crate::domain::time::{Instant, civil_day, day_begins};
use crate::domain::time_rule::{NoticeLevel, RuleKind};
use crate::office::proposals::{Change, Proposed};
use crate::office::time_rule_file::RuleTyped;
use crate::office::{FieldError, Office, OfficeResult, Rules};
use crate::render::pages::form::Choice;
use crate::render::pages::procedures::ChangePreview;
use crate::render::pages::time_rules::{
    RuleGroup, RuleInput, RuleVersionView, RuleView, TimeRuleFormPage, TimeRulesPage,
};
use crate::render::pages::{Ctx, Lang, rule_words, time};
use crate::store::time_rules::TimeRule;
use crate::web::posted::Posted;

use super::front::Front;
use super::procedure_change::{confidences, rules_at, sectors, today, units};
use super::{PageResult, changes, encoded, may_lead, shown};

/// `GET /quy-tac`
///
/// # Errors
/// The database.
pub async fn page(front: Front) -> PageResult {
    let c = front.ctx();
    let may_change = may_lead(&front);
    let page = front
        .work(move |office, now| {
            let rules = rules_at(office)?;
            let group = |kind: &RuleKind| group(*kind, &rules, c.lang, now);
            Ok(TimeRulesPage { groups: RuleKind::ALL.iter().map(group).collect(), may_change, c })
        })
        .await?;
    front.page(StatusCode::OK, &page)
}

fn group(kind: RuleKind, rules: &Rules, lang: Lang, now: Instant) -> RuleGroup {
    let (name, article) = rule_words::rule(lang, kind);
    let mut places: Vec<(&str, &str)> = Vec::new();
    for rule in rules.time_rules.iter().filter(|rule| rule.kind == kind) {
        if !places.contains(&(&rule.area, &rule.sector)) {
            places.push((&rule.area, &rule.sector));
        }
    }
    let view = |(area, sector): (&str, &str)| {
        let mut versions: Vec<&TimeRule> = rules
            .time_rules
            .iter()
            .filter(|rule| (rule.kind, rule.area.as_str(), rule.sector.as_str()) == (kind, area, sector))
            .collect();
        versions.sort_by_key(|rule| std::cmp::Reverse((rule.valid_from, rule.version)));
        let areas = rules.agencies.first().map_or("", |agency| agency.area.as_str());
        RuleView {
            area: rule_words::area(lang, area),
            sector: rule_words::sector(lang, sector),
            here: area.is_empty() || areas.lines().any(|known| known == area),
            edit: format!("/quy-tac/sua?kind={kind}&area={}&sector={}", encoded(area), encoded(sector)),
            versions: version_views(&versions, lang, now),
        }
    };
    RuleGroup { name: name.to_owned(), article: article.to_owned(), rules: places.into_iter().map(view).collect() }
}

/// The versions of one rule, which come newest first.
fn version_views(versions: &[&TimeRule], lang: Lang, now: Instant) -> Vec<RuleVersionView> {
    let today = civil_day(now);
    let holding = versions.iter().find(|rule| rule.valid_from <= today).map(|rule| rule.version);
    let later = std::iter::once(None).chain(versions.iter().map(|rule| Some(rule.valid_from)));
    let view = |(rule, next): (&&TimeRule, Option<chrono::NaiveDate>)| RuleVersionView {
        number: rule.version.to_string(),
        standing: changes::standing(
            day_begins(rule.valid_from),
            next.map(day_begins),
            holding == Some(rule.version),
            now,
        ),
        from: time::date(rule.valid_from),
        limit: rule_words::rule_limit(lang, rule.limit_value, rule.limit_unit),
        notice: rule_words::notice(lang, rule.notice).to_owned(),
        basis: rule.basis.clone(),
        confidence: rule_words::confidence(lang, &rule.confidence),
        confirmed: rule.confidence == "confirmed",
        entered_by: rule_words::author(lang, &rule.entered_by),
        approved_by: rule_words::author(lang, &rule.approved_by),
    };
    versions.iter().zip(later).map(view).collect()
}

/// Which rule the form is to be filled with.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct RuleQuery {
    kind: String,
    area: String,
    sector: String,
}

/// `GET /quy-tac/sua`
///
/// # Errors
/// The database.
pub async fn form(front: Front, query: web::Query<RuleQuery>) -> PageResult {
    let c = front.ctx();
    let page = front
        .work(move |office, now| {
            let rules = rules_at(office)?;
            let known = rules.time_rules.iter().filter(|rule| {
                (rule.kind.as_str(), &rule.area, &rule.sector) == (query.kind.as_str(), &query.area, &query.sector)
            });
            let filled = known.max_by_key(|rule| rule.version).map(|rule| RuleTyped {
                kind: rule.kind.to_string(),
                area: rule.area.clone(),
                sector: rule.sector.clone(),
                limit_value: rule.limit_value.map(|value| value.to_string()).unwrap_or_default(),
                limit_unit: rule.limit_unit.map(|unit| unit.to_string()).unwrap_or_default(),
                notice: rule.notice.to_string(),
                basis: rule.basis.clone(),
                confidence: rule.confidence.clone(),
                valid_from: today(now),
            });
            let typed = filled.unwrap_or_else(|| RuleTyped { valid_from: today(now), ..RuleTyped::default() });
            Ok(assemble(office, &rules, c, typed, Ok(None)))
        })
        .await?;
    front.page(StatusCode::OK, &page)
}

type Fields = HashMap<String, String>;

enum Answer {
    Again(StatusCode, Box<TimeRuleFormPage>),
    Sent(Proposed),
}

/// `POST /quy-tac`
///
/// # Errors
/// The database; wrong fields are the form again, 422.
pub async fn submit(front: Front, Posted(fields): Posted<Fields>) -> PageResult {
    let c = front.ctx();
    let actor = front.caller()?.actor();
    let text = |name: &str| fields.get(name).cloned().unwrap_or_default();
    let typed = RuleTyped {
        kind: text("kind"),
        area: text("area"),
        sector: text("sector"),
        limit_value: text("limit_value"),
        limit_unit: text("limit_unit"),
        notice: text("notice"),
        basis: text("basis"),
        confidence: text("confidence"),
        valid_from: text("valid_from"),
    };
    let proposes = text("step") == "propose";
    let answer = front.work(move |office, now| answer(office, c, now, &actor, &typed, proposes)).await?;
    match answer {
        Answer::Again(status, page) => front.page(status, page.as_ref()),
        Answer::Sent(proposed) => changes::sent(&front, &proposed, "/quy-tac"),
    }
}

fn answer(
    office: &Office,
    c: Ctx,
    now: Instant,
    actor: &crate::office::Actor,
    typed: &RuleTyped,
    proposes: bool,
) -> OfficeResult<Answer> {
    let rules = rules_at(office)?;
    let again =
        |status, c, outcome| Answer::Again(status, Box::new(assemble(office, &rules, c, typed.clone(), outcome)));
    match typed.change(&rules, now) {
        Err(errors) => Ok(again(StatusCode::UNPROCESSABLE_ENTITY, c, Err(errors))),
        Ok(change) if proposes => Ok(Answer::Sent(office.propose(now, actor, &Change::TimeRules(change))?)),
        Ok(change) => {
            let preview = changes::time_rules(c.lang, &change, &rules, now);
            Ok(again(StatusCode::OK, c, Ok(Some(preview))))
        }
    }
}

fn assemble(
    office: &Office,
    rules: &Rules,
    c: Ctx,
    typed: RuleTyped,
    outcome: Result<Option<ChangePreview>, Vec<FieldError>>,
) -> TimeRuleFormPage {
    let (preview, errors) = match outcome {
        Ok(preview) => (preview, Vec::new()),
        Err(errors) => (None, shown::errors(&errors, c.lang)),
    };
    let kind = |kind: &RuleKind| {
        let (name, article) = rule_words::rule(c.lang, *kind);
        Choice::new(kind.as_str(), format!("{name} ({article})"), &typed.kind)
    };
    let notice = |level: &NoticeLevel| Choice::new(level.as_str(), rule_words::notice(c.lang, *level), &typed.notice);
    let mut areas: Vec<String> = rules.time_rules.iter().map(|rule| rule.area.clone()).collect();
    areas.extend(office.settings().agency.areas.iter().cloned());
    areas.retain(|area| !area.is_empty());
    areas.sort();
    areas.dedup();
    TimeRuleFormPage {
        kinds: RuleKind::ALL.iter().map(kind).collect(),
        units: units(c.lang, &typed.limit_unit),
        notices: NoticeLevel::ALL.iter().map(notice).collect(),
        confidences: confidences(c.lang, &typed.confidence),
        sectors: sectors(rules),
        areas,
        errors,
        preview,
        four_eyes: office.settings().rules.four_eyes,
        input: RuleInput {
            area: typed.area,
            sector: typed.sector,
            limit_value: typed.limit_value,
            basis: typed.basis,
            valid_from: typed.valid_from,
        },
        c,
    }
}
