//! A form that is half filled in, kept for the account that types it: it outlives a reload, the browser
//! and the session, on whatever machine the person goes on. Nothing of it lies on the machine of the
//! counter, which several people use; it is gone when the dossier is logged, and after some hours.

use chrono::Duration;
use serde::Deserialize;

use crate::domain::time::Instant;
use crate::store::drafts::{self, Draft};
use crate::store::{StoreResult, Tx, sessions};

use super::Office;
use super::error::OfficeResult;
use super::once::Once;

/// A working day at the counter.
pub(super) const KEPT_HOURS: i64 = 12;

impl Office {
    /// Keeps the form of an account, unless its dossier was logged meanwhile (a late word of a page that
    /// was left already).
    ///
    /// # Errors
    /// The database.
    pub fn keep_draft(&self, now: Instant, account_id: &str, once: &Once, body: String) -> OfficeResult<()> {
        Ok(self.store().write(|tx| {
            drafts::delete_before(tx, now - Duration::hours(KEPT_HOURS))?;
            if sessions::kept_answer(tx, once.id())?.is_some() {
                return Ok(());
            }
            drafts::put(tx, Draft { account_id: account_id.to_owned(), body, saved_at: now })
        })?)
    }

    /// The form of an account that it did not send yet.
    ///
    /// # Errors
    /// The database.
    pub fn draft_of(&self, now: Instant, account_id: &str) -> OfficeResult<Option<Draft>> {
        let draft = self.store().read(|conn| drafts::find(conn, account_id))?;
        Ok(draft.filter(|draft| draft.saved_at >= now - Duration::hours(KEPT_HOURS)))
    }

    /// Throws the form of an account away.
    ///
    /// # Errors
    /// The database.
    pub fn drop_draft(&self, account_id: &str) -> OfficeResult<()> {
        Ok(self.store().write(|tx: &mut Tx<'_>| drafts::delete(tx, account_id))?)
    }
}

/// What is read of a form that is kept.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Keyed {
    idempotency_key: String,
}

/// Throws away the draft of the form that was sent; another form that the account began meanwhile stays.
pub(super) fn drop_sent(tx: &mut Tx<'_>, account_id: &str, sent: &Once) -> StoreResult<()> {
    let Some(draft) = drafts::find(tx, account_id)? else { return Ok(()) };
    let kept: Keyed = serde_json::from_str(&draft.body).unwrap_or_default();
    if Once::new(account_id, &kept.idempotency_key, "").id() == sent.id() {
        drafts::delete(tx, account_id)?;
    }
    Ok(())
}
