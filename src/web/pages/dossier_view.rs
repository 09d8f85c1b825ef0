//! A dossier and all that belongs to it, as its page shows it.

use crate::domain::dossier::{ElectronicResult, Holder, ResultOutcome, Step, StepKind};
use crate::domain::role::Right;
use crate::domain::sub_deadline::{SubDeadlineKind, SubOutcome};
use crate::domain::time::{Instant, civil_day, parse_instant};
use crate::office::alarm::answered;
use crate::office::delay::declarable;
use crate::office::filing::papers_of;
use crate::office::look::{Whole, law_date};
use crate::office::papers;
use crate::office::progress::stage_of;
use crate::office::queue::Horizon;
use crate::office::readiness::Readiness;
use crate::office::submissions;
use crate::office::tasks;
use crate::office::{Office, OfficeResult, Rules};
use crate::render::pages::dossier::{
    ActionDraft, ApplicantView, DatesView, DossierPage, EventView, Holders, MessageView, ReadinessView, SaidView, Verb,
};
use crate::render::pages::form::Choice;
use crate::render::pages::intake::Flag;
use crate::render::pages::ledger::PromiseView;
use crate::render::pages::sub_deadlines::{by_when, late, request_number};
use crate::render::pages::words::EventKind;
use crate::render::pages::{Ctx, Lang, phrases};
use crate::store::citizen_messages::{self, CitizenMessage};
use crate::store::dossiers::DossierRow;
use crate::store::journal::Entry;
use crate::store::outbox::Message;
use crate::web::caller::Caller;

use super::proof::saying;
use super::{encoded, shown, sub_deadlines};

/// What the person in front of the page may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum May {
    Look,
    Act,
}

impl May {
    pub fn of(caller: &Caller) -> Self {
        if caller.may(Right::Progress) { Self::Act } else { Self::Look }
    }
}

/// Reads the dossier and fills its page.
pub fn assemble(office: &Office, now: Instant, code: &str, c: Ctx, may: May) -> OfficeResult<DossierPage> {
    let whole = office.whole(code)?;
    let rules = office.store().read(|conn| office.rules(conn))?;
    let row = &whole.row;
    let filing = office.filing(row)?;
    let lang = c.lang;
    let procedure = rules.procedure_version(&row.procedure_id).map(|version| &version.row);
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    Ok(DossierPage {
        code: row.code.clone(),
        version: u64::try_from(row.revision).unwrap_or(0),
        procedure_code: procedure.map(|procedure| procedure.code.clone()).unwrap_or_default(),
        procedure: procedure.map(|procedure| procedure.name.clone()).unwrap_or_default(),
        sector: procedure.map(|procedure| procedure.sector.clone()).unwrap_or_default(),
        channel: shown::channel(row.channel),
        applicant: ApplicantView {
            name: row.applicant_name.clone(),
            phone: text(&row.applicant_phone),
            email: text(&row.applicant_email),
            address: text(&row.applicant_address),
        },
        unit: row.unit_id.as_deref().and_then(|id| rules.unit(id)).map(|unit| unit.name.clone()).unwrap_or_default(),
        officer: shown::officer(row, &rules),
        flags: flags(row),
        papers_in: filing.iter().flat_map(papers_of).map(|paper| shown::paper(&paper, lang)).collect(),
        filed_by: filing.as_ref().map(|filing| shown::filed_by(filing.filed_by)),
        representative: filing
            .filter(|filing| !filing.representative_name.is_empty())
            .map(|filing| format!("{}, {}", filing.representative_name, filing.representative_phone)),
        dates: dates(&whole, &rules, lang),
        status: shown::status(row, &rules, &Horizon::of(now), lang),
        sub_deadlines: sub_deadlines::views(&whole.sub_deadlines, &rules, now, lang),
        requests_before: requests(&whole),
        unanswered: sub_deadlines::unanswered(&whole.sub_deadlines, lang),
        ledger: ledger(office, &whole, &rules, lang),
        events: events(&whole, &rules, lang),
        messages: messages(&whole),
        said: said(office, row, &rules, lang, may)?,
        papers: super::papers::views(office, now, &whole, may == May::Act)?,
        actions: if may == May::Act { actions(&whole, now) } else { Vec::new() },
        reasons: office
            .settings()
            .delay_reasons
            .iter()
            .map(|reason| Choice::new(reason.code.clone(), reason.name.clone(), ""))
            .collect(),
        holders: holders(row, &rules, lang),
        open: None,
        draft: ActionDraft::default(),
        since: Vec::new(),
        errors: Vec::new(),
        readiness: readiness(office, row, &rules, may, lang)?,
        citizen_href: format!("/tra-cuu/{}", row.status_token),
        c,
    })
}

/// The instants of the dossier, and what they rest on.
fn dates(whole: &Whole, rules: &Rules, lang: Lang) -> DatesView {
    let row = &whole.row;
    let judged = whole.promises.iter().find(|promise| promise.number == row.promise_number);
    DatesView {
        received: shown::long_at(lang, row.received_at),
        due: row.due_at.map(|at| shown::long_at(lang, at)),
        new_due: row.new_due_at.map(|at| shown::long_at(lang, at)),
        promise: row.promise_number,
        reschedule: row.reschedule_number,
        by_law: law_date(row).filter(|law| row.due_at != Some(*law)).map(|at| shown::long_at(lang, at)),
        committed: judged.is_some_and(|promise| !promise.statutory_ledger.is_empty()),
        resolved: row.closed_at.map(|at| shown::long_at(lang, at)),
        returned: row.returned_at.map(|at| shown::long_at(lang, at)),
        provisional: judged.is_some_and(|promise| rules.is_provisional(promise)),
        new_provisional: row.reschedule_number != 0 && whole.is_provisional(rules),
    }
}

/// The question whether it will be ready, to who may answer it, or what was answered.
fn readiness(office: &Office, row: &DossierRow, rules: &Rules, may: May, lang: Lang) -> OfficeResult<ReadinessView> {
    Ok(match office.readiness(row)? {
        Readiness::Asked if may == May::Act && row.reschedule_number == 0 => ReadinessView::Asked,
        Readiness::Asked if may == May::Act => ReadinessView::AskedAgain,
        Readiness::Asked | Readiness::Unasked => ReadinessView::Unasked,
        Readiness::Confirmed { by, at } => {
            let who = rules.accounts.values().find(|account| account.username == by);
            let by = who.map_or(by, |who| who.name.clone());
            ReadinessView::Confirmed(phrases::confirmed_by(lang, &by, &shown::at(at)))
        }
    })
}

/// Units and people a dossier can go to, those that have it chosen.
fn holders(row: &DossierRow, rules: &Rules, lang: Lang) -> Holders {
    let unit = row.unit_id.as_deref().and_then(|id| rules.unit(id)).map_or("", |unit| unit.code.as_str());
    let officer =
        row.officer_id.as_deref().and_then(|id| rules.accounts.get(id)).map_or("", |who| who.username.as_str());
    let units = rules.units.iter().map(|one| Choice::new(one.code.clone(), one.name.clone(), unit)).collect();
    Holders { units, officers: shown::officers(rules, phrases::officer_by_unit(lang), officer) }
}

fn flags(row: &DossierRow) -> Vec<Flag> {
    let on = |flag: &Flag| match flag {
        Flag::PaperSupplement => row.paper_supplement,
        Flag::PresenceRequired => row.presence_required,
        Flag::FeeDue => row.fee_due,
        Flag::PaidOnline => row.paid_online,
    };
    Flag::ALL.into_iter().filter(on).collect()
}

/// The steps that the stage allows: the domain is asked, nothing is listed twice.
fn actions(whole: &Whole, now: Instant) -> Vec<Verb> {
    let row = &whole.row;
    let waits = |kind| sub_deadlines::waits(&whole.sub_deadlines, kind);
    let Ok(stage) = stage_of(row) else { return Vec::new() };
    let text = String::new;
    let letters: Vec<_> = whole.letters.iter().chain(&whole.drafts).cloned().collect();
    let allowed = |verb: &Verb| {
        let step = match verb {
            Verb::Delay => return declarable(row, &letters).is_ok(),
            Verb::Loss => return row.due_at.is_some(),
            Verb::Reassign => Step::Reassign { from: Holder::default(), to: Holder::default(), reason: text() },
            Verb::SupplementRequest => Step::RequestSupplement { note: text() },
            Verb::Supplement => Step::ReceiveSupplement,
            Verb::ObligationRequest => Step::RequestObligation { note: text() },
            Verb::Obligation => Step::MeetObligation,
            Verb::Result => Step::Resolve { outcome: ResultOutcome::Granted, electronic: ElectronicResult::PaperOnly },
            Verb::Return => Step::Return,
            Verb::Withdrawal => Step::Withdraw { reason: text() },
            Verb::Stop => Step::Stop { reason: text() },
            // Asked in a place of its own.
            Verb::Ready => return false,
            Verb::HandOver if !waits(SubDeadlineKind::HandOver) => return false,
            Verb::ConsultationAnswer if !waits(SubDeadlineKind::Consultation) => return false,
            Verb::HandOver => Step::HandOver,
            Verb::ConsultationAnswer => Step::AnswerConsultation { number: 1 },
            Verb::Consultation => Step::Consult { body: text(), content: text(), due_on: civil_day(now) },
        };
        stage.after(&step, now).is_ok()
    };
    Verb::ALL.into_iter().filter(allowed).collect()
}

/// Why the judged promise is that day; the new date of an apology is marked beside it.
pub fn ledger(office: &Office, whole: &Whole, rules: &Rules, lang: Lang) -> Option<PromiseView> {
    let facts = office.ledger_of(whole, rules);
    let judged = facts.promises.iter().find(|promise| promise.number == whole.row.promise_number)?;
    Some(PromiseView::of(&facts, judged, whole.row.new_due_at.map(civil_day), lang))
}

/// The journal of the dossier and its letters, oldest first.
fn events(whole: &Whole, rules: &Rules, lang: Lang) -> Vec<EventView> {
    let lines = whole.events.iter().filter_map(|entry| Some((entry.at, line(entry, rules, lang)?)));
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
        | EventKind::ReadyConfirmed
        | EventKind::Corrected => field("note"),
    };
    let by = actor(&entry.actor, rules, lang);
    Some(EventView { at: shown::at(entry.at), kind, by, note })
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
fn requests(whole: &Whole) -> u64 {
    let asked = whole.events.iter().filter(|entry| entry.kind == StepKind::SupplementRequested.as_str());
    u64::try_from(asked.count()).unwrap_or(0)
}

fn said(office: &Office, row: &DossierRow, rules: &Rules, lang: Lang, may: May) -> OfficeResult<Vec<SaidView>> {
    let said = office.store().read(|conn| citizen_messages::of_dossier(conn, &row.id))?;
    let view = |one: CitizenMessage| SaidView {
        what: saying(one.kind),
        at: shown::at(one.said_at),
        seen: one.seen_at.map(|at| format!("{}, {}", actor(&one.seen_by, rules, lang), shown::at(at))),
        action: (one.seen_at.is_none() && may == May::Act)
            .then(|| format!("/ho-so/{}/nguoi-dan/{}/da-doc", encoded(&row.code), one.id)),
        text: one.text,
    };
    Ok(said.into_iter().map(view).collect())
}

fn messages(whole: &Whole) -> Vec<MessageView> {
    whole.messages.iter().map(message_view).collect()
}

/// A message, where it goes and how far it came.
pub fn message_view(message: &Message) -> MessageView {
    MessageView {
        kind: shown::message_kind(message.kind),
        to: if message.recipient_name.is_empty() { message.recipient.clone() } else { message.recipient_name.clone() },
        at: shown::at(message.settled_at.unwrap_or(message.created_at)),
        state: shown::send_state(message),
        pdf_href: message.letter_id.as_ref().map(|id| format!("/thu/{id}.pdf")),
    }
}
