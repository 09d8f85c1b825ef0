//! `/tra-cuu/{token}`: the page behind the receipt's QR code. No personal data beyond initials.

use std::net::IpAddr;

use actix_web::http::{StatusCode, header};
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;

use crate::domain::dossier::StageName;
use crate::domain::sub_deadline::SubDeadlineKind;
use crate::domain::time::Instant;
use crate::domain::timeliness::Timeliness;
use crate::office::citizen_says::ContactSaid;
use crate::office::look::{Whole, verdict};
use crate::office::{Office, OfficeError, OfficeResult};
use crate::render::letter::LetterFacts;
use crate::render::pages::Ctx;
use crate::render::pages::citizen::{
    CitizenLetter, CitizenNotePage, CitizenPage, CitizenState, InCharge, Note, SaidBefore, Saying, SayingDraft,
};
use crate::render::pages::words::{EventKind, MessageKind};
use crate::store::citizen_messages::{self, CitizenMessageKind};
use crate::store::letters::{LetterKind, LetterRow};
use crate::store::sub_deadlines::SubDeadline;
use crate::web::api::letters::pdf_response;
use crate::web::posted::Posted;
use crate::web::visits::{Wait, visitor};

use super::calendar::hours;
use super::dossier_view::{self, event_kind};
use super::front::Front;
use super::submission::for_the_citizen;
use super::{PageResult, encoded, see_other, shown};

/// The entrance of a visitor: counted, and the same for everybody.
pub(super) struct Door {
    pub(super) front: Front,
    visitor: IpAddr,
    /// Forms of an official who looks at the page carry the session's token.
    csrf: String,
}

impl Door {
    pub(super) fn open(front: Front, request: &HttpRequest) -> (Self, Result<(), Wait>) {
        let trusted = front.site.office.settings().server.trusted_proxies().unwrap_or_default();
        let visitor = visitor(request, &trusted);
        let csrf = front.caller.as_ref().map(|caller| caller.csrf().to_owned()).unwrap_or_default();
        let asked = front.site.visits.ask(visitor, front.site.now());
        (Self { front: front.nameless(), visitor, csrf }, asked)
    }

    fn ctx(&self, token: &str) -> Ctx {
        let c = self.front.ctx();
        // The address that the language switch leads to, also from the answer to a form.
        Ctx { csrf: self.csrf.clone(), path: here(token), ..c }
    }

    fn note(&self, status: StatusCode, note: Note, token: Option<&str>) -> PageResult {
        let agency = &self.front.site.office.settings().agency;
        let page = CitizenNotePage {
            c: self.front.ctx(),
            note,
            back: token.map(here),
            centre_phone: agency.phone.clone(),
            centre_address: format!("{}, {}", agency.name, agency.address),
        };
        self.front.page(status, &page)
    }

    pub(super) fn too_many(&self, wait: Wait) -> PageResult {
        let mut response = self.note(StatusCode::TOO_MANY_REQUESTS, Note::TooMany(wait.0), None)?;
        response.headers_mut().insert(header::RETRY_AFTER, header::HeaderValue::from(wait.0));
        Ok(response)
    }

    /// What was refused; an address that leads nowhere is counted.
    fn refused(&self, error: OfficeError) -> PageResult {
        if matches!(error, OfficeError::NotFound) {
            self.front.site.visits.guessed(self.visitor, self.front.site.now());
            return self.note(StatusCode::NOT_FOUND, Note::NotFound, None);
        }
        Err(self.front.refused(error))
    }

    /// The page, as an answer to a form with what was wrong about it.
    async fn show(&self, token: &str, status: StatusCode, open: Option<Refused>) -> PageResult {
        let (c, secret) = (self.ctx(token), token.to_owned());
        let lang = c.lang;
        let found = self
            .front
            .site
            .work(move |office, now| match office.submission_by_status_token(&secret)? {
                Some(waiting) => Ok(Err(for_the_citizen(office, now, &waiting, c)?)),
                None => Ok(Ok(assemble(office, now, &secret, c)?)),
            })
            .await;
        match found {
            Ok(Ok(mut page)) => {
                if let Some(refused) = open {
                    page.open = Some(refused.saying);
                    page.errors = shown::errors(&refused.errors, lang);
                    page.draft = refused.draft;
                }
                self.front.page(status, &page)
            }
            Ok(Err(submission)) => self.front.page(status, &submission),
            Err(error) => self.refused(error),
        }
    }

    /// Leads to the thanks, or back to the form with everything that was typed.
    async fn answered(&self, token: &str, said: OfficeResult<()>, saying: Saying, draft: SayingDraft) -> PageResult {
        match said {
            Ok(()) => Ok(see_other(&format!("{}/cam-on/{}", here(token), saying.slug()))),
            Err(OfficeError::Invalid(errors)) => {
                let enough = |error: &crate::office::FieldError| {
                    matches!(error.problem, crate::office::Problem::EnoughToday { .. })
                };
                let status = match errors.iter().any(enough) {
                    true => StatusCode::TOO_MANY_REQUESTS,
                    false => StatusCode::UNPROCESSABLE_ENTITY,
                };
                self.show(token, status, Some(Refused { saying, errors, draft })).await
            }
            Err(error @ OfficeError::Refused(_)) => Err(self.front.refused(error).leading_to(here(token))),
            Err(error) => self.refused(error),
        }
    }
}

/// A form that was refused.
struct Refused {
    saying: Saying,
    errors: Vec<crate::office::FieldError>,
    draft: SayingDraft,
}

fn here(token: &str) -> String {
    format!("/tra-cuu/{}", encoded(token))
}

/// `GET /tra-cuu/{token}`
///
/// # Errors
/// 404 for an unknown token, 429 for a visitor who asks too often.
pub async fn page(front: Front, request: HttpRequest, token: web::Path<String>) -> PageResult {
    match Door::open(front, &request) {
        (door, Ok(())) => door.show(&token, StatusCode::OK, None).await,
        (door, Err(wait)) => door.too_many(wait),
    }
}

/// `GET /tra-cuu/{token}/thu.pdf`: the newest letter as issued.
///
/// # Errors
/// As the page; 404 without a letter.
pub async fn letter(front: Front, request: HttpRequest, token: web::Path<String>) -> PageResult {
    pdf(front, &request, token.into_inner(), None).await
}

/// `GET /tra-cuu/{token}/thu/{id}.pdf`: a letter of this dossier as issued.
///
/// # Errors
/// As the page; 404 for a letter of another dossier.
pub async fn one_letter(front: Front, request: HttpRequest, path: web::Path<(String, String)>) -> PageResult {
    let (token, id) = path.into_inner();
    pdf(front, &request, token, Some(id)).await
}

async fn pdf(front: Front, request: &HttpRequest, token: String, id: Option<String>) -> PageResult {
    let (door, asked) = Door::open(front, request);
    if let Err(wait) = asked {
        return door.too_many(wait);
    }
    let found = door
        .front
        .site
        .work(move |office, now| {
            let whole = office.whole_by_status_token(&token)?;
            let wanted = |letter: &&LetterRow| id.as_ref().is_none_or(|id| letter.id == *id);
            let letter = whole.letters.iter().rev().find(wanted).ok_or(OfficeError::NotFound)?;
            office.letter_pdf(now, &letter.id)
        })
        .await;
    match found {
        Ok((letter, bytes)) => {
            let mut response: HttpResponse = pdf_response(&letter.number, bytes);
            response.headers_mut().insert(header::CACHE_CONTROL, header::HeaderValue::from_static("no-store"));
            Ok(response)
        }
        Err(error) => door.refused(error),
    }
}

/// What the form "my contact is wrong" sends.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct ContactForm {
    phone: String,
    email: String,
    note: String,
}

/// `POST /tra-cuu/{token}/lien-he`
///
/// # Errors
/// 404, 429; what is too long (422) or too much for a day (429) is the page again.
pub async fn contact(
    front: Front,
    request: HttpRequest,
    token: web::Path<String>,
    Posted(form): Posted<ContactForm>,
) -> PageResult {
    let (door, asked) = Door::open(front, &request);
    if let Err(wait) = asked {
        return door.too_many(wait);
    }
    let draft = SayingDraft { phone: form.phone, email: form.email, note: form.note, text: String::new() };
    let said = ContactSaid { phone: draft.phone.clone(), email: draft.email.clone(), note: draft.note.clone() };
    let secret = token.clone();
    let answer = door.front.site.work(move |office, now| office.say_contact(now, &secret, &said)).await;
    door.answered(&token, answer, Saying::Contact, draft).await
}

/// What the form "what this delay cost you" sends.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct CostForm {
    text: String,
}

/// `POST /tra-cuu/{token}/thiet-hai`
///
/// # Errors
/// 404, 409 when it is not late, 429; what is missing or too long (422) is the page again.
pub async fn cost(
    front: Front,
    request: HttpRequest,
    token: web::Path<String>,
    Posted(form): Posted<CostForm>,
) -> PageResult {
    let (door, asked) = Door::open(front, &request);
    if let Err(wait) = asked {
        return door.too_many(wait);
    }
    let (secret, text) = (token.clone(), form.text.clone());
    let answer = door.front.site.work(move |office, now| office.say_cost(now, &secret, &text)).await;
    door.answered(&token, answer, Saying::Cost, SayingDraft { text: form.text, ..SayingDraft::default() }).await
}

/// `GET /tra-cuu/{token}/cam-on/{what}`: what was said has arrived.
///
/// # Errors
/// 404, 429.
pub async fn thanks(front: Front, request: HttpRequest, path: web::Path<(String, String)>) -> PageResult {
    let (door, asked) = Door::open(front, &request);
    if let Err(wait) = asked {
        return door.too_many(wait);
    }
    let (token, what) = path.into_inner();
    let saying = Saying::ALL.into_iter().find(|saying| saying.slug() == what);
    let secret = token.clone();
    let known = door.front.site.work(move |office, _| office.whole_by_status_token(&secret).map(|_| ())).await;
    match (known, saying) {
        (Ok(()), Some(saying)) => door.note(StatusCode::OK, Note::Thanks(saying), Some(&token)),
        (Ok(()), None) => door.refused(OfficeError::NotFound),
        (Err(error), _) => door.refused(error),
    }
}

fn assemble(office: &Office, now: Instant, token: &str, c: Ctx) -> OfficeResult<CitizenPage> {
    let whole = office.whole_by_status_token(token)?;
    let rules = office.store().read(|conn| office.rules(conn))?;
    let row = &whole.row;
    let lang = c.lang;
    let procedure = rules.procedure_version(&row.procedure_id);
    let state = state(&whole, now);
    let reason = match whole.letters.last() {
        Some(letter) => Some(serde_json::from_str::<LetterFacts>(&letter.facts)?.reason),
        None => None,
    };
    let head = office.store().read(|conn| office.letterhead(conn))?;
    Ok(CitizenPage {
        initials: initials(&row.applicant_name),
        code: row.code.clone(),
        procedure: procedure.map(|version| version.row.name.clone()).unwrap_or_default(),
        state,
        received: shown::long_at(lang, row.received_at),
        due: row.due_at.map(|at| shown::long_at(lang, at)),
        new_due: row.new_due_at.map(|at| shown::long_at(lang, at)),
        supplement_by: supplement_by(&whole).map(|at| shown::long_at(lang, at)),
        provisional: row.closed_at.is_none() && whole.is_provisional(&rules),
        reason,
        history: history(&whole),
        ledger: dossier_view::ledger(office, &whole, &rules, lang),
        letters: whole.letters.iter().rev().map(|letter| letter_view(letter, token)).collect(),
        unit: row.unit_id.as_deref().and_then(|id| rules.unit(id)).map(|unit| unit.name.clone()).unwrap_or_default(),
        in_charge: in_charge(&whole),
        late: verdict(row, now).is_late(),
        said: said_before(office, &row.id)?,
        here: here(token),
        open: None,
        draft: SayingDraft::default(),
        errors: Vec::new(),
        centre_phone: head.phone,
        centre_address: format!("{}, {}", office.settings().agency.name, head.address),
        office_hours: hours(office.settings(), lang).join("; "),
        c,
    })
}

/// `Nguyễn Văn Hùng` → `N.V.H.`
pub fn initials(name: &str) -> String {
    name.split_whitespace().filter_map(|word| word.chars().find(|c| c.is_alphabetic())).fold(
        String::new(),
        |mut initials, first| {
            initials.extend(first.to_uppercase());
            initials.push('.');
            initials
        },
    )
}

fn state(whole: &Whole, now: Instant) -> CitizenState {
    let row = &whole.row;
    match row.stage {
        StageName::Withdrawn => CitizenState::Withdrawn,
        StageName::Stopped => CitizenState::Stopped,
        StageName::Refused => CitizenState::Refused,
        StageName::Granted if row.returned_at.is_some() => CitizenState::Returned,
        StageName::Granted => CitizenState::Ready,
        StageName::AwaitingSupplement => CitizenState::WaitingForYou,
        StageName::AwaitingObligation => CitizenState::WaitingForPayment,
        StageName::Processing if row.new_due_at.is_some_and(|new| new >= now) => CitizenState::Rescheduled,
        StageName::Processing if row.new_due_at.is_some() => CitizenState::SecondMiss,
        StageName::Processing => match verdict(row, now) {
            Timeliness::Overdue | Timeliness::Late => CitizenState::Overdue,
            Timeliness::NoPromise | Timeliness::ClosedWithoutPromise => CitizenState::NoPromise,
            Timeliness::Early | Timeliness::OnTime | Timeliness::Running | Timeliness::Paused => {
                CitizenState::InProgress
            }
        },
    }
}

fn letter_view(letter: &LetterRow, token: &str) -> CitizenLetter {
    CitizenLetter {
        kind: letter_word(letter.kind),
        number: letter.number.clone(),
        issued: shown::at(letter.dated_at()),
        href: format!("{}/thu/{}.pdf", here(token), letter.id),
    }
}

/// A letter is called as the message that brings it.
pub fn letter_word(kind: LetterKind) -> MessageKind {
    match kind {
        LetterKind::Apology => MessageKind::Apology,
        LetterKind::LateResult => MessageKind::LateResult,
        LetterKind::Loss => MessageKind::Loss,
        LetterKind::SecondMiss => MessageKind::SecondMiss,
    }
}

/// As the letter of the second miss names them; before it an official's name stays inside.
fn in_charge(whole: &Whole) -> Option<InCharge> {
    let letter = whole.letters.iter().rev().find(|letter| letter.kind == LetterKind::SecondMiss)?;
    let facts: serde_json::Value = serde_json::from_str(&letter.facts).ok()?;
    let text = |name: &str| facts.get(name).and_then(serde_json::Value::as_str).unwrap_or_default().to_owned();
    let who = InCharge { name: text("person_in_charge"), contact: text("person_contact") };
    Some(who).filter(|who| !who.name.is_empty())
}

fn said_before(office: &Office, dossier_id: &str) -> OfficeResult<Vec<SaidBefore>> {
    let said = office.store().read(|conn| citizen_messages::of_dossier(conn, dossier_id))?;
    let one = |message: &citizen_messages::CitizenMessage| SaidBefore {
        what: match message.kind {
            CitizenMessageKind::Contact => Saying::Contact,
            CitizenMessageKind::Cost => Saying::Cost,
        },
        at: shown::at(message.said_at),
        seen: message.seen_at.map(shown::at),
    };
    Ok(said.iter().map(one).collect())
}

/// Until when an awaited supplement may come.
fn supplement_by(whole: &Whole) -> Option<Instant> {
    let open = |sub: &&SubDeadline| sub.kind == SubDeadlineKind::Supplement && sub.ended_at.is_none();
    whole.sub_deadlines.iter().find(open).map(|sub| sub.due_at)
}

/// What happened, by kind only: notes may name people.
fn history(whole: &Whole) -> Vec<(String, EventKind)> {
    let lines = whole.events.iter().filter_map(|entry| Some((entry.at, event_kind(&entry.kind)?)));
    // Where the paper lies, and who signs when, is the office's own matter.
    let inside = [EventKind::HandedOver, EventKind::Reassigned, EventKind::LetterDrafted, EventKind::LetterRefused];
    let lines = lines.filter(|(_, kind)| !inside.contains(kind));
    let letters = whole.letters.iter().map(|letter| (letter.dated_at(), EventKind::LetterIssued));
    let mut history: Vec<_> = lines.chain(letters).collect();
    history.sort_by_key(|(at, _)| *at);
    history.into_iter().map(|(at, kind)| (shown::at(at), kind)).collect()
}

#[cfg(test)]
mod tests {
    use super::initials;

    #[test]
    fn a_name_is_told_by_its_first_letters_only() {
        assert_eq!(initials("Nguyễn Văn Hùng"), "N.V.H.");
        assert_eq!(initials(" đào  thị "), "Đ.T.");
        assert_eq!(initials("<script>alert(1)</script>"), "S.");
        assert_eq!(initials(""), "");
    }
}
