//! `/viec`: what the desk has to do for people whom no message reaches.

use actix_web::http::StatusCode;
use actix_web::web;

use crate::domain::time::Instant;
use crate::office::OfficeResult;
use crate::office::tasks::{DeskItem, TaskForm, is_in_tray};
use crate::render::desk::{to_read_out, tray_reason};
use crate::render::mail;
use crate::render::pages::desk::{DeskKind, DeskPage, DeskRow};
use crate::render::pages::phrases::Done;
use crate::store::tasks::TaskKind;
use crate::web::posted::Posted;

use super::front::Front;
use super::{PageResult, encoded, shown};

/// What is shown at once; the soonest due come first.
const SHOWN: i64 = 200;

/// `GET /viec`
///
/// # Errors
/// The database.
pub async fn page(front: Front) -> PageResult {
    let c = front.ctx();
    let (rows, papers) = front
        .work(|office, now| {
            let items = office.desk(SHOWN)?;
            let papers = items.iter().filter(|item| is_paper(item)).count();
            let rows = items.into_iter().map(|item| row(now, item)).collect::<OfficeResult<Vec<_>>>()?;
            Ok((rows, papers))
        })
        .await?;
    let late = rows.iter().filter(|row| row.late).count();
    let number = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
    front.page(StatusCode::OK, &DeskPage { c, late: number(late), papers: number(papers), rows })
}

fn is_paper(item: &DeskItem) -> bool {
    item.message.as_ref().is_some_and(|message| message.letter_id.is_some() && is_in_tray(message))
}

fn row(now: Instant, item: DeskItem) -> OfficeResult<DeskRow> {
    let DeskItem { task, message, row, kind, opened_at, due_at } = item;
    let text = match &message {
        Some(message) => to_read_out(message.kind, &mail::compose(&serde_json::from_str(&message.facts)?)?.text),
        None => String::new(),
    };
    let letter = message.as_ref().and_then(|message| message.letter_id.as_ref());
    let of_row = |field: fn(&crate::store::dossiers::DossierRow) -> Option<&String>| {
        row.as_ref().and_then(|row| field(row).cloned()).unwrap_or_default()
    };
    let about = message.as_ref();
    Ok(DeskRow {
        kind: match kind {
            TaskKind::Phone => DeskKind::Phone,
            TaskKind::Print => DeskKind::Print,
            TaskKind::Contact => DeskKind::Contact,
        },
        late: due_at < now,
        due: shown::at(due_at),
        opened: shown::at(opened_at),
        href: row.as_ref().map(|row| format!("/ho-so/{}", encoded(&row.code))),
        phone: match &row {
            Some(row) => row.applicant_phone.clone().unwrap_or_default(),
            None => about.map(|message| message.recipient.clone()).unwrap_or_default(),
        },
        address: of_row(|row| row.applicant_address.as_ref()),
        code: row.as_ref().map(|row| &row.code).or(about.map(|one| &one.about)).cloned().unwrap_or_default(),
        name: row
            .as_ref()
            .map(|row| &row.applicant_name)
            .or(about.map(|one| &one.recipient_name))
            .cloned()
            .unwrap_or_default(),
        reason: task.as_ref().map_or_else(|| tray_reason(""), |task| task.reason.clone()),
        message: about.map(|message| shown::message_kind(message.kind)),
        pdf_href: letter.map(|id| format!("/thu/{}.pdf", encoded(id))),
        id: task.map(|task| task.id).or(message.map(|message| message.id)).unwrap_or_default(),
        text,
    })
}

/// `POST /viec/{id}/xong`
///
/// # Errors
/// 404 when it does not wait; 422 for a wrong word.
pub async fn done(front: Front, id: web::Path<String>, Posted(form): Posted<TaskForm>) -> PageResult {
    let actor = front.caller()?.actor();
    front.work(move |office, now| office.finish_task(now, &actor, &id, &form)).await?;
    front.done(Done::Told, "/viec")
}
