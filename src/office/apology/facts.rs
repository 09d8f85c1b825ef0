//! What a letter prints, frozen when it is issued.

use crate::domain::time::{Instant, civil_day, local};
use crate::office::Office;
use crate::office::delay::ONE_NEW_DATE;
use crate::office::error::{OfficeResult, Refusal};
use crate::office::letterhead::Letterhead;
use crate::office::rules::Rules;
use crate::render::letter::registry::FormKind;
use crate::render::letter::{Dressing, LetterFacts, LetterForm};
use crate::render::words::what_and_remedy;
use crate::store::dossiers::DossierRow;
use crate::store::letters::LetterKind;

use super::Proposed;

/// The form of a letter of this kind.
pub(in crate::office) const fn form_of(kind: LetterKind) -> LetterForm {
    match kind {
        LetterKind::Apology => LetterForm::Apology,
        LetterKind::LateResult => LetterForm::LateResult,
        LetterKind::Loss => LetterForm::Loss,
        LetterKind::SecondMiss => LetterForm::SecondMiss,
    }
}

impl Office {
    /// The facts of a letter as the file stands; without a number it is a draft.
    pub(in crate::office) fn letter_facts(
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

/// The facts as they are printed: of a loss what happened and what is done about it are told together.
pub(in crate::office) fn as_printed(facts: LetterFacts) -> LetterFacts {
    if facts.kind != LetterForm::Loss {
        return facts;
    }
    let what_happened = what_and_remedy(&facts.what_happened, &facts.reason);
    LetterFacts { what_happened, reason: String::new(), ..facts }
}
