//! What asks the holders of a dossier when it goes to somebody else.

use crate::domain::notice::Audience;
use crate::domain::time::Instant;
use crate::office::error::OfficeResult;
use crate::office::messages::{holder, person};
use crate::office::rules::Rules;
use crate::store::dossiers::DossierRow;
use crate::store::outbox::{self, Delivery, Message};
use crate::store::people::Account;
use crate::store::{Tx, alerts};

/// Puts the open alerts of a dossier on the screens of who holds it now, and sends what had not left yet
/// to their addresses. An alert keeps its clock: the time is the dossier's.
pub(in crate::office) fn passed_on(tx: &mut Tx<'_>, rules: &Rules, now: Instant, row: &DossierRow) -> OfficeResult<()> {
    for alert in alerts::of_dossiers(tx, std::slice::from_ref(&row.id))? {
        if alert.ended_at.is_some() || !asks_a_holder(alert.audience) {
            continue;
        }
        if let Some(who) = holder(rules, row, alert.audience, now).filter(|who| who.id != alert.account_id) {
            alerts::readdress(tx, &alert.id, &who.id)?;
        }
    }
    for message in outbox::of_dossier(tx, &row.id)?.iter().filter(|message| asks_a_holder(message.audience)) {
        if let Some((address, who)) = address_now(rules, now, row, message) {
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

fn address_now<'a>(
    rules: &'a Rules,
    now: Instant,
    row: &DossierRow,
    message: &Message,
) -> Option<(&'a str, &'a Account)> {
    match message.delivery {
        Delivery::Mail => person(rules, row, message.audience, now).and_then(|who| Some((who.email.as_deref()?, who))),
        Delivery::Sms | Delivery::Zalo => {
            holder(rules, row, message.audience, now).and_then(|who| Some((who.phone.as_deref()?, who)))
        }
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
