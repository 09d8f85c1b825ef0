//! Sub-deadlines of a dossier: opened and ended by the steps that touch them, in their transaction.
//! What is told because of them is `sub_deadlines/told.rs`.

use serde_json::{Value, json};

use crate::domain::channel::Channel;
use crate::domain::deadline::{DeadlineError, due_at};
use crate::domain::dossier::{StageName, Step};
use crate::domain::notice::next_change as next_notice;
use crate::domain::sub_deadline::{self, SubDeadlineKind, SubOutcome};
use crate::domain::time::{Instant, civil_day, rfc3339};
use crate::domain::time_rule::{NoticeLevel, RuleKind};
use crate::store::dossiers::DossierRow;
use crate::store::promises::{self, PromiseRow};
use crate::store::sub_deadlines::{self, SubDeadline};
use crate::store::{Conn, StoreError, Tx};

use super::error::{OfficeResult, Refusal};
use super::ids;
use super::intake::facts_of;
use super::progress::Moment;
use super::rules::Rules;

mod consultation;
mod told;

use consultation::asked_of;
pub use consultation::consultation;
pub(super) use told::stale;

/// What a step did to the sub-deadlines of its dossier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Change {
    Opened(SubDeadline),
    /// With its end and outcome filled in.
    Ended(SubDeadline),
}

/// What opens with the receipt of a dossier. A dossier that an import brings was received elsewhere:
/// nothing opens for it.
pub(super) fn at_receipt(rules: &Rules, row: &DossierRow, now: Instant) -> OfficeResult<Vec<SubDeadline>> {
    let notice = by_rule(rules, row, now, SubDeadlineKind::CompletionNotice, row.received_at)?;
    let paper = if goes_to_another_unit(rules, row) {
        by_rule(rules, row, now, SubDeadlineKind::HandOver, row.received_at)?
    } else {
        None
    };
    Ok(notice.into_iter().chain(paper).collect())
}

/// Whether paper has to travel: it came on paper, and another unit than the receiving one handles it.
fn goes_to_another_unit(rules: &Rules, row: &DossierRow) -> bool {
    let on_paper = match row.channel {
        Channel::Counter | Channel::Post => true,
        Channel::Online => false,
    };
    let receiving = rules.desk().map(|unit| unit.id.as_str());
    on_paper && row.unit_id.is_some() && row.unit_id.as_deref() != receiving
}

/// Until when the paper of a dossier that was just logged has to be handed over, if it has to.
pub(super) fn paper_due(conn: &mut Conn, row: &DossierRow) -> OfficeResult<Option<Instant>> {
    let known = sub_deadlines::of_dossier(conn, &row.id)?;
    let open = known.iter().find(|sub| sub.kind == SubDeadlineKind::HandOver && sub.ended_at.is_none());
    Ok(open.map(|sub| sub.due_at))
}

/// The sub-deadline that the rule of its kind gives from `started_at` on; `None` when there is no rule,
/// it is not kept, or the calendar does not reach.
fn by_rule(
    rules: &Rules,
    row: &DossierRow,
    now: Instant,
    kind: SubDeadlineKind,
    started_at: Instant,
) -> OfficeResult<Option<SubDeadline>> {
    let rule_kind = match kind {
        SubDeadlineKind::CompletionNotice => RuleKind::CompletionNotice,
        SubDeadlineKind::Supplement => RuleKind::Supplement,
        SubDeadlineKind::HandOver => RuleKind::HandOver,
        SubDeadlineKind::Consultation => return Ok(None),
    };
    let sector = rules.procedure_version(&row.procedure_id).map_or("", |version| version.row.sector.as_str());
    let rule = rules.time_rule(rule_kind, sector, civil_day(started_at));
    let Some((rule, limit)) =
        rule.filter(|rule| rule.notice != NoticeLevel::Off).and_then(|rule| Some((rule, rule.limit()?)))
    else {
        return Ok(None);
    };
    let due = match kind {
        SubDeadlineKind::HandOver => sub_deadline::hand_over_due(started_at, &limit, &rules.calendar),
        SubDeadlineKind::CompletionNotice | SubDeadlineKind::Supplement | SubDeadlineKind::Consultation => {
            due_at(started_at, None, &limit, &[], &rules.calendar)
        }
    };
    let Ok(due_at) = due else { return Ok(None) };
    Ok(Some(SubDeadline {
        id: ids::id(now)?,
        dossier_id: row.id.clone(),
        kind,
        number: 1,
        body: String::new(),
        content: String::new(),
        started_at,
        due_at,
        ended_at: None,
        outcome: None,
        notice: rule.notice,
        basis: rule.basis.clone(),
        calendar_version: rules.calendar_version,
    }))
}

/// Follows a step that was folded into `row`. Completion is not asked for afresh after a supplement:
/// Art. 19(5) counts its three days from the reception of the file, and Art. 17 wants the guidance
/// full and given once; a fresh period would make room for a second request. A second one is not
/// forbidden, but counted and shown.
pub(super) fn follow(
    tx: &mut Tx<'_>,
    rules: &Rules,
    moment: Moment,
    row: &DossierRow,
    step: &Step,
) -> OfficeResult<Vec<Change>> {
    let known = sub_deadlines::of_dossier(tx, &row.id)?;
    let open = |kind| known.iter().filter(move |sub| sub.kind == kind && sub.ended_at.is_none());
    let at = moment.at;
    match step {
        Step::RequestSupplement { note } => {
            let mut changes = Vec::new();
            for sub in open(SubDeadlineKind::CompletionNotice) {
                changes.push(end(tx, sub, at, SubOutcome::of(sub.due_at, at))?);
            }
            if let Some(asked) = by_rule(rules, row, moment.now, SubDeadlineKind::Supplement, at)? {
                let number = requests_of(tx, row)?;
                changes.push(begin(tx, SubDeadline { number, content: note.clone(), ..asked })?);
            }
            Ok(changes)
        }
        Step::ReceiveSupplement => {
            open(SubDeadlineKind::Supplement).map(|sub| end(tx, sub, at, SubOutcome::of(sub.due_at, at))).collect()
        }
        Step::HandOver => {
            let sub = open(SubDeadlineKind::HandOver).next().ok_or(Refusal::NothingWaits)?;
            Ok(vec![end(tx, sub, at, SubOutcome::of(sub.due_at, at))?])
        }
        Step::AnswerConsultation { number } => {
            let sub = open(SubDeadlineKind::Consultation).find(|sub| sub.number == *number);
            let sub = sub.ok_or(Refusal::NothingWaits)?;
            Ok(vec![end(tx, sub, at, SubOutcome::of(sub.due_at, at))?])
        }
        Step::Consult { .. } => {
            let number = next_number(&known, SubDeadlineKind::Consultation);
            Ok(vec![begin(tx, asked_of(rules, moment, row, step, number)?)?])
        }
        Step::Resolve { .. } | Step::Withdraw { .. } | Step::Stop { .. } => {
            let left = known.iter().filter(|sub| sub.ended_at.is_none());
            left.map(|sub| end(tx, sub, at, SubOutcome::Moot)).collect()
        }
        // Whoever goes on with the file goes on with its dates.
        Step::RequestObligation { .. }
        | Step::MeetObligation
        | Step::Return
        | Step::ConfirmReady
        | Step::Reassign { .. } => Ok(Vec::new()),
    }
}

fn beyond(rules: &Rules) -> DeadlineError {
    let last_year = rules.calendar.last_published_year().unwrap_or_default();
    DeadlineError::BeyondCalendar {
        last_day: chrono::NaiveDate::from_ymd_opt(last_year, 12, 31).unwrap_or(chrono::NaiveDate::MAX),
    }
}

fn next_number(known: &[SubDeadline], kind: SubDeadlineKind) -> i32 {
    known.iter().filter(|sub| sub.kind == kind).map(|sub| sub.number).max().unwrap_or(0) + 1
}

fn begin(tx: &mut Tx<'_>, sub: SubDeadline) -> OfficeResult<Change> {
    sub_deadlines::insert(tx, sub.clone())?;
    Ok(Change::Opened(sub))
}

fn end(tx: &mut Tx<'_>, sub: &SubDeadline, at: Instant, outcome: SubOutcome) -> OfficeResult<Change> {
    if sub_deadlines::end(tx, &sub.id, at, outcome)? == 0 {
        return Err(StoreError::Conflict(format!("sub-deadline {} had ended", sub.id)).into());
    }
    Ok(Change::Ended(SubDeadline { ended_at: Some(at), outcome: Some(outcome), ..sub.clone() }))
}

/// What a step's journal line says of the sub-deadlines: each change, and which request this was.
pub(super) fn body_of(tx: &mut Tx<'_>, row: &DossierRow, step: &Step, changes: &[Change]) -> OfficeResult<Value> {
    let lines: Vec<Value> = changes
        .iter()
        .map(|change| match change {
            Change::Opened(sub) => json!({
                "kind": sub.kind, "number": sub.number, "due_at": rfc3339(sub.due_at), "body": sub.body,
                "content": sub.content, "basis": sub.basis,
            }),
            Change::Ended(sub) => json!({
                "kind": sub.kind, "number": sub.number, "due_at": rfc3339(sub.due_at), "body": sub.body,
                "outcome": sub.outcome,
            }),
        })
        .collect();
    let mut body = json!({ "sub_deadlines": lines });
    if let (Step::RequestSupplement { .. }, Some(fields)) = (step, body.as_object_mut()) {
        fields.insert("request".to_owned(), requests_of(tx, row)?.into());
    }
    Ok(body)
}

/// How often the citizen was asked for a supplement, this time included.
fn requests_of(tx: &mut Tx<'_>, row: &DossierRow) -> OfficeResult<i32> {
    let pauses = promises::pauses_of(tx, &row.id)?;
    let asked = pauses.iter().filter(|pause| pause.kind == StageName::AwaitingSupplement).count();
    Ok(i32::try_from(asked).unwrap_or(i32::MAX))
}

/// The open sub-deadline as the domain sees it.
fn open_of(sub: &SubDeadline) -> sub_deadline::Open {
    sub_deadline::Open { kind: sub.kind, started_at: sub.started_at, due_at: sub.due_at, notice: sub.notice }
}

/// The next moment at which a dossier, or a sub-deadline of it that is open, is owed something else.
pub(super) fn next_change(
    row: &DossierRow,
    promises: &[PromiseRow],
    subs: &[SubDeadline],
    rules: &Rules,
    now: Instant,
) -> Option<Instant> {
    if row.closed_at.is_some() {
        return None;
    }
    let of_sub = |sub: &SubDeadline| {
        sub_deadline::next_change(&open_of(sub), rules.supplement_reminder_days, now, &rules.calendar)
    };
    let of_subs = subs.iter().filter(|sub| sub.ended_at.is_none()).filter_map(of_sub);
    of_subs.chain(next_notice(&facts_of(row, promises), rules.ladder(row), now, &rules.calendar)).min()
}

/// Whether an open sub-deadline owes something at `now`.
pub(super) fn owes(row: &DossierRow, subs: &[SubDeadline], rules: &Rules, now: Instant) -> bool {
    let owes = |sub: &SubDeadline| {
        let owed = sub_deadline::owed(&open_of(sub), rules.supplement_reminder_days, now, &rules.calendar);
        sub.ended_at.is_none() && !owed.is_empty()
    };
    row.closed_at.is_none() && subs.iter().any(owes)
}
