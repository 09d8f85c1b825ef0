//! `/ho-so/{code}`: one dossier, and the steps taken on it.

use actix_web::http::StatusCode;
use actix_web::web;
use serde::Deserialize;

use crate::domain::dossier::{ElectronicResult, ResultOutcome, Step};
use crate::domain::time::Instant;
use crate::office::delay::DelayForm;
use crate::office::loss::LossForm;
use crate::office::reassign::ReassignForm;
use crate::office::seen::{Need, one_line};
use crate::office::sub_deadlines::consultation;
use crate::office::{Actor, FieldError, Office, OfficeError, OfficeResult, Problem as Trouble};
use crate::render::pages::dossier::{ActionDraft, Verb};
use crate::render::pages::phrases::Done;
use crate::web::posted::Posted;

use super::again::Again;
use super::dossier_view::{self, May};
use super::front::Front;
use super::{PageResult, encoded, my_work, shown};

/// `GET /ho-so/{code}`
///
/// # Errors
/// 404.
pub async fn page(front: Front, code: web::Path<String>, query: web::Query<Opened>) -> PageResult {
    let (c, may) = (front.ctx(), May::of(front.caller()?));
    let wanted = Verb::ALL.into_iter().find(|verb| query.mo.as_deref() == Some(verb.slug()));
    let page = front
        .work(move |office, now| {
            let mut page = dossier_view::assemble(office, now, &code, c, may)?;
            page.open = wanted.filter(|verb| page.actions.contains(verb));
            if page.open == Some(Verb::Delay) {
                // The day that the policy would give, to be changed where another is better.
                let day = office.proposed_day(now, &office.whole(&code)?.row)?;
                page.draft.new_due_on = day.map(|day| day.to_string()).unwrap_or_default();
            }
            Ok(page)
        })
        .await?;
    front.page(StatusCode::OK, &page)
}

/// Which action is shown open.
#[derive(Debug, Default, Deserialize)]
pub struct Opened {
    mo: Option<String>,
}

/// What the forms of the page send; each step reads its own fields.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Told {
    version: i32,
    note: String,
    reason: String,
    reason_code: String,
    new_due_on: String,
    outcome: String,
    e_result: bool,
    body: String,
    content: String,
    due_on: String,
    number: i32,
    kind: String,
    what_happened: String,
    remedy: String,
    /// The page to come back to, one of ours.
    back: String,
    unit: String,
    officer: String,
}

impl Told {
    /// What was written by hand.
    fn texts(&self) -> Vec<String> {
        let texts = [&self.note, &self.reason, &self.body, &self.content, &self.what_happened, &self.remedy];
        texts.into_iter().filter(|text| !text.trim().is_empty()).cloned().collect()
    }
}

/// `POST /ho-so/{code}/{verb}`
///
/// # Errors
/// 404; what the stage forbids (409) or a field lacks (422) is the dossier's page again.
pub async fn step(front: Front, path: web::Path<(String, String)>, Posted(told): Posted<Told>) -> PageResult {
    let (code, slug) = path.into_inner();
    let Some(verb) = Verb::ALL.into_iter().find(|verb| verb.slug() == slug) else {
        return Err(front.refused(OfficeError::NotFound));
    };
    let (actor, to) = (front.caller()?.actor(), format!("/ho-so/{}", encoded(&code)));
    let (known, asked) = (code.clone(), told.clone());
    let outcome = front.site.work(move |office, now| take(office, now, &actor, &known, verb, &asked)).await;
    let error = match outcome {
        Ok(()) if told.back == my_work::HERE => return front.done(Done::Step, my_work::HERE),
        Ok(()) => return front.done(Done::Step, &to),
        Err(error) => error,
    };
    let Again { status, errors, outrun, c } = Again::of(&front, error, to.clone(), &to)?;
    let (may, version, lang) = (May::of(front.caller()?), told.version, front.lang);
    let mut page = front
        .work(move |office, now| {
            let mut page = dossier_view::assemble(office, now, &code, c, may)?;
            if outrun {
                let rules = office.store().read(|conn| office.rules(conn))?;
                page.since = dossier_view::since(&office.whole(&code)?, version, &rules, lang);
            }
            Ok(page)
        })
        .await?;
    page.open = page.actions.contains(&verb).then_some(verb);
    page.choose_reason(&told.reason_code);
    let typed = if page.open.is_none() { told.texts() } else { Vec::new() };
    page.draft = ActionDraft {
        note: told.note,
        reason: told.reason,
        new_due_on: told.new_due_on,
        body: told.body,
        content: told.content,
        due_on: told.due_on,
        what_happened: told.what_happened,
        remedy: told.remedy,
        typed,
    };
    if verb == Verb::Reassign {
        page.holders.choose(&told.unit, &told.officer);
    }
    page.errors = shown::errors(&errors, front.lang);
    front.page(status, &page)
}

fn take(office: &Office, now: Instant, actor: &Actor, code: &str, verb: Verb, told: &Told) -> OfficeResult<()> {
    let note = |need| one_line("note", &told.note, need);
    let step = match verb {
        Verb::Delay => {
            let form = DelayForm {
                reason_code: told.reason_code.clone(),
                reason: one_line("reason", &told.reason, Need::Required)?,
                new_due_on: Some(told.new_due_on.clone()),
            };
            office.declare_delay_seen(now, actor, code, told.version, &form)?;
            return Ok(());
        }
        Verb::Loss => {
            let form = LossForm {
                kind: told.kind.clone(),
                what_happened: one_line("what_happened", &told.what_happened, Need::Required)?,
                remedy: one_line("remedy", &told.remedy, Need::Required)?,
                new_due_on: told.new_due_on.clone(),
                seen: Some(told.version),
            };
            office.apologise_for_loss(now, actor, code, &form, None)?;
            return Ok(());
        }
        Verb::Reassign => {
            let form =
                ReassignForm { unit: told.unit.clone(), officer: told.officer.clone(), reason: told.reason.clone() };
            office.reassign_seen(now, actor, code, told.version, &form)?;
            return Ok(());
        }
        Verb::SupplementRequest => Step::RequestSupplement { note: note(Need::Required)? },
        Verb::Supplement => Step::ReceiveSupplement,
        Verb::ObligationRequest => Step::RequestObligation { note: note(Need::Required)? },
        Verb::Obligation => Step::MeetObligation,
        Verb::Result => Step::Resolve { outcome: outcome(&told.outcome)?, electronic: electronic(told) },
        Verb::Return => Step::Return,
        Verb::Withdrawal => Step::Withdraw { reason: note(Need::Optional)? },
        Verb::Stop => Step::Stop { reason: one_line("reason", &told.reason, Need::Required)? },
        Verb::HandOver => Step::HandOver,
        Verb::Consultation => consultation(&told.body, &told.content, &told.due_on)?,
        Verb::ConsultationAnswer => Step::AnswerConsultation { number: told.number },
        Verb::Ready => Step::ConfirmReady,
    };
    office.step_seen(now, actor, code, told.version, &step)?;
    Ok(())
}

fn outcome(text: &str) -> OfficeResult<ResultOutcome> {
    text.parse().map_err(|_| FieldError::new("outcome", text, Trouble::UnknownOutcome).into())
}

fn electronic(told: &Told) -> ElectronicResult {
    if told.e_result { ElectronicResult::Issued } else { ElectronicResult::PaperOnly }
}
