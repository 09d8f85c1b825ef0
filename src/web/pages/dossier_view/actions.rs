//! What the person in front of the page may do with the dossier now, and to whom it can go.

use crate::domain::dossier::{ElectronicResult, Holder, ResultOutcome, Step};
use crate::domain::sub_deadline::SubDeadlineKind;
use crate::domain::time::{Instant, civil_day};
use crate::office::delay::declarable;
use crate::office::look::Whole;
use crate::office::progress::stage_of;
use crate::office::readiness::Readiness;
use crate::office::{Office, OfficeResult, Rules};
use crate::render::pages::dossier::{Holders, ReadinessView, Verb};
use crate::render::pages::form::Choice;
use crate::render::pages::{Lang, phrases};
use crate::store::dossiers::DossierRow;
use crate::web::pages::{shown, sub_deadlines};

use super::May;

/// The steps that the stage allows: the domain is asked, nothing is listed twice.
pub(super) fn actions(whole: &Whole, now: Instant) -> Vec<Verb> {
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

/// The question whether it will be ready, to who may answer it, or what was answered.
pub(super) fn readiness(
    office: &Office,
    row: &DossierRow,
    rules: &Rules,
    may: May,
    lang: Lang,
) -> OfficeResult<ReadinessView> {
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
pub(super) fn holders(row: &DossierRow, rules: &Rules, lang: Lang) -> Holders {
    let unit = row.unit_id.as_deref().and_then(|id| rules.unit(id)).map_or("", |unit| unit.code.as_str());
    let officer =
        row.officer_id.as_deref().and_then(|id| rules.accounts.get(id)).map_or("", |who| who.username.as_str());
    let units = rules.units.iter().map(|one| Choice::new(one.code.clone(), one.name.clone(), unit)).collect();
    Holders { units, officers: shown::officers(rules, phrases::officer_by_unit(lang), officer) }
}
