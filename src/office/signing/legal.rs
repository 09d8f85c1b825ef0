//! The legal moment came and the letter was not signed: the citizen is told all the same, without a number
//! and without a date, and the manager hears of it. The draft stays to be signed.

use crate::domain::notice::{Audience, NoticeKind};
use crate::domain::time::{Instant, local};
use crate::office::Office;
use crate::office::apology::dossier_of;
use crate::office::at_hand::AtHand;
use crate::office::delay::may_reschedule;
use crate::office::error::OfficeResult;
use crate::office::reach::Told;
use crate::office::rules::Rules;
use crate::office::sweep::SweepReport;
use crate::render::words::draft_line;
use crate::store::Tx;
use crate::store::dossiers::DossierRow;
use crate::store::letters::{self, LetterKind, LetterRow, LetterState};
use crate::store::outbox::Raised;

use super::facts_of;

/// Letters looked at in one sweep.
const BATCH: i64 = 1_000;

impl Office {
    /// Tells of every letter whose moment passed unsigned, once.
    pub(in crate::office) fn sweep_unsigned(
        &self,
        tx: &mut Tx<'_>,
        rules: &Rules,
        now: Instant,
        report: &mut SweepReport,
    ) -> OfficeResult<()> {
        for letter in letters::unsigned(tx, now, BATCH)? {
            let row = dossier_of(tx, &letter)?;
            if !still_holds(&letter, &row) {
                continue;
            }
            let facts = facts_of(&letter)?;
            let mut count = |kind: NoticeKind, raised| match raised {
                Some(Raised::New) => *report.raised.entry(kind.to_string()).or_default() += 1,
                Some(Raised::AlreadyThere) => report.already_there += 1,
                None => report.failed += 1,
            };
            let mut dossier = AtHand::one(tx, row)?;
            if matches!(letter.kind, LetterKind::Apology | LetterKind::SecondMiss) {
                let kind = NoticeKind::DelayNotice;
                let told = Told { kind, promise: letter.promise_number, reason: &facts.reason, letter_id: None };
                count(kind, Some(self.tell_citizen(rules, now, &mut dossier, &told)?));
            }
            let line = draft_line(facts.kind, facts.new_due_at, letter.decide_by.map(local), &facts.reason);
            let about = (NoticeKind::Unsigned, Audience::Manager, line.as_str());
            count(NoticeKind::Unsigned, self.alarm_letter(rules, now, &mut dossier, &letter, about)?);
            dossier.write(tx)?;
        }
        Ok(())
    }
}

/// Whether what the letter says is still to be said: not of a file that was finished, waits in time, or was
/// promised another date. A letter that was refused stays owed while its promise is.
fn still_holds(letter: &LetterRow, row: &DossierRow) -> bool {
    let current = letter.state == LetterState::Draft || letter.promise_number == row.promise_number;
    match letter.kind {
        LetterKind::Apology => current && may_reschedule(row).is_ok(),
        LetterKind::SecondMiss => row.closed_at.is_none(),
        LetterKind::LateResult | LetterKind::Loss => letter.state == LetterState::Draft,
    }
}
