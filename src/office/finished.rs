//! A file that ends late: whoever got no apology before gets one with the result, and what was to be said
//! while it was open is said no more. Exactly one truthful message.

use chrono::Duration;

use crate::config::{BeforeHandOver, IN_PROCESS, SigningMode};
use crate::domain::dossier::{StageName, Step};
use crate::domain::notice::NoticeKind;
use crate::domain::time::Instant;
use crate::render::letter::LetterFacts;
use crate::store::dossiers::{self, DossierRow};
use crate::store::letters::{self, LetterKind, LetterRow, LetterState};
use crate::store::outbox::{self, OutboxState};
use crate::store::{Tx, sub_deadlines};

use super::apology::{Proposed, apologises};
use super::at_hand::AtHand;
use super::delay::standing;
use super::error::{OfficeResult, Refusal};
use super::rules::Rules;
use super::signing::end_alarms;
use super::stale::ANOTHER_DATE;
use super::taken_back::take_back_outdated;
use super::{Actor, Office};

/// Why a message about an open file is not sent.
const FINISHED: &str = "the dossier was finished meanwhile";

/// What is told of an open file only.
const OF_AN_OPEN_FILE: [NoticeKind; 3] = [NoticeKind::Apology, NoticeKind::SecondMiss, NoticeKind::DelayNotice];

/// Whether a file got its result, granted or refused, after the promise that is judged. What was withdrawn
/// or stopped got none.
pub(super) fn closed_late(row: &DossierRow) -> bool {
    let ended = matches!(row.stage, StageName::Granted | StageName::Refused);
    ended && row.closed_at.zip(row.due_at).is_some_and(|(closed, due)| closed > due)
}

/// Whether the sweep has to raise the apology of an open late file: none was issued, none waits, and what
/// was refused was declared before the promise passed.
pub(super) fn owes_apology(row: &DossierRow, letters: &[LetterRow]) -> bool {
    !letters.iter().any(|letter| match letter.state {
        LetterState::Issued => apologises(letter),
        LetterState::Draft => letter.kind == LetterKind::Apology,
        // Refused after that: it is with the officer, who declares it again.
        LetterState::Refused => {
            letter.kind == LetterKind::Apology && row.due_at.is_some_and(|due| letter.drafted_at > due)
        }
        LetterState::Void => false,
    })
}

impl Office {
    /// Before a late result is handed over: its apology is raised at the latest now; where it has to be
    /// issued first, and is not, the hand-over is refused.
    pub(super) fn before_return(
        &self,
        tx: &mut Tx<'_>,
        rules: &Rules,
        now: Instant,
        row: DossierRow,
    ) -> OfficeResult<DossierRow> {
        if !closed_late(&row) || letters::all_of_dossier(tx, &row.id)?.iter().any(apologises) {
            return Ok(row);
        }
        match (self.signing_mode(), self.settings().apology.before_hand_over) {
            (SigningMode::Signed, BeforeHandOver::Require) => Err(Refusal::ApologyFirst.into()),
            (SigningMode::Automatic, _) | (SigningMode::Signed, BeforeHandOver::May) => {
                self.late_result(tx, rules, now, row)
            }
        }
    }

    /// What a step makes of the letters of its dossier.
    pub(super) fn letters_after(
        &self,
        tx: &mut Tx<'_>,
        rules: &Rules,
        now: Instant,
        row: DossierRow,
        step: &Step,
    ) -> OfficeResult<DossierRow> {
        match step {
            Step::Resolve { .. } => {
                Self::drop_drafts(tx, now, &row, |letter| letter.kind != LetterKind::Loss, FINISHED)?;
                if closed_late(&row) { self.late_result(tx, rules, now, row) } else { Ok(row) }
            }
            Step::Withdraw { .. } | Step::Stop { .. } => {
                Self::drop_drafts(tx, now, &row, |letter| letter.kind != LetterKind::Loss, FINISHED)?;
                Ok(row)
            }
            // Counted afresh: the delay of a promise that does not hold any more is none.
            Step::ReceiveSupplement | Step::MeetObligation => {
                let of_before = |letter: &LetterRow| {
                    letter.kind == LetterKind::Apology && letter.promise_number != row.promise_number
                };
                Self::drop_drafts(tx, now, &row, of_before, ANOTHER_DATE)?;
                take_back_outdated(tx, rules, now, row)
            }
            Step::RequestSupplement { .. } | Step::RequestObligation { .. } => take_back_outdated(tx, rules, now, row),
            // An apology that was just leaving when the result came may have been taken back since.
            Step::Return if closed_late(&row) => self.late_result(tx, rules, now, row),
            Step::Return
            | Step::HandOver
            | Step::Consult { .. }
            | Step::ConfirmReady
            | Step::Reassign { .. }
            | Step::AnswerConsultation { .. } => Ok(row),
        }
    }

    /// A closed file that the sweep looks at: its apology was on its way when it was finished.
    pub(super) fn finish_late_again(
        &self,
        tx: &mut Tx<'_>,
        rules: &Rules,
        now: Instant,
        row: DossierRow,
    ) -> OfficeResult<()> {
        dossiers::set_next_check(tx, &[&row.id], None)?;
        if closed_late(&row) {
            self.late_result(tx, rules, now, row)?;
        }
        Ok(())
    }

    /// The letter that goes with a late result, unless an apology reached the citizen's mailbox or hand
    /// before. One that had not left is taken back; one that is just leaving is looked at again.
    fn late_result(&self, tx: &mut Tx<'_>, rules: &Rules, now: Instant, row: DossierRow) -> OfficeResult<DossierRow> {
        let known = letters::all_of_dossier(tx, &row.id)?;
        if known.iter().any(|letter| letter.kind == LetterKind::LateResult && letter.state != LetterState::Void) {
            return Ok(row);
        }
        let issued: Vec<String> =
            known.iter().filter(|letter| apologises(letter)).map(|letter| letter.id.clone()).collect();
        let messages = outbox::of_letters(tx, &issued)?;
        let stands = |state| messages.iter().find(|message| message.state == state);
        if [OutboxState::Sent, OutboxState::Delivered].into_iter().any(|state| stands(state).is_some()) {
            return Ok(row);
        }
        if let Some(leaving) = stands(OutboxState::Sending) {
            let settled = leaving.leased_until.map_or(now + Duration::minutes(5), |until| until.max(now));
            dossiers::set_next_check(tx, &[&row.id], Some(settled + Duration::seconds(1)))?;
            return Ok(row);
        }
        let ids = [row.id.clone()];
        for kind in OF_AN_OPEN_FILE {
            outbox::void_waiting(tx, &ids, kind, now, FINISHED)?;
        }
        let (code, sentence) = match declared(&known)? {
            Some(cause) => cause,
            None => (IN_PROCESS.to_owned(), standing(rules, &row, &sub_deadlines::of_dossier(tx, &row.id)?)),
        };
        let proposed = Proposed::letter(LetterKind::LateResult, row.promise_number, &code, sentence);
        self.put_letter(tx, rules, now, &Actor::System, row, proposed)
    }

    /// Drops the letters that wait, as far as they are chosen, and ends what was told because of them.
    fn drop_drafts(
        tx: &mut Tx<'_>,
        now: Instant,
        row: &DossierRow,
        chosen: impl Fn(&LetterRow) -> bool,
        why: &str,
    ) -> OfficeResult<()> {
        let waits = |letter: &LetterRow| letter.state == LetterState::Draft;
        // The letter of the result itself is not about an open file.
        let of_open = |letter: &LetterRow| letter.kind != LetterKind::LateResult;
        let known = letters::all_of_dossier(tx, &row.id)?;
        let dropped: Vec<&LetterRow> =
            known.iter().filter(|letter| waits(letter) && of_open(letter) && chosen(letter)).collect();
        if dropped.is_empty() {
            return Ok(());
        }
        let ids: Vec<String> = dropped.iter().map(|letter| letter.id.clone()).collect();
        letters::void_drafts(tx, &ids, why)?;
        AtHand::at_once(tx, row.clone(), |dossier| {
            for letter in dropped {
                end_alarms(dossier, now, letter);
            }
            Ok(())
        })?;
        Ok(())
    }
}

/// What an officer said about the delay before, in a letter that did not leave.
fn declared(known: &[LetterRow]) -> OfficeResult<Option<(String, String)>> {
    let said = known.iter().rev().find(|letter| {
        letter.kind == LetterKind::Apology
            && letter.reason_code != IN_PROCESS
            && !letter.reason_code.is_empty()
            && letter.state != LetterState::Refused
    });
    said.map(|letter| {
        let facts: LetterFacts = serde_json::from_str(&letter.facts)?;
        Ok((letter.reason_code.clone(), facts.reason))
    })
    .transpose()
}
