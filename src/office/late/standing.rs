//! How the apology of a late file stands: by the letter that was issued, or why there is none.

use crate::domain::dossier::StageName;
use crate::domain::notice::Audience;
use crate::domain::reschedule;
use crate::domain::time::Instant;
use crate::office::Rules;
use crate::office::messages::{Place, person};
use crate::office::proof_of::{apologises, arrived};
use crate::store::dossiers::DossierRow;
use crate::store::letters::{LetterRow, LetterState};
use crate::store::outbox::OutboxState;

use super::{ApologyStanding, Excuse, Gap, Known};

/// The letter that counts as the apology, if one was issued before the cut: the same rule as the figures
/// of the summary have.
pub(super) fn issued(letters: &[LetterRow], known: &Known, cut: Instant) -> Option<ApologyStanding> {
    let counts = |letter: &&LetterRow| {
        let before = letter.issued_at.is_some_and(|at| at < cut);
        before && letter.state == LetterState::Issued && apologises(letter) && !dropped(letter, known)
    };
    let letter = Box::new(letters.iter().filter(counts).min_by_key(|letter| letter.issued_at)?.clone());
    let carriers = known.carriers.get(&letter.id).map_or(&[][..], Vec::as_slice);
    let at_hand = carriers.iter().filter(|message| arrived(message.state));
    Some(match at_hand.min_by_key(|message| message.settled_at) {
        Some(message) => ApologyStanding::InHand { letter, at: message.settled_at },
        None => {
            // The newest says how it stands: a fallback comes after what failed.
            let newest = carriers.iter().rfind(|message| message.state != OutboxState::Void);
            ApologyStanding::OnTheWay { letter, message: newest.cloned().map(Box::new) }
        }
    })
}

/// Whether every message with the letter was dropped before it left.
fn dropped(letter: &LetterRow, known: &Known) -> bool {
    let carriers = known.carriers.get(&letter.id).map_or(&[][..], Vec::as_slice);
    !carriers.is_empty() && carriers.iter().all(|message| message.state == OutboxState::Void)
}

pub(super) fn without_letter(
    rules: &Rules,
    now: Instant,
    row: &DossierRow,
    letters: &[LetterRow],
    known: &Known,
) -> ApologyStanding {
    let elsewhere = row.closed_at.filter(|closed| known.recorded.get(&row.id).is_some_and(|at| at >= closed));
    if let Some(at) = elsewhere {
        return ApologyStanding::Excused(Excuse::FinishedElsewhere { at });
    }
    match (row.closed_at, row.stage) {
        (Some(at), StageName::Withdrawn) => return ApologyStanding::Excused(Excuse::Withdrawn { at }),
        (Some(at), StageName::Stopped) => return ApologyStanding::Excused(Excuse::Stopped { at }),
        (Some(_) | None, _) => {}
    }
    if let Some(standing) = unsigned(rules, now, row, letters, known) {
        return standing;
    }
    if let Some(at) = row.closed_at {
        return ApologyStanding::Missing(Gap::FinishedWithout { at });
    }
    if let Some(since) = row.paused_since {
        return ApologyStanding::Excused(Excuse::WaitingForCitizen { since });
    }
    let date =
        row.due_at.map(|due_at| reschedule::propose(now, row.received_at, due_at, rules.new_date, &rules.calendar));
    match (date, row.next_check_at) {
        (Some(Err(_)), _) => ApologyStanding::Excused(Excuse::NoDate),
        (_, Some(since)) if since <= now => ApologyStanding::Missing(Gap::SweepDue { since }),
        (_, _) => ApologyStanding::Missing(Gap::Unexplained),
    }
}

/// How the newest letter that was drafted stands, if it was not issued or never left.
fn unsigned(
    rules: &Rules,
    now: Instant,
    row: &DossierRow,
    letters: &[LetterRow],
    known: &Known,
) -> Option<ApologyStanding> {
    let letter = letters.iter().rev().find(|letter| apologises(letter))?;
    let tray = || {
        person(rules, Place::of(rules, row), Audience::Supervisor, now).map(|who| who.name.clone()).unwrap_or_default()
    };
    match letter.state {
        LetterState::Draft => {
            let told_at = known.told.get(&row.id).copied();
            Some(match letter.decide_by.filter(|by| *by < now && told_at.is_none()) {
                Some(decide_by) => ApologyStanding::Missing(Gap::Unsigned { tray: tray(), decide_by }),
                None => ApologyStanding::Excused(Excuse::Draft {
                    tray: tray(),
                    since: letter.drafted_at,
                    decide_by: letter.decide_by,
                    told_at,
                }),
            })
        }
        LetterState::Refused => {
            Some(ApologyStanding::Missing(Gap::Refused { by: letter.signed_by.clone(), note: letter.note.clone() }))
        }
        LetterState::Issued if dropped(letter, known) => {
            Some(ApologyStanding::Missing(Gap::NeverLeft { number: letter.number.clone() }))
        }
        LetterState::Issued | LetterState::Void => None,
    }
}
