//! `/thu`: letters of apology, their papers, and ticking them off.

use std::collections::HashMap;

use actix_web::http::StatusCode;
use actix_web::web;
use serde::Deserialize;

use crate::domain::role::Right;
use crate::domain::time::civil_day;
use crate::office::{Office, OfficeError, OfficeResult};
use crate::render::letter::LetterFacts;
use crate::render::pages::form::Chip;
use crate::render::pages::letters::{LetterRow, LettersPage};
use crate::render::pages::phrases::Done;
use crate::render::pages::time;
use crate::render::pages::words::SendState;
use crate::store::{evidence, letters as stored};
use crate::web::api::letters::pdf_response;
use crate::web::posted::Posted;

use super::desk;
use super::front::Front;
use super::paging::Place;
use super::{Nothing, PageResult, given, may, shown};

/// The newest letters among which the page counts and filters.
const NEWEST: i64 = 2_000;

const STATES: [SendState; 7] = [
    SendState::PrintTray,
    SendState::Ready,
    SendState::Retry,
    SendState::Sent,
    SendState::Delivered,
    SendState::Failed,
    SendState::Void,
];

#[derive(Debug, Deserialize)]
pub struct LettersQuery {
    state: Option<String>,
    cursor: Option<i64>,
}

/// `GET /thu`
///
/// # Errors
/// The database.
pub async fn page(front: Front, query: web::Query<LettersQuery>) -> PageResult {
    let c = front.ctx();
    let query = query.into_inner();
    let letters = front
        .work(|office, _| {
            office.store().read(|conn| {
                let letters = stored::newest(conn, 0, NEWEST)?;
                let ids: Vec<String> = letters.iter().map(|(letter, _, _)| letter.id.clone()).collect();
                let carriers = evidence::carriers_of(conn, &ids)?.into_iter();
                // The newest says how it stands.
                let states: HashMap<_, _> =
                    carriers.map(|one| (one.letter_id.clone(), shown::send_state(&one))).collect();
                let state = |id: &String| states.get(&Some(id.clone())).copied().unwrap_or(SendState::Ready);
                Ok::<_, OfficeError>(letters.into_iter().map(|one| (state(&one.0.id), one)).collect::<Vec<_>>())
            })
        })
        .await?;
    let wanted = given(query.state.as_deref()).and_then(|code| STATES.into_iter().find(|state| state.code() == code));
    let count = |state: Option<SendState>| {
        let count = letters.iter().filter(|(stands, _)| state.is_none_or(|state| *stands == state)).count();
        u64::try_from(count).unwrap_or(0)
    };
    let href =
        |state: Option<SendState>| state.map_or("/thu".to_owned(), |state| format!("/thu?state={}", state.code()));
    let keys = std::iter::once(None).chain(STATES.into_iter().map(Some));
    let chips = keys
        .map(|key| Chip { key, count: count(key), href: href(key), current: key == wanted })
        .filter(|chip| chip.count > 0 || chip.current || chip.key.is_none())
        .collect();
    let place = Place::of(query.cursor, count(wanted));
    let found = letters.into_iter().filter(|(stands, _)| wanted.is_none_or(|state| *stands == state));
    let rows = place.cut(found).into_iter().map(|(state, letter)| row(state, letter));
    let rows = rows.collect::<OfficeResult<Vec<_>>>().map_err(|error| front.refused(error))?;
    let to_sign = match may(&front, Right::Sign) {
        Some(()) => {
            let me = front.caller()?.account.id.clone();
            Some(front.work(move |office, now| office.count_letters_to_sign(now, &me)).await?)
        }
        None => None,
    };
    let ticked = match may(&front, Right::Intake) {
        Some(()) => {
            let (actor, lang) = (front.caller()?.actor(), front.lang);
            let ticked = front.work(move |office, now| office.just_ticked(now, &actor)).await?;
            let letters = ticked.into_iter().filter(|one| one.letter_id.is_some());
            letters.map(|one| desk::ticked(lang, one, "thu")).collect()
        }
        None => Vec::new(),
    };
    front.page(StatusCode::OK, &LettersPage { c, to_sign, chips, rows, pager: place.pager(&href(wanted)), ticked })
}

fn row(state: SendState, (letter, code, applicant): (stored::LetterRow, String, String)) -> OfficeResult<LetterRow> {
    let facts: LetterFacts = serde_json::from_str(&letter.facts)?;
    let issued = civil_day(letter.dated_at());
    Ok(LetterRow {
        number: Some(letter.number),
        code,
        applicant,
        original_due: time::instant(facts.due_at),
        new_due: facts.new_due_at.map(time::instant),
        reason: facts.reason,
        issued: Some(time::date(issued)),
        state,
        id: letter.id,
    })
}

/// `GET /thu/{id}.pdf`
///
/// # Errors
/// 404.
pub async fn pdf(front: Front, id: web::Path<String>) -> PageResult {
    let (letter, bytes) = front.work(move |office, now| office.letter_pdf(now, &id)).await?;
    Ok(pdf_response(&letter.number, bytes))
}

/// `GET /thu/in.pdf`: the letters that wait on paper, as one file for the printer.
///
/// # Errors
/// 404 when none waits.
pub async fn batch(front: Front) -> PageResult {
    let bytes = front.work(Office::waiting_papers).await?;
    Ok(pdf_response("cho-giao", bytes))
}

/// `POST /thu/{id}/da-giao`
///
/// # Errors
/// 404 when the letter does not wait in the tray.
pub async fn handed_over(front: Front, id: web::Path<String>, _: Posted<Nothing>) -> PageResult {
    let actor = front.caller()?.actor();
    front.work(move |office, now| office.hand_over_letters(now, &actor, &[id.into_inner()])).await?;
    front.done(Done::HandedOver, "/thu")
}

/// `POST /thu/da-giao`: the ticked letters, `letter` once for each.
///
/// # Errors
/// 404 when one of them does not wait in the tray; then none is recorded.
pub async fn handed_over_several(front: Front, Posted(fields): Posted<Vec<(String, String)>>) -> PageResult {
    let actor = front.caller()?.actor();
    let ids: Vec<String> = fields.into_iter().filter(|(name, _)| name == "letter").map(|(_, id)| id).collect();
    front.work(move |office, now| office.hand_over_letters(now, &actor, &ids)).await?;
    front.done(Done::HandedOver, "/thu?state=print")
}
