//! Requests that may be repeated (`Idempotency-Key`): the key is kept in the transaction that acts,
//! so a repeat finds either nothing done or the whole of it.

use crate::domain::dossier::Step;
use crate::domain::time::Instant;
use crate::store::dossiers::{self, DossierRow};
use crate::store::letters::{self, LetterRow};
use crate::store::submissions::{self, Submission};
use crate::store::{Conn, StoreResult, Tx, sessions};

use super::delay::DelayForm;
use super::drafts::drop_sent;
use super::error::{OfficeError, OfficeResult, Refusal};
use super::intake::{IntakeForm, OldReceipt, check};
use super::progress::Moment;
use super::rules::Rules;
use super::signing::ToSign;
use super::{Actor, Office, ids};

/// The key of a request, bound to who sent it, and the hash of what was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Once {
    id: String,
    request_hash: String,
}

impl Once {
    /// Under which it is kept.
    pub(super) fn id(&self) -> &str {
        &self.id
    }

    /// `key` as the client gave it; `request` is everything that makes it this request.
    #[must_use]
    pub fn new(account_id: &str, key: &str, request: &str) -> Self {
        Self { id: ids::secret_hash(&format!("{account_id}\n{key}")), request_hash: ids::secret_hash(request) }
    }
}

impl Office {
    /// [`Office::log_dossier`], once for each key.
    ///
    /// # Errors
    /// As there; refused when the key came with another request.
    pub fn log_dossier_once(
        &self,
        now: Instant,
        actor: &Actor,
        form: &IntakeForm,
        once: Option<&Once>,
    ) -> OfficeResult<DossierRow> {
        self.writing(|tx, rules| {
            act_once(tx, now, once, |tx| {
                let checked = check(form, rules, now, OldReceipt::Refused).map_err(OfficeError::Invalid)?;
                let row = self.log(tx, rules, now, actor, &checked)?;
                if let (Actor::Account { id, .. }, Some(once)) = (actor, once) {
                    drop_sent(tx, id, once)?;
                }
                Ok(row)
            })
        })
    }

    /// [`Office::step`], once for each key.
    ///
    /// # Errors
    /// As there; refused when the key came with another request.
    pub fn step_once(
        &self,
        now: Instant,
        actor: &Actor,
        code: &str,
        step: &Step,
        once: Option<&Once>,
    ) -> OfficeResult<DossierRow> {
        self.writing(|tx, rules: &Rules| {
            act_once(tx, now, once, |tx| {
                let row = dossiers::by_code(tx, code)?.ok_or(OfficeError::NotFound)?;
                self.act(tx, rules, Moment { now, at: now }, actor, row, step)
            })
        })
    }

    /// [`Office::declare_delay`], once for each key.
    ///
    /// # Errors
    /// As there; refused when the key came with another request.
    pub fn declare_delay_once(
        &self,
        now: Instant,
        actor: &Actor,
        code: &str,
        form: &DelayForm,
        once: Option<&Once>,
    ) -> OfficeResult<DossierRow> {
        self.writing(|tx, rules| act_once(tx, now, once, |tx| self.delay(tx, rules, now, actor, code, form)))
    }
}

impl Office {
    /// [`Office::sign_letter`], once for each key.
    ///
    /// # Errors
    /// As there; refused when the key came with another request.
    pub fn sign_letter_once(
        &self,
        now: Instant,
        actor: &Actor,
        wanted: &ToSign,
        once: Option<&Once>,
    ) -> OfficeResult<LetterRow> {
        self.writing(|tx, rules| act_once(tx, now, once, |tx| self.sign(tx, rules, now, actor, wanted)))
    }

    /// [`Office::refuse_letter`], once for each key.
    ///
    /// # Errors
    /// As there; refused when the key came with another request.
    pub fn refuse_letter_once(
        &self,
        now: Instant,
        actor: &Actor,
        (id, why): (&str, &str),
        once: Option<&Once>,
    ) -> OfficeResult<LetterRow> {
        self.writing(|tx, rules| act_once(tx, now, once, |tx| self.refuse(tx, rules, now, actor, (id, why))))
    }
}

/// What a repeat finds again by its code.
pub(super) trait Answered: Sized {
    fn code(&self) -> &str;
    fn again(conn: &mut Conn, code: &str) -> StoreResult<Option<Self>>;
}

impl Answered for DossierRow {
    fn code(&self) -> &str {
        &self.code
    }

    fn again(conn: &mut Conn, code: &str) -> StoreResult<Option<Self>> {
        dossiers::by_code(conn, code)
    }
}

impl Answered for LetterRow {
    fn code(&self) -> &str {
        &self.id
    }

    fn again(conn: &mut Conn, code: &str) -> StoreResult<Option<Self>> {
        letters::find(conn, code)
    }
}

impl Answered for Submission {
    fn code(&self) -> &str {
        &self.code
    }

    fn again(conn: &mut Conn, code: &str) -> StoreResult<Option<Self>> {
        submissions::by_code(conn, code)
    }
}

pub(super) fn act_once<T: Answered>(
    tx: &mut Tx<'_>,
    now: Instant,
    once: Option<&Once>,
    act: impl FnOnce(&mut Tx<'_>) -> OfficeResult<T>,
) -> OfficeResult<T> {
    let Some(once) = once else { return act(tx) };
    match sessions::kept_answer(tx, &once.id)? {
        Some((hash, _)) if hash != once.request_hash => Err(Refusal::KeyReused.into()),
        Some((_, code)) => T::again(tx, &code)?.ok_or(OfficeError::NotFound),
        None => {
            let row = act(tx)?;
            sessions::keep_answer(tx, &once.id, &once.request_hash, row.code(), now)?;
            Ok(row)
        }
    }
}
