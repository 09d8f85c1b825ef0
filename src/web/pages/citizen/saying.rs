//! What a citizen says on their page: that a contact is wrong, what the delay cost; and the thanks for it.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, web};
use serde::Deserialize;

use crate::office::OfficeError;
use crate::office::citizen_says::ContactSaid;
use crate::render::pages::citizen::{Note, Saying, SayingDraft};
use crate::web::pages::PageResult;
use crate::web::pages::front::Front;
use crate::web::posted::Posted;

use super::door::Door;

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
