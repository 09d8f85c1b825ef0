//! The letter of apology: numbered at signing (NĐ 30/2020 Art. 15), its facts frozen.

use chrono::Datelike;

use crate::domain::time::{Instant, civil_day, local};
use crate::render::letter::registry::FormKind;
use crate::render::letter::{LetterFacts, LetterForm};
use crate::store::dossiers::DossierRow;
use crate::store::letters::{self, LetterKind, LetterRow, LetterState};
use crate::store::{Tx, counters};

use super::delay::{Cause, ONE_NEW_DATE};
use super::error::{OfficeResult, Refusal};
use super::letterhead::Letterhead;
use super::rules::Rules;
use super::{Office, ids};

impl Office {
    /// Gives the letter its number and freezes its facts (automatic mode: in the delegated name).
    pub(super) fn issue_letter(
        &self,
        tx: &mut Tx<'_>,
        rules: &Rules,
        now: Instant,
        row: &DossierRow,
        cause: &Cause,
        provisional: bool,
    ) -> OfficeResult<LetterRow> {
        let head = self.letterhead(tx)?;
        let year = civil_day(now).year();
        let serial = counters::next(tx, &format!("letter/{}/{year}", row.agency_id))?;
        let number = format!("{serial:02}/{}", head.symbol);
        let facts = self.letter_facts(rules, now, row, cause, &head, &number, provisional)?;
        let letter = LetterRow {
            id: ids::id(now)?,
            agency_id: row.agency_id.clone(),
            dossier_id: row.id.clone(),
            kind: LetterKind::Apology,
            promise_number: row.promise_number,
            state: LetterState::Issued,
            year: Some(year),
            serial: Some(serial),
            number,
            drafted_at: now,
            decide_by: None,
            issued_at: Some(now),
            signer: head.signer_title.clone(),
            signed_by: "system".to_owned(),
            note: String::new(),
            reason_code: cause.code.clone(),
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
        head: &Letterhead,
        number: &str,
        provisional: bool,
    ) -> OfficeResult<LetterFacts> {
        let agency = rules.agency()?;
        let procedure = rules.procedure_version(&row.procedure_id);
        let unit = row.unit_id.as_deref().and_then(|id| rules.unit(id));
        let due_at = row.due_at.ok_or(Refusal::NoPromise)?;
        Ok(LetterFacts {
            kind: LetterForm::Apology,
            result_at: None,
            person_in_charge: String::new(),
            person_contact: String::new(),
            what_happened: String::new(),
            dressing: self.dressing(head, FormKind::Letter, now),
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
            new_due_at: row.new_due_at.map(local),
            reason: cause.sentence.clone(),
            legal_basis: ONE_NEW_DATE.to_owned(),
            signer: head.signer(),
            recipients: head.copies.clone(),
            contact: head.contact(&agency.name),
            status_url: Some(self.status_url(row)),
            provisional,
        })
    }
}
