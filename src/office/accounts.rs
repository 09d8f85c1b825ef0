//! Accounts: added, changed, disabled and enabled; their API tokens. Every change is a line of the journal
//! that names the user name and the fields, never what stands in them.

use secrecy::SecretString;
use serde_json::json;

use crate::delivery::{Mobile, is_address};
use crate::domain::problem::AccountProblem;
use crate::domain::role::Role;
use crate::domain::time::Instant;
use crate::store::journal::{self, Line};
use crate::store::people::{self, Account};
use crate::store::sessions::{self, NewToken, Token};
use crate::store::{Conn, Tx};

use super::error::{FieldError, OfficeError, OfficeResult, Problem, Refusal};
use super::passwords::hashed;
use super::rules::Rules;
use super::seen::{Need, one_line};
use super::{Actor, Office, ids, rules};

/// Names that stand in the journal or in addresses for something else.
const RESERVED: [&str; 4] = ["system", "cli", "citizen", "moi"];

/// A new account, or new facts of one.
#[derive(Debug, Clone)]
pub struct AccountForm {
    pub username: String,
    pub name: String,
    pub role: Role,
    /// Code or name of the unit.
    pub unit: Option<String>,
    pub email: Option<String>,
    /// For notices by message.
    pub phone: Option<String>,
}

/// An [`AccountForm`] that fits.
struct Checked {
    name: String,
    unit_id: Option<String>,
    email: Option<String>,
    phone: Option<String>,
}

impl AccountForm {
    /// Every field at once.
    fn check(&self, rules: &Rules) -> OfficeResult<Checked> {
        let mut errors = Vec::new();
        let mut keep = |error: OfficeError| match error {
            OfficeError::Invalid(found) => errors.extend(found),
            OfficeError::NotFound | OfficeError::Refused(_) | OfficeError::Store(_) | OfficeError::Broken(_) => {}
        };
        let name = one_line("name", &self.name, Need::Required).map_err(&mut keep).unwrap_or_default();
        let unit_id = match given(self.unit.as_deref()) {
            None => None,
            Some(text) => {
                let unit = rules.unit_named(text);
                if unit.is_none() {
                    keep(FieldError::new("unit", text, Problem::UnknownUnit).into());
                }
                unit.map(|unit| unit.id.clone())
            }
        };
        let email = given(self.email.as_deref());
        if let Some(email) = email.filter(|email| !is_address(email)) {
            keep(FieldError::new("email", email, Problem::NotAnEmail).into());
        }
        let phone = given(self.phone.as_deref());
        if let Some(phone) = phone.filter(|phone| Mobile::parse(phone).is_none()) {
            keep(FieldError::new("phone", phone, Problem::NotAPhone).into());
        }
        if errors.is_empty() {
            Ok(Checked { name, unit_id, email: email.map(str::to_owned), phone: phone.map(str::to_owned) })
        } else {
            Err(OfficeError::Invalid(errors))
        }
    }
}

impl Office {
    /// Adds an account, with a password or for notices only.
    ///
    /// # Errors
    /// Wrong fields, or the user name is taken.
    pub fn add_account(
        &self,
        now: Instant,
        actor: &Actor,
        form: &AccountForm,
        password: Option<&SecretString>,
    ) -> OfficeResult<()> {
        let password_hash = password.map(hashed).transpose()?;
        self.writing(|tx, rules| {
            let checked = form.check(rules)?;
            if !is_username(&form.username) {
                return Err(FieldError::new("username", &form.username, AccountProblem::NotAUsername).into());
            }
            // A name signs in wherever its account is: no other agency may have it.
            if people::is_taken(tx, &form.username)? {
                return Err(FieldError::new("username", &form.username, Problem::CodeTaken).into());
            }
            let fresh = fresh(now, &rules.agency()?.id, &form.username, form.role)?;
            let Checked { name, unit_id, email, phone } = checked;
            let account = Account { name, unit_id, email, phone, password_hash: password_hash.clone(), ..fresh };
            people::insert_account(tx, account)?;
            rules::touch(tx, now)?;
            let body = json!({ "username": form.username, "role": form.role });
            note(tx, now, actor.journal_name(), "account_added", &body.to_string())
        })
    }

    /// Changes name, role, unit, e-mail and phone of an account; its user name stays.
    ///
    /// # Errors
    /// Not found; wrong fields; the last administrator would lose the role.
    pub fn change_account(&self, now: Instant, actor: &Actor, form: &AccountForm) -> OfficeResult<()> {
        self.writing(|tx, rules| {
            let Checked { name, unit_id, email, phone } = form.check(rules)?;
            let known = people::account_by_username(tx, &form.username)?.ok_or(OfficeError::NotFound)?;
            if form.role != Role::Admin {
                keeps_an_administrator(tx, &known)?;
            }
            let changed = Account { name, role: form.role, unit_id, email, phone, ..known.clone() };
            let fields = [
                ("name", known.name != changed.name),
                ("role", known.role != changed.role),
                ("unit", known.unit_id != changed.unit_id),
                ("email", known.email != changed.email),
                ("phone", known.phone != changed.phone),
            ];
            let fields: Vec<&str> = fields.into_iter().filter(|(_, differs)| *differs).map(|(name, _)| name).collect();
            if fields.is_empty() {
                return Ok(());
            }
            people::update_account(tx, changed)?;
            rules::touch(tx, now)?;
            let body = json!({ "username": form.username, "fields": fields, "role": form.role });
            note(tx, now, actor.journal_name(), "account_changed", &body.to_string())
        })
    }

    /// Disables an account and ends its sessions.
    ///
    /// # Errors
    /// Not found; the last administrator stays.
    pub fn disable_account(&self, now: Instant, actor: &Actor, username: &str) -> OfficeResult<()> {
        self.touch_account(now, actor, username, "account_disabled", |tx, account| {
            keeps_an_administrator(tx, account)?;
            account.disabled_at = Some(now);
            Ok(())
        })
    }

    /// Opens a disabled account again; its password is the one it had.
    ///
    /// # Errors
    /// Not found.
    pub fn enable_account(&self, now: Instant, actor: &Actor, username: &str) -> OfficeResult<()> {
        self.touch_account(now, actor, username, "account_enabled", |_, account| {
            account.disabled_at = None;
            account.failed_logins = 0;
            account.locked_until = None;
            Ok(())
        })
    }

    /// Ends every session of an account: a lost telephone, a screen left open.
    ///
    /// # Errors
    /// Not found.
    pub fn end_sessions(&self, now: Instant, actor: &Actor, username: &str) -> OfficeResult<()> {
        self.touch_account(now, actor, username, "sessions_ended", |_, _| Ok(()))
    }

    /// Changes an account, ends its sessions and writes it down.
    pub(super) fn touch_account(
        &self,
        now: Instant,
        actor: &Actor,
        username: &str,
        kind: &str,
        change: impl FnOnce(&mut Tx<'_>, &mut Account) -> OfficeResult<()>,
    ) -> OfficeResult<()> {
        self.store().write(|tx| {
            let mut account = people::account_by_username(tx, username)?.ok_or(OfficeError::NotFound)?;
            change(tx, &mut account)?;
            sessions::end_of_account(tx, &account.id, now, "")?;
            people::update_account(tx, account)?;
            rules::touch(tx, now)?;
            note(tx, now, actor.journal_name(), kind, &json!({ "username": username }).to_string())
        })
    }

    /// Makes an API token for an account; the answer is the only time it is seen.
    ///
    /// # Errors
    /// Not found; a token without a name.
    pub fn add_token(&self, now: Instant, actor: &Actor, username: &str, name: &str) -> OfficeResult<String> {
        let name = one_line("token_name", name, Need::Required)?;
        let token = ids::secret()?;
        self.store().write(|tx| {
            let account = people::account_by_username(tx, username)?.ok_or(OfficeError::NotFound)?;
            let row = NewToken {
                id: ids::id(now)?,
                account_id: account.id,
                name: name.clone(),
                token_hash: ids::secret_hash(&token),
                created_at: now,
            };
            sessions::insert_token(tx, row)?;
            let body = json!({ "username": username, "name": name });
            note(tx, now, actor.journal_name(), "token_added", &body.to_string())
        })?;
        Ok(token)
    }

    /// The tokens of an account, newest first; their secrets are kept nowhere.
    ///
    /// # Errors
    /// The database.
    pub fn tokens_of(&self, account_id: &str) -> OfficeResult<Vec<Token>> {
        Ok(self.store().read(|conn| sessions::tokens_of(conn, account_id))?)
    }

    /// Revokes the tokens of that name.
    ///
    /// # Errors
    /// Not found when there is none.
    pub fn revoke_token(&self, now: Instant, actor: &Actor, name: &str) -> OfficeResult<()> {
        self.store().write(|tx| {
            if sessions::revoke_tokens(tx, name, now)? == 0 {
                return Err(OfficeError::NotFound);
            }
            note(tx, now, actor.journal_name(), "token_revoked", &json!({ "name": name }).to_string())
        })
    }

    /// Revokes one token of an account.
    ///
    /// # Errors
    /// Not found when it is none of theirs, or revoked before.
    pub fn revoke_token_of(&self, now: Instant, actor: &Actor, username: &str, id: &str) -> OfficeResult<()> {
        self.store().write(|tx| {
            let account = people::account_by_username(tx, username)?.ok_or(OfficeError::NotFound)?;
            let name = sessions::revoke_token(tx, &account.id, id, now)?.ok_or(OfficeError::NotFound)?;
            let body = json!({ "username": username, "name": name });
            note(tx, now, actor.journal_name(), "token_revoked", &body.to_string())
        })
    }
}

/// An account as it begins.
pub(super) fn fresh(now: Instant, agency_id: &str, username: &str, role: Role) -> OfficeResult<Account> {
    Ok(Account {
        id: ids::id(now)?,
        agency_id: agency_id.to_owned(),
        username: username.to_owned(),
        name: String::new(),
        role,
        unit_id: None,
        email: None,
        stand_in_id: None,
        absent_from: None,
        absent_to: None,
        password_hash: None,
        failed_logins: 0,
        locked_until: None,
        disabled_at: None,
        created_at: now,
        phone: None,
        must_change: false,
    })
}

/// A journal line that concerns no dossier.
pub(super) fn note(tx: &mut Tx<'_>, now: Instant, actor: &str, kind: &str, body: &str) -> OfficeResult<()> {
    let line = Line { recorded_at: now, at: now, actor, kind, dossier_id: None, body: body.to_owned() };
    Ok(journal::append(tx, &[line])?)
}

/// Refuses to take `account` away from the administrators when nobody else is one.
fn keeps_an_administrator(conn: &mut Conn, account: &Account) -> OfficeResult<()> {
    let administers = |who: &Account| who.role == Role::Admin && who.disabled_at.is_none();
    let other = |who: &Account| who.id != account.id && who.agency_id == account.agency_id;
    let others = people::all_accounts(conn)?.into_iter().filter(other).any(|who| administers(&who));
    if administers(account) && !others { Err(Refusal::LastAdministrator.into()) } else { Ok(()) }
}

fn is_username(text: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'.' | b'_' | b'-');
    (2..=64).contains(&text.len()) && text.bytes().all(fits) && !RESERVED.contains(&text)
}

fn given(text: Option<&str>) -> Option<&str> {
    text.map(str::trim).filter(|text| !text.is_empty())
}
