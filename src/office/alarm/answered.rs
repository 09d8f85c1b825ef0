//! How an alert ends: somebody acknowledged it, who got it acted on the dossier, or the dossier moved on.

use serde_json::json;

use crate::domain::dossier::StepKind;
use crate::domain::ladder::RUNG_KINDS;
use crate::domain::notice::NoticeKind;
use crate::domain::time::{Instant, civil_day};
use crate::office::at_hand::AtHand;
use crate::office::error::{OfficeError, OfficeResult};
use crate::office::readiness::promise_in_force;
use crate::office::rules::Rules;
use crate::office::{Actor, Office};
use crate::store::alerts::{self, Alert};
use crate::store::dossiers::DossierRow;
use crate::store::journal::{self, Line};

use super::recipients::screens;

/// The journal's word for it.
pub const ACKNOWLEDGED: &str = "alert_acknowledged";

/// The step that answers the question whether it will be ready.
const CONFIRMED: &str = StepKind::ReadyConfirmed.as_str();

/// An alert with the dossier it speaks of.
#[derive(Debug, Clone)]
pub struct Standing {
    pub alert: Alert,
    pub row: Option<DossierRow>,
}

impl Office {
    /// A page of what stands on the screen of an account: its own alerts and those of people away for
    /// whom it stands in, the most urgent first.
    ///
    /// # Errors
    /// The database.
    pub fn standing_alerts(
        &self,
        now: Instant,
        account_id: &str,
        offset: i64,
        limit: i64,
    ) -> OfficeResult<Vec<Standing>> {
        self.reading(|conn, rules| {
            let found = alerts::standing(conn, &screens(rules, account_id, civil_day(now)), offset, limit)?;
            Ok(found.into_iter().map(|(alert, row)| Standing { alert, row }).collect())
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
pub(in crate::office) fn moved_on(rules: &Rules, now: Instant, actor: &Actor, dossier: &mut AtHand, kind: &str) {
    if kind == StepKind::Reassigned.as_str() {
        // Who passes it on has answered nothing: it goes with the dossier.
        return;
    }
    let open = dossier.alerts.iter().filter(|alert| alert.ended_at.is_none() && is_about_lateness(alert.kind));
    let mine = screens_of(rules, actor, now);
    let (received, others): (Vec<_>, Vec<_>) = open.partition(|alert| mine.contains(&alert.account_id));
    let over = others.into_iter().filter(|alert| is_over(alert, &dossier.row, kind));
    let over: Vec<String> = over.map(|alert| alert.id.clone()).collect();
    let received: Vec<String> = received.into_iter().map(|alert| alert.id.clone()).collect();
    for id in received {
        dossier.acknowledge(&id, now, actor.journal_name(), kind);
    }
    dossier.end_alerts(&over, now);
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
