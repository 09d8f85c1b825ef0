//! What asks the holders of a dossier when it goes to somebody else.

use crate::domain::notice::{Audience, NoticeKind};
use crate::domain::time::Instant;
use crate::office::error::OfficeResult;
use crate::office::messages::{Place, holder, person};
use crate::office::rules::Rules;
use crate::store::dossiers::DossierRow;
use crate::store::outbox::{self, Delivery, Message};
use crate::store::people::Account;
use crate::store::{Tx, alerts};

/// Puts the open alerts of a dossier on the screens of who holds it now, and sends what had not left yet
/// to their addresses. An alert keeps its clock: the time is the dossier's.
pub(in crate::office) fn passed_on(tx: &mut Tx<'_>, rules: &Rules, now: Instant, row: &DossierRow) -> OfficeResult<()> {
    let mut open = alerts::of_dossier(tx, &row.id)?;
    // A late task is the desk's, whoever handles the dossier.
    open.retain(|one| one.ended_at.is_none() && asks_a_holder(one.audience) && one.kind != NoticeKind::TaskLate);
    for alert in &open {
        if let Some(who) =
            holder(rules, Place::of(rules, row), alert.audience, now).filter(|who| who.id != alert.account_id)
        {
            alerts::readdress(tx, &alert.id, &who.id)?;
        }
    }
    for message in outbox::of_dossier(tx, &row.id)? {
        let follows = match &message.alert_id {
            Some(id) => open.iter().any(|alert| alert.id == *id),
            None => asks_a_holder(message.audience) && is_consultation(message.kind),
        };
        if follows && let Some((address, who)) = address_now(rules, now, row, &message) {
            let facts = addressed_to(&message.facts, &who.name);
            outbox::readdress(tx, &message.id, (address, &who.name), &facts)?;
        }
    }
    Ok(())
}

/// Whether it is asked of whoever has the dossier.
const fn asks_a_holder(audience: Audience) -> bool {
    matches!(audience, Audience::Officer | Audience::Supervisor)
}

/// What stands on no screen and still has to be done: the others say what the unit before was late with.
const fn is_consultation(kind: NoticeKind) -> bool {
    matches!(kind, NoticeKind::ConsultationDue | NoticeKind::ConsultationLate)
}

fn address_now<'a>(
    rules: &'a Rules,
    now: Instant,
    row: &DossierRow,
    message: &Message,
) -> Option<(&'a str, &'a Account)> {
    match message.delivery {
        Delivery::Mail => person(rules, Place::of(rules, row), message.audience, now)
            .and_then(|who| Some((who.email.as_deref()?, who))),
        Delivery::Sms | Delivery::Zalo => holder(rules, Place::of(rules, row), message.audience, now)
            .and_then(|who| Some((who.phone.as_deref()?, who))),
        Delivery::Tray => None,
    }
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
