//! The dates inside a dossier's limit, as its page shows them.

use crate::domain::sub_deadline::{SubDeadlineKind, SubOutcome};
use crate::domain::time::Instant;
use crate::office::Rules;
use crate::office::queue::office_minutes;
use crate::render::pages::form::Choice;
use crate::render::pages::sub_deadlines::{SubDeadlineView, SubKind, SubState, consultation_number, request_number};
use crate::render::pages::{Lang, time};
use crate::store::sub_deadlines::SubDeadline;

use super::shown;

/// Rows of the block, in the order they began.
pub fn views(subs: &[SubDeadline], rules: &Rules, now: Instant, lang: Lang) -> Vec<SubDeadlineView> {
    subs.iter().map(|sub| view(sub, rules, now, lang)).collect()
}

fn view(sub: &SubDeadline, rules: &Rules, now: Instant, lang: Lang) -> SubDeadlineView {
    let open = sub.ended_at.is_none();
    let remaining = |from, to, words: fn(Lang, u32, u32) -> String| {
        let (minutes, a_day) = office_minutes(&rules.calendar, from, to);
        words(lang, minutes, a_day)
    };
    let state = state(sub, now);
    SubDeadlineView {
        kind: match sub.kind {
            SubDeadlineKind::CompletionNotice => SubKind::CompletionNotice,
            SubDeadlineKind::Supplement => SubKind::Supplement,
            SubDeadlineKind::HandOver => SubKind::HandOver,
            SubDeadlineKind::Consultation => SubKind::Consultation,
        },
        state,
        number: match sub.kind {
            SubDeadlineKind::Consultation => consultation_number(lang, sub.number),
            SubDeadlineKind::Supplement if sub.number > 1 => request_number(lang, i64::from(sub.number)),
            SubDeadlineKind::Supplement | SubDeadlineKind::CompletionNotice | SubDeadlineKind::HandOver => {
                String::new()
            }
        },
        started: shown::at(sub.started_at),
        due: shown::long_at(lang, sub.due_at),
        ended: sub.ended_at.filter(|_| sub.outcome != Some(SubOutcome::Moot)).map(shown::at),
        remaining: match state {
            SubState::Running => Some(remaining(now, sub.due_at, time::left)),
            SubState::Past => Some(remaining(sub.due_at, now, time::over)),
            SubState::NothingAsked | SubState::Met | SubState::Late | SubState::Lapsed | SubState::Moot => None,
        }
        .filter(|_| open),
        body: sub.body.clone(),
        content: sub.content.clone(),
        basis: sub.basis.clone(),
    }
}

fn state(sub: &SubDeadline, now: Instant) -> SubState {
    match sub.outcome {
        None if now <= sub.due_at => SubState::Running,
        None if sub.kind == SubDeadlineKind::CompletionNotice => SubState::NothingAsked,
        None => SubState::Past,
        Some(SubOutcome::Met) => SubState::Met,
        Some(SubOutcome::Late) => SubState::Late,
        Some(SubOutcome::Lapsed) => SubState::Lapsed,
        Some(SubOutcome::Moot) => SubState::Moot,
    }
}

/// Whether one of a kind is open.
pub fn waits(subs: &[SubDeadline], kind: SubDeadlineKind) -> bool {
    subs.iter().any(|sub| sub.kind == kind && sub.ended_at.is_none())
}

/// The consultations that wait for an answer, to choose from.
pub fn unanswered(subs: &[SubDeadline], lang: Lang) -> Vec<Choice> {
    subs.iter()
        .filter(|sub| sub.kind == SubDeadlineKind::Consultation && sub.ended_at.is_none())
        .map(|sub| {
            let label = format!("{} – {}", consultation_number(lang, sub.number), sub.body);
            Choice::new(sub.number.to_string(), label, "")
        })
        .collect()
}
