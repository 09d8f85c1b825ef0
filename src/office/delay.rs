//! The one reschedule (NĐ 118/2025 Art. 19(6)), by the officer's declaration or by the sweep. The new
//! promise, the numbered letter and its message come in one transaction: at once, or at signing.

use chrono::NaiveDate;
use serde::Deserialize;

use crate::config::{DelayReason, IN_PROCESS};
use crate::domain::dossier::StepKind;
use crate::domain::reschedule;
use crate::domain::sub_deadline::SubDeadlineKind;
use crate::domain::time::{Instant, civil_day, local};
use crate::render::words::{Asked, how_it_went, where_it_stands};
use crate::store::Tx;
use crate::store::dossiers::{self, DossierRow};
use crate::store::letters::{self, LetterKind, LetterRow, LetterState};
use crate::store::promises::{self, PromiseRow};
use crate::store::sub_deadlines::SubDeadline;

use super::apology::{Proposed, apologises};
use super::at_hand::AtHand;
use super::error::{FieldError, OfficeError, OfficeResult, Problem, Refusal};
use super::finished::closed_late;
use super::progress::Moment;
use super::rules::Rules;
use super::{Actor, Office, ids};

/// The law that allows one new date.
pub(super) const ONE_NEW_DATE: &str = "khoản 6 Điều 19 Nghị định số 118/2025/NĐ-CP";

/// What an officer says when a dossier will be late.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct DelayForm {
    pub reason_code: String,
    #[serde(default)]
    pub reason: String,
    /// The proposed day, `YYYY-MM-DD`; empty: by the policy.
    #[serde(default)]
    pub new_due_on: Option<String>,
}

impl Office {
    /// Declares that a dossier will be, or is, late: the new date is promised and the letter issued, or
    /// drafted where somebody signs. What was refused is written again.
    ///
    /// # Errors
    /// Wrong fields; refused when it was rescheduled before, is closed in time, waits, or has no promise.
    pub fn declare_delay(&self, now: Instant, actor: &Actor, code: &str, form: &DelayForm) -> OfficeResult<DossierRow> {
        self.writing(|tx, rules| self.delay(tx, rules, now, actor, code, form))
    }

    pub(super) fn delay(
        &self,
        tx: &mut Tx<'_>,
        rules: &Rules,
        now: Instant,
        actor: &Actor,
        code: &str,
        form: &DelayForm,
    ) -> OfficeResult<DossierRow> {
        let row = dossiers::by_code(tx, code)?.ok_or(OfficeError::NotFound)?;
        let letters = letters::all_of_dossier(tx, &row.id)?;
        let kind = declarable(&row, &letters)?;
        let proposed = self.declared(rules, &row, kind, now, form)?;
        self.put_letter(tx, rules, now, actor, row, proposed)
    }

    fn declared(
        &self,
        rules: &Rules,
        row: &DossierRow,
        kind: LetterKind,
        now: Instant,
        form: &DelayForm,
    ) -> OfficeResult<Proposed> {
        let reason = self.settings().delay_reasons.iter().find(|reason| reason.code == form.reason_code.trim());
        let mut errors = Vec::new();
        if reason.is_none() {
            errors.push(FieldError::new("reason_code", &form.reason_code, Problem::UnknownReason));
        }
        let sentence = self.own_sentence("reason", &form.reason).unwrap_or_else(|error| {
            errors.push(error);
            String::new()
        });
        let new_due_on = match kind {
            LetterKind::Apology => new_day(rules, row, now, form.new_due_on.as_deref()).map(Some),
            LetterKind::LateResult | LetterKind::SecondMiss | LetterKind::Loss => Ok(None),
        };
        match (new_due_on, reason) {
            (Ok(new_due_on), Some(DelayReason { code, .. })) if errors.is_empty() => {
                let promise = if kind == LetterKind::SecondMiss { row.reschedule_number } else { row.promise_number };
                let step = StepKind::DelayDeclared;
                Ok(Proposed { new_due_on, step, ..Proposed::letter(kind, promise, code, sentence) })
            }
            (day, _) => {
                errors.extend(day.err());
                Err(OfficeError::Invalid(errors))
            }
        }
    }

    /// A sentence of the person's own: the letter must give a reason of this file, not a canned one.
    pub(super) fn own_sentence(&self, field: &'static str, text: &str) -> Result<String, FieldError> {
        let sentence = super::intake::nfc(text.trim());
        let wrong = |problem| Err(FieldError::new(field, &sentence, problem));
        match sentence.chars().count() {
            0 => wrong(Problem::Required),
            501.. => wrong(Problem::TooLong { max: 500 }),
            _ if sentence.chars().any(char::is_control) => wrong(Problem::ControlCharacters),
            _ if self.is_canned(&sentence) => wrong(Problem::CannedSentence),
            _ => Ok(sentence),
        }
    }

    /// Whether a sentence says no more than the name of a reason.
    fn is_canned(&self, sentence: &str) -> bool {
        let plain = |text: &str| {
            let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
            words.collect::<Vec<_>>().join(" ").to_lowercase()
        };
        let said = plain(sentence);
        said.is_empty() || self.settings().delay_reasons.iter().any(|reason| plain(&reason.name) == said)
    }
}

/// The system's own apology when a promise passed unmet: the reason is where the file stands.
pub(super) fn apology(rules: &Rules, now: Instant, dossier: &AtHand) -> OfficeResult<Proposed> {
    let row = &dossier.row;
    let due_at = may_reschedule(row)?;
    let new_due_on = reschedule::propose(now, row.received_at, due_at, rules.new_date, &rules.calendar)
        .map_err(|error| FieldError::new("new_due_on", "", Problem::NewDate(error)))?;
    let sentence = standing(rules, row, &dossier.subs);
    Ok(Proposed {
        new_due_on: Some(new_due_on),
        step: StepKind::Rescheduled,
        ..Proposed::letter(LetterKind::Apology, row.promise_number, IN_PROCESS, sentence)
    })
}

/// Where the file stands, since when, and for whom it waits: a fact of the file.
pub(super) fn standing(rules: &Rules, row: &DossierRow, subs: &[SubDeadline]) -> String {
    let unit = row.unit_id.as_deref().and_then(|id| rules.unit(id)).map_or("", |unit| unit.name.as_str());
    let asked: Vec<Asked<'_>> = subs
        .iter()
        .filter(|sub| sub.kind == SubDeadlineKind::Consultation)
        .map(|sub| Asked {
            body: &sub.body,
            on: local(sub.started_at).date(),
            by: local(sub.due_at).date(),
            answered: sub.ended_at.map(|at| local(at).date()),
        })
        .collect();
    match row.closed_at {
        None => where_it_stands(unit, local(row.stage_since), &asked),
        Some(at) => how_it_went(unit, local(row.received_at), local(at), &asked),
    }
}

/// The day proposed, or that of the policy, held against law and policy.
pub(super) fn new_day(
    rules: &Rules,
    row: &DossierRow,
    now: Instant,
    text: Option<&str>,
) -> Result<NaiveDate, FieldError> {
    let wrong = |text: &str, problem| FieldError::new("new_due_on", text, problem);
    let due_at = row.due_at.ok_or_else(|| wrong("", Problem::Required))?;
    match text.map(str::trim).filter(|text| !text.is_empty()) {
        None => reschedule::propose(now, row.received_at, due_at, rules.new_date, &rules.calendar)
            .map_err(|error| wrong("", Problem::NewDate(error))),
        Some(text) => {
            let day = text.parse::<NaiveDate>().map_err(|_| wrong(text, Problem::NotADay))?;
            reschedule::check(day, now, due_at, rules.new_date, &rules.calendar)
                .map_err(|error| wrong(text, Problem::NewDate(error)))
        }
    }
}

/// The letter that a declared delay of this file would be; a letter that was refused is written again.
///
/// # Errors
/// Why none can be: it waits already, was rescheduled before, or the file is not late.
pub fn declarable(row: &DossierRow, letters: &[LetterRow]) -> Result<LetterKind, Refusal> {
    let stands = |kind, state| letters.iter().any(|letter| letter.kind == kind && letter.state == state);
    let kind = match row.closed_at {
        Some(_) if closed_late(row) && !letters.iter().any(apologises) => LetterKind::LateResult,
        None if stands(LetterKind::SecondMiss, LetterState::Refused) => LetterKind::SecondMiss,
        Some(_) | None => {
            may_reschedule(row)?;
            LetterKind::Apology
        }
    };
    if stands(kind, LetterState::Draft) { Err(Refusal::LetterWaits) } else { Ok(kind) }
}

/// The promise that would be moved, if the law lets it be. While the citizen is waited for the clock
/// stands still; only a file that was late before still owes its apology.
pub(super) fn may_reschedule(row: &DossierRow) -> Result<Instant, Refusal> {
    let due_at = row.due_at.ok_or(Refusal::NoPromise)?;
    let waiting_in_time = row.paused_since.is_some_and(|since| since <= due_at);
    if row.closed_at.is_some() || waiting_in_time {
        return Err(Refusal::NotInProgress);
    }
    if row.reschedule_number != 0 {
        return Err(Refusal::AlreadyRescheduled);
    }
    Ok(due_at)
}

/// The one new date does not run while the citizen is waited for (`since`): it moves on by the working days
/// of that time, and is never before the promise, which may have been counted afresh.
pub(super) fn new_date_moves_on(
    tx: &mut Tx<'_>,
    rules: &Rules,
    moment: Moment,
    row: &mut DossierRow,
    since: Instant,
) -> OfficeResult<()> {
    let Some(new_due_at) = row.new_due_at.filter(|at| *at >= since) else { return Ok(()) };
    let waited = rules.calendar.working_days_between(civil_day(since), civil_day(moment.at));
    let day = rules.calendar.nth_working_day_after(civil_day(new_due_at), waited);
    let moved = day.and_then(|day| rules.calendar.closes(day)).max(row.due_at);
    let Some(due_at) = moved.filter(|at| *at > new_due_at) else { return Ok(()) };
    let known = promises::of_dossier(tx, &row.id)?;
    let Some(before) = known.iter().find(|promise| promise.number == row.reschedule_number) else { return Ok(()) };
    let number = known.iter().map(|promise| promise.number).max().unwrap_or(0) + 1;
    let day = civil_day(due_at);
    let again = PromiseRow {
        id: ids::id(moment.now)?,
        number,
        due_at,
        made_at: moment.at,
        superseded_at: None,
        calendar_version: rules.calendar_version,
        provisional: rules.calendar.is_doubtful(day, day),
        ..before.clone()
    };
    promises::supersede(tx, &row.id, row.reschedule_number, moment.at)?;
    promises::insert(tx, again)?;
    row.reschedule_number = number;
    row.new_due_at = Some(due_at);
    Ok(())
}
