//! What the post did in the past of the demonstration. Only the demonstration may do this: the
//! messages are claimed, held against the dossier, composed and settled as sent exactly as by the
//! real dispatch, but no courier takes them, and a letter's PDF is made when somebody first looks
//! at it, from its frozen facts: a year of letters would cost the visitor seconds of waiting.

use chrono::Duration;

use crate::domain::notice::NoticeKind;
use crate::domain::time::{Instant, civil_day};
use crate::render::mail::{self, Mail, MailFacts};
use crate::store::Tx;
use crate::store::outbox::{self, Delivery, Gate, Message, OutboxState, Settled, Wanted};

use super::super::dispatch::DispatchReport;
use super::super::error::OfficeResult;
use super::super::stale::void_reason;
use super::super::{Office, Rules, delivery_report, digest, ids};

/// Messages taken at once.
const BATCH: i64 = 200;

/// Settles everything that was ready at `at` as it would have been; in quiet hours what is not urgent waits.
pub(super) fn settle_past(
    office: &Office,
    tx: &mut Tx<'_>,
    rules: &Rules,
    at: Instant,
    report: &mut DispatchReport,
) -> OfficeResult<Gate> {
    let lease = ids::id(at)?;
    let gate = office.gate(rules, at);
    let wanted = Wanted { way: Delivery::Mail, gate, lease: &lease, hold: Duration::seconds(60), limit: BATCH };
    let mut more = true;
    while more {
        let claimed = outbox::claim(tx, at, &wanted)?;
        more = i64::try_from(claimed.len()) == Ok(BATCH);
        for message in claimed {
            let text = match void_reason(tx, &message)? {
                Some(reason) => Err(reason),
                None => text_of(office, tx, rules, at, &message)?.ok_or(digest::EMPTY),
            };
            let outcome = match text {
                Err(reason) => {
                    report.void += 1;
                    Settled::Void { reason: reason.to_owned() }
                }
                Ok(text) => {
                    report.sent += 1;
                    let answer = "kept here".to_owned();
                    Settled::Sent { subject: text.subject, body: text.text, answer, provider_id: None }
                }
            };
            outbox::settle(tx, &message.id, &lease, at, &outcome)?;
            digest::settle_members(tx, &message, at, &outcome)?;
            delivery_report::write_attempt(tx, at, &message, &outcome)?;
        }
    }
    Ok(gate)
}

/// What the message says; `None`: a digest in which nothing holds any more.
fn text_of(
    office: &Office,
    tx: &mut Tx<'_>,
    rules: &Rules,
    at: Instant,
    message: &Message,
) -> OfficeResult<Option<Mail>> {
    if message.kind == NoticeKind::Digest {
        return digest::digest_text(tx, rules, at, message, &|row| office.dossier_url(row));
    }
    let facts: MailFacts = serde_json::from_str(&message.facts)?;
    Ok(Some(mail::compose(&facts)?))
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
