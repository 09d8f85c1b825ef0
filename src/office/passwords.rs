//! Passwords (argon2id): set by the command, given for one sign-in by an administrator, changed by their owner.

use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Argon2, PasswordHash};
use secrecy::{ExposeSecret, SecretString};

use crate::domain::problem::AccountProblem;
use crate::domain::time::Instant;
use crate::store::people::{self, Account};
use crate::store::{StoreError, sessions};

use super::accounts::note;
use super::error::{FieldError, OfficeError, OfficeResult, Problem};
use super::queue::minutes_until;
use super::{Actor, Office, ids, rules};

/// Shortest password; length is what makes guessing hopeless.
pub const PASSWORD_MIN: usize = 10;

/// Longest password that is hashed: hashing is dear.
const PASSWORD_MAX: usize = 512;

/// A change of one's own password, as typed.
#[derive(Debug, Clone, Default)]
pub struct OwnPassword {
    pub current: SecretString,
    pub new: SecretString,
    pub again: SecretString,
}

impl Office {
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
        self.give_password(now, actor, username, password, ("password_set", false))
    }

    /// Gives an account a password for one sign-in, which has to be changed there, and ends its sessions;
    /// the answer is the only time it is seen.
    ///
    /// # Errors
    /// Not found.
    pub fn set_one_time_password(&self, now: Instant, actor: &Actor, username: &str) -> OfficeResult<SecretString> {
        let password = SecretString::from(ids::spoken_secret()?);
        self.give_password(now, actor, username, &password, ("one_time_password_set", true))?;
        Ok(password)
    }

    fn give_password(
        &self,
        now: Instant,
        actor: &Actor,
        username: &str,
        password: &SecretString,
        (kind, must_change): (&str, bool),
    ) -> OfficeResult<()> {
        let password_hash = hashed(password)?;
        self.touch_account(now, actor, username, kind, |_, account| {
            account.password_hash = Some(password_hash);
            account.must_change = must_change;
            account.failed_logins = 0;
            account.locked_until = None;
            Ok(())
        })
    }

    /// Changes one's own password; every other session of the account ends, the one of `session` stays.
    /// A wrong present password counts as one of signing in does: a stolen session guesses no better.
    ///
    /// # Errors
    /// Every wrong field at once.
    pub fn change_own_password(
        &self,
        now: Instant,
        account_id: &str,
        session: &str,
        form: &OwnPassword,
    ) -> OfficeResult<()> {
        let known = self.store().read(|conn| people::account_by_id(conn, account_id))?.ok_or(OfficeError::NotFound)?;
        let mut errors = Vec::new();
        if let Some(problem) = self.wrong_current(now, &known, &form.current)? {
            errors.push(FieldError::new("current", "", problem));
        } else if form.current.expose_secret() == form.new.expose_secret() {
            errors.push(FieldError::new("new", "", AccountProblem::SamePassword));
        }
        if form.new.expose_secret() != form.again.expose_secret() {
            errors.push(FieldError::new("again", "", AccountProblem::NotTheSame));
        }
        let hash = match hashed(&form.new) {
            Ok(hash) => hash,
            Err(OfficeError::Invalid(wrong)) => {
                errors.extend(wrong.into_iter().map(|error| FieldError { field: "new", ..error }));
                String::new()
            }
            Err(error) => return Err(error),
        };
        if !errors.is_empty() {
            return Err(OfficeError::Invalid(errors));
        }
        self.store().write(|tx| {
            let mut account = people::account_by_id(tx, account_id)?.ok_or(OfficeError::NotFound)?;
            let locked = locked_out(now, account.locked_until);
            // Another password was set meanwhile: what fitted the old one proves nothing.
            let outdated =
                (account.password_hash != known.password_hash).then_some(AccountProblem::WrongPassword.into());
            if let Some(problem) = locked.or(outdated) {
                return Err(FieldError::new("current", "", problem).into());
            }
            account.password_hash = Some(hash.clone());
            account.must_change = false;
            account.failed_logins = 0;
            let username = account.username.clone();
            people::update_account(tx, account)?;
            sessions::end_of_account(tx, account_id, now, &ids::secret_hash(session))?;
            rules::touch(tx, now)?;
            note(tx, now, &username, "password_changed", "{}")
        })
    }

    /// What is wrong with the present password as it was typed.
    fn wrong_current(&self, now: Instant, known: &Account, typed: &SecretString) -> OfficeResult<Option<Problem>> {
        if let Some(problem) = locked_out(now, known.locked_until) {
            return Ok(Some(problem));
        }
        if known.password_hash.as_deref().is_some_and(|stored| password_fits(typed, stored)) {
            return Ok(None);
        }
        let locked = self.count_failure(now, &known.id)?;
        Ok(Some(locked_out(now, locked).unwrap_or(AccountProblem::WrongPassword.into())))
    }
}

fn locked_out(now: Instant, until: Option<Instant>) -> Option<Problem> {
    let until = until.filter(|until| *until > now)?;
    Some(AccountProblem::LockedOut { minutes: minutes_until(now, until) }.into())
}

pub(super) fn hashed(password: &SecretString) -> OfficeResult<String> {
    let text = password.expose_secret();
    if text.chars().count() < PASSWORD_MIN {
        return Err(FieldError::new("password", "", AccountProblem::WeakPassword { min: PASSWORD_MIN }).into());
    }
    if text.len() > PASSWORD_MAX {
        return Err(FieldError::new("password", "", Problem::TooLong { max: PASSWORD_MAX }).into());
    }
    Argon2::default()
        .hash_password(text.as_bytes())
        .map(|hash| hash.to_string())
        .map_err(|error| StoreError::Unavailable(format!("password hash: {error}")).into())
}

pub(super) fn password_fits(password: &SecretString, stored: &str) -> bool {
    PasswordHash::new(stored)
        .is_ok_and(|hash| Argon2::default().verify_password(password.expose_secret().as_bytes(), &hash).is_ok())
}
