//! `/de-xuat`: changes of rules that wait for a second person.

use actix_web::http::StatusCode;
use actix_web::web;
use serde::Deserialize;

use crate::office::proposals::Change;
use crate::render::pages::phrases::Done;
use crate::render::pages::proposals::{
    MayDecide, ProposalPage, ProposalRow, ProposalStanding, ProposalSubject, ProposalsPage,
};
use crate::store::proposals::{Proposal, ProposalKind, ProposalState};
use crate::web::posted::Posted;

use super::front::Front;
use super::{Nothing, PageResult, changes, encoded, shown};

/// `GET /de-xuat`
///
/// # Errors
/// The database.
pub async fn page(front: Front) -> PageResult {
    let c = front.ctx();
    let rows = front.work(|office, _| Ok(office.proposals()?.iter().map(row).collect())).await?;
    front.page(StatusCode::OK, &ProposalsPage { c, rows })
}

/// `GET /de-xuat/{id}`
///
/// # Errors
/// 404; or the database.
pub async fn one(front: Front, id: web::Path<String>) -> PageResult {
    let c = front.ctx();
    let me = front.caller()?.account.username.clone();
    let page = front
        .work(move |office, now| {
            let (proposal, change, differences, base) = office.proposal(&id)?;
            let rules = office.store().read(|conn| office.rules(conn))?;
            let own = proposal.proposed_by == me;
            let may = match (proposal.state, own && office.takes_two(&change)) {
                (ProposalState::Waiting, true) => MayDecide::Own,
                (ProposalState::Waiting, false) => MayDecide::Yes,
                (ProposalState::Approved | ProposalState::Refused | ProposalState::Withdrawn, _) => MayDecide::No,
            };
            let effects = matches!(proposal.kind, ProposalKind::Calendar).then(|| format!("/lich/de-xuat/{id}"));
            Ok(ProposalPage {
                row: row(&proposal),
                differences: changes::differences(c.lang, &change, differences, &rules, now),
                from: changes::begins(c.lang, &change, now),
                may,
                outdated: proposal.base != base,
                base,
                dossier: match &change {
                    Change::Correction(correction) => Some(format!("/ho-so/{}", encoded(&correction.code))),
                    Change::Calendar(_) | Change::Procedures(_) | Change::TimeRules(_) | Change::Ladder(_) => None,
                },
                effects: effects.filter(|_| proposal.state == ProposalState::Waiting),
                c,
            })
        })
        .await?;
    front.page(StatusCode::OK, &page)
}

fn row(proposal: &Proposal) -> ProposalRow {
    ProposalRow {
        id: proposal.id.clone(),
        subject: match proposal.kind {
            ProposalKind::Calendar => ProposalSubject::Calendar,
            ProposalKind::Procedures => ProposalSubject::Procedures,
            ProposalKind::TimeRules => ProposalSubject::TimeRules,
            ProposalKind::Ladder => ProposalSubject::Ladder,
            ProposalKind::Correction => ProposalSubject::Correction,
        },
        title: proposal.title.clone(),
        standing: match proposal.state {
            ProposalState::Waiting => ProposalStanding::Waiting,
            ProposalState::Approved => ProposalStanding::Approved,
            ProposalState::Refused => ProposalStanding::Refused,
            ProposalState::Withdrawn => ProposalStanding::Withdrawn,
        },
        proposed_by: proposal.proposed_by.clone(),
        proposed: shown::at(proposal.proposed_at),
        decided_by: proposal.decided_by.clone(),
        decided: proposal.decided_at.map(shown::at),
        note: proposal.note.clone(),
    }
}

#[derive(Debug, Deserialize)]
pub struct Approval {
    base: String,
}

/// `POST /de-xuat/{id}/duyet`
///
/// # Errors
/// 404; 409 to who proposed it, when it was decided, or when the rules changed meanwhile.
pub async fn approve(front: Front, id: web::Path<String>, form: Posted<Approval>) -> PageResult {
    let actor = front.caller()?.actor();
    let back = format!("/de-xuat/{id}");
    let approved = front.work(move |office, now| office.approve(now, &actor, &id, &form.0.base)).await;
    approved.map_err(|error| error.leading_to(back))?;
    front.done(Done::Approved, "/de-xuat")
}

#[derive(Debug, Deserialize)]
pub struct Reason {
    note: String,
}

/// `POST /de-xuat/{id}/tu-choi`
///
/// # Errors
/// 404; 409; 422 without a reason.
pub async fn refuse(front: Front, id: web::Path<String>, form: Posted<Reason>) -> PageResult {
    let actor = front.caller()?.actor();
    front.work(move |office, now| office.refuse_proposal(now, &actor, &id, &form.0.note)).await?;
    front.done(Done::Step, "/de-xuat")
}

/// `POST /de-xuat/{id}/rut`
///
/// # Errors
/// 404, also to anybody but who proposed it; 409.
pub async fn withdraw(front: Front, id: web::Path<String>, _: Posted<Nothing>) -> PageResult {
    let actor = front.caller()?.actor();
    front.work(move |office, now| office.withdraw_proposal(now, &actor, &id)).await?;
    front.done(Done::Step, "/de-xuat")
}
