//! `/ho-so/moi`: log a file.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, web};
use serde::{Deserialize, Serialize};

use crate::domain::channel::Channel;
use crate::domain::limit::Limit;
use crate::domain::time::{Instant, parse_instant};
use crate::office::intake::IntakeForm;
use crate::office::once::Once;
use crate::office::queue::would_promise;
use crate::office::rules::ProcedureVersion;
use crate::office::terms::ByLaw;
use crate::office::{FieldError, Office, OfficeError, OfficeResult, Problem as Trouble, Refusal, Rules, ids};
use crate::render::pages::intake::{Earlier, Flag, IntakeInput, IntakePage, Left, ProcedureOption};
use crate::render::pages::phrases::{self, Done};
use crate::render::pages::{Ctx, Flash, FlashKind, Lang};
use crate::render::paper_lines;
use crate::store::dossiers::DossierRow;
use crate::web::posted::Posted;
use crate::web::visits::Wait;

use super::front::Front;
use super::intake_help::earlier;
use super::{PageResult, encoded, shown};

/// The form as typed.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
#[expect(clippy::struct_excessive_bools, reason = "independent boxes to tick, as the law lists them")]
pub struct Typed {
    step: String,
    idempotency_key: String,
    procedure_code: String,
    applicant_name: String,
    applicant_phone: String,
    applicant_email: String,
    applicant_address: String,
    contact_ways: String,
    channel: String,
    received_at: String,
    code: String,
    unit: String,
    officer: String,
    paper_supplement: bool,
    presence_required: bool,
    fee_due: bool,
    paid_online: bool,
    cross_boundary: bool,
    filed_by: String,
    representative_name: String,
    representative_phone: String,
    addressee: String,
    papers: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Begin {
    /// Goes on with what was left half filled in.
    #[serde(rename = "nhap-do")]
    again: Option<String>,
}

/// `GET /ho-so/moi`: empty, since the next citizen stands there; what was left half filled in is offered, and
/// comes back with `?nhap-do`.
///
/// # Errors
/// The database.
pub async fn form(front: Front, begin: web::Query<Begin>) -> PageResult {
    let c = front.ctx();
    let account_id = front.caller()?.account.id.clone();
    let page = front
        .work(move |office, now| {
            let draft = office.draft_of(now, &account_id)?;
            let kept = draft.as_ref().and_then(|draft| serde_json::from_str::<Typed>(&draft.body).ok());
            let left = kept
                .as_ref()
                .and(draft.as_ref())
                .map(|draft| Left { at: shown::at(draft.saved_at), is_back: begin.again.is_some() });
            let fresh = || Typed { channel: Channel::Counter.to_string(), ..Typed::default() };
            let typed = kept.filter(|_| begin.again.is_some()).unwrap_or_else(fresh);
            let page = assemble(office, now, c, typed, &[])?;
            Ok(IntakePage { left, ..page })
        })
        .await?;
    front.page(StatusCode::OK, &page)
}

/// `POST /ho-so`
///
/// # Errors
/// The database; wrong fields are the form again, 422.
pub async fn submit(front: Front, request: HttpRequest, Posted(typed): Posted<Typed>) -> PageResult {
    let c = front.ctx();
    let account = front.caller()?;
    let (actor, account_id) = (account.actor(), account.account.id.clone());
    let username = account.account.username.clone();
    let asked = (typed.step == "find").then(|| front.site.lookups.ask(&account_id, front.site.now()));
    let answer = front
        .work(move |office, now| {
            if typed.step == "preview" {
                return Ok(Err((StatusCode::OK, assemble(office, now, c, typed, &[])?)));
            }
            if let Some(asked) = asked {
                let found = match asked {
                    Ok(()) => Earlier::Found(earlier(office, &username, typed.known_by())?),
                    Err(Wait(seconds)) => Earlier::TooOften(seconds),
                };
                let page = assemble(office, now, c, typed, &[])?;
                return Ok(Err((StatusCode::OK, IntakePage { earlier: Some(found), ..page })));
            }
            if let Some(code) = typed.step.strip_prefix("take:") {
                let typed = typed.clone().of_earlier(&office.whole(code)?.row);
                return Ok(Err((StatusCode::OK, assemble(office, now, c, typed, &[])?)));
            }
            let form = match typed.form() {
                Ok(form) => form,
                Err(error) => {
                    return Ok(Err((StatusCode::UNPROCESSABLE_ENTITY, assemble(office, now, c, typed, &[error])?)));
                }
            };
            let once = (!typed.idempotency_key.is_empty())
                .then(|| Once::new(&account_id, &typed.idempotency_key, &format!("{typed:?}")));
            match office.log_dossier_once(now, &actor, &form, once.as_ref()) {
                Ok(row) => Ok(Ok(row.code)),
                Err(OfficeError::Invalid(errors)) => {
                    Ok(Err((StatusCode::UNPROCESSABLE_ENTITY, assemble(office, now, c, typed, &errors)?)))
                }
                // The key was used for another file: what is typed now may be one of its own.
                Err(OfficeError::Refused(Refusal::KeyReused)) => {
                    let typed = Typed { idempotency_key: String::new(), ..typed };
                    let flash = Flash { kind: FlashKind::Refused, text: phrases::logged_before(c.lang) };
                    let c = Ctx { flash: Some(flash), ..c };
                    Ok(Err((StatusCode::CONFLICT, assemble(office, now, c, typed, &[])?)))
                }
                Err(error) => Err(error),
            }
        })
        .await?;
    match answer {
        // The button says so: logged, and on to the receipt, which leads to the dossier and the next file.
        Ok(code) => {
            let to = format!("/ho-so/{}/bien-nhan", encoded(&code));
            let mut answer = front.done(Done::Logged, &to)?;
            if wants_json(&request) {
                // The script of the page goes there by itself, and can tell this from a page of another kind.
                *answer.status_mut() = StatusCode::CREATED;
                return Ok(answer);
            }
            Ok(answer)
        }
        Err((status, page)) => front.page(status, &page),
    }
}

impl Typed {
    /// What somebody who was here before is looked for by.
    fn known_by(&self) -> &str {
        if self.applicant_phone.is_empty() { &self.applicant_name } else { &self.applicant_phone }
    }

    fn form(&self) -> Result<IntakeForm, FieldError> {
        let papers = paper_lines::read(&self.papers)
            .map_err(|line| FieldError::new("papers", &self.papers, Trouble::NotAPaper { line }))?;
        Ok(IntakeForm {
            procedure_code: self.procedure_code(),
            channel: self.channel.clone(),
            applicant_name: self.applicant_name.clone(),
            applicant_phone: self.applicant_phone.clone(),
            applicant_email: self.applicant_email.clone(),
            applicant_address: self.applicant_address.clone(),
            contact_ways: self.contact_ways.clone(),
            received_at: self.received_at.clone(),
            code: self.code.clone(),
            unit: self.unit.clone(),
            officer: self.officer.clone(),
            paper_supplement: self.paper_supplement,
            presence_required: self.presence_required,
            fee_due: self.fee_due,
            paid_online: self.paid_online,
            cross_boundary: self.cross_boundary,
            filed_by: self.filed_by.clone(),
            representative_name: self.representative_name.clone(),
            representative_phone: self.representative_phone.clone(),
            addressee: self.addressee.clone(),
            papers,
        })
    }

    /// The key under which the dossier exists once.
    pub fn key(&self) -> &str {
        &self.idempotency_key
    }

    /// With the applicant of an earlier dossier.
    fn of_earlier(self, row: &DossierRow) -> Self {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        Self {
            applicant_name: row.applicant_name.clone(),
            applicant_phone: text(&row.applicant_phone),
            applicant_email: text(&row.applicant_email),
            applicant_address: text(&row.applicant_address),
            ..self
        }
    }

    /// The code before any name that a list put behind it.
    fn procedure_code(&self) -> String {
        self.procedure_code.split_whitespace().next().unwrap_or_default().to_owned()
    }

    fn flags(&self) -> Vec<String> {
        let on = |flag: &Flag| match flag {
            Flag::PaperSupplement => self.paper_supplement,
            Flag::PresenceRequired => self.presence_required,
            Flag::FeeDue => self.fee_due,
            Flag::PaidOnline => self.paid_online,
            Flag::CrossBoundary => self.cross_boundary,
        };
        Flag::ALL.iter().filter(|flag| on(flag)).map(|flag| flag.name().to_owned()).collect()
    }
}

fn assemble(office: &Office, now: Instant, c: Ctx, typed: Typed, errors: &[FieldError]) -> OfficeResult<IntakePage> {
    let rules = office.store().read(|conn| office.rules(conn))?;
    let at = parse_instant(&typed.received_at).unwrap_or(now);
    let channel = typed.channel.parse().unwrap_or(Channel::Counter);
    let preview = rules
        .procedure_at(&typed.procedure_code(), at)
        .map(|version| option(version, channel, Some(at), &rules, c.lang));
    let current = rules.current_procedures(now);
    let procedures = current.into_iter().map(|version| option(version, channel, None, &rules, c.lang)).collect();
    let key = if typed.idempotency_key.is_empty() { ids::secret()? } else { typed.idempotency_key.clone() };
    Ok(IntakePage {
        idempotency_key: key,
        procedures,
        preview,
        ways: shown::ways(c.lang, &typed.contact_ways),
        units: shown::units(&rules, phrases::unit_by_procedure(c.lang), &typed.unit),
        officers: shown::officers(&rules, phrases::officer_by_unit(c.lang), &typed.officer),
        errors: shown::errors(errors, c.lang),
        input: IntakeInput {
            flags: typed.flags(),
            procedure: typed.procedure_code,
            applicant_name: typed.applicant_name,
            applicant_phone: typed.applicant_phone,
            applicant_email: typed.applicant_email,
            applicant_address: typed.applicant_address,
            channel: typed.channel,
            received_at: typed.received_at,
            code: typed.code,
            filed_by: typed.filed_by,
            representative_name: typed.representative_name,
            representative_phone: typed.representative_phone,
            addressee: typed.addressee,
            papers: typed.papers,
        },
        earlier: None,
        left: None,
        c,
    })
}

/// Whether the script of the page asks, which cannot follow where it is led.
fn wants_json(request: &HttpRequest) -> bool {
    let accept = request.headers().get(actix_web::http::header::ACCEPT).and_then(|value| value.to_str().ok());
    accept == Some("application/json")
}

/// A procedure and, when received at `at`, its limits and its promise.
pub fn option(
    version: &ProcedureVersion,
    channel: Channel,
    at: Option<Instant>,
    rules: &Rules,
    lang: Lang,
) -> ProcedureOption {
    let (terms, agreed) = at.map(|at| would_promise(version, channel, at, rules)).unwrap_or_default();
    let words = |limit: Limit| phrases::limit(lang, i64::from(limit.value()), limit.unit());
    let by_law = agreed.as_ref().and_then(|agreed| match &agreed.by_law {
        ByLaw::Later(statutory) => Some(statutory.due_at),
        ByLaw::Promised | ByLaw::Unknown => None,
    });
    ProcedureOption {
        code: version.row.code.clone(),
        name: version.row.name.clone(),
        limit: terms.statutory.map(words),
        commitment: terms.commitment.map(words),
        promise: agreed.map(|agreed| {
            let at = shown::long_at(lang, agreed.promise.due_at);
            if agreed.promise.provisional { phrases::provisionally(lang, &at) } else { at }
        }),
        by_law: by_law.map(|at| shown::long_at(lang, at)),
    }
}
