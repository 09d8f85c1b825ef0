//! `/nhap-lieu`: the log of imports.

use actix_web::http::StatusCode;
use actix_web::web;
use serde::Deserialize;

use crate::office::Rules;
use crate::render::pages::Ctx;
use crate::render::pages::form::Choice;
use crate::render::pages::import_log::{
    FileFate, FileKind, ImportLogEntryPage, ImportLogPage, ImportView, RejectionView,
};
use crate::store::imports::{ImportKind, ImportOutcome, ImportRow};

use super::dossier_view::actor;
use super::front::Front;
use super::{PageResult, encoded, given, shown};

const PAGE: usize = 50;

#[derive(Debug, Deserialize)]
pub struct ImportsQuery {
    loai: Option<String>,
    truoc: Option<String>,
}

/// `GET /nhap-lieu`
///
/// # Errors
/// The database.
pub async fn page(front: Front, query: web::Query<ImportsQuery>) -> PageResult {
    let c = front.ctx();
    let kind = given(query.loai.as_deref()).and_then(|word| word.parse::<ImportKind>().ok());
    let before = given(query.truoc.as_deref()).map(str::to_owned);
    let page = front
        .work(move |office, _| {
            let rules = office.store().read(|conn| office.rules(conn))?;
            let most = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
            let mut found = office.imports(kind, before.as_deref(), most)?;
            let more = found.len() > PAGE;
            found.truncate(PAGE);
            let base = kind.map_or("/nhap-lieu".to_owned(), |kind| format!("/nhap-lieu?loai={kind}"));
            let join = if kind.is_some() { '&' } else { '?' };
            let last = found.last().filter(|_| more);
            let chip = |of: Option<ImportKind>| {
                let to = of.map_or("/nhap-lieu".to_owned(), |kind| format!("/nhap-lieu?loai={kind}"));
                let label = of.map_or(c.t("Tất cả", "All"), |kind| file_kind(kind).word(&c));
                Choice { label: label.to_owned(), selected: of == kind, value: to }
            };
            Ok(ImportLogPage {
                kinds: std::iter::once(None).chain(ImportKind::ALL.iter().copied().map(Some)).map(chip).collect(),
                next: last.map(|row| format!("{base}{join}truoc={}", encoded(&row.id))),
                rows: found.iter().map(|row| view(row, &rules, &c)).collect(),
                c,
            })
        })
        .await?;
    front.page(StatusCode::OK, &page)
}

/// `GET /nhap-lieu/{id}`
///
/// # Errors
/// 404.
pub async fn one(front: Front, id: web::Path<String>) -> PageResult {
    let c = front.ctx();
    let page = front
        .work(move |office, _| {
            let (row, rejections) = office.import_with_rejections(&id)?;
            let rules = office.store().read(|conn| office.rules(conn))?;
            let rejection = |one: crate::store::imports::Rejection| RejectionView {
                row: u64::try_from(one.row_number).unwrap_or(0),
                field: one.field,
                reason: one.reason,
            };
            Ok(ImportLogEntryPage {
                view: view(&row, &rules, &c),
                bytes: u64::try_from(row.bytes).unwrap_or(0),
                sha256: row.sha256,
                error: Some(row.error).filter(|error| !error.is_empty()),
                rejections: rejections.into_iter().map(rejection).collect(),
                c,
            })
        })
        .await?;
    front.page(StatusCode::OK, &page)
}

fn view(row: &ImportRow, rules: &Rules, c: &Ctx) -> ImportView {
    let number = |count: i64| u64::try_from(count).unwrap_or(0);
    ImportView {
        href: format!("/nhap-lieu/{}", encoded(&row.id)),
        kind: file_kind(row.kind),
        fate: match row.outcome {
            ImportOutcome::Taken => FileFate::Taken,
            ImportOutcome::Proposed => FileFate::Proposed,
            ImportOutcome::Looked => FileFate::Looked,
            ImportOutcome::Failed => FileFate::Failed,
        },
        at: shown::at(row.at),
        by: actor(&row.actor, rules, c.lang),
        file_name: row.file_name.clone(),
        size: size(number(row.bytes), c),
        read: number(row.read_rows),
        added: number(row.added),
        changed: number(row.changed),
        unchanged: number(row.unchanged),
        removed: number(row.removed),
        rejected: number(row.rejected),
    }
}

fn file_kind(kind: ImportKind) -> FileKind {
    match kind {
        ImportKind::Dossiers => FileKind::Dossiers,
        ImportKind::Procedures => FileKind::Procedures,
        ImportKind::Calendar => FileKind::Calendar,
        ImportKind::Rules => FileKind::Rules,
        ImportKind::Ladder => FileKind::Ladder,
    }
}

/// `12,3 kB`, rounded down.
fn size(bytes: u64, c: &Ctx) -> String {
    let comma = c.t(",", ".");
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{}{comma}{} kB", bytes / 1_000, bytes % 1_000 / 100),
        _ => format!("{}{comma}{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}
