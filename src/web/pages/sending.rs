//! `/gui-tin`: how mail and messages leave, how each way stands, and a test through the real one.

use actix_web::http::StatusCode;
use serde::Deserialize;

use crate::config::{Gateway, MailTransport, Settings};
use crate::domain::time::Instant;
use crate::office::test_send::{TestText, Tested};
use crate::office::{FieldError, Office, OfficeError, OfficeResult};
use crate::render::pages::form::Choice;
use crate::render::pages::sending::{SendingPage, TestView, WayState, WayView, test_text};
use crate::render::pages::{Ctx, phrases, records};
use crate::store::outbox::{self, Delivery, OutboxState};
use crate::web::posted::Posted;

use super::front::Front;
use super::{PageResult, shown};

/// The ways that have a page; the tray is paper.
const WAYS: [Delivery; 3] = [Delivery::Mail, Delivery::Sms, Delivery::Zalo];

/// `GET /gui-tin`
///
/// # Errors
/// The database.
pub async fn page(front: Front) -> PageResult {
    let c = front.ctx();
    let page = front.work(move |office, now| assemble(office, c, now, &Typed::default(), None, &[])).await?;
    front.page(StatusCode::OK, &page)
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    way: String,
    to: String,
}

/// `POST /gui-tin/thu`
///
/// # Errors
/// A wrong address and too many tests are the page again (422); the database.
pub async fn test(front: Front, Posted(typed): Posted<Typed>) -> PageResult {
    let (c, actor) = (front.ctx(), front.caller()?.actor());
    let (status, page) = front
        .work(move |office, now| {
            let way = typed.way.parse().unwrap_or(Delivery::Mail);
            let (subject, text) = test_text(&office.settings().agency.name, &shown::at(now));
            match office.send_test(now, &actor, (way, &typed.to), TestText { subject, text }) {
                Ok(tested) => {
                    let page = assemble(office, c, now, &typed, Some((way, tested)), &[])?;
                    Ok((StatusCode::OK, page))
                }
                Err(OfficeError::Invalid(errors)) => {
                    let page = assemble(office, c, now, &typed, None, &errors)?;
                    Ok((StatusCode::UNPROCESSABLE_ENTITY, page))
                }
                Err(error) => Err(error),
            }
        })
        .await?;
    front.page(status, &page)
}

fn assemble(
    office: &Office,
    c: Ctx,
    now: Instant,
    typed: &Typed,
    tested: Option<(Delivery, Tested)>,
    errors: &[FieldError],
) -> OfficeResult<SendingPage> {
    let ways = ways(office, &c, now)?;
    let set_up = WAYS.into_iter().filter(|way| office.is_set_up(*way));
    let choice = |way: Delivery| Choice::new(way.as_str(), name(&c, way), &typed.way);
    Ok(SendingPage {
        ways,
        to: typed.to.clone(),
        way_choices: set_up.map(choice).collect(),
        tested: tested.map(|(way, tested)| TestView {
            taken: tested.taken,
            way: name(&c, way),
            answer: records::cause(c.lang, &tested.answer),
        }),
        errors: shown::errors(errors, c.lang),
        c: Ctx { path: "/gui-tin".to_owned(), ..c },
    })
}

fn name(c: &Ctx, way: Delivery) -> String {
    match way {
        Delivery::Mail => c.t("Thư điện tử", "E-mail").to_owned(),
        Delivery::Sms | Delivery::Zalo | Delivery::Tray => phrases::way(c.lang, way.as_str()),
    }
}

fn ways(office: &Office, c: &Ctx, now: Instant) -> OfficeResult<Vec<WayView>> {
    let lines = office.lines(now)?;
    let counts = office.store().read(outbox::count_each)?;
    let mut views = Vec::new();
    for way in WAYS {
        let count = |fits: fn(OutboxState) -> bool| {
            let of_way = counts.iter().filter(|(state, _, by, _)| *by == way && fits(*state));
            u64::try_from(of_way.map(|(_, _, _, count)| count).sum::<i64>()).unwrap_or(0)
        };
        let outage = lines.lasting.iter().find(|outage| outage.delivery == way);
        let is_set_up = office.is_set_up(way);
        let last_sent = if is_set_up {
            office.store().read(|conn| outbox::last_sent(conn, way)).map_err(OfficeError::from)?
        } else {
            None
        };
        views.push(WayView {
            name: name(c, way),
            state: match (is_set_up, outage, last_sent) {
                (false, _, _) => WayState::NotSetUp,
                (true, Some(_), _) => WayState::Down,
                (true, None, Some(_)) => WayState::Works,
                (true, None, None) => WayState::Unused,
            },
            down_since: outage.map(|outage| shown::at(outage.since)),
            last_error: outage.map(|outage| records::cause(c.lang, &outage.last_error)),
            last_sent: last_sent.map(shown::at),
            waiting: count(OutboxState::is_waiting),
            dead: count(|state| state == OutboxState::Failed),
            settings: settings(office.settings(), way),
            href: format!("/hop-di?way={way}"),
        });
    }
    Ok(views)
}

/// What is set for a way, without anything secret: of headers the names only, of an address its host.
fn settings(settings: &Settings, way: Delivery) -> Vec<(&'static str, String)> {
    if way == Delivery::Mail {
        let mail = &settings.mail;
        let common = [("mail.from", format!("{} <{}>", mail.from_name, mail.from))];
        let own = match mail.transport {
            MailTransport::Folder => {
                vec![("mail.transport", "folder".to_owned()), ("mail.folder", mail.folder.clone())]
            }
            MailTransport::Smtp => vec![
                ("mail.transport", "smtp".to_owned()),
                ("mail.host", mail.host.clone()),
                ("mail.port", mail.port.to_string()),
                ("mail.security", mail.security.to_string()),
                ("mail.username", mail.username.clone()),
                ("mail.timeout_seconds", mail.timeout_seconds.to_string()),
            ],
        };
        return own.into_iter().chain(common).collect();
    }
    let gateway = settings.gateways.iter().find(|gateway| gateway.way.as_str() == way.as_str());
    gateway.map(gateway_settings).unwrap_or_default()
}

fn gateway_settings(gateway: &Gateway) -> Vec<(&'static str, String)> {
    let host = gateway.url.split("://").nth(1).and_then(|rest| rest.split(['/', '?', '#']).next()).unwrap_or_default();
    // What stands before an @ is a login.
    let host = host.rsplit('@').next().unwrap_or_default();
    let headers: Vec<&str> = gateway.headers.keys().map(String::as_str).collect();
    vec![
        ("url", format!("{} {host}", gateway.method)),
        ("headers", headers.join(", ")),
        ("phone_format", gateway.phone_format.to_string()),
        ("timeout_seconds", gateway.timeout_seconds.to_string()),
    ]
}
