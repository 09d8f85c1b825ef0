//! `/ho-so`: the queue by urgency.

use actix_web::http::StatusCode;
use actix_web::web;
use serde::Deserialize;

use crate::domain::role::{Right, Role};
use crate::domain::time::Instant;
use crate::office::queue::Horizon;
use crate::office::{Office, OfficeResult, Rules};
use crate::render::pages::form::Chip;
use crate::render::pages::phrases;
use crate::render::pages::queue::{QueuePage, QueueRow, QueueState};
use crate::store::dossiers::{self, After, DossierRow, Filter, Order, Part};
use crate::web::api::dossiers::{read_cursor, write_cursor};

use super::front::Front;
use super::{PageResult, encoded, given, may, shown};

/// Rows of one page.
const PAGE: usize = 60;

/// The filters, all in the address.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct QueueQuery {
    state: Option<String>,
    q: Option<String>,
    unit: Option<String>,
    /// Absent: an officer's own; empty: everybody's.
    officer: Option<String>,
    cursor: Option<String>,
}

/// The filters as understood.
struct Asked {
    /// `None`: all dossiers, the search of the page head.
    state: Option<QueueState>,
    q: String,
    unit: String,
    officer: String,
    after: Option<After>,
}

/// `GET /ho-so`
///
/// # Errors
/// The database.
pub async fn page(front: Front, query: web::Query<QueueQuery>) -> PageResult {
    let caller = front.caller()?;
    let asked = understood(query.into_inner(), caller.account.role, &caller.account.username);
    let (c, may_log) = (front.ctx(), may(&front, Right::Intake).is_some());
    let page = front.work(move |office, now| assemble(office, now, asked, c, may_log)).await?;
    front.page(StatusCode::OK, &page)
}

fn understood(query: QueueQuery, role: Role, username: &str) -> Asked {
    let code = given(query.state.as_deref()).unwrap_or("open");
    let state = QueueState::ALL.into_iter().find(|state| state.code() == code);
    let q = given(query.q.as_deref()).unwrap_or_default().to_owned();
    // A search looks everywhere; a list without further wishes is one's own work.
    let own = role == Role::Officer && q.is_empty() && code != "all";
    let officer = match query.officer {
        Some(officer) => officer,
        None if own => username.to_owned(),
        None => String::new(),
    };
    Asked {
        state: if code == "all" { None } else { state.or(Some(QueueState::Open)) },
        q,
        unit: given(query.unit.as_deref()).unwrap_or_default().to_owned(),
        officer,
        after: query.cursor.as_deref().and_then(read_cursor),
    }
}

impl Asked {
    fn href(&self, state: &str) -> String {
        let Self { q, unit, officer, .. } = self;
        let mut href = format!("/ho-so?state={state}&officer={}", encoded(officer));
        for (name, value) in [("unit", unit), ("q", q)] {
            if !value.is_empty() {
                href = format!("{href}&{name}={}", encoded(value));
            }
        }
        href
    }

    fn code(&self) -> &'static str {
        self.state.map_or("all", |state| state.code())
    }

    fn filter(&self, state: Option<QueueState>, rules: &Rules, horizon: &Horizon) -> Filter {
        // A name that nobody has finds nothing, rather than everything.
        let nobody = || Some(String::new());
        let unit = |text: &str| rules.unit_named(text).map(|unit| unit.id.clone()).or_else(nobody);
        let person = |text: &str| rules.person_named(text).map(|who| who.id.clone()).or_else(nobody);
        Filter {
            part: state.map_or(Part::All, |state| part(state, horizon)),
            q: Some(self.q.clone()).filter(|q| !q.is_empty()),
            unit_id: given(Some(&self.unit)).and_then(unit),
            officer_id: given(Some(&self.officer)).and_then(person),
            ..Filter::default()
        }
    }
}

fn part(state: QueueState, horizon: &Horizon) -> Part {
    match state {
        QueueState::Open => Part::Open,
        QueueState::Overdue => Part::Overdue(horizon.now),
        QueueState::Today => Part::DueBetween(horizon.now, horizon.today_ends),
        QueueState::Tomorrow => Part::DueBetween(horizon.today_ends, horizon.tomorrow_ends),
        QueueState::Week => Part::DueBetween(horizon.now, horizon.week_ends),
        QueueState::Waiting => Part::Waiting,
        QueueState::NoPromise => Part::WithoutPromise,
        QueueState::HandOver => Part::AwaitingHandOver,
        QueueState::Consultation => Part::ConsultationLate(horizon.now),
        QueueState::Done => Part::Closed,
    }
}

fn assemble(
    office: &Office,
    now: Instant,
    asked: Asked,
    c: crate::render::pages::Ctx,
    may_log: bool,
) -> OfficeResult<QueuePage> {
    let horizon = Horizon::of(now);
    let rules = office.store().read(|conn| office.rules(conn))?;
    let count = |state| {
        let filter = asked.filter(state, &rules, &horizon);
        let count = office.store().read(|conn| dossiers::count(conn, &filter))?;
        OfficeResult::Ok(u64::try_from(count).unwrap_or(0))
    };
    let mut chips = Vec::with_capacity(QueueState::ALL.len());
    for key in QueueState::ALL {
        let current = asked.state == Some(key);
        let count = count(Some(key))?;
        // Offered only where there is something: most days have neither.
        let rare = matches!(key, QueueState::HandOver | QueueState::Consultation);
        if count > 0 || current || !rare {
            chips.push(Chip { key, count, href: asked.href(key.code()), current });
        }
    }
    let total = chips.iter().find(|chip| chip.current).map_or_else(|| count(asked.state), |chip| Ok(chip.count))?;
    let order = match asked.state {
        None | Some(QueueState::Done) => Order::NewestFirst,
        Some(_) => Order::DueFirst,
    };
    let filter = asked.filter(asked.state, &rules, &horizon);
    let limit = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
    let mut found = office.list(&filter, order, asked.after.as_ref(), limit)?;
    let more = found.len() > PAGE;
    found.truncate(PAGE);
    let next = found.last().filter(|_| more).map(|row| {
        let at = match order {
            Order::DueFirst => row.due_at,
            Order::NewestFirst => Some(row.received_at),
        };
        let cursor = write_cursor(&After { at, id: row.id.clone() });
        format!("{}&cursor={}", asked.href(asked.code()), encoded(&cursor))
    });
    let provisional = office.provisional(&rules, &found)?;
    let row = |row: &DossierRow| QueueRow {
        provisional: provisional.contains(&row.id),
        ..shown::queue_row(row, &rules, &horizon, c.lang)
    };
    Ok(QueuePage {
        rows: found.iter().map(row).collect(),
        units: shown::units(&rules, phrases::every_unit(c.lang), &asked.unit),
        officers: shown::officers(&rules, phrases::every_officer(c.lang), &asked.officer),
        state: asked.code().to_owned(),
        q: asked.q,
        narrowed: None,
        late_list: false,
        total,
        chips,
        next,
        may_log,
        c,
    })
}
