//! `/ho-so/{code}/so-tinh-ngay`: why each promised day is that day, as a page and as text.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};

use crate::render::ledger;
use crate::render::pages::ledger::LedgerPage;

use super::PageResult;
use super::front::Front;

/// `GET /ho-so/{code}/so-tinh-ngay`
///
/// # Errors
/// 404.
pub async fn page(front: Front, code: web::Path<String>) -> PageResult {
    let c = front.ctx();
    let page = front.work(move |office, _| Ok(LedgerPage::of(&office.ledger(&code)?, c))).await?;
    front.page(StatusCode::OK, &page)
}

/// `GET /ho-so/{code}/so-tinh-ngay.txt`
///
/// # Errors
/// 404.
pub async fn text(front: Front, code: web::Path<String>) -> PageResult {
    let lang = front.lang;
    let mut text = front.work(move |office, _| Ok(ledger::text(&office.ledger(&code)?, lang))).await?;
    text.push('\n');
    let keep = ("Cache-Control", "no-store");
    Ok(HttpResponse::Ok().content_type("text/plain; charset=utf-8").insert_header(keep).body(text))
}
