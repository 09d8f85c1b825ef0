//! `/viec`: what the desk has to do for people whom no message reaches.

use actix_web::http::StatusCode;
use actix_web::web;
use serde::Deserialize;

use crate::domain::time::Instant;
use crate::office::OfficeResult;
use crate::office::tasks::{About, DeskItem, TaskForm, Ticked};
use crate::render::desk::to_read_out;
use crate::render::mail;
use crate::render::pages::desk::{DeskKind, DeskPage, DeskRow, TickedRow};
use crate::render::pages::phrases::Done;
use crate::render::pages::{Lang, records};
use crate::store::tasks::TaskKind;
use crate::web::posted::Posted;

use super::front::Front;
use super::paging::{self, Cursor, PAGE, Place};
use super::{PageResult, encoded, shown};

const DESK: &str = "/viec";

/// `GET /viec`
///
/// # Errors
/// The database.
pub async fn page(front: Front, query: web::Query<Cursor>) -> PageResult {
    let (c, actor) = (front.ctx(), front.caller()?.actor());
    let page = front
        .work(move |office, now| {
            let counts = office.desk_counts(now)?;
            let place = Place::of(query.cursor, counts.open);
            let items = office.desk(place.offset, PAGE)?;
            Ok(DeskPage {
                rows: items.into_iter().map(|item| row(now, item)).collect::<OfficeResult<Vec<_>>>()?,
                pager: place.pager(DESK),
                late: counts.late,
                papers: counts.papers,
                ticked: office.just_ticked(now, &actor)?.into_iter().map(|one| ticked(c.lang, one, "viec")).collect(),
                c,
            })
        })
        .await?;
    front.page(StatusCode::OK, &page)
}

/// Whom the desk calls about a task.
struct Whom {
    code: String,
    href: String,
    contact_href: Option<String>,
    name: String,
    phone: String,
    address: String,
}

fn whom(about: &About) -> Whom {
    let (code, href, contact_href) = match about {
        About::Dossier(row, _) => {
            let href = format!("/ho-so/{}", encoded(&row.code));
            (row.code.clone(), href.clone(), Some(format!("{href}/lien-he")))
        }
        About::Submission(submission) => {
            (submission.code.clone(), format!("/truc-tuyen/{}", encoded(&submission.code)), None)
        }
    };
    let told = about.told();
    let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
    Whom { code, href, contact_href, name: told.name.to_owned(), phone: text(told.phone), address: text(told.address) }
}

fn row(now: Instant, item: DeskItem) -> OfficeResult<DeskRow> {
    let DeskItem { task, message, about } = item;
    let text = match &message {
        Some(message) => to_read_out(message.kind, &mail::compose(&serde_json::from_str(&message.facts)?)?.text),
        None => String::new(),
    };
    let letter = message.as_ref().and_then(|message| message.letter_id.as_ref());
    let whom = whom(&about);
    Ok(DeskRow {
        kind: match task.kind {
            TaskKind::Phone => DeskKind::Phone,
            TaskKind::Print => DeskKind::Print,
            TaskKind::Contact => DeskKind::Contact,
        },
        late: task.due_at < now,
        due: shown::at(task.due_at),
        opened: shown::at(task.opened_at),
        code: whom.code,
        href: whom.href,
        contact_href: whom.contact_href,
        name: whom.name,
        phone: whom.phone,
        address: whom.address,
        reason: task.reason,
        message: message.as_ref().map(|message| shown::message_kind(message.kind)),
        pdf_href: letter.map(|id| format!("/thu/{}.pdf", encoded(id))),
        id: task.id,
        text,
    })
}

/// A tick that can be taken back.
pub fn ticked(lang: Lang, one: Ticked, back: &'static str) -> TickedRow {
    let whom = whom(&one.about);
    TickedRow {
        id: one.task.id,
        code: whom.code,
        href: whom.href,
        name: whom.name,
        note: records::task_note(lang, &one.task.note),
        at: one.task.done_at.map(shown::at).unwrap_or_default(),
        back,
    }
}

/// What the desk says, and the page it said it on.
#[derive(Debug, Deserialize)]
pub struct Said {
    #[serde(flatten)]
    form: TaskForm,
    #[serde(default)]
    cursor: String,
}

/// `POST /viec/{id}/xong`
///
/// # Errors
/// 404 when it does not wait; 422 for a wrong word.
pub async fn done(front: Front, id: web::Path<String>, Posted(said): Posted<Said>) -> PageResult {
    let actor = front.caller()?.actor();
    front.work(move |office, now| office.finish_task(now, &actor, &id, &said.form)).await?;
    front.done(Done::Told, &paging::at(DESK, said.cursor.parse().unwrap_or(0).max(0)))
}

/// The page that a tick was taken back on.
#[derive(Debug, Deserialize)]
pub struct Back {
    #[serde(default)]
    back: String,
}

/// `POST /viec/{id}/hoan-tac`
///
/// # Errors
/// 404 when it is not done; 409 for somebody else, too late, or when something followed from it.
pub async fn undo(front: Front, id: web::Path<String>, Posted(form): Posted<Back>) -> PageResult {
    let actor = front.caller()?.actor();
    front.work(move |office, now| office.undo_task(now, &actor, &id)).await?;
    front.done(Done::Undone, if form.back == "thu" { "/thu?state=print" } else { DESK })
}
