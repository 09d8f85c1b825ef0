//! The door: signing in (argon2id, lockout), sessions checked by the server, API tokens recognised.

use chrono::Duration;
use secrecy::SecretString;

use crate::domain::time::Instant;
use crate::store::people::{self, Account};
use crate::store::sessions::{self, Session};

use super::accounts::note;
use super::error::{OfficeError, OfficeResult};
use super::passwords::password_fits;
use super::{Office, ids};

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
            Some(account) => {
                let locked = self.count_failure(now, &account.id)?;
                Ok(locked.map_or(SignIn::Unknown, |until| SignIn::Locked { until }))
            }
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

    /// Counts a wrong password; until when the account rests, if it does.
    pub(super) fn count_failure(&self, now: Instant, account_id: &str) -> OfficeResult<Option<Instant>> {
        let security = &self.settings().security;
        self.store().write(|tx| {
            // As it stands now: others guess at the same moment.
            let account = people::account_by_id(tx, account_id)?.ok_or(OfficeError::NotFound)?;
            if let Some(until) = account.locked_until.filter(|until| *until > now) {
                return Ok(Some(until));
            }
            let rests = (account.failed_logins + 1) % security.lockout_failures == 0;
            let locked_until = rests.then(|| now + Duration::minutes(security.lockout_minutes));
            people::record_failed_login(tx, &account.id, locked_until)?;
            if rests {
                note(tx, now, &account.username, "locked_out", "{}")?;
            }
            Ok(locked_until)
        })
    }

    /// Ends a session.
    ///
    /// # Errors
    /// The database.
    pub fn sign_out(&self, now: Instant, token: &str) -> OfficeResult<()> {
        Ok(self.store().write(|tx| sessions::end(tx, &ids::secret_hash(token), now))?)
    }

    /// Lets a session last as long again, from now on.
    ///
    /// # Errors
    /// Not found when it ended; the database.
    pub fn stay(&self, now: Instant, token: &str) -> OfficeResult<()> {
        let until = now + Duration::hours(self.settings().security.session_hours);
        match self.store().write(|tx| sessions::extend(tx, &ids::secret_hash(token), now, until))? {
            0 => Err(OfficeError::NotFound),
            _ => Ok(()),
        }
    }

    /// Whose form carries this token: the account's id, whether or not the session ended since.
    ///
    /// # Errors
    /// The database.
    pub fn account_of_form(&self, csrf: &str) -> OfficeResult<Option<String>> {
        if csrf.is_empty() {
            return Ok(None);
        }
        Ok(self.store().read(|conn| sessions::of_csrf(conn, csrf))?.map(|session| session.account_id))
    }

    /// The account behind an API token; that it is used is noted now and then, not at every call.
    ///
    /// # Errors
    /// The database.
    pub fn account_of_token(&self, now: Instant, token: &str) -> OfficeResult<Option<Account>> {
        // With the rules at hand: whose office it enters is known by them.
        let known = self.reading(|conn, _| Ok(sessions::account_of_token(conn, &ids::secret_hash(token))?))?;
        let Some((token, account)) = known else { return Ok(None) };
        let noted = token.last_used_at.is_some_and(|last| now < last + Duration::minutes(NOTED_MINUTES));
        if !noted && let Err(error) = self.store().write(|tx| sessions::token_used(tx, &token.id, now)) {
            // Who may come in does not depend on whether it can be noted.
            tracing::warn!(%error, "the use of a token could not be noted");
        }
        Ok(Some(account))
    }
}

/// The last use of a token is exact to so many minutes.
const NOTED_MINUTES: i64 = 5;

/// A hash of nothing anyone can type, to compare with when the name is unknown.
const DUMMY_HASH: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$M5rUqY1Hk2t0f7Jw0Wm6S0xVQd3m0m9Zf0qkq1m5b3E";
