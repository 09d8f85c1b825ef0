//! "Tomorrow morning": what would leave at a moment to come, if nothing happened until then.

use std::collections::HashSet;

use crate::domain::notice::NoticeKind;
use crate::domain::time::{Instant, civil_day};
use crate::render::mail::MailFacts;
use crate::store::outbox::{Delivery, Message};
use crate::store::{Tx, alerts, bundles};

use super::Office;
use super::error::{OfficeError, OfficeResult};
use super::rules::Rules;
use super::stale::void_reason;
use super::sweep::SweepReport;

/// A message that would leave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WouldGo {
    pub kind: NoticeKind,
    pub recipient: String,
    pub recipient_name: String,
    pub delivery: Delivery,
    /// The dossier or online file; the day of a digest.
    pub about: String,
    pub dossier: bool,
    /// The new date that a letter to a citizen would carry, civil.
    pub new_due_at: Option<chrono::NaiveDateTime>,
    pub since: Since,
    /// What a digest would bundle: kind and dossier.
    pub members: Vec<(NoticeKind, String)>,
}

/// Whether it waits already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Since {
    /// Decided before, for some reason not gone yet.
    Waiting,
    /// It would be decided by then.
    Then,
}

/// What would happen at a moment to come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    pub at: Instant,
    pub messages: Vec<WouldGo>,
    /// Alerts that would be raised: kind, dossier, on whose screen.
    pub alerts: Vec<(NoticeKind, String, String)>,
    /// Owed, but nobody could be told or no date promised.
    pub failed: u64,
}

impl Office {
    /// The next moment at which the office opens on a working day after today.
    ///
    /// # Errors
    /// The database; broken when the calendar ends before.
    pub fn next_morning(&self, now: Instant) -> OfficeResult<Instant> {
        self.reading(|_, rules| {
            let calendar = &rules.calendar;
            let today =
                calendar.opens(civil_day(now)).filter(|opens| *opens > now && calendar.is_working_day(civil_day(now)));
            let next = || calendar.opens(calendar.nth_working_day_after(civil_day(now), 1)?);
            today.or_else(next).ok_or_else(|| OfficeError::Broken("the calendar ends today".to_owned()))
        })
    }

    /// What would be decided and leave by `at`: the sweep and the digest of that moment, in a transaction
    /// that is undone.
    ///
    /// # Errors
    /// The database.
    pub fn preview(&self, at: Instant) -> OfficeResult<Preview> {
        let mut seen = None;
        let undone: OfficeResult<()> = self.writing(|tx, rules| {
            seen = Some(self.look_ahead(tx, rules, at)?);
            Err(OfficeError::NotFound)
        });
        match (seen, undone) {
            (Some(preview), _) => Ok(preview),
            (None, Err(error)) => Err(error),
            (None, Ok(())) => Err(OfficeError::Broken("nothing was looked at".to_owned())),
        }
    }

    fn look_ahead(&self, tx: &mut Tx<'_>, rules: &Rules, at: Instant) -> OfficeResult<Preview> {
        let waiting: HashSet<String> = bundles::leaving(tx, at)?.into_iter().map(|message| message.id).collect();
        let mut report = SweepReport::default();
        self.sweep_all(tx, rules, at, &mut report)?;
        self.bundle(tx, rules, at)?;
        let mut messages = Vec::new();
        for message in bundles::leaving(tx, at)? {
            if void_reason(tx, &message)?.is_none() {
                messages.push(would_go(tx, &message, &waiting)?);
            }
        }
        let name = |id: &str| rules.accounts.get(id).map(|who| who.name.clone()).unwrap_or_default();
        let raised = alerts::raised_at(tx, at)?;
        Ok(Preview {
            at,
            messages,
            alerts: raised.into_iter().map(|alert| (alert.kind, alert.about, name(&alert.account_id))).collect(),
            failed: report.failed,
        })
    }
}

fn would_go(tx: &mut Tx<'_>, message: &Message, waiting: &HashSet<String>) -> OfficeResult<WouldGo> {
    let members = if message.kind == NoticeKind::Digest { bundles::members(tx, &message.id)? } else { Vec::new() };
    let to_citizen = message.kind.is_for_the_citizen();
    let facts = to_citizen.then(|| serde_json::from_str::<MailFacts>(&message.facts).ok()).flatten();
    Ok(WouldGo {
        kind: message.kind,
        recipient: message.recipient.clone(),
        recipient_name: message.recipient_name.clone(),
        delivery: message.delivery,
        about: message.about.clone(),
        dossier: message.dossier_id.is_some(),
        new_due_at: facts.and_then(|facts| facts.new_due_at),
        since: if waiting.contains(&message.id) { Since::Waiting } else { Since::Then },
        members: members.into_iter().map(|member| (member.kind, member.about)).collect(),
    })
}
