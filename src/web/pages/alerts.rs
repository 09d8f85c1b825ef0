//! `/bao-dong`: the alerts of who looks, and those of people away for whom they stand in.

use actix_web::http::StatusCode;
use actix_web::web;

use crate::domain::dossier::StageName;
use crate::domain::notice::NoticeKind;
use crate::domain::role::Right;
use crate::domain::time::Instant;
use crate::office::Rules;
use crate::office::alarm::answered::Standing;
use crate::office::queue::Horizon;
use crate::render::mail::MailFacts;
use crate::render::pages::Lang;
use crate::render::pages::alerts::{AlertRow, AlertsPage, Ask};
use crate::render::pages::phrases::Done;
use crate::store::alerts::Alert;
use crate::web::posted::Posted;

use super::front::Front;
use super::paging::{self, Cursor, PAGE, Place};
use super::{PageResult, encoded, may, shown};

const ALERTS: &str = "/bao-dong";

/// The board of a unit, where alerts are acknowledged too.
const BOARD: &str = "/don-vi-toi";
/// The most alerts acknowledged at once.
const MOST: usize = 500;

/// `GET /bao-dong`
///
/// # Errors
/// The database.
pub async fn page(front: Front, query: web::Query<Cursor>) -> PageResult {
    let c = front.ctx();
    let me = front.caller()?.account.id.clone();
    let may_act = may(&front, Right::Progress).is_some();
    let page = front
        .work(move |office, now| {
            let rules = office.store().read(|conn| office.rules(conn))?;
            let place = Place::of(query.cursor, office.count_alerts(now, &me)?);
            let standing = office.standing_alerts(now, &me, place.offset, PAGE)?;
            let row = |one: &Standing| row(one, &rules, now, &me, c.lang, may_act);
            Ok(AlertsPage { rows: standing.iter().map(row).collect(), pager: place.pager(ALERTS), c })
        })
        .await?;
    front.page(StatusCode::OK, &page)
}

fn row(one: &Standing, rules: &Rules, now: Instant, me: &str, lang: Lang, may_act: bool) -> AlertRow {
    let Standing { alert, row } = one;
    let facts: Option<MailFacts> = serde_json::from_str(&alert.facts).ok();
    let status = row.as_ref().map(|row| shown::status(row, rules, &Horizon::of(now), lang));
    let due = row.as_ref().and_then(|row| row.new_due_at.or(row.due_at)).map(shown::at);
    let remaining = status.and_then(|status| status.remaining);
    let asks = matches!(alert.kind, NoticeKind::DueSoon | NoticeKind::ApologyDue) && may_act;
    let ask = match row.as_ref().filter(|row| asks && row.stage == StageName::Processing) {
        Some(row) if row.reschedule_number == 0 => Ask::Ready,
        Some(_) => Ask::ReadyOnly,
        None => Ask::Nothing,
    };
    let (about, href) = about_and_href(alert, lang);
    let owner = rules.accounts.get(&alert.account_id).filter(|who| who.id != me);
    AlertRow {
        id: alert.id.clone(),
        kind: shown::message_kind(alert.kind),
        about,
        href,
        procedure: facts.as_ref().map(|facts| facts.procedure_name.clone()).unwrap_or_default(),
        due: [due, remaining].into_iter().flatten().collect::<Vec<_>>().join(" · "),
        note: facts.map(|facts| facts.reason).unwrap_or_default(),
        since: shown::at(alert.raised_at),
        until: alert.acknowledge_by.map(shown::at),
        late: alert.acknowledge_by.is_some_and(|until| until < now),
        for_whom: owner.map(|who| who.name.clone()),
        ask,
        version: row.as_ref().map_or(0, |row| row.revision),
    }
}

/// What an alert is about, in words, and the page of it.
pub(super) fn about_and_href(alert: &Alert, lang: Lang) -> (String, Option<String>) {
    let href = match (&alert.dossier_id, alert.kind == NoticeKind::TaskLate) {
        (Some(_), _) => Some(format!("/ho-so/{}", encoded(&alert.about))),
        // Of an online file that is no dossier yet.
        (None, true) => Some(format!("/truc-tuyen/{}", encoded(&alert.about))),
        (None, false) => None,
    };
    (shown::about(alert.kind, &alert.about, lang), href)
}

/// An address of the board, and nothing that a header could be made of.
fn is_board(to: &str) -> bool {
    to.starts_with(BOARD) && to.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/-?=._%".contains(&byte))
}

/// `POST /bao-dong/da-nhan`: the alerts whose `id` the form names.
///
/// # Errors
/// 404 when one of them stands on another screen.
pub async fn acknowledge(front: Front, Posted(fields): Posted<Vec<(String, String)>>) -> PageResult {
    let actor = front.caller()?.actor();
    let here = paging::at(ALERTS, paging::cursor_of(&fields).unwrap_or(0).max(0));
    let back = fields.iter().find(|(name, to)| name == "back" && is_board(to)).map(|(_, to)| to.clone());
    let ids: Vec<String> = fields.into_iter().filter(|(name, _)| name == "id").map(|(_, id)| id).take(MOST).collect();
    if ids.is_empty() {
        return front.done(Done::NothingChosen, &here);
    }
    front.work(move |office, now| office.acknowledge(now, &actor, &ids)).await?;
    front.done(Done::Acknowledged, back.as_deref().unwrap_or(&here))
}
