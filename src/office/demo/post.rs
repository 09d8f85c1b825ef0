//! What the post did in the past of the demonstration. Only the demonstration may do this: the
//! messages are claimed, held against the dossier, composed and settled as sent exactly as by the
//! real dispatch, but no courier takes them, and a letter's PDF is made when somebody first looks
//! at it, from its frozen facts: a year of letters would cost the visitor seconds of waiting.

use chrono::Duration;

use crate::domain::time::{Instant, civil_day};
use crate::render::mail::{self, MailFacts};
use crate::store::Tx;
use crate::store::outbox::{self, Delivery, OutboxState, Settled};

use super::super::dispatch::{DispatchReport, void_reason};
use super::super::error::OfficeResult;
use super::super::{ids, sub_deadlines};

/// Messages taken at once.
const BATCH: i64 = 200;

/// Settles everything that was ready at `at` as it would have been.
pub(super) fn settle_past(tx: &mut Tx<'_>, at: Instant, report: &mut DispatchReport) -> OfficeResult<()> {
    let lease = ids::id(at)?;
    let mut more = true;
    while more {
        let claimed = outbox::claim(tx, at, &lease, Duration::seconds(60), BATCH)?;
        more = i64::try_from(claimed.len()) == Ok(BATCH);
        for message in claimed {
            let ended = sub_deadlines::stale(tx, &message)?;
            let outcome = match void_reason(tx, &message)?.or(ended) {
                Some(reason) => {
                    report.void += 1;
                    Settled::Void { reason: reason.to_owned() }
                }
                None => {
                    report.sent += 1;
                    let facts: MailFacts = serde_json::from_str(&message.facts)?;
                    let text = mail::compose(&facts)?;
                    Settled::Sent { subject: text.subject, body: text.text, provider_id: None }
                }
            };
            outbox::settle(tx, &message.id, &lease, at, &outcome)?;
        }
    }
    Ok(())
}

/// The desk empties its print tray: letters of earlier days were handed over.
pub(super) fn hand_over_tray(tx: &mut Tx<'_>, at: Instant) -> OfficeResult<()> {
    for message in outbox::newest(tx, Some(OutboxState::Ready), 0, 100)? {
        if message.delivery == Delivery::Tray && civil_day(message.created_at) < civil_day(at) {
            outbox::hand_over(tx, &message.id, at)?;
        }
    }
    Ok(())
}
