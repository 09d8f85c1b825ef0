//! `/tra-cuu/{token}`: the page behind the receipt's QR code. No personal data beyond initials.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::Mutex;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, web};

use crate::domain::dossier::StageName;
use crate::domain::sub_deadline::SubDeadlineKind;
use crate::domain::time::Instant;
use crate::domain::timeliness::Timeliness;
use crate::office::look::{Whole, verdict};
use crate::office::{Office, OfficeResult};
use crate::render::letter::LetterFacts;
use crate::render::pages::Ctx;
use crate::render::pages::citizen::{CitizenPage, CitizenState};
use crate::render::pages::words::EventKind;
use crate::store::sub_deadlines::SubDeadline;
use crate::web::api::letters::pdf_response;
use crate::web::problem::Problem;

use super::calendar::hours;
use super::dossier_view::{self, event_kind};
use super::front::Front;
use super::submission::for_the_citizen;
use super::{PageError, PageResult, shown};

/// Look-ups that one address may make in a minute. The token itself cannot be guessed; this keeps a
/// script that tries from taking the database away from the counter.
const PER_MINUTE: u32 = 60;

/// The minute being counted, and how often each address asked in it.
static ASKED: Mutex<(i64, BTreeMap<IpAddr, u32>)> = Mutex::new((0, BTreeMap::new()));

/// `GET /tra-cuu/{token}`
///
/// # Errors
/// 404 for an unknown token, 429 for an address that asks too often.
pub async fn page(front: Front, request: HttpRequest, token: web::Path<String>) -> PageResult {
    let front = front.nameless();
    not_too_often(&front, &request)?;
    let c = front.ctx();
    let page = front
        .work(move |office, now| match office.submission_by_status_token(&token)? {
            Some(waiting) => Ok(Err(for_the_citizen(office, now, &waiting, c)?)),
            None => Ok(Ok(assemble(office, now, &token, c)?)),
        })
        .await?;
    match page {
        Ok(dossier) => front.page(StatusCode::OK, &dossier),
        Err(submission) => front.page(StatusCode::OK, &submission),
    }
}

/// `GET /tra-cuu/{token}/thu.pdf`: the letter of apology as issued.
///
/// # Errors
/// As the page; 404 without a letter.
pub async fn letter(front: Front, request: HttpRequest, token: web::Path<String>) -> PageResult {
    let front = front.nameless();
    not_too_often(&front, &request)?;
    let (letter, bytes) = front
        .work(move |office, now| {
            let whole = office.whole_by_status_token(&token)?;
            office.letter_of_dossier(now, &whole.row.code)
        })
        .await?;
    Ok(pdf_response(&letter.number, bytes))
}

fn not_too_often(front: &Front, request: &HttpRequest) -> Result<(), PageError> {
    let Some(peer) = request.peer_addr().map(|peer| peer.ip()) else { return Ok(()) };
    // Behind a proxy on this machine the visitor is whom the proxy names, and it alone is believed.
    let named = request.headers().get("x-forwarded-for").and_then(|value| value.to_str().ok());
    let named = named.filter(|_| peer.is_loopback()).and_then(|list| list.rsplit(',').next()?.trim().parse().ok());
    let address = named.unwrap_or(peer);
    let minute = front.site.now().timestamp() / 60;
    let Ok(mut asked) = ASKED.lock() else { return Ok(()) };
    if asked.0 != minute {
        *asked = (minute, BTreeMap::new());
    }
    let count = asked.1.entry(address).or_default();
    *count = count.saturating_add(1);
    if *count > PER_MINUTE {
        let text = "Tra cứu quá nhiều lần trong một phút.";
        return Err(Problem::new(StatusCode::TOO_MANY_REQUESTS, "/problems/too-many", text).into());
    }
    Ok(())
}

fn assemble(office: &Office, now: Instant, token: &str, c: Ctx) -> OfficeResult<CitizenPage> {
    let whole = office.whole_by_status_token(token)?;
    let rules = office.store().read(|conn| office.rules(conn))?;
    let row = &whole.row;
    let lang = c.lang;
    let procedure = rules.procedure_version(&row.procedure_id);
    let state = state(&whole, now);
    let letter = whole.letters.last();
    let reason = match letter {
        Some(letter) => Some(serde_json::from_str::<LetterFacts>(&letter.facts)?.reason),
        None => None,
    };
    let agency = &office.settings().agency;
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
        letter_href: letter.map(|_| format!("/tra-cuu/{token}/thu.pdf")),
        centre_phone: agency.phone.clone(),
        centre_address: format!("{}, {}", agency.name, agency.address),
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
        StageName::Processing => match verdict(row, now) {
            Timeliness::Overdue | Timeliness::Late => CitizenState::Overdue,
            Timeliness::NoPromise | Timeliness::ClosedWithoutPromise => CitizenState::NoPromise,
            Timeliness::Early | Timeliness::OnTime | Timeliness::Running | Timeliness::Paused => {
                CitizenState::InProgress
            }
        },
    }
}

/// Until when an awaited supplement may come.
fn supplement_by(whole: &Whole) -> Option<Instant> {
    let open = |sub: &&SubDeadline| sub.kind == SubDeadlineKind::Supplement && sub.ended_at.is_none();
    whole.sub_deadlines.iter().find(open).map(|sub| sub.due_at)
}

/// What happened, by kind only: notes may name people.
fn history(whole: &Whole) -> Vec<(String, EventKind)> {
    let lines = whole.events.iter().filter_map(|entry| Some((entry.at, event_kind(&entry.kind)?)));
    // Where the paper lies is the office's own matter.
    let lines = lines.filter(|(_, kind)| *kind != EventKind::HandedOver);
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
