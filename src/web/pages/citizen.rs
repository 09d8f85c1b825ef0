//! `/tra-cuu/{token}`: the page behind the receipt's QR code, and the letters it offers. No personal data beyond
//! initials.
//!
//! Who comes in is counted by `citizen/door.rs`, the page is put together by `citizen/view.rs`, and what a citizen
//! says on it is taken by `citizen/saying.rs`.

use actix_web::http::{StatusCode, header};
use actix_web::{HttpRequest, HttpResponse, web};

use crate::office::OfficeError;
use crate::render::pages::words::MessageKind;
use crate::store::letters::{LetterKind, LetterRow};
use crate::web::api::letters::pdf_response;

use super::front::Front;
use super::{PageResult, encoded};

use door::Door;

pub(super) mod door;
pub mod saying;
mod view;

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

fn here(token: &str) -> String {
    format!("/tra-cuu/{}", encoded(token))
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

/// A letter is called as the message that brings it.
pub fn letter_word(kind: LetterKind) -> MessageKind {
    match kind {
        LetterKind::Apology => MessageKind::Apology,
        LetterKind::LateResult => MessageKind::LateResult,
        LetterKind::Loss => MessageKind::Loss,
        LetterKind::SecondMiss => MessageKind::SecondMiss,
    }
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
