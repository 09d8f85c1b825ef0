//! How an alert ends: somebody acknowledged it, who got it acted on the dossier, or the dossier moved on.

use serde_json::json;

use crate::domain::dossier::StepKind;
use crate::domain::ladder::RUNG_KINDS;
use crate::domain::notice::{Audience, NoticeKind};
use crate::domain::time::{Instant, civil_day};
use crate::office::error::{OfficeError, OfficeResult};
use crate::office::messages::{holder, person};
use crate::office::readiness::promise_in_force;
use crate::office::rules::Rules;
use crate::office::{Actor, Office};
use crate::store::alerts::{self, Alert};
use crate::store::dossiers::{self, DossierRow};
use crate::store::journal::{self, Line};
use crate::store::outbox::{self, Delivery};
use crate::store::{StoreResult, Tx};

use super::recipients::screens;

/// The journal's word for it.
pub const ACKNOWLEDGED: &str = "alert_acknowledged";

/// The step that answers the question whether it will be ready.
const CONFIRMED: &str = StepKind::ReadyConfirmed.as_str();

/// The most alerts a screen shows at once.
const SCREENFUL: i64 = 500;

/// An alert with the dossier it speaks of.
#[derive(Debug, Clone)]
pub struct Standing {
    pub alert: Alert,
    pub row: Option<DossierRow>,
}

impl Office {
    /// What stands on the screen of an account: its own alerts and those of people away for whom it
    /// stands in, the most urgent first.
    ///
    /// # Errors
    /// The database.
    pub fn standing_alerts(&self, now: Instant, account_id: &str) -> OfficeResult<Vec<Standing>> {
        self.reading(|conn, rules| {
            let found = alerts::standing(conn, &screens(rules, account_id, civil_day(now)), SCREENFUL)?;
            let ids: Vec<&str> = found.iter().filter_map(|alert| alert.dossier_id.as_deref()).collect();
            let rows = dossiers::by_ids(conn, &ids)?;
            let row = |alert: &Alert| rows.iter().find(|row| alert.dossier_id.as_deref() == Some(&row.id)).cloned();
            let mut standing: Vec<Standing> =
                found.into_iter().map(|alert| Standing { row: row(&alert), alert }).collect();
            standing.sort_by_key(|one| {
                let due_at = one.row.as_ref().and_then(|row| row.due_at);
                (weight(one.alert.kind), one.alert.acknowledge_by.is_none(), due_at, one.alert.raised_at)
            });
            Ok(standing)
        })
    }

    /// How many alerts stand there.
    ///
    /// # Errors
    /// The database.
    pub fn count_alerts(&self, now: Instant, account_id: &str) -> OfficeResult<u64> {
        self.reading(|conn, rules| {
            let count = alerts::count_standing(conn, &screens(rules, account_id, civil_day(now)))?;
            Ok(u64::try_from(count).unwrap_or(0))
        })
    }

    /// Somebody received alerts of their screen; answers how many of them had not ended before.
    ///
    /// # Errors
    /// Not found when one of them stands on no screen of theirs; or the database. Then none is acknowledged.
    pub fn acknowledge(&self, now: Instant, actor: &Actor, ids: &[String]) -> OfficeResult<usize> {
        self.writing(|tx, rules| {
            let mine = screens_of(rules, actor, now);
            let mut done = 0;
            for id in ids {
                let alert = alerts::find(tx, id)?.filter(|alert| mine.contains(&alert.account_id));
                let alert = alert.ok_or(OfficeError::NotFound)?;
                if alerts::acknowledge(tx, id, now, actor.journal_name(), "")? == 1 {
                    done += 1;
                    journal::append(tx, &[line(now, actor, &alert)])?;
                }
            }
            Ok(done)
        })
    }
}

/// The lower, the more urgent.
const fn weight(kind: NoticeKind) -> u8 {
    match kind {
        NoticeKind::DeliveryAlarm | NoticeKind::Escalation => 0,
        NoticeKind::Unsigned | NoticeKind::StillOverdue => 1,
        NoticeKind::Unacknowledged | NoticeKind::Overdue => 2,
        NoticeKind::ApologyDue | NoticeKind::SignatureDue => 3,
        NoticeKind::DueSoon => 5,
        NoticeKind::TaskLate
        | NoticeKind::LetterRefused
        | NoticeKind::CitizenCost
        | NoticeKind::Digest
        | NoticeKind::Apology
        | NoticeKind::LateResult
        | NoticeKind::Loss
        | NoticeKind::SecondMiss
        | NoticeKind::DelayNotice
        | NoticeKind::Receipt
        | NoticeKind::Redated
        | NoticeKind::AcceptanceDue
        | NoticeKind::AcceptanceLate
        | NoticeKind::SubmissionReceived
        | NoticeKind::SubmissionReturned
        | NoticeKind::SubmissionDeclined
        | NoticeKind::SupplementRequest
        | NoticeKind::SupplementReminder
        | NoticeKind::ClosedUnanswered
        | NoticeKind::CompletionLate
        | NoticeKind::ConsultationDue
        | NoticeKind::ConsultationLate
        | NoticeKind::HandOverLate
        | NoticeKind::CalendarMissing => 4,
    }
}

fn line<'a>(now: Instant, actor: &'a Actor, alert: &'a Alert) -> Line<'a> {
    let body = json!({
        "alert": alert.id,
        "kind": alert.kind,
        "level": alert.level,
        "audience": alert.audience,
        "promise": alert.promise_number,
    });
    Line {
        recorded_at: now,
        at: now,
        actor: actor.journal_name(),
        kind: ACKNOWLEDGED,
        dossier_id: alert.dossier_id.as_deref(),
        body: body.to_string(),
    }
}

/// After a step on a dossier: who acted has seen what stood on their screen about it, and what the
/// step settled stands on nobody's any more. `kind` is the step as the journal names it.
pub(in crate::office) fn moved_on(
    tx: &mut Tx<'_>,
    rules: &Rules,
    now: Instant,
    actor: &Actor,
    row: &DossierRow,
    kind: &str,
) -> StoreResult<()> {
    let open = alerts::open_of_dossier(tx, &row.id)?;
    if open.is_empty() {
        return Ok(());
    }
    if kind == StepKind::Reassigned.as_str() {
        return readdressed(tx, rules, now, row, &open);
    }
    let mine = screens_of(rules, actor, now);
    for alert in open.iter().filter(|alert| is_about_lateness(alert.kind)) {
        if mine.contains(&alert.account_id) {
            alerts::acknowledge(tx, &alert.id, now, actor.journal_name(), kind)?;
        } else if is_over(alert, row, kind) {
            alerts::end(tx, &alert.id, now)?;
        }
    }
    Ok(())
}

/// The dossier went to somebody else: what asks its holders stands on their screens now, and what had
/// not left yet goes to their addresses. An alert keeps its clock: the time is the dossier's.
fn readdressed(tx: &mut Tx<'_>, rules: &Rules, now: Instant, row: &DossierRow, open: &[Alert]) -> StoreResult<()> {
    for alert in open.iter().filter(|alert| matches!(alert.audience, Audience::Officer | Audience::Supervisor)) {
        let Some(who) = holder(rules, row, alert.audience, now) else { continue };
        if who.id != alert.account_id {
            alerts::readdress(tx, &alert.id, &who.id)?;
        }
    }
    for message in outbox::of_dossier(tx, &row.id)? {
        if !matches!(message.audience, Audience::Officer | Audience::Supervisor) {
            continue;
        }
        let to = match message.delivery {
            Delivery::Mail => person(rules, row, message.audience, now).map(|who| (who.email.as_deref(), who)),
            Delivery::Sms | Delivery::Zalo => {
                holder(rules, row, message.audience, now).map(|who| (who.phone.as_deref(), who))
            }
            Delivery::Tray => None,
        };
        if let Some((Some(address), who)) = to {
            let facts = addressed_to(&message.facts, &who.name);
            outbox::readdress(tx, &message.id, (address, &who.name), &facts)?;
        }
    }
    Ok(())
}

/// The frozen facts of a message with another name in its greeting.
fn addressed_to(facts: &str, name: &str) -> String {
    match serde_json::from_str(facts) {
        Ok(serde_json::Value::Object(mut facts)) => {
            facts.insert("recipient_name".to_owned(), name.into());
            serde_json::Value::Object(facts).to_string()
        }
        Ok(_) | Err(_) => facts.to_owned(),
    }
}

/// The alerts that acting on the dossier answers; the others ask for something else.
fn is_about_lateness(kind: NoticeKind) -> bool {
    kind == NoticeKind::Unacknowledged || RUNG_KINDS.contains(&kind)
}

/// Whether what an alert says no longer holds for the dossier as it is.
fn is_over(alert: &Alert, row: &DossierRow, kind: &str) -> bool {
    let asks_in_time = matches!(alert.kind, NoticeKind::DueSoon | NoticeKind::ApologyDue);
    let answered = row.paused_since.is_some() || alert.promise_number != promise_in_force(row) || kind == CONFIRMED;
    row.closed_at.is_some() || asks_in_time && answered
}

/// The accounts whose alerts an actor answers.
fn screens_of(rules: &Rules, actor: &Actor, now: Instant) -> Vec<String> {
    match actor {
        Actor::Account { username, .. } => {
            let account = rules.accounts.values().find(|who| who.username == *username);
            account.map(|who| screens(rules, &who.id, civil_day(now))).unwrap_or_default()
        }
        Actor::System | Actor::CommandLine => Vec::new(),
    }
}
