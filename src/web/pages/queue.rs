//! `/ho-so`: the queue by urgency.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::web;

use crate::domain::role::Right;
use crate::domain::time::Instant;
use crate::office::queue::Horizon;
use crate::office::{Office, OfficeResult};
use crate::render::pages::Ctx;
use crate::render::pages::form::Chip;
use crate::render::pages::phrases::{self};
use crate::render::pages::queue::{COUNTED, QueuePage, QueueRow, QueueState, QueueTools, SavedLink};
use crate::render::pages::several::Act;
use crate::store::Conn;
use crate::store::dossiers::{self, After, Counts, DossierRow, Ends, Filter, Part};
use crate::web::api::dossiers::write_cursor;
use crate::web::warm::{Numbers, Warm};

mod asked;

use self::asked::{Asked, understood};
pub use self::asked::{QueueQuery, only_filters};
use super::front::Front;
use super::{PageResult, encoded, may, shown};

/// Rows of one page.
const PAGE: usize = 60;

/// Who looks: what they saved and what they may do.
struct Looker {
    account_id: String,
    may_log: bool,
    may_act: bool,
}

/// `GET /ho-so`
///
/// # Errors
/// The database.
pub async fn page(front: Front, query: web::Query<QueueQuery>) -> PageResult {
    let caller = front.caller()?;
    let asked = understood(query.into_inner(), caller.account.role, &caller.account.username);
    let looker = Looker {
        account_id: caller.account.id.clone(),
        may_log: may(&front, Right::Intake).is_some(),
        may_act: may(&front, Right::Progress).is_some(),
    };
    let (c, warm) = (front.ctx(), Arc::clone(&front.site.warm));
    let page = front.work(move |office, now| assemble(office, &warm, now, asked, c, &looker)).await?;
    front.page(StatusCode::OK, &page)
}

/// The rows of a page, and whether there are more before and after them.
struct Found {
    rows: Vec<DossierRow>,
    earlier: bool,
    later: bool,
}

fn found(conn: &mut Conn, asked: &Asked, filter: &Filter) -> OfficeResult<Found> {
    let limit = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
    let Asked { order, after, before, .. } = asked;
    if let Some(before) = before {
        let mut rows = dossiers::list(conn, filter, order.reversed(), Some(before), limit)?;
        let earlier = rows.len() > PAGE;
        rows.truncate(PAGE);
        rows.reverse();
        return Ok(Found { rows, earlier, later: true });
    }
    let mut rows = dossiers::list(conn, filter, *order, after.as_ref(), limit)?;
    let later = rows.len() > PAGE;
    rows.truncate(PAGE);
    Ok(Found { rows, earlier: after.is_some(), later })
}

fn numbers(conn: &mut Conn, filter: &Filter, horizon: &Horizon) -> OfficeResult<Numbers> {
    let ends =
        Ends { now: horizon.now, today: horizon.today_ends, tomorrow: horizon.tomorrow_ends, week: horizon.week_ends };
    let open = dossiers::counts(conn, ends, filter.unit_id.as_deref(), filter.officer_id.as_deref())?;
    let done = upto(conn, filter, Part::Closed)?;
    Ok(Numbers { open, done })
}

/// How many of a part, counted up to [`COUNTED`].
fn upto(conn: &mut Conn, filter: &Filter, part: Part) -> OfficeResult<u64> {
    let most = i64::try_from(COUNTED).unwrap_or(i64::MAX);
    let count = dossiers::count_upto(conn, &Filter { part, ..filter.clone() }, most)?;
    Ok(u64::try_from(count).unwrap_or(0))
}

/// The number of one part.
fn number(numbers: &Numbers, state: QueueState) -> u64 {
    let Counts { open, overdue, today, tomorrow, week, waiting, without_promise, hand_over, consultation } =
        numbers.open;
    let count = match state {
        QueueState::Open => open,
        QueueState::Overdue => overdue,
        QueueState::Today => today,
        QueueState::Tomorrow => tomorrow,
        QueueState::Week => week,
        QueueState::Waiting => waiting,
        QueueState::NoPromise => without_promise,
        QueueState::HandOver => hand_over,
        QueueState::Consultation => consultation,
        QueueState::Done => return numbers.done,
    };
    u64::try_from(count).unwrap_or(0)
}

fn assemble(
    office: &Office,
    warm: &Warm,
    now: Instant,
    asked: Asked,
    c: Ctx,
    looker: &Looker,
) -> OfficeResult<QueuePage> {
    let horizon = Horizon::of(now);
    let (rules, filter, found, numbers) = office.store().read(|conn| {
        let rules = office.rules(conn)?;
        let filter = asked.filter(&rules, &horizon);
        let found = found(conn, &asked, &filter)?;
        // Who searches looks at what was found: nothing else is counted.
        let counted = || {
            let scope = (filter.unit_id.clone(), filter.officer_id.clone());
            warm.numbers(office, now, scope, || numbers(conn, &filter, &horizon))
        };
        let numbers = asked.q.is_empty().then(counted).transpose()?;
        OfficeResult::Ok((rules, filter, found, numbers))
    })?;
    let (total, more) = total(office, &asked, &filter, &found, numbers.as_ref())?;
    let cursor = |name: &str, row: Option<&DossierRow>, there: bool| {
        let after = After::row(row.filter(|_| there)?, asked.order);
        Some(format!("{}&{name}={}", asked.href(asked.code()), encoded(&write_cursor(&after))))
    };
    let provisional = office.provisional(&rules, &found.rows)?;
    let row = |row: &DossierRow| QueueRow {
        provisional: provisional.contains(&row.id),
        ..shown::queue_row(row, &rules, &horizon, c.lang)
    };
    Ok(QueuePage {
        rows: found.rows.iter().map(row).collect(),
        units: shown::units(&rules, phrases::every_unit(c.lang), &asked.unit),
        officers: shown::officers(&rules, phrases::every_officer(c.lang), &asked.officer),
        state: asked.code().to_owned(),
        narrowed: None,
        late_list: false,
        total,
        chips: chips(&asked, numbers.as_ref()),
        next: cursor("cursor", found.rows.last(), found.later),
        may_log: looker.may_log,
        tools: QueueTools {
            sorts: asked.sorts(c.lang),
            saved: saved(office, &asked, &looker.account_id)?,
            query: asked.query(asked.code()),
            previous: cursor("before", found.rows.first(), found.earlier),
            more,
            acts: if looker.may_act { Act::ALL.to_vec() } else { Vec::new() },
        },
        q: asked.q,
        c,
    })
}

/// How many dossiers there are, and whether there are more than that.
fn total(
    office: &Office,
    asked: &Asked,
    filter: &Filter,
    found: &Found,
    numbers: Option<&Numbers>,
) -> OfficeResult<(u64, bool)> {
    let here = u64::try_from(found.rows.len()).unwrap_or(0);
    let counted = match (numbers, asked.state) {
        (None, _) => return Ok((here, found.earlier || found.later)),
        (Some(numbers), Some(state)) => number(numbers, state),
        (Some(_), None) => office.store().read(|conn| upto(conn, filter, Part::All))?,
    };
    let ends = matches!(asked.state, None | Some(QueueState::Done));
    Ok((counted, ends && counted >= COUNTED))
}

fn chips(asked: &Asked, numbers: Option<&Numbers>) -> Vec<Chip<QueueState>> {
    let chip = |key: QueueState| {
        let current = asked.state == Some(key);
        let count = numbers.map_or(0, |numbers| number(numbers, key));
        // Offered only where there is something: most days have neither.
        let rare = matches!(key, QueueState::HandOver | QueueState::Consultation);
        let offered = count > 0 || current || !rare;
        offered.then(|| Chip { key, count, href: asked.href(key.code()), current })
    };
    QueueState::ALL.into_iter().filter_map(chip).collect()
}

fn saved(office: &Office, asked: &Asked, account_id: &str) -> OfficeResult<Vec<SavedLink>> {
    let here = asked.query(asked.code());
    let link = |filter: crate::store::saved_filters::SavedFilter| SavedLink {
        current: filter.query == here,
        href: format!("/ho-so?{}", filter.query),
        name: filter.name,
    };
    Ok(office.saved_filters(account_id)?.into_iter().map(link).collect())
}
