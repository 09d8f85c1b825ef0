//! A letter is drafted: written down with its legal moment, and its signers hear of it.

use serde_json::json;

use crate::domain::dossier::StepKind;
use crate::domain::notice::{Audience, NoticeKind};
use crate::domain::time::{Instant, local, rfc3339};
use crate::office::apology::Ready;
use crate::office::at_hand::AtHand;
use crate::office::error::OfficeResult;
use crate::office::letterhead::Letterhead;
use crate::office::progress::{Moment, finish};
use crate::office::rules::Rules;
use crate::office::{Actor, Office, ids};
use crate::render::words::draft_line;
use crate::store::dossiers::DossierRow;
use crate::store::letters::{LetterKind, LetterRow, LetterState};

use super::{end_alarms, facts_of};

impl Office {
    /// Drafts a letter: it waits for its signature until the legal moment. What was refused or dropped is
    /// written again in its own row.
    pub(in crate::office) fn draft_letter(
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
}
