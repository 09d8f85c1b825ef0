//! Loss or error by the office: it says what happened and what it does about it, and apologises
//! (NĐ 61/2018 Art. 21; the one-stop rules have no form of their own for it).

use crate::domain::dossier::StepKind;
use crate::domain::text_enum;
use crate::domain::time::Instant;
use crate::store::StoreError;
use crate::store::dossiers::{self, DossierRow};
use crate::store::letters::{self, LetterKind, LetterState};

use super::apology::Proposed;
use super::delay::{may_reschedule, new_day};
use super::error::{FieldError, OfficeError, OfficeResult, Problem, Refusal};
use super::once::{Once, act_once};
use super::{Actor, Office};

text_enum! {
    /// What the office did.
    LossKind {
        /// lost or damaged papers
        Loss = "loss",
        /// a mistake in the result or on the way to it
        Error = "error",
    }
}

/// What is said of a loss or an error.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LossForm {
    /// A [`LossKind`].
    pub kind: String,
    pub what_happened: String,
    /// What the office does about it.
    pub remedy: String,
    /// The one new date, `YYYY-MM-DD`; empty: none.
    pub new_due_on: String,
    /// The revision of the dossier that the person had before them.
    pub seen: Option<i32>,
}

impl Office {
    /// Apologises for a loss or an error: the letter is issued, or drafted where somebody signs.
    ///
    /// # Errors
    /// Wrong fields; a new date for a file that is closed, waits or was rescheduled before; a file
    /// without a promise; while the last such letter waits for its signature.
    pub fn apologise_for_loss(
        &self,
        now: Instant,
        actor: &Actor,
        code: &str,
        form: &LossForm,
        once: Option<&Once>,
    ) -> OfficeResult<DossierRow> {
        self.writing(|tx, rules| {
            act_once(tx, now, once, |tx| {
                let row = dossiers::by_code(tx, code)?.ok_or(OfficeError::NotFound)?;
                if form.seen.is_some_and(|seen| seen != row.revision) {
                    return Err(StoreError::Conflict(format!("dossier {code} was at revision {}", row.revision)).into());
                }
                row.due_at.ok_or(Refusal::NoPromise)?;
                let mut errors = Vec::new();
                let kind = form.kind.trim().parse::<LossKind>();
                if kind.is_err() {
                    errors.push(FieldError::new("kind", &form.kind, Problem::UnknownLoss));
                }
                let mut said = |field, text| {
                    self.own_sentence(field, text).unwrap_or_else(|error| {
                        errors.push(error);
                        String::new()
                    })
                };
                let what_happened = said("what_happened", &form.what_happened);
                let remedy = said("remedy", &form.remedy);
                let new_due_on = match form.new_due_on.trim() {
                    "" => None,
                    text => {
                        may_reschedule(&row)?;
                        new_day(rules, &row, now, Some(text)).map_err(|error| errors.push(error)).ok()
                    }
                };
                let known = letters::all_of_dossier(tx, &row.id)?;
                let losses: Vec<_> = known.iter().filter(|letter| letter.kind == LetterKind::Loss).collect();
                if losses.iter().any(|letter| letter.state == LetterState::Draft) {
                    return Err(Refusal::LetterWaits.into());
                }
                let kind = match kind {
                    Ok(kind) if errors.is_empty() => kind,
                    Ok(_) | Err(_) => return Err(OfficeError::Invalid(errors)),
                };
                // What was refused is written again; a further loss is a letter of its own.
                let again = losses.iter().find(|letter| letter.state == LetterState::Refused);
                let further = losses.iter().map(|letter| letter.promise_number).max().unwrap_or(0) + 1;
                let occasion = again.map_or(further, |letter| letter.promise_number);
                let proposed = Proposed {
                    what_happened,
                    new_due_on,
                    step: StepKind::LossDeclared,
                    ..Proposed::letter(LetterKind::Loss, occasion, kind.as_str(), remedy)
                };
                self.put_letter(tx, rules, now, actor, row, proposed)
            })
        })
    }
}
