//! A dossier and all that belongs to it, as its page shows it.

mod actions;
mod history;

use crate::domain::dossier::StageName;
use crate::domain::role::Right;
use crate::domain::time::{Instant, civil_day};
use crate::office::filing::papers_of;
use crate::office::look::{Whole, law_date};
use crate::office::queue::Horizon;
use crate::office::{Office, OfficeResult, Rules};
use crate::render::pages::dossier::{ActionDraft, ApplicantView, DatesView, DossierPage, MessageView, SaidView};
use crate::render::pages::form::Choice;
use crate::render::pages::intake::Flag;
use crate::render::pages::ledger::PromiseView;
use crate::render::pages::{Ctx, Lang};
use crate::store::citizen_messages::{self, CitizenMessage};
use crate::store::dossiers::DossierRow;
use crate::store::filings::Filing;
use crate::store::outbox::Message;
use crate::web::caller::Caller;

use super::proof::saying;
use super::{encoded, shown, sub_deadlines};
use actions::{actions, holders, readiness};
use history::{events, requests};

pub use history::{actor, event_kind, line, since, told_at};

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

/// Whether the moment of its result can be corrected.
pub const fn may_correct(stage: StageName) -> bool {
    matches!(stage, StageName::Granted | StageName::Refused)
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
        flags: flags(row, filing.as_ref()),
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
        correctable: may == May::Act && may_correct(row.stage),
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

fn flags(row: &DossierRow, filing: Option<&Filing>) -> Vec<Flag> {
    let on = |flag: &Flag| match flag {
        Flag::PaperSupplement => row.paper_supplement,
        Flag::PresenceRequired => row.presence_required,
        Flag::FeeDue => row.fee_due,
        Flag::PaidOnline => row.paid_online,
        Flag::CrossBoundary => filing.is_some_and(|filing| filing.cross_boundary),
    };
    Flag::ALL.into_iter().filter(on).collect()
}

/// Why the judged promise is that day; the new date of an apology is marked beside it.
pub fn ledger(office: &Office, whole: &Whole, rules: &Rules, lang: Lang) -> Option<PromiseView> {
    let facts = office.ledger_of(whole, rules);
    let judged = facts.promises.iter().find(|promise| promise.number == whole.row.promise_number)?;
    Some(PromiseView::of(&facts, judged, whole.row.new_due_at.map(civil_day), lang))
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
