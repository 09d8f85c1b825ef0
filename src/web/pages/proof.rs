//! `/ho-so/{code}/bang-chung`: what was told about a file, tried and answered, in the order of time.

mod items;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};

use crate::domain::role::Right;
use crate::domain::time::Instant;
use crate::office::proof_of::{ApologyTold, Evidence, Judged};
use crate::office::queue::Horizon;
use crate::office::{Office, OfficeResult, Rules};
use crate::render::pages::phrases::{self, Done};
use crate::render::pages::proof::{ProofPage, VerdictView};
use crate::render::pages::words::ToldWord;
use crate::render::pages::{Ctx, Lang};
use crate::web::api;
use crate::web::posted::Posted;

use super::front::Front;
use super::{Nothing, PageResult, encoded, may, shown};
use items::Maker;
pub use items::saying;

/// `GET /ho-so/{code}/bang-chung`
///
/// # Errors
/// 404.
pub async fn page(front: Front, code: web::Path<String>) -> PageResult {
    let (c, may_see) = (front.ctx(), may(&front, Right::Progress).is_some());
    let page = front.work(move |office, now| assemble(office, now, &code, c, may_see)).await?;
    front.page(StatusCode::OK, &page)
}

/// `GET /ho-so/{code}/bang-chung.json`: the same for machines.
///
/// # Errors
/// 404.
pub async fn json(front: Front, code: web::Path<String>) -> PageResult {
    let proof = front.work(move |office, now| api::proof::proof(office, now, &code)).await?;
    Ok(HttpResponse::Ok().insert_header(("Cache-Control", "no-store")).json(proof))
}

/// `POST /ho-so/{code}/nguoi-dan/{id}/da-doc`: somebody read what the citizen wrote.
///
/// # Errors
/// 404 when there is nothing that nobody read.
pub async fn seen(front: Front, path: web::Path<(String, String)>, _: Posted<Nothing>) -> PageResult {
    let (code, id) = path.into_inner();
    let (actor, to) = (front.caller()?.actor(), format!("/ho-so/{}", encoded(&code)));
    front.work(move |office, now| office.see_citizen_message(now, &actor, &code, &id)).await?;
    front.done(Done::Step, &to)
}

fn assemble(office: &Office, now: Instant, code: &str, c: Ctx, may_see: bool) -> OfficeResult<ProofPage> {
    let evidence = office.evidence(now, code)?;
    let rules = office.store().read(|conn| office.rules(conn))?;
    let row = &evidence.whole.row;
    let lang = c.lang;
    let reasons = &office.settings().delay_reasons;
    let maker = Maker { evidence: &evidence, rules: &rules, reasons, c: &c, may_see };
    let items = evidence.lines().into_iter().filter_map(|(at, line)| maker.item(at, line)).collect();
    let procedure = rules.procedure_version(&row.procedure_id);
    Ok(ProofPage {
        code: row.code.clone(),
        procedure: procedure.map(|version| version.row.name.clone()).unwrap_or_default(),
        unit: row.unit_id.as_deref().and_then(|id| rules.unit(id)).map(|unit| unit.name.clone()).unwrap_or_default(),
        officer: shown::officer(row, &rules),
        verdict: verdict(&evidence, &rules, now, lang),
        items,
        made: shown::at(now),
        c,
    })
}

fn verdict(evidence: &Evidence, rules: &Rules, now: Instant, lang: Lang) -> VerdictView {
    let (row, judged) = (&evidence.whole.row, &evidence.judged);
    let long = |at: Option<Instant>| at.map(|at| shown::long_at(lang, at));
    let late = |days: Option<u32>| days.map(|days| phrases::working_days_late(lang, Some(days)));
    let (told, told_at) = told(judged, lang);
    VerdictView {
        status: shown::status(row, rules, &Horizon::of(now), lang),
        received: shown::long_at(lang, row.received_at),
        due: long(row.due_at),
        new_due: long(row.new_due_at),
        closed: long(row.closed_at),
        late: late(judged.late),
        late_again: late(judged.late_again),
        told,
        told_at,
        reached: long(judged.reached_at),
    }
}

fn told(judged: &Judged, lang: Lang) -> (ToldWord, Option<String>) {
    let at = |at| Some(shown::long_at(lang, at));
    match judged.apology {
        ApologyTold::NotOwed => (ToldWord::NotOwed, None),
        ApologyTold::Missing => (ToldWord::Missing, None),
        ApologyTold::DayBefore { at: told } => (ToldWord::DayBefore, at(told)),
        ApologyTold::SameDay { at: told } => (ToldWord::SameDay, at(told)),
        ApologyTold::After { at, working_days } => {
            let after = phrases::working_days_late(lang, Some(working_days));
            (ToldWord::After, Some(format!("{} · {after}", shown::long_at(lang, at))))
        }
    }
}
