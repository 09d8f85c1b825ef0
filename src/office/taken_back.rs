//! An apology that has reached nobody while its dossier began to wait for the citizen, or goes on with another
//! date: it would promise a day that holds no more. It is taken back with the date that it gave, and the
//! dossier owes its one apology again, should it be late against the promise of now.

use serde_json::json;

use crate::domain::time::{Instant, local};
use crate::render::letter::LetterFacts;
use crate::store::dossiers::DossierRow;
use crate::store::letters::{self, LetterKind, LetterRow};
use crate::store::outbox::{self, Message, OutboxState};
use crate::store::{Tx, promises, tasks};

use super::Actor;
use super::apology::apologises;
use super::at_hand::AtHand;
use super::error::OfficeResult;
use super::progress::{Moment, finish};
use super::rules::Rules;
use super::stale::{ANOTHER_DATE, WAITS};
use super::tasks::{TaskEnd, is_in_tray};

/// The journal's word for it.
const TAKEN_BACK: &str = "letter_taken_back";

/// Takes the apology back if its promise no longer is the dossier's; one that arrived, or is just leaving, stays.
pub(super) fn take_back_outdated(
    tx: &mut Tx<'_>,
    rules: &Rules,
    now: Instant,
    mut row: DossierRow,
) -> OfficeResult<DossierRow> {
    let given = row.reschedule_number;
    let is_it = |letter: &LetterRow| letter.kind == LetterKind::Apology && apologises(letter);
    let known = letters::all_of_dossier(tx, &row.id)?;
    let Some(letter) = known.iter().rfind(|letter| given != 0 && is_it(letter)) else { return Ok(row) };
    let Some(why) = outdated(letter, &row)? else { return Ok(row) };
    let messages = outbox::of_letters(tx, std::slice::from_ref(&letter.id))?;
    let has_left = |message: &Message| message.state == OutboxState::Sending || message.state.arrived();
    if messages.is_empty() || messages.iter().any(has_left) {
        return Ok(row);
    }
    for message in &messages {
        outbox::take_back(tx, message, given, now, why)?;
        if is_in_tray(message) {
            let by = Actor::System.journal_name();
            tasks::finish_of_message(tx, &message.id, now, by, TaskEnd::Settled.as_str())?;
        }
    }
    letters::take_back(tx, &letter.id, given, why)?;
    promises::supersede(tx, &row.id, given, now)?;
    row.reschedule_number = 0;
    row.new_due_at = None;
    let body = json!({ "number": letter.number, "for_promise": letter.promise_number, "why": why });
    let (row, ()) = AtHand::at_once(tx, row, |dossier| {
        finish(rules, Moment { now, at: now }, &Actor::System, dossier, TAKEN_BACK, &body);
        Ok(())
    })?;
    Ok(row)
}

/// Why what the letter promises is not so; `None` while it is.
fn outdated(letter: &LetterRow, row: &DossierRow) -> OfficeResult<Option<&'static str>> {
    // The clock stands still: no delay is owed an apology, unless the promise had passed before.
    if row.paused_since.zip(row.due_at).is_some_and(|(since, due_at)| since <= due_at) {
        return Ok(Some(WAITS));
    }
    let facts: LetterFacts = serde_json::from_str(&letter.facts)?;
    let holds = Some(facts.due_at) == row.due_at.map(local) && facts.new_due_at == row.new_due_at.map(local);
    Ok((!holds).then_some(ANOTHER_DATE))
}
