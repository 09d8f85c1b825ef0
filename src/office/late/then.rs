//! How late files and their letters stood at a moment that is past, put together from what is never overwritten.

use std::collections::HashMap;

use serde::Deserialize;

use crate::domain::dossier::StepKind;
use crate::domain::summary::{Counted, Period};
use crate::domain::time::{Instant, civil_day, parse_instant};
use crate::office::error::OfficeResult;
use crate::office::known::Unknown;
use crate::office::reassign::{give_back, held_at};
use crate::office::{Rules, grouped};
use crate::store::attempts::{self, Attempt, AttemptOutcome};
use crate::store::dossiers::DossierRow;
use crate::store::journal::Entry;
use crate::store::letters::{LetterKind, LetterRow, LetterState};
use crate::store::outbox::{Message, OutboxState};
use crate::store::{Conn, counts, evidence};

use super::Known;

/// Puts files back to how they stood at `seen`; what happened at it or later is not known.
pub(super) fn rows_at(
    conn: &mut Conn,
    rules: &Rules,
    agency_id: &str,
    seen: Instant,
    rows: &mut [DossierRow],
) -> OfficeResult<()> {
    let day = civil_day(seen);
    let period = Period { from: day, to: day, begins: Instant::MIN_UTC, cut: seen, known: seen };
    let ids: Vec<&str> = rows.iter().map(|row| row.id.as_str()).collect();
    let mut files = counts::of_ids(conn, agency_id, &ids, seen)?;
    Unknown::of(conn, &period)?.forget(conn, agency_id, &period, &mut files)?;
    let files: HashMap<String, Counted> = files.into_iter().map(|file| (file.dossier_id.clone(), file)).collect();
    let held = held_at(conn, rules, seen)?;
    for row in rows {
        let Some(file) = files.get(&row.id) else { continue };
        row.closed_at = file.closed_at.filter(|at| *at < seen);
        row.paused_since = file.paused_since;
        (row.due_at, row.statutory_due_at, row.new_due_at) = (file.due_at, file.statutory_due_at, file.new_due_at);
        // When the sweep was to look at it is not kept; a late file without a letter was for it to look at.
        row.next_check_at = file.due_at;
        give_back(row, &held);
    }
    Ok(())
}

/// What the journal says of a letter that was not issued.
#[derive(Deserialize)]
struct Line {
    letter_kind: Option<LetterKind>,
    /// Of a draft.
    decide_by: Option<String>,
    reason_code: Option<String>,
    /// The sentence of a draft; why it was refused.
    #[serde(default)]
    reason: String,
}

/// Steps that draft a letter or turn one down.
const OF_LETTERS: [StepKind; 4] =
    [StepKind::LetterDrafted, StepKind::DelayDeclared, StepKind::LossDeclared, StepKind::LetterRefused];

impl Known {
    /// Puts letters and messages back to how they stood at `seen`.
    pub(super) fn at(mut self, conn: &mut Conn, seen: Instant, rows: &[DossierRow]) -> OfficeResult<Self> {
        let is_issued = |letter: &LetterRow| letter.issued_at.is_some_and(|at| at < seen);
        let ids: Vec<&str> = rows.iter().map(|row| row.id.as_str()).collect();
        let lines = evidence::lines_of(conn, &ids, &OF_LETTERS.map(StepKind::as_str), seen)?;
        let lines = grouped(lines, |line| line.dossier_id.clone().unwrap_or_default());
        for row in rows {
            let Some(letters) = self.letters.remove(&row.id) else { continue };
            let lines = lines.get(&row.id).map_or(&[][..], Vec::as_slice);
            let mut then = Vec::with_capacity(letters.len());
            for letter in letters {
                if is_issued(&letter) {
                    then.push(letter);
                } else if let Some((letter, sentence)) = unsigned(letter, lines, row)? {
                    self.sentences.insert(letter.id.clone(), sentence);
                    then.push(letter);
                }
            }
            self.letters.insert(row.id.clone(), then);
        }
        let carriers: Vec<Message> = self.carriers.into_values().flatten().collect();
        let ids: Vec<String> = carriers.iter().map(|message| message.id.clone()).collect();
        let mut tried: HashMap<String, Vec<Attempt>> = HashMap::new();
        for ids in ids.chunks(evidence::CHUNK) {
            let before = attempts::of_messages(conn, ids)?.into_iter().filter(|attempt| attempt.at < seen);
            tried.extend(grouped(before, |attempt| attempt.outbox_id.clone()));
        }
        let carriers = carriers.into_iter().filter(|message| message.created_at < seen);
        let carriers = carriers.map(|message| {
            let tried = tried.get(&message.id).map_or(&[][..], Vec::as_slice);
            carrier(message, tried, seen)
        });
        self.carriers = grouped(carriers, |message| message.letter_id.clone().unwrap_or_default());
        for messages in self.carriers.values_mut() {
            messages.sort_by(|a, b| (a.created_at, &a.id).cmp(&(b.created_at, &b.id)));
        }
        Ok(self)
    }
}

/// A letter that was issued later or never, as the dossier's lines tell of it, with its sentence; `None`: it was not
/// there.
fn unsigned(letter: LetterRow, lines: &[Entry], row: &DossierRow) -> OfficeResult<Option<(LetterRow, String)>> {
    let (mut draft, mut refusal) = (None, None);
    for line in lines {
        let said: Line = serde_json::from_str(&line.body)?;
        match said.letter_kind == Some(letter.kind) {
            false => {}
            true if line.kind == StepKind::LetterRefused.as_str() => refusal = Some((line, said)),
            true => (draft, refusal) = (Some((line, said)), None),
        }
    }
    // Without a legal moment it was issued at once, by a setting of then.
    let Some((line, Line { decide_by: Some(decide_by), reason_code, reason, .. })) = draft else { return Ok(None) };
    let dropped = letter.state == LetterState::Void
        && (row.closed_at.is_some()
            || letter.kind == LetterKind::Apology && letter.promise_number != row.promise_number);
    let was = LetterRow {
        year: None,
        serial: None,
        number: String::new(),
        issued_at: None,
        drafted_at: line.at,
        decide_by: parse_instant(&decide_by),
        reason_code: reason_code.unwrap_or_default(),
        ..letter
    };
    let was = match refusal {
        Some((line, said)) => {
            LetterRow { state: LetterState::Refused, signed_by: line.actor.clone(), note: said.reason, ..was }
        }
        None if dropped => LetterRow { state: LetterState::Void, ..was },
        None => LetterRow { state: LetterState::Draft, note: String::new(), ..was },
    };
    Ok(Some((was, reason)))
}

/// A message as its tries before `seen` left it; without any, as it was settled by hand.
fn carrier(message: Message, tried: &[Attempt], seen: Instant) -> Message {
    let settled_at = message.settled_at.filter(|at| *at < seen);
    if settled_at.is_some() && message.state == OutboxState::Void {
        return message;
    }
    let (state, settled_at) = match (tried.last(), settled_at) {
        (Some(last), _) => (after(last.outcome), Some(last.at)),
        (None, Some(at)) => (message.state, Some(at)),
        (None, None) => (OutboxState::Ready, None),
    };
    Message { state, settled_at, ..message }
}

const fn after(outcome: AttemptOutcome) -> OutboxState {
    match outcome {
        AttemptOutcome::Sent => OutboxState::Sent,
        AttemptOutcome::Retry => OutboxState::Retry,
        AttemptOutcome::Failed => OutboxState::Failed,
        AttemptOutcome::Delivered => OutboxState::Delivered,
        AttemptOutcome::Bounced => OutboxState::Bounced,
    }
}
