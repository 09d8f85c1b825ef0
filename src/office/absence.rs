//! Days of absence and who stands in: entered by the person, by the supervisor of their unit, or by an
//! administrator.

use chrono::NaiveDate;
use serde_json::json;

use crate::domain::problem::AccountProblem;
use crate::domain::role::Role;
use crate::domain::time::Instant;
use crate::store::people::{self, Account};

use super::accounts::note;
use super::error::{FieldError, OfficeError, OfficeResult, Problem, Refusal};
use super::rules::Rules;
use super::{Actor, Office, rules};

/// How far standing in is followed when a circle is looked for.
const LONGEST_CHAIN: usize = 8;

/// An absence as typed; no days: the person is there.
#[derive(Debug, Clone, Default)]
pub struct AbsenceForm {
    pub username: String,
    pub from: String,
    pub to: String,
    /// User name; empty: nobody.
    pub stand_in: String,
}

impl Office {
    /// Enters an absence: from the first day to the last the stand-in gets the notices. Without days
    /// the person is back.
    ///
    /// # Errors
    /// Not found, or the last day comes before the first.
    pub fn set_absence(
        &self,
        now: Instant,
        actor: &Actor,
        username: &str,
        days: Option<(NaiveDate, NaiveDate)>,
    ) -> OfficeResult<()> {
        if let Some((_, to)) = days.filter(|(from, to)| to < from) {
            return Err(FieldError::new("to", to.to_string(), Problem::Contradicts { other: "from" }).into());
        }
        self.store().write(|tx| {
            let mut account = people::account_by_username(tx, username)?.ok_or(OfficeError::NotFound)?;
            account.absent_from = days.map(|(from, _)| from);
            account.absent_to = days.map(|(_, to)| to);
            people::update_account(tx, account)?;
            rules::touch(tx, now)?;
            let body = json!({ "username": username, "from": days.map(|d| d.0), "to": days.map(|d| d.1) });
            note(tx, now, actor.journal_name(), "absence_set", &body.to_string())
        })
    }

    /// Enters days of absence and the stand-in together, as `me` may.
    ///
    /// # Errors
    /// Not found; somebody else's people; every wrong field at once.
    pub fn enter_absence(&self, now: Instant, me: &str, form: &AbsenceForm) -> OfficeResult<()> {
        self.writing(|tx, rules| {
            let me = rules.accounts.get(me).ok_or(OfficeError::NotFound)?;
            let account = people::account_by_username(tx, form.username.trim())?.ok_or(OfficeError::NotFound)?;
            if !answers_for(rules, me, &account) {
                return Err(Refusal::NotYourPeople.into());
            }
            let (days, stand_in) = form.check(rules, &account)?;
            let stand_in_id = stand_in.map(|other| other.id.clone());
            let changed = Account {
                absent_from: days.map(|(from, _)| from),
                absent_to: days.map(|(_, to)| to),
                stand_in_id,
                ..account.clone()
            };
            if changed == account {
                return Ok(());
            }
            people::update_account(tx, changed)?;
            rules::touch(tx, now)?;
            let body = json!({
                "username": account.username,
                "from": days.map(|days| days.0),
                "to": days.map(|days| days.1),
                "stand_in": stand_in.map(|other| &other.username),
            });
            note(tx, now, &me.username, "absence_set", &body.to_string())
        })
    }
}

/// The first and the last.
type Days = (NaiveDate, NaiveDate);

impl AbsenceForm {
    fn check<'a>(&self, rules: &'a Rules, account: &Account) -> OfficeResult<(Option<Days>, Option<&'a Account>)> {
        let mut errors = Vec::new();
        let mut day = |field: &'static str, text: &str| {
            let text = text.trim();
            if text.is_empty() {
                return None;
            }
            let day = text.parse::<NaiveDate>().ok();
            if day.is_none() {
                errors.push(FieldError::new(field, text, Problem::NotADay));
            }
            day
        };
        let (from, to) = (day("from", &self.from), day("to", &self.to));
        let typed = (!self.from.trim().is_empty(), !self.to.trim().is_empty());
        match typed {
            (true, false) => errors.push(FieldError::new("to", "", Problem::Required)),
            (false, true) => errors.push(FieldError::new("from", "", Problem::Required)),
            (true, true) | (false, false) => {}
        }
        let days = from.zip(to);
        if let Some((_, to)) = days.filter(|(from, to)| to < from) {
            errors.push(FieldError::new("to", to.to_string(), Problem::EndsBeforeItBegins));
        }
        let wanted = self.stand_in.trim();
        let stand_in = rules.accounts.values().find(|who| who.username == wanted && who.disabled_at.is_none());
        if !wanted.is_empty() && stand_in.is_none() {
            errors.push(FieldError::new("stand_in", wanted, Problem::UnknownOfficer));
        }
        if stand_in.is_some_and(|who| who.id == account.id) {
            errors.push(FieldError::new("stand_in", wanted, AccountProblem::OwnStandIn));
        }
        if errors.is_empty() { Ok((days, stand_in)) } else { Err(OfficeError::Invalid(errors)) }
    }
}

/// Whether `me` may enter the absence of `other`.
#[must_use]
pub fn answers_for(rules: &Rules, me: &Account, other: &Account) -> bool {
    let unit = other.unit_id.as_deref().and_then(|id| rules.unit(id));
    let supervises = unit.is_some_and(|unit| {
        let member = me.role == Role::Supervisor && me.unit_id.as_deref() == Some(unit.id.as_str());
        unit.supervisor_id.as_deref() == Some(me.id.as_str()) || member
    });
    me.id == other.id || me.role == Role::Admin || supervises
}

/// A circle of people who stand in for each other, beginning and ending with this account; empty: none.
/// While all of them are away, notices go to the next post up.
#[must_use]
pub fn circle<'a>(rules: &'a Rules, account: &'a Account) -> Vec<&'a Account> {
    let next = |who: &Account| rules.accounts.get(who.stand_in_id.as_deref()?);
    let chain: Vec<&Account> = std::iter::successors(next(account), |who| next(who)).take(LONGEST_CHAIN).collect();
    match chain.iter().position(|who| who.id == account.id) {
        None => Vec::new(),
        Some(at) => std::iter::once(account).chain(chain.into_iter().take(at + 1)).collect(),
    }
}
