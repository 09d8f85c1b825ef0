//! `/thu-tuc`: the procedures in force, and the options of the search box.

use std::collections::BTreeSet;

use actix_web::http::StatusCode;
use actix_web::web;
use serde::Deserialize;

use crate::domain::channel::Channel;
use crate::office::rules::ProcedureVersion;
use crate::render::pages::form::Choice;
use crate::render::pages::intake::ProcedureOptions;
use crate::render::pages::procedures::{ProcedureRow, ProceduresPage};
use crate::render::pages::{Lang, phrases};
use crate::store::search_key::search_key;

use super::front::Front;
use super::intake::option;
use super::{PageResult, given};

/// Options shown under the search box.
const OPTIONS: usize = 12;

#[derive(Debug, Deserialize)]
pub struct ProceduresQuery {
    q: Option<String>,
    sector: Option<String>,
    /// Only the options of the search box.
    fragment: Option<String>,
    /// For the options: how the dossier is filed, since limits may differ.
    channel: Option<String>,
}

/// `GET /thu-tuc`
///
/// # Errors
/// The database.
pub async fn page(front: Front, query: web::Query<ProceduresQuery>) -> PageResult {
    let c = front.ctx();
    let ProceduresQuery { q, sector, fragment, channel } = query.into_inner();
    let q = given(q.as_deref()).unwrap_or_default().to_owned();
    if fragment.is_some() {
        let channel = given(channel.as_deref()).and_then(|text| text.parse().ok()).unwrap_or(Channel::Counter);
        let options = front
            .work(move |office, now| {
                let rules = office.store().read(|conn| office.rules(conn))?;
                let mut found = rules.current_procedures();
                found.retain(|version| fits(version, &q));
                // The shortest name is the plainest procedure: "khai sinh" before its special cases.
                found.sort_by_key(|version| version.row.name.chars().count());
                let shown = found.into_iter().take(OPTIONS);
                let options = shown.map(|version| option(version, channel, Some(now), &rules, c.lang));
                Ok(ProcedureOptions { options: options.collect(), c })
            })
            .await?;
        return front.page(StatusCode::OK, &options);
    }
    let page = front
        .work(move |office, _| {
            let rules = office.store().read(|conn| office.rules(conn))?;
            let all = rules.current_procedures();
            let chosen = given(sector.as_deref()).unwrap_or_default();
            let sectors: BTreeSet<&str> = all.iter().map(|version| version.row.sector.as_str()).collect();
            let sectors = sectors.into_iter().map(|sector| Choice::new(sector, sector, chosen));
            let every = Choice::new("", phrases::every_sector(c.lang), chosen);
            let wanted =
                |version: &&ProcedureVersion| fits(version, &q) && (chosen.is_empty() || version.row.sector == chosen);
            Ok(ProceduresPage {
                sectors: std::iter::once(every).chain(sectors).collect(),
                rows: all.iter().copied().filter(wanted).map(|version| row(version, c.lang)).collect(),
                q: q.clone(),
                c,
            })
        })
        .await?;
    front.page(StatusCode::OK, &page)
}

/// Whether every word of `q` stands in the code or the name, marks not needed.
fn fits(version: &ProcedureVersion, q: &str) -> bool {
    let text = search_key(&format!("{} {}", version.row.code, version.row.name));
    search_key(q).split(' ').all(|word| text.contains(word))
}

fn row(version: &ProcedureVersion, lang: Lang) -> ProcedureRow {
    let limit = version.limit(Channel::Counter);
    let basis = version.limit_row(Channel::Counter);
    let text = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    ProcedureRow {
        code: version.row.code.clone(),
        name: version.row.name.clone(),
        sector: version.row.sector.clone(),
        limit: limit.map(|limit| phrases::limit(lang, i64::from(limit.value()), limit.unit())),
        basis: basis.and_then(|limit| text(&limit.basis)).or_else(|| text(&version.row.basis)),
        level: phrases::level(lang, version.row.service_level),
        confirmed: basis.is_some_and(|limit| limit.confidence == "confirmed"),
    }
}
