//! An account as its page shows it.

use crate::domain::role::Role;
use crate::domain::time::{Instant, civil_day};
use crate::office::absence::circle;
use crate::office::accounts::AccountForm;
use crate::office::units::Handover;
use crate::office::{FieldError, Office, OfficeError, OfficeResult, Rules};
use crate::render::pages::accounts::{
    AccountInput, AccountMark, AccountPage, AccountRow, HandoverRow, Secret, TokenRow,
};
use crate::render::pages::form::Choice;
use crate::render::pages::{Ctx, phrases};
use crate::store::people::Account;
use crate::store::sessions;

use super::absence::away_days;
use super::{encoded, shown};

/// Address of an account's page.
pub fn href(username: &str) -> String {
    format!("/tai-khoan/{}", encoded(username))
}

/// What an account's form holds; `typed` wins over what is kept.
pub fn input(rules: &Rules, c: &Ctx, form: &AccountForm) -> AccountInput {
    let chosen = form.unit.as_deref().unwrap_or_default();
    let role = |role: &Role| Choice::new(role.as_str(), shown::role(*role).word(c), form.role.as_str());
    AccountInput {
        username: form.username.clone(),
        name: form.name.clone(),
        email: form.email.clone().unwrap_or_default(),
        phone: form.phone.clone().unwrap_or_default(),
        roles: Role::ALL.iter().map(role).collect(),
        units: shown::units(rules, c.t("Không thuộc đơn vị", "No unit").to_owned(), chosen),
    }
}

/// An account as a form that changes nothing.
pub fn form_of(rules: &Rules, who: &Account) -> AccountForm {
    AccountForm {
        username: who.username.clone(),
        name: who.name.clone(),
        role: who.role,
        unit: who.unit_id.as_deref().and_then(|id| rules.unit(id)).map(|unit| unit.code.clone()),
        email: who.email.clone(),
        phone: who.phone.clone(),
    }
}

pub fn row(rules: &Rules, who: &Account, now: Instant) -> AccountRow {
    let unit = who.unit_id.as_deref().and_then(|id| rules.unit(id));
    let stand_in = who.stand_in_id.as_deref().and_then(|id| rules.accounts.get(id));
    AccountRow {
        username: who.username.clone(),
        href: href(&who.username),
        name: who.name.clone(),
        role: shown::role(who.role),
        unit: unit.map(|unit| unit.name.clone()).unwrap_or_default(),
        email: who.email.clone().unwrap_or_default(),
        marks: marks(who, now),
        stand_in: stand_in.map(|other| other.name.clone()).unwrap_or_default(),
        circle: !circle(rules, who).is_empty(),
    }
}

fn marks(who: &Account, now: Instant) -> Vec<AccountMark> {
    let holds = |mark: &AccountMark| match mark {
        AccountMark::Disabled => who.disabled_at.is_some(),
        AccountMark::Locked => who.locked_until.is_some_and(|until| until > now),
        AccountMark::NoPassword => who.password_hash.is_none(),
        AccountMark::OneTime => who.must_change,
        AccountMark::Away => who.is_absent_on(civil_day(now)),
    };
    AccountMark::ALL.into_iter().filter(holds).collect()
}

/// The page of one account.
///
/// # Errors
/// Not found; the database.
pub fn assemble(
    office: &Office,
    c: Ctx,
    now: Instant,
    username: &str,
    (typed, errors): (Option<&AccountForm>, &[FieldError]),
    secret: Option<Secret>,
) -> OfficeResult<AccountPage> {
    let rules = office.store().read(|conn| office.rules(conn))?;
    let who = rules.accounts.values().find(|who| who.username == username).ok_or(OfficeError::NotFound)?;
    let sessions = office.store().read(|conn| sessions::count_open(conn, &who.id, now))?;
    let stand_in = who.stand_in_id.as_deref().and_then(|id| rules.accounts.get(id));
    let token = |token: sessions::Token| TokenRow {
        id: token.id,
        name: token.name,
        made: shown::at(token.created_at),
        used: token.last_used_at.map(shown::at),
        revoked: token.revoked_at.map(shown::at),
    };
    let handover = |one: Handover| HandoverRow { unit: one.unit, open: one.open, to: one.to };
    Ok(AccountPage {
        href: href(username),
        input: match typed {
            Some(typed) => input(&rules, &c, typed),
            None => input(&rules, &c, &form_of(&rules, who)),
        },
        marks: marks(who, now),
        disabled: who.disabled_at.map(shown::at),
        since: shown::at(who.created_at),
        sessions: u64::try_from(sessions).unwrap_or(0),
        handovers: office.handovers(now, &who.id)?.into_iter().map(handover).collect(),
        circle: circle(&rules, who).into_iter().map(|who| who.name.clone()).collect(),
        away: away_days(who, c.lang),
        stand_in: stand_in.map(|other| other.name.clone()),
        tokens: office.tokens_of(&who.id)?.into_iter().map(token).collect(),
        secret,
        errors: shown::errors(errors, c.lang),
        c: Ctx { path: href(username), ..c },
    })
}

/// What is said after an account was disabled: how many files are open, and who hears of them.
pub fn farewell(c: &Ctx, handovers: &[Handover]) -> String {
    let mut to: Vec<&str> = handovers.iter().filter_map(|one| one.to.as_deref()).collect();
    to.dedup();
    let open = handovers.iter().map(|one| one.open).sum();
    let nobody = c.t("không ai: hãy giao lại hồ sơ", "nobody: hand the dossiers over");
    phrases::disabled(c.lang, open, &if to.is_empty() { nobody.to_owned() } else { to.join(", ") })
}
