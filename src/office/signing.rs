//! Signed mode: a letter is drafted, then signed, edited or refused by who answers for its unit. The number,
//! the new date and the message come with the signature, in one transaction.

mod alarms;
mod draft;
mod legal;
mod rights;
mod tray;

use chrono::NaiveDate;
use serde_json::json;

use crate::domain::dossier::StepKind;
use crate::domain::notice::{Audience, NoticeKind};
use crate::domain::time::Instant;
use crate::render::letter::LetterFacts;
use crate::store::dossiers::DossierRow;
use crate::store::letters::{self, LetterKind, LetterRow, LetterState};
use crate::store::{Tx, outbox};

use super::apology::{Proposed, Ready, dossier_of, next_serial};
use super::at_hand::AtHand;
use super::delay::{may_reschedule, new_day};
use super::error::{OfficeError, OfficeResult, Refusal};
use super::progress::{Moment, finish};
use super::rules::Rules;
use super::seen::{Need, one_line};
use super::{Actor, Office};

pub(super) use alarms::end_alarms;
pub(super) use rights::may_sign;
pub use tray::{Opened, Waits};

/// A letter to be signed, and what the signer changed in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ToSign {
    pub id: String,
    /// The sentence; `None`: as drafted.
    pub reason: Option<String>,
    /// Of a loss: what happened; `None`: as drafted.
    pub what_happened: Option<String>,
    /// The day, `YYYY-MM-DD`; empty: by the policy, of a loss none; `None`: as drafted.
    pub new_due_on: Option<String>,
}

/// How the signing of one letter ended.
#[derive(Debug)]
pub struct SignedLetter {
    pub id: String,
    pub outcome: OfficeResult<LetterRow>,
}

impl Office {
    /// Signs letters, each in a transaction of its own: one that cannot be signed keeps no other back.
    #[must_use]
    pub fn sign_letters(&self, now: Instant, actor: &Actor, wanted: &[ToSign]) -> Vec<SignedLetter> {
        let one =
            |to_sign: &ToSign| SignedLetter { id: to_sign.id.clone(), outcome: self.sign_letter(now, actor, to_sign) };
        wanted.iter().map(one).collect()
    }

    /// Signs one letter: number, new date, journal line and message in one transaction.
    ///
    /// # Errors
    /// Not found; wrong fields, also a proposed day that has passed; when it does not wait any more, or for
    /// somebody else; what the dossier forbids by now.
    pub fn sign_letter(&self, now: Instant, actor: &Actor, wanted: &ToSign) -> OfficeResult<LetterRow> {
        self.writing(|tx, rules| self.sign(tx, rules, now, actor, wanted))
    }

    pub(super) fn sign(
        &self,
        tx: &mut Tx<'_>,
        rules: &Rules,
        now: Instant,
        actor: &Actor,
        to_sign: &ToSign,
    ) -> OfficeResult<LetterRow> {
        let (letter, row) = waiting(tx, rules, now, actor, &to_sign.id)?;
        let drafted = Proposed::of(&letter)?;
        let proposed = self.edited(rules, now, &row, drafted, to_sign)?;
        let ids = [row.id.clone()];
        outbox::void_waiting(tx, &ids, NoticeKind::DelayNotice, now, "the letter itself was signed")?;
        let mut dossier = AtHand::one(tx, row)?;
        end_alarms(&mut dossier, now, &letter);
        let ready = Ready::new(rules, &dossier.row, proposed, Some(letter))?;
        let head = self.letterhead(tx)?;
        let serial = next_serial(tx, now, &dossier.row.agency_id)?;
        let by = (actor, actor.journal_name());
        let issued = self.issue_letter(rules, now, by, &mut dossier, ready, (&head, serial))?;
        dossier.write(tx)?;
        Ok(issued)
    }

    /// The letter with the signer's changes, held once more against law and policy: the day that was
    /// proposed may have passed.
    fn edited(
        &self,
        rules: &Rules,
        now: Instant,
        row: &DossierRow,
        drafted: Proposed,
        edit: &ToSign,
    ) -> OfficeResult<Proposed> {
        let mut errors = Vec::new();
        let mut said = |field, text: &Option<String>, drafted: String| match text {
            None => drafted,
            Some(text) => {
                let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
                self.own_sentence(field, &line).unwrap_or_else(|error| {
                    errors.push(error);
                    String::new()
                })
            }
        };
        let sentence = said("reason", &edit.reason, drafted.sentence);
        let what_happened = match drafted.kind {
            LetterKind::Loss => said("what_happened", &edit.what_happened, drafted.what_happened),
            LetterKind::Apology | LetterKind::LateResult | LetterKind::SecondMiss => String::new(),
        };
        let proposed = drafted.new_due_on.map(|day: NaiveDate| day.to_string());
        let wanted = edit.new_due_on.clone().or(proposed).unwrap_or_default();
        let dated = match drafted.kind {
            LetterKind::Apology => true,
            LetterKind::Loss => !wanted.trim().is_empty(),
            LetterKind::LateResult | LetterKind::SecondMiss => false,
        };
        let mut new_due_on = None;
        if dated {
            may_reschedule(row)?;
            new_due_on = new_day(rules, row, now, Some(&wanted)).map_err(|error| errors.push(error)).ok();
        }
        if !errors.is_empty() {
            return Err(OfficeError::Invalid(errors));
        }
        let step = if dated { StepKind::Rescheduled } else { StepKind::LetterIssued };
        // A change of the calendar may have given the judged promise another number.
        let promise = if drafted.kind == LetterKind::Apology { row.promise_number } else { drafted.promise };
        Ok(Proposed { promise, sentence, what_happened, new_due_on, step, ..drafted })
    }

    /// Refuses to sign: the letter goes back to the officer with the reason.
    ///
    /// # Errors
    /// Not found; without a reason; when it does not wait, or for somebody else.
    pub fn refuse_letter(&self, now: Instant, actor: &Actor, id: &str, why: &str) -> OfficeResult<LetterRow> {
        self.writing(|tx, rules| self.refuse(tx, rules, now, actor, (id, why)))
    }

    pub(super) fn refuse(
        &self,
        tx: &mut Tx<'_>,
        rules: &Rules,
        now: Instant,
        actor: &Actor,
        (id, why): (&str, &str),
    ) -> OfficeResult<LetterRow> {
        let why = one_line("why", why, Need::Required)?;
        let (letter, row) = waiting(tx, rules, now, actor, id)?;
        let refused = LetterRow {
            state: LetterState::Refused,
            signed_by: actor.journal_name().to_owned(),
            note: why.clone(),
            ..letter.clone()
        };
        let body = json!({ "reason": why, "letter_kind": refused.kind, "for_promise": refused.promise_number });
        let about = (NoticeKind::LetterRefused, Audience::Officer, why.as_str());
        AtHand::at_once(tx, row, |dossier| {
            end_alarms(dossier, now, &letter);
            dossier.put_letter(refused.clone(), Some(LetterState::Draft));
            self.alarm_letter(rules, now, dossier, &refused, about)?;
            finish(rules, Moment { now, at: now }, actor, dossier, StepKind::LetterRefused.as_str(), &body);
            Ok(())
        })?;
        Ok(refused)
    }
}

/// A letter that waits, with its dossier, for somebody who may decide it.
fn waiting(
    tx: &mut Tx<'_>,
    rules: &Rules,
    now: Instant,
    actor: &Actor,
    id: &str,
) -> OfficeResult<(LetterRow, DossierRow)> {
    let letter = letters::find(tx, id)?.ok_or(OfficeError::NotFound)?;
    let row = dossier_of(tx, &letter)?;
    let may = match actor {
        Actor::System | Actor::CommandLine => true,
        Actor::Account { id, .. } => rules.accounts.get(id).is_some_and(|who| may_sign(rules, who, &row, now)),
    };
    if !may {
        return Err(Refusal::NotTheirUnit.into());
    }
    if letter.state == LetterState::Draft { Ok((letter, row)) } else { Err(Refusal::LetterDecided.into()) }
}

/// The facts of a letter as kept.
fn facts_of(letter: &LetterRow) -> OfficeResult<LetterFacts> {
    Ok(serde_json::from_str(&letter.facts)?)
}
