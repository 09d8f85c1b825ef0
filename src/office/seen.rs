//! Steps of a person who has the dossier before them: taken only if nobody changed it meanwhile.

use crate::domain::dossier::Step;
use crate::domain::time::Instant;
use crate::store::dossiers::{self, DossierRow};
use crate::store::{StoreError, Tx};

use super::delay::DelayForm;
use super::error::{FieldError, OfficeError, OfficeResult, Problem};
use super::intake::nfc;
use super::progress::Moment;
use super::{Actor, Office};

/// Longest note or reason.
const TEXT_MAX: usize = 500;

/// Whether a text may stay empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    Required,
    Optional,
}

/// A text typed into a box of several lines, as one line, composed (NFC).
///
/// # Errors
/// Missing though needed, or too long.
pub fn one_line(field: &'static str, text: &str, need: Need) -> OfficeResult<String> {
    let line = nfc(&text.split_whitespace().collect::<Vec<_>>().join(" "));
    let wrong = |problem| Err(FieldError::new(field, &line, problem).into());
    match line.chars().count() {
        0 if need == Need::Required => wrong(Problem::Required),
        count if count > TEXT_MAX => wrong(Problem::TooLong { max: TEXT_MAX }),
        _ if line.chars().any(char::is_control) => wrong(Problem::ControlCharacters),
        _ => Ok(line),
    }
}

impl Office {
    /// [`Office::step`] on the dossier as it stood at `revision`.
    ///
    /// # Errors
    /// As there; a conflict when somebody was faster.
    pub fn step_seen(
        &self,
        now: Instant,
        actor: &Actor,
        code: &str,
        revision: i32,
        step: &Step,
    ) -> OfficeResult<DossierRow> {
        self.writing(|tx, rules| {
            let row = seen(tx, code, revision)?;
            self.act(tx, rules, Moment { now, at: now }, actor, row, step)
        })
    }

    /// [`Office::declare_delay`] on the dossier as it stood at `revision`.
    ///
    /// # Errors
    /// As there; a conflict when somebody was faster.
    pub fn declare_delay_seen(
        &self,
        now: Instant,
        actor: &Actor,
        code: &str,
        revision: i32,
        form: &DelayForm,
    ) -> OfficeResult<DossierRow> {
        self.writing(|tx, rules| {
            seen(tx, code, revision)?;
            self.delay(tx, rules, now, actor, code, form)
        })
    }
}

pub(super) fn seen(tx: &mut Tx<'_>, code: &str, revision: i32) -> OfficeResult<DossierRow> {
    let row = dossiers::by_code(tx, code)?.ok_or(OfficeError::NotFound)?;
    if row.revision == revision {
        Ok(row)
    } else {
        Err(StoreError::Conflict(format!("dossier {code} was at revision {}", row.revision)).into())
    }
}
