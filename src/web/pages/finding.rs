//! `/tim`: the best hits while somebody types, and `/phim-tat`: the keyboard's shortcuts.

use actix_web::http::StatusCode;
use actix_web::web;
use serde::Deserialize;

use crate::domain::time::civil_day;
use crate::office::queue::Horizon;
use crate::render::pages::finding::{Hit, Hits};
use crate::render::pages::keys::KeysPage;
use crate::render::pages::time;
use crate::store::dossiers::{DossierRow, Filter, Order};

use super::front::Front;
use super::{PageResult, shown};

/// Hits shown while typing.
const BEST: i64 = 8;

#[derive(Debug, Default, Deserialize)]
pub struct Typed {
    #[serde(default)]
    q: String,
}

/// `GET /tim?q=`: the newest dossiers that hold every word, as a fragment.
///
/// # Errors
/// The database.
pub async fn hits(front: Front, typed: web::Query<Typed>) -> PageResult {
    let (c, q) = (front.ctx(), typed.into_inner().q);
    let page = front
        .work(move |office, now| {
            let rules = office.store().read(|conn| office.rules(conn))?;
            let horizon = Horizon::of(now);
            let found = match q.trim().is_empty() {
                true => Vec::new(),
                false => {
                    let filter = Filter { q: Some(q), ..Filter::default() };
                    office.list(&filter, Order::NewestFirst, None, BEST)?
                }
            };
            let hit = |row: &DossierRow| Hit {
                code: row.code.clone(),
                applicant: row.applicant_name.clone(),
                procedure: rules
                    .procedure_version(&row.procedure_id)
                    .map(|version| version.row.name.clone())
                    .unwrap_or_default(),
                standing: shown::status(row, &rules, &horizon, c.lang).standing,
                due: row.new_due_at.or(row.due_at).map(|at| time::long_date(c.lang, civil_day(at))),
            };
            Ok(Hits { hits: found.iter().map(hit).collect(), c })
        })
        .await?;
    front.page(StatusCode::OK, &page)
}

/// `GET /phim-tat`
///
/// # Errors
/// None of its own.
pub async fn keys(front: Front) -> PageResult {
    front.page(StatusCode::OK, &KeysPage { c: front.ctx() })
}
