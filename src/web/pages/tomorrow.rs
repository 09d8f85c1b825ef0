//! `/sang-mai`: a dry run at the next opening of the office.

use actix_web::http::StatusCode;

use crate::domain::time::local;
use crate::office::preview::{Since, WouldGo};
use crate::render::pages::tomorrow::{TomorrowAlert, TomorrowPage, TomorrowRow};
use crate::render::pages::{Lang, time};

use super::front::Front;
use super::{PageResult, encoded, shown};

/// `GET /sang-mai`
///
/// # Errors
/// The database.
pub async fn page(front: Front) -> PageResult {
    let c = front.ctx();
    let page = front
        .work(move |office, now| {
            let preview = office.preview(office.next_morning(now)?)?;
            let (citizens, inside): (Vec<_>, Vec<_>) =
                preview.messages.iter().partition(|message| message.kind.is_for_the_citizen());
            let rows = |messages: Vec<&WouldGo>| messages.into_iter().map(|message| row(message, c.lang)).collect();
            let alerts = preview.alerts.iter().map(|(kind, code, who)| TomorrowAlert {
                kind: shown::message_kind(*kind),
                code: code.clone(),
                who: who.clone(),
            });
            Ok(TomorrowPage {
                at: time::long_instant(c.lang, local(preview.at)),
                inside: rows(inside),
                citizens: rows(citizens),
                alerts: alerts.collect(),
                failed: preview.failed,
                c,
            })
        })
        .await?;
    front.page(StatusCode::OK, &page)
}

fn row(message: &WouldGo, lang: Lang) -> TomorrowRow {
    TomorrowRow {
        kind: shown::message_kind(message.kind),
        code: shown::about(message.kind, &message.about, lang),
        href: message.dossier.then(|| format!("/ho-so/{}", encoded(&message.about))),
        recipient: super::outbox::named(&message.recipient_name, &message.recipient),
        channel: super::outbox::channel(message.delivery, lang),
        new_due: message.new_due_at.map(time::instant),
        waits: message.since == Since::Waiting,
        members: message.members.iter().map(|(kind, code)| (shown::message_kind(*kind), code.clone())).collect(),
    }
}
