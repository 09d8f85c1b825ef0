//! Accounts: passwords (argon2id), sessions checked by the server, lockout, API tokens.

use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Argon2, PasswordHash};
use chrono::Duration;
use secrecy::{ExposeSecret, SecretString};

use crate::domain::role::Role;
use crate::domain::time::Instant;
use crate::store::journal::{self, Line};
use crate::store::people::{self, Account};
use crate::store::sessions::{self, NewToken, Session};
use crate::store::{StoreError, Tx};

use super::error::{FieldError, OfficeError, OfficeResult, Problem};
use super::{Actor, Office, ids, rules};

/// Shortest password; length is what makes guessing hopeless.
const PASSWORD_MIN: usize = 10;

/// How a sign-in ended.
#[derive(Debug)]
pub enum SignIn {
    Welcome {
        account: Box<Account>,
        token: String,
    },
    /// Wrong name or password; which of them is not said.
    Unknown,
    /// Too many failures; nobody gets in before that moment.
    Locked {
        until: Instant,
    },
}

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
    /// Signs in. Every failure counts; after the limit the account rests for a while.
    ///
    /// # Errors
    /// The database.
    pub fn sign_in(&self, now: Instant, username: &str, password: &SecretString) -> OfficeResult<SignIn> {
        let account = self.store().read(|conn| people::account_by_username(conn, username.trim()))?;
        let usable = account.filter(|account| account.disabled_at.is_none());
        if let Some(until) = usable.as_ref().and_then(|account| account.locked_until).filter(|until| *until > now) {
            return Ok(SignIn::Locked { until });
        }
        let stored = usable.as_ref().and_then(|account| account.password_hash.clone());
        // An unknown name costs the same time as a wrong password, so that names cannot be tried out.
        let fits = password_fits(password, stored.as_deref().unwrap_or(DUMMY_HASH)) && stored.is_some();
        match usable {
            Some(account) if fits => self.welcome(now, account),
            Some(account) => self.count_failure(now, &account),
            None => Ok(SignIn::Unknown),
        }
    }

    fn welcome(&self, now: Instant, account: Account) -> OfficeResult<SignIn> {
        let token = ids::secret()?;
        let session = Session {
            token_hash: ids::secret_hash(&token),
            account_id: account.id.clone(),
            csrf: ids::secret()?,
            created_at: now,
            expires_at: now + Duration::hours(self.settings().security.session_hours),
        };
        self.store().write(|tx| -> OfficeResult<()> {
            people::clear_failed_logins(tx, &account.id)?;
            sessions::insert(tx, session)?;
            note(tx, now, &account.username, "signed_in", "{}")
        })?;
        Ok(SignIn::Welcome { account: Box::new(account), token })
    }

    fn count_failure(&self, now: Instant, account: &Account) -> OfficeResult<SignIn> {
        let security = &self.settings().security;
        let failures = account.failed_logins + 1;
        let locked_until =
            (failures % security.lockout_failures == 0).then(|| now + Duration::minutes(security.lockout_minutes));
        self.store().write(|tx| -> OfficeResult<()> {
            people::record_failed_login(tx, &account.id, locked_until)?;
            match locked_until {
                Some(_) => note(tx, now, &account.username, "locked_out", "{}"),
                None => Ok(()),
            }
        })?;
        Ok(locked_until.map_or(SignIn::Unknown, |until| SignIn::Locked { until }))
    }

    /// The session behind a cookie's secret.
    ///
    /// # Errors
    /// The database.
    pub fn session(&self, now: Instant, token: &str) -> OfficeResult<Option<(Session, Account)>> {
        Ok(self.store().read(|conn| sessions::find(conn, &ids::secret_hash(token), now))?)
    }

    /// Ends a session.
    ///
    /// # Errors
    /// The database.
    pub fn sign_out(&self, token: &str) -> OfficeResult<()> {
        Ok(self.store().write(|tx| sessions::delete(tx, &ids::secret_hash(token)))?)
    }

    /// The account behind an API token.
    ///
    /// # Errors
    /// The database.
    pub fn account_of_token(&self, token: &str) -> OfficeResult<Option<Account>> {
        Ok(self.store().read(|conn| sessions::account_of_token(conn, &ids::secret_hash(token)))?)
    }

    /// Adds an account, with a password or for notices only.
    ///
    /// # Errors
    /// Wrong fields, or the user name is taken.
    pub fn add_account(
        &self,
        now: Instant,
        actor: &Actor,
        form: AccountForm,
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

/// A hash of nothing anyone can type, to compare with when the name is unknown.
const DUMMY_HASH: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$M5rUqY1Hk2t0f7Jw0Wm6S0xVQd3m0m9Zf0qkq1m5b3E";

fn password_fits(password: &SecretString, stored: &str) -> bool {
    PasswordHash::new(stored)
        .is_ok_and(|hash| Argon2::default().verify_password(password.expose_secret().as_bytes(), &hash).is_ok())
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
