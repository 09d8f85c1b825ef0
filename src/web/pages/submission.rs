//! `/truc-tuyen/{code}`: one online file, the desk's answers, and what its citizen's page says.

use actix_web::http::StatusCode;
use actix_web::web;
use serde::Deserialize;

use crate::domain::channel::Channel;
use crate::domain::reception::SubmissionState;
use crate::domain::role::Right;
use crate::domain::time::Instant;
use crate::office::intake::IntakeForm;
use crate::office::queue::{Horizon, would_promise};
use crate::office::submissions::{Answer, Seen};
use crate::office::{Actor, Office, OfficeError, OfficeResult};
use crate::render::pages::dossier::ApplicantView;
use crate::render::pages::intake::Flag;
use crate::render::pages::phrases::Done;
use crate::render::pages::submission::{SubmissionPage, SubmissionVerb};
use crate::render::pages::submission_status::{SubmissionStatus, SubmissionStatusPage};
use crate::render::pages::words::EventKind;
use crate::render::pages::{Ctx, Flash, FlashKind};
use crate::render::problems::refusal_text;
use crate::store::submissions::Submission;
use crate::store::{StoreError, outbox};
use crate::web::posted::Posted;
use crate::web::problem::Problem;

use super::calendar::hours;
use super::citizen::initials;
use super::dossier_view::message_view;
use super::front::Front;
use super::submissions::{status, verbs};
use super::{PageResult, encoded, may, shown};

#[derive(Debug, Default, Deserialize)]
pub struct PageQuery {
    /// The action whose form stands open.
    viec: Option<String>,
}

/// `GET /truc-tuyen/{code}`
///
/// # Errors
/// 404.
pub async fn page(front: Front, code: web::Path<String>, query: web::Query<PageQuery>) -> PageResult {
    let (c, may_act) = (front.ctx(), may(&front, Right::Intake).is_some());
    let mut page = front.work(move |office, now| assemble(office, now, &code, c, may_act)).await?;
    page.open = query.viec.as_deref().and_then(verb_named).filter(|verb| page.actions.contains(verb));
    front.page(StatusCode::OK, &page)
}

fn verb_named(slug: &str) -> Option<SubmissionVerb> {
    SubmissionVerb::ALL.into_iter().find(|verb| verb.slug() == slug)
}

/// What the forms of the page send.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Told {
    version: i32,
    note: String,
    reason: String,
}

/// `POST /truc-tuyen/{code}/{verb}`
///
/// # Errors
/// 404; what the state forbids (409) or a field lacks (422) is the file's page again.
pub async fn step(front: Front, path: web::Path<(String, String)>, Posted(told): Posted<Told>) -> PageResult {
    let (code, slug) = path.into_inner();
    let Some(verb) = verb_named(&slug) else { return Err(front.refused(OfficeError::NotFound)) };
    let (actor, here) = (front.caller()?.actor(), format!("/truc-tuyen/{}", encoded(&code)));
    let (known, asked) = (code.clone(), told.clone());
    let outcome = front.site.work(move |office, now| take(office, now, &actor, &known, verb, &asked)).await;
    let error = match outcome {
        Ok(()) => {
            return match verb {
                SubmissionVerb::Accept => front.done(Done::Accepted, &format!("/ho-so/{}", encoded(&code))),
                SubmissionVerb::SendBack => front.done(Done::SentBack, &here),
                SubmissionVerb::Complete => front.done(Done::Completed, &here),
                SubmissionVerb::Decline => front.done(Done::Declined, &here),
            };
        }
        Err(error) => error,
    };
    let (status, flash, errors) = match error {
        OfficeError::Invalid(errors) => (StatusCode::UNPROCESSABLE_ENTITY, None, errors),
        OfficeError::Refused(refusal) => {
            (StatusCode::CONFLICT, Some(refusal_text(&refusal, shown::language(front.lang))), Vec::new())
        }
        error @ OfficeError::Store(StoreError::Conflict(_)) => {
            (StatusCode::CONFLICT, Some(Problem::from(error).told(shown::language(front.lang))), Vec::new())
        }
        error @ (OfficeError::NotFound | OfficeError::Broken(_) | OfficeError::Store(_)) => {
            return Err(front.refused(error));
        }
    };
    let mut c = front.ctx();
    let mut errors = shown::errors(&errors, front.lang);
    // A field of the form that no box of this page holds, such as a procedure that ended: said above.
    let elsewhere = errors.iter().filter(|error| Some(error.field) != verb.field()).map(|error| error.message.clone());
    let flash = flash.or_else(|| elsewhere.reduce(|all, one| format!("{all} {one}")));
    errors.retain(|error| Some(error.field) == verb.field());
    c.flash = flash.map(|text| Flash { kind: FlashKind::Refused, text });
    // A link in the page must not lead to an address that can only be posted to.
    c.path = here;
    let may_act = may(&front, Right::Intake).is_some();
    let mut page = front.work(move |office, now| assemble(office, now, &code, c, may_act)).await?;
    page.open = page.actions.contains(&verb).then_some(verb);
    page.draft = if verb == SubmissionVerb::Decline { told.reason } else { told.note };
    page.errors = errors;
    front.page(status, &page)
}

fn take(
    office: &Office,
    now: Instant,
    actor: &Actor,
    code: &str,
    verb: SubmissionVerb,
    told: &Told,
) -> OfficeResult<()> {
    let seen = Seen::At { revision: told.version };
    let answer = match verb {
        SubmissionVerb::Accept => return office.accept_submission(now, actor, code, seen, None).map(|_| ()),
        SubmissionVerb::SendBack => Answer::SendBack { note: told.note.clone() },
        SubmissionVerb::Complete => Answer::Complete,
        SubmissionVerb::Decline => Answer::Decline { reason: told.reason.clone() },
    };
    office.answer_submission(now, actor, code, seen, &answer, None).map(|_| ())
}

fn assemble(office: &Office, now: Instant, code: &str, c: Ctx, may_act: bool) -> OfficeResult<SubmissionPage> {
    let one = office.submission(code)?;
    let (rules, messages) = office.store().read(|conn| {
        let messages = outbox::of_submission(conn, &one.id)?;
        OfficeResult::Ok((office.rules(conn)?, messages))
    })?;
    let open = matches!(one.state, SubmissionState::Waiting | SubmissionState::Returned);
    let procedure = rules.procedure_at(&one.procedure_code, now);
    let agreed = procedure.filter(|_| open).and_then(|version| would_promise(version, Channel::Online, now, &rules).1);
    let form: IntakeForm = serde_json::from_str(&one.form)?;
    let lang = c.lang;
    Ok(SubmissionPage {
        code: one.code.clone(),
        version: one.revision,
        procedure_code: one.procedure_code.clone(),
        procedure: procedure.map(|version| version.row.name.clone()).unwrap_or_default(),
        unit: one.unit_id.as_deref().and_then(|id| rules.unit(id)).map(|unit| unit.name.clone()).unwrap_or_default(),
        applicant: ApplicantView {
            name: one.applicant_name.clone(),
            phone: one.applicant_phone.clone().unwrap_or_default(),
            email: one.applicant_email.clone().unwrap_or_default(),
            address: form.applicant_address.clone(),
        },
        flags: flags(&form),
        status: status(&one, &rules, &Horizon::of(now), lang),
        submitted: shown::long_at(lang, one.submitted_at),
        counted_from: (one.counted_from > one.submitted_at).then(|| shown::long_at(lang, one.counted_from)),
        due: shown::long_at(lang, one.due_at),
        basis: one.basis.clone(),
        note: Some(one.note.clone()).filter(|note| !note.is_empty()),
        promise: agreed.map(|agreed| shown::long_at(lang, agreed.promise.due_at)),
        history: history(&one),
        messages: messages.iter().map(message_view).collect(),
        actions: if may_act { verbs(&one) } else { Vec::new() },
        open: None,
        draft: String::new(),
        errors: Vec::new(),
        dossier_href: one.dossier_id.as_ref().map(|_| format!("/ho-so/{}", encoded(&one.code))),
        citizen_href: format!("/tra-cuu/{}", one.status_token),
        c,
    })
}

fn flags(form: &IntakeForm) -> Vec<Flag> {
    let on = |flag: &Flag| match flag {
        Flag::PaperSupplement => form.paper_supplement,
        Flag::PresenceRequired => form.presence_required,
        Flag::FeeDue => form.fee_due,
        Flag::PaidOnline => form.paid_online,
        Flag::CrossBoundary => form.cross_boundary,
    };
    Flag::ALL.into_iter().filter(on).collect()
}

/// What happened so far, oldest first.
fn history(one: &Submission) -> Vec<(String, EventKind)> {
    let completed = Some(one.counted_from).filter(|from| *from > one.submitted_at);
    let decided = match one.state {
        SubmissionState::Declined => EventKind::NotAccepted,
        SubmissionState::Accepted | SubmissionState::Waiting | SubmissionState::Returned => EventKind::Received,
    };
    let steps = [
        (Some(one.submitted_at), EventKind::SubmittedOnline),
        (one.returned_at, EventKind::SentBack),
        (completed, EventKind::Completed),
        (one.decided_at, decided),
    ];
    steps.into_iter().filter_map(|(at, kind)| Some((shown::at(at?), kind))).collect()
}

/// The citizen's page while the file is no dossier.
///
/// # Errors
/// The database.
pub fn for_the_citizen(office: &Office, now: Instant, one: &Submission, c: Ctx) -> OfficeResult<SubmissionStatusPage> {
    let rules = office.store().read(|conn| office.rules(conn))?;
    let procedure = rules.procedure_at(&one.procedure_code, one.submitted_at);
    let state = match one.state {
        SubmissionState::Returned => SubmissionStatus::SentBack,
        SubmissionState::Declined => SubmissionStatus::NotAccepted,
        SubmissionState::Waiting | SubmissionState::Accepted if now > one.due_at => SubmissionStatus::Late,
        SubmissionState::Waiting | SubmissionState::Accepted => SubmissionStatus::Waiting,
    };
    let waits = matches!(state, SubmissionStatus::Waiting | SubmissionStatus::Late);
    let head = office.store().read(|conn| office.letterhead(conn))?;
    Ok(SubmissionStatusPage {
        initials: initials(&one.applicant_name),
        code: one.code.clone(),
        procedure: procedure.map(|version| version.row.name.clone()).unwrap_or_default(),
        state,
        submitted: shown::long_at(c.lang, one.submitted_at),
        due: waits.then(|| shown::long_at(c.lang, one.due_at)),
        note: Some(one.note.clone()).filter(|note| !waits && !note.is_empty()),
        history: history(one),
        centre_phone: head.phone,
        centre_address: format!("{}, {}", office.settings().agency.name, head.address),
        office_hours: hours(office.settings(), c.lang).join("; "),
        c,
    })
}
