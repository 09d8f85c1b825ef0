//! What happened to the dossier: its journal and its letters, in words, with the names of who acted.

use crate::domain::dossier::StepKind;
use crate::domain::sub_deadline::SubOutcome;
use crate::domain::time::{Instant, parse_instant};
use crate::office::Rules;
use crate::office::alarm::answered;
use crate::office::look::Whole;
use crate::office::papers;
use crate::office::submissions;
use crate::office::tasks;
use crate::render::pages::dossier::EventView;
use crate::render::pages::sub_deadlines::{by_when, late, request_number};
use crate::render::pages::words::EventKind;
use crate::render::pages::{Lang, phrases};
use crate::store::journal::Entry;
use crate::web::pages::shown;

/// The journal of the dossier and its letters, oldest first.
pub(super) fn events(whole: &Whole, rules: &Rules, lang: Lang) -> Vec<EventView> {
    let lines = whole.events.iter().filter_map(|entry| Some((told_at(entry), line(entry, rules, lang)?)));
    let letters = whole.letters.iter().map(|letter| {
        let view = EventView {
            at: shown::at(letter.dated_at()),
            kind: EventKind::LetterIssued,
            by: phrases::by_itself(lang),
            note: Some(letter.number.clone()),
        };
        (letter.dated_at(), view)
    });
    let mut events: Vec<_> = lines.chain(letters).collect();
    events.sort_by_key(|(at, _)| *at);
    events.into_iter().map(|(_, view)| view).collect()
}

/// What others did to a dossier since it stood at `version`.
pub fn since(whole: &Whole, version: i32, rules: &Rules, lang: Lang) -> Vec<EventView> {
    let missed = usize::try_from(whole.row.revision.saturating_sub(version)).unwrap_or(0);
    // A paper that was made, an alert that was read and a tick of the desk change no dossier.
    let none = [papers::MADE, answered::ACKNOWLEDGED, tasks::DONE, tasks::UNDONE];
    let changes = |entry: &&Entry| !none.contains(&entry.kind.as_str());
    let mut newest: Vec<&Entry> = whole.events.iter().filter(changes).rev().take(missed).collect();
    newest.reverse();
    let corrected = |entry: &Entry| EventView {
        at: shown::at(entry.at),
        kind: EventKind::Corrected,
        by: actor(&entry.actor, rules, lang),
        note: None,
    };
    newest.into_iter().map(|entry| line(entry, rules, lang).unwrap_or_else(|| corrected(entry))).collect()
}

/// When a line is told to have happened: a correction when it was made, not from when on it counts.
pub fn told_at(entry: &Entry) -> Instant {
    if entry.kind == StepKind::ResultCorrected.as_str() { entry.recorded_at } else { entry.at }
}

/// What a line of the journal means; `None` for a kind this page does not know.
pub fn event_kind(kind: &str) -> Option<EventKind> {
    if kind == submissions::SUBMITTED {
        return Some(EventKind::SubmittedOnline);
    }
    // A letter is told with its number from the letters themselves.
    kind.parse().ok().filter(|step| *step != StepKind::LetterIssued).map(StepKind::into)
}

pub fn line(entry: &Entry, rules: &Rules, lang: Lang) -> Option<EventView> {
    let kind = event_kind(&entry.kind)?;
    let body: serde_json::Value = serde_json::from_str(&entry.body).unwrap_or_default();
    let field = |name: &str| body.get(name)?.as_str().filter(|text| !text.is_empty()).map(str::to_owned);
    let date = |name: &str| Some(phrases::promised(lang, &shown::long_at(lang, parse_instant(&field(name)?)?)));
    let note = match kind {
        EventKind::Received | EventKind::PromiseMade | EventKind::Supplemented | EventKind::ObligationMet => {
            date("due_at")
        }
        EventKind::DelayDeclared
        | EventKind::Rescheduled
        | EventKind::LetterDrafted
        | EventKind::LetterRefused
        | EventKind::LossDeclared => {
            let parts: Vec<String> =
                [field("reason"), date("new_due_at"), date("proposed_at")].into_iter().flatten().collect();
            Some(parts.join(" · ")).filter(|text| !text.is_empty())
        }
        EventKind::SupplementAsked => {
            let again = body.get("request").and_then(serde_json::Value::as_i64).filter(|number| *number > 1);
            let again = again.map(|number| request_number(lang, number));
            let parts: Vec<String> = [again, field("note")].into_iter().flatten().collect();
            Some(parts.join(" · ")).filter(|text| !text.is_empty())
        }
        EventKind::ConsultationAsked | EventKind::ConsultationAnswered | EventKind::HandedOver => inside(&body, lang),
        EventKind::Reassigned => {
            let unit = |code: String| rules.unit_named(&code).map_or(code, |unit| unit.name.clone());
            let officer = |username: String| actor(&username, rules, lang);
            let side = |unit_name: &str, officer_name: &str| {
                let parts = [field(unit_name).map(unit), field(officer_name).map(officer)];
                parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
            };
            let moved = format!("{} → {}", side("from_unit", "from_officer"), side("unit", "officer"));
            Some([Some(moved), field("note")].into_iter().flatten().collect::<Vec<_>>().join(" · "))
        }
        EventKind::Redated => {
            let moved = |was: &str, is: &str| {
                let at = |name: &str| Some(shown::at(parse_instant(&field(name)?)?));
                let (was, is) = (at(was)?, at(is)?);
                (was != is).then(|| format!("{was} → {is}"))
            };
            let parts = [moved("was", "due_at"), moved("new_due_was", "new_due_at"), field("reason")];
            Some(parts.into_iter().flatten().collect::<Vec<_>>().join(" · "))
        }
        EventKind::SubmittedOnline
        | EventKind::SentBack
        | EventKind::Completed
        | EventKind::NotAccepted
        | EventKind::ObligationAsked
        | EventKind::NoticeSent
        | EventKind::LetterIssued
        | EventKind::ResultReady
        | EventKind::Returned
        | EventKind::Withdrawn
        | EventKind::Stopped
        | EventKind::ReadyConfirmed => field("note"),
        EventKind::Corrected => Some(corrected(&field, rules, lang)),
    };
    let by = actor(&entry.actor, rules, lang);
    Some(EventView { at: shown::at(told_at(entry)), kind, by, note })
}

/// Both moments of a correction, its reason, and who proposed it.
fn corrected(field: &dyn Fn(&str) -> Option<String>, rules: &Rules, lang: Lang) -> String {
    let at = |name: &str| Some(shown::at(parse_instant(&field(name)?)?));
    let moved = at("was").zip(at("becomes")).map(|(was, becomes)| format!("{was} → {becomes}"));
    let by = field("entered_by").map(|username| phrases::proposed_by(lang, &actor(&username, rules, lang)));
    [moved, field("note"), by].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// The name of who acted: a person, the system itself, or the machine's command line.
pub fn actor(name: &str, rules: &Rules, lang: Lang) -> String {
    match name {
        "system" => phrases::by_itself(lang),
        "cli" => phrases::by_command(lang),
        username => {
            let account = rules.accounts.values().find(|account| account.username == username);
            account.map_or_else(|| username.to_owned(), |account| account.name.clone())
        }
    }
}

/// What a step did to the first sub-deadline it names: which body, what, by when, and whether late.
fn inside(body: &serde_json::Value, lang: Lang) -> Option<String> {
    let sub = body.get("sub_deadlines")?.as_array()?.first()?;
    let field = |name: &str| sub.get(name)?.as_str().filter(|text| !text.is_empty()).map(str::to_owned);
    let due = field("due_at").and_then(|text| parse_instant(&text)).map(|at| by_when(lang, &shown::long_at(lang, at)));
    let late = field("outcome").filter(|outcome| outcome == SubOutcome::Late.as_str()).map(|_| late(lang));
    let parts: Vec<String> = [field("body"), field("content"), due, late].into_iter().flatten().collect();
    Some(parts.join(" · ")).filter(|text| !text.is_empty())
}

/// How often the applicant was asked for a supplement.
pub(super) fn requests(whole: &Whole) -> u64 {
    let asked = whole.events.iter().filter(|entry| entry.kind == StepKind::SupplementRequested.as_str());
    u64::try_from(asked.count()).unwrap_or(0)
}
