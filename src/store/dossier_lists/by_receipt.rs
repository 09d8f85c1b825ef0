//! Lists in the order of receipt, and the finding of dossiers by words within it.

use chrono::{NaiveDateTime, TimeDelta};
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::Timestamp;

use super::{After, Filter, Order, Part};
use crate::domain::sub_deadline::SubDeadlineKind;
use crate::store::columns::stored;
use crate::store::connection::Conn;
use crate::store::dossiers::DossierRow;
use crate::store::error::StoreResult;
use crate::store::schema::{dossiers, sub_deadlines};
use crate::store::search::{self, Asked, First};
use crate::store::search_key::word_pattern;

/// So many of the first dossiers of an order are read for a question before an index is asked: what is
/// common fills a page from the first of them.
const FIRST: i64 = 300;
/// And then so many on SQLite, where the index is slow for what is common; PostgreSQL's has weeks.
const MORE_SQLITE: i64 = 5_000;

/// A piece of the order by receipt.
#[derive(Debug, Clone, Copy, Default)]
struct Stretch {
    /// behind this moment
    beyond: Option<NaiveDateTime>,
    /// up to this moment, which belongs to it
    upto: Option<NaiveDateTime>,
}

/// A list without a question.
pub(super) fn in_order(
    conn: &mut Conn,
    filter: &Filter,
    order: Order,
    after: Option<&After>,
    limit: i64,
) -> StoreResult<Vec<DossierRow>> {
    by_receipt(conn, filter, None, (order, after, Stretch::default()), limit)
}

/// By receipt, within a stretch of the order asked for.
fn by_receipt(
    conn: &mut Conn,
    filter: &Filter,
    asked: Option<&Asked>,
    (order, after, stretch): (Order, Option<&After>, Stretch),
    limit: i64,
) -> StoreResult<Vec<DossierRow>> {
    let newest = order == Order::NewestFirst;
    let first = First {
        newest,
        beyond: stretch.beyond,
        after: after.and_then(|after| Some((stored(after.at?), after.id.clone()))),
        limit: filter.is_only_a_question().then_some(limit),
    };
    let asked = asked.map(|asked| asked.of_first(first));
    let asked = asked.as_ref();
    let mut query = filtered!(conn, filter, asked).select(DossierRow::as_select()).limit(limit);
    // Few dossiers are left by the index: a planner that hoped to meet them soon in the order of an index
    // would read all the others first.
    let sorted = || sql::<Timestamp>("COALESCE(dossiers.received_at, dossiers.received_at)");
    let few = asked.is_some_and(|asked| asked.by_index.is_some());
    if let Some(beyond) = stretch.beyond {
        query = match (newest, few) {
            (true, false) => query.filter(dossiers::received_at.lt(beyond)),
            (false, false) => query.filter(dossiers::received_at.gt(beyond)),
            (true, true) => query.filter(sorted().lt(beyond)),
            (false, true) => query.filter(sorted().gt(beyond)),
        };
    }
    if let Some(upto) = stretch.upto {
        query = match newest {
            true => query.filter(dossiers::received_at.ge(upto)),
            false => query.filter(dossiers::received_at.le(upto)),
        };
    }
    if let Some(After { at: Some(at), id }) = after {
        let (at, id) = (stored(*at), id.clone());
        query = match newest {
            true => {
                query.filter(dossiers::received_at.le(at)).filter(dossiers::received_at.lt(at).or(dossiers::id.lt(id)))
            }
            false => {
                query.filter(dossiers::received_at.ge(at)).filter(dossiers::received_at.gt(at).or(dossiers::id.gt(id)))
            }
        };
    }
    let query = match (newest, few) {
        (true, false) => query.order((dossiers::received_at.desc(), dossiers::id.desc())),
        (false, false) => query.order((dossiers::received_at.asc(), dossiers::id.asc())),
        (true, true) => query.order((sorted().desc(), dossiers::id.desc())),
        (false, true) => query.order((sorted().asc(), dossiers::id.asc())),
    };
    Ok(query.load(conn)?)
}

/// A question, stretch by stretch of the order until a page is full: the first dossiers fill it where the
/// words are common; where they do not, few enough fit for the index to give them all.
pub(super) fn by_words(
    conn: &mut Conn,
    filter: &Filter,
    asked: &Asked,
    order: Order,
    after: Option<&After>,
    limit: i64,
) -> StoreResult<Vec<DossierRow>> {
    let newest = order == Order::NewestFirst;
    let sizes: &[i64] = match (asked.is_rare(conn)?, &conn) {
        (true, _) => &[],
        (false, Conn::Pg(_)) => &[FIRST],
        (false, Conn::Lite(_)) => &[FIRST, MORE_SQLITE],
    };
    let mut rows = Vec::new();
    let mut beyond = None;
    let left = |rows: &Vec<DossierRow>| limit.saturating_sub(i64::try_from(rows.len()).unwrap_or(limit));
    for size in sizes {
        let upto = received(conn, order, after, *size)?;
        let stretch = Stretch { beyond, upto };
        rows.extend(by_receipt(conn, filter, Some(&asked.by_key()), (order, after, stretch), left(&rows))?);
        if upto.is_none() || left(&rows) <= 0 {
            return Ok(rows);
        }
        beyond = upto;
    }
    // A whole name or number that none of the first has is rare: all of it is found as quickly as that of two weeks.
    let rare = rows.is_empty() && asked.is_of_one();
    let has_weeks = matches!(conn, Conn::Pg(_)) && !rare;
    let this_week = beyond.filter(|_| has_weeks).map(search::week);
    // The week reached and the next of the order; behind them all the others.
    let edges = this_week.and_then(|week| match newest {
        true => Some((week.checked_sub(1)?, search::week_begins(week.checked_sub(1)?)?)),
        false => Some((week, search::week_begins(week.checked_add(2)?)? - TimeDelta::microseconds(1))),
    });
    if let Some((first, edge)) = edges {
        let stretch = Stretch { beyond, upto: None };
        rows.extend(by_receipt(conn, filter, Some(&asked.of_weeks(first)), (order, after, stretch), left(&rows))?);
        beyond = Some(edge);
    }
    if left(&rows) > 0 {
        let stretch = Stretch { beyond, upto: None };
        rows.extend(by_receipt(conn, filter, Some(asked), (order, after, stretch), left(&rows))?);
    }
    Ok(rows)
}

/// When the dossier was received that stands so many behind the first, or behind where a page begins.
fn received(conn: &mut Conn, order: Order, after: Option<&After>, place: i64) -> StoreResult<Option<NaiveDateTime>> {
    let newest = order == Order::NewestFirst;
    let mut query = dossiers::table.select(dossiers::received_at).offset(place).limit(1).into_boxed();
    if let Some(from) = after.and_then(|after| after.at).map(stored) {
        query = match newest {
            true => query.filter(dossiers::received_at.le(from)),
            false => query.filter(dossiers::received_at.ge(from)),
        };
    }
    query = match newest {
        true => query.order((dossiers::received_at.desc(), dossiers::id.desc())),
        false => query.order((dossiers::received_at.asc(), dossiers::id.asc())),
    };
    Ok(query.first(conn).optional()?)
}
