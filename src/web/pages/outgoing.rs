//! `/thu/so`: the register of outgoing letters, by year, as a page, CSV and XLSX.

use actix_web::http::StatusCode;
use actix_web::web;
use serde::Deserialize;

use crate::office::Office;
use crate::office::outgoing::{OutgoingRegister, Registered};
use crate::render::pages::Lang;
use crate::render::pages::phrases::{by_command, by_itself};
use crate::render::pages::signing::{OutgoingPage, OutgoingRow};
use crate::render::tables::{self, OutgoingLine};

use super::front::Front;
use super::paging::{PAGE, Place};
use super::table_file::{TableFile, table_file};
use super::{PageResult, dossier_view, shown};

#[derive(Debug, Deserialize)]
pub struct YearQuery {
    nam: Option<i32>,
    cursor: Option<i64>,
}

/// `GET /thu/so`
///
/// # Errors
/// The database.
pub async fn page(front: Front, query: web::Query<YearQuery>) -> PageResult {
    let (c, lang) = (front.ctx(), front.lang);
    let YearQuery { nam, cursor } = query.into_inner();
    let page = front
        .work(move |office, now| {
            let register = office.outgoing_register(now, nam, |total| (Place::of(cursor, total).offset, PAGE))?;
            let rules = office.store().read(|conn| office.rules(conn))?;
            let name = |username: &str| dossier_view::actor(username, &rules, lang);
            let missing: Vec<String> = register.missing.iter().map(ToString::to_string).collect();
            Ok(OutgoingPage {
                c,
                pager: Place::of(cursor, register.total).pager(&format!("/thu/so?nam={}", register.year)),
                year: register.year,
                years: register.years,
                rows: register.lines.into_iter().map(|line| row(line, &name)).collect(),
                missing: missing.join(", "),
            })
        })
        .await?;
    front.page(StatusCode::OK, &page)
}

/// The whole year, for a file.
/// A line of the page; `name` gives the name of who signed.
fn row(line: Registered, name: &dyn Fn(&str) -> String) -> OutgoingRow {
    let Registered { letter, code, applicant, messages } = line;
    OutgoingRow {
        number: letter.number,
        issued: letter.issued_at.map(shown::at).unwrap_or_default(),
        kind: shown::letter_name(letter.kind),
        recipient: applicant,
        code,
        signer: letter.signer,
        signed_by: name(&letter.signed_by),
        sent: messages.iter().map(|one| (shown::letter_way(one.delivery), shown::send_state(one))).collect(),
        id: letter.id,
    }
}

/// `GET /thu/so.csv`, `.xlsx` and `.pdf`
///
/// # Errors
/// 404 for another format; the database.
pub async fn download(front: Front, ending: web::Path<String>, query: web::Query<YearQuery>) -> PageResult {
    let year = query.nam;
    table_file(&front, &ending, move |office: &Office, now| {
        let register = office.outgoing_register(now, year, |_| (0, i64::MAX))?;
        Ok(TableFile::new(format!("so-phieu-di-{}", register.year), now, table(register)))
    })
    .await
}

fn table(register: OutgoingRegister) -> tables::Table {
    let year = register.year;
    let lines = register.lines.into_iter().map(|line| {
        // A file keeps the user name: people with the same name stay apart.
        let row = row(line, &|username| match username {
            "system" => by_itself(Lang::Vi),
            "cli" => by_command(Lang::Vi),
            username => username.to_owned(),
        });
        let sent: Vec<String> = row.sent.iter().map(|(way, state)| format!("{}: {}", way.vi(), state.vi())).collect();
        OutgoingLine {
            number: row.number,
            issued: row.issued,
            kind: row.kind.vi(),
            recipient: row.recipient,
            code: row.code,
            signer: row.signer,
            signed_by: row.signed_by,
            sent: sent.join("; "),
        }
    });
    tables::outgoing(year, lines.collect())
}
