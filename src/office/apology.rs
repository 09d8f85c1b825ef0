//! Letters to citizens: drafted or issued as the agency signs (`apology.mode`), numbered at signing
//! (NĐ 30/2020 Art. 15), their facts frozen. The new date of a letter is promised with its number.

use chrono::{Datelike, NaiveDate};
use serde_json::json;

use crate::config::SigningMode;
use crate::domain::dossier::StepKind;
use crate::domain::notice::NoticeKind;
use crate::domain::reschedule;
use crate::domain::time::{Instant, civil_day, local, rfc3339};
use crate::render::letter::registry::FormKind;
use crate::render::letter::{Dressing, LetterFacts, LetterForm};
use crate::render::words::what_and_remedy;
use crate::store::dossiers::DossierRow;
use crate::store::letters::{self, LetterKind, LetterRow, LetterState};
use crate::store::promises::{self, PromiseKind, PromiseRow};
use crate::store::{Conn, StoreError, Tx, counters};

use super::delay::ONE_NEW_DATE;
use super::error::{FieldError, OfficeError, OfficeResult, Problem, Refusal};
use super::letterhead::Letterhead;
use super::progress::{Moment, finish};
use super::reach::Told;
use super::rules::Rules;
use super::{Actor, Office, ids};

/// What a letter is to say, before it has a number.
#[derive(Debug, Clone)]
pub(super) struct Proposed {
    pub kind: LetterKind,
    /// Number of the promise it speaks of; of a loss: the n-th of the dossier.
    pub promise: i32,
    pub reason_code: String,
    /// Why it is late; of a loss: what the office does about it.
    pub sentence: String,
    /// Of a loss: what the office lost or did wrong.
    pub what_happened: String,
    /// The one new date.
    pub new_due_on: Option<NaiveDate>,
    /// The journal line of the letter when it is issued at once.
    pub step: StepKind,
}

impl Proposed {
    /// A letter of this kind without a new date.
    pub(super) fn letter(kind: LetterKind, promise: i32, reason_code: &str, sentence: String) -> Self {
        Self {
            kind,
            promise,
            reason_code: reason_code.to_owned(),
            sentence,
            what_happened: String::new(),
            new_due_on: None,
            step: StepKind::LetterIssued,
        }
    }

    /// What a letter that waits proposes.
    pub(super) fn of(letter: &LetterRow) -> OfficeResult<Self> {
        let facts: LetterFacts = serde_json::from_str(&letter.facts)?;
        let dated = matches!(letter.kind, LetterKind::Apology | LetterKind::Loss);
        let new_due_on = facts.new_due_at.filter(|_| dated).map(|at| at.date());
        let step = if new_due_on.is_some() { StepKind::Rescheduled } else { StepKind::LetterIssued };
        Ok(Self {
            kind: letter.kind,
            promise: letter.promise_number,
            reason_code: letter.reason_code.clone(),
            sentence: facts.reason,
            what_happened: facts.what_happened,
            new_due_on,
            step,
        })
    }
}

/// The message that carries a letter of this kind.
pub(super) const fn notice_of(kind: LetterKind) -> NoticeKind {
    match kind {
        LetterKind::Apology => NoticeKind::Apology,
        LetterKind::LateResult => NoticeKind::LateResult,
        LetterKind::Loss => NoticeKind::Loss,
        LetterKind::SecondMiss => NoticeKind::SecondMiss,
    }
}

const fn form_of(kind: LetterKind) -> LetterForm {
    match kind {
        LetterKind::Apology => LetterForm::Apology,
        LetterKind::LateResult => LetterForm::LateResult,
        LetterKind::Loss => LetterForm::Loss,
        LetterKind::SecondMiss => LetterForm::SecondMiss,
    }
}

/// Whether a letter is the apology that a late file is owed: a loss is when it brings the one new date.
pub(super) fn is_an_apology(letter: &LetterRow) -> bool {
    let dated = || serde_json::from_str::<LetterFacts>(&letter.facts).is_ok_and(|facts| facts.new_due_at.is_some());
    match letter.kind {
        LetterKind::Apology | LetterKind::LateResult => true,
        LetterKind::Loss => dated(),
        LetterKind::SecondMiss => false,
    }
}

/// Whether it is one, and was issued.
pub(super) fn apologises(letter: &LetterRow) -> bool {
    letter.state == LetterState::Issued && is_an_apology(letter)
}

impl Office {
    /// How letters come to be signed. Today one agency, one setting.
    pub(super) fn signing_mode(&self) -> SigningMode {
        self.settings().apology.mode
    }

    /// The letter as the agency signs: issued at once in the delegated name, or drafted.
    pub(super) fn put_letter(
        &self,
        tx: &mut Tx<'_>,
        rules: &Rules,
        now: Instant,
        actor: &Actor,
        row: DossierRow,
        proposed: &Proposed,
    ) -> OfficeResult<DossierRow> {
        match self.signing_mode() {
            SigningMode::Automatic => {
                let known = same(tx, &row, proposed)?;
                self.issue_letter(tx, rules, now, (actor, "system"), row, proposed, known).map(|(row, _)| row)
            }
            SigningMode::Signed => self.draft_letter(tx, rules, now, actor, row, proposed),
        }
    }

    /// Promises the new date, gives the letter its number, freezes its facts and sends it: one transaction.
    /// `waiting` is the row it was drafted in; somebody who decided it meanwhile was faster.
    #[expect(clippy::too_many_arguments, reason = "the parts of one step, all decided before")]
    pub(super) fn issue_letter(
        &self,
        tx: &mut Tx<'_>,
        rules: &Rules,
        now: Instant,
        (actor, signed_by): (&Actor, &str),
        mut row: DossierRow,
        proposed: &Proposed,
        waiting: Option<LetterRow>,
    ) -> OfficeResult<(DossierRow, LetterRow)> {
        let provisional = match proposed.new_due_on {
            Some(day) => promise_new_date(tx, rules, now, &mut row, day, &proposed.reason_code)?,
            None => false,
        };
        let head = self.letterhead(tx)?;
        let year = civil_day(now).year();
        let serial = counters::next(tx, &format!("letter/{}/{year}", row.agency_id))?;
        let number = format!("{serial:02}/{}", head.symbol);
        let facts = as_printed(self.letter_facts(rules, now, &row, proposed, &head, (&number, provisional))?);
        let was = waiting.as_ref().map(|letter| letter.state);
        let letter = LetterRow {
            id: waiting.as_ref().map_or_else(|| ids::id(now), |letter| Ok(letter.id.clone()))?,
            agency_id: row.agency_id.clone(),
            dossier_id: row.id.clone(),
            kind: proposed.kind,
            promise_number: proposed.promise,
            state: LetterState::Issued,
            year: Some(year),
            serial: Some(serial),
            number,
            drafted_at: waiting.as_ref().map_or(now, |letter| letter.drafted_at),
            decide_by: waiting.as_ref().and_then(|letter| letter.decide_by),
            issued_at: Some(now),
            signer: head.signer_title.clone(),
            signed_by: signed_by.to_owned(),
            note: String::new(),
            reason_code: proposed.reason_code.clone(),
            facts: serde_json::to_string(&facts)?,
            document_hash: None,
        };
        match was {
            None => letters::insert(tx, letter.clone())?,
            Some(was) if letters::change(tx, letter.clone(), was)? => {}
            Some(_) => return Err(Refusal::LetterDecided.into()),
        }
        let told = Told {
            kind: notice_of(proposed.kind),
            promise: proposed.promise,
            reason: &proposed.sentence,
            letter_id: Some(&letter.id),
        };
        self.tell_citizen(tx, rules, now, &row, &told)?;
        let mut body = json!({
            "reason_code": proposed.reason_code,
            "reason": proposed.sentence,
            "what_happened": proposed.what_happened,
            "due_at": row.due_at.map(rfc3339),
            "new_due_at": row.new_due_at.map(rfc3339).filter(|_| proposed.new_due_on.is_some()),
            "for_promise": proposed.promise,
            "letter": letter.number,
            "letter_kind": proposed.kind,
        });
        // Only the line that makes a promise names it: replay holds the promise against that line.
        if let (Some(_), Some(fields)) = (proposed.new_due_on, body.as_object_mut()) {
            fields.insert("promise".to_owned(), row.reschedule_number.into());
        }
        let row = finish(tx, rules, Moment { now, at: now }, actor, row, proposed.step.as_str(), &body)?;
        Ok((row, letter))
    }

    /// The facts of a letter as the file stands; without a number it is a draft.
    pub(super) fn letter_facts(
        &self,
        rules: &Rules,
        now: Instant,
        row: &DossierRow,
        proposed: &Proposed,
        head: &Letterhead,
        (number, provisional): (&str, bool),
    ) -> OfficeResult<LetterFacts> {
        let agency = rules.agency()?;
        let procedure = rules.procedure_version(&row.procedure_id);
        let unit = row.unit_id.as_deref().and_then(|id| rules.unit(id));
        let due_at = row.due_at.ok_or(Refusal::NoPromise)?;
        let is = |kind| proposed.kind == kind;
        let (person_in_charge, person_contact) =
            if is(LetterKind::SecondMiss) { self.in_charge(rules, row, now) } else { (String::new(), String::new()) };
        let worn = self.dressing(head, FormKind::Letter, now);
        // Nobody has signed a draft.
        let dressing = if number.is_empty() { Dressing { signature: None, seal: None, ..worn } } else { worn };
        let proposed_at = proposed.new_due_on.and_then(|day| rules.calendar.closes(day));
        Ok(LetterFacts {
            kind: form_of(proposed.kind),
            result_at: row.closed_at.filter(|_| is(LetterKind::LateResult)).map(local),
            person_in_charge,
            person_contact,
            what_happened: proposed.what_happened.clone(),
            dressing,
            title: head.title.clone(),
            superior_body: head.superior.clone(),
            issuing_body: head.issuing.clone(),
            issuer_name: agency.name.clone(),
            number: number.to_owned(),
            place: head.place.clone(),
            issued_on: civil_day(now),
            salutation: head.salutation.clone(),
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
            // A second miss tells of the date that was missed too; it gives no further one.
            new_due_at: if is(LetterKind::SecondMiss) { row.new_due_at.map(local) } else { proposed_at.map(local) },
            reason: proposed.sentence.clone(),
            legal_basis: ONE_NEW_DATE.to_owned(),
            signer: head.signer(),
            recipients: head.copies.clone(),
            contact: head.contact(&agency.name),
            status_url: Some(self.status_url(row)),
            provisional,
        })
    }
}

/// A row of the same letter that was refused or dropped before: it is written again, never doubled.
pub(super) fn same(conn: &mut Conn, row: &DossierRow, proposed: &Proposed) -> OfficeResult<Option<LetterRow>> {
    let of_kind = |letter: &LetterRow| letter.kind == proposed.kind && letter.promise_number == proposed.promise;
    let known = letters::all_of_dossier(conn, &row.id)?.into_iter().find(of_kind);
    match known.as_ref().map(|letter| letter.state) {
        Some(LetterState::Issued) => Err(Refusal::LetterDecided.into()),
        Some(LetterState::Draft | LetterState::Refused | LetterState::Void) | None => Ok(known),
    }
}

/// The facts as they are printed: of a loss what happened and what is done about it are told together.
pub(super) fn as_printed(facts: LetterFacts) -> LetterFacts {
    if facts.kind != LetterForm::Loss {
        return facts;
    }
    let what_happened = what_and_remedy(&facts.what_happened, &facts.reason);
    LetterFacts { what_happened, reason: String::new(), ..facts }
}

/// Promises the one new date; answers whether it is provisional.
fn promise_new_date(
    tx: &mut Tx<'_>,
    rules: &Rules,
    now: Instant,
    row: &mut DossierRow,
    day: NaiveDate,
    reason_code: &str,
) -> OfficeResult<bool> {
    let new_due_at = rules.calendar.closes(day).ok_or_else(|| {
        let error = reschedule::NewDateError::BeyondCalendar;
        OfficeError::from(FieldError::new("new_due_on", day.to_string(), Problem::NewDate(error)))
    })?;
    if row.reschedule_number != 0 {
        return Err(Refusal::AlreadyRescheduled.into());
    }
    let known = promises::of_dossier(tx, &row.id)?;
    let number = known.iter().map(|promise| promise.number).max().unwrap_or(0) + 1;
    let provisional = !rules.calendar.is_published(day.year());
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
            basis: format!("{ONE_NEW_DATE}; {reason_code}"),
            ledger: "{}".to_owned(),
            statutory_due_at: None,
            statutory_ledger: String::new(),
        },
    )?;
    row.reschedule_number = number;
    row.new_due_at = Some(new_due_at);
    Ok(provisional)
}

/// The dossier of a letter.
pub(super) fn dossier_of(conn: &mut Conn, letter: &LetterRow) -> OfficeResult<DossierRow> {
    let row = crate::store::dossiers::find(conn, &letter.dossier_id)?;
    row.ok_or_else(|| StoreError::Corrupt(format!("letter {}: its dossier is gone", letter.id)).into())
}
