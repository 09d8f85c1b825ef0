//! Signed mode: a letter is drafted, then signed, edited or refused by who answers for its unit. The number,
//! the new date and the message come with the signature, in one transaction.

mod legal;
mod tray;

use chrono::NaiveDate;
use serde_json::json;

use crate::domain::dossier::StepKind;
use crate::domain::ladder::{Bundling, Urgency, Way};
use crate::domain::notice::{Audience, NoticeKind};
use crate::domain::role::Role;
use crate::domain::time::{Instant, civil_day, local, rfc3339};
use crate::render::letter::LetterFacts;
use crate::render::words::draft_line;
use crate::store::dossiers::DossierRow;
use crate::store::letters::{self, LetterKind, LetterRow, LetterState};
use crate::store::people::Account;
use crate::store::{Tx, alerts, outbox};

use super::alarm::Alarm;
use super::alarm::recipients::screens;
use super::apology::{Proposed, Ready, dossier_of, next_serial};
use super::at_hand::AtHand;
use super::delay::{may_reschedule, new_day};
use super::error::{OfficeError, OfficeResult, Refusal};
use super::letterhead::Letterhead;
use super::progress::{Moment, finish};
use super::rules::Rules;
use super::seen::{Need, one_line};
use super::{Actor, Office, ids};

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

    /// Drafts a letter: it waits for its signature until the legal moment. What was refused or dropped is
    /// written again in its own row.
    pub(super) fn draft_letter(
        &self,
        rules: &Rules,
        now: Instant,
        actor: &Actor,
        dossier: &mut AtHand,
        ready: Ready,
        head: &Letterhead,
    ) -> OfficeResult<()> {
        let letter = self.drafted(rules, (now, actor), &dossier.row, &ready, head)?;
        if let Some(before) = &ready.waiting {
            end_alarms(dossier, now, before);
        }
        dossier.put_letter(letter.clone(), ready.waiting.as_ref().map(|before| before.state));
        let facts = facts_of(&letter)?;
        let line = draft_line(facts.kind, facts.new_due_at, letter.decide_by.map(local), &facts.reason);
        self.alarm_letter(rules, now, dossier, &letter, (NoticeKind::SignatureDue, Audience::Supervisor, &line))?;
        let Ready { proposed, new_due_at, .. } = ready;
        let body = json!({
            "reason_code": proposed.reason_code,
            "reason": proposed.sentence,
            "what_happened": proposed.what_happened,
            "proposed_at": new_due_at.map(rfc3339),
            "decide_by": letter.decide_by.map(rfc3339),
            "letter_kind": proposed.kind,
        });
        let by_itself = matches!(proposed.step, StepKind::Rescheduled | StepKind::LetterIssued);
        let step = if by_itself { StepKind::LetterDrafted } else { proposed.step };
        finish(rules, Moment { now, at: now }, actor, dossier, step.as_str(), &body);
        Ok(())
    }

    /// The row of a draft, with its legal moment.
    fn drafted(
        &self,
        rules: &Rules,
        (now, actor): (Instant, &Actor),
        row: &DossierRow,
        Ready { proposed, waiting, .. }: &Ready,
        head: &Letterhead,
    ) -> OfficeResult<LetterRow> {
        let coming = row.due_at.filter(|_| proposed.kind == LetterKind::Apology);
        let decide_by = self.settings().legal_moment().decide_by(now, coming, &rules.calendar);
        let facts = self.letter_facts(rules, now, row, proposed, head, ("", false))?;
        Ok(LetterRow {
            id: waiting.as_ref().map_or_else(|| ids::id(now), |letter| Ok(letter.id.clone()))?,
            agency_id: row.agency_id.clone(),
            dossier_id: row.id.clone(),
            kind: proposed.kind,
            promise_number: proposed.promise,
            state: LetterState::Draft,
            year: None,
            serial: None,
            number: String::new(),
            drafted_at: now,
            decide_by: Some(decide_by),
            issued_at: None,
            signer: head.signer_title.clone(),
            signed_by: actor.journal_name().to_owned(),
            note: String::new(),
            reason_code: proposed.reason_code.clone(),
            facts: serde_json::to_string(&facts)?,
            document_hash: None,
        })
    }

    /// Tells officials of a letter, once for each time it was drafted.
    pub(super) fn alarm_letter(
        &self,
        rules: &Rules,
        now: Instant,
        dossier: &mut AtHand,
        letter: &LetterRow,
        (kind, audience, reason): (NoticeKind, Audience, &str),
    ) -> OfficeResult<Option<outbox::Raised>> {
        let before = dossier.alerts.iter().filter(|alert| alert.kind == kind && speaks_of(alert, letter)).count();
        let alarm = Alarm {
            kind,
            level: i32::try_from(before).unwrap_or(0) * LEVELS + level_of(letter.kind),
            audience,
            promise: letter.promise_number,
            ways: &[Way::Screen, Way::Mail],
            bundling: Bundling::Single,
            urgency: Urgency::Normal,
            acknowledge_by: None,
            reason,
        };
        let raised = self.alarm(rules, now, dossier, &alarm)?;
        if raised.is_none() {
            tracing::warn!(dossier = %dossier.row.code, %kind, %audience, "nobody with an address to tell");
        }
        Ok(raised)
    }
}

/// The letter was decided: what officials were told of it does not wait any more.
pub(super) fn end_alarms(dossier: &mut AtHand, now: Instant, letter: &LetterRow) {
    let kinds = [NoticeKind::SignatureDue, NoticeKind::Unsigned, NoticeKind::LetterRefused];
    let about = dossier.alerts.iter().filter(|alert| kinds.contains(&alert.kind) && speaks_of(alert, letter));
    let ids: Vec<String> = about.map(|alert| alert.id.clone()).collect();
    if !ids.is_empty() {
        dossier.end_alerts(&ids, now);
        dossier.silence(ids, now, "the letter was decided meanwhile");
    }
}

/// The levels of alerts about letters: the kind of the letter, and for each further draft so many more.
const LEVELS: i32 = 10;

const fn level_of(kind: LetterKind) -> i32 {
    match kind {
        LetterKind::Apology => 1,
        LetterKind::LateResult => 2,
        LetterKind::Loss => 3,
        LetterKind::SecondMiss => 4,
    }
}

fn speaks_of(alert: &alerts::Alert, letter: &LetterRow) -> bool {
    alert.promise_number == letter.promise_number && alert.level % LEVELS == level_of(letter.kind)
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

/// Whether a person signs for the unit of a dossier.
pub(super) fn may_sign(rules: &Rules, who: &Account, row: &DossierRow, now: Instant) -> bool {
    let units = signs_for(rules, who, now);
    units.is_none_or(|units| row.unit_id.as_ref().is_some_and(|unit| units.contains(unit)))
}

/// The units for whose dossiers a person signs; `None`: the manager, for all. A supervisor signs for their
/// unit and for that of a supervisor who is away and for whom they stand in, also for another who is away too.
fn signs_for(rules: &Rules, who: &Account, now: Instant) -> Option<Vec<String>> {
    let covered = screens(rules, &who.id, civil_day(now));
    let signs = |supervisor: &Account| {
        let gone = supervisor.disabled_at.is_some() && supervisor.stand_in_id.as_deref() == Some(who.id.as_str());
        gone || covered.contains(&supervisor.id)
    };
    match who.role {
        Role::Manager if who.disabled_at.is_none() => None,
        Role::Supervisor if who.disabled_at.is_none() => {
            let supervisor = |id: &Option<String>| rules.accounts.get(id.as_deref()?);
            let theirs = rules.units.iter().filter(|unit| supervisor(&unit.supervisor_id).is_some_and(signs));
            Some(theirs.map(|unit| unit.id.clone()).collect())
        }
        Role::Manager | Role::Supervisor | Role::Clerk | Role::Officer | Role::Admin => Some(Vec::new()),
    }
}

/// The facts of a letter as kept.
fn facts_of(letter: &LetterRow) -> OfficeResult<LetterFacts> {
    Ok(serde_json::from_str(&letter.facts)?)
}
