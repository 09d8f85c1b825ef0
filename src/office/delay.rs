//! The one reschedule (NĐ 118/2025 Art. 19(6)): the new promise, the numbered letter of apology and
//! its message are decided in one transaction, by the officer's declaration or by the sweep.

use chrono::{Datelike, NaiveDate};
use serde::Deserialize;
use serde_json::json;

use crate::config::DelayReason;
use crate::domain::dossier::StepKind;
use crate::domain::notice::{Audience, NoticeKind};
use crate::domain::reschedule;
use crate::domain::time::{Instant, civil_day, local, rfc3339};
use crate::render::letter::{LetterFacts, Signer};
use crate::render::mail::MailFacts;
use crate::store::dossiers::{self, DossierRow};
use crate::store::letters::{self, LetterKind, LetterRow};
use crate::store::outbox::{self, Delivery, Message, OutboxState};
use crate::store::promises::{self, PromiseKind, PromiseRow};
use crate::store::{Tx, counters};

use super::error::{FieldError, OfficeError, OfficeResult, Problem, Refusal};
use super::messages::{self, Wording};
use super::progress::{Moment, finish};
use super::rules::Rules;
use super::{Actor, Office, ids};

/// The law that allows one new date.
const ONE_NEW_DATE: &str = "khoản 6 Điều 19 Nghị định số 118/2025/NĐ-CP";

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
        self.reschedule(tx, rules, now, actor, row, cause)
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
        self.reschedule(tx, rules, now, &Actor::System, row, cause)
    }

    fn reschedule(
        &self,
        tx: &mut Tx<'_>,
        rules: &Rules,
        now: Instant,
        actor: &Actor,
        mut row: DossierRow,
        cause: Cause,
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
            },
        )?;
        row.reschedule_number = number;
        row.new_due_at = Some(new_due_at);
        let letter = self.issue_letter(tx, rules, now, &row, &cause, provisional)?;
        self.post_letter(tx, rules, now, &row, &letter, &cause.sentence)?;
        let body = json!({
            "reason_code": cause.code,
            "reason": cause.sentence,
            "due_at": row.due_at.map(rfc3339),
            "new_due_at": rfc3339(new_due_at),
            "promise": number,
            "letter": letter.number,
        });
        finish(tx, rules, Moment { now, at: now }, actor, row, cause.kind.as_str(), body)
    }

    /// Gives the letter its number and freezes its facts (automatic mode: in the delegated name).
    fn issue_letter(
        &self,
        tx: &mut Tx<'_>,
        rules: &Rules,
        now: Instant,
        row: &DossierRow,
        cause: &Cause,
        provisional: bool,
    ) -> OfficeResult<LetterRow> {
        let settings = self.settings();
        let year = civil_day(now).year();
        let serial = counters::next(tx, &format!("letter/{}/{year}", row.agency_id))?;
        let number = format!("{serial:02}/{}", settings.letter.symbol);
        let facts = self.letter_facts(rules, now, row, cause, &number, provisional)?;
        let letter = LetterRow {
            id: ids::id(now)?,
            agency_id: row.agency_id.clone(),
            dossier_id: row.id.clone(),
            kind: LetterKind::Apology,
            promise_number: row.promise_number,
            year,
            serial,
            number,
            issued_at: now,
            signer: settings.letter.signer_title.clone(),
            facts: serde_json::to_string(&facts)?,
            document_hash: None,
        };
        letters::insert(tx, letter.clone())?;
        Ok(letter)
    }

    fn letter_facts(
        &self,
        rules: &Rules,
        now: Instant,
        row: &DossierRow,
        cause: &Cause,
        number: &str,
        provisional: bool,
    ) -> OfficeResult<LetterFacts> {
        let settings = self.settings();
        let agency = rules.agency()?;
        let procedure = rules.procedure_version(&row.procedure_id);
        let unit = row.unit_id.as_deref().and_then(|id| rules.unit(id));
        let due_at = row.due_at.ok_or(Refusal::NoPromise)?;
        Ok(LetterFacts {
            title: settings.letter.title.clone(),
            superior_body: settings.agency.superior.clone(),
            issuing_body: settings.agency.issuing.split('|').map(|line| line.trim().to_owned()).collect(),
            issuer_name: agency.name.clone(),
            number: number.to_owned(),
            place: settings.agency.place.clone(),
            issued_on: civil_day(now),
            salutation: "Ông/Bà".to_owned(),
            applicant_name: row.applicant_name.clone(),
            applicant_address: row.applicant_address.clone().unwrap_or_default(),
            applicant_phone: row.applicant_phone.clone().unwrap_or_default(),
            applicant_email: row.applicant_email.clone().unwrap_or_default(),
            dossier_code: row.code.clone(),
            procedure_name: procedure.map(|procedure| procedure.row.name.clone()).unwrap_or_default(),
            sector: procedure.map(|procedure| procedure.row.sector.clone()).unwrap_or_default(),
            received_at: local(row.received_at),
            receiving_body: agency.name.clone(),
            handling_unit: unit.map(|unit| unit.name.clone()).unwrap_or_default(),
            due_at: local(due_at),
            new_due_at: row.new_due_at.map(local),
            reason: cause.sentence.clone(),
            legal_basis: ONE_NEW_DATE.to_owned(),
            signer: Signer {
                authority: settings.letter.signer_authority.clone(),
                title: settings.letter.signer_title.clone(),
                name: settings.letter.signer_name.clone(),
            },
            recipients: settings.letter.copies.clone(),
            contact: [agency.name.as_str(), &settings.agency.address, &settings.agency.phone]
                .into_iter()
                .filter(|part| !part.is_empty())
                .collect::<Vec<_>>()
                .join(", "),
            status_url: Some(self.status_url(row)),
            provisional,
        })
    }

    /// Puts the letter on its way: by mail when there is an address, else into the print tray.
    fn post_letter(
        &self,
        tx: &mut Tx<'_>,
        rules: &Rules,
        now: Instant,
        row: &DossierRow,
        letter: &LetterRow,
        reason: &str,
    ) -> OfficeResult<()> {
        let (delivery, recipient) = match &row.applicant_email {
            Some(email) => (Delivery::Mail, email.clone()),
            None => (Delivery::Tray, row.applicant_address.clone().unwrap_or_default()),
        };
        let wording = Wording {
            kind: NoticeKind::Apology,
            audience: Audience::Applicant,
            recipient_name: &row.applicant_name,
            reason,
        };
        let facts: MailFacts = self.mail_facts(tx, rules, now, row, &wording)?;
        let notice_key = messages::key(row, row.promise_number, NoticeKind::Apology, &recipient, delivery);
        let id = ids::id(now)?;
        let message = Message {
            message_id: self.message_id(&id),
            id,
            agency_id: row.agency_id.clone(),
            dossier_id: row.id.clone(),
            notice_key,
            kind: NoticeKind::Apology,
            audience: Audience::Applicant,
            promise_number: row.promise_number,
            delivery,
            recipient,
            recipient_name: row.applicant_name.clone(),
            letter_id: Some(letter.id.clone()),
            facts: serde_json::to_string(&facts)?,
            state: OutboxState::Ready,
            created_at: now,
            ready_at: now,
            attempts: 0,
            lease: None,
            leased_until: None,
            subject: None,
            body: None,
            last_error: None,
            settled_at: None,
        };
        outbox::raise(tx, message)?;
        Ok(())
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
