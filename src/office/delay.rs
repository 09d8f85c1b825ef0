//! The one reschedule (NĐ 118/2025 Art. 19(6)): the new promise, the numbered letter of apology and
//! its message are decided in one transaction, by the officer's declaration or by the sweep.

use chrono::{Datelike, NaiveDate};
use serde::Deserialize;
use serde_json::json;

use crate::config::DelayReason;
use crate::domain::dossier::StepKind;
use crate::domain::notice::NoticeKind;
use crate::domain::reschedule;
use crate::domain::time::{Instant, local, rfc3339};
use crate::store::Tx;
use crate::store::dossiers::{self, DossierRow};
use crate::store::promises::{self, PromiseKind, PromiseRow};

use super::error::{FieldError, OfficeError, OfficeResult, Problem, Refusal};
use super::progress::{Moment, finish};
use super::reach::Told;
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

/// Why the dossier is late, and by whom it was said.
pub(super) struct Cause {
    pub code: String,
    pub sentence: String,
    pub kind: StepKind,
    pub new_due_on: NaiveDate,
}

impl Office {
    /// Declares that a dossier will be, or is, late: the new date is promised and the letter issued.
    ///
    /// # Errors
    /// Wrong fields; refused when it was rescheduled before, is closed, waits, or has no promise.
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
        let due_at = may_reschedule(&row)?;
        let cause = self.declared(rules, &row, due_at, now, form)?;
        self.reschedule(tx, rules, now, actor, row, &cause)
    }

    fn declared(
        &self,
        rules: &Rules,
        row: &DossierRow,
        due_at: Instant,
        now: Instant,
        form: &DelayForm,
    ) -> OfficeResult<Cause> {
        let reason = self.settings().delay_reasons.iter().find(|reason| reason.code == form.reason_code.trim());
        let sentence = super::intake::nfc(form.reason.trim());
        let mut errors = Vec::new();
        if reason.is_none() {
            errors.push(FieldError::new("reason_code", &form.reason_code, Problem::UnknownReason));
        }
        // The letter must give a reason of this file, not a canned sentence.
        if sentence.is_empty() {
            errors.push(FieldError::new("reason", "", Problem::Required));
        }
        if sentence.chars().count() > 500 {
            errors.push(FieldError::new("reason", &sentence, Problem::TooLong { max: 500 }));
        }
        if sentence.chars().any(char::is_control) {
            errors.push(FieldError::new("reason", &sentence, Problem::ControlCharacters));
        }
        let day = match form.new_due_on.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
            None => reschedule::propose(now, row.received_at, due_at, rules.new_date, &rules.calendar)
                .map_err(|error| FieldError::new("new_due_on", "", Problem::NewDate(error))),
            Some(text) => text
                .parse::<NaiveDate>()
                .map_err(|_| FieldError::new("new_due_on", text, Problem::NotADay))
                .and_then(|day| {
                    reschedule::check(day, now, due_at, rules.new_date, &rules.calendar)
                        .map_err(|error| FieldError::new("new_due_on", text, Problem::NewDate(error)))
                }),
        };
        match (day, reason) {
            (Ok(new_due_on), Some(DelayReason { code, .. })) if errors.is_empty() => {
                Ok(Cause { code: code.clone(), sentence, kind: StepKind::DelayDeclared, new_due_on })
            }
            (day, _) => {
                errors.extend(day.err());
                Err(OfficeError::Invalid(errors))
            }
        }
    }

    /// The system's own apology when a promise passed unmet: the reason is where the file stands.
    pub(super) fn apologise(
        &self,
        tx: &mut Tx<'_>,
        rules: &Rules,
        now: Instant,
        row: DossierRow,
    ) -> OfficeResult<DossierRow> {
        let due_at = may_reschedule(&row)?;
        let new_due_on = reschedule::propose(now, row.received_at, due_at, rules.new_date, &rules.calendar)
            .map_err(|error| FieldError::new("new_due_on", "", Problem::NewDate(error)))?;
        let unit = row.unit_id.as_deref().and_then(|id| rules.unit(id)).map_or("", |unit| unit.name.as_str());
        let sentence = crate::render::words::where_it_stands(unit, local(row.stage_since));
        let cause = Cause { code: "in_process".to_owned(), sentence, kind: StepKind::Rescheduled, new_due_on };
        self.reschedule(tx, rules, now, &Actor::System, row, &cause)
    }

    fn reschedule(
        &self,
        tx: &mut Tx<'_>,
        rules: &Rules,
        now: Instant,
        actor: &Actor,
        mut row: DossierRow,
        cause: &Cause,
    ) -> OfficeResult<DossierRow> {
        let closes = rules.calendar.closes(cause.new_due_on);
        let new_due_at = closes.ok_or_else(|| {
            let error = reschedule::NewDateError::BeyondCalendar;
            FieldError::new("new_due_on", cause.new_due_on.to_string(), Problem::NewDate(error))
        })?;
        let known = promises::of_dossier(tx, &row.id)?;
        let number = known.iter().map(|promise| promise.number).max().unwrap_or(0) + 1;
        let provisional = !rules.calendar.is_published(cause.new_due_on.year());
        promises::insert(
            tx,
            PromiseRow {
                id: ids::id(now)?,
                dossier_id: row.id.clone(),
                number,
                kind: PromiseKind::Rescheduled,
                due_at: new_due_at,
                made_at: now,
                counted_from: now,
                superseded_at: None,
                limit_value: None,
                limit_unit: None,
                computed_due_at: None,
                calendar_version: rules.calendar_version,
                provisional,
                basis: format!("{ONE_NEW_DATE}; {}", cause.code),
                ledger: "{}".to_owned(),
                statutory_due_at: None,
                statutory_ledger: String::new(),
            },
        )?;
        row.reschedule_number = number;
        row.new_due_at = Some(new_due_at);
        let letter = self.issue_letter(tx, rules, now, &row, cause, provisional)?;
        let told = Told {
            kind: NoticeKind::Apology,
            promise: row.promise_number,
            reason: &cause.sentence,
            letter_id: Some(&letter.id),
        };
        self.tell_citizen(tx, rules, now, &row, &told)?;
        let body = json!({
            "reason_code": cause.code,
            "reason": cause.sentence,
            "due_at": row.due_at.map(rfc3339),
            "new_due_at": rfc3339(new_due_at),
            "promise": number,
            "letter": letter.number,
        });
        finish(tx, rules, Moment { now, at: now }, actor, row, cause.kind.as_str(), &body)
    }
}

/// The promise that would be moved, if the law lets it be. While the citizen is waited for the clock
/// stands still; only a file that was late before still owes its apology.
fn may_reschedule(row: &DossierRow) -> Result<Instant, Refusal> {
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
