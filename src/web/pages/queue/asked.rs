//! What is asked of the queue: filters, order and place, all in the address.

use actix_web::web;
use serde::Deserialize;

use crate::domain::role::Role;
use crate::office::Rules;
use crate::office::queue::Horizon;
use crate::render::pages::Lang;
use crate::render::pages::form::Choice;
use crate::render::pages::phrases::QueueSort;
use crate::render::pages::queue::QueueState;
use crate::store::dossiers::{After, Filter, Order, Part};
use crate::web::api::dossiers::read_cursor;

use super::super::{encoded, given};

/// The filters, all in the address.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct QueueQuery {
    state: Option<String>,
    q: Option<String>,
    unit: Option<String>,
    /// Absent: an officer's own; empty: everybody's.
    officer: Option<String>,
    sort: Option<String>,
    /// The page after a row, or the one before.
    cursor: Option<String>,
    before: Option<String>,
}

/// The filters as understood.
pub(super) struct Asked {
    /// `None`: all dossiers, the search of the page head.
    pub(super) state: Option<QueueState>,
    pub(super) q: String,
    pub(super) unit: String,
    pub(super) officer: String,
    pub(super) order: Order,
    pub(super) after: Option<After>,
    pub(super) before: Option<After>,
}

pub(super) fn understood(query: QueueQuery, role: Role, username: &str) -> Asked {
    let code = given(query.state.as_deref()).unwrap_or("open");
    let state = QueueState::ALL.into_iter().find(|state| state.code() == code);
    let state = if code == "all" { None } else { state.or(Some(QueueState::Open)) };
    let q = given(query.q.as_deref()).unwrap_or_default().to_owned();
    // A search looks everywhere; a list without further wishes is one's own work.
    let own = role == Role::Officer && q.is_empty() && code != "all";
    let officer = match query.officer {
        Some(officer) => officer,
        None if own => username.to_owned(),
        None => String::new(),
    };
    let wanted = given(query.sort.as_deref());
    let sort = QueueSort::ALL.into_iter().find(|sort| Some(sort.code()) == wanted);
    Asked {
        state,
        q,
        unit: given(query.unit.as_deref()).unwrap_or_default().to_owned(),
        officer,
        order: sort.map_or_else(|| usual_order(state), order_of),
        after: query.cursor.as_deref().and_then(read_cursor),
        before: query.before.as_deref().and_then(read_cursor),
    }
}

fn usual_order(state: Option<QueueState>) -> Order {
    match state {
        None | Some(QueueState::Done) => Order::NewestFirst,
        Some(_) => Order::DueFirst,
    }
}

fn order_of(sort: QueueSort) -> Order {
    match sort {
        QueueSort::DueFirst => Order::DueFirst,
        QueueSort::DueLast => Order::DueLast,
        QueueSort::NewestFirst => Order::NewestFirst,
        QueueSort::OldestFirst => Order::OldestFirst,
    }
}

/// The query of an address of the queue with nothing in it but filters: what may be saved under a name.
pub fn only_filters(query: &str) -> Option<String> {
    let query = web::Query::<QueueQuery>::from_query(query).ok()?.into_inner();
    let officer = query.officer.clone().unwrap_or_default();
    let asked = understood(QueueQuery { officer: Some(officer), ..query }, Role::Clerk, "");
    Some(asked.query(asked.code()))
}

impl Asked {
    /// The filters with another chip: `state=open&officer=`.
    pub(super) fn query(&self, state: &str) -> String {
        let Self { q, unit, officer, .. } = self;
        let mut query = format!("state={state}&officer={}", encoded(officer));
        let sort = QueueSort::ALL.into_iter().find(|sort| order_of(*sort) == self.order);
        let sort = sort.filter(|_| self.order != usual_order(self.state)).map(QueueSort::code).unwrap_or_default();
        for (name, value) in [("unit", unit.as_str()), ("q", q), ("sort", sort)] {
            if !value.is_empty() {
                query = format!("{query}&{name}={}", encoded(value));
            }
        }
        query
    }

    pub(super) fn href(&self, state: &str) -> String {
        format!("/ho-so?{}", self.query(state))
    }

    pub(super) fn code(&self) -> &'static str {
        self.state.map_or("all", |state| state.code())
    }

    pub(super) fn filter(&self, rules: &Rules, horizon: &Horizon) -> Filter {
        // A name that nobody has finds nothing, rather than everything.
        let nobody = || Some(String::new());
        let unit = |text: &str| rules.unit_named(text).map(|unit| unit.id.clone()).or_else(nobody);
        let person = |text: &str| rules.person_named(text).map(|who| who.id.clone()).or_else(nobody);
        Filter {
            part: self.state.map_or(Part::All, |state| part(state, horizon)),
            q: Some(self.q.clone()).filter(|q| !q.is_empty()),
            unit_id: given(Some(&self.unit)).and_then(unit),
            officer_id: given(Some(&self.officer)).and_then(person),
            ..Filter::default()
        }
    }

    pub(super) fn sorts(&self, lang: Lang) -> Vec<Choice> {
        let choice = |sort: QueueSort| Choice {
            value: sort.code().to_owned(),
            label: sort.word(lang),
            selected: order_of(sort) == self.order,
        };
        QueueSort::ALL.into_iter().map(choice).collect()
    }
}

pub(super) fn part(state: QueueState, horizon: &Horizon) -> Part {
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
