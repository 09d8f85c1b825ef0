//! Accounts: added, disabled, absent; their passwords (argon2id) and API tokens.

use argon2::Argon2;
use argon2::password_hash::PasswordHasher;
use secrecy::{ExposeSecret, SecretString};

use crate::domain::role::Role;
use crate::domain::time::Instant;
use crate::store::journal::{self, Line};
use crate::store::people::{self, Account};
use crate::store::sessions::{self, NewToken};
use crate::store::{StoreError, Tx};

use super::error::{FieldError, OfficeError, OfficeResult, Problem};
use super::{Actor, Office, ids, rules};

/// Shortest password; length is what makes guessing hopeless.
const PASSWORD_MIN: usize = 10;

/// A new account, or new facts of one.
#[derive(Debug, Clone)]
pub struct AccountForm {
    pub username: String,
    pub name: String,
    pub role: Role,
    pub unit: Option<String>,
    pub email: Option<String>,
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
            let unit_id = match &form.unit {
                None => None,
                Some(text) => Some(
                    rules
                        .unit_named(text)
                        .ok_or_else(|| FieldError::new("unit", text, Problem::UnknownUnit))?
                        .id
                        .clone(),
                ),
            };
            if let Some(email) = form.email.as_deref().filter(|email| !crate::delivery::is_address(email)) {
                return Err(FieldError::new("email", email, Problem::NotAnEmail).into());
            }
            if people::account_by_username(tx, &form.username)?.is_some() {
                return Err(FieldError::new("username", &form.username, Problem::CodeTaken).into());
            }
            let account = Account {
                id: ids::id(now)?,
                agency_id: rules.agency()?.id.clone(),
                username: form.username.clone(),
                name: form.name.clone(),
                role: form.role,
                unit_id,
                email: form.email.clone(),
                stand_in_id: None,
                absent_from: None,
                absent_to: None,
                password_hash: password_hash.clone(),
                failed_logins: 0,
                locked_until: None,
                disabled_at: None,
                created_at: now,
                phone: None,
            };
            people::insert_account(tx, account)?;
            rules::touch(tx, now)?;
            note(
                tx,
                now,
                actor.journal_name(),
                "account_added",
                &serde_json::json!({ "username": form.username, "role": form.role }).to_string(),
            )
        })
    }

    /// Sets a password and ends the account's sessions.
    ///
    /// # Errors
    /// Not found, or the password is too short.
    pub fn set_password(
        &self,
        now: Instant,
        actor: &Actor,
        username: &str,
        password: &SecretString,
    ) -> OfficeResult<()> {
        let password_hash = hashed(password)?;
        self.change_account(now, actor, username, "password_set", |account| {
            account.password_hash = Some(password_hash);
            account.failed_logins = 0;
            account.locked_until = None;
        })
    }

    /// Disables an account and ends its sessions.
    ///
    /// # Errors
    /// Not found.
    pub fn disable_account(&self, now: Instant, actor: &Actor, username: &str) -> OfficeResult<()> {
        self.change_account(now, actor, username, "account_disabled", |account| account.disabled_at = Some(now))
    }

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
        days: Option<(chrono::NaiveDate, chrono::NaiveDate)>,
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
            let body = serde_json::json!({ "username": username, "from": days.map(|d| d.0), "to": days.map(|d| d.1) });
            note(tx, now, actor.journal_name(), "absence_set", &body.to_string())
        })
    }

    fn change_account(
        &self,
        now: Instant,
        actor: &Actor,
        username: &str,
        kind: &str,
        change: impl FnOnce(&mut Account),
    ) -> OfficeResult<()> {
        self.store().write(|tx| {
            let mut account = people::account_by_username(tx, username)?.ok_or(OfficeError::NotFound)?;
            change(&mut account);
            sessions::delete_of_account(tx, &account.id)?;
            people::update_account(tx, account)?;
            rules::touch(tx, now)?;
            note(tx, now, actor.journal_name(), kind, &serde_json::json!({ "username": username }).to_string())
        })
    }

    /// Makes an API token for an account; the answer is the only time it is seen.
    ///
    /// # Errors
    /// Not found.
    pub fn add_token(&self, now: Instant, actor: &Actor, username: &str, name: &str) -> OfficeResult<String> {
        let token = ids::secret()?;
        self.store().write(|tx| {
            let account = people::account_by_username(tx, username)?.ok_or(OfficeError::NotFound)?;
            let row = NewToken {
                id: ids::id(now)?,
                account_id: account.id,
                name: name.to_owned(),
                token_hash: ids::secret_hash(&token),
                created_at: now,
            };
            sessions::insert_token(tx, row)?;
            note(
                tx,
                now,
                actor.journal_name(),
                "token_added",
                &serde_json::json!({ "username": username, "name": name }).to_string(),
            )
        })?;
        Ok(token)
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
            note(tx, now, actor.journal_name(), "token_revoked", &serde_json::json!({ "name": name }).to_string())
        })
    }
}

/// A journal line that concerns no dossier.
pub(super) fn note(tx: &mut Tx<'_>, now: Instant, actor: &str, kind: &str, body: &str) -> OfficeResult<()> {
    let line = Line { recorded_at: now, at: now, actor, kind, dossier_id: None, body: body.to_owned() };
    Ok(journal::append(tx, &[line])?)
}

pub(super) fn hashed(password: &SecretString) -> OfficeResult<String> {
    let text = password.expose_secret();
    if text.chars().count() < PASSWORD_MIN {
        return Err(FieldError::new("password", "", Problem::WeakPassword { min: PASSWORD_MIN }).into());
    }
    Argon2::default()
        .hash_password(text.as_bytes())
        .map(|hash| hash.to_string())
        .map_err(|error| StoreError::Unavailable(format!("password hash: {error}")).into())
}
