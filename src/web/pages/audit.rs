//! `/nhat-ky`: the journal, searched and in words; whether its chain is whole; and the same lines as CSV.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::web;
use serde::Deserialize;

use crate::jobs::timetable::Job;
use crate::office::audit::{AuditLine, AuditQuery, LastWalk};
use crate::office::{FieldError, Office, OfficeError, OfficeResult, Rules};
use crate::render::pages::audit::{AuditPage, AuditRow, WalkView};
use crate::render::pages::form::Choice;
use crate::render::pages::journal_words::{KINDS, kind_word, sentence};
use crate::render::pages::{Ctx, Lang};
use crate::render::tables;
use crate::web::posted::Posted;

use super::dossier_view::actor;
use super::front::Front;
use super::table_file::{TableFile, table_file};
use super::{Nothing, PageResult, encoded, jobs, shown};

const PAGE: usize = 50;
/// Lines of one CSV file.
const CSV_MAX: i64 = 50_000;
/// The job that walks the chain.
const WALK: &str = "verify";

#[derive(Debug, Default, Deserialize)]
pub struct Search {
    #[serde(flatten)]
    query: AuditQuery,
    #[serde(default)]
    truoc: String,
}

/// `GET /nhat-ky`
///
/// # Errors
/// What is wrong with the search is the page again (422); the database.
pub async fn page(front: Front, search: web::Query<Search>) -> PageResult {
    let (c, all) = (front.ctx(), Arc::clone(&front.site.jobs));
    let Search { query, truoc } = search.into_inner();
    let (status, page) = front
        .work(move |office, _| {
            let before = truoc.parse().ok();
            let most = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
            let (status, found, errors) = match office.audit(&query, before, most) {
                Ok(found) => (StatusCode::OK, found, Vec::new()),
                Err(OfficeError::Invalid(errors)) => (StatusCode::UNPROCESSABLE_ENTITY, Vec::new(), errors),
                Err(error) => return Err(error),
            };
            let walking = all.iter().find(|job| job.name == WALK).and_then(|job: &Job| job.watch().progress());
            assemble(office, c, &query, found, &errors, walking).map(|page| (status, page))
        })
        .await?;
    front.page(status, &page)
}

fn assemble(
    office: &Office,
    c: Ctx,
    query: &AuditQuery,
    mut found: Vec<AuditLine>,
    errors: &[FieldError],
    walking: Option<(u64, u64)>,
) -> OfficeResult<AuditPage> {
    let rules = office.store().read(|conn| office.rules(conn))?;
    let more = found.len() > PAGE;
    found.truncate(PAGE);
    let filters = filters(query);
    let next = found.last().filter(|_| more).map(|line| {
        let join = if filters.is_empty() { "" } else { "&" };
        format!("/nhat-ky?{filters}{join}truoc={}", line.entry.seq)
    });
    let kinds = KINDS.iter().map(|(kind, _, _)| Choice::new(*kind, kind_word(c.lang, kind), &query.kind));
    Ok(AuditPage {
        walk: office.last_walk()?.map(walk),
        walking,
        code: query.code.clone(),
        from: query.from.clone(),
        to: query.to.clone(),
        q: query.q.clone(),
        actors: actors(&rules, &c, &query.actor),
        kinds: std::iter::once(Choice::new("", c.t("Mọi loại", "Every kind"), &query.kind)).chain(kinds).collect(),
        rows: found.iter().map(|line| row(line, &rules, c.lang)).collect(),
        next,
        csv_href: if filters.is_empty() { "/nhat-ky.csv".to_owned() } else { format!("/nhat-ky.csv?{filters}") },
        errors: shown::errors(errors, c.lang),
        c,
    })
}

/// The search as it stands in an address.
fn filters(query: &AuditQuery) -> String {
    let AuditQuery { code, actor, kind, from, to, q } = query;
    let given = [("code", code), ("actor", actor), ("kind", kind), ("from", from), ("to", to), ("q", q)];
    let given = given.into_iter().filter(|(_, value)| !value.is_empty());
    given.map(|(name, value)| format!("{name}={}", encoded(value))).collect::<Vec<_>>().join("&")
}

/// Everybody who may stand in the journal, also those who left.
fn actors(rules: &Rules, c: &Ctx, chosen: &str) -> Vec<Choice> {
    let mut names: Vec<&str> = rules.accounts.values().map(|who| who.username.as_str()).collect();
    names.sort_unstable();
    let known = ["system", "cli"].into_iter().chain(names);
    let choice = |name: &str| {
        let shown = actor(name, rules, c.lang);
        let label = if matches!(name, "system" | "cli") { shown } else { format!("{name} ({shown})") };
        Choice::new(name, label, chosen)
    };
    std::iter::once(Choice::new("", c.t("Mọi người", "Everybody"), chosen)).chain(known.map(choice)).collect()
}

fn row(line: &AuditLine, rules: &Rules, lang: Lang) -> AuditRow {
    let entry = &line.entry;
    AuditRow {
        seq: entry.seq,
        at: shown::at(entry.recorded_at),
        effect: (entry.at != entry.recorded_at).then(|| shown::at(entry.at)),
        by: actor(&entry.actor, rules, lang),
        says: sentence(lang, &entry.kind, &entry.body),
        href: line.code.as_ref().map(|code| format!("/ho-so/{}", encoded(code))),
        code: line.code.clone(),
        kind: entry.kind.clone(),
        body: entry.body.clone(),
        hash: entry.hash.clone(),
    }
}

fn walk(last: LastWalk) -> WalkView {
    WalkView {
        at: last.at().map(shown::at).unwrap_or_default(),
        sound: last.is_sound(),
        entries: last.entries,
        dates: last.dates,
        broken: last.broken,
        differ: last.differ,
        days_differ: last.days_differ,
        named: last.named,
    }
}

/// `POST /nhat-ky/kiem-tra`: walks the chain as the job does.
///
/// # Errors
/// The database.
pub async fn walk_now(front: Front, _: Posted<Nothing>) -> PageResult {
    jobs::run_named(&front, WALK, "/nhat-ky").await
}

/// `GET /nhat-ky.csv`: the lines that fit, newest first.
///
/// # Errors
/// What is wrong with the search (422); the database.
pub async fn csv(front: Front, search: web::Query<Search>) -> PageResult {
    let lang = front.lang;
    table_file(&front, "csv", move |office: &Office, now| {
        let lines = office.audit(&search.query, None, CSV_MAX)?;
        let rules = office.store().read(|conn| office.rules(conn))?;
        let lines = lines.iter().map(|line| (line.entry.actor.clone(), row(line, &rules, lang))).collect();
        Ok(TableFile::new("nhat-ky", now, tables::journal(lines)))
    })
    .await
}
