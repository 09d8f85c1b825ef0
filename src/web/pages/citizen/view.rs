//! What the citizen's page shows of a dossier.

use crate::domain::dossier::StageName;
use crate::domain::sub_deadline::SubDeadlineKind;
use crate::domain::time::Instant;
use crate::domain::timeliness::Timeliness;
use crate::office::look::{Whole, verdict};
use crate::office::{Office, OfficeResult};
use crate::render::letter::LetterFacts;
use crate::render::pages::Ctx;
use crate::render::pages::citizen::{
    CitizenLetter, CitizenPage, CitizenState, InCharge, SaidBefore, Saying, SayingDraft,
};
use crate::render::pages::words::EventKind;
use crate::store::citizen_messages::{self, CitizenMessageKind};
use crate::store::letters::{LetterKind, LetterRow};
use crate::store::sub_deadlines::SubDeadline;
use crate::web::pages::calendar::hours;
use crate::web::pages::dossier_view::{self, event_kind, told_at};
use crate::web::pages::shown;

use super::{here, initials, letter_word};

pub(super) fn assemble(office: &Office, now: Instant, token: &str, c: Ctx) -> OfficeResult<CitizenPage> {
    let whole = office.whole_by_status_token(token)?;
    let rules = office.store().read(|conn| office.rules(conn))?;
    let row = &whole.row;
    let lang = c.lang;
    let procedure = rules.procedure_version(&row.procedure_id);
    let state = state(&whole, now);
    let reason = match whole.letters.last() {
        Some(letter) => Some(serde_json::from_str::<LetterFacts>(&letter.facts)?.reason),
        None => None,
    };
    let head = office.store().read(|conn| office.letterhead(conn))?;
    Ok(CitizenPage {
        initials: initials(&row.applicant_name),
        code: row.code.clone(),
        procedure: procedure.map(|version| version.row.name.clone()).unwrap_or_default(),
        state,
        received: shown::long_at(lang, row.received_at),
        due: row.due_at.map(|at| shown::long_at(lang, at)),
        new_due: row.new_due_at.map(|at| shown::long_at(lang, at)),
        supplement_by: supplement_by(&whole).map(|at| shown::long_at(lang, at)),
        provisional: row.closed_at.is_none() && whole.is_provisional(&rules),
        reason,
        history: history(&whole),
        ledger: dossier_view::ledger(office, &whole, &rules, lang),
        letters: whole.letters.iter().rev().map(|letter| letter_view(letter, token)).collect(),
        unit: row.unit_id.as_deref().and_then(|id| rules.unit(id)).map(|unit| unit.name.clone()).unwrap_or_default(),
        in_charge: in_charge(&whole),
        late: verdict(row, now).is_late(),
        said: said_before(office, &row.id)?,
        here: here(token),
        open: None,
        draft: SayingDraft::default(),
        errors: Vec::new(),
        centre_phone: head.phone,
        centre_address: format!("{}, {}", office.settings().agency.name, head.address),
        office_hours: hours(office.settings(), lang).join("; "),
        c,
    })
}

fn state(whole: &Whole, now: Instant) -> CitizenState {
    let row = &whole.row;
    match row.stage {
        StageName::Withdrawn => CitizenState::Withdrawn,
        StageName::Stopped => CitizenState::Stopped,
        StageName::Refused => CitizenState::Refused,
        StageName::Granted if row.returned_at.is_some() => CitizenState::Returned,
        StageName::Granted => CitizenState::Ready,
        StageName::AwaitingSupplement => CitizenState::WaitingForYou,
        StageName::AwaitingObligation => CitizenState::WaitingForPayment,
        StageName::Processing if row.new_due_at.is_some_and(|new| new >= now) => CitizenState::Rescheduled,
        StageName::Processing if row.new_due_at.is_some() => CitizenState::SecondMiss,
        StageName::Processing => match verdict(row, now) {
            Timeliness::Overdue | Timeliness::Late => CitizenState::Overdue,
            Timeliness::NoPromise | Timeliness::ClosedWithoutPromise => CitizenState::NoPromise,
            Timeliness::Early | Timeliness::OnTime | Timeliness::Running | Timeliness::Paused => {
                CitizenState::InProgress
            }
        },
    }
}

fn letter_view(letter: &LetterRow, token: &str) -> CitizenLetter {
    CitizenLetter {
        kind: letter_word(letter.kind),
        number: letter.number.clone(),
        issued: shown::at(letter.dated_at()),
        href: format!("{}/thu/{}.pdf", here(token), letter.id),
    }
}

/// As the letter of the second miss names them; before it an official's name stays inside.
fn in_charge(whole: &Whole) -> Option<InCharge> {
    let letter = whole.letters.iter().rev().find(|letter| letter.kind == LetterKind::SecondMiss)?;
    let facts: serde_json::Value = serde_json::from_str(&letter.facts).ok()?;
    let text = |name: &str| facts.get(name).and_then(serde_json::Value::as_str).unwrap_or_default().to_owned();
    let who = InCharge { name: text("person_in_charge"), contact: text("person_contact") };
    Some(who).filter(|who| !who.name.is_empty())
}

fn said_before(office: &Office, dossier_id: &str) -> OfficeResult<Vec<SaidBefore>> {
    let said = office.store().read(|conn| citizen_messages::of_dossier(conn, dossier_id))?;
    let one = |message: &citizen_messages::CitizenMessage| SaidBefore {
        what: match message.kind {
            CitizenMessageKind::Contact => Saying::Contact,
            CitizenMessageKind::Cost => Saying::Cost,
        },
        at: shown::at(message.said_at),
        seen: message.seen_at.map(shown::at),
    };
    Ok(said.iter().map(one).collect())
}

/// Until when an awaited supplement may come.
fn supplement_by(whole: &Whole) -> Option<Instant> {
    let open = |sub: &&SubDeadline| sub.kind == SubDeadlineKind::Supplement && sub.ended_at.is_none();
    whole.sub_deadlines.iter().find(open).map(|sub| sub.due_at)
}

/// What happened, by kind only: notes may name people.
fn history(whole: &Whole) -> Vec<(String, EventKind)> {
    let lines = whole.events.iter().filter_map(|entry| Some((told_at(entry), event_kind(&entry.kind)?)));
    // Where the paper lies, and who signs when, is the office's own matter.
    let inside = [EventKind::HandedOver, EventKind::Reassigned, EventKind::LetterDrafted, EventKind::LetterRefused];
    let lines = lines.filter(|(_, kind)| !inside.contains(kind));
    let letters = whole.letters.iter().map(|letter| (letter.dated_at(), EventKind::LetterIssued));
    let mut history: Vec<_> = lines.chain(letters).collect();
    history.sort_by_key(|(at, _)| *at);
    history.into_iter().map(|(at, kind)| (shown::at(at), kind)).collect()
}
