//! `/viec-cua-toi`: an officer's files by what each waits for.

use std::collections::{BTreeMap, HashMap};

use actix_web::http::StatusCode;
use actix_web::web;
use serde::Deserialize;

use crate::domain::time::{Instant, civil_day};
use crate::office::delay::declarable;
use crate::office::my_work::{MyFile, WaitsFor};
use crate::office::queue::Horizon;
use crate::office::readiness::Readiness;
use crate::office::{Office, OfficeResult, Rules, grouped};
use crate::render::pages::form::{Chip, Choice};
use crate::render::pages::my_work::{Group, MyGroup, MyRow, MyWorkPage, TellBy};
use crate::render::pages::sub_deadlines::SubState;
use crate::render::pages::{Lang, phrases};
use crate::store::letters::{self, LetterKind, LetterRow};

use super::front::Front;
use super::{PageResult, shown, sub_deadlines};

/// Files of a group that are shown among the others; alone it is shown whole.
const SHOWN: usize = 25;

/// This page, for forms that lead back to it.
pub const HERE: &str = "/viec-cua-toi";

#[derive(Debug, Deserialize)]
pub struct Chosen {
    nhom: Option<String>,
}

/// `GET /viec-cua-toi?nhom`
///
/// # Errors
/// The database.
pub async fn page(front: Front, query: web::Query<Chosen>) -> PageResult {
    let (c, me) = (front.ctx(), front.caller()?.account.id.clone());
    let chosen: Option<WaitsFor> = query.nhom.as_deref().and_then(|code| code.parse().ok());
    let page = front
        .work(move |office, now| {
            let files = office.my_work(now, &me)?;
            let letters = letters_of(office, &files)?;
            let rules = office.store().read(|conn| office.rules(conn))?;
            let mut by_group: BTreeMap<WaitsFor, Vec<&MyFile>> = BTreeMap::new();
            for file in &files {
                by_group.entry(file.waits_for).or_default().push(file);
            }
            let number = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
            let href = |code: WaitsFor| format!("{HERE}?nhom={code}");
            let chip = |(code, rows): (&WaitsFor, &Vec<&MyFile>)| Chip {
                key: group(*code),
                count: number(rows.len()),
                href: href(*code),
                current: chosen == Some(*code),
            };
            let shown_group = |(code, rows): (&WaitsFor, &Vec<&MyFile>)| {
                let most = if chosen.is_some() { usize::MAX } else { SHOWN };
                MyGroup {
                    group: group(*code),
                    rows: rows.iter().take(most).map(|file| row(file, &letters, &rules, now, c.lang)).collect(),
                    all_href: (rows.len() > most).then(|| href(*code)),
                    count: number(rows.len()),
                }
            };
            let next =
                files.iter().filter_map(|file| file.tell_by.filter(|at| *at >= now).map(|at| (at, &file.row.code)));
            let reasons = &office.settings().delay_reasons;
            Ok(MyWorkPage {
                chips: by_group.iter().map(chip).collect(),
                groups: by_group
                    .iter()
                    .filter(|(code, _)| chosen.is_none_or(|one| one == **code))
                    .map(shown_group)
                    .collect(),
                count: number(files.len()),
                next_tell: next.min().map(|(at, code)| (shown::long_at(c.lang, at), code.clone())),
                reasons: reasons.iter().map(|one| Choice::new(one.code.clone(), one.name.clone(), "")).collect(),
                narrowed: chosen.is_some(),
                c,
            })
        })
        .await?;
    front.page(StatusCode::OK, &page)
}

fn group(code: WaitsFor) -> Group {
    match code {
        WaitsFor::Late => Group::Late,
        WaitsFor::Answer => Group::Answer,
        WaitsFor::Signature => Group::Signature,
        WaitsFor::Opinion => Group::Opinion,
        WaitsFor::Paper => Group::Paper,
        WaitsFor::Work => Group::Work,
        WaitsFor::Citizen => Group::Citizen,
    }
}

fn row(file: &MyFile, letters: &Letters, rules: &Rules, now: Instant, lang: Lang) -> MyRow {
    let row = &file.row;
    let procedure = rules.procedure_version(&row.procedure_id);
    let name_of = |username: &str| {
        let who = rules.accounts.values().find(|who| who.username == username);
        who.map_or_else(|| username.to_owned(), |who| who.name.clone())
    };
    let inside = sub_deadlines::views(&file.inside, rules, now, lang);
    MyRow {
        code: row.code.clone(),
        procedure: procedure.map(|version| version.row.name.clone()).unwrap_or_default(),
        applicant: row.applicant_name.clone(),
        status: shown::status(row, rules, &Horizon::of(now), lang),
        due: row.due_at.map(|at| shown::long_at(lang, at)),
        new_due: row.new_due_at.map(|at| shown::long_at(lang, at)),
        inside: inside.into_iter().filter(|sub| sub.state != SubState::NothingAsked).collect(),
        tell_by: file.tell_by.map(|at| TellBy {
            at: shown::long_at(lang, at),
            today: at >= now && civil_day(at) == civil_day(now),
            over: at < now,
        }),
        confirmed: match &file.readiness {
            Readiness::Confirmed { by, at } => Some(phrases::confirmed_by(lang, &name_of(by), &shown::at(*at))),
            Readiness::Unasked | Readiness::Asked => None,
        },
        may_confirm: file.waits_for == WaitsFor::Answer,
        may_delay: may_delay(file, letters),
        for_whom: file.for_another.then(|| shown::officer(row, rules)).flatten(),
        version: row.revision,
    }
}

/// Letters of dossiers, by the dossier's id.
type Letters = HashMap<String, Vec<LetterRow>>;

fn letters_of(office: &Office, files: &[MyFile]) -> OfficeResult<Letters> {
    let ids: Vec<String> = files.iter().map(|file| file.row.id.clone()).collect();
    let mut known = Letters::new();
    for ids in ids.chunks(500) {
        let some = office.store().read(|conn| letters::of_dossiers(conn, ids))?;
        known.extend(grouped(some, |letter| letter.dossier_id.clone()));
    }
    Ok(known)
}

/// Only the apology with its new day is asked for here, as the form says; the dossier's page has the rest.
fn may_delay(file: &MyFile, letters: &Letters) -> bool {
    let known = letters.get(&file.row.id).map(Vec::as_slice).unwrap_or_default();
    matches!(declarable(&file.row, known), Ok(LetterKind::Apology))
}
