//! `/thu-tuc`: the procedures in force and their versions, and the options of the search box.

use std::collections::BTreeSet;

use actix_web::http::StatusCode;
use actix_web::web;
use serde::Deserialize;

use crate::domain::channel::Channel;
use crate::domain::limit::{LimitKind, LimitUnit};
use crate::domain::procedure_field::ProcedureField;
use crate::domain::time::{Instant, civil_day};
use crate::office::procedure_search::likeliest;
use crate::office::rules::ProcedureVersion;
use crate::office::{OfficeError, Rules};
use crate::render::pages::form::Choice;
use crate::render::pages::intake::ProcedureOptions;
use crate::render::pages::procedures::{
    LimitLine, ProcedurePage, ProcedureRow, ProceduresPage, VersionCell, VersionHead,
};
use crate::render::pages::{Lang, phrases, rule_words, time};
use crate::store::procedures::ProcedureLimit;
use crate::store::search_key::search_key;

use super::front::Front;
use super::intake::option;
use super::{PageResult, changes, given, may_lead, shown};

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
                let found = likeliest(&rules, &q, now, &office.uses_of_procedures()?);
                let shown = found.into_iter().take(OPTIONS);
                let options = shown.map(|version| option(version, channel, Some(now), &rules, c.lang));
                Ok(ProcedureOptions { options: options.collect(), c })
            })
            .await?;
        return front.page(StatusCode::OK, &options);
    }
    let may_change = may_lead(&front);
    let page = front
        .work(move |office, now| {
            let rules = office.store().read(|conn| office.rules(conn))?;
            let all = rules.current_procedures(now);
            let coming = rules.coming_procedures(now);
            let chosen = given(sector.as_deref()).unwrap_or_default();
            let sectors: BTreeSet<&str> = all.iter().map(|version| version.row.sector.as_str()).collect();
            let sectors = sectors.into_iter().map(|sector| Choice::new(sector, sector, chosen));
            let every = Choice::new("", phrases::every_sector(c.lang), chosen);
            let wanted =
                |version: &&ProcedureVersion| fits(version, &q) && (chosen.is_empty() || version.row.sector == chosen);
            let known: BTreeSet<&str> = all.iter().map(|version| version.row.code.as_str()).collect();
            let announced = coming.iter().copied().filter(|version| !known.contains(version.row.code.as_str()));
            let announced = announced.filter(wanted).map(|version| {
                (version.row.code.clone(), version.row.name.clone(), time::date(civil_day(version.row.valid_from)))
            });
            let next = |code: &str| coming.iter().find(|version| version.row.code == code);
            let rows = all.iter().copied().filter(wanted).map(|version| ProcedureRow {
                coming: next(&version.row.code).map(|next| time::date(civil_day(next.row.valid_from))),
                ..row(version, c.lang)
            });
            Ok(ProceduresPage {
                sectors: std::iter::once(every).chain(sectors).collect(),
                rows: rows.collect(),
                announced: announced.collect(),
                may_change,
                q: q.clone(),
                c,
            })
        })
        .await?;
    front.page(StatusCode::OK, &page)
}

/// Whether every word of `q` stands in the code or the name, marks not needed.
pub fn fits(version: &ProcedureVersion, q: &str) -> bool {
    let text = search_key(&format!("{} {}", version.row.code, version.row.name));
    search_key(q).split(' ').all(|word| text.contains(word))
}

fn row(version: &ProcedureVersion, lang: Lang) -> ProcedureRow {
    let basis = version.limit_row(Channel::Counter);
    let text = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    ProcedureRow {
        code: version.row.code.clone(),
        name: version.row.name.clone(),
        sector: version.row.sector.clone(),
        limits: limits(version, lang),
        basis: basis.and_then(|limit| text(&limit.basis)).or_else(|| text(&version.row.basis)),
        level: phrases::level(lang, version.row.service_level),
        confirmed: version.row.confidence == "confirmed",
        coming: None,
    }
}

/// A line for every channel; one for all when they have the same.
fn limits(version: &ProcedureVersion, lang: Lang) -> Vec<LimitLine> {
    let words = |limit: Option<crate::domain::limit::Limit>| {
        limit.map(|limit| phrases::limit(lang, i64::from(limit.value()), limit.unit()))
    };
    let line = |channel: Channel| LimitLine {
        channel: rule_words::channel(lang, Some(channel)).to_owned(),
        limit: words(version.limit(channel)),
        commitment: words(version.commitment(channel)),
    };
    let mut lines: Vec<LimitLine> = Channel::ALL.iter().copied().map(line).collect();
    let same = lines.windows(2).all(|pair| match pair {
        [a, b] => (&a.limit, &a.commitment) == (&b.limit, &b.commitment),
        _ => true,
    });
    if same {
        lines.truncate(1);
        for line in &mut lines {
            line.channel.clear();
        }
    } else {
        // A channel by which it cannot be filed says nothing.
        lines.retain(|line| line.limit.is_some() || line.commitment.is_some());
    }
    lines
}

/// `GET /thu-tuc/{code}`
///
/// # Errors
/// 404; or the database.
pub async fn one(front: Front, code: web::Path<String>) -> PageResult {
    let c = front.ctx();
    let may_change = may_lead(&front);
    let page = front
        .work(move |office, now| {
            let rules = office.store().read(|conn| office.rules(conn))?;
            let versions = rules.versions_of(&code);
            let shown = rules.procedure_at(&code, now).ok_or(OfficeError::NotFound)?;
            Ok(ProcedurePage {
                code: code.to_string(),
                name: shown.row.name.clone(),
                heads: versions.iter().rev().map(|version| head(version, &rules, now)).collect(),
                lines: lines(versions, c.lang),
                may_change,
                c,
            })
        })
        .await?;
    front.page(StatusCode::OK, &page)
}

fn head(version: &ProcedureVersion, rules: &Rules, now: Instant) -> VersionHead {
    let row = &version.row;
    let current = rules.procedure_at(&row.code, now).filter(|current| current.row.valid_from <= now);
    let holds = current.is_some_and(|current| current.row.id == row.id);
    VersionHead {
        number: row.version.to_string(),
        standing: changes::standing(row.valid_from, row.valid_to, holds, now),
        from: shown::at(row.valid_from),
        until: row.valid_to.map(shown::at),
    }
}

/// Every fact of the versions, which come oldest first, as lines with the newest first.
fn lines(versions: &[ProcedureVersion], lang: Lang) -> Vec<(String, Vec<VersionCell>)> {
    let mut all: Vec<(String, Vec<String>)> = Vec::new();
    let word = |field| rule_words::field(lang, field, None);
    let mut add = |label: String, text: &dyn Fn(&ProcedureVersion) -> String| {
        all.push((label, versions.iter().map(text).collect()));
    };
    add(word(ProcedureField::Name), &|version| version.row.name.clone());
    let keys: BTreeSet<(LimitKind, Option<Channel>)> =
        versions.iter().flat_map(|version| version.limits.iter().map(|row| (row.kind, row.channel))).collect();
    for (kind, channel) in keys {
        let field = match kind {
            LimitKind::Statutory => ProcedureField::Limit,
            LimitKind::Commitment => ProcedureField::Commitment,
        };
        add(rule_words::field(lang, field, channel), &|version| {
            let row = version.limits.iter().find(|row| (row.kind, row.channel) == (kind, channel));
            row.map(|row| limit_words(row, lang)).unwrap_or_default()
        });
    }
    add(word(ProcedureField::Basis), &|version| bases(version, LimitKind::Statutory));
    add(word(ProcedureField::CommitmentBasis), &|version| bases(version, LimitKind::Commitment));
    add(word(ProcedureField::Confidence), &|version| rule_words::confidence(lang, &version.row.confidence));
    add(word(ProcedureField::Sector), &|version| version.row.sector.clone());
    add(word(ProcedureField::ServiceLevel), &|version| phrases::level(lang, version.row.service_level));
    let plain = all.into_iter().map(|(label, texts)| (label, cells(&texts)));
    let author = |label: (&str, &str), of: fn(&ProcedureVersion) -> &str| {
        let label = if lang == Lang::Vi { label.0 } else { label.1 };
        let texts = versions.iter().rev().map(|version| rule_words::author(lang, of(version)));
        (label.to_owned(), texts.map(|text| VersionCell { text, changed: false }).collect())
    };
    let entered = author(("Người nhập", "Entered by"), |version| &version.row.entered_by);
    let approved = author(("Người duyệt", "Approved by"), |version| &version.row.approved_by);
    plain.chain([entered, approved]).collect()
}

/// The newest first, marked where they differ from the one before.
fn cells(texts: &[String]) -> Vec<VersionCell> {
    let before = std::iter::once(None).chain(texts.iter().map(Some));
    let cell = |(text, before): (&String, Option<&String>)| VersionCell {
        text: text.clone(),
        changed: before.is_some_and(|before| before != text),
    };
    let mut cells: Vec<_> = texts.iter().zip(before).map(cell).collect();
    cells.reverse();
    cells
}

fn limit_words(row: &ProcedureLimit, lang: Lang) -> String {
    match (row.limit_value, row.limit_unit) {
        (_, Some(LimitUnit::SameDay)) => phrases::limit(lang, 0, LimitUnit::SameDay),
        (Some(value), Some(unit)) => phrases::limit(lang, i64::from(value), unit),
        (_, _) => phrases::no_limit(lang),
    }
}

/// The decisions behind the limits of a kind, each once.
fn bases(version: &ProcedureVersion, kind: LimitKind) -> String {
    let of_limits = version.limits.iter().filter(|row| row.kind == kind).map(|row| row.basis.as_str());
    let own = (kind == LimitKind::Statutory).then_some(version.row.basis.as_str());
    let mut told: BTreeSet<&str> = own.into_iter().chain(of_limits).collect();
    told.remove("");
    told.into_iter().collect::<Vec<_>>().join("; ")
}
