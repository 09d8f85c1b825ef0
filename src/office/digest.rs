//! The digest of the morning: one mail for a recipient and day with every notice collected for them.
//! Its members are looked at again when it leaves, and are settled with it.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use crate::domain::calendar::WorkingCalendar;
use crate::domain::notice::NoticeKind;
use crate::domain::time::{Instant, civil_day, local};
use crate::domain::working_time::{working_days_late, working_time_left};
use crate::render::mail::{self, DigestFacts, DigestLine, Mail, Urgent};
use crate::render::words::{left_text, overdue_by_text, time_late_text, working_time_text};
use crate::store::dossiers::{self, DossierRow};
use crate::store::outbox::{self, Decided, Delivery, Message, OutboxState, Raised, Settled};
use crate::store::{StoreResult, Tx, bundles};

use super::error::OfficeResult;
use super::rules::Rules;
use super::stale::void_reason;
use super::{Office, ids};

/// Why a digest does not leave.
pub(super) const EMPTY: &str = "nothing in it holds any more";

/// What a run of the job made.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct DigestReport {
    /// Mails, one a recipient.
    pub digests: u64,
    /// Notices in them.
    pub bundled: u64,
    /// Notices left out, since they no longer hold.
    pub void: u64,
}

impl Office {
    /// Makes the digests of the day from what was collected; nothing on a day off or after office hours,
    /// when what waits leaves with the next morning's.
    ///
    /// # Errors
    /// The database; then nothing is made.
    pub fn digest(&self, now: Instant) -> OfficeResult<DigestReport> {
        self.for_each(
            |office| office.writing(|tx, rules| office.bundle(tx, rules, now)),
            |sum: &mut DigestReport, part| {
                let DigestReport { digests, bundled, void } = part;
                sum.digests += digests;
                sum.bundled += bundled;
                sum.void += void;
            },
        )
    }

    /// [`Office::digest`] inside a transaction.
    pub(super) fn bundle(&self, tx: &mut Tx<'_>, rules: &Rules, now: Instant) -> OfficeResult<DigestReport> {
        let day = civil_day(now);
        let mut report = DigestReport::default();
        let over = rules.calendar.closes(day).is_none_or(|closes| closes <= now);
        if over || !rules.calendar.is_working_day(day) {
            return Ok(report);
        }
        let mut by_recipient: BTreeMap<String, Vec<Message>> = BTreeMap::new();
        for member in bundles::collected(tx, now)? {
            match void_reason(tx, &member)? {
                Some(reason) => {
                    bundles::leave_out(tx, &member.id, now, reason)?;
                    report.void += 1;
                }
                None => by_recipient.entry(member.recipient.clone()).or_default().push(member),
            }
        }
        for members in by_recipient.into_values() {
            let Some(digest) = self.digest_of(rules, now, day, &members)? else { continue };
            let id = digest.id.clone();
            // There was one today: what came since waits for the next morning.
            if outbox::raise(tx, digest)? == Raised::AlreadyThere {
                continue;
            }
            report.digests += 1;
            for member in &members {
                report.bundled += u64::try_from(bundles::tie(tx, &member.id, &id)?).unwrap_or(0);
            }
        }
        Ok(report)
    }

    fn digest_of(
        &self,
        rules: &Rules,
        now: Instant,
        day: NaiveDate,
        members: &[Message],
    ) -> OfficeResult<Option<Message>> {
        let Some(first) = members.first() else { return Ok(None) };
        let facts = DigestFacts {
            recipient_name: first.recipient_name.clone(),
            day,
            agency_name: rules.agency()?.name.clone(),
            agency_phone: self.settings().agency.phone.clone(),
            link: format!("{}/bao-dong", self.settings().server.public_url.trim_end_matches('/')),
        };
        let id = ids::id(now)?;
        Ok(Some(Message::decided(Decided {
            message_id: self.message_id(&id),
            id,
            agency_id: first.agency_id.clone(),
            about: crate::render::dates::short_date(day),
            notice_key: rules.own_name(&format!("digest/{day}/{}", first.recipient)),
            kind: NoticeKind::Digest,
            audience: first.audience,
            promise_number: 0,
            delivery: Delivery::Mail,
            recipient: first.recipient.clone(),
            recipient_name: first.recipient_name.clone(),
            facts: serde_json::to_string(&facts)?,
            at: now,
        })))
    }

    /// The mail of a digest as its notices stand now; those that no longer hold are left out for good.
    /// `None`: none is left.
    pub(super) fn digest_mail(&self, now: Instant, digest: &Message) -> OfficeResult<Option<Mail>> {
        self.writing(|tx, rules| digest_text(tx, rules, now, digest, &|row| self.dossier_url(row)))
    }
}

/// [`Office::digest_mail`] inside a transaction; `url` gives the page of a dossier.
pub(super) fn digest_text(
    tx: &mut Tx<'_>,
    rules: &Rules,
    now: Instant,
    digest: &Message,
    url: &dyn Fn(&DossierRow) -> String,
) -> OfficeResult<Option<Mail>> {
    let facts: DigestFacts = serde_json::from_str(&digest.facts)?;
    let mut rows: BTreeMap<String, DossierRow> = BTreeMap::new();
    for member in bundles::members(tx, &digest.id)? {
        match (void_reason(tx, &member)?, &member.dossier_id) {
            (Some(reason), _) => {
                bundles::leave_out(tx, &member.id, now, reason)?;
            }
            (None, Some(id)) => {
                // Two notices about one dossier are one line.
                if let Some(row) = dossiers::find(tx, id)? {
                    rows.insert(row.id.clone(), row);
                }
            }
            (None, None) => {}
        }
    }
    if rows.is_empty() {
        return Ok(None);
    }
    let mut rows: Vec<(Urgent, DossierRow)> = rows.into_values().map(|row| (urgency(&row, now), row)).collect();
    // The longest overdue first, then what is due first.
    rows.sort_by_key(|(urgent, row)| (*urgent, row.due_at, row.id.clone()));
    let lines: Vec<DigestLine> = rows.iter().map(|(urgent, row)| line(rules, now, *urgent, row, url(row))).collect();
    Ok(Some(mail::compose_digest(&facts, &lines)?))
}

fn urgency(row: &DossierRow, now: Instant) -> Urgent {
    match row.due_at {
        None => Urgent::Undated,
        Some(due_at) if due_at < now => Urgent::Overdue,
        Some(due_at) if civil_day(due_at) == civil_day(now) => Urgent::DueToday,
        Some(_) => Urgent::Soon,
    }
}

fn line(rules: &Rules, now: Instant, urgent: Urgent, row: &DossierRow, link: String) -> DigestLine {
    let procedure = rules.procedure_version(&row.procedure_id);
    DigestLine {
        urgent,
        code: row.code.clone(),
        procedure: procedure.map(|version| version.row.name.clone()).unwrap_or_default(),
        due_at: row.due_at.map(local),
        time: row.due_at.map(|due_at| time_text(due_at, now, &rules.calendar)).unwrap_or_default(),
        link,
    }
}

/// How late, or how much working time is left.
fn time_text(due_at: Instant, now: Instant, calendar: &WorkingCalendar) -> String {
    if due_at < now {
        overdue_by_text(&time_late_text(working_days_late(due_at, now, calendar)))
    } else {
        left_text(&working_time_text(working_time_left(now, due_at, calendar)))
    }
}

/// After a digest was settled: what it carried is settled with it. A digest that will be tried again
/// keeps them.
pub(super) fn settle_members(tx: &mut Tx<'_>, message: &Message, now: Instant, outcome: &Settled) -> StoreResult<()> {
    if message.kind != NoticeKind::Digest {
        return Ok(());
    }
    match outcome {
        Settled::Sent { .. } => bundles::settle_members(tx, &message.id, OutboxState::Sent, now, None)?,
        Settled::Failed { error } => bundles::settle_members(tx, &message.id, OutboxState::Failed, now, Some(error))?,
        Settled::Void { reason } => bundles::settle_members(tx, &message.id, OutboxState::Void, now, Some(reason))?,
        Settled::Retry { .. } | Settled::Untried { .. } => 0,
    };
    Ok(())
}
